"""Moments of the calendar as a time cell writes them: days, months, quarters, years, ranges.

A moment may lack its year or month: it is read first and placed on the calendar later, when the
words around it have said what is missing. Impossible ones are then refused, never corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from plans.periods import DateSpan, month_end
from plans.timing.words import Cursor

FIRST_YEAR, LAST_YEAR = 1945, 2199
LAST_DAY = -1
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_NEAR_YEARS = 5
_THIS_YEAR = ("năm nay", "năm này", "năm kế hoạch", "năm báo cáo", "cùng năm")
_NEXT_YEAR = ("năm sau", "năm tới", "năm kế tiếp", "năm tiếp theo", "năm liền kề")
_LAST_YEAR = ("năm trước", "năm ngoái")
_FIRST_MONTH = ("tháng đầu", "tháng đầu tiên", "tháng thứ nhất")
_MONTHS_OF_QUARTER = (
    *((words, 0) for words in _FIRST_MONTH),
    *((words, 1) for words in ("tháng giữa", "tháng thứ hai")),
    *((words, 2) for words in ("tháng cuối", "tháng cuối cùng", "tháng thứ ba")),
)
# A day of the calendar that has a name: "Ngày Pháp luật Việt Nam 09/11".
_NAMED_DAYS = ("quốc gia", "quốc tế", "thế giới", "việt nam", "pháp luật", "toàn quốc", "toàn dân")


class ImpossibleTime(ValueError):
    """A time that the calendar does not have; its text is a Vietnamese sentence."""


class UnclearTime(ValueError):
    """A time of which a part is missing or may be read two ways; text as above."""


@dataclass(frozen=True)
class Moment:
    """A day (``months`` 0), or ``months`` months from ``month`` on; None where not written.

    ``head`` is the word that a bare number after it repeats ("tháng 3, 6"); ``lends`` says
    whether its year also holds for neighbours without one.
    """

    head: str
    month: int | None = None
    day: int | None = None
    months: int = 0
    year: int | None = None
    lends: bool = True

    @property
    def lent_year(self) -> int | None:
        """The year that neighbours may take over."""
        return self.year if self.lends else None

    def dated(self, year: int | None) -> Moment:
        """The moment with that year, unless it has its own."""
        return self if self.year is not None else replace(self, year=year)

    def span(self) -> DateSpan:
        """Its days. Raises ``ImpossibleTime`` or ``UnclearTime``; the year must be known."""
        if self.year is None or self.month is None:
            raise UnclearTime(f"Ngày {self.day} chưa có tháng: hãy ghi đủ ngày và tháng.")
        year = checked_year(self.year)
        self._check_month()
        last_month = self.month + max(self.months, 1) - 1
        if self.months:
            return DateSpan(date(year, self.month, 1), month_end(year, last_month))
        day = self._day_in(year, self.month)
        return DateSpan(day, day)

    def _check_month(self) -> None:
        if self.month is not None and 1 <= self.month <= 12:
            return
        if self.head == "quý":
            raise ImpossibleTime("Một năm chỉ có bốn quý, từ quý I đến quý IV.")
        raise ImpossibleTime(f"Không có tháng {self.month}: tháng phải từ 1 đến 12.")

    def _day_in(self, year: int, month: int) -> date:
        last = month_end(year, month)
        if self.day == LAST_DAY:
            return last
        if self.day is None or not 1 <= self.day <= last.day:
            raise ImpossibleTime(
                f"Không có ngày {self.day}/{month}/{year}: tháng {month}/{year} "
                f"chỉ có {last.day} ngày."
            )
        return date(year, month, self.day)


def checked_year(year: int) -> int:
    """The year, when plans can speak of it; else ``ImpossibleTime``."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleTime(f"Năm {year} không hợp lý đối với một kế hoạch.")
    return year


def moment(cursor: Cursor, previous: Moment | None = None) -> Moment | None:
    """Read one moment; ``previous`` is the one whose head a bare number repeats."""

    def repeated(here: Cursor) -> Moment | None:
        return _repeated(here, previous)

    return cursor.first(
        repeated,
        _iso_day,
        _numeric,
        _spoken_day,
        _day_in_quarter,
        _edge_day,
        _named_day,
        _part_of_year,
        _month_of_quarter,
        _quarter,
        _month,
        _year,
    )


