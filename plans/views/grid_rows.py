"""The rows of a grid as HTML, built in Python, the same as ``grid-view.js`` makes them.

Every text passes through Django's ``escape``.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Row = Mapping[str, Any]

_BULLET = re.compile(r"[ \t]*[-+•*–—]\s*(?=\S)")
_MOST_LINES = 12  # grid.css knows rows of 2 to 12 aligned lines
_HANDLE = '<span class="gh" aria-hidden="true"></span>'


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a cell may say: its stored value, its wording and other wordings of it."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()
    hint: str = ""

    def as_json(self) -> dict[str, Any]:
        """As ``soan.complete`` takes it."""
        return {
            "value": self.value,
            "label": self.label,
            "aliases": list(self.aliases),
            "hint": self.hint,
        }


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column: ``kind`` is text, select or chips; ``many`` completes line by line."""

    field: str
    label: str
    kind: str = "text"
    options: tuple[Option, ...] = ()
    many: bool = False
    wordings: Mapping[str, str] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        wordings = {option.value: option.label for option in self.options}
        object.__setattr__(self, "wordings", wordings)

    def as_json(self) -> dict[str, Any]:
        """As ``static/js/editor/grid.js`` takes it."""
        options = [option.as_json() for option in self.options]
        facts = {"field": self.field, "label": self.label, "kind": self.kind, "many": self.many}
        return {**facts, "options": options} if options else facts


ANNEX_COLUMNS = (
    GridColumn("code", "STT"),
    GridColumn("title", "Nhiệm vụ"),
    GridColumn("products", "Sản phẩm"),
    GridColumn("lead", "Chủ trì"),
    GridColumn("coordinating", "Phối hợp"),
    GridColumn("time", "Thời gian"),
    GridColumn("explanation", "Giải trình (nội bộ, không phát hành)"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a grid looks like; ``aligned`` are the two columns whose lines belong together."""

    columns: Sequence[GridColumn]
    has_groups: bool = False
    aligned: tuple[str, ...] = ()


def rows_html(layout: Layout, rows: Sequence[Row]) -> SafeString:
    """All rows, with a heading wherever another group begins."""
    levels = levels_of(rows)
    return mark_safe("".join(_pieces(layout, rows, levels)))  # noqa: S308  (escaped cell by cell)


def _pieces(layout: Layout, rows: Iterable[Row], levels: Iterable[int]) -> Iterator[str]:
    area, across = "", len(layout.columns)
    for row, level in zip(rows, levels, strict=True):
        if layout.has_groups and row["area"] != area:
            area = row["area"]
            yield (
                f'<div role="row" class="gr gg" data-uid="g:{escape(row["uid"])}">'
                f'<div role="gridcell" class="gc" data-field="area" aria-colspan="{across}">'
                f'{_HANDLE}<div class="gt">{escape(area)}</div></div></div>'
            )
        yield row_html(layout, row, level)


def row_html(layout: Layout, row: Row, level: int) -> str:
    """One row."""
    lines = _aligned_lines(layout, row)
    attributes = f' data-level="{level}"' if level else ""
    if lines:
        attributes += f' data-lines="{lines}"'
    kind = "gr gif" if row.get("conditional") else "gr"
    handle = _HANDLE
    cells = []
    for column in layout.columns:
        name = column.field
        split = lines and name in layout.aligned
        cells.append(
            f'<div role="gridcell" class="gc" data-field="{name}">{handle}'
            f'<div class="gt">{_shown(column, row[name], bool(split))}</div></div>'
        )
        handle = ""
    opening = f'<div role="row" class="{kind}" data-uid="{escape(row["uid"])}"{attributes}>'
    return f"{opening}{''.join(cells)}</div>"


def _shown(column: GridColumn, value: Any, is_split: bool) -> str:
    if column.kind == "chips":
        return "".join(map(_chip, (column.wordings.get(code, code) for code in value)))
    if column.kind == "select":
        return escape(column.wordings.get(value, value))
    if is_split:
        return "".join(f"<span>{escape(line)}</span>" for line in dash_lines(value))
    return escape(value)


def _chip(name: str) -> str:
    return f'<span class="chip">{escape(name)}</span>'


def _aligned_lines(layout: Layout, row: Row) -> int:
    counts = {len(dash_lines(row[name])) for name in layout.aligned}
    lines = counts.pop() if len(counts) == 1 else 0
    return lines if 1 < lines <= _MOST_LINES else 0


def dash_lines(text: str) -> list[str]:
    """The entries of a cell with their dashes; a cell without dashes is one."""
    if "\n" not in text:
        return [text]
    found: list[str] = []
    for raw in text.split("\n"):
        if not found or _BULLET.match(raw):
            found.append(raw)
        else:
            found[-1] += f"\n{raw}"
    return found


def levels_of(rows: Iterable[Row]) -> list[int]:
    """How deep each row stands under others of its group by its number: 4.1 under 4."""
    known: dict[str, int] = {}
    area = ""
    levels = []
    for row in rows:
        if row.get("area", "") != area:
            area, known = row["area"], {}
        code = str(row.get("code", ""))
        stem, level = code, 0
        while "." in stem and not level:
            stem = stem.rpartition(".")[0]
            level = known[stem] + 1 if stem in known else 0
        if code:
            known[code] = level
        levels.append(level)
    return levels
