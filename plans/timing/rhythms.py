"""Repeated times: so often in each period, or by a certain day of it.

rhythm := beat | beat day | mark? "ngày" number scope | weekday "hằng tuần" | times "hằng năm"
beat   := ("hằng"|"mỗi"|"định kỳ") unit | number "lần" "/" unit | unit number "lần"
scope  := "hằng tháng" | "tháng sau" | "tháng cuối quý" | "tháng đầu quý sau" | …
cycle  := two or more units in a row, or one that a report or "đột xuất" goes with
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from plans.periods import PeriodKind, month_end, periods_of
from plans.timing.dates import WEEKDAYS, Bound, Due, Item, bound, clock, placed, times, weekdays
from plans.timing.moments import (
    LAST_DAY,
    ImpossibleTime,
    UnclearTime,
    checked_year,
    moment,
)
from plans.timing.words import Cursor

WEEK, DAY = 0, -1
_NAMES = {1: "tháng", 3: "quý", 6: "6 tháng", 12: "năm", WEEK: "tuần"}
UNITS = {"ngày": DAY, "tuần": WEEK, "tháng": 1, "quý": 3, "nửa năm": 6, "năm": 12}
EACH = (
    "hằng",
    "mỗi",
    "từng",
    "theo từng",
    "theo",
    "trong mỗi",
    "của mỗi",
    "của hằng",
    "vào mỗi",
    "trong từng",
)
_PER = ("/", "mỗi", "một", "trong", "hằng", "trong một", "trong mỗi", "trên")
_AT_LEAST = ("ít nhất", "tối thiểu", "định kỳ", "thường xuyên")
_MOST_TIMES = 31
_TIMES = ("lần", "kỳ", "đợt")
_THIS_MONTH = (
    "hằng tháng",
    "( hằng tháng )",
    "mỗi tháng",
    "của tháng",
    "của hằng tháng",
    "của mỗi tháng",
    "của tháng báo cáo",
    "tháng báo cáo",
    "trong tháng",
    "các tháng",
    "của các tháng",
    "các tháng trong năm",
    "từng tháng",
)
_NEXT_MONTH = ("tháng sau", "tháng kế tiếp", "tháng tiếp theo", "tháng liền kề", "tháng kế")
_EVERY_WEEK = ("hằng tuần", "mỗi tuần", "của tuần", "của hằng tuần", "của mỗi tuần")
_EVERY_YEAR = ("hằng năm", "mỗi năm", ", hằng năm", "của hằng năm", "( hằng năm )", "các năm")
_FOLLOWING = ("sau", "tiếp theo", "kế tiếp", "liền kề", "sau liền kề", "kế")


@dataclass(frozen=True)
class DayRule:
    """A day of a month, counted from the period's first month; ``LAST_DAY`` is the last."""

    day: int
    shift: int
    is_exclusive: bool = False

    def due(self, year: int, first_month: int) -> date:
        """The due day of the period that starts in a month; beyond a month's end, its last."""
        months = first_month - 1 + self.shift
        year, month = year + months // 12, months % 12 + 1
        last = month_end(year, month)
        if self.day == LAST_DAY:
            return last - timedelta(days=int(self.is_exclusive))
        day = self.day - int(self.is_exclusive)
        return date(year, month, 1) + timedelta(days=min(day, last.day) - 1)


