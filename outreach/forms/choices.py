"""What a user may choose from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from agencies.models import Agency, Unit, User
from agencies.models.unit import UnitQuerySet
from agencies.roles import Role
from cchc.lib import clock
from outreach.models import Activity, Placement
from plans.models import Channel, ContentItem, Plan, Task
from plans.models.channel import ChannelQuerySet

_LATELY = 50  # activities of a person that tell their habits


def places(user: User) -> dict[str, tuple[Agency, Unit | None]]:
    """Where the user may enter: the own unit, or for an agency's office all of its units."""
    standing = user.standing()
    offices = standing.agencies_as(Role.AGENCY_OFFICE)
    today = clock.today()
    units = (
        Unit.objects.filter(
            Q(agency__in=offices) | Q(pk__in=standing.units_as(Role.UNIT_HEAD, Role.OFFICER))
        )
        .active_on(today)
        .select_related("agency")
        .in_order()
    )
    # Without a unit: the agency itself, for its office and for officers of no unit.
    unitless = offices | {
        post.agency_id
        for post in standing.posts
        if post.role is Role.OFFICER and post.unit_id is None
    }
    found: dict[str, tuple[Agency, Unit | None]] = {}
    own = standing.units_as(Role.AGENCY_OFFICE, Role.UNIT_HEAD, Role.OFFICER)
    for unit in sorted(units, key=lambda u: u.pk not in own):
        found[f"{unit.agency_id}:{unit.pk}"] = (unit.agency, unit)
    for agency in Agency.objects.filter(pk__in=unitless).in_order():
        found[f"{agency.pk}:"] = (agency, None)
    return found


def channels(user: User) -> ChannelQuerySet:
    """The channels of the user's provinces."""
    return Channel.objects.visible_to(user).in_order()


def plans_today(agency_ids: Collection[int]) -> list[int]:
    """The agencies' plans in force today, else those of their last year; only with their text."""
    today = clock.today()
    plans = Plan.objects.filter(agency__in=agency_ids, known_by_citation=False).in_force()
    current = plans.filter(starts_on__lte=today, ends_on__gte=today)
    found = list(current.values_list("pk", flat=True))
    if found:
        return found
    last = plans.order_by("-starts_on").values("starts_on")[:1]
    return list(plans.filter(starts_on=last).values_list("pk", flat=True))


def content_items(plan_ids: list[int], activity: Activity | None = None) -> QuerySet[ContentItem]:
    """What these plans want told, or where they say nothing the plans above them, and what the
    activity tells already.
    """
    own = ContentItem.objects.filter(plan__in=plan_ids)
    above = ContentItem.objects.filter(plan__children__in=plan_ids)
    present = Q(pk__in=(own if own.exists() else above).values("pk"))
    told = activity.content_items.values_list("pk", flat=True) if activity else ()
    found = ContentItem.everything.filter(present | Q(pk__in=list(told)))
    return found.order_by("plan_id", "order")


def tasks(plan_ids: list[int], activity: Activity | None = None) -> QuerySet[Task]:
    """What these plans want done, plan by plan, and what the activity is the product of."""
    own = [activity.task_id] if activity and activity.task_id else []
    found = Task.everything.filter(Q(plan__in=plan_ids, removed_in=None) | Q(pk__in=own))
    return found.select_related("plan").order_by("plan_id", "order")


def joint_units(agency_ids: Collection[int], activity: Activity | None = None) -> UnitQuerySet:
    """Units of these agencies that exist today, and those that the activity has already."""
    joined = list(activity.joint_units.values_list("pk", flat=True)) if activity else []
    present = Unit.objects.filter(agency__in=agency_ids).active_on(clock.today())
    found = Unit.objects.filter(Q(pk__in=present.values("pk")) | Q(pk__in=joined))
    if activity is not None and activity.unit_id is not None:
        found = found.exclude(pk=activity.unit_id)
    return found.select_related("agency").in_order()


def habits(user: User) -> dict[str, Any]:
    """What the person entered last, to begin with: kind, place, channels; and ``usual``, the
    channels of the last one of each kind. Two queries.
    """
    lately = Activity.objects.filter(author=user).order_by("-entered_at", "-id")[:_LATELY]
    rows = list(lately)
    if not rows:
        return {}
    newest = {row.kind: row.pk for row in reversed(rows)}
    sent = Placement.objects.filter(activity__in=newest.values()).order_by("channel_id")
    usual: dict[str, list[int]] = {kind: [] for kind in newest}
    for kind, channel_id in sent.values_list("activity__kind", "channel_id"):
        usual[kind].append(channel_id)
    last = rows[0]
    return {
        "kind": last.kind,
        "place": f"{last.agency_id}:{last.unit_id or ''}",
        "channels": usual[last.kind],
        "usual": usual,
    }


def place_name(agency: Agency, unit: Unit | None) -> str:
    """The unit with its agency, or the agency."""
    return f"{unit.name} – {agency.short_name}" if unit else agency.name
