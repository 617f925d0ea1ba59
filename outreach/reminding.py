"""Who is to be told of what on which day, and in which words. Pure: the day is an argument.

Steps before the due date come on the last working day at or before their day (the written date
stays, the warning comes earlier: REGULATIONS §7); steps after it on the first working day from
theirs. Of the steps whose day has come only the latest is told, and only once: what a missed run
left untold is caught up without a heap of old warnings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from agencies.workdays import is_working, next_working_day, on_or_before
from cchc.lib.tables import display
from outreach.counting import APPROVED_PUBLISHED, HELD

EARLY = (7, 3, 1)
_WEEK = 7
# How long a plan's leftovers are still told of after it ended.
AFTER_PLAN = timedelta(weeks=12)
DUE = "due"


class Part(IntEnum):
    """A person's part in an obligation; the greater one holds when somebody has two.

    The office follows up from the seventh day; the unit's head is always told what is overdue.
    """

    OFFICE = 1
    LEAD = 2
    HEAD = 3


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person wants to be reminded."""

    by_email: bool = True
    days_before: frozenset[int] = frozenset(EARLY)
    after_due: bool = True


EVERYTHING = Wishes()


@dataclass(frozen=True, slots=True)
class Open:
    """An obligation that is not met, as plain values; ``missing`` results are still wanted.

    ``source`` is the quota (or the task) that it is one period of.
    """

    id: int
    source: tuple[str, int]
    agency_id: int
    unit_id: int | None
    channel_id: int | None
    counts_when: str
    window_start: date
    window_end: date
    due_on: date
    missing: int
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Submitted:
    """A placement on its way; ``since`` when it was first submitted or sent.

    While ``internal`` no channel has it yet.
    """

    agency_id: int
    channel_id: int
    since: date
    internal: bool
    held_on: date | None = None


def step_on(
    day: date, due_on: date, part: Part, wishes: Wishes, changes: Mapping[date, bool]
) -> str:
    """The latest step whose day has come for a person; empty when there is none to tell."""
    late = (day - due_on).days
    if late > 0:
        return _overdue_step(late, part, wishes)
    if part is Part.OFFICE:
        return ""
    steps = [0, *sorted(wishes.days_before & frozenset(EARLY))]
    for ahead in steps:
        if on_or_before(due_on - timedelta(days=ahead), changes) <= day:
            return f"before_{ahead}" if ahead else DUE
    return ""


def last_due(day: date, changes: Mapping[date, bool]) -> date:
    """The latest due date of which somebody may have to be told on the day."""
    return next_working_day(day, changes) + timedelta(days=EARLY[0] - 1)


def is_over(obligation: Open, day: date) -> bool:
    """Whether nothing is left to do: its window has closed, and it was explained."""
    return obligation.explained and day > obligation.window_end


def covered(open_: Iterable[Open], submitted: Iterable[Submitted], day: date) -> set[int]:
    """Ids of the obligations for which enough is on its way.

    A placement is the hope of one obligation of each quota only: of the one that is due first.
    """
    ways: defaultdict[tuple[int, int | None], list[Submitted]] = defaultdict(list)
    for way in sorted(submitted, key=lambda w: w.since):
        ways[way.agency_id, way.channel_id].append(way)
    groups: defaultdict[tuple[str, int], list[Open]] = defaultdict(list)
    for obligation in sorted(open_, key=lambda o: (o.due_on, o.window_start, o.id)):
        groups[obligation.source].append(obligation)
    found: set[int] = set()
    for group in groups.values():
        left = list(ways[group[0].agency_id, group[0].channel_id])
        for obligation in group:
            hopes = [way for way in left if _may_count(way, obligation)][: obligation.missing]
            left = [way for way in left if way not in hopes]
            if len(hopes) >= obligation.missing:
                found.add(obligation.id)
    return found


def label(step: str) -> str:
    """The step's name on screen."""
    if step == DUE:
        return "Đến hạn"
    kind, number = step.split("_")
    if kind == "before":
        return f"Trước hạn {number} ngày"
    weeks = int(number) // _WEEK
    return f"Quá hạn {weeks} tuần" if weeks else "Quá hạn ngày đầu"


def words(
    obligation: Open,
    day: date,
    *,
    names: tuple[str, str, str, str],
    changes: Mapping[date, bool],
) -> str:
    """One line: the task, where, the period, whose; what is missing and how near the date is."""
    task, channel, period, whose = names
    where = ", ".join(name for name in (channel, period, whose) if name)
    due = display(obligation.due_on)
    if not is_working(obligation.due_on, changes):
        due += " (ngày nghỉ)"
    wanted = f"còn thiếu {obligation.missing} kết quả" if channel else "chưa có kết quả"
    line = f"{task} ({where}): {wanted}, hạn {due}, {days_left(obligation.due_on, day)}"
    if day > obligation.window_end:
        line += (
            f"; kỳ tính kết quả đã hết ngày {display(obligation.window_end)}, hãy ghi nhận kết quả "
            "đã có trong kỳ hoặc giải trình"
        )
    return f"{line}."


def days_left(due_on: date, day: date) -> str:
    """``còn 3 ngày``, ``hạn là hôm nay``, ``quá hạn 8 ngày``."""
    days = (due_on - day).days
    if days == 0:
        return "hạn là hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


def _overdue_step(late: int, part: Part, wishes: Wishes) -> str:
    if not wishes.after_due and part is not Part.HEAD:
        return ""
    weeks = late // _WEEK
    if weeks:
        return f"overdue_{weeks * _WEEK}"
    return "" if part is Part.OFFICE else "overdue_1"


def _may_count(way: Submitted, obligation: Open) -> bool:
    """Whether it can still be a result of the obligation that is not counted yet."""
    if obligation.counts_when == HELD and way.held_on is not None:
        held_inside = obligation.window_start <= way.held_on <= obligation.window_end
        return way.internal and held_inside
    inside = way.since <= obligation.window_end
    return inside and (way.internal or obligation.counts_when == APPROVED_PUBLISHED)