@dataclass(frozen=True)
class Rhythm:
    """Work repeated every ``months`` months (0: every week, -1: every day)."""

    months: int
    count: int = 1
    rules: tuple[DayRule, ...] = ()
    weekdays: tuple[int, ...] = ()
    items: tuple[Item, ...] = ()
    year: int | None = None

    def dues(self, year: int) -> tuple[Due, ...]:
        """One due time per period of the year, in order; daily work is not listed.

        Raises ``ImpossibleTime`` for days that no month has and ``UnclearTime`` where the
        written days and the number of periods disagree.
        """
        year = checked_year(self.year or year)
        if self.months == DAY:
            return ()
        if self.items:
            return self._written_dues(year)
        if self.months == WEEK:
            return self._weekly(year)
        starts = range(1, 13, self.months)
        if self.rules:
            self._check_days()
            due_days = [rule.due(year, month) for month in starts for rule in self.rules]
            return tuple(Due(None, day) for day in due_days)
        spans = [(date(year, m, 1), month_end(year, m + self.months - 1)) for m in starts]
        return tuple(Due(*span) for span in spans for _ in range(self.count))

    def _written_dues(self, year: int) -> tuple[Due, ...]:
        periods = 12 // self.months if self.months > 0 else 52
        if len(self.items) not in (periods, periods * self.count):
            raise UnclearTime(
                f"Có {periods} kỳ trong năm nhưng ghi {len(self.items)} mốc thời gian: "
                "hãy ghi mỗi kỳ một mốc."
            )
        return placed(self.items, year)

    def _weekly(self, year: int) -> tuple[Due, ...]:
        if not self.weekdays:
            weeks = periods_of(PeriodKind.WEEK, year)
            return tuple(Due(w.start, w.end) for w in weeks for _ in range(self.count))
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        return tuple(
            Due(None, day) for day in days if day.year == year and day.isoweekday() in self.weekdays
        )

    def _check_days(self) -> None:
        for rule in self.rules:
            if not 1 <= rule.day <= 31 and rule.day != LAST_DAY:
                raise ImpossibleTime(f"Không có ngày {rule.day} trong tháng.")

    @property
    def name(self) -> str:
        """The rhythm in words: "hằng tháng", "mỗi quý 2 lần", "thứ Sáu hằng tuần"."""
        unit = _NAMES.get(self.months, f"{self.months} tháng")
        each = f"mỗi {unit} {self.count} lần" if self.count > 1 else f"hằng {unit}"
        if self.weekdays:
            return f"{', '.join(WEEKDAYS[day - 1] for day in self.weekdays)} {each}"
        return "; ".join(self._rule_name(rule) for rule in self.rules) or each

    def _rule_name(self, rule: DayRule) -> str:
        unit = _NAMES.get(self.months, f"{self.months} tháng")
        day = "ngày cuối" if rule.day == LAST_DAY else f"ngày {rule.day}"
        side = "trước " if rule.is_exclusive else "hạn "
        if self.months == 1:
            return f"{side}{day} {'tháng sau' if rule.shift else 'hằng tháng'}"
        if rule.shift == self.months:
            return f"{side}{day} tháng đầu kỳ sau, hằng {unit}"
        month = "tháng cuối" if rule.shift else "tháng đầu"
        return f"{side}{day} {month} mỗi {unit}"


def rhythm(cursor: Cursor) -> Rhythm | None:
    """Read one rhythm, and the year it may name: "hằng tháng trong năm 2024"."""
    found = cursor.first(_ruled, _weekday_first, _beat_refined, _all_periods, _yearly)
    if found is None:
        return None
    year = cursor.attempt(_in_year)
    return found if year is None else replace(found, year=year)


def _in_year(cursor: Cursor) -> int | None:
    cursor.take(",")
    cursor.take("trong", "của")
    named = cursor.attempt(moment)
    if named is not None and named.head == "năm":
        return named.year or cursor.year
    return cursor.year if cursor.take("năm") else None


def _unit(cursor: Cursor) -> int | None:
    """Read "tháng", "06 tháng", "quý" as a number of months (0: week, -1: day)."""
    count = cursor.number()
    unit = cursor.take(*UNITS)
    if not unit or (count not in (None, 1) and unit != "tháng"):
        return None
    months = UNITS[unit] * (count or 1)
    return months if months <= 0 or 12 % months == 0 else None


def _beat(cursor: Cursor) -> Rhythm | None:
    """Read how often: "hằng tháng", "01 lần/quý", "mỗi năm 2 lần", "6 tháng/lần"."""
    cursor.take(*_AT_LEAST)
    cursor.take(*_AT_LEAST)
    return cursor.first(_times_per_unit, _unit_with_times, _each_unit)


