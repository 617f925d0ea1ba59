"""A long list as CSV, line by line, in which nothing is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from cchc.lib.spreadsheets import clean
from cchc.lib.tables import Column, Value, display

# What spreadsheet programs take for a formula, also in their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


class _Line:
    """What csv writes to: keeps one line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The lines of a CSV as Excel opens it in Vietnam: with a mark of UTF-8, parted by ``;``."""
    line = _Line()
    writer = csv.writer(line, delimiter=";")
    writer.writerow([column.title for column in columns])
    yield BOM + line.text
    for row in rows:
        writer.writerow([csv_cell(v, column) for v, column in zip(row, columns, strict=True)])
        yield line.text


def csv_cell(value: Value, column: Column) -> str:
    """A value as text that no program computes; figures are plain, days dd/mm/yyyy."""
    match value:
        case str():
            text = clean(value)
            return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
        case None:
            return ""
        case int():
            return str(value)
        case _:
            return display(value, column.kind)