def bare_year(cursor: Cursor) -> Moment | None:
    """Read "năm" without a number, as in "trong năm" and "đến hết năm"."""
    return Moment("năm", 1, months=12) if cursor.take("năm") else None


def bare_day(cursor: Cursor) -> Moment | None:
    """Read a day whose month comes later, as in "từ ngày 14 đến ngày 20/4"."""
    cursor.take("ngày")
    number = cursor.number()
    return None if number is None else Moment("ngày", day=number)


def _with_year(cursor: Cursor, found: Moment) -> Moment:
    written = cursor.attempt(_written_year)
    return found if written is None else replace(found, year=written[0], lends=written[1])


def _written_year(cursor: Cursor) -> tuple[int, bool] | None:
    """Read a year after a moment, and whether neighbours share it."""
    cursor.take("của")
    for shift, words in ((0, _THIS_YEAR), (1, _NEXT_YEAR), (-1, _LAST_YEAR)):
        if cursor.take(*words):
            return cursor.year + shift, False
    joint = cursor.take("/", "-", ".", "năm", ", năm")
    year = cursor.year_number()
    if year is None and joint in ("/", ".", "năm"):
        year = _short_year(cursor)
    return None if year is None else (year, True)


def _short_year(cursor: Cursor) -> int | None:
    """Read "24" for 2024: two digits that are no month and lie near the plan's year."""
    number = cursor.number()
    if number is None or number <= 12:
        return None
    year = cursor.year // 100 * 100 + number
    return year if abs(year - cursor.year) <= _NEAR_YEARS else None


def _repeated(cursor: Cursor, previous: Moment | None) -> Moment | None:
    """Read a bare number that stands for the head before it: the 6 of "tháng 3, 6"."""
    if previous is None or previous.head not in ("tháng", "quý"):
        return None
    is_quarter = previous.head == "quý"
    number = _quarter_number(cursor) if is_quarter else cursor.number()
    if number is None or cursor.peek() == "tháng":
        return None
    repeated = replace(previous, month=number, year=None, lends=True)
    return _with_year(cursor, _quarter_of(number) if is_quarter else repeated)


def _iso_day(cursor: Cursor) -> Moment | None:
    cursor.take("ngày")
    year = cursor.year_number()
    month = cursor.number() if year is not None and cursor.take("-", "/") else None
    day = cursor.number() if month is not None and cursor.take("-", "/") else None
    return None if day is None else Moment("", month, day, year=year)


def _numeric(cursor: Cursor) -> Moment | None:
    """Read 20/3, 20/3/2024, 20.3.2024, 20-3-2024 or the month 3/2024.

    "20-3" and "3-12/2025" are left alone: they may be ranges.
    """
    is_day = bool(cursor.take("ngày"))
    number = cursor.number()
    mark = cursor.take("/", ".", "-")
    if number is None or not mark:
        return None
    year = None if is_day else cursor.year_number()
    if year is not None:
        return Moment("tháng", number, months=1, year=year)
    month = cursor.number()
    if month is None:
        return None
    is_dashed = cursor.peek() == "-"
    found = _with_year(cursor, Moment("", month, number))
    return None if mark == "-" and not (found.year and is_dashed) else found


def _spoken_day(cursor: Cursor) -> Moment | None:
    """Read "ngày 20 tháng 3 năm 2024"; "ngày 20 các tháng 3, 6" goes on by bare numbers."""
    cursor.take("ngày", "ngày mùng", "ngày mồng", "mùng", "mồng")
    day = cursor.number()
    if day is None or not cursor.take("tháng", "của tháng", "các tháng", "của các tháng"):
        return None
    month = cursor.number()
    return None if month is None else _with_year(cursor, Moment("tháng", month, day))


