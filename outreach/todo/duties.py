"""What a unit or an agency still owes, what waits for an explanation, and what lags behind.

The states of ``outreach.compliance`` asked of the database, so that one query can count them; a
test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.urls import reverse
from django.utils.timezone import localtime

from agencies.models import User
from agencies.roles import WRITERS, Role
from outreach.models import CountDecision, Explanation, Fulfilment, Placement
from outreach.models.explanation import ExplanationState
from outreach.todo.values import CountOf, Item, Work, days_left, waits_since
from outreach.todo.writing import names_units, of_posts
from outreach.workflow import WAITING, State
from plans.models import Obligation
from plans.models.plan import PlanState
from plans.models.quota import CountsWhen

# So long before its day an obligation is shown, and so long after it the office is told.
AHEAD = timedelta(days=30)
LAGS = timedelta(days=7)

# With the clearer or on the editors' desk: nothing more for the unit to do.
ON_ITS_WAY = (State.SUBMITTED.value, *(state.value for state in WAITING))

# Obligations with the figures of :func:`_asked`, and how many placements are ``coming``.
Rows = QuerySet[Any]

_MISSING = Q(results__lt=F("required"))
_LATE = Q(results__gte=F("required"), on_time__lt=F("required"))
_UNANSWERED = Q(explained=None) | Q(explained=ExplanationState.REFUSED)


def works(user: User, today: date) -> Iterator[Work]:
    """For those who answer for obligations, and for the offices that follow them up."""
    standing = user.standing()
    named = names_units(standing)
    if standing.holds(WRITERS):
        yield Work(
            "con-phai-lam",
            "Còn phải làm",
            owed(user, today),
            partial(_tell, today=today, named=named),
        )
        yield Work(
            "giai-trinh",
            "Chưa đạt hoặc trễ hạn, cần giải trình",
            unexplained(user, today),
            partial(_tell_unexplained, today=today, named=named),
        )
    if standing.holds({Role.AGENCY_OFFICE, Role.HOME_AFFAIRS}):
        yield Work(
            "xem-xet-giai-trinh",
            "Giải trình chờ xem xét",
            Explanation.objects.awaiting(user).for_list().order_by("given_at", "id"),
            partial(_tell_explanation, today=today),
            reverse("outreach:explanation-list"),
        )
    if standing.holds({Role.AGENCY_OFFICE}):
        yield Work(
            "don-vi-cham",
            f"Đơn vị quá hạn từ {LAGS.days} ngày, chưa giải trình",
            lagging(user, today),
            partial(_tell_lagging, today=today),
        )


def owed(user: User, today: date) -> Rows:
    """Not enough yet, due soon or past, still to be done, and nothing on its way; by due date."""
    still = Q(window_end__gte=today) | Q(due_on__gte=today)
    mine = _unbegun(today).filter(of_posts(user.standing()))
    return mine.filter(still, due_on__lte=today + AHEAD)


def unexplained(user: User, today: date) -> Rows:
    """Missed for good or met late, and nobody has said why, or not so that it was accepted."""
    missed = _MISSING & Q(window_end__lt=today)
    mine = _asked(today).filter(of_posts(user.standing()), due_on__lt=today)
    return mine.filter(missed | _LATE, _UNANSWERED)


def lagging(user: User, today: date) -> Rows:
    """What other units of the office's agency should have done a week ago, without a word."""
    offices = user.standing().agencies_as(Role.AGENCY_OFFICE)
    return (
        _unbegun(today)
        .filter(_UNANSWERED, agency__in=offices, unit__isnull=False, due_on__lte=today - LAGS)
        .exclude(of_posts(user.standing()))
    )


@lru_cache(maxsize=2)
def _asked(today: date) -> Rows:
    """Obligations of plans that run, neither waived nor outside the count, and how far they are.

    ``results`` and ``on_time`` as ``outreach.compliance`` counts them, ``explained`` the state of
    the newest explanation. Never evaluated itself, so that one serves every request of the day.
    """
    standing = (
        Fulfilment.objects.standing()
        .filter(obligation=OuterRef("pk"), counted_on__lte=today)
        .order_by()
    )
    newest = Explanation.objects.filter(obligation=OuterRef("pk")).order_by("-pk")
    return (
        Obligation.objects.filter(waived_at=None, plan__state=PlanState.ISSUED)
        .filter(Q(before_issue=False) | Q(plan__count_before_issue=True))
        .annotate(
            results=CountOf(standing.values("pk")),
            on_time=CountOf(standing.filter(counted_on__lte=OuterRef("due_on")).values("pk")),
            explained=Subquery(newest.values("state")[:1]),
            refused=Subquery(newest.values("refused_reason")[:1]),
        )
        .select_related("agency", "unit", "channel", "task")
        .order_by("due_on", "id")
    )


