"""A sheet as read: lines of values with their place in the file, merged cells filled in."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import NamedTuple

Value = str | int | float | date | None
Span = tuple[int, int, int, int]
"""First row, first column, last row and last column of a merged cell, from 0."""


class Line(NamedTuple):
    """One row; ``above`` and ``beside`` are the columns that only repeat a merged cell.

    A column in ``above`` repeats the row above, one in ``beside`` the column to its left.
    """

    number: int
    values: tuple[Value, ...]
    above: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grid:
    """One worksheet, or one table of a document."""

    name: str
    lines: tuple[Line, ...]


@contextmanager
def few_collections() -> Iterator[None]:
    """Collect garbage seldom while many small lasting values are made: a third of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def column_letter(index: int) -> str:
    """The letters over a column, as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def filled(name: str, rows: Sequence[Sequence[Value]], spans: Iterable[Span]) -> Grid:
    """The grid in which every place of a merged cell holds its value and says so."""
    width = max(map(len, rows), default=0)
    places: dict[int, list[Span]] = {}
    for top, left, bottom, right in spans:
        inside = (top, left, min(bottom, len(rows) - 1), min(right, width - 1))
        for row in range(top, inside[2] + 1):
            places.setdefault(row, []).append(inside)
    lines = list(map(Line, count(1), (_wide(row, width) for row in rows)))
    for at, inside_row in places.items():
        lines[at] = _merged(lines, at, inside_row)
    return Grid(name, tuple(lines))


def _wide(row: Sequence[Value], width: int) -> tuple[Value, ...]:
    return tuple(row) if len(row) == width else (*row, *[None] * (width - len(row)))


def _merged(lines: Sequence[Line], at: int, spans: Sequence[Span]) -> Line:
    values = list(lines[at].values)
    above: set[int] = set()
    beside: set[int] = set()
    for top, left, _, right in spans:
        value = lines[top].values[left] if left < len(values) else None
        for column in range(left, right + 1):
            values[column] = value
            if at > top:
                above.add(column)
            if column > left:
                beside.add(column)
    return Line(at + 1, tuple(values), frozenset(above), frozenset(beside))
