"""Times that need no grammar: the few shapes in which most cells of an annex are written.

Only whether something must be said about a cell is answered here, and only with "nothing"; every
other cell is read by ``plans.timing``, to which a test compares this.
"""

from __future__ import annotations

import re
from datetime import date

_YEARS = range(2000, 2100)
_DAY = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_LINE = re.compile(r"(?:[-+•] ?)?(.+)")
_PERIOD = re.compile(
    r"(?:hoàn thành )?(?:trong )?"
    rf"(?:(?:quý (?:iv|i{{1,3}}|[1-4])|tháng {_MONTH})(?:/| năm )|năm )(\d{{4}})"
)
_DEADLINE = re.compile(rf"(?:hoàn thành )?(?:trước|chậm nhất)(?: ngày)? {_DAY}")
_DEADLINES = re.compile(rf"trước ngày {_DAY} và trước ngày {_DAY}")
_SPAN = re.compile(rf"từ ngày {_DAY} đến (?:ngày |hết ngày )?{_DAY}")
_ALWAYS = re.compile(
    r"thường xuyên|hằng (?:năm|quý|tháng)|"
    r"chậm nhất ngày (?:0?[1-9]|1\d|2[0-8]) (?:hằng|hàng) tháng"
)


def is_plain(text: str, year: int) -> bool:
    """Whether the unwrapped cell is a time that is possible and clear beyond doubt."""
    return year in _YEARS and all(_is_plain_line(line, year) for line in text.lower().split("\n"))


def _is_plain_line(line: str, year: int) -> bool:
    told = _LINE.fullmatch(line)
    said = told[1].rstrip(" .;") if told else ""
    period = _PERIOD.fullmatch(said)
    if period:
        return abs(int(period[1]) - year) <= 1
    if _ALWAYS.fullmatch(said):
        return True
    days = _DEADLINE.fullmatch(said) or _DEADLINES.fullmatch(said) or _SPAN.fullmatch(said)
    return days is not None and _are_days(list(map(int, days.groups())), year)


def _are_days(numbers: list[int], year: int) -> bool:
    """Whether every three numbers are a day near the year, and none is before the one ahead."""
    try:
        days = [date(y, m, d) for d, m, y in zip(*[iter(numbers)] * 3, strict=True)]
    except ValueError:
        return False
    return days == sorted(days) and all(abs(day.year - year) <= 1 for day in days)
