"""The geometry of a :class:`~cchc.lib.tables.Table`, the same for screen, PDF and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cchc.lib.tables import Column, Kind

ORDINAL_KEYS = frozenset({"stt", "tt", "no", "code", "ordinal"})


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring columns under one upper heading; ``group`` is empty when there is none."""

    group: str
    start: int
    columns: tuple[Column, ...]


def spans(columns: Sequence[Column]) -> list[Span]:
    """The upper heading row from left to right; ungrouped columns stand alone."""
    found: list[Span] = []
    numbered = enumerate(columns)
    for group, run in groupby(numbered, key=lambda item: item[1].group):
        members = list(run)
        if group:
            found.append(Span(group, members[0][0], tuple(column for _, column in members)))
        else:
            found.extend(Span("", index, (column,)) for index, column in members)
    return found


def is_grouped(columns: Sequence[Column]) -> bool:
    """Whether the header needs two lines."""
    return any(column.group for column in columns)


def row_header(columns: Sequence[Column]) -> int:
    """The column that names its row: the first text column, past a leading ordinal number.

    Ordinals of an annex (``4.1``, ``a``) are text too, but narrow; the name follows them.
    """
    texts = [index for index, column in enumerate(columns) if column.kind is Kind.TEXT]
    if not texts:
        return 0
    first = texts[0]
    narrow = len(texts) > 1 and texts[1] == first + 1 and columns[first].key in ORDINAL_KEYS
    return texts[1] if narrow else first


def shares(columns: Sequence[Column]) -> list[float]:
    """Each column's share of the table's width in percent, two decimals."""
    total = sum(column.width for column in columns) or 1
    return [round(column.width * 100 / total, 2) for column in columns]


def is_local(href: str) -> bool:
    """Whether a cell's address stays on this site (``/x``, not ``//host``, ``javascript:``)."""
    return href.startswith("/") and not href.startswith(("//", "/\\"))
