"""To whom something goes before it reaches a channel: what the page of entry says beforehand."""

from __future__ import annotations

from collections.abc import Mapping

from agencies.models import Agency, Membership, Unit, User
from agencies.roles import WRITERS, Role
from cchc.lib import clock
from outreach.models import Activity
from outreach.policies import own_clearance

Place = tuple[Agency, Unit | None]
ANY_CLEARER = "trưởng đơn vị hoặc Văn phòng cơ quan"


def to_whom(user: User, places: Mapping[str, Place]) -> dict[str, str]:
    """For each place who clears what the user enters there; "" where sending is enough.

    ``outreach.policies.submits`` for own work, asked of all places in one query.
    """
    clearing = {agency.pk for agency, _ in places.values() if agency.clears_internally}
    others = list(
        Membership.objects.current(clock.today())
        .filter(agency__in=clearing, role__in=[role.value for role in WRITERS])
        .filter(user__is_active=True)
        .exclude(user=user)
        .select_related("user")
        .order_by("pk")
    )
    posts = frozenset((row.agency_id, row.unit_id, row.role) for row in others)
    found = {}
    for key, (agency, unit) in places.items():
        own = Activity(agency=agency, unit=unit, author=user)
        at_once = agency.pk not in clearing or (
            _may_clear(user, agency, unit) and own_clearance(user, own, posts)
        )
        found[key] = "" if at_once else _names(agency, unit, others)
    return found


def _names(agency: Agency, unit: Unit | None, others: list[Membership]) -> str:
    near = [row for row in others if row.agency_id == agency.pk]
    unit_id = unit.pk if unit else None
    heads = [r.user for r in near if r.role == Role.UNIT_HEAD and r.unit_id == unit_id]
    office = [r.user for r in near if r.role == Role.AGENCY_OFFICE]
    told = [
        f"{title} {', '.join(dict.fromkeys(map(str, people)))}"
        for title, people in (("trưởng đơn vị", heads), ("Văn phòng cơ quan:", office))
        if people
    ]
    return " hoặc ".join(told) or ANY_CLEARER


def _may_clear(user: User, agency: Agency, unit: Unit | None) -> bool:
    standing = user.standing()
    is_head = unit is not None and unit.pk in standing.units_as(Role.UNIT_HEAD)
    return is_head or standing.holds({Role.AGENCY_OFFICE}, agency.pk)
