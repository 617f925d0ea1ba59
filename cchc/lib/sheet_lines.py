"""Whole lines of a worksheet at once: what XlsxWriter writes cell by cell, in a third of its time.

XlsxWriter keeps what it does well (styles, widths, printing, the package); only the rows of a
table, of which there may be hundreds of thousands, are put into its stream as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

# Excel reads _x0041_ as the letter A; a text that says so keeps its words.
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_LINE, _MAX_HEIGHT = 15.75, 409.0  # points; Excel has no higher rows
_BANNED = re.compile(r"[\[\]:*?/\\]")
_EDGES = re.compile(r"^\s|\s$")


class LineSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A worksheet in constant memory that also takes whole rows."""

    previous_row: int

    def write_line(self, at: int, cells: Sequence[str], height: float | None) -> None:
        """Write row ``at`` (0-based), below everything written so far.

        ``cells`` are what :func:`text_cell` and :func:`number_cell` gave, from the first column.
        """
        if at > self.previous_row:
            self._write_single_row(at)
        self.table.clear()  # a link leaves its address where its words belong
        self._check_dimensions(at, len(cells) - 1)
        self.previous_row = at + 1
        number = str(at + 1)
        tall = f' ht="{height:.16g}" customHeight="1"' if height else ""
        placed = [
            f'<c r="{name}{number}"{cell}'
            for name, cell in zip(_names(len(cells)), cells, strict=True)
        ]
        self.fh.write(f'<row r="{number}"{tall}>{"".join(placed)}</row>')


def text_cell(text: str, style: Any) -> str:
    """A clean text in a style, without its place."""
    look = style._get_xf_index()
    if not text:
        return f' s="{look}"/>'
    kept = ' xml:space="preserve"' if _EDGES.search(text) else ""
    said = escape(_ESCAPED.sub(lambda found: f"_x005F{found[0]}", text))
    return f' s="{look}" t="inlineStr"><is><t{kept}>{said}</t></is></c>'


def number_cell(number: float, style: Any) -> str:
    """A number in a style, without its place."""
    return f' s="{style._get_xf_index()}"><v>{number:.16G}</v></c>'


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column that wide."""
    room = max(int(width * 1.15), 1)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(-(-len(line) // room) or 1 for line in text.split("\n"))


def height_of(lines: int) -> float | None:
    """The height of a row, in points; a single line needs no saying."""
    return min(_LINE * lines + 1, _MAX_HEIGHT) if lines > 1 else None


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that Excel accepts: 31 characters, none banned, no two alike."""
    names: list[str] = []
    for raw in wanted:
        base = _BANNED.sub(" ", raw).strip(" '")[:31] or "Trang"
        name, count = base, 1
        while name.casefold() in {taken.casefold() for taken in names}:
            count += 1
            name = f"{base[: 31 - len(str(count)) - 1]} {count}"
        names.append(name)
    return names


@cache
def _names(count: int) -> list[str]:
    """A, B, … of so many columns."""
    return [xl_col_to_name(at) for at in range(count)]
