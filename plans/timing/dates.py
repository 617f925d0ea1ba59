"""Dated times: windows and deadlines, one or several of them in a row.

times  := item ((","|";"|"và"|"+") item)*
item   := mark? (moment | "từ"? moment ("đến"|"-") moment)
mark   := "trong" | "chậm nhất" | "đến hết" | "trước" | …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import partial

from plans.periods import DateSpan
from plans.timing.moments import (
    ImpossibleTime,
    Moment,
    UnclearTime,
    bare_day,
    bare_year,
    moment,
)
from plans.timing.words import Cursor

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WITHIN = ("trong", "trong suốt", "vào", "trong thời gian", "suốt", "giai đoạn", "nhiệm kỳ")
_UNTIL = (
    "chậm nhất",
    "muộn nhất",
    "trễ nhất",
    "hạn",
    "hạn cuối",
    "hạn chót",
    "thời hạn",
    "đến",
    "tới",
    "hết",
    "cho đến",
    "không muộn hơn",
    "không chậm hơn",
    "không quá",
)
_JOINTS = ("là", "xong", "các năm", "thời điểm", ":")
_OPEN_STARTS = (
    "từ nay",
    "từ bây giờ",
    "từ ngày ký",
    "từ ngày ban hành",
    "từ ngày ký ban hành",
    "từ khi ban hành",
    "từ khi ban hành kế hoạch",
    "từ ngày ban hành kế hoạch",
)
_TO = ("đến", "đến hết", "cho đến", "cho đến hết", "tới", "-")
_AND = (",", ";", "và", "+", "&", ", và", "; và")


class Bound(Enum):
    """How a moment bounds the work."""

    WITHIN = "within"
    UNTIL = "until"
    BEFORE = "before"


@dataclass(frozen=True)
class Due:
    """A dated time: its window, or only the day by which it is due."""

    start: date | None
    due_on: date


@dataclass(frozen=True)
class Item:
    """A dated time as written; ``bound`` and ``first`` are None when not written."""

    bound: Bound | None
    first: Moment | None
    last: Moment
    weekday: int | None = None

    def placed(self, bound: Bound) -> Due:
        """The time on the calendar. Raises ``ImpossibleTime`` or ``UnclearTime``."""
        last = self.last.span()
        first = last if self.first is None else self.first.span()
        if first.start > last.end:
            raise ImpossibleTime(
                f"Thời điểm kết thúc {last.end:%d/%m/%Y} đứng trước thời điểm bắt đầu "
                f"{first.start:%d/%m/%Y}."
            )
        self._check_weekday(last)
        if bound is Bound.BEFORE:
            return Due(None, last.start - timedelta(days=1))
        is_day = self.first is None and not self.last.months
        is_deadline = bound is Bound.UNTIL or is_day
        return Due(None if is_deadline else first.start, last.end)

    def _check_weekday(self, day: DateSpan) -> None:
        if self.weekday is not None and day.end.isoweekday() != self.weekday:
            actual = WEEKDAYS[day.end.isoweekday() - 1]
            raise ImpossibleTime(
                f"Ngày {day.end:%d/%m/%Y} là {actual}, không phải {WEEKDAYS[self.weekday - 1]}."
            )


def times(cursor: Cursor) -> tuple[Item, ...] | None:
    """Read one or several dated times."""
    found: list[Item] = []
    item = cursor.attempt(_item)
    while item is not None:
        found.append(item)
        item = cursor.attempt(partial(_next_item, before=item))
    return tuple(found) or None


def placed(items: Sequence[Item], year: int) -> tuple[Due, ...]:
    """The times on the calendar; one without a year takes the next one's, at last the plan's.

    A later time without a mark of its own shares the first one's: "trước 20/3, 20/6".
    """
    dated: list[Item] = []
    following: int | None = None
    for item in reversed(items):
        right = item.last.lent_year or (item.first.lent_year if item.first else None) or following
        left = item.first.lent_year if item.first and item.first.lent_year else right
        first = item.first and _month_lent(item.first, item.last).dated(left or year)
        dated.insert(0, replace(item, first=first, last=item.last.dated(right or year)))
        following = left
    shared = items[0].bound or Bound.WITHIN
    _check_shared_mark(items)
    return tuple(item.placed(item.bound or shared) for item in dated)


def _month_lent(first: Moment, last: Moment) -> Moment:
    """The 14 of "14 - 20/4" with the month that stands at the end."""
    return first if first.month is not None else replace(first, month=last.month)


def _check_shared_mark(items: Sequence[Item]) -> None:
    leader = items[0]
    for item in items[1:]:
        is_alike = bool(item.last.months) == bool(leader.last.months)
        if not is_alike and item.bound is None:
            raise UnclearTime("Chưa rõ các mốc có chung một cách tính hạn: hãy tách từng dòng.")


def weekday(cursor: Cursor) -> int | None:
    """Read "thứ Sáu" or "chủ nhật" as an ISO weekday."""
    if cursor.take("chủ nhật", "cn"):
        return 7
    if not cursor.take("thứ"):
        return None
    number = cursor.number()
    return number - 1 if number is not None and 2 <= number <= 7 else None


def clock(cursor: Cursor) -> int | None:
    """Read "8h00", "8 giờ 30 phút" or "08:00"; returns the minute of the day."""
    cursor.take("lúc", "vào lúc")
    hour = cursor.number()
    sign = cursor.take("h", "giờ", ":", "g")
    if hour is None or not sign or hour > 24:
        return None
    minute = cursor.number()
    cursor.take("phút")
    if sign == ":" and minute is None:
        return None
    cursor.take(",", "-")
    return 60 * hour + (minute or 0)


def bound(cursor: Cursor) -> Bound | None:
    """Read the words that say on which side of a moment the work lies."""
    found: Bound | None = None
    while True:
        if cursor.take("trước"):
            found = Bound.BEFORE
        elif cursor.take(*_UNTIL):
            found = found or Bound.UNTIL
        elif cursor.take(*_WITHIN):
            found = found or Bound.WITHIN
        elif not cursor.take(*_JOINTS):
            return found


def _next_item(cursor: Cursor, before: Item) -> Item | None:
    if not cursor.take(*_AND):
        return None
    head = cursor.peek()
    item = _item(cursor, before.last)
    # "ngày 20 tháng 3 và tháng 6": the day may belong to both, or to the first alone.
    if item and head == "tháng" and before.last.head == "tháng" and not before.last.months:
        raise UnclearTime("Chưa rõ ngày nào của tháng đứng sau: hãy ghi đủ ngày và tháng.")
    return item


def _item(cursor: Cursor, previous: Moment | None = None) -> Item | None:
    if cursor.take(*_OPEN_STARTS):
        last = cursor.attempt(_range_end) if cursor.take(*_TO) else None
        return None if last is None else Item(Bound.UNTIL, None, last)
    mark = bound(cursor)
    is_whole_year = cursor.tokens[cursor.at - 1].text in ("trong", "hết", "suốt") if mark else False
    hour = cursor.attempt(clock)
    cursor.take("sáng", "chiều", "tối")
    day_of_week = cursor.attempt(weekday)
    cursor.take(",")
    item = _range(cursor, previous)
    if item is None and is_whole_year:
        year = cursor.attempt(bare_year)
        item = None if year is None else Item(None, None, year)
    if item is None or (item.first is not None and mark not in (None, Bound.WITHIN)):
        return None
    # "trước 17h00 ngày 20/3" leaves most of the 20th: the day itself is the deadline.
    mark = Bound.UNTIL if hour and mark is Bound.BEFORE else mark
    return replace(item, bound=mark, weekday=day_of_week)


def _range(cursor: Cursor, previous: Moment | None) -> Item | None:
    is_from = bool(cursor.take("từ"))
    cursor.attempt(clock)
    first = cursor.attempt(lambda here: moment(here, previous)) or cursor.attempt(bare_day)
    if first is None:
        return None
    last = cursor.attempt(lambda here: _range_end(here, first) if here.take(*_TO) else None)
    if last is not None:
        return Item(None, first, last)
    if is_from:
        raise UnclearTime("Mới có thời điểm bắt đầu: hãy ghi cả thời điểm kết thúc.")
    return Item(None, None, first)


def _range_end(cursor: Cursor, first: Moment | None = None) -> Moment | None:
    cursor.attempt(clock)
    return moment(cursor, first) or cursor.attempt(bare_year)
