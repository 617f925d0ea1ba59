"""Periods of a year: weeks, months, quarters, half years, nine months and years.

A period is written as a code ("2024-M03") and knows two windows: the calendar one, in which
quotas count, and that of Nghị định 09/2019/NĐ-CP, in which periodic reports gather their data.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum
from functools import total_ordering


class PeriodError(ValueError):
    """A period that does not exist or cannot be read; its text is a Vietnamese sentence."""


class PeriodKind(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The noun after "mỗi": "tháng", "quý"."""
        return _NOUNS[self]


class WindowRule(StrEnum):
    """Which days belong to a period."""

    CALENDAR = "calendar"
    ND09 = "nd09"


_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
_KIND_ORDER = {kind: place for place, kind in enumerate(PeriodKind)}
_ROMAN = ("", "I", "II", "III", "IV")
_CODE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:W(?P<week>\d{1,2})|M?(?P<month>\d{1,2})|Q(?P<quarter>\d)|H(?P<half>\d)"
    r"|(?P<nine>9M)|(?P<whole>Y)))?",
    re.ASCII | re.IGNORECASE,
)
_NAMED_KINDS = {
    "week": PeriodKind.WEEK,
    "month": PeriodKind.MONTH,
    "quarter": PeriodKind.QUARTER,
    "half": PeriodKind.HALF,
}
_FORMS = (
    "các dạng được nhận là 2024-W05 (tuần), 2024-M03 (tháng), 2024-Q1 (quý), "
    "2024-H1 (6 tháng), 2024-9M (9 tháng) và 2024 (năm)"
)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, order=True)
class DateSpan:
    """All days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def contains(self, day: date) -> bool:
        """Whether the day is one of the span's."""
        return self.start <= day <= self.end

    def encloses(self, other: DateSpan) -> bool:
        """Whether every day of the other span is in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: DateSpan) -> bool:
        """Whether the two spans share a day."""
        return self.start <= other.end and other.start <= self.end


@total_ordering
@dataclass(frozen=True)
class Period:
    """One period of a year; ``index`` counts from 1 within the year.

    Periods sort by their last day, then by length: a month stands before the quarter that it
    closes, and a quarter before its year.
    Raises ``PeriodError`` for an index that the year does not have.
    """

    kind: PeriodKind
    year: int
    index: int = 1

    def __post_init__(self) -> None:
        if not MINYEAR < self.year < MAXYEAR:
            raise PeriodError(f"Năm {self.year} nằm ngoài lịch.")
        if not 1 <= self.index <= _count(self.kind, self.year):
            raise PeriodError(f"Năm {self.year} không có {_NOUNS[self.kind]} thứ {self.index}.")

    def __lt__(self, other: Period) -> bool:
        return self._rank < other._rank

    @property
    def _rank(self) -> tuple[date, int]:
        return self.end, _KIND_ORDER[self.kind]

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period that a code names; ``PeriodError`` when it names none."""
        match = _CODE.fullmatch(code.strip())
        if match is None:
            raise PeriodError(f"Không đọc được kỳ “{code}”: {_FORMS}.")
        year = int(match["year"])
        for name, kind in _NAMED_KINDS.items():
            if match[name]:
                return cls(kind, year, int(match[name]))
        return cls(PeriodKind.NINE_MONTHS if match["nine"] else PeriodKind.YEAR, year)

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> Period:
        """The period of that kind which holds the day.

        Nine months end in September: later days raise ``PeriodError``.
        """
        if kind is PeriodKind.WEEK:
            year, week, _ = day.isocalendar()
            return cls(kind, year, week)
        index = (day.month - 1) // _MONTHS[kind] + 1
        return cls(kind, day.year, index)

    @property
    def code(self) -> str:
        """The code that ``parse`` reads back."""
        suffix = {
            PeriodKind.WEEK: f"-W{self.index:02d}",
            PeriodKind.MONTH: f"-M{self.index:02d}",
            PeriodKind.QUARTER: f"-Q{self.index}",
            PeriodKind.HALF: f"-H{self.index}",
            PeriodKind.NINE_MONTHS: "-9M",
            PeriodKind.YEAR: "",
        }[self.kind]
        return f"{self.year:04d}{suffix}"

    def __str__(self) -> str:
        return self.code

    @property
    def start(self) -> date:
        """The first calendar day; a week starts on Monday."""
        if self.kind is PeriodKind.WEEK:
            return date.fromisocalendar(self.year, self.index, 1)
        return date(self.year, self._first_month, 1)

    @property
    def end(self) -> date:
        """The last calendar day."""
        if self.kind is PeriodKind.WEEK:
            return date.fromisocalendar(self.year, self.index, 7)
        return month_end(self.year, self._last_month)

    @property
    def label(self) -> str:
        """The name in a document: "Quý I/2024", "6 tháng đầu năm 2024"."""
        joint = " năm " if self.kind in (PeriodKind.HALF, PeriodKind.NINE_MONTHS) else "/"
        joint = "" if self.kind is PeriodKind.YEAR else joint
        name = "Năm " if self.kind is PeriodKind.YEAR else self._name
        return f"{name}{joint}{self.year}"

    @property
    def short_label(self) -> str:
        """The name in a narrow column, where the year is known: "T3", "Quý I", "6 tháng đầu"."""
        short = {
            PeriodKind.WEEK: f"Tuần {self.index}",
            PeriodKind.MONTH: f"T{self.index}",
            PeriodKind.NINE_MONTHS: "9 tháng",
            PeriodKind.YEAR: str(self.year),
        }
        return short.get(self.kind, self._name)

    @property
    def months(self) -> tuple[Period, ...]:
        """The months of the period in order; a week has none."""
        if self.kind is PeriodKind.WEEK:
            return ()
        numbers = range(self._first_month, self._last_month + 1)
        return tuple(Period(PeriodKind.MONTH, self.year, number) for number in numbers)

    def contains(self, day: date) -> bool:
        """Whether the calendar period holds the day."""
        return self.start <= day <= self.end

    def encloses(self, other: Period) -> bool:
        """Whether the other calendar period lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def next(self) -> Period:
        """The period of the same kind that follows."""
        if self.index < _count(self.kind, self.year):
            return Period(self.kind, self.year, self.index + 1)
        return Period(self.kind, self.year + 1, 1)

    def after(self) -> Period:
        """What begins on the day after: quarter IV after nine months, else the next one."""
        if self.kind is PeriodKind.NINE_MONTHS:
            return Period(PeriodKind.QUARTER, self.year, 4)
        return self.next()

    def previous(self) -> Period:
        """The period of the same kind before this one."""
        if self.index > 1:
            return Period(self.kind, self.year, self.index - 1)
        return Period(self.kind, self.year - 1, _count(self.kind, self.year - 1))

    def window(self, rule: WindowRule) -> DateSpan:
        """The days that belong to the period under a rule.

        Nghị định 09/2019/NĐ-CP, Điều 12: from day 15 of the month before the period to day 14
        of its last month. It knows no weeks: ``PeriodError``.
        """
        if rule is WindowRule.CALENDAR:
            return DateSpan(self.start, self.end)
        if self.kind is PeriodKind.WEEK:
            raise PeriodError("Nghị định 09/2019/NĐ-CP không quy định kỳ báo cáo tuần.")
        month_before = self.start - timedelta(days=1)
        return DateSpan(month_before.replace(day=15), self.end.replace(day=14))

    @property
    def _first_month(self) -> int:
        return (self.index - 1) * _MONTHS[self.kind] + 1

    @property
    def _last_month(self) -> int:
        return self.index * _MONTHS[self.kind]

    @property
    def _name(self) -> str:
        if self.kind is PeriodKind.QUARTER:
            return f"Quý {_ROMAN[self.index]}"
        if self.kind is PeriodKind.HALF:
            return "6 tháng đầu" if self.index == 1 else "6 tháng cuối"
        if self.kind is PeriodKind.NINE_MONTHS:
            return "9 tháng đầu"
        return f"{_NOUNS[self.kind].capitalize()} {self.index}"


_NOUNS = {
    PeriodKind.WEEK: "tuần",
    PeriodKind.MONTH: "tháng",
    PeriodKind.QUARTER: "quý",
    PeriodKind.HALF: "kỳ 6 tháng",
    PeriodKind.NINE_MONTHS: "kỳ 9 tháng",
    PeriodKind.YEAR: "năm",
}


def periods_of(kind: PeriodKind, year: int) -> tuple[Period, ...]:
    """All periods of that kind in a year, in order; nine months give one."""
    return tuple(Period(kind, year, index) for index in range(1, _count(kind, year) + 1))


def _count(kind: PeriodKind, year: int) -> int:
    """How many periods of the kind a year has; ISO 8601 gives some years 53 weeks."""
    if kind is PeriodKind.WEEK:
        return date(year, 12, 28).isocalendar().week
    return 12 // _MONTHS[kind]
