"""Rows that stand inside a cell of another: "2.1. …", "2.2. …" below "2."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plans.annex_sheet.headings import Field
from plans.annex_sheet.rows import Entry


def split_by_code(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, with the rows that stand inside a cell ("2.1. …", "2.2. …") as their own."""
    return [one for entry in entries for one in _split(entry)]


def _split(entry: Entry) -> Sequence[Entry]:
    if f"{entry.code}." not in entry.cells[Field.TITLE]:
        return (entry,)
    inner = re.compile(rf"^\s*{re.escape(entry.code)}\.(\d{{1,2}})\.?\s+(?=\D)", re.MULTILINE)
    if not entry.code or not inner.search(entry.cells[Field.TITLE]):
        return (entry,)
    parts = {name: inner.split(text) for name, text in entry.cells.items()}
    head = {name: pieces[0].strip() for name, pieces in parts.items()}
    found = [Entry(entry.row, entry.area, entry.code, head)]
    for number in parts[Field.TITLE][1::2]:
        cells = {name: _part(pieces, number, name) for name, pieces in parts.items()}
        found.append(Entry(entry.row, entry.area, f"{entry.code}.{number}", cells))
    return found


def _part(pieces: Sequence[str], number: str, name: Field) -> str:
    """The piece of that number; units and time of the whole row hold for each of its parts."""
    if number in pieces[1::2]:
        return pieces[2 * pieces[1::2].index(number) + 2].strip()
    return "" if name is Field.PRODUCTS else pieces[0].strip()
