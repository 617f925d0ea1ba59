"""The page of a country: the provinces that a person oversees, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import Province, User
from cchc.lib import clock
from cchc.lib.decisions import require
from cchc.lib.spreadsheets import Sheet
from cchc.lib.tables import Kind, Ratio, display, percent
from outreach.compliance import Score
from plans.periods import Period, PeriodError, PeriodKind, periods_of
from plans.views.workbooks import workbook
from reporting import policies
from reporting.models import ProvinceSummary
from reporting.summaries import Country, country, country_table, parts_table

_KINDS = (
    PeriodKind.YEAR,
    PeriodKind.HALF,
    PeriodKind.NINE_MONTHS,
    PeriodKind.QUARTER,
    PeriodKind.MONTH,
)
_NOT_COUNTED = "Chưa có số liệu tổng hợp nào của kỳ {period}. Trang đang hiện kỳ mặc định."
_DEFAULT = " Trang đang hiện kỳ mặc định."


@dataclass(frozen=True, slots=True)
class Number:
    """One number above the tables, and what it is a share of."""

    name: str
    figure: str
    beside: str


@page(SIGNED_IN)
def nation(request: HttpRequest) -> HttpResponse:
    """Provinces × outcomes and × shorter periods, as the night has counted them."""
    user = signed_in(request)
    found, years, problems = _found(request, user)
    context = {
        "found": found,
        "period": found.period,
        "years": [(year, _periods(year)) for year in years],
        "problems": problems,
        "table": country_table(found),
        "parts": parts_table(found) if found.parts else None,
        "numbers": _numbers(found.total),
        "stale": _stale(found),
    }
    return render(request, "reporting/nation.html", context)


@page(SIGNED_IN)
def nation_export(request: HttpRequest) -> FileResponse:
    """What the page shows as a workbook."""
    found, _, _ = _found(request, signed_in(request))
    sheets = [Sheet("Theo tỉnh", country_table(found))]
    if found.parts:
        sheets.append(Sheet("Theo từng kỳ", parts_table(found)))
    title = f"Theo dõi toàn quốc {found.period.label}"
    return workbook(sheets, title=title, plain=f"Theo-doi-toan-quoc-{found.period.code}")


def _found(request: HttpRequest, user: User) -> tuple[Country, list[int], list[str]]:
    """What the address asks for, the years there are, and what could not be read."""
    require(policies.may_oversee_several(user))
    provinces = list(Province.objects.filter(pk__in=user.standing().overseen_province_ids))
    counted = ProvinceSummary.objects.filter(province__in=provinces).order_by("-year")
    years = list(counted.values_list("year", flat=True).distinct())
    today = clock.today()
    this = [year for year in years if year <= today.year] or [today.year]
    problems: list[str] = []
    period = _asked(request, years, problems) or Period(PeriodKind.YEAR, this[0])
    return country(provinces, period), years or [period.year], problems


def _asked(request: HttpRequest, years: list[int], problems: list[str]) -> Period | None:
    code = request.GET.get("ky", "").strip()[:20]
    if not code:
        return None
    try:
        period = Period.parse(code)
    except PeriodError as error:
        problems.append(f"{error}{_DEFAULT}")
        return None
    if period.kind not in _KINDS or period.year not in years:
        problems.append(_NOT_COUNTED.format(period=period.label))
        return None
    return period


def _periods(year: int) -> list[Period]:
    return [period for kind in _KINDS for period in periods_of(kind, year)]


def _stale(found: Country) -> bool:
    """Whether the figures of some province are older than last night's, or there are none at all.

    A province without any owes nothing in the period.
    """
    yesterday = clock.today() - timedelta(days=1)
    days = [line.day for line in found.lines if line.day]
    return not days or min(days) < yesterday


def _numbers(total: Score) -> list[Number]:
    return [
        Number("Phải thực hiện", display(total.expected), "đầu việc theo kỳ"),
        _part("Hoàn thành", total.done, total.expected),
        _part("Đúng hạn", total.met, total.expected),
        _part("Chưa đạt", total.missed, total.expected),
    ]


def _part(name: str, part: int, whole: int) -> Number:
    """A share never stands without its n/N; of nothing there is none."""
    if not whole:
        return Number(name, "–", "không áp dụng")
    return Number(name, display(Ratio(part, whole)), display(percent(part, whole), Kind.PERCENT))
