"""Memberships: a person's role in an agency, and in one unit of it, for a time."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models.agency import Agency, AgencyKind
from agencies.models.unit import Unit
from agencies.roles import Role
from agencies.standing import Post, Standing


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Chainable questions about memberships."""

    def current(self, day: date) -> MembershipQuerySet:
        """In force on that day."""
        return self.filter(Q(since__lte=day), Q(until=None) | Q(until__gte=day))

    def standing_of(self, user_id: int, day: date) -> Standing:
        """One query: everything the person is on that day."""
        rows = (
            self.filter(user_id=user_id)
            .current(day)
            .order_by("id")
            .values_list("role", "agency_id", "agency__province_id", "unit_id", "agency__kind")
        )
        return Standing(
            tuple(
                Post(Role(role), agency, province, unit, kind == AgencyKind.PROVINCE)
                for role, agency, province, unit, kind in rows
            )
        )


class Membership(models.Model):
    """One role of one person in one agency from ``since`` to ``until``, both inclusive."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(
        "vai trò", max_length=20, choices=[(role.value, role.label) for role in Role]
    )
    since = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò tại cơ quan"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "agency", "unit", "role", "since"), name="membership_once_in_unit"
            ),
            models.UniqueConstraint(
                fields=("user", "agency", "role", "since"),
                condition=Q(unit=None),
                name="membership_once_in_agency",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.UNIT_HEAD.value) | Q(unit__isnull=False),
                name="membership_head_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="membership_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label}"
