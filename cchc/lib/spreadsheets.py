"""The one door that writes XLSX: Tables in, a formatted workbook out, in constant memory.

Numbers stay numbers, with formats that show what :func:`~cchc.lib.tables.display` says
(``1/2 Chưa đạt`` is the number 1 with the format ``#,##0"/2 Chưa đạt"``). Text is always
written as text, so ``=cmd`` never becomes a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from cchc.lib.grid import ORDINAL_KEYS, is_grouped, is_local, row_header, shares, spans
from cchc.lib.sheet_lines import LineSheet, height_of, lines_of, number_cell, sheet_names, text_cell
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, Value, display
from cchc.lib.text import nfc

# Fill and text of each tone; the same pairs as --tone-* in static/css/app.css (tested).
TONES = {
    "met": ("#e4f3ea", "#1b5e37"),
    "met_late": ("#fcf0d4", "#744900"),
    "missed": ("#fce4e2", "#9a1f1c"),
    "pending": ("#e3edfb", "#1f4c8c"),
    "not_due": ("#f1f3f5", "#4c5661"),
    "waived": ("#ece8f6", "#4f4189"),
}
_ALIGNMENT = {
    Kind.TEXT: "left",
    Kind.INTEGER: "right",
    Kind.PERCENT: "right",
    Kind.DATE: "center",
    Kind.RATIO: "center",
    Kind.POINTS: "right",
}
_DAY_ZERO = date(1899, 12, 30).toordinal()
_MAX_UNITS = 32_767  # UTF-16 units in one cell
_MAX_LINK = 2_079  # what Excel follows
_REMEMBERED = 20_000  # different cells, so that a long table needs no more memory than a short one
_PAGE_CHARACTERS = 132  # of a landscape A4 page fitted to one width
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """Empty rows to be filled in below the rows of a table; each mapping is by column key.

    ``lists`` names the list to choose from (other words are taken too), ``hints`` what is said
    beside a cell while it is filled in: a title and a text.
    """

    rows: int
    lists: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: a table under its lines of origin (agency, plan).

    ``lists`` gives the filled cells at the top of a column a name, by column key, from which
    the cells of an ``entry`` are chosen. Only a sheet that is not ``plain`` can be filtered.
    ``rows`` stand in place of the table's own where there are too many to hold in memory; they
    are gone through twice.
    """

    name: str
    table: Table
    preamble: tuple[str, ...] = ()
    entry: Entry | None = None
    lists: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False
    rows: Iterable[Row] | None = None


def write_workbook(
    path: Path, sheets: Sequence[Sheet], *, title: str, created: datetime, base_url: str = ""
) -> None:
    """Write the workbook; the same arguments give the same bytes.

    ``created`` is an aware moment. With ``base_url`` (``https://host``) the cells that
    lead somewhere on the site become links.
    """
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        moment = created.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": clean(title), "created": moment})
        formats = _Formats(book)
        names = sheet_names(clean(sheet.name) for sheet in sheets)
        for name, sheet in zip(names, sheets, strict=True):
            writer = _SheetWriter(book.add_worksheet(name, LineSheet), formats, sheet, base_url)
            writer.write()
            for defined, cells in writer.named_cells(name):
                book.define_name(defined, f"={cells}")


