"""What a user may choose from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from agencies.models import Agency, Unit, User
from agencies.roles import Role
from cchc.lib import clock
from plans.models import Channel, ContentItem, Plan
from plans.models.channel import ChannelQuerySet


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


def content_items(agency_ids: list[int]) -> QuerySet[ContentItem]:
    """What the agencies' plans in force today want told; their latest plans when none is."""
    today = clock.today()
    plans = Plan.objects.filter(agency__in=agency_ids).in_force()
    current = plans.filter(starts_on__lte=today, ends_on__gte=today)
    chosen = list(current.values_list("pk", flat=True)) or list(
        plans.order_by("-starts_on").values_list("pk", flat=True)[:1]
    )
    return ContentItem.objects.filter(plan__in=chosen).order_by("plan_id", "order")


def place_name(agency: Agency, unit: Unit | None) -> str:
    """The unit with its agency, or the agency."""
    return f"{unit.name} – {agency.short_name}" if unit else agency.name
