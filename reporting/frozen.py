"""Tables as JSON and back, exactly: what a finished report was made from. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, Value

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frozen:
    """Tables as JSON values, and their SHA-256."""

    tables: list[JsonObject]
    sha256: str

    @classmethod
    def of(cls, tables: Iterable[Table]) -> Frozen:
        """As they are now."""
        values = freeze(tables)
        return cls(values, digest(values))


def freeze(tables: Iterable[Table]) -> list[JsonObject]:
    """JSON values from which :func:`thaw` makes equal tables."""
    return [
        {
            "key": table.key,
            "title": table.title,
            "clock": table.clock,
            "empty": table.empty,
            "columns": [_freeze_column(column) for column in table.columns],
            "rows": [_freeze_row(row) for row in table.rows],
        }
        for table in tables
    ]


def thaw(frozen: Iterable[JsonObject]) -> tuple[Table, ...]:
    """The tables that were frozen."""
    return tuple(
        Table(
            table["key"],
            table["title"],
            table["clock"],
            tuple(_thaw_column(column) for column in table["columns"]),
            tuple(_thaw_row(row) for row in table["rows"]),
            table["empty"],
        )
        for table in frozen
    )


def digest(frozen: Sequence[JsonObject]) -> str:
    """The SHA-256 of frozen tables, however a database keeps them; nothing frozen has none."""
    if not frozen:
        return ""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changes(before: Sequence[JsonObject], after: Sequence[JsonObject]) -> tuple[str, ...]:
    """The titles of the frozen tables that are not the same in both, with how much is not."""
    old, new = ({table["key"]: table for table in tables} for tables in (before, after))
    found = []
    for key in {**old, **new}:
        if key not in old or key not in new:
            found.append(f"{(old | new)[key]['title']}: chỉ có ở một lần lập")
        elif count := _different_rows(old[key], new[key]):
            found.append(f"{new[key]['title']}: {count} dòng khác")
        elif digest([old[key]]) != digest([new[key]]):
            found.append(f"{new[key]['title']}: khác tiêu đề hoặc chú giải")
    return tuple(found)


def _different_rows(old: JsonObject, new: JsonObject) -> int:
    """Of the two tables the larger number of rows that the other one has not."""
    ours, theirs = (Counter(digest([row]) for row in table["rows"]) for table in (old, new))
    return max((ours - theirs).total(), (theirs - ours).total())


def _freeze_column(column: Column) -> JsonObject:
    return {
        "key": column.key,
        "title": column.title,
        "kind": column.kind.value,
        "width": column.width,
        "group": column.group,
    }


def _thaw_column(column: JsonObject) -> Column:
    return Column(**{**column, "kind": Kind(column["kind"])})


def _freeze_row(row: Row) -> JsonObject:
    return {"level": row.level.value, "cells": [_freeze_cell(cell) for cell in row.cells]}


def _thaw_row(row: JsonObject) -> Row:
    return Row(tuple(_thaw_cell(cell) for cell in row["cells"]), Level(row["level"]))


def _freeze_cell(cell: Cell) -> JsonObject:
    words = {"tone": cell.tone, "mark": cell.mark, "href": cell.href, "note": cell.note}
    return {"value": _freeze_value(cell.value)} | {k: word for k, word in words.items() if word}


def _thaw_cell(cell: JsonObject) -> Cell:
    return Cell(**{**cell, "value": _thaw_value(cell["value"])})


def _freeze_value(value: Value) -> Any:
    """Text, whole numbers and nothing are JSON already; the rest says what it is."""
    match value:
        case Ratio(done=done, required=required):
            return {"ratio": [done, required]}
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
        case _:
            return value


def _thaw_value(value: Any) -> Value:
    match value:
        case {"ratio": [int(done), int(required)]}:
            return Ratio(done, required)
        case {"decimal": str(text)}:
            return Decimal(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case None | str() | int():
            return value
        case _:
            raise ValueError(f"Not a frozen value: {value!r}")
