"""Who has reported for the period, and whether the reports that were taken still add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from agencies.models import Province
from outreach.compliance import Score
from outreach.tallies import measure
from plans.models import Obligation
from plans.periods import DateSpan, Period
from reporting.matrices import within_province
from reporting.models import PeriodReport, ReportFigure, ReportPeriod
from reporting.models.period_report import ReportState
from reporting.period_figures import OUTCOMES


@dataclass(frozen=True, slots=True)
class Report:
    """One agency's report: ``frozen`` where it was taken, ``live`` what the records say now."""

    agency: str
    handed_in_on: date | None
    state: str
    frozen: Score | None
    live: Score

    @property
    def differs(self) -> bool:
        """Whether the records moved since the figures of a report that was taken."""
        return self.frozen is not None and self.frozen != self.live


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The reports of one regime for the period, in protocol order."""

    regime: str
    due_on: date
    window: DateSpan
    reports: tuple[Report, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Who has not handed in."""
        return tuple(each.agency for each in self.reports if each.handed_in_on is None)

    @property
    def late(self) -> tuple[str, ...]:
        """Who handed in after the due day."""
        due = self.due_on
        return tuple(r.agency for r in self.reports if r.handed_in_on and r.handed_in_on > due)

    @property
    def taken(self) -> tuple[Report, ...]:
        """The reports that were accepted."""
        return tuple(each for each in self.reports if each.frozen is not None)


def handed_in(
    province: Province, period: Period, as_of: date, names: Mapping[int, str]
) -> HandedIn | None:
    """By the regime of the province that was set first; None where no regime asks for it."""
    rows = list(
        PeriodReport.objects.filter(
            unit=None, period__code=period.code, period__regime__province=province
        )
        .select_related("agency", "period__regime")
        .order_by("period__regime_id", "agency__order", "agency__code")
    )
    if not rows:
        return None
    asked = rows[0].period
    rows = [row for row in rows if row.period_id == asked.pk]
    frozen = _frozen(row for row in rows if row.state == ReportState.ACCEPTED)
    live = _live(province, asked)
    return HandedIn(
        asked.regime.name,
        asked.due_on,
        asked.window,
        tuple(
            _report(
                row,
                names.get(row.agency_id) or within_province(row.agency.name, province),
                as_of,
                frozen.get(row.pk),
                live.get(row.agency_id, Score()),
            )
            for row in rows
        ),
    )


def _report(row: PeriodReport, name: str, as_of: date, frozen: Score | None, live: Score) -> Report:
    day = row.first_submitted_on
    by_then = day if day is not None and day <= as_of else None
    state = row.get_state_display() if by_then else ReportState.NOT_STARTED.label
    return Report(name, by_then, state, frozen if by_then else None, live)


def _frozen(rows: Iterable[PeriodReport]) -> dict[int, Score]:
    """The totals of the last submissions, by report."""
    rounds = {row.pk: row.round for row in rows}
    found = ReportFigure.objects.filter(report__in=rounds, scope="period", group="total")
    return {
        row.report_id: Score(**{name: getattr(row, name) for name in OUTCOMES})
        for row in found
        if row.round == rounds[row.report_id]
    }


def _live(province: Province, period: ReportPeriod) -> Mapping[int, Score]:
    """What the records say now of the same days, by agency."""
    window = period.window
    owed = Obligation.objects.filter(province=province, due_on__range=(window.start, window.end))
    found = measure(
        list(owed.for_matrix()), window.end, row=lambda o: o.agency_id, column=lambda _: 0
    )
    return found.row_scores
