"""A long table cut into parts that can be laid out apart, at its groups where it can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cchc.lib.tables import Cell, Level, Row, Table

GOES_ON = "(tiếp theo)"
_LETTERS = 400  # of one cell take as long as a row of short ones


def weight(rows: Sequence[Row]) -> int:
    """How much there is to lay out, in rows of usual length."""
    return sum(
        1
        + max((len(c.value) for c in row.cells if isinstance(c.value, str)), default=0) // _LETTERS
        for row in rows
    )


def _letters(cell: Cell) -> int:
    return len(cell.value) if isinstance(cell.value, str) else 0


def cut(table: Table, room: int) -> list[Table]:
    """The table in parts of about ``room``; one that fits is its only part.

    A part ends where a group ends; only a group that is itself too long is cut, and its heading is
    said again. What is no group's is cut anywhere but before a total. Later parts say no clock.
    """
    if weight(table.rows) <= room:
        return [table]
    parts: list[list[Row]] = [[]]
    filled = 0
    for block in _blocks(table.rows, room):
        weighs = weight(block)
        if parts[-1] and filled + weighs > room:
            parts.append([])
            filled = 0
        parts[-1] += block
        filled += weighs
    first, *others = (tuple(rows) for rows in parts)
    return [
        replace(table, rows=first),
        *(replace(table, rows=rows, clock="") for rows in others),
    ]


def _blocks(rows: Sequence[Row], room: int) -> Iterator[list[Row]]:
    """What stays together: groups, and pieces of a group that is too long for one part."""
    for group in _groups(rows):
        if weight(group) <= room:
            yield group
        else:
            yield from _pieces(group, room)


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        if row.level is Level.GROUP and group:
            yield group
            group = []
        group.append(row)
    yield group


def _pieces(group: list[Row], room: int) -> Iterator[list[Row]]:
    """Pieces of one length, so that the last one is no scrap."""
    heading = group[0] if group[0].level is Level.GROUP else None
    count = -(-weight(group) // room)
    share = weight(group) / count
    piece: list[Row] = []
    filled = 0
    for row in group:
        if filled >= share and row.level is Level.BODY:
            yield piece
            piece, filled = [_again(heading)] if heading else [], 0
        piece.append(row)
        filled += weight([row])
    yield piece


def _again(heading: Row) -> Row:
    said = heading.cells[0]
    return Row((Cell(f"{said.value} {GOES_ON}"),), Level.GROUP)
