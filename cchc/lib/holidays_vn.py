"""The one door to ``holidays``: Viet Nam's public holidays, days off in lieu, official swaps.

The library counts the lunar calendar and knows the swaps announced up to its release (compared
with the official announcements of 2019-2026); what was announced later, or otherwise, stands in
``agencies.models.CalendarDay``.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays

# Announced, and missing from the library: a day off, and the day worked for it.
_SWAPS = {date(2026, 1, 2): date(2026, 1, 10)}  # 12729/VPCP-KGVX, 25/12/2025
_WORKED = "Làm bù"
_TET = "Tết Nguyên đán"
_IN_LIEU = " (nghỉ bù)"
_EXCHANGED = "Nghỉ hoán đổi (làm bù ngày "
_LIBRARY_EXCHANGED = "Ngày nghỉ (thay cho ngày "
# How the library's name begins, and how offices call the day; every other day is of Tết.
_NAMES = {
    "Tết Dương lịch": "Tết Dương lịch",
    "Ngày Giỗ Tổ": "Giỗ Tổ Hùng Vương",
    "Ngày Chiến thắng": "Ngày Chiến thắng 30/4",
    "Ngày Quốc tế Lao động": "Quốc tế Lao động 1/5",
    "Quốc khánh": "Quốc khánh",
    "Ngày Văn hóa": "Ngày Văn hóa Việt Nam",
}
_FIRST_YEAR, _LAST_YEAR = 1995, 2100


@cache
def days_off(year: int) -> dict[date, str]:
    """The year's days off by name, those in lieu and those exchanged among them.

    Nothing outside 1995-2100, where the lunar calendar is not kept.
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return {}
    known = {day: _names(said) for day, said in _calendar(year).items()}
    swapped = {day: f"{_EXCHANGED}{worked:%d/%m/%Y})" for day, worked in _SWAPS.items()}
    return known | {day: name for day, name in swapped.items() if day.year == year}


@cache
def days_worked(year: int) -> dict[date, str]:
    """The year's Saturdays and Sundays that are worked in exchange for a day off."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return {}
    known = {*_calendar(year).weekend_workdays, *_SWAPS.values()}
    return {day: _WORKED for day in known if day.year == year}


def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year, language="vi")


def _names(said: str) -> str:
    """Two holidays may fall on one day."""
    return ", ".join(dict.fromkeys(_name(part) for part in said.split("; ")))


def _name(said: str) -> str:
    if said.startswith(_LIBRARY_EXCHANGED):
        return said.replace(_LIBRARY_EXCHANGED, _EXCHANGED)
    for beginning, name in _NAMES.items():
        if said.startswith(beginning):
            return f"{name}{_IN_LIEU}" if said.endswith(_IN_LIEU) else name
    return _TET
