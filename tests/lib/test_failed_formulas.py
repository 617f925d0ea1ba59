"""Formulas without a value, as different programs write them, and markup made to last for ever."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest

from cchc.lib.failed_formulas import NOT_COMPUTED, failed, may_have_failed

PART = "xl/worksheets/sheet1.xml"
RELS = '<Relationships><Relationship Id="rId1" Target="{}"/></Relationships>'
BOOK = '<workbook><sheets><sheet name="A &amp; B" sheetId="1" r:id="rId1"/></sheets></workbook>'


def book(cells: str, target: str = "worksheets/sheet1.xml") -> bytes:
    said = BytesIO()
    with zipfile.ZipFile(said, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELS.format(target))
        archive.writestr(PART, f"<sheetData><row>{cells}</row></sheetData>")
    return said.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B3" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B3" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B3"><f>A1+1</f><v></v></c>', NOT_COMPUTED),
        ('<c r="B3"><f>A1+1</f><v/></c>', NOT_COMPUTED),
        ('<c r="B3"><f>A1+1</f></c>', NOT_COMPUTED),
        ('<c r="B3"><f>A1+1</f><v>45356</v></c>', None),
        ('<c r="B3" t="str"><f>""</f><v></v></c>', None),
        ('<c r="B3" t="s"><v>0</v></c>', None),
        ('<c r="B3" s="1"/><c r="C3" t="s"><v>0</v></c>', None),
    ],
)
def test_cells_as_they_are_written(cell: str, text: str | None) -> None:
    for target in ("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"):
        found = failed(book(cell, target), [PART])
        assert found == {"A & B": {(2, 1): text} if text else {}}
    assert may_have_failed(cell.encode()) is (text is not None or 't="str"' in cell)


@pytest.mark.parametrize(
    "piece", ["<c ", '<c r="A1"><f>', '<c r="A1"', '<c r="A1" t="e"><v>', "<c r='A1'><f></f><v>"]
)
def test_hostile_markup_takes_little_time(piece: str) -> None:
    content = book(piece * 400_000)
    begun = time.process_time()
    failed(content, [PART])
    assert time.process_time() - begun < 5
