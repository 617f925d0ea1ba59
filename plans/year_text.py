"""The plan's year in its texts, moved to another year.

Pure. Only what means the plan's own year moves: not the date of a cited document
("30/KH-UBND ngày 21/02/2024"), not a span of years ("2021 – 2030"), not the year of a law.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plans.periods import Period, PeriodError

_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
_SPELLED_DAY = r"\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
_DOCUMENT = r"(?:\d+\w*|[.…_]{2,})?\s*[/-]\s*[A-ZĐ][\w-]*(?:/[\w-]+)*"
_PROTECTED = re.compile(
    rf"\d+\w*/\d{{4}}/[\w-]+"  # 09/2019/NĐ-CP
    rf"|{_DOCUMENT}(?:\s+của\s+[^,.;\n]{{2,80}}?)?,?\s*\(?(?:ngày|tháng|năm)?\s+"
    rf"(?:{_DAY}|{_SPELLED_DAY}|\d{{1,2}}\s*/\s*\d{{4}}|\d{{4}})"
    r"|(?<![/\d])\d{4}\s*[-–—]\s*(?:năm\s+)?\d{4}(?![/\d])"
    r"|(?<![/\d])\d{4}\s+đến\s+(?:hết\s+)?(?:năm\s+)?\d{4}"
    r"|(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)[^.;:,\n]{0,60}?\d{4}"
)
_HORIZON = re.compile(
    r"(?:đến năm|định hướng(?: đến)?(?: năm)?|tầm nhìn(?: đến)?(?: năm)?)\s+\d{4}"
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d]|[.,]\d)")
_NAMED_YEAR = re.compile(r"(?i:năm)\s+((?:19|20)\d{2})(?!\d)")
_LEAP_DAY = re.compile(
    r"(?<!\d)29(?P<rest>(?:\s*[/.-]\s*|\s+tháng\s+)0?2(?!\d)"
    r"(?:(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}))?)"
)
_AROUND = 24


@dataclass(frozen=True, slots=True)
class Moved:
    """The text of the new year, and the years in it that stayed and may be meant otherwise."""

    text: str
    left: tuple[str, ...] = ()


def moved(text: str, year: int, to: int) -> Moved:
    """A text: the plan's year moves; its other years nearby are told, not touched."""
    protected = [*_spans(_PROTECTED, text), *_spans(_HORIZON, text)]
    return _moved(text, year, to - year, protected)


def moved_time(text: str, year: int, to: int) -> str:
    """A time cell: the years before and after move as well ("trước 15/01/2025" in 2024)."""
    return _moved(text, year, to - year, _spans(_PROTECTED, text), around=1).text


def moved_title(text: str, year: int, to: int) -> Moved:
    """A title names the plan's year; a wrong one that stands alone ("NĂM 2023") is put right."""
    found = moved(text, year, to)
    named = {int(match[1]) for match in _NAMED_YEAR.finditer(text)}
    if found.text != text or len(named) != 1:
        return found
    return moved(text, named.pop(), to)


def moved_day(day: date, by: int) -> date:
    """The same day of another year; 29/02 is 28/02 where February has no more."""
    if day.month == 2 and day.day == 29 and not isleap(day.year + by):
        return date(day.year + by, 2, 28)
    return day.replace(year=day.year + by)


def moved_period(code: str, by: int) -> str:
    """The same period of another year; empty when that year has none (a 53rd week)."""
    period = Period.parse(code)
    try:
        return Period(period.kind, period.year + by, period.index).code
    except PeriodError:
        return ""


def moved_days(days: Mapping[str, date], by: int) -> dict[str, date]:
    """Due dates by period, each moved with its period."""
    moved_codes = ((moved_period(code, by), day) for code, day in days.items())
    return {code: moved_day(day, by) for code, day in moved_codes if code}


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def _moved(
    text: str, plan_year: int, by: int, protected: list[tuple[int, int]], around: int = 0
) -> Moved:
    """``around`` is how far from the plan's year a year may lie to move with it."""

    def moves(year: int) -> bool:
        return abs(year - plan_year) <= around

    def is_free(match: re.Match[str]) -> bool:
        return not any(start <= match.start() < end for start, end in protected)

    def day(match: re.Match[str]) -> str:
        """Years keep their length and so does 28, so that the protected places stay."""
        year = int(match["year"] or plan_year)
        is_gone = is_free(match) and moves(year) and not isleap(year + by)
        return f"28{match['rest']}" if is_gone else match.group()

    text = _LEAP_DAY.sub(day, text)
    left: list[str] = []

    def put(match: re.Match[str]) -> str:
        year = int(match.group())
        if is_free(match) and moves(year):
            return str(year + by)
        if is_free(match) and abs(year - plan_year) == around + 1:
            left.append(_excerpt(text, match))
        return match.group()

    return Moved(_YEAR.sub(put, text), tuple(left))


def _excerpt(text: str, match: re.Match[str]) -> str:
    """The year with the whole words around it."""
    before, after = text[: match.start()], text[match.end() :]
    if len(before) > _AROUND:
        before = f"…{before[-_AROUND:].partition(' ')[2]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND].rpartition(' ')[0]}…"
    return f"{before}{match.group()}{after}"
