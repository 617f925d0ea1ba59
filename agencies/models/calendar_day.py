"""Calendar days: where a year's official calendar differs from the law's holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from agencies import workdays
from agencies.models.agency import Province
from cchc.lib import holidays_vn

if TYPE_CHECKING:
    from agencies.models import User


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day off or worked in exchange; ``own`` is the province's row, ``law`` what it replaces."""

    day: date
    is_working: bool
    name: str
    own: CalendarDay | None = None
    law: str = ""

    @property
    def weekday(self) -> str:
        """Its name in the week."""
        return workdays.weekday(self.day)


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    """Chainable questions about calendar days."""

    def visible_to(self, user: User) -> CalendarDayQuerySet:
        """Those of the user's provinces."""
        return self.filter(province__in=user.standing().province_ids)

    def changes(self, province_id: int, first: date, last: date) -> dict[date, bool]:
        """Where the days from first to last differ from plain weeks: True is worked. One query.

        For ``agencies.workdays``.
        """
        return {one.day: one.is_working for one in self.named(province_id, first, last)}

    def named(self, province_id: int, first: date, last: date) -> list[NamedDay]:
        """The same days with their names, in order: the law's, under the province's own."""
        found = {day.day: day for day in _by_law(first, last)}
        for row in self.filter(province=province_id, day__range=(first, last)):
            law = found.get(row.day)
            found[row.day] = NamedDay(
                row.day, row.is_working, row.note, row, law.name if law else ""
            )
        return sorted(found.values(), key=lambda one: one.day)


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


def _by_law(first: date, last: date) -> list[NamedDay]:
    return [
        NamedDay(day, is_working, name)
        for year in range(first.year, last.year + 1)
        for is_working, days in (
            (False, holidays_vn.days_off(year)),
            (True, holidays_vn.days_worked(year)),
        )
        for day, name in days.items()
        if first <= day <= last
    ]
