"""The province page: every agency with its plan, its report and its duties; filters, a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import Province
from agencies.models.agency import AgencyKind
from cchc.lib.spreadsheets import Sheet
from cchc.lib.tables import Ratio, Table, display
from cchc.lib.text import squeeze
from outreach.compliance import Compliance
from plans.views.workbooks import workbook
from reporting import oversight
from reporting.matrices import NOT_OWED, Survey, survey_province
from reporting.models.period_report import ReportState
from reporting.oversight import Line, Only, Oversight, Sorting, View
from reporting.views.choice import (
    Choice,
    choose,
    chosen_province,
    obligations_of,
    other_provinces,
)
from reporting.views.numbers import NOT_APPLICABLE, Number, four_numbers

E = TypeVar("E", bound=Enum)

_LONGEST_NAME = 80
_UNREAD = "Không có điều kiện lọc “{value}”; điều kiện này được bỏ qua."


@dataclass(frozen=True, slots=True)
class Toggle:
    """A condition as a button: how many agencies it finds, and the address that turns it."""

    label: str
    count: str
    is_on: bool
    query: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address asks for, read: screen and workbook show the same."""

    province: Province
    choice: Choice
    survey: Survey
    found: Oversight
    view: View
    lines: Sequence[Line]
    problems: Sequence[str]

    @property
    def overview(self) -> Table:
        """One line per agency."""
        return oversight.table(self.survey, self.found, self.lines, self.view)

    @property
    def quotas(self) -> Table:
        """The same agencies by quota."""
        return oversight.quotas(self.survey, self.found, self.lines, self.view)


@page(SIGNED_IN)
def province_matrix(request: HttpRequest) -> HttpResponse:
    """Agencies, worst first, with plan, report and duties; below, the same by quota."""
    shown = _shown(request)
    total = shown.survey.matrix.total
    context = {
        "province": shown.province,
        "provinces": other_provinces(signed_in(request)),
        "choice": shown.choice,
        "parent": shown.found.parent,
        "problems": shown.problems,
        "view": shown.view,
        "kinds": shown.found.kinds,
        "sortings": list(Sorting),
        "toggles": [_toggle(one, shown, request.GET) for one in Only],
        "shown": len(shown.lines),
        "whole": len(shown.found.lines),
        "overview": shown.overview,
        "table": shown.quotas,
        "states": list(Compliance),
        "numbers": four_numbers(total, _accepted(shown.found)),
        "query": request.GET.urlencode(),
        "without_filters": _without_filters(request.GET),
    }
    return render(request, "reporting/province_matrix.html", context)


@page(SIGNED_IN)
def province_export(request: HttpRequest) -> FileResponse:
    """What the page shows as a workbook: the same rows, order, clock and conditions."""
    shown = _shown(request)
    origin = (f"TỈNH {shown.province.name.upper()}",)
    sheets = [
        Sheet("Theo cơ quan", shown.overview, origin),
        Sheet("Theo định mức", shown.quotas, origin),
    ]
    title = f"Theo dõi toàn tỉnh {shown.province.name} {shown.choice.period.label}"
    plain = f"Theo-doi-{shown.province.code}-{shown.choice.period.code}"
    return workbook(sheets, title=title, plain=plain)


def _shown(request: HttpRequest) -> Shown:
    province = chosen_province(request, signed_in(request))
    choice = choose(request, obligations_of(province))
    survey = survey_province(province, choice.period, choice.as_of)
    found = oversight.oversee(province, survey)
    problems: list[str] = []
    view = _view(request.GET, problems)
    return Shown(province, choice, survey, found, view, view.of(found.lines), problems)


def _view(asked: QueryDict, problems: list[str]) -> View:
    """The conditions of the address; what cannot be read is said and left out."""
    wanted = list(dict.fromkeys(asked.getlist("loc")))[: len(Only) + 1]
    only = {_one(Only, value, problems) for value in wanted}
    return View(
        only=tuple(one for one in Only if one in only),
        kind=_one(AgencyKind, asked.get("loai", ""), problems),
        text=squeeze(asked.get("ten", ""))[:_LONGEST_NAME],
        sorting=_one(Sorting, asked.get("xep", ""), problems) or Sorting.WORST,
    )


def _one(kind: type[E], value: str, problems: list[str]) -> E | None:
    if not value:
        return None
    try:
        return kind(value)
    except ValueError:
        problems.append(_UNREAD.format(value=squeeze(value)[:40]))
        return None


def _toggle(one: Only, shown: Shown, asked: QueryDict) -> Toggle:
    """Pressed again it lets go; everything else of the address stays."""
    on = shown.view.only
    query = asked.copy()
    query.setlist("loc", [other.value for other in Only if (other in on) != (other is one)])
    applies = one is not Only.NO_REPORT or shown.found.asked
    count = display(sum(map(one.keeps, shown.found.lines))) if applies else NOT_APPLICABLE
    return Toggle(one.label, count, one in on, query.urlencode())


def _without_filters(asked: QueryDict) -> str:
    """The address of all agencies in the same period and order."""
    query = asked.copy()
    for name in ("loc", "loai", "ten"):
        query.pop(name, None)
    return query.urlencode()


def _accepted(found: Oversight) -> Number:
    name = "Được công nhận"
    reports = [line.report for line in found.lines if line.report]
    if found.asked is None:
        return Number(name, NOT_APPLICABLE, "kỳ này không yêu cầu báo cáo")
    if not found.is_begun:
        return Number(name, NOT_OWED, "chưa đến kỳ báo cáo")
    taken = sum(report.state == ReportState.ACCEPTED for report in reports)
    frozen = oversight.accepted_sum(found.lines)
    figure = display(Ratio(frozen.done, frozen.expected)) if frozen else NOT_OWED
    return Number(name, figure, f"{taken}/{len(reports)} báo cáo đã tiếp nhận")
