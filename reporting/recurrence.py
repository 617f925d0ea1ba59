"""When a schedule's turn is, and what is reported then. Pure.

A turn is ``after_days`` days after the last day of a period. Its figures are those until the end
of the day before, so that a turn made late tells the same as one made in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from plans.periods import Period, PeriodKind, periods_of


@dataclass(frozen=True, slots=True)
class Turn:
    """Made on a day: which period, with figures until the end of which day."""

    on: date
    period: Period
    as_of: date


def following(kind: PeriodKind, after_days: int, day: date) -> Turn:
    """The first turn after that day."""
    ended = periods_of(kind, (day - timedelta(after_days)).year - 1)[-1]
    while _day(ended, after_days) <= day:
        ended = ended.next()
    return _turn(ended, after_days)


def latest(kind: PeriodKind, after_days: int, day: date) -> Turn:
    """The last turn until that day, the day itself included."""
    ended = periods_of(kind, (day - timedelta(after_days)).year - 2)[-1]
    while _day(ended.next(), after_days) <= day:
        ended = ended.next()
    return _turn(ended, after_days)


def of_day(kind: PeriodKind, after_days: int, on: date) -> Turn:
    """The turn that falls on a day on which one does."""
    return following(kind, after_days, on - timedelta(1))


def _day(ended: Period, after_days: int) -> date:
    return ended.end + timedelta(after_days)


def _turn(ended: Period, after_days: int) -> Turn:
    """A week tells the quarter in which it ends, so far."""
    told = Period.of(PeriodKind.QUARTER, ended.end) if ended.kind is PeriodKind.WEEK else ended
    on = _day(ended, after_days)
    return Turn(on, told, on - timedelta(1))
