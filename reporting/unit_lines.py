"""One line per unit of an agency: how far it is, what is due next, and its reports; worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from agencies.models import Agency
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, percent
from outreach.compliance import Compliance, Score
from outreach.todo import days_left
from plans.models import Obligation
from plans.periods import Period
from reporting.listings import explained_by
from reporting.matrices import (
    LINES_ANCHOR,
    NO_UNIT,
    NOT_OWED,
    Head,
    Survey,
    agency_address,
    is_outside,
)
from reporting.models import PeriodReport

UNIT_KEY = "don-vi"
_DUTIES = "Đầu việc theo kỳ"
_COLUMNS = (
    Column("name", "Đơn vị", width=24),
    Column("expected", "Phải thực hiện", Kind.INTEGER, 8, _DUTIES),
    Column("done", "Hoàn thành", Kind.RATIO, 8, _DUTIES),
    Column("met", "Đúng hạn", Kind.RATIO, 8, _DUTIES),
    Column("met_late", "Trễ hạn", Kind.INTEGER, 7, _DUTIES),
    Column("missed", "Chưa đạt", Kind.INTEGER, 7, _DUTIES),
    Column("explained", "Đã giải trình", Kind.RATIO, 7, _DUTIES),
    Column("pending", "Chờ duyệt", Kind.INTEGER, 7, _DUTIES),
    Column("not_due", "Chưa đến hạn", Kind.INTEGER, 7, _DUTIES),
    Column("share", "Tỷ lệ hoàn thành", Kind.PERCENT, 9, _DUTIES),
    Column("next_due", "Hạn gần nhất", Kind.DATE, 10),
    Column("reports", "Báo cáo đã nộp", Kind.RATIO, 9),
)
_STATES = (Compliance.MET_LATE, Compliance.MISSED, Compliance.PENDING)


@dataclass(frozen=True, slots=True)
class UnitReports:
    """What a unit's reports of a period come to: how many are in, which are missing and due."""

    handed_in: int = 0
    asked: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit; ``explained`` of what it missed, ``next_due`` of what can still be done."""

    head: Head
    score: Score
    explained: int
    next_due: date | None
    reports: UnitReports

    @property
    def behind(self) -> tuple[int, int, int]:
        """What has to be asked about, most urgent first; greater is worse."""
        return self.score.missed, len(self.reports.missing), self.score.met_late


def unit_lines(agency: Agency, survey: Survey) -> list[UnitLine]:
    """The units in their order; two queries beside those of the survey."""
    owed: defaultdict[int, list[Obligation]] = defaultdict(list)
    for obligation in survey.obligations:
        if not is_outside(obligation):
            owed[obligation.unit_id or NO_UNIT].append(obligation)
    missed = [o for o in survey.obligations if survey.state(o) is Compliance.MISSED]
    explained = explained_by([o for o in missed if not is_outside(o)])
    reports = _reports(agency, survey.period, survey.as_of)
    return [
        UnitLine(
            head,
            survey.score(head),
            sum(1 for o in owed[head.id] if o.pk in explained),
            _next_due(owed[head.id], survey),
            reports.get(head.id, UnitReports()),
        )
        for head in survey.heads
    ]


def worst_first(lines: Iterable[UnitLine]) -> list[UnitLine]:
    """Who is behind in front, then who still has to do something, else in the units' order."""
    return sorted(lines, key=lambda line: (*(-part for part in line.behind), -line.score.not_due))


def unit_address(agency: Agency, survey: Survey, head: Head) -> str:
    """The agency's page with the obligations of that unit only; those of no unit are number 0."""
    page = agency_address(agency.code, survey.period, survey.as_of)
    return f"{page}&{UNIT_KEY}={head.id}{LINES_ANCHOR}"


def of_unit(survey: Survey, head: Head) -> Survey:
    """The same survey with the obligations of one unit; figures stay those of the agency."""
    kept = tuple(o for o in survey.obligations if (o.unit_id or NO_UNIT) == head.id)
    return replace(survey, obligations=kept)


