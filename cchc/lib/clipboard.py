"""A table as it is pasted: the HTML that Word and Excel put on the clipboard, or plain TSV."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser
from io import StringIO

from cchc.lib.cells import Grid, Span, Value, filled
from cchc.lib.uploads import MAX_COLUMNS, UploadRefused, check_extent, check_size

_LOOKS_LIKE_HTML = re.compile(r"<(?:table|tr|td|html|body)\b", re.IGNORECASE)
_SILENT = frozenset({"style", "script", "head", "title", "xml"})
_BLOCKS = frozenset({"p", "div", "br", "li"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BULLET = re.compile(r"^[·•▪o§]\s{2,}|^[·•▪]\s*", re.MULTILINE)


def read_pasted(text: str) -> list[Grid]:
    """The tables of a pasted fragment; ``UploadRefused`` when it is empty or too large."""
    check_size(len(text.encode("utf-8", "replace")))
    if not _LOOKS_LIKE_HTML.search(text):
        return [_from_tabs(text)]
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser.end_table()
    return parser.grids


def _from_tabs(text: str) -> Grid:
    reader = csv.reader(StringIO(text, newline=""), delimiter="\t")
    try:
        rows: list[list[Value]] = [[value.strip() or None for value in row] for row in reader]
    except csv.Error as error:
        raise UploadRefused("Không tách được các cột: hãy chép lại cả bảng rồi dán.") from error
    check_extent(len(rows), max(map(len, rows), default=0))
    return filled("Bảng dán vào", rows, [])


class _Tables(HTMLParser):
    """Collects the outermost tables; a table inside a cell is part of that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self.depth = self.silent = 0
        self.rows: list[list[Value]] = []
        self.spans: list[Span] = []
        self.taken: set[tuple[int, int]] = set()
        self.text: list[str] | None = None
        self.extent = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell, or note a line break."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.depth += 1
        elif tag == "tr" and self.depth <= 1:
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.depth <= 1:
            self._end_cell()
            sizes = dict(attrs)
            self.extent = (_size(sizes.get("rowspan")), _size(sizes.get("colspan")))
            self.text = []
        elif tag in _BLOCKS and self.text is not None:
            self.text.append("\x00- " if tag == "li" else "\x00")

    def handle_endtag(self, tag: str) -> None:
        """End what the tag began."""
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "table":
            self.depth -= 1
            if self.depth <= 0:
                self.end_table()
        elif tag in ("td", "th", "tr") and self.depth <= 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Collect the text of the cell."""
        if self.text is not None and not self.silent:
            self.text.append(data)

    def end_table(self) -> None:
        """Keep what has been collected as one grid."""
        self._end_cell()
        if self.rows:
            name = f"Bảng {len(self.grids) + 1}"
            self.grids.append(filled(name, self.rows, self.spans))
        self.depth = 0
        self.rows, self.spans, self.taken = [], [], set()

    def _end_cell(self) -> None:
        if self.text is None:
            return
        written, self.text = "".join(self.text), None
        if not self.rows:
            self.rows.append([])
        row, at = self.rows[-1], len(self.rows) - 1
        while (at, len(row)) in self.taken:
            row.append(None)
        column = len(row)
        height, width = self.extent
        check_extent(at + height, column + width)
        row += [_visible(written) or None, *[None] * (width - 1)]
        if self.extent != (1, 1):
            self.spans.append((at, column, at + height - 1, column + width - 1))
            self.taken |= {
                (below, beside)
                for below in range(at + 1, at + height)
                for beside in range(column, column + width)
            }
            check_extent(len(self.taken) // MAX_COLUMNS, 1)


def _size(said: str | None) -> int:
    is_number = said is not None and said.isascii() and said.isdigit() and len(said) < 6
    return max(int(said or 1), 1) if is_number else 1


def _visible(written: str) -> str:
    """The text as a browser shows it: white space is one space, blocks are lines."""
    lines = [_SPACES.sub(" ", line).strip() for line in written.split("\x00")]
    return _BULLET.sub("- ", "\n".join(line for line in lines if line)).replace("\xa0", " ").strip()
