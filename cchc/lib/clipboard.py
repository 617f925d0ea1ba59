"""A table as it is pasted: the HTML that Word and Excel put on the clipboard, or plain TSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html import unescape
from io import StringIO

from cchc.lib.cells import Grid, Span, Value, filled
from cchc.lib.sheet_reader import clipped
from cchc.lib.uploads import UploadRefused, check_extent, check_size

_LOOKS_LIKE_HTML = re.compile(r"<(?:table|tr|td|html|body)\b", re.IGNORECASE)
_SILENT = frozenset({"style", "script", "head", "title", "xml"})
_RAW = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in ("style", "script", "title")}
# A comment, a declaration, a tag or text, each without a way back: what is not closed ends it all,
# as in a browser. (The parser of the standard library takes hours over "<!--<!--<!--…".)
_TOKEN = re.compile(
    r"""<!--.*?-->|<(?P<end>/?)(?P<tag>[a-zA-Z][^\s/>]*+)"""
    r"""(?P<said>(?:[^>=]|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+)>|"""
    r"""<(?:!(?!--)|[?/])[^>]*+>|(?P<text>[^<]++|<(?![!?/a-zA-Z]))""",
    re.DOTALL,
)
_SIZE = re.compile(r"""(?<![\w-])(rowspan|colspan)\s*+=\s*+["']?([^\s"'>]*+)""", re.IGNORECASE)
_MOST_TABLES = 1_000
_BLOCKS = frozenset({"p", "div", "br", "li"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BULLET = re.compile(r"^[·•▪o§]\s{2,}|^[·•▪]\s*", re.MULTILINE)


def read_pasted(text: str) -> list[Grid]:
    """The tables of a pasted fragment; ``UploadRefused`` when it is empty or too large."""
    check_size(len(text.encode("utf-8", "replace")))
    if not _LOOKS_LIKE_HTML.search(text):
        return [_from_tabs(text)]
    tables = _Tables()
    for sign, said, attributes in _tokens(text):
        tables.take(sign, said, attributes)
    tables.end_table()
    return tables.grids


def _tokens(html: str) -> Iterator[tuple[str, str, str]]:
    """Tags as ("<" or "/", name, attributes) and pieces of text as ("", text, "")."""
    token = _TOKEN.match(html)
    while token is not None:
        at, tag = token.end(), (token["tag"] or "").lower()
        if token["text"]:
            yield "", unescape(token["text"]), ""
        elif tag:
            yield token["end"] or "<", tag, token["said"]
        if tag in _RAW and not token["end"]:
            closing = _RAW[tag].search(html, at)
            at = closing.start() if closing else len(html)
        token = _TOKEN.match(html, at)


def _from_tabs(text: str) -> Grid:
    reader = csv.reader(StringIO(text, newline=""), delimiter="\t")
    try:
        rows: list[list[Value]] = [[value.strip() or None for value in row] for row in reader]
    except csv.Error as error:
        raise UploadRefused("Không tách được các cột: hãy chép lại cả bảng rồi dán.") from error
    check_extent(len(rows), max(map(len, rows), default=0))
    return filled("Bảng dán vào", rows, [])


class _Tables:
    """Collects the outermost tables; a table inside a cell is part of that cell's text."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.depth = self.silent = 0
        self.rows: list[list[Value]] = []
        self.spans: list[Span] = []
        self.until: dict[int, int] = {}
        self.text: list[str] | None = None
        self.extent = (1, 1)

    def take(self, sign: str, said: str, attributes: str) -> None:
        """The next tag or piece of text."""
        if sign == "<":
            self._begin(said, attributes)
        elif sign:
            self._end(said)
        elif self.text is not None and not self.silent:
            self.text.append(said)

    def _begin(self, tag: str, attributes: str) -> None:
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
            sizes = {name.lower(): size for name, size in _SIZE.findall(attributes)}
            self.extent = (_size(sizes.get("rowspan")), _size(sizes.get("colspan")))
            self.text = []
        elif tag in _BLOCKS and self.text is not None:
            self.text.append("\x00- " if tag == "li" else "\x00")

    def _end(self, tag: str) -> None:
        """End what the tag began."""
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "table":
            self.depth -= 1
            if self.depth <= 0:
                self.end_table()
        elif tag in ("td", "th", "tr") and self.depth <= 1:
            self._end_cell()

    def end_table(self) -> None:
        """Keep what has been collected as one grid."""
        self._end_cell()
        if self.rows:
            if len(self.grids) == _MOST_TABLES:
                raise UploadRefused("Có quá nhiều bảng: hãy chép riêng bảng cần nhập rồi dán.")
            name = f"Bảng {len(self.grids) + 1}"
            self.grids.append(filled(name, self.rows, clipped(self.spans, len(self.rows))))
        self.depth = 0
        self.rows, self.spans, self.until = [], [], {}

    def _end_cell(self) -> None:
        if self.text is None:
            return
        written, self.text = "".join(self.text), None
        if not self.rows:
            self.rows.append([])
        row, at = self.rows[-1], len(self.rows) - 1
        while self.until.get(len(row), 0) > at:
            row.append(None)
        column = len(row)
        height, width = self.extent
        check_extent(at + height, column + width)
        row += [_visible(written) or None, *[None] * (width - 1)]
        if self.extent != (1, 1):
            self.spans.append((at, column, at + height - 1, column + width - 1))
            self.until |= dict.fromkeys(range(column, column + width), at + height)


def _size(said: str | None) -> int:
    is_number = said is not None and said.isascii() and said.isdigit() and len(said) < 6
    return max(int(said or 1), 1) if is_number else 1


def _visible(written: str) -> str:
    """The text as a browser shows it: white space is one space, blocks are lines."""
    lines = [_SPACES.sub(" ", line).strip() for line in written.split("\x00")]
    return _BULLET.sub("- ", "\n".join(line for line in lines if line)).replace("\xa0", " ").strip()
