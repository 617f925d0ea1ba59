"""The reports behind a page of duties: which still wait to be written, what accepted ones say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.timezone import localtime

from agencies.models import Agency, Unit
from cchc.lib.tables import Kind, Ratio, display
from outreach.todo import days_left
from plans.periods import Period
from reporting.models import PeriodReport, ReportFigure
from reporting.models.period_report import WRITABLE, PeriodReportQuerySet, ReportState

NOT_ASKED = display(None, Kind.RATIO)
NOT_YET = "–"


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Reports of begun periods that are still with their author, in the order of their days."""

    today: date
    reports: tuple[PeriodReport, ...]

    def __bool__(self) -> bool:
        return bool(self.reports)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.reports)

    @property
    def late(self) -> int:
        """How many should have been handed in."""
        return sum(1 for report in self.reports if report.period.due_on < self.today)

    @property
    def shown(self) -> list[tuple[PeriodReport, str]]:
        """The newest that is late and the next that is due, with the days left."""
        late = [report for report in self.reports if report.period.due_on < self.today]
        coming = self.reports[len(late) :]
        return [
            (report, days_left(report.period.due_on, self.today))
            for report in (*late[-1:], *coming[:1])
        ]


def of_units(units: Iterable[Unit]) -> PeriodReportQuerySet:
    """What these units send to their offices."""
    return PeriodReport.objects.filter(unit__in=units)


def of_agency(agency: Agency) -> PeriodReportQuerySet:
    """What the agency sends to Home Affairs."""
    return PeriodReport.objects.filter(agency=agency, unit=None)


def unwritten(reports: PeriodReportQuerySet, today: date) -> Unwritten:
    """Those that are still with their author, of periods that have begun; one query."""
    rows = reports.filter(state__in=WRITABLE, period__window_start__lte=today)
    return Unwritten(today, tuple(rows.for_list()))


def recognised(units: Sequence[Unit], periods: Sequence[Period], as_of: date) -> dict[str, str]:
    """Done and expected of the units in their agencies' accepted reports, by period code.

    ``NOT_ASKED`` where no regime asks for a report of the period, ``NOT_YET`` before it is taken;
    two queries. A province that has two regimes for a period means the one that it set first.
    """
    asked = _asked({unit.agency_id for unit in units}, [period.code for period in periods])
    lines = Q(pk=None)
    for unit in units:
        names = [unit.name, *unit.aliases]  # figures keep the name of their day
        lines |= Q(group="unit", label__in=names, report__agency=unit.agency_id)
    done = _frozen(asked.values(), lines, as_of)
    codes = {code for _, code in asked}
    return {
        period.code: _said(done.get(period.code), is_asked=period.code in codes)
        for period in periods
    }


def recognised_of(agency: Agency, period: Period, as_of: date) -> str:
    """The same of a whole agency and one period."""
    asked = _asked([agency.pk], [period.code])
    done = _frozen(asked.values(), Q(group="total"), as_of)
    return _said(done.get(period.code), is_asked=bool(asked))


def _asked(agency_ids: Iterable[int], codes: Iterable[str]) -> dict[tuple[int, str], PeriodReport]:
    rows = PeriodReport.objects.filter(unit=None, agency__in=agency_ids, period__code__in=codes)
    found = rows.select_related("period").order_by("-period__regime_id")
    return {(report.agency_id, report.period.code): report for report in found}


def _is_taken(report: PeriodReport, as_of: date) -> bool:
    moment = report.accepted_at
    accepted = report.state == ReportState.ACCEPTED and moment is not None
    return accepted and moment is not None and localtime(moment).date() <= as_of


def _frozen(reports: Iterable[PeriodReport], lines: Q, as_of: date) -> Mapping[str, Ratio]:
    """What the last submissions that were taken say, under the names of that day."""
    codes = {report.pk: report.period.code for report in reports if _is_taken(report, as_of)}
    rows = ReportFigure.objects.filter(
        lines, report__in=codes, round=F("report__round"), scope="period"
    )
    found = {code: Ratio(0, 0) for code in codes.values()}
    for row in rows:
        known = found[codes[row.report_id]]
        found[codes[row.report_id]] = Ratio(
            known.done + row.met + row.met_late, known.required + row.expected
        )
    return found


def _said(done: Ratio | None, *, is_asked: bool) -> str:
    if not is_asked:
        return NOT_ASKED
    return NOT_YET if done is None else display(done)