def _day_in_quarter(cursor: Cursor) -> Moment | None:
    """Read "ngày 20 tháng cuối quý II", a day of one month."""
    day = cursor.number() if cursor.take("ngày") else None
    if day is None:
        return None
    cursor.take("của")
    month = cursor.attempt(_month_of_quarter)
    return month and replace(month, day=day, months=0)


def _month_of_quarter(cursor: Cursor) -> Moment | None:
    """Read "tháng cuối quý II", "tháng đầu tiên của quý III/2025"."""
    named = cursor.take(*(words for words, _ in _MONTHS_OF_QUARTER))
    cursor.take("của")
    quarter = cursor.attempt(_quarter) if named else None
    if quarter is None or quarter.month is None:
        return None
    return replace(
        quarter, head="", month=quarter.month + dict(_MONTHS_OF_QUARTER)[named], months=1
    )


def _named_day(cursor: Cursor) -> Moment | None:
    """Read "Ngày Chuyển đổi số quốc gia (10/10)": a known day, with its date."""
    mark = cursor.at
    if not cursor.take("ngày"):
        return None
    while cursor.peek().isalpha() and cursor.tokens[cursor.at].value is None:
        cursor.at += 1
    words = " ".join(token.text for token in cursor.tokens[mark : cursor.at])
    if not any(name in words for name in _NAMED_DAYS):
        return None
    is_bracketed = bool(cursor.take("("))
    found = cursor.attempt(_numeric)
    return None if is_bracketed and not cursor.take(")") else found


def _edge_day(cursor: Cursor) -> Moment | None:
    """Read "ngày cuối cùng của tháng 6", "ngày đầu tiên của quý II"."""
    if not cursor.take("ngày"):
        return None
    edge = cursor.take("cuối", "cuối cùng", "đầu", "đầu tiên")
    cursor.take("của")
    period = cursor.first(_part_of_year, _quarter, _month, _year) if edge else None
    if period is None or period.month is None:
        return None
    is_last = edge.startswith("cuối")
    month = period.month + (period.months - 1 if is_last else 0)
    return replace(period, head="", month=month, day=LAST_DAY if is_last else 1, months=0)


def _part_of_year(cursor: Cursor) -> Moment | None:
    """Read "6 tháng đầu năm", "03 tháng cuối năm 2024", "nửa đầu năm"."""
    if side := cursor.take("nửa đầu năm", "nửa cuối năm"):
        count: int | None = 6
        cursor.at -= 1
    else:
        count = cursor.number()
        side = cursor.take("tháng đầu", "tháng cuối")
    if count is None or not side or not 1 <= count <= 12:
        return None
    found = Moment("", 13 - count if "cuối" in side else 1, months=count)
    dated = _with_year(cursor, found)
    if dated is found:
        cursor.take("năm", "của năm")
    return dated


def _quarter(cursor: Cursor) -> Moment | None:
    if not cursor.take("quý", "các quý"):
        return None
    number = _quarter_number(cursor)
    return None if number is None else _with_year(cursor, _quarter_of(number))


def _quarter_of(number: int) -> Moment:
    return Moment("quý", 3 * number - 2, months=3)


def _quarter_number(cursor: Cursor) -> int | None:
    if cursor.peek() in _ROMAN:
        return _ROMAN[cursor.take(cursor.peek())]
    return cursor.number(width=2)


def _month(cursor: Cursor) -> Moment | None:
    if not cursor.take("tháng", "các tháng"):
        return None
    number = cursor.number()
    return None if number is None else _with_year(cursor, Moment("tháng", number, months=1))


def _year(cursor: Cursor) -> Moment | None:
    """Read "năm 2024", "cả năm", "năm sau" or a bare 2024."""
    found = Moment("năm", 1, months=12)
    if cursor.take("cả năm", "toàn năm"):
        year = cursor.year_number()
        cursor.take("nay")
        return found if year is None else replace(found, year=year)
    is_open_ended = cursor.peek_back() in ("các", "những")
    if is_open_ended or cursor.peek() in ("/", "-", ".", ",", "của"):
        return None
    dated = _with_year(cursor, found)
    return None if dated is found else dated