@lru_cache(maxsize=2)
def _unbegun(today: date) -> Rows:
    """Those that miss results which are not on their way either."""
    missing: Rows = _asked(today).annotate(coming=CountOf(_coming().values("pk")))
    return missing.filter(_MISSING).exclude(_on_its_way(today))


def _on_its_way(today: date) -> Q:
    """Enough would count if what waits is published while the window is open."""
    enough = Q(results__gte=F("required") - F("coming"))
    return enough & Q(window_start__lte=today, window_end__gte=today)


def _coming() -> QuerySet[Any]:
    """Placements that do not count yet and would when cleared, approved and published.

    What was sent and does not count by that, or by the day it was held, never will.
    """
    of_both = Q(placement=OuterRef("pk"), obligation=OuterRef(OuterRef("pk")))
    held = Q(activity__held_on__range=(OuterRef("window_start"), OuterRef("window_end")))
    published = Q(moment=CountsWhen.APPROVED_PUBLISHED)
    cleared = Q(state=State.SUBMITTED) & (Q(moment=CountsWhen.SENT) | held)
    ruled = CountDecision.objects.filter(of_both).order_by("-pk")
    return (
        Placement.objects.filter(
            agency=OuterRef("agency"), channel=OuterRef("channel"), state__in=ON_ITS_WAY
        )
        .annotate(moment=ExpressionWrapper(OuterRef("counts_when"), CharField()))
        .filter(published | cleared)
        .filter(~Exists(Fulfilment.objects.standing().filter(of_both)))
        .annotate(ruled=Subquery(ruled.values("counts")[:1]))
        .filter(Q(ruled=None) | Q(ruled=True))
        .order_by()
    )


def _tell(row: Any, today: date, named: bool) -> Item:
    done = min(row.results, row.required)
    enter = reverse("outreach:activity-add")
    return Item(
        title=str(row.task),
        why=_where(row, f"đã có {done}/{row.required}", named),
        url=_page(row.pk),
        action="Nhập tin, bài",
        act_url=f"{enter}?kenh={row.channel_id}" if row.channel_id else enter,
        days=days_left(row.due_on, today),
        due_on=row.due_on,
        is_late=row.due_on < today,
    )


def _tell_unexplained(row: Any, today: date, named: bool) -> Item:
    is_done = row.results >= row.required
    state = "đạt trễ hạn" if is_done else "chưa đạt"
    again = row.explained == ExplanationState.REFUSED
    return Item(
        title=str(row.task),
        why=_where(row, f"{state} {min(row.results, row.required)}/{row.required}", named),
        reason=f"Không được chấp nhận: {row.refused}" if again else "",
        url=_page(row.pk),
        action="Giải trình lại" if again else "Giải trình",
        act_url=reverse("outreach:obligation-explain", args=[row.pk]),
        days="đạt trễ hạn" if is_done else days_left(row.due_on, today),
        due_on=row.due_on,
        is_late=True,
    )


def _tell_lagging(row: Any, today: date) -> Item:
    url = _page(row.pk)
    return Item(
        title=str(row.task),
        why=_where(row, f"mới có {row.results}/{row.required}", named=True),
        url=url,
        action="Xử lý",
        act_url=url,
        days=days_left(row.due_on, today),
        due_on=row.due_on,
        is_late=True,
    )


def _tell_explanation(row: Explanation, today: date) -> Item:
    obligation = row.obligation
    url = f"{_page(obligation.pk)}#giai-trinh"
    place = obligation.agency.short_name if row.by_office else obligation.unit
    said = f"{row.get_reason_display()}: {row.text}"
    return Item(
        title=str(obligation.task),
        why=" · ".join(
            str(part) for part in (place, obligation.channel, obligation.period_label) if part
        ),
        reason=said,
        url=url,
        action="Xem xét",
        act_url=url,
        days=waits_since(localtime(row.given_at).date(), today),
    )


def _where(row: Obligation, how_far: str, named: bool) -> str:
    """Channel, period, how far, and where that matters the unit whose turn it is."""
    channel = row.channel.short_name if row.channel else "sản phẩm"
    parts = [channel, row.period_label, how_far]
    if named:
        parts.append(str(row.unit or row.agency.short_name))
    return " · ".join(parts)


def _page(obligation_id: int) -> str:
    return reverse("outreach:obligation-detail", args=[obligation_id])
