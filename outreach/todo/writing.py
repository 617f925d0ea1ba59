"""Articles and meetings that wait for the person: to be sent, corrected, cleared, decided on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localtime

from agencies.models import Membership, User
from agencies.roles import WRITERS, Role
from agencies.standing import Standing
from cchc.lib.tables import display
from outreach.models import Activity, Placement
from outreach.models.activity import ActivityQuerySet
from outreach.models.placement import PlacementQuerySet
from outreach.policies import co_edited
from outreach.todo.values import Item, Work, waits_since
from outreach.workflow import HAND_BACK, State

NOBODY = Q(pk__in=())


def works(user: User, today: date) -> Iterator[Work]:
    """For writers, clearers and channel editors."""
    standing = user.standing()
    named = names_units(standing)
    if standing.holds(WRITERS):
        yield Work(
            "tra-lai",
            "Bị trả lại, cần sửa và gửi lại",
            returned(user),
            partial(_tell_returned, today=today, named=named),
        )
    if standing.holds({Role.UNIT_HEAD, Role.AGENCY_OFFICE}):
        yield Work(
            "duyet-noi-bo",
            "Chờ anh/chị duyệt nội bộ",
            to_clear(user, today),
            partial(_tell_submitted, today=today),
            reverse("outreach:clearance-queue"),
        )
    if standing.edited_agency_ids:
        yield from _of_editor(user, today)
    if standing.holds(WRITERS):
        yield Work(
            "nhap",
            "Bản nháp chưa gửi",
            drafts(user),
            partial(_tell_draft, today=today, named=named),
        )


def names_units(standing: Standing) -> bool:
    """Whether rows must say whose they are: the person has to do with several units."""
    return len(standing.units_as(*WRITERS)) > 1 or standing.holds({Role.AGENCY_OFFICE})


def of_posts(standing: Standing, prefix: str = "") -> Q:
    """What is of the person's own units; of the agency itself for its office."""
    found = NOBODY
    for post in standing.posts:
        if post.role in WRITERS:
            found |= _place(prefix, post.agency_id, post.unit_id)
        if post.role is Role.AGENCY_OFFICE:
            found |= _place(prefix, post.agency_id, None)
    return found


def _place(prefix: str, agency_id: int, unit_id: int | None) -> Q:
    return Q(**{f"{prefix}agency": agency_id, f"{prefix}unit": unit_id})


def _writable(standing: Standing, prefix: str = "") -> Q:
    """What the person may send (``policies.may_send``): the office whatever its units write."""
    offices = standing.agencies_as(Role.AGENCY_OFFICE)
    return of_posts(standing, prefix) | Q(**{f"{prefix}agency__in": offices})


def returned(user: User) -> PlacementQuerySet:
    """Given back to the person's units, or to the person, and not sent again; oldest first."""
    standing = user.standing()
    own = Q(activity__author=user) & _writable(standing, "activity__")
    return (
        Placement.objects.filter(of_posts(standing, "activity__") | own, state=State.RETURNED)
        .select_related("activity", "activity__unit", "channel")
        .prefetch_related("reviews")
        .order_by("decided_on", "id")
    )


def drafts(user: User) -> ActivityQuerySet:
    """What the person wrote and has not sent where it is meant to go, oldest first."""
    unsent = Placement.objects.filter(activity=OuterRef("pk"), state=State.DRAFT)
    placed = Placement.objects.filter(activity=OuterRef("pk"))
    return (
        Activity.objects.filter(_writable(user.standing()), author=user)
        .filter(Exists(unsent) | ~Exists(placed))
        .select_related("unit")
        .prefetch_related("placements__channel")
        .order_by("entered_at", "id")
    )


def to_clear(user: User, today: date) -> PlacementQuerySet:
    """What the person may clear: own work only where ``policies.own_clearance`` has a reason."""
    others = Membership.objects.current(today).filter(user__is_active=True).exclude(user=user)
    in_unit = others.filter(agency=OuterRef("activity__agency"), unit=OuterRef("activity__unit"))
    colleagues = in_unit.filter(role__in=[role.value for role in WRITERS])
    heads = in_unit.filter(role=Role.UNIT_HEAD)
    offices = others.filter(agency=OuterRef("activity__agency"), role=Role.AGENCY_OFFICE)
    own = Q(submitted_by=user) | Q(activity__author=user)
    is_alone = Q(activity__unit__isnull=False) & ~Exists(colleagues)
    nobody_else = ~Exists(heads) & ~Exists(offices)
    return Placement.objects.to_clear(user).filter(~own | is_alone | nobody_else)