def unit_table(agency: Agency, survey: Survey, lines: Sequence[UnitLine]) -> Table:
    """The lines with their sum."""
    rows = [_row(line, survey.as_of, unit_address(agency, survey, line.head)) for line in lines]
    if lines:
        rows.append(_total(lines))
    clock = (
        f"{survey.clock} Báo cáo đã nộp: báo cáo của đơn vị cho các kỳ nằm trong "
        f"{survey.period.label} đã đến hạn hoặc đã nộp."
    )
    title = f"Tình hình của từng đơn vị, {survey.period.label}"
    empty = "Cơ quan chưa khai báo đơn vị nào."
    return Table("units", title, clock, _COLUMNS, tuple(rows), empty)


def _next_due(owed: Iterable[Obligation], survey: Survey) -> date | None:
    """The first day of what is not done and can still be done."""
    doable = (
        o.due_on
        for o in owed
        if survey.state(o) is Compliance.NOT_DUE
        or (survey.state(o) is Compliance.MISSED and o.window_end >= survey.as_of)
    )
    return min(doable, default=None)


def _reports(agency: Agency, period: Period, as_of: date) -> Mapping[int, UnitReports]:
    """By unit, those of the periods inside the shown one that are due or in; one query."""
    rows = PeriodReport.objects.filter(
        agency=agency, unit__isnull=False, period__regime__year=period.year
    )
    found: defaultdict[int, list[PeriodReport]] = defaultdict(list)
    for report in rows.select_related("period").order_by("period__due_on", "id"):
        if report.unit_id and period.encloses(report.period.period):
            found[report.unit_id].append(report)
    return {unit_id: _summary(each, as_of) for unit_id, each in found.items()}


def _summary(reports: Iterable[PeriodReport], as_of: date) -> UnitReports:
    days = [(report, report.first_submitted_on) for report in reports]
    handed_in = [report for report, day in days if day is not None and day <= as_of]
    missing = [
        report for report, _ in days if report not in handed_in and report.period.due_on < as_of
    ]
    return UnitReports(
        len(handed_in),
        len(handed_in) + len(missing),
        tuple(report.period.label for report in missing),
    )


def _row(line: UnitLine, as_of: date, address: str) -> Row:
    score = line.score
    return Row(
        (
            Cell(line.head.name, href=address),
            *_figures(score, line.explained),
            Cell(
                line.next_due,
                tone=Compliance.MISSED.value if line.next_due and line.next_due < as_of else "",
                mark=days_left(line.next_due, as_of) if line.next_due else "",
            ),
            _reports_cell(line.reports),
        )
    )


def _figures(score: Score, explained: int) -> tuple[Cell, ...]:
    if not score.expected:
        return *(Cell(NOT_OWED) for _ in range(8)), Cell()
    late, missed, pending = (_toned(score, state) for state in _STATES)
    return (
        Cell(score.expected),
        Cell(Ratio(score.done, score.expected)),
        Cell(Ratio(score.met, score.expected)),
        late,
        missed,
        Cell(Ratio(explained, score.missed) if score.missed else NOT_OWED),
        pending,
        Cell(score.not_due),
        Cell(percent(score.done, score.expected)),
    )


def _toned(score: Score, state: Compliance) -> Cell:
    number = getattr(score, state.value)
    return Cell(number, state.value if number else "")


def _reports_cell(reports: UnitReports) -> Cell:
    if not reports.asked:
        return Cell(NOT_OWED, note="Không có báo cáo nào của đơn vị đến hạn trong kỳ.")
    return Cell(
        Ratio(reports.handed_in, reports.asked),
        Compliance.MISSED.value if reports.missing else "",
        note=f"Chưa nộp: {', '.join(reports.missing)}" if reports.missing else "Đã nộp đủ",
    )


def _total(lines: Sequence[UnitLine]) -> Row:
    score = sum((line.score for line in lines), Score())
    handed_in = sum(line.reports.handed_in for line in lines)
    asked = sum(line.reports.asked for line in lines)
    days = [line.next_due for line in lines if line.next_due]
    return Row(
        (
            Cell("Tổng cộng"),
            *_figures(score, sum(line.explained for line in lines)),
            Cell(min(days, default=None)),
            Cell(Ratio(handed_in, asked) if asked else NOT_OWED),
        ),
        Level.TOTAL,
    )
