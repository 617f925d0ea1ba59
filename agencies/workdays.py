"""Working days. Pure: the calendar's changes are an argument.

Monday to Friday are worked, Saturday and Sunday are not (Quyết định 188/1999/QĐ-TTg); ``changes``
says where a day differs: ``False`` for a day off (Bộ luật Lao động 2019, Điều 112, with days off
in lieu), ``True`` for one worked in exchange (hoán đổi ngày làm việc).
``agencies.models.CalendarDay.objects.changes(province, first, last)`` gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_SATURDAY = 5
_DAY = timedelta(days=1)


def weekday(day: date) -> str:
    """The name of the day's place in the week."""
    return WEEKDAYS[day.weekday()]


def is_working(day: date, changes: Mapping[date, bool]) -> bool:
    """Whether offices work on the day."""
    return changes.get(day, day.weekday() < _SATURDAY)


def previous_working_day(day: date, changes: Mapping[date, bool]) -> date:
    """The last working day before the day, which itself never counts."""
    found = day - _DAY
    while not is_working(found, changes):
        found -= _DAY
    return found


def next_working_day(day: date, changes: Mapping[date, bool]) -> date:
    """The first working day after the day, which itself never counts."""
    found = day + _DAY
    while not is_working(found, changes):
        found += _DAY
    return found


def on_or_before(day: date, changes: Mapping[date, bool]) -> date:
    """The day itself when it is worked, otherwise the last working day before it."""
    return day if is_working(day, changes) else previous_working_day(day, changes)


def on_or_after(day: date, changes: Mapping[date, bool]) -> date:
    """The day itself when it is worked, otherwise the first working day after it."""
    return day if is_working(day, changes) else next_working_day(day, changes)


def working_days_between(first: date, last: date, changes: Mapping[date, bool]) -> tuple[date, ...]:
    """The working days from the first day to the last, both included."""
    days = (first + _DAY * offset for offset in range((last - first).days + 1))
    return tuple(day for day in days if is_working(day, changes))


def working_days_until(day: date, today: date, changes: Mapping[date, bool]) -> int:
    """How many working days are left after today up to the day; 0 today, negative when past."""
    if day < today:
        return -len(working_days_between(day + _DAY, today, changes))
    return len(working_days_between(today + _DAY, day, changes))
