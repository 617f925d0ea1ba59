"""Who has reported for the period, and whether the reports that were taken still add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from agencies.models import Province
from outreach.compliance import Score
from outreach.sums import summed
from plans.models import Obligation
from plans.periods import DateSpan, Period
from reporting.matrices import within_province
from reporting.models import PeriodReport, ReportPeriod
from reporting.models.period_report import ReportState
from reporting.oversight.handing_in import asked, frozen_totals, state_on


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
    period_asked = asked(province, period)
    if period_asked is None:
        return None
    rows = list(
        PeriodReport.objects.filter(unit=None, period=period_asked)
        .select_related("agency")
        .order_by("agency__order", "agency__code")
    )
    if not rows:
        return None
    taken = [row for row in rows if state_on(row, as_of) == ReportState.ACCEPTED]
    frozen = frozen_totals(taken)
    live = _live(province, period_asked)
    return HandedIn(
        period_asked.regime.name,
        period_asked.due_on,
        period_asked.window,
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
    state = state_on(row, as_of)
    by_then = None if state == ReportState.NOT_STARTED else row.first_submitted_on
    return Report(name, by_then, state.label, frozen, live)


def _live(province: Province, period: ReportPeriod) -> Mapping[int, Score]:
    """What the records say now of the same days, by agency."""
    window = period.window
    owed = Obligation.objects.filter(province=province).due_in(window)
    found = summed(owed, window.end, "agency_id")
    return {agency_id: each.score for (agency_id,), each in found.items()}
