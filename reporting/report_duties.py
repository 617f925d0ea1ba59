"""The reports that wait for a person, as sections of the page of what is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localtime

from agencies.models import User
from agencies.roles import Role
from cchc.lib import clock
from outreach.todo.values import Item, Work, days_left, waits_since
from reporting.models import Closing, PeriodReport
from reporting.models.period_report import WRITABLE, PeriodReportQuerySet, ReportState

# So long before its day a report is shown.
AHEAD = timedelta(days=15)
_WRITERS = (Role.AGENCY_OFFICE, Role.UNIT_HEAD, Role.OFFICER)
_REVIEWERS = (Role.AGENCY_OFFICE, Role.HOME_AFFAIRS)


def works(user: User, today: date) -> Iterator[Work]:
    """Reports to write and hand in, and those of others to take."""
    standing = user.standing()
    if standing.holds(_WRITERS):
        rows = to_hand_in(user, today)
        yield Work("bao-cao", "Báo cáo phải nộp", rows, partial(_tell_own, today=today))
    if standing.holds(_REVIEWERS):
        rows = to_take(user)
        yield Work("nhan-bao-cao", "Báo cáo chờ tiếp nhận", rows, partial(_tell, today=today))


def to_hand_in(user: User, today: date) -> PeriodReportQuerySet:
    """Begun, due soon or past, or given back; not those that nobody can hand in any more."""
    reopened = Closing.objects.filter(
        Q(unit=OuterRef("unit")) | Q(unit=None, agency=OuterRef("agency")),
        period=OuterRef("period"),
        reopened_until__gt=clock.now(),
    )
    still = Q(period__closes_on=None) | Q(period__closes_on__gte=today) | Exists(reopened)
    near = Q(period__window_start__lte=today, period__due_on__lte=today + AHEAD)
    rows = PeriodReport.objects.to_write(user).filter(still, state__in=WRITABLE)
    return rows.filter(near | Q(state=ReportState.RETURNED)).for_list()


def to_take(user: User) -> PeriodReportQuerySet:
    """Handed in and not yet looked at, save what the person handed in himself."""
    rows = PeriodReport.objects.to_review(user).filter(state=ReportState.SUBMITTED)
    own = Q(submitted_by=user, on_behalf=False)
    return rows.exclude(own).for_list().order_by(F("submitted_at"), "id")


def _tell_own(report: PeriodReport, today: date) -> Item:
    url = _page(report)
    due_on = report.period.due_on
    state = ReportState(report.state)
    place = report.unit or report.agency.short_name
    return Item(
        title=f"Báo cáo {report.period.label}",
        why=f"{report.period.regime.name} · {place} · {state.label.lower()}",
        url=url,
        action="Lập báo cáo" if state is ReportState.NOT_STARTED else "Soạn tiếp",
        act_url=url,
        days=days_left(due_on, today),
        due_on=due_on,
        is_late=due_on < today,
        reason=report.returned_reason if state is ReportState.RETURNED else "",
    )


def _tell(report: PeriodReport, today: date) -> Item:
    url = _page(report)
    assert report.submitted_at is not None  # a constraint of its state
    sent = localtime(report.submitted_at).date()
    return Item(
        title=f"Báo cáo {report.period.label} – {report.unit or report.agency}",
        why=f"{report.period.regime.name} · nộp ngày {sent:%d/%m/%Y}",
        url=url,
        action="Xem xét",
        act_url=url,
        days=waits_since(sent, today),
    )


def _page(report: PeriodReport) -> str:
    return reverse("reporting:report-detail", args=[report.pk])
