"""Rotation: units in turn over the periods of a year, and the next year's turns from the last's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from plans.periods import Period, PeriodKind, periods_of

U = TypeVar("U", bound=Hashable)


def spread(units: Sequence[U], periods: Sequence[Period], each: int) -> list[tuple[Period, U]]:
    """The units in turn, each for ``each`` periods in a row; the order repeats until the end.

    No unit gives no turns. Raises ``ValueError`` (a Vietnamese sentence) for ``each`` below 1.
    """
    if each < 1:
        raise ValueError("Mỗi lượt luân phiên phải có ít nhất một kỳ.")
    if not units:
        return []
    return [(period, units[at // each % len(units)]) for at, period in enumerate(periods)]


def continued(
    turns: Sequence[tuple[str, U]],
    periods: Sequence[Period],
    without: Container[U] = (),
    units: Sequence[U] = (),
) -> list[tuple[Period, U]]:
    """Turns for further periods that go on where the ``turns`` (period code, unit) end.

    The order is that of first appearance; the run is the number of periods in a row that units
    served most often, the longer of two equally frequent ones, since the year's end cuts runs
    short. The unit after the one that served last begins. ``without`` are units that are gone;
    ``units``, where given, is the whole order, for those whose turn has not come yet. Raises
    ``PeriodError`` for a code that cannot be read.
    """
    if not turns or not periods:
        return []
    served = [unit for _, unit in _in_order(turns, periods[0].kind)]
    order = list(dict.fromkeys((*units, *served)))
    after_last = order.index(served[-1]) + 1
    upcoming = [unit for unit in order[after_last:] + order[:after_last] if unit not in without]
    return spread(upcoming, periods, _usual_run(served))


def fairness(turns: Iterable[tuple[object, U]]) -> Counter[U]:
    """How many turns each unit has."""
    return Counter(unit for _, unit in turns)


def _in_order(turns: Sequence[tuple[str, U]], kind: PeriodKind) -> list[tuple[Period, U]]:
    """The turns by period, each of that kind: a quarter stands for its months."""
    found = {
        (period, unit): None for code, unit in turns for period in _as(Period.parse(code), kind)
    }
    return sorted(found, key=lambda turn: turn[0])


def _as(period: Period, kind: PeriodKind) -> tuple[Period, ...]:
    """The periods of a kind that a period stands for, else the one that holds its last day."""
    if period.kind is kind:
        return (period,)
    inside = tuple(other for other in periods_of(kind, period.year) if period.encloses(other))
    around = (other for other in periods_of(kind, period.year) if other.contains(period.end))
    return inside or tuple(around) or (period,)


def _usual_run(served: Sequence[Hashable]) -> int:
    lengths = Counter(len(list(run)) for _, run in groupby(served))
    return max(lengths, key=lambda length: (lengths[length], length))
