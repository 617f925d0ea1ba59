"""Period reports as lines of a list: by regime and period, what needs somebody first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.models import PeriodReport, ReportPeriod, ReportRegime
from reporting.models.period_report import WRITABLE, PeriodReportQuerySet, ReportState

_TONES = {
    ReportState.NOT_STARTED: "not_due",
    ReportState.DRAFT: "not_due",
    ReportState.SUBMITTED: "pending",
    ReportState.RETURNED: "missed",
    ReportState.ACCEPTED: "met",
}
_URGENCY = (
    ReportState.SUBMITTED,
    ReportState.NOT_STARTED,
    ReportState.DRAFT,
    ReportState.RETURNED,
    ReportState.ACCEPTED,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A report in a list; ``when`` tells how it stands to its due day."""

    report: PeriodReport
    tone: str
    mark: str
    when: str


@dataclass(frozen=True, slots=True)
class PeriodLines:
    """The reports of one period, and how many of them stand where."""

    period: ReportPeriod
    lines: tuple[Line, ...]
    counts: tuple[tuple[str, int], ...]
    opened: bool = False

    @property
    def is_done(self) -> bool:
        """Whether every report of it was taken."""
        return all(line.report.state == ReportState.ACCEPTED for line in self.lines)


@dataclass(frozen=True, slots=True)
class RegimeLines:
    """The periods of one regime: those with something to do, and those that are done."""

    regime: ReportRegime
    current: tuple[PeriodLines, ...]
    done: tuple[PeriodLines, ...]


def by_regime(reports: PeriodReportQuerySet, today: date) -> list[RegimeLines]:
    """Cut off last first, then what is still running; the first of each regime is open."""
    found: dict[int, list[PeriodReport]] = {}
    for report in reports:
        found.setdefault(report.period_id, []).append(report)
    periods = sorted(
        (_period(rows, today) for rows in found.values()),
        key=lambda p: (p.period.window_end >= today, -p.period.due_on.toordinal(), p.period.pk),
    )
    regimes = {each.period.regime_id: each.period.regime for each in periods}
    return [
        RegimeLines(
            regime,
            _first_opened(p for p in periods if p.period.regime_id == pk and not p.is_done),
            tuple(p for p in periods if p.period.regime_id == pk and p.is_done),
        )
        for pk, regime in sorted(regimes.items())
    ]


def line(report: PeriodReport, today: date) -> Line:
    """One report with its state and how it stands to its due day."""
    state = ReportState(report.state)
    overdue = state in WRITABLE and report.is_late(today)
    return Line(report, "missed" if overdue else _TONES[state], state.label, _when(report, today))


def _first_opened(periods: Iterable[PeriodLines]) -> tuple[PeriodLines, ...]:
    return tuple(
        PeriodLines(each.period, each.lines, each.counts, opened=place == 0)
        for place, each in enumerate(periods)
    )


def _period(rows: Sequence[PeriodReport], today: date) -> PeriodLines:
    ordered = sorted(rows, key=lambda report: _urgency(report, today))
    counts = Counter(ReportState(report.state) for report in ordered)
    return PeriodLines(
        rows[0].period,
        tuple(line(report, today) for report in ordered),
        tuple((state.label, count) for state, count in counts.items()),
    )


def _urgency(report: PeriodReport, today: date) -> tuple[int, int]:
    return _URGENCY.index(ReportState(report.state)), 0 if report.is_late(today) else 1


def _when(report: PeriodReport, today: date) -> str:
    due = report.period.due_on
    if report.first_submitted_on is not None:
        late = (report.first_submitted_on - due).days
        return f"nộp trễ {late} ngày" if late > 0 else "nộp đúng hạn"
    days = (due - today).days
    if days < 0:
        return f"quá hạn {-days} ngày"
    return "hạn hôm nay" if days == 0 else f"còn {days} ngày"
