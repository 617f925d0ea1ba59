"""Paragraphs and tables as the elements of WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cchc.lib.grid import ORDINAL_KEYS, is_grouped, shares, spans
from cchc.lib.tables import Cell, Column, Kind, Level, Row, display
from cchc.lib.text import fold, nfc
from cchc.lib.word.values import RULE, Block, Columns, Figures, Line, Look
from cchc.lib.word.widths import longest_line

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_COLORS = {"internal": "B00020"}  # the giải trình of a draft, which the issued plan leaves out
_ALIGNMENT = {
    Kind.TEXT: "left",
    Kind.INTEGER: "right",
    Kind.PERCENT: "right",
    Kind.DATE: "center",
    Kind.RATIO: "center",
    Kind.POINTS: "right",
}


def elements(blocks: Sequence[Block], width: float) -> list[BaseOxmlElement]:
    """The blocks in their order, as wide as the page allows."""
    made: list[BaseOxmlElement] = []
    for block in blocks:
        match block:
            case Line():
                made += _lines(block, width)
            case Columns():
                made.append(_columns(block, width))
            case Figures():
                made.append(_figures(block, width))
    return made


def _lines(line: Line, width: float) -> list[BaseOxmlElement]:
    words = paragraph(line.text, line.look, keep_next=line.keep_next or bool(line.rule))
    if not line.rule or not line.text:
        return [words]
    room = width - 2 * line.look.sides
    drawn = line.rule * min(longest_line(line.text, line.look.size, room), room)
    return [words, _rule(drawn, width)]


def paragraph(
    text: str, look: Look, align: str = "", *, keep_next: bool = False, color: str = ""
) -> BaseOxmlElement:
    """A paragraph in a style; line breaks stay; ``color`` as six hexadecimal digits."""
    properties = [element("pStyle", val=style_id(look))]
    if keep_next:
        properties.append(element("keepNext"))
    if align:
        properties.append(element("jc", val=align))
    made = element("p", element("pPr", *properties))
    for index, piece in enumerate(clean(text).split("\n")):
        words = OxmlElement("w:t", {qn("xml:space"): "preserve"})
        words.text = piece.replace("\t", " ")
        made.append(
            element(
                "r",
                *([element("rPr", element("color", val=color))] if color else []),
                *([element("br")] if index else []),
                words,
            )
        )
    return made


def _rule(length: float, width: float) -> BaseOxmlElement:
    """A line of that length: the upper border of an empty paragraph between two indents."""
    side = str(_twips((width - length) / 2))
    return element(
        "p",
        element(
            "pPr",
            element("pStyle", val=style_id(RULE)),
            element("pBdr", element("top", val="single", sz="6", space="1", color="000000")),
            element("spacing", before="60", after="0", line="40", lineRule="exact"),
            element("ind", left=side, right=side),
        ),
    )


def _columns(block: Columns, width: float) -> BaseOxmlElement:
    widths = [width * share / sum(block.shares) for share in block.shares]
    rows = [
        element(
            "tr",
            element("trPr", element("cantSplit")),
            *(
                _cell([e for line in lines for e in _lines(line, w)], w)
                for lines, w in zip(row, widths, strict=True)
            ),
        )
        for row in block.rows
    ]
    return _table(rows, widths, borders=False)


def _figures(block: Figures, width: float) -> BaseOxmlElement:
    columns = block.table.columns
    widths = [width * share / 100 for share in shares(columns)]
    rows = [*_head(block, widths), *(_row(row, block, widths) for row in block.table.rows)]
    if not block.table.rows:
        rows.append(_across(block.table.empty, block.cell, widths))
    return _table(rows, widths, borders=True)


def _head(block: Figures, widths: Sequence[float]) -> list[BaseOxmlElement]:
    """One heading row that repeats on every page, or two where columns share a heading."""
    columns = block.table.columns

    def heading(text: str, width: float, *properties: BaseOxmlElement) -> BaseOxmlElement:
        return _framed(paragraph(text, block.head), width, *properties)

    if not is_grouped(columns):
        cells = [heading(c.title, w) for c, w in zip(columns, widths, strict=True)]
        return [_heading_row(cells)]
    upper, lower = [], []
    for span in spans(columns):
        own = widths[span.start : span.start + len(span.columns)]
        if span.group:
            upper.append(heading(span.group, sum(own), element("gridSpan", val=str(len(own)))))
            lower += [heading(c.title, w) for c, w in zip(span.columns, own, strict=True)]
        else:
            title = span.columns[0].title
            upper.append(heading(title, own[0], element("vMerge", val="restart")))
            lower.append(heading("", own[0], element("vMerge")))
    return [_heading_row(upper), _heading_row(lower)]


def _heading_row(cells: Sequence[BaseOxmlElement]) -> BaseOxmlElement:
    return element("tr", element("trPr", element("cantSplit"), element("tblHeader")), *cells)


def _row(row: Row, block: Figures, widths: Sequence[float]) -> BaseOxmlElement:
    if row.level is Level.GROUP:
        return _across(display(row.cells[0].value), block.group, widths)
    look = block.group if row.level is Level.TOTAL else block.cell
    cells = [
        _framed(
            paragraph(
                _shown(cell, column), look, _aligned(column), color=_COLORS.get(cell.tone, "")
            ),
            width,
            across="top" if block.top else "center",
        )
        for cell, column, width in zip(row.cells, block.table.columns, widths, strict=True)
    ]
    return element("tr", element("trPr", element("cantSplit")), *cells)


def _across(text: str, look: Look, widths: Sequence[float]) -> BaseOxmlElement:
    span = element("gridSpan", val=str(len(widths)))
    cell = _framed(paragraph(text, look), sum(widths), span)
    return element("tr", element("trPr", element("cantSplit")), cell)


def _shown(cell: Cell, column: Column) -> str:
    return "\n".join(part for part in (display(cell.value, column.kind), cell.mark) if part)


def _aligned(column: Column) -> str:
    return "center" if column.key in ORDINAL_KEYS else _ALIGNMENT[column.kind]


def _table(
    rows: Sequence[BaseOxmlElement], widths: Sequence[float], *, borders: bool
) -> BaseOxmlElement:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV") if borders else ()
    margin = "60" if borders else "0"
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=str(_twips(sum(widths))), type="dxa"),
            element("tblInd", w="0", type="dxa"),
            element(
                "tblBorders",
                *(element(e, val="single", sz="4", space="0", color="000000") for e in edges),
            ),
            element("tblLayout", type="fixed"),
            element(
                "tblCellMar",
                element("left", w=margin, type="dxa"),
                element("right", w=margin, type="dxa"),
            ),
        ),
        element("tblGrid", *(element("gridCol", w=str(_twips(width))) for width in widths)),
        *rows,
    )


def _framed(
    content: BaseOxmlElement, width: float, *properties: BaseOxmlElement, across: str = "center"
) -> BaseOxmlElement:
    return _cell([content], width, *properties, element("vAlign", val=across))


def _cell(
    content: Sequence[BaseOxmlElement], width: float, *properties: BaseOxmlElement
) -> BaseOxmlElement:
    size = element("tcW", w=str(_twips(width)), type="dxa")
    return element("tc", element("tcPr", size, *properties), *content)


def clean(text: str) -> str:
    """NFC text that XML can hold."""
    return _CONTROLS.sub("", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))


def style_id(look: Look) -> str:
    """How paragraphs name their style: ``can-cu`` for ``Căn cứ``."""
    return re.sub(r"\W+", "-", fold(look.name))


def _twips(length: float) -> int:
    return round(length * 1440 / 25.4)


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """``<w:tag w:key="value">`` with its children."""
    element = OxmlElement(f"w:{tag}", {qn(f"w:{key}"): value for key, value in attributes.items()})
    element.extend(children)
    return element