def _of_editor(user: User, today: date) -> Iterator[Work]:
    waiting = Placement.objects.awaiting(user)
    own = Q(submitted_by=user) | Q(sent_by=user) | Q(activity__author=user)
    others_decide = waiting.filter(own, editing_agency__in=co_edited(user)).order_by()
    queue = reverse("outreach:review-queue")
    yield Work(
        "cho-duyet",
        "Chờ anh/chị duyệt",
        waiting.filter(state=State.SENT).exclude(pk__in=others_decide.values("pk")),
        partial(_tell_sent, today=today),
        queue,
    )
    yield Work(
        "cho-dang",
        "Đã duyệt, chờ đăng",
        waiting.filter(state=State.APPROVED),
        partial(_tell_approved, today=today),
        queue,
    )


def _tell_returned(row: Placement, today: date, named: bool) -> Item:
    assert row.decided_on is not None  # a constraint of its state
    url = _card(row)
    last = max(row.reviews.all(), key=lambda review: review.pk, default=None)
    inside = last is not None and last.move == HAND_BACK.code
    by = "Duyệt nội bộ" if inside else row.channel.short_name
    return Item(
        title=row.activity.title,
        why=_line(
            f"{by} trả lại ngày {display(row.decided_on)}", row.activity.unit if named else None
        ),
        reason=row.return_reason,
        url=url,
        action="Sửa, gửi lại",
        act_url=url,
        days=waits_since(row.decided_on, today),
    )


def _tell_draft(row: Activity, today: date, named: bool) -> Item:
    channels = [p.channel.short_name for p in row.placements.all() if p.state == State.DRAFT]
    url = _page(row.pk)
    entered = localtime(row.entered_at).date()
    return Item(
        title=row.title,
        why=_line(f"Chưa gửi {', '.join(channels) or 'kênh nào'}", row.unit if named else None),
        url=url,
        action="Gửi",
        act_url=url,
        days=waits_since(entered, today),
    )


def _tell_submitted(row: Placement, today: date) -> Item:
    assert row.submitted_on is not None  # a constraint of its state
    url = _card(row)
    submitted = f"{row.submitted_by} trình ngày {display(row.submitted_on)}"
    return Item(
        title=row.activity.title,
        why=_line(f"{row.channel.short_name} · {submitted}", row.activity.unit),
        url=url,
        action="Duyệt nội bộ",
        act_url=url,
        days=waits_since(row.submitted_on, today),
    )


def _tell_sent(row: Placement, today: date) -> Item:
    assert row.sent_on is not None  # a constraint of its state
    url = _card(row)
    place = f"{row.activity.unit}, {row.agency.short_name}" if row.activity.unit else row.agency
    return Item(
        title=row.activity.title,
        why=f"{row.channel.short_name} · {place} · gửi ngày {display(row.sent_on)}",
        url=url,
        action="Xem, duyệt",
        act_url=url,
        days=waits_since(row.sent_on, today),
    )


def _tell_approved(row: Placement, today: date) -> Item:
    assert row.decided_on is not None  # a constraint of its state
    url = reverse("outreach:placement-publish", args=[row.pk])
    return Item(
        title=row.activity.title,
        why=f"{row.channel.short_name} · {row.agency.short_name} · duyệt ngày "
        f"{display(row.decided_on)}",
        url=_card(row),
        action="Ghi ngày đăng",
        act_url=f"{url}?next={reverse('outreach:todo')}",
        days=waits_since(row.decided_on, today),
    )


def _line(words: str, unit: object) -> str:
    return f"{words} · {unit}" if unit else words


def _page(activity_id: int) -> str:
    return reverse("outreach:activity-detail", args=[activity_id])


def _card(row: Placement) -> str:
    return f"{_page(row.activity_id)}#luot-gui-{row.pk}"
