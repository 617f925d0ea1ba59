"""A sheet as read: lines of values with their place in the file, merged cells filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
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
    return Grid(name, tuple(_line(rows, at, width, places.get(at, ())) for at in range(len(rows))))


def _line(rows: Sequence[Sequence[Value]], at: int, width: int, spans: Sequence[Span]) -> Line:
    values = [*rows[at], *[None] * (width - len(rows[at]))]
    if not spans:
        return Line(at + 1, tuple(values))
    above: set[int] = set()
    beside: set[int] = set()
    for top, left, _, right in spans:
        source = rows[top]
        for column in range(left, right + 1):
            values[column] = source[left] if left < len(source) else None
            if at > top:
                above.add(column)
            if column > left:
                beside.add(column)
    return Line(at + 1, tuple(values), frozenset(above), frozenset(beside))
