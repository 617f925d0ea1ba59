"""Template tags that show one :class:`~cchc.lib.tables.Table` on screen and in print.

The body is built in Python: a 200 × 12 matrix takes a third of the time that nested
template loops take. Every text passes through Django's ``escape``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from html import escape as escape_markup
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from cchc.lib.grid import ORDINAL_KEYS, Span, is_grouped, is_local, row_header, shares, spans
from cchc.lib.tables import Cell, Column, Kind, Level, Row, Table, display

register = template.Library()

_ALIGNMENT = {
    Kind.TEXT: "",
    Kind.INTEGER: "amount",
    Kind.PERCENT: "amount",
    Kind.DATE: "day",
    Kind.RATIO: "tally",
    Kind.POINTS: "amount",
}
# More columns than this do not fit the decree's 13 pt on a landscape page.
DENSE_FROM = 14
# Letters on a line and on a page for each percent of the width; no shorter text fills a page.
_LINE, _PAGE, _TALL_FROM = 1.2, 42, 60


@register.simple_tag
def icon(name: str) -> SafeString:
    """One drawing of the sprite; the text beside it carries the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons/icons.svg"),
        name,
    )


@register.filter
def points(value: Decimal | None) -> str:
    """Points as they stand in tables: ``0,95``."""
    return display(value, Kind.POINTS)


@register.inclusion_tag("parts/table.html")
def render_table(table: Table) -> dict[str, Any]:
    """The table on screen: sticky heads, tones, links, scrolling inside its own region."""
    return {"table": table, "head": _head(table.columns), "body": _body(table, _screen_cell)}


@register.inclusion_tag("print/table.html")
def print_table(
    table: Table, caption: bool = True, share: str = "", continued: bool = False
) -> dict[str, Any]:
    """The table on paper: fixed widths, no links; an annex gives its own heading.

    A part of a long table has the name that its parts ``share``; the head of a ``continued`` one
    is only for the eye.
    """
    return {
        "table": table,
        "caption": caption,
        "share": share,
        "continued": continued,
        "dense": len(table.columns) >= DENSE_FROM,
        "columns": _joined([f'<col style="width: {s:.2f}%">' for s in shares(table.columns)]),
        "head": _head(table.columns),
        "body": _body(table, _print_cell),
    }


def _alignment(column: Column) -> str:
    """The class that aligns a column; ordinals are centred, figures stand right."""
    return "ordinal" if column.key in ORDINAL_KEYS else _ALIGNMENT[column.kind]


def _head(columns: tuple[Column, ...]) -> SafeString:
    """One heading row, or two when columns stand under a common heading."""
    key = row_header(columns)
    if not is_grouped(columns):
        return _joined(["<tr>", *(_heading(c, i == key) for i, c in enumerate(columns)), "</tr>"])
    upper = [_upper(span, key) for span in spans(columns)]
    lower = [_heading(column, False) for column in columns if column.group]
    return _joined(["<tr>", *upper, "</tr><tr>", *lower, "</tr>"])


def _upper(span: Span, key: int) -> str:
    if not span.group:
        return _heading(span.columns[0], span.start == key, rowspan=2)
    return (
        f'<th scope="colgroup" colspan="{len(span.columns)}" class="group">'
        f"{escape(span.group)}</th>"
    )


def _heading(column: Column, is_key: bool, rowspan: int = 1) -> str:
    names = " ".join(filter(None, (_alignment(column), "key" if is_key else "")))
    rows = f' rowspan="{rowspan}"' if rowspan > 1 else ""
    return f'<th scope="col" class="{names}"{rows}>{escape(column.title)}</th>'


CellWriter = Callable[[Cell, Column], str]


def _body(table: Table, inner: CellWriter) -> SafeString:
    """All rows; a group row opens a new ``tbody`` whose heading it is."""
    if not table.rows:
        empty = f'<td colspan="{len(table.columns)}" class="empty">{escape(table.empty)}</td>'
        return _joined(["<tbody><tr>", empty, "</tr></tbody>"])
    key = row_header(table.columns)
    parts = ["<tbody>"]
    for row in table.rows:
        if row.level is Level.GROUP:
            parts.append(_group(row, table.columns, inner, first=len(parts) == 1))
        else:
            parts.append(_row(row, table.columns, key, inner))
    parts.append("</tbody>")
    return _joined(parts)


def _group(row: Row, columns: tuple[Column, ...], inner: CellWriter, *, first: bool) -> str:
    opening = "" if first else "</tbody><tbody>"
    text = inner(row.cells[0], columns[row_header(columns)])
    return (
        f'{opening}<tr class="group"><th scope="rowgroup" colspan="{len(columns)}">'
        f"<span>{text}</span></th></tr>"
    )


def _row(row: Row, columns: tuple[Column, ...], key: int, inner: CellWriter) -> str:
    cells = [
        _cell(cell, column, index == key, inner)
        for index, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    ]
    names = [
        *(["total"] if row.level is Level.TOTAL else []),
        *(["tall"] if _is_tall(row, columns) else []),
    ]
    opening = f'<tr class="{" ".join(names)}">' if names else "<tr>"
    return f"{opening}{''.join(cells)}</tr>"


def _is_tall(row: Row, columns: tuple[Column, ...]) -> bool:
    """Whether a row is surely longer than a printed page, so that it has to break."""
    texts = [cell.value if isinstance(cell.value, str) else "" for cell in row.cells]
    if max(map(len, texts)) < _TALL_FROM:
        return False
    return any(
        sum(max(len(line), _LINE * share) for line in text.split("\n")) > _PAGE * share
        for text, share in zip(texts, shares(columns), strict=True)
    )


def _cell(cell: Cell, column: Column, is_key: bool, inner: CellWriter) -> str:
    title = f' title="{_escaped(cell.note)}"' if cell.note else ""
    shown = _shown(_alignment(column), cell.tone, is_key)
    if is_key:
        return f'<th scope="row"{shown}{title}>{inner(cell, column)}</th>'
    return f"<td{shown}{title}>{inner(cell, column)}</td>"


@lru_cache(maxsize=256)
def _shown(alignment: str, tone: str, is_key: bool) -> str:
    """The classes of a cell."""
    names = [alignment, *(["tone", f"tone-{_escaped(tone)}"] if tone else [])]
    told = " ".join(filter(None, [*names, "key" if is_key else ""]))
    return f' class="{told}"' if told else ""


# A matrix says the same few words thousands of times.
@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """What ``escape`` makes of it."""
    return escape_markup(text)


def _screen_cell(cell: Cell, column: Column) -> str:
    """The value and the word of its state, as a link when it leads somewhere on this site."""
    text = _print_cell(cell, column)
    return f'<a href="{_escaped(cell.href)}">{text}</a>' if is_local(cell.href) else text


def _print_cell(cell: Cell, column: Column) -> str:
    return _escaped(display(cell.value, column.kind)) + _mark(cell)


def _mark(cell: Cell) -> str:
    return f' <span class="state-word">{_escaped(cell.mark)}</span>' if cell.mark else ""


def _joined(parts: list[str]) -> SafeString:
    """Join pieces that were escaped where they were made."""
    return SafeString("".join(parts))
