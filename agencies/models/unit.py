"""Units: the departments inside an agency that lead and coordinate tasks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from agencies.models.agency import Agency

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
