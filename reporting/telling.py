"""From the records to what a period report has to tell (``reporting.drafting``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Min, Q, QuerySet

from outreach.models import Explanation
from outreach.models.explanation import ExplanationReason
from plans.models import Obligation, Plan
from plans.models.plan import PlanKind
from plans.periods import DateSpan, Period
from reporting.drafting import Named, Told
from reporting.models import PeriodReport
from reporting.period_figures import UNASSIGNED, Line, of_report


def told_by(report: PeriodReport) -> Told:
    """Everything that the draft of a report is written from; a constant number of queries."""
    figures = of_report(report)
    period, year = figures["period"], figures["year"]
    first, last = period.span.end + timedelta(1), _next_cut_off(report)
    upcoming = _owed(report, first, last).filter(waived_at=None)
    next_due = upcoming.aggregate(first=Min("due_on"))["first"]
    return Told(
        agency=str(report.unit or report.agency),
        of_unit=report.unit is not None,
        period=in_words(report.period.period),
        window=period.span,
        cumulative=year.span,
        plan=_plan(report),
        total=_named(period.total),
        year=_named(year.total),
        units=tuple(_named(line) for line in period.of("unit")),
        tasks=tuple(_named(line) for line in period.of("task")),
        channels=tuple(_named(line) for line in period.of("channel")),
        explained=period.total.explained,
        reasons=_reasons(period.explained),
        upcoming=upcoming.count(),
        next_due=next_due,
    )


def in_words(period: Period) -> str:
    """``Quý I năm 2024``, ``tháng 3 năm 2024`` where the short label says ``Quý I/2024``."""
    words = period.label.replace("/", " năm ")
    return words if words.startswith("Quý") else words[:1].lower() + words[1:]


def _next_cut_off(report: PeriodReport) -> date:
    """When the regime's next report is cut off; after its last, as many days on."""
    window = report.period.window
    later = report.period.regime.periods.filter(window_end__gt=window.end)
    found = later.aggregate(first=Min("window_end"))["first"]
    return found or window.end + (window.end - window.start)


def _owed(report: PeriodReport, first: date, last: date) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(agency=report.agency_id).due_in(DateSpan(first, last))
    return rows if report.unit_id is None else rows.filter(unit=report.unit_id)


def _reasons(explained: Collection[int]) -> tuple[str, ...]:
    """``Thiếu nhân sự (2 đầu việc)``, the most frequent first."""
    rows = Explanation.objects.filter(obligation__in=explained).current()
    counted = Counter(rows.values_list("reason", flat=True))
    return tuple(
        f"{ExplanationReason(reason).label} ({count} đầu việc)"
        for reason, count in counted.most_common()
    )


def _plan(report: PeriodReport) -> str:
    """The citation of the outreach plan in force when the period was cut off."""
    end = report.period.window_end
    plan = (
        Plan.objects.in_force()
        .filter(
            Q(ends_on__gte=end),
            agency=report.agency_id,
            kind=PlanKind.OUTREACH,
            starts_on__lte=end,
        )
        .order_by("-starts_on", "id")
        .first()
    )
    return plan.citation if plan else ""


def _named(line: Line) -> Named:
    return Named(line.label, line.pieces, line.score, line.label == UNASSIGNED)
