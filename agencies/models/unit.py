"""Units: the departments inside an agency that lead and coordinate tasks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q

from agencies.models.agency import Agency
from agencies.roles import Role

if TYPE_CHECKING:
    from agencies.models.user import User


class UnitQuerySet(models.QuerySet["Unit"]):
    """Chainable questions about units."""

    def visible_to(self, user: User) -> UnitQuerySet:
        """Units of the agencies of the user's provinces."""
        return self.filter(agency__province__in=user.standing().province_ids)

    def active_on(self, day: date) -> UnitQuerySet:
        """Units that existed on that day."""
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))

    def kept_by(self, user: User) -> UnitQuerySet:
        """Units of the agencies whose office the user is."""
        return self.filter(agency__in=user.standing().agencies_as(Role.AGENCY_OFFICE))

    def with_people(self, day: date) -> UnitQuerySet:
        """With ``people``: how many hold a role in each on that day."""
        present = Q(memberships__since__lte=day) & (
            Q(memberships__until=None) | Q(memberships__until__gte=day)
        )
        return self.annotate(people=Count("memberships__user", filter=present, distinct=True))

    def in_order(self) -> UnitQuerySet:
        """As the agency ranks them."""
        return self.order_by("agency__order", "order", "id")


class Unit(models.Model):
    """A department of an agency; ``aliases`` are its other spellings in documents."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    code = models.CharField("mã đơn vị", max_length=24)
    name = models.CharField("tên đơn vị", max_length=160)
    aliases = models.JSONField("tên gọi khác", default=list, blank=True)
    order = models.PositiveIntegerField("thứ tự", default=0)
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        constraints = (
            models.UniqueConstraint(fields=("agency", "code"), name="unit_code_once_per_agency"),
            models.UniqueConstraint(fields=("agency", "name"), name="unit_name_once_per_agency"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="unit_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def people_on(self, day: date) -> list[str]:
        """Who holds a role in it on that day, in the order of their names."""
        rows = self.memberships.current(day).select_related("user")
        return sorted({str(row.user) for row in rows})

    def work_due_after(self, day: date) -> int:
        """How many turns it has to do yet that are due after that day.

        The relations are those that plans and outreach, the floors above, lay to a unit.
        """
        turns = Unit.objects.filter(
            pk=self.pk, obligations__due_on__gt=day, obligations__waived_at=None
        ).values("obligations")
        standing = Q(obligations__fulfilments__voided_at=None)
        results = Count("obligations__fulfilments", filter=standing)
        return (
            turns.annotate(results=results).filter(results__lt=F("obligations__required")).count()
        )
