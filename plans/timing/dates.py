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
from plans.timing.actions import take_action, take_note
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
    "nay",
    "bây giờ",
    "ngày ký",
    "ngày ban hành",
    "ngày ký ban hành",
    "khi ban hành",
    "khi ban hành kế hoạch",
    "ngày ban hành kế hoạch",
    "ngày kế hoạch được ban hành",
    "khi kế hoạch được ban hành",
)
_FROM = ("từ", "kể từ", "tính từ")
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
    """A dated time as written; ``bound`` and ``first`` are None when not written.

    ``finer`` is the time in the bracket after a period: "Quý II (trước 20/6)".
    """

    bound: Bound | None
    first: Moment | None
    last: Moment
    weekday: int | None = None
    finer: Item | None = None

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
            return Due(first.start if self.first else None, last.start - timedelta(days=1))
        is_day = self.first is None and not self.last.months
        is_deadline = (bound is Bound.UNTIL and self.first is None) or is_day
        due = Due(None if is_deadline else first.start, last.end)
        return due if self.finer is None else self._narrowed(due)

    def _narrowed(self, due: Due) -> Due:
        """A period cut to the finer time, which must lie inside it."""
        if self.finer is None or due.start is None:
            return due
        year = self.last.year or due.due_on.year
        (finer,) = placed((self.finer,), year)
        start = finer.start or due.start
        if due.start <= start <= finer.due_on <= due.due_on:
            return Due(start, finer.due_on)
        if finer.start and finer.start <= due.start and due.due_on <= finer.due_on:
            return due
        raise UnclearTime("Mốc trong ngoặc nằm ngoài thời gian đứng trước: hãy ghi rõ một mốc.")

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
    return tuple(
        item.placed(item.bound or (Bound.WITHIN if item.first else shared)) for item in dated
    )


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


def weekdays(cursor: Cursor) -> tuple[int, ...]:
    """Read "sáng thứ Hai", "thứ 3, thứ 5", "thứ 2, 4, 6" as ISO weekdays."""
    cursor.take("vào", "các ngày", "vào các ngày")
    cursor.attempt(clock)
    cursor.take("sáng", "chiều", "tối")
    day = cursor.attempt(weekday)
    found: list[int] = []
    while day is not None:
        found.append(day)
        day = cursor.attempt(_next_weekday)
    return tuple(sorted(set(found)))


def _next_weekday(cursor: Cursor) -> int | None:
    """Read ", thứ Năm" or the bare 5 of "thứ 3, 5"."""
    if not cursor.take(",", "và", ", và", "+", "&"):
        return None
    day = cursor.attempt(weekday)
    number = cursor.number() if day is None else None
    return number - 1 if number is not None and 2 <= number <= 7 else day


def clock(cursor: Cursor) -> int | None:
    """Read "8h00", "8 giờ 30 phút" or "08:00"; returns the minute of the day."""
    cursor.take("lúc", "vào lúc")
    hour = cursor.number()
    sign = cursor.take("h", "giờ", ":", "g")
    if hour is None or not sign or hour > 24:
        return None
    minute = cursor.number()
    cursor.take("phút", "'", "’", "p")
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
    if cursor.take(*(f"{word} {start}" for word in _FROM for start in _OPEN_STARTS)):
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
    read = replace(item, bound=item.bound or mark, weekday=day_of_week)
    return _noted(cursor, read)


def _noted(cursor: Cursor, item: Item) -> Item:
    """The item with the finer time, or past the report, that stands behind it."""
    is_period = bool(item.last.months) and item.first is None
    if is_period and item.bound in (None, Bound.WITHIN):
        item = replace(item, finer=cursor.attempt(_finer))
    if (item.first is None and not item.last.months) or cursor.peek() == "đối":
        cursor.attempt(take_note)
    return item


def _finer(cursor: Cursor) -> Item | None:
    if not cursor.take("("):
        return None
    take_action(cursor)
    item = cursor.attempt(_item)
    return item if cursor.take(")") else None


def _range(cursor: Cursor, previous: Moment | None) -> Item | None:
    is_from = bool(cursor.take(*_FROM))
    cursor.attempt(clock)
    first = cursor.attempt(lambda here: moment(here, previous)) or cursor.attempt(bare_day)
    if first is None:
        return None
    last = cursor.attempt(lambda here: _range_end(here, first) if here.take(*_TO) else None)
    # "3-12/2025": from the 3rd, or from March?
    if last is not None and first.month is None and last.months:
        return None
    if last is not None:
        return Item(None, first, last)
    if is_from and (ended := cursor.attempt(partial(_ended_apart, first=first))):
        return ended
    if is_from:
        raise UnclearTime("Mới có thời điểm bắt đầu: hãy ghi cả thời điểm kết thúc.")
    return Item(None, None, first)


def _ended_apart(cursor: Cursor, first: Moment) -> Item | None:
    """Read ", hoàn thành trước 30/11" after a beginning: "từ tháng 4, hoàn thành …"."""
    cursor.take(",", "và")
    verb = cursor.take("hoàn thành", "kết thúc", "xong", "hoàn tất")
    side = bound(cursor) if verb else None
    last = None if side is None else moment(cursor)
    return None if last is None else Item(side, first, last)


def _range_end(cursor: Cursor, first: Moment | None = None) -> Moment | None:
    cursor.attempt(clock)
    return moment(cursor, first) or cursor.attempt(bare_year)
