"""The people who read a province as a whole (``agencies.standing.Post.oversees_province``)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from agencies.models import Membership, Province, User
from agencies.models.agency import AgencyKind
from agencies.roles import PROVINCE_READERS, Role


def overseers(province: Province, day: date) -> QuerySet[User]:
    """Who oversees the province on that day, by name."""
    readers = [role.value for role in PROVINCE_READERS]
    posts = Membership.objects.current(day).filter(
        Q(role=Role.HOME_AFFAIRS.value) | Q(role__in=readers, agency__kind=AgencyKind.PROVINCE),
        agency__province=province,
    )
    people = User.objects.filter(is_active=True, pk__in=posts.values("user"))
    return people.order_by("full_name", "pk")
