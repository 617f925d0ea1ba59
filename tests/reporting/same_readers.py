"""What a person reads in the tables of a page, a workbook, a Word file and a PDF: plain texts.

Nothing of the program is imported: the files are opened by other libraries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber


@dataclass
class Read:
    """One table: headings as (group, title), rows of texts; a row across the table has one."""

    title: str = ""
    columns: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def squeeze(text: object) -> str:
    """One blank where there are several."""
    return " ".join(str("" if text is None else text).split())


class _Tables(HTMLParser):
    """Every table of a page by the key of its caption."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Read] = {}
        self.heads: dict[str, list[list[tuple[str, int, int]]]] = {}
        self.key = ""
        self.part = ""
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.key = self.part = ""
        elif tag == "caption":
            self.key = str(given.get("id", "")).removeprefix("caption-")
            self.found[self.key], self.heads[self.key] = Read(), []
            self.open = "caption"
        elif self.key and tag in {"thead", "tbody"}:
            self.part = tag
        elif self.part == "thead":
            self._in_head(tag, given)
        elif self.part == "tbody":
            self._in_body(tag)

    def _in_head(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "tr":
            self.heads[self.key].append([])
        elif tag in {"th", "td"}:
            spans = (int(given.get("colspan") or 1), int(given.get("rowspan") or 1))
            self.heads[self.key][-1].append(("", *spans))
            self.open = "head"

    def _in_body(self, tag: str) -> None:
        if tag == "tr":
            self.found[self.key].rows.append([])
        elif tag in {"th", "td"}:
            self.found[self.key].rows[-1].append("")
            self.open = "cell"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"caption", "th", "td"}:
            self.open = ""
        if tag == "table":
            self.key = self.part = ""

    def handle_data(self, data: str) -> None:
        if self.open == "caption":
            self.found[self.key].title += data
        elif self.open == "head":
            text, *spans = self.heads[self.key][-1][-1]
            self.heads[self.key][-1][-1] = (text + data, spans[0], spans[1])
        elif self.open == "cell":
            self.found[self.key].rows[-1][-1] += data


def page_tables(html: str) -> dict[str, Read]:
    """The tables of a page."""
    parser = _Tables()
    parser.feed(html)
    for key, read in parser.found.items():
        read.title = squeeze(read.title)
        read.rows = [[squeeze(text) for text in row] for row in read.rows]
        read.columns = list(_columns(parser.heads[key]))
    return parser.found


def _columns(heads: list[list[tuple[str, int, int]]]) -> Iterator[tuple[str, str]]:
    lower = iter(heads[1] if len(heads) > 1 else [])
    for text, wide, tall in heads[0]:
        if len(heads) == 1 or tall > 1:
            yield "", squeeze(text)
        else:
            for _ in range(wide):
                yield squeeze(text), squeeze(next(lower)[0])


def four_numbers(html: str) -> list[list[str]]:
    """The four numbers of a page: name, figure, what stands beside it."""
    inner = re.search(r'<dl class="four-numbers".*?</dl>', html, re.DOTALL)
    assert inner is not None
    pattern = r"<dt>(.*?)</dt><dd><strong>(.*?)</strong> <span>(.*?)</span>"
    return [[squeeze(part) for part in found] for found in re.findall(pattern, inner[0])]