def _times_per_unit(cursor: Cursor) -> Rhythm | None:
    count = cursor.number()
    if not count or not cursor.take(*_TIMES):
        return None
    months = cursor.attempt(_unit) if cursor.take(*_PER) else None
    return None if months is None else _counted(months, count)


def _unit_with_times(cursor: Cursor) -> Rhythm | None:
    cursor.take(*EACH)
    months = cursor.attempt(_unit)
    is_per_time = bool(cursor.take("/"))
    cursor.take(*_AT_LEAST)
    count = cursor.number() or (1 if is_per_time else None)
    if months is None or not count or not cursor.take(*_TIMES):
        return None
    return _counted(months, count)


def _all_periods(cursor: Cursor) -> Rhythm | None:
    """Read "các quý", "4 quý trong năm", "các tháng trong năm": every period of the year."""
    cursor.take("trong")
    is_all = bool(cursor.take("các", "tất cả các", "cả"))
    count = cursor.number()
    unit = cursor.take("quý", "tháng")
    months = UNITS.get(unit, 12)
    if count not in (None, 12 // months) or not (is_all or count) or not unit:
        return None
    mark = cursor.at
    is_of_year = cursor.attempt(_in_year) is not None
    cursor.at = mark
    is_end = cursor.is_done or cursor.peek() in (";", ")")
    return Rhythm(months) if is_of_year or (unit == "quý" and is_end) else None


def _each_unit(cursor: Cursor) -> Rhythm | None:
    """Read a unit that "hằng", "mỗi" or a preceding "định kỳ" makes a rhythm."""
    is_periodic = cursor.at > 0 and cursor.tokens[cursor.at - 1].text == "kỳ"
    if not cursor.take(*EACH) and not is_periodic:
        return None
    months = cursor.attempt(_unit)
    return None if months is None else Rhythm(months)


def _counted(months: int, count: int) -> Rhythm:
    if count > _MOST_TIMES:
        raise UnclearTime(f"Ghi {count} lần trong một kỳ: hãy nêu rõ thời gian của từng lần.")
    return Rhythm(months, count)


def _beat_refined(cursor: Cursor) -> Rhythm | None:
    """Read a beat and the days that narrow it: "hằng tuần (thứ Sáu)", "hằng quý, trước …"."""
    beat = cursor.attempt(_beat)
    if beat is None:
        return None
    mark = cursor.at
    is_bracketed = bool(cursor.take("(", ", (", ": ("))
    if not is_bracketed:
        cursor.take(",", ":")
    finer = cursor.attempt(lambda here: _refinement(here, beat))
    if finer is not None and (not is_bracketed or cursor.take(")")):
        return finer
    cursor.at = mark
    return beat


def _refinement(cursor: Cursor, beat: Rhythm) -> Rhythm | None:
    cursor.take("báo cáo", "gửi", "gửi báo cáo", "hoàn thành")
    if beat.months == WEEK:
        return _weekdays_of(cursor, beat)
    if beat.months == 1:
        days = cursor.attempt(_days)
        if days is not None:
            shift = 0 if cursor.take(*_THIS_MONTH) else _next_month_shift(cursor)
            return replace(beat, rules=tuple(replace(rule, shift=shift) for rule in days))
    if ruled := cursor.attempt(_ruled):
        return ruled if ruled.months == beat.months else None
    items = cursor.attempt(times)
    # "hằng quý năm 2024" names the year of the rhythm and narrows nothing.
    if items is None or items[0].last.head == "năm":
        return None
    return replace(beat, items=items)


def _next_month_shift(cursor: Cursor) -> int:
    cursor.take("của")
    return int(bool(cursor.take(*_NEXT_MONTH)))


def _weekdays_of(cursor: Cursor, beat: Rhythm) -> Rhythm | None:
    found = weekdays(cursor)
    return replace(beat, weekdays=found) if found else None


def _weekday_first(cursor: Cursor) -> Rhythm | None:
    """Read "11h05 thứ 5 hằng tuần", "thứ Hai, thứ Năm mỗi tuần"."""
    bound(cursor)
    found = weekdays(cursor)
    return Rhythm(WEEK, weekdays=found) if found and cursor.take(*_EVERY_WEEK) else None


def _yearly(cursor: Cursor) -> Rhythm | None:
    """Read dated times of every year: "20/11 hằng năm", "quý IV hằng năm"."""
    items = cursor.attempt(times)
    if items is None or not cursor.take(*_EVERY_YEAR):
        return None
    return Rhythm(12, count=len(items), items=items)


def _days(cursor: Cursor) -> tuple[DayRule, ...] | None:
    """Read "trước ngày 15", "ngày 05 và ngày 20", "ngày cuối"; the month is not known yet."""
    cursor.take("định kỳ", "vào")
    side = bound(cursor)
    hour = cursor.attempt(clock)
    # "trước 17h00 ngày 25" leaves most of the 25th.
    is_exclusive = side is Bound.BEFORE and not hour
    if cursor.take("ngày cuối", "ngày cuối cùng"):
        return (DayRule(LAST_DAY, 0, is_exclusive),)
    is_named = bool(cursor.take("ngày", "các ngày", "ngày mùng", "mùng", "mồng"))
    day = cursor.number()
    if day is None or not (is_named or side is not None or cursor.peek() == "hằng"):
        return None
    days = [day]
    while (day := cursor.attempt(_next_day)) is not None:
        days.append(day)
    return tuple(DayRule(day, 0, is_exclusive) for day in days)


def _next_day(cursor: Cursor) -> int | None:
    is_joined = bool(cursor.take(",", "và", ", và"))
    cursor.take("ngày")
    return cursor.number() if is_joined else None


def _ruled(cursor: Cursor) -> Rhythm | None:
    """Read days of a month that repeats: "chậm nhất ngày 25 hằng tháng"."""
    days = cursor.attempt(_days)
    if days is None:
        return None
    is_last = days[0].day == LAST_DAY
    scope = cursor.attempt(_scope) or (cursor.attempt(_period_end) if is_last else None)
    if scope is None:
        return None
    months, shift = scope
    return Rhythm(months, rules=tuple(replace(rule, shift=shift) for rule in days))


def _scope(cursor: Cursor) -> tuple[int, int] | None:
    """Read of which months: the period's length and the months from its start."""
    mark = cursor.at
    cursor.take("của", "vào")
    if cursor.take(*_NEXT_MONTH):
        return _after_next_month(cursor)
    if cursor.take("tháng cuối", "tháng cuối cùng"):
        return (3, 2) if _take_quarter(cursor) else None
    if cursor.take("tháng đầu", "tháng đầu tiên"):
        if not _take_quarter(cursor):
            return None
        return 3, 3 if cursor.take(*_FOLLOWING) else 0
    cursor.at = mark
    is_each = bool(cursor.take(*_THIS_MONTH))
    is_listed = not cursor.is_done and cursor.tokens[cursor.at].value is not None
    return (1, 0) if is_each and not is_listed else None


def _period_end(cursor: Cursor) -> tuple[int, int] | None:
    """Read the period whose last day is meant: "ngày cuối tháng", "ngày cuối mỗi quý"."""
    cursor.take("của")
    cursor.take("hằng", "mỗi", "từng")
    return {"tháng": (1, 0), "quý": (3, 2)}.get(cursor.take("tháng", "quý"))


def _after_next_month(cursor: Cursor) -> tuple[int, int]:
    cursor.take("liền kề")
    cursor.take("của")
    if cursor.take("quý báo cáo", "quý", "kỳ báo cáo"):
        return 3, 3
    cursor.take("tháng báo cáo", "kỳ báo cáo")
    return 1, 1


def _take_quarter(cursor: Cursor) -> bool:
    cursor.take("của", "trong")
    cursor.take("mỗi", "hằng", "từng", "các")
    is_quarter = bool(cursor.take("quý", "kỳ", "kỳ báo cáo", "quý báo cáo"))
    return is_quarter and cursor.peek() not in ("i", "ii", "iii", "iv")
