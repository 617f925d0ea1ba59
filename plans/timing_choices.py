"""What a vague time may mean, as wordings to pick from; and a time in one short line.

A choice is only ever offered: the cell keeps what was written until a person picks one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from plans.periods import Period, PeriodKind, month_end
from plans.timing import Timing, TimingKind, parse_timing
from plans.timing.words import tokens_of

_UNREAD = (TimingKind.VAGUE, TimingKind.PLACEHOLDER, TimingKind.EMPTY)
_DATED = (
    TimingKind.WINDOW,
    TimingKind.DEADLINE,
    TimingKind.RECURRING,
    TimingKind.REPORT_CYCLE,
    TimingKind.MULTI,
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_REGULAR = ("Hằng tháng", "Hằng quý", "6 tháng, năm", "Hằng quý, 6 tháng, năm")
_SIDE = r"(?:(?P<side>nửa đầu|nửa cuối|đầu|giữa|cuối|tuần (?:đầu|cuối|[1-5])) (?:của )?)?"
_YEAR = r"(?: ?(?:/|năm|của năm|, năm)? ?(?P<year>\d{4}|sau|trước|nay)\b)?"
_MONTH = re.compile(rf"{_SIDE}(?:tháng|ngày (?:…|/)? ?/|… /) (?P<month>\d{{1,2}})\b{_YEAR}")
_QUARTER = re.compile(rf"{_SIDE}quý (?P<quarter>[1-4])\b{_YEAR}")
_HALF = re.compile(rf"^6 tháng{_YEAR}$")
_WHOLE = re.compile(rf"(?:(?P<side>đầu|giữa|cuối) )?năm(?! học){_YEAR}")
_EACH = re.compile(
    rf"^\D*?{_SIDE}(?:(?:hằng|mỗi|từng|trong) )?(?P<unit>tuần|tháng|quý|kỳ)"
    r"(?: (?:hằng|mỗi|từng) (?P=unit))?$"
)
# "3-12/2025" is from March to December, or one day.
_TWO_WAYS = re.compile(r"^(?P<first>\d{1,2}) - (?P<last>\d{1,2}) / (?P<year>\d{4})$")
_FROM = re.compile(rf"^(?:kể )?từ (?:đầu )?tháng (?P<month>\d{{1,2}}){_YEAR}$")
_LUNAR = re.compile(r"\b(?:giêng|chạp|âm|tết)\b")

# Which days of a month, or months of a year, a part of it means; the last day is 31.
_DAYS = {
    "đầu": (1, 10),
    "giữa": (11, 20),
    "cuối": (21, 31),
    "nửa đầu": (1, 15),
    "nửa cuối": (16, 31),
    "tuần đầu": (1, 7),
    "tuần cuối": (25, 31),
    **{f"tuần {week}": (7 * week - 6, min(7 * week, 31)) for week in range(1, 6)},
}
_YEAR_PARTS = {
    "đầu": (1, "Quý I", "6 tháng đầu năm"),
    "giữa": (6, "Quý II", "Quý III"),
    "cuối": (12, "Quý IV", "6 tháng cuối năm"),
}
_EACH_UNIT = {
    ("tuần", ""): ("Hằng tuần", "Thứ Sáu hằng tuần"),
    ("tuần", "đầu"): ("Thứ Hai hằng tuần", "Hằng tuần"),
    ("tuần", "cuối"): ("Thứ Sáu hằng tuần", "Hằng tuần"),
    ("tháng", ""): ("Hằng tháng", "Chậm nhất ngày 25 hằng tháng"),
    ("tháng", "đầu"): ("Chậm nhất ngày 05 hằng tháng", "Chậm nhất ngày 10 hằng tháng"),
    ("tháng", "giữa"): ("Chậm nhất ngày 15 hằng tháng", "Chậm nhất ngày 20 hằng tháng"),
    ("tháng", "cuối"): ("Chậm nhất ngày 25 hằng tháng", "Ngày cuối hằng tháng"),
    ("quý", ""): ("Hằng quý", "Chậm nhất ngày 20 của tháng cuối quý"),
    ("quý", "đầu"): ("Chậm nhất ngày 10 của tháng đầu quý", "Hằng quý"),
    ("quý", "cuối"): (
        "Chậm nhất ngày 20 của tháng cuối quý",
        "Chậm nhất ngày 25 của tháng cuối quý",
    ),
}


def choices(timing: Timing) -> list[str]:
    """Concrete wordings for a cell without a date, the likeliest first; each reads as dated.

    Only a vague, half-filled or empty cell has any, and not every one: "kịp thời", "Rằm tháng
    Giêng" have none. The parts of a cell of several lines are asked one by one.
    """
    if timing.kind not in _UNREAD:
        return []
    words = _plain(timing.literal)
    found = list(_guessed(words, timing.year))
    if not found and timing.kind is TimingKind.PLACEHOLDER:
        written = re.search(r"\b(?:19|20)\d\d\b", words)
        found = list(_anytime(int(written.group()) if written else timing.year))
    return [text for text in dict.fromkeys(found) if _is_dated(text, timing.year)]


def summary(timing: Timing) -> str:
    """One short line on what is owed, below the cell: days, number of times, or why none.

    "hạn ngày 25 hằng tháng, 12 kỳ"; "hạn 20/3, 20/6, 20/9, 20/12/2024 (4 kỳ)"; "từ 01/01/2024
    đến 31/03/2024"; "thường xuyên, không có hạn". Why a cell cannot be read is its ``problem``.
    """
    if timing.kind is TimingKind.MULTI:
        return _several(timing)
    line = timing.reading
    if timing.kind is TimingKind.ONGOING:
        line = "thường xuyên, không có hạn"
    is_remarked = timing.is_conditional and timing.kind is not TimingKind.CONDITIONAL
    return f"{line}, nếu có" if is_remarked else line


def _several(timing: Timing) -> str:
    kinds = {part.kind for part in timing.parts}
    count = sum(len(part.dues) for part in timing.parts)
    number = f" ({count} kỳ)" if kinds <= {TimingKind.DEADLINE, TimingKind.WINDOW} else ""
    if kinds == {TimingKind.DEADLINE} and not timing.is_conditional:
        days = [due.due_on for part in timing.parts for due in part.dues if due.due_on]
        return f"hạn {_days_in_a_row(days)}{number}"
    return "; ".join(map(summary, timing.parts)) + number


def _days_in_a_row(days: list[date]) -> str:
    """The days with the year only where it changes: "20/3, 20/6, 20/12/2024"."""
    following = [*(day.year for day in days[1:]), None]
    return ", ".join(
        f"{day.day}/{day.month}" + ("" if day.year == year else f"/{day.year}")
        for day, year in zip(days, following, strict=True)
    )


def _plain(literal: str) -> str:
    """The words of a cell in one spelling, numbers and quarters as figures."""
    words = [
        token.text if token.value is None else str(token.value) for token in tokens_of(literal)
    ]
    before = ["", *words]
    return " ".join(
        _ROMAN.get(word, word) if head == "quý" else word
        for head, word in zip(before, words, strict=False)
    )


def _is_dated(text: str, year: int) -> bool:
    read = parse_timing(text, year)
    return read.kind in _DATED and not read.problem


def _guessed(words: str, year: int) -> Iterable[str]:
    """The wordings that the first reading which fits proposes."""
    if not words:
        return _anytime(year)
    if _LUNAR.search(words):
        return ()
    if "định kỳ" in words:
        return _REGULAR
    if match := _FROM.search(words):
        start, of = int(match["month"]), _year_of(match, year)
        return (f"Từ tháng {start} đến tháng 12/{of}", _month(start, of))
    if match := _EACH.search(words):
        return _each(match)
    if match := _TWO_WAYS.search(words):
        first, last, of = (int(number) for number in match.groups())
        return (f"Từ tháng {first} đến tháng {last}/{of}", f"ngày {_day(first, last, of)}")
    if match := _HALF.search(words):
        of = _year_of(match, year)
        return (f"6 tháng đầu năm {of}", f"6 tháng cuối năm {of}", "6 tháng, năm")
    return _moments(words, year)


def _anytime(year: int) -> tuple[str, ...]:
    return (
        f"Năm {year}",
        *(f"Quý {number}/{year}" for number in ("I", "II", "III", "IV")),
        f"6 tháng đầu năm {year}",
        f"6 tháng cuối năm {year}",
        *_REGULAR[:2],
    )


def _each(match: re.Match[str]) -> tuple[str, ...]:
    unit, side = match["unit"], (match["side"] or "").removeprefix("nửa ")
    if unit == "kỳ":
        return _REGULAR
    return _EACH_UNIT.get((unit, side), ()) or _EACH_UNIT[unit, ""]


def _moments(words: str, year: int) -> Iterable[str]:
    """Wordings for the months, quarters or years that the words name.

    Of "tháng 5 hoặc tháng 6" one is meant; "cuối tháng 3 và cuối tháng 6" are two lines.
    """
    found = _all(_MONTH, _of_month, words, year) or _all(_QUARTER, _of_quarter, words, year)
    found = found or _all(_WHOLE, _of_year, words, year)
    if len(found) < 2 or "hoặc" in words or "-" in words:
        return [text for texts in found for text in texts]
    return ["\n".join(f"- {text}" for text in texts) for texts in zip(*found, strict=False)]


def _all(
    pattern: re.Pattern[str],
    read: Callable[[re.Match[str], int], list[str]],
    words: str,
    year: int,
) -> list[list[str]]:
    return [read(match, _year_of(match, year)) for match in pattern.finditer(words)]


def _year_of(match: re.Match[str], year: int) -> int:
    written = match["year"] or ""
    if written.isdecimal():
        return int(written)
    return year + {"sau": 1, "trước": -1}.get(written, 0)


def _of_month(match: re.Match[str], year: int) -> list[str]:
    month = int(match["month"])
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return []
    whole = _month(month, year)
    last = month_end(year, month).day
    if match["side"] not in _DAYS:
        return [whole, f"Chậm nhất ngày {_day(last, month, year)}"]
    first, until = _DAYS[match["side"]]
    until = min(until, last)
    first = min(first, until)
    return [
        f"từ ngày {_day(first, month, year)} đến ngày {_day(until, month, year)}",
        f"Chậm nhất ngày {_day(until, month, year)}",
        whole,
    ]


def _of_quarter(match: re.Match[str], year: int) -> list[str]:
    if not 1 < year < 9999:
        return []
    quarter = Period(PeriodKind.QUARTER, year, int(match["quarter"]))
    first, middle, last = (month.index for month in quarter.months)
    side = (match["side"] or "").removeprefix("nửa ")
    if side == "cuối":
        due = f"Chậm nhất ngày {_day(quarter.end.day, last, year)}"
        return [_month(last, year), due, quarter.label]
    of = {"đầu": [_month(first, year)], "giữa": [_month(middle, year)]}
    return [*of.get(side, ()), quarter.label]


def _of_year(match: re.Match[str], year: int) -> list[str]:
    if match["side"] is None:
        return [f"Năm {year}"]
    month, quarter, half = _YEAR_PARTS[match["side"]]
    joint = " " if half.endswith("năm") else "/"
    return [_month(month, year), f"{quarter}/{year}", f"{half}{joint}{year}"]


def _month(month: int, year: int) -> str:
    return f"Tháng {_figure(month)}/{year}"


def _day(day: int, month: int, year: int) -> str:
    return f"{day:02d}/{_figure(month)}/{year}"


def _figure(month: int) -> str:
    """01 and 02, but 3 to 9 (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{month:02d}" if month < 3 else str(month)