def workbook_tables(path: Any) -> dict[str, Read]:
    """The sheets of a workbook: numbers as their format shows them."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: _sheet(sheet) for sheet in book.worksheets}


def _sheet(sheet: Any) -> Read:
    rows = [list(row) for row in sheet.iter_rows()]
    first = int(re.sub(r"\D", "", sheet.freeze_panes)) - 1
    read = Read()
    merged = {str(one).split(":")[0]: one for one in sheet.merged_cells.ranges}
    head = [squeeze(cell.value) for cell in rows[first - 1]]
    above = _groups(rows[first - 2], merged) if _is_head(rows[first - 2]) else [""] * len(head)
    read.columns = list(zip(above, head, strict=True))
    for row in rows[first:]:
        across = merged.get(row[0].coordinate)
        whole = across is not None and across.max_col - across.min_col + 1 == len(row)
        read.rows.append([shown(cell) for cell in (row[:1] if whole else row)])
    return read


def _is_head(row: list[Any]) -> bool:
    """Whether the row has the fill of headings and some of it stands over several columns."""
    return any(cell.fill.fgColor.rgb == "FFE9EEF4" for cell in row)


def _groups(row: list[Any], merged: dict[str, Any]) -> list[str]:
    found = [""] * len(row)
    for at, cell in enumerate(row):
        if cell.value:
            span = merged.get(cell.coordinate)
            for place in range(at, at + (span.max_col - span.min_col + 1 if span else 1)):
                found[place] = squeeze(cell.value)
    return found


def shown(cell: Any) -> str:
    """What Excel shows for the formats that occur here."""
    value, look = cell.value, cell.number_format
    if value is None or isinstance(value, str):
        return squeeze(value)
    base, _, suffix = look.partition('"')
    suffix = suffix.removesuffix('"')
    if isinstance(value, datetime):
        assert base == "dd/mm/yyyy", look
        return f"{value:%d/%m/%Y}{suffix}"
    decimals = len(base.rstrip("%").partition(".")[2])
    number = Decimal(repr(value)) * (100 if base.endswith("%") else 1)
    text = f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    text = text if "," in base or "%" not in base else text.replace(".", "")
    return f"{text}{'%' if base.endswith('%') else ''}{suffix}"


def word_tables(path: Path) -> list[Read]:
    """The tables of a Word file that have a repeated heading."""
    return [_word(table) for table in docx.Document(str(path)).tables if _heads(table)]


def _heads(table: Any) -> int:
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader"
    return sum(1 for row in table.rows if row._tr.find(f".//{name}") is not None)


def _word(table: Any) -> Read:
    heads = _heads(table)
    rows = [[squeeze(cell.text) for cell in row.cells] for row in table.rows]
    spans = [len(row._tr.tc_lst) for row in table.rows]
    titles = rows[heads - 1]
    groups = rows[0] if heads > 1 else [""] * len(titles)
    pairs = zip(groups, titles, strict=True)
    columns = [("" if group == title else group, title) for group, title in pairs]
    body = [row[:1] if n == 1 else row for row, n in zip(rows[heads:], spans[heads:], strict=True)]
    return Read("", columns, body)


def paper_rows(path: Path) -> list[list[str]]:
    """Every row of every ruled table of a PDF, without blanks: narrow columns break words."""
    with pdfplumber.open(path) as document:
        return [
            [tight(cell) for cell in row if cell is not None]
            for page in document.pages
            for table in page.extract_tables()
            for row in table
        ]


def paper_text(path: Path) -> str:
    """All words of a PDF."""
    with pdfplumber.open(path) as document:
        return " ".join(squeeze(page.extract_text()) for page in document.pages)


def word_text(path: Path) -> str:
    """The paragraphs of a Word file."""
    return " ".join(squeeze(paragraph.text) for paragraph in docx.Document(str(path)).paragraphs)


def tight(text: object) -> str:
    """Without any blank."""
    return re.sub(r"\s+", "", str(text or ""))


def cards(html: str) -> dict[str, dict[str, str]]:
    """The cards of a unit's page by their headings: what stands beside each word."""
    found = {}
    for card in re.findall(r'<li class="span-card.*?</li>', html, re.DOTALL):
        [title] = re.findall(r"<h2>.*?>(.*?)</a></h2>", card)
        pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", card)
        found[squeeze(title)] = {squeeze(word): squeeze(figure) for word, figure in pairs}
    return found


def answer(html: str) -> str:
    """The sentence over an agency's page, without its marks."""
    [inner] = re.findall(r'<p class="answer .*?</p>', html, re.DOTALL)
    return squeeze(re.sub(r"<.*?>", "", inner))
