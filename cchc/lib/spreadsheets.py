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
}
_DAY_ZERO = date(1899, 12, 30).toordinal()
_MAX_UNITS = 32_767  # UTF-16 units in one cell
_MAX_LINK = 2_079  # what Excel follows
_LINE, _MAX_HEIGHT = 15.75, 409.0  # points; Excel has no higher rows
_PAGE_CHARACTERS = 132  # of a landscape A4 page fitted to one width
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME_BANNED = re.compile(r"[\[\]:*?/\\]")


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
    """

    name: str
    table: Table
    preamble: tuple[str, ...] = ()
    entry: Entry | None = None
    lists: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False


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
        names = _sheet_names(sheet.name for sheet in sheets)
        for name, sheet in zip(names, sheets, strict=True):
            writer = _SheetWriter(book.add_worksheet(name), formats, sheet, base_url)
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
        [title] = _sheet_names([name])
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

    def named_cells(self, name: str) -> Iterator[tuple[str, str]]:
        """The names of the sheet's lists and the cells that they mean."""
        for index, column in enumerate(self.table.columns):
            if column.key in self.source.lists:
                filled = takewhile(bool, (row.cells[index].value for row in self.table.rows))
                last = self.body + max(sum(1 for _ in filled), 1) - 1
                cells = xl_range_abs(self.body, index, last, index)
                yield self.source.lists[column.key], f"'{name}'!{cells}"

    @property
    def table(self) -> Table:
        return self.source.table

    @property
    def last_column(self) -> int:
        return len(self.table.columns) - 1

    def write(self) -> None:
        self._page()
        self._preamble()
        header = self.at
        self._header()
        body = self.at
        for row in self.table.rows:
            self._row(row)
        if self.source.entry is not None:
            self._entry(self.source.entry)
        elif not self.table.rows:
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
        for index, share in enumerate(shares(self.table.columns)):
            least = _least_width(self.table, index)
            width = max(6.0, least, round(share * _PAGE_CHARACTERS / 100, 1))
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
        self._make_room([str(cell.value or "") for cell in row.cells])
        for index, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=True)):
            self._cell(index, cell, column, bold)
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
        lines = max(
            sum(-(-len(line) // max(int(width * 1.15), 1)) or 1 for line in text.split("\n"))
            for text, width in zip(texts, self.widths, strict=True)
        )
        if lines > 1:
            self.sheet.set_row(self.at, min(_LINE * lines + 1, _MAX_HEIGHT))

    def _look(self, column: Column) -> dict[str, object]:
        centred = column.key in ORDINAL_KEYS
        look: dict[str, object] = {"border": 1, "text_wrap": True, "num_format": "@"}
        return look | {"align": "center" if centred else _ALIGNMENT[column.kind], "valign": "top"}

    def _cell(self, index: int, cell: Cell, column: Column, bold: bool) -> None:
        centred = column.key in ORDINAL_KEYS
        look: dict[str, object] = {"border": 1, "text_wrap": True, "bold": bold}
        look["align"] = "center" if centred else _ALIGNMENT[column.kind]
        if cell.tone in TONES:
            look["bg_color"], look["font_color"] = TONES[cell.tone]
        self._link(index, cell)
        number = _number(cell, column.kind)
        if number is None:
            words = (display(cell.value, column.kind), cell.mark)
            text = clean(" ".join(word for word in words if word))
            self.sheet.write_string(self.at, index, text, self.formats.get(**look))
        else:
            look["num_format"] = number_format(cell, column.kind)
            self.sheet.write_number(self.at, index, number, self.formats.get(**look))

    def _link(self, index: int, cell: Cell) -> None:
        """The link first; the value is then written over the address that it left behind."""
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
        rows = list(self.table.rows)
        while rows and rows[-1].level is Level.TOTAL:
            rows.pop()
        self.sheet.autofilter(body - 1, 0, body - 1 + max(len(rows), 1), self.last_column)


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


def _least_width(table: Table, index: int) -> float:
    """Room for the column's longest number: Excel shows ``####`` where a number does not fit."""
    column = table.columns[index]
    lengths = (
        len(f"{display(row.cells[index].value, column.kind)} {row.cells[index].mark}".strip())
        for row in table.rows
        if row.level is not Level.GROUP and _number(row.cells[index], column.kind) is not None
    )
    return max(lengths, default=0) + 2.0


def _sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that Excel accepts: 31 characters, none banned, no two alike."""
    names: list[str] = []
    for raw in wanted:
        base = _SHEET_NAME_BANNED.sub(" ", clean(raw)).strip(" '")[:31] or "Trang"
        name, count = base, 1
        while name.casefold() in {taken.casefold() for taken in names}:
            count += 1
            name = f"{base[: 31 - len(str(count)) - 1]} {count}"
        names.append(name)
    return names
