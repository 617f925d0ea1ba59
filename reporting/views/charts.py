"""The charts of a province or of one agency, and their numbers as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import Agency, Province, User
from cchc.lib.decisions import require
from cchc.lib.spreadsheets import Sheet
from cchc.lib.tables import display
from outreach.models import Placement
from outreach.models.placement import PlacementQuerySet
from plans.models import Obligation
from plans.periods import Period
from plans.views.workbooks import workbook
from reporting import policies, trends
from reporting.charts import page as figures
from reporting.charts.page import Figure
from reporting.charts.ranking import FEW, Placed, Shown, first_shown, ranked
from reporting.matrices import agency_address, survey_agency, survey_province
from reporting.views.choice import Choice, choose, chosen_code, chosen_province, obligations_of

_SHEETS = {
    "trend": "Theo kỳ",
    "rates": "Tỷ lệ đúng hạn",
    "postings": "Theo kênh",
    "ranking": "Xếp hạng",
}
_PARTS = {Shown.LOWEST: "thấp nhất", Shown.HIGHEST: "cao nhất", Shown.ALL: "Tất cả"}
_UNREAD = "Không có cách xem “{value}” của bảng xếp hạng; trang đang hiện cách mặc định."


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose charts: the whole province, or one of its agencies."""

    province: Province
    agency: Agency | None

    @property
    def name(self) -> str:
        """As the heading says it."""
        return self.agency.name if self.agency else str(self.province)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the address asks for, read once for the screen and for the workbook."""

    scope: Scope
    choice: Choice
    placed: tuple[Placed, ...]
    shown: Shown
    figures: tuple[Figure, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A way to see a long ranking, as a button."""

    label: str
    query: str
    is_on: bool


@page(SIGNED_IN)
def charts(request: HttpRequest) -> HttpResponse:
    """Trend, on-time rate, channels, ranking; each over its numbers."""
    drawn = _drawn(request)
    user = signed_in(request)
    context = {
        "province": drawn.scope.province,
        "agency": drawn.scope.agency,
        "agencies": list(Agency.objects.followed_by(user).in_order()),
        "may_oversee": bool(policies.may_oversee(user, drawn.scope.province)),
        "name": drawn.scope.name,
        "choice": drawn.choice,
        "problems": drawn.problems,
        "figures": drawn.figures,
        "parts": _parts(drawn, request),
        "query": request.GET.urlencode(),
    }
    return render(request, "reporting/charts/page.html", context)


@page(SIGNED_IN)
def charts_export(request: HttpRequest) -> FileResponse:
    """The numbers of all charts."""
    drawn = _drawn(request)
    scope, period = drawn.scope, drawn.choice.period
    origin = ((scope.agency.name if scope.agency else f"Tỉnh {scope.province.name}").upper(),)
    sheets = [Sheet(_SHEETS[each.key], each.table, origin) for each in drawn.figures]
    code = scope.agency.code if scope.agency else scope.province.code
    title = f"Biểu đồ {scope.name} {period.label}"
    return workbook(sheets, title=title, plain=f"Bieu-do-{code}-{period.code}")


def _drawn(request: HttpRequest) -> Drawn:
    scope = _scope(request, signed_in(request))
    province, agency = scope.province, scope.agency
    owed = Obligation.objects.filter(agency=agency) if agency else obligations_of(province)
    placements = Placement.objects.filter(agency=agency) if agency else _of_province(province)
    choice = choose(request, owed)
    period, as_of, year = choice.period, choice.as_of, choice.period.year
    survey = (
        survey_agency(agency, period, as_of) if agency else survey_province(province, period, as_of)
    )
    of_year = trends.year_scores(owed, year, as_of)
    groups = of_year.groups(_matrix_address(scope, choice))
    counts = trends.channel_counts(province, placements, period, as_of)
    placed = ranked(trends.lines_of(survey))
    problems: list[str] = []
    shown = _shown(request, placed, problems)
    head = "Đơn vị" if agency else "Cơ quan"
    year_clock = trends.year_clock(of_year, as_of)
    drawn = (
        figures.trend(year, year_clock, groups),
        figures.on_time(year, year_clock, groups),
        figures.postings(period, trends.postings_clock(period, as_of), counts, trends.KIND_NAMES),
        figures.standing(period, trends.ranking_clock(survey), head, placed, shown),
    )
    return Drawn(scope, choice, placed, shown, drawn, tuple(problems))


def _scope(request: HttpRequest, user: User) -> Scope:
    """One agency where the address names one; else the overseen province, else one's own agency."""
    require(policies.may_read_some_agency(user))
    code = chosen_code(request, "co-quan")
    if not code and policies.may_oversee_some(user):
        return Scope(chosen_province(request, user), None)
    readable = Agency.objects.followed_by(user).select_related("province")
    standing = user.standing()
    own = [p.agency_id for p in standing.posts if p.agency_id in standing.readable_agency_ids]
    wanted = readable.filter(code=code) if code else readable.filter(pk__in=own[:1])
    agency = wanted.first()
    if agency is None:
        raise Http404
    return Scope(agency.province, agency)


def _of_province(province: Province) -> PlacementQuerySet:
    return Placement.objects.filter(province=province)


def _matrix_address(scope: Scope, choice: Choice) -> Callable[[Period], str]:
    """Where the matrix of a period stands, on the same day."""
    if agency := scope.agency:
        return lambda period: agency_address(agency.code, period, choice.as_of)
    page_address = reverse("reporting:province-matrix")
    day = display(choice.as_of)

    def address(period: Period) -> str:
        query = urlencode({"tinh": scope.province.code, "ky": period.code, "den-ngay": day})
        return f"{page_address}?{query}"

    return address


def _shown(request: HttpRequest, placed: tuple[Placed, ...], problems: list[str]) -> Shown:
    """Which part of the ranking the address asks for."""
    asked = request.GET.get("hang", "")
    found = next((part for part in Shown if part.value == asked), None)
    if asked and found is None:
        problems.append(_UNREAD.format(value=asked[:20]))
    return found or first_shown(placed)


def _parts(drawn: Drawn, request: HttpRequest) -> list[Part]:
    """None where everybody fits."""
    count = sum(each.place is not None for each in drawn.placed)
    if count <= FEW:
        return []
    found = []
    for shown, words in _PARTS.items():
        query = request.GET.copy()
        query["hang"] = shown.value
        label = f"{words} {display(count)}" if shown is Shown.ALL else f"{FEW} {words}"
        found.append(Part(label, query.urlencode(), shown is drawn.shown))
    return found
