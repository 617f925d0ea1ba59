"""The only place that asks the time. Everything else gets the day as an argument."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now()  # noqa: TID251 - the one door to the system clock


def today() -> date:
    """The present day in Asia/Ho_Chi_Minh, the project's time zone."""
    return timezone.localdate(now())  # noqa: TID251 - the same door


def day_of(moment: datetime) -> date:
    """The day on which a moment fell in Asia/Ho_Chi_Minh."""
    return timezone.localdate(moment)  # noqa: TID251 - the same door
