"""An official document as a Word file; the same measures as ``static/css/print.css``.

Styles carry the Vietnamese names of the decree's components, so that the clerk who goes on
editing finds *Căn cứ*, *Mục I* or *Nơi nhận* in the list (Nghị định 30/2020/NĐ-CP, Phụ lục I).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from cchc.lib import word
from cchc.lib.table_tags import DENSE_FROM
from cchc.lib.tables import Table
from cchc.lib.word import Align, Block, Columns, Figures, Line, Look, Part
from reporting.letterhead import MOTTO, NATION, Annex, Document, Paragraph, Style
from reporting.rendering import lettered, titled

_MARGINS = word.Margins(top=20, right=18, bottom=20, left=30)
_HALF = 0.4  # of the text: the decree asks for 1/3 to 1/2
_INDENT = 12.7

_MARK = Look("Dự thảo", 13, Align.CENTER, bold=True, after=4)
_PARENT = Look("Cơ quan chủ quản", 12, Align.CENTER)
_AGENCY = Look("Cơ quan ban hành", 12, Align.CENTER, bold=True)
_NATION = Look("Quốc hiệu", 12, Align.CENTER, bold=True)
_MOTTO = Look("Tiêu ngữ", 13, Align.CENTER, bold=True)
_NUMBER = Look("Số và ký hiệu", 13, Align.CENTER, before=7)
_PLACE = Look("Địa danh, ngày tháng", 13, Align.CENTER, italic=True, before=7)
_KIND = Look("Tên loại", 14, Align.CENTER, bold=True, before=14, keep_next=True)
_SUBJECT = Look("Trích yếu", 14, Align.CENTER, bold=True, sides=12)
_FIRST = {
    Style.BASIS: Look("Căn cứ", 14, Align.JUSTIFY, italic=True, first_line=_INDENT, before=6),
    Style.BODY: Look("Nội dung", 14, Align.JUSTIFY, first_line=_INDENT, before=6),
    Style.HEADING1: Look(
        "Mục I", 14, Align.JUSTIFY, bold=True, first_line=_INDENT, before=6, keep_next=True, level=1
    ),
    Style.HEADING2: Look(
        "Mục 1", 14, Align.JUSTIFY, bold=True, first_line=_INDENT, before=6, keep_next=True, level=2
    ),
    Style.HEADING3: Look(
        "Điểm có tên", 14, Align.JUSTIFY, first_line=_INDENT, before=6, keep_next=True, level=3
    ),
    Style.ITEM: Look("Khoản, điểm", 14, Align.JUSTIFY, first_line=_INDENT, before=6),
}
_TO = Look("Nơi nhận", 12, bold=True, italic=True)
_RECIPIENT = Look("Danh sách nơi nhận", 11)
_AUTHORITY = Look("Quyền hạn, chức vụ", 14, Align.CENTER, bold=True)
_SIGNER = Look("Họ tên người ký", 14, Align.CENTER, bold=True, before=72)
_GAP = Look("Cách khối ký", 8, before=6, keep_next=True)
_LABEL = Look("Phụ lục", 14, Align.CENTER, bold=True, keep_next=True, level=1)
_TITLE = Look("Tên phụ lục", 14, Align.CENTER, bold=True, sides=10, before=2, keep_next=True)
_ATTACHED = Look("Kèm theo", 14, Align.CENTER, italic=True, before=2, after=8, keep_next=True)
_TABLE_TITLE = Look("Tên bảng", 13, Align.CENTER, bold=True, before=8, keep_next=True)
_CLOCK = Look("Chú giải bảng", 12, Align.CENTER, italic=True, after=5, keep_next=True)
_HEAD = Look("Đầu bảng", 13, Align.CENTER, bold=True, before=2, after=2)
_CELL = Look("Ô bảng", 13, before=2, after=2)
_GROUP = Look("Nhóm trong bảng", 13, bold=True, before=2, after=2, keep_next=True)
_DENSE_HEAD = Look("Đầu bảng dày", 11, Align.CENTER, bold=True, before=1, after=1)
_DENSE_CELL = Look("Ô bảng dày", 11, before=1, after=1)
_DENSE_GROUP = Look("Nhóm trong bảng dày", 11, bold=True, before=1, after=1, keep_next=True)
_PROVENANCE = Look("Nguồn số liệu", 10, italic=True, before=10)
_PAGE_NUMBER = Look("Số trang", 13, Align.CENTER)

_LOOKS = (
    _MARK, _PARENT, _AGENCY, _NATION, _MOTTO, _NUMBER, _PLACE, _KIND, _SUBJECT, *_FIRST.values(),
    _GAP, _TO, _RECIPIENT, _AUTHORITY, _SIGNER, _LABEL, _TITLE, _ATTACHED, _TABLE_TITLE, _CLOCK,
    _HEAD, _CELL, _GROUP, _DENSE_HEAD, _DENSE_CELL, _DENSE_GROUP, _PROVENANCE,
)  # fmt: skip


def write(document: Document, path: Path) -> None:
    """Write the DOCX; the same document gives the same bytes."""
    made = datetime.combine(document.created, time(), UTC)
    text = word.Text(
        title=document.title,
        author=document.letterhead.agency,
        created=made,
        margins=_MARGINS,
        looks=_LOOKS,
        number=_PAGE_NUMBER,
        parts=(Part(tuple(_main(document))), *_annexes(document)),
    )
    word.write(text, path)


def _main(document: Document) -> Iterator[Block]:
    yield _head(document)
    yield Line(document.letterhead.kind.upper(), _KIND)
    yield Line(lettered(document.letterhead).subject, _SUBJECT, rule=_HALF)
    last = len(document.blocks) - 1
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            # The signing block never stands on a page without words of the text.
            yield Line(block.text, _FIRST[block.style], keep_next=index == last)
        else:
            yield from _table(block.table)
    yield Line("", _GAP)
    yield _closing(document)
    if document.provenance and not document.annexes:
        yield Line(document.provenance, _PROVENANCE)


def _head(document: Document) -> Columns:
    head = lettered(document.letterhead)
    issuer = [Line(head.parent_agency, _PARENT)] if head.parent_agency else []
    rows = [
        (
            (*issuer, Line(head.agency, _AGENCY, rule=_HALF)),
            (Line(NATION, _NATION), Line(MOTTO, _MOTTO, rule=1)),
        ),
        ((Line(head.number_text, _NUMBER),), (Line(head.place_date, _PLACE),)),
    ]
    if head.mark:
        rows.insert(0, ((Line(head.mark, _MARK),), (Line("", _MARK),)))
    return Columns((39, 61), tuple(rows))


def _closing(document: Document) -> Columns:
    signature = document.signature
    recipients = (
        Line("Nơi nhận:", _TO),
        *(Line(line, _RECIPIENT) for line in document.recipients),
    )
    signer = (
        *(Line(line.upper(), _AUTHORITY) for line in signature.authority),
        Line(signature.position.upper(), _AUTHORITY),
        Line(signature.name, _SIGNER),
    )
    return Columns((48, 52), ((recipients, signer),))


def _annexes(document: Document) -> Iterator[Part]:
    for annex in document.annexes:
        blocks = [*_annex(annex)]
        if document.provenance and annex is document.annexes[-1]:
            blocks.append(Line(document.provenance, _PROVENANCE))
        yield Part(tuple(blocks), annex.landscape)


def _annex(annex: Annex) -> Iterator[Block]:
    yield Line(annex.label, _LABEL)
    yield Line(titled(annex).title, _TITLE)
    if annex.attached:
        yield Line(annex.attached, _ATTACHED)
    yield from _table(annex.table, caption=False)


def _table(table: Table, *, caption: bool = True) -> Iterator[Block]:
    if caption and table.title:
        yield Line(table.title, _TABLE_TITLE)
    if table.clock:
        yield Line(table.clock, _CLOCK)
    if len(table.columns) >= DENSE_FROM:
        yield Figures(table, _DENSE_HEAD, _DENSE_CELL, _DENSE_GROUP)
    else:
        yield Figures(table, _HEAD, _CELL, _GROUP, top=table.key == "annex")