def write_list(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    name: str,
    created: datetime,
) -> None:
    """Write a long list under one line of headings, in flat memory whatever its length."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": path.parent}) as book:
        moment = created.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": clean(name), "created": moment})
        [title] = sheet_names([clean(name)])
        sheet, formats = book.add_worksheet(title), _Formats(book)
        head = formats.get(bold=True, text_wrap=True, bg_color="#e9eef4", border=1)
        text, figure = formats.get(num_format="@"), formats.get(num_format="#,##0")
        day = formats.get(num_format="dd/mm/yyyy", align="center")
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, clean(column.title), head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if isinstance(value, str) and value:
                    sheet.write_string(last, at, clean(value), text)
                elif isinstance(value, date | int):
                    look = day if isinstance(value, date) else figure
                    sheet.write_number(last, at, _number(Cell(value), Kind.TEXT), look)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def clean(text: str) -> str:
    """NFC text that a cell can hold: no control characters, cut with ``…`` at the limit."""
    text = _CONTROLS.sub("", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= _MAX_UNITS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= _MAX_UNITS * 2:
        return text
    return units[: (_MAX_UNITS - 1) * 2].decode("utf-16-le", "ignore") + "…"


def number_format(cell: Cell, kind: Kind) -> str:
    """The Excel format that shows a number or date as ``display`` and ``mark`` say it."""
    suffix = f" {cell.mark}" if cell.mark else ""
    match cell.value:
        case Ratio(required=required):
            base, suffix = "#,##0", f"/{display(required)}{suffix}"
        case date():
            base = "dd/mm/yyyy"
        case Decimal() if kind is Kind.POINTS:
            base = "0.00"
        case Decimal():
            whole = not display(cell.value).count(",")
            base = ("0" if whole else "0.0") + ("%" if kind is Kind.PERCENT else "")
        case _:
            base = "#,##0"
    return base + (f'"{clean(suffix).replace(chr(34), "")[:200]}"' if suffix else "")


@dataclass(slots=True)
class _Formats:
    """Each combination of properties once: Excel allows 64,000 formats and no more."""

    book: Any
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def get(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
            self.made[key] = self.book.add_format(base | properties)
        return self.made[key]


@dataclass(slots=True)
class _SheetWriter:
    """Writes one sheet from top to bottom; constant memory forbids going back up."""

    sheet: Any
    formats: _Formats
    source: Sheet
    base_url: str
    at: int = 0
    body: int = 0
    widths: list[float] = field(default_factory=list)
    filled: int = 0
    known: dict[object, tuple[str, int]] = field(default_factory=dict)

    def named_cells(self, name: str) -> Iterator[tuple[str, str]]:
        """The names of the sheet's lists and the cells that they mean."""
        for index, column in enumerate(self.table.columns):
            if column.key in self.source.lists:
                filled = takewhile(bool, (row.cells[index].value for row in self.rows))
                last = self.body + max(sum(1 for _ in filled), 1) - 1
                cells = xl_range_abs(self.body, index, last, index)
                yield self.source.lists[column.key], f"'{name}'!{cells}"

    @property
    def table(self) -> Table:
        return self.source.table

    @property
    def rows(self) -> Iterable[Row]:
        return self.table.rows if self.source.rows is None else self.source.rows

    @property
    def last_column(self) -> int:
        return len(self.table.columns) - 1

    def write(self) -> None:
        self._page()
        self._preamble()
        header = self.at
        self._header()
        body = self.at
        for row in self.rows:
            self._row(row)
        if self.source.entry is not None:
            self._entry(self.source.entry)
        elif self.at == body:
            self._across(self.table.empty, italic=True, align="center", border=1)
        self.body = body
        self._navigation(header, body)

    def _page(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.set_margins(left=0.6, right=0.5, top=0.8, bottom=0.8)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_header('&C&"Times New Roman,Regular"&13&P')
        least = self._survey()
        for index, share in enumerate(shares(self.table.columns)):
            width = max(6.0, least[index], round(share * _PAGE_CHARACTERS / 100, 1))
            self.sheet.set_column(index, index, width)
            self.widths.append(width)

    def _preamble(self) -> None:
        for line in self.source.preamble:
            self._across(line, font_size=12)
        self._across(self.table.title, bold=True, font_size=14, align="center", text_wrap=True)
        if self.table.clock:
            self._across(self.table.clock, italic=True, align="center", text_wrap=True)
        self.at += 1

    def _header(self) -> None:
        """Titles under their group; an ungrouped title stands low in an open double cell."""
        look = {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#e9eef4"}
        if is_grouped(self.table.columns):
            for span in spans(self.table.columns):
                end = span.start + len(span.columns) - 1
                if span.group:
                    self._merged(span.start, end, span.group, self.formats.get(**look, border=1))
                else:
                    open_cell = self.formats.get(**look, left=1, right=1, top=1)
                    self.sheet.write_blank(self.at, span.start, None, open_cell)
            self.at += 1
        self._make_room([column.title for column in self.table.columns])
        for index, column in enumerate(self.table.columns):
            closed = {"border": 1}
            if is_grouped(self.table.columns) and not column.group:
                closed = {"left": 1, "right": 1, "bottom": 1}
            style = self.formats.get(**look, **closed)
            self.sheet.write_string(self.at, index, clean(column.title), style)
        self.at += 1

    def _row(self, row: Row) -> None:
        if row.level is Level.GROUP:
            text = display(row.cells[0].value)
            self._across(text, bold=True, border=1, bg_color="#f4f6f8", text_wrap=True)
            return
        bold = row.level is Level.TOTAL
        cells, tallest = [], 1
        if len(self.known) > _REMEMBERED:
            self.known.clear()
        for index, cell in enumerate(row.cells):
            key = (index, bold, cell.value.__class__, cell.value, cell.tone, cell.mark)
            made = self.known.get(key)
            if made is None:
                made = self.known[key] = self._cell(index, cell, bold)
            if cell.href:
                self._link(index, cell)
            cells.append(made[0])
            tallest = max(tallest, made[1])
        self.sheet.write_line(self.at, cells, height_of(tallest))
        self.at += 1

    def _entry(self, entry: Entry) -> None:
        """Rows of text cells: a number such as 4.10 stays what was typed."""
        first, last = self.at, self.at + entry.rows - 1
        for index, column in enumerate(self.table.columns):
            title, text = entry.hints.get(column.key, ("", ""))
            listed = entry.lists.get(column.key)
            chosen = {"validate": "list", "source": f"={listed}"} if listed else {"validate": "any"}
            said = {"input_title": title[:32], "input_message": text[:255]} if text else {}
            self.sheet.data_validation(
                first, index, last, index, {**chosen, **said, "show_error": False}
            )
        for _ in range(entry.rows):
            for index, column in enumerate(self.table.columns):
                look = self._look(column)
                self.sheet.write_blank(self.at, index, None, self.formats.get(**look))
            self.at += 1

    def _make_room(self, texts: Sequence[str]) -> None:
        """A height for the row at hand: not every program makes room for wrapped text itself."""
        self.sheet.set_row(self.at, height_of(max(map(lines_of, texts, self.widths))))

    def _look(self, column: Column) -> dict[str, object]:
        centred = column.key in ORDINAL_KEYS
        look: dict[str, object] = {"border": 1, "text_wrap": True, "num_format": "@"}
        return look | {"align": "center" if centred else _ALIGNMENT[column.kind], "valign": "top"}

    def _cell(self, index: int, cell: Cell, bold: bool) -> tuple[str, int]:
        """The cell without its place, and how many lines it needs."""
        column = self.table.columns[index]
        centred = column.key in ORDINAL_KEYS
        look: dict[str, object] = {"border": 1, "text_wrap": True, "bold": bold}
        look["align"] = "center" if centred else _ALIGNMENT[column.kind]
        if cell.tone in TONES:
            look["bg_color"], look["font_color"] = TONES[cell.tone]
        number = _number(cell, column.kind)
        if number is None:
            words = (display(cell.value, column.kind), cell.mark)
            text = clean(" ".join(word for word in words if word))
            return text_cell(text, self.formats.get(**look)), lines_of(text, self.widths[index])
        look["num_format"] = number_format(cell, column.kind)
        return number_cell(number, self.formats.get(**look)), 1

    def _link(self, index: int, cell: Cell) -> None:
        """The link first; the line is then written over the address that it left behind."""
        if self.base_url and is_local(cell.href):
            address = self.base_url.rstrip("/") + cell.href
            if len(address) <= _MAX_LINK:
                self.sheet.write_url(self.at, index, address)

    def _across(self, text: str, **look: object) -> None:
        """One line over the whole table; merged cells do not grow, so its height is set."""
        style = self.formats.get(**look)
        lines = len(text) // _PAGE_CHARACTERS + text.count("\n") + 1
        self.sheet.set_row(self.at, 19 * lines)
        self._merged(0, self.last_column, text, style)
        self.at += 1

    def _merged(self, first: int, last: int, text: str, style: Any) -> None:
        if last > first:
            self.sheet.merge_range(self.at, first, self.at, last, "", style)
        self.sheet.write_string(self.at, first, clean(text), style)

    def _navigation(self, header: int, body: int) -> None:
        """What stays in sight, what repeats on paper, and the filter without the totals."""
        self.sheet.freeze_panes(body, row_header(self.table.columns) + 1)
        self.sheet.repeat_rows(header, body - 1)
        if self.source.plain:
            return
        last = body - 1 + max(self.filled, 1)
        self.sheet.autofilter(body - 1, 0, last, self.last_column)

    def _survey(self) -> list[float]:
        """Room for each column's longest number: Excel shows ``####`` where one does not fit."""
        columns = self.table.columns
        least = [0] * len(columns)
        for at, row in enumerate(self.rows, start=1):
            if row.level is not Level.TOTAL:
                self.filled = at
            if row.level is not Level.GROUP:
                for index, cell in enumerate(row.cells):
                    if cell.value.__class__ is not str and cell.value is not None:
                        least[index] = max(least[index], self._length(index, cell))
        return [longest + 2.0 for longest in least]

    def _length(self, index: int, cell: Cell) -> int:
        """How many letters a number shows; none for what reads as text."""
        kind = self.table.columns[index].kind
        if _number(cell, kind) is None:
            return 0
        return len(f"{display(cell.value, kind)} {cell.mark}".strip())


def _number(cell: Cell, kind: Kind) -> float | None:
    """The number that Excel stores, or None when the cell reads as text."""
    match cell.value:
        case Ratio(done=done, required=required):
            return done if required else None
        case date():
            return cell.value.toordinal() - _DAY_ZERO
        case Decimal():
            return float(cell.value / 100 if kind is Kind.PERCENT else cell.value)
        case int():
            return cell.value
        case _:
            return None
