"""The reports that a province's regime asks for a period: in or not by a day, late, accepted.

Clock (c) of REGULATIONS §2: a report gathers its own window, not the calendar period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime

from agencies.models import Province
from outreach.compliance import Score
from plans.periods import Period
from reporting.models import PeriodReport, ReportFigure, ReportPeriod
from reporting.models.period_report import ReportState
from reporting.period_figures import OUTCOMES


@dataclass(frozen=True, slots=True)
class Handed:
    """One agency's report on a day; ``state`` is what had become of it by then.

    ``late`` is the number of days after the due day: of the hand-in, or of the day itself
    while it is missing. ``frozen`` are the figures of a report that was accepted.
    """

    report_id: int
    handed_in_on: date | None
    state: ReportState
    late: int
    frozen: Score | None = None

    @property
    def is_in(self) -> bool:
        """Whether it had been handed in, also when it was returned since."""
        return self.handed_in_on is not None


def asked(province: Province, period: Period) -> ReportPeriod | None:
    """What the regime asks that was set first; before others, one whose rows are laid out."""
    rows = PeriodReport.objects.filter(period=OuterRef("pk"))
    return (
        ReportPeriod.objects.filter(
            regime__province=province, regime__agency=None, code=period.code
        )
        .annotate(is_laid_out=Exists(rows))
        .select_related("regime")
        .order_by("-is_laid_out", "regime_id")
        .first()
    )


def handed(period: ReportPeriod, as_of: date) -> dict[int, Handed]:
    """By agency, for those whose report is asked for; two queries."""
    rows = list(PeriodReport.objects.filter(unit=None, period=period))
    totals = frozen_totals(rows)
    return {row.agency_id: _handed(row, period.due_on, as_of, totals) for row in rows}


def state_on(report: PeriodReport, day: date) -> ReportState:
    """What had become of the report by the end of that day; a draft is nobody else's business."""
    handed_in_on = report.first_submitted_on
    if handed_in_on is None or handed_in_on > day:
        return ReportState.NOT_STARTED
    moments = {ReportState.ACCEPTED: report.accepted_at, ReportState.RETURNED: report.returned_at}
    state = ReportState(report.state)
    moment = moments.get(state)
    decided = moment is not None and localtime(moment).date() <= day
    return state if decided else ReportState.SUBMITTED


def frozen_totals(reports: Iterable[PeriodReport]) -> dict[int, Score]:
    """The totals of the last submissions, by report; one query."""
    rounds = {row.pk: row.round for row in reports}
    found = ReportFigure.objects.filter(report__in=rounds, scope="period", group="total")
    return {
        row.report_id: Score(**{name: getattr(row, name) for name in OUTCOMES})
        for row in found
        if row.round == rounds[row.report_id]
    }


def _handed(report: PeriodReport, due_on: date, as_of: date, totals: Mapping[int, Score]) -> Handed:
    state = state_on(report, as_of)
    handed_in_on = None if state == ReportState.NOT_STARTED else report.first_submitted_on
    return Handed(
        report.pk,
        handed_in_on,
        state,
        max(((handed_in_on or as_of) - due_on).days, 0),
        totals.get(report.pk) if state == ReportState.ACCEPTED else None,
    )
