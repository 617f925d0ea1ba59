"""Calendar days: where a year's official calendar differs from the law's holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from agencies.models.agency import Province

if TYPE_CHECKING:
    from agencies.models import User


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    """Chainable questions about calendar days."""

    def visible_to(self, user: User) -> CalendarDayQuerySet:
        """Those of the user's provinces."""
        return self.filter(province__in=user.standing().province_ids)


class CalendarDay(models.Model):
    """A day off, or a day worked in exchange (hoán đổi ngày làm việc), of one province."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="calendar_days")
    day = models.DateField("ngày")
    is_working = models.BooleanField("là ngày làm việc", default=False)
    note = models.CharField("nội dung", max_length=160)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        constraints = (
            models.UniqueConstraint(fields=("province", "day"), name="calendar_day_once"),
        )

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.note}"
