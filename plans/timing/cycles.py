"""Report cycles: reports of each quarter, 6 months, year, whose due days a regime sets.

    cycle := "định kỳ"? unit ((","|"và"|"/") unit)* ("và" "đột xuất" …)?

One unit alone is a rhythm; it is a cycle when a report or "đột xuất" goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from plans.periods import PeriodKind
from plans.timing.rhythms import DAY, EACH, UNITS, WEEK
from plans.timing.words import Cursor

_KINDS = {
    1: PeriodKind.MONTH,
    3: PeriodKind.QUARTER,
    6: PeriodKind.HALF,
    9: PeriodKind.NINE_MONTHS,
    12: PeriodKind.YEAR,
    WEEK: PeriodKind.WEEK,
}


@dataclass(frozen=True)
class Cycle:
    """Report cycles whose due days the reporting regime sets."""

    kinds: tuple[PeriodKind, ...]


def cycle(cursor: Cursor, *, is_report: bool) -> Cycle | None:
    """Read report cycles; ``is_report`` when the wording before them spoke of a report."""
    is_periodic = bool(cursor.take("định kỳ", "theo định kỳ", "báo cáo định kỳ"))
    is_bracketed = is_periodic and bool(cursor.take("(", ": ("))
    is_report = is_report or bool(cursor.take("báo cáo"))
    units: list[tuple[int, bool]] = []
    unit = cursor.attempt(_cycle_unit)
    while unit is not None:
        units.append(unit)
        unit = cursor.attempt(_next_cycle)
    if is_bracketed and not cursor.take(")"):
        return None
    is_on_request = _take_on_request(cursor)
    if units and not is_report and all(is_named for _, is_named in units):
        return None
    needed = 1 if is_report or is_on_request else 2
    is_cycle = len(units) >= needed or (is_periodic and is_on_request)
    kinds = dict.fromkeys(_KINDS[months] for months, _ in units)
    return Cycle(tuple(kinds)) if is_cycle else None


def _next_cycle(cursor: Cursor) -> tuple[int, bool] | None:
    return _cycle_unit(cursor) if cursor.take(",", "và", ", và", ";", "/", "+") else None


def _cycle_unit(cursor: Cursor) -> tuple[int, bool] | None:
    """Read the months of one cycle, and whether it names one period ("quý I")."""
    cursor.take("báo cáo")
    cursor.take("định kỳ")
    cursor.take(*EACH)
    count = cursor.number()
    unit = cursor.take(*UNITS, "cả năm")
    months = (UNITS | {"cả năm": 12}).get(unit, DAY) * (count or 1)
    if months not in _KINDS or (count and unit not in ("tháng", "năm")):
        return None
    is_named = unit == "tháng" and bool(cursor.take("đầu năm", "cuối năm"))
    if unit == "quý":
        is_named = cursor.attempt(_quarter_name) is not None
    cursor.attempt(_cycle_year)
    return months, is_named


def _quarter_name(cursor: Cursor) -> str | None:
    name = cursor.peek()
    is_read = cursor.take("i", "ii", "iii", "iv") or cursor.number() is not None
    return name if is_read else None


def _cycle_year(cursor: Cursor) -> int | None:
    cursor.take("/", "năm")
    return cursor.year_number()


def _take_on_request(cursor: Cursor) -> bool:
    mark = cursor.at
    cursor.take(",", "và", "hoặc", ";", "và báo cáo", "hoặc báo cáo", ", báo cáo")
    if cursor.take("đột xuất"):
        cursor.take("khi có", "khi được", "theo", "khi")
        cursor.take("yêu cầu", "chỉ đạo", "đề nghị")
        return True
    cursor.at = mark
    return False
