"""The XLSX reopened: every cell reads as on screen, numbers are numbers, text is text."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from cchc.lib.spreadsheets import TONES, Sheet, clean, write_workbook
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display

CREATED = datetime(2024, 4, 5, 3, 5, tzinfo=UTC)
COLUMNS = (
    Column("stt", "STT", Kind.INTEGER, 5),
    Column("agency", "Cơ quan", Kind.TEXT, 30),
    Column("jan", "Tháng 1", Kind.RATIO, 10, "Quý I"),
    Column("feb", "Tháng 2", Kind.RATIO, 10, "Quý I"),
    Column("rate", "Tỷ lệ", Kind.PERCENT, 10),
    Column("on", "Ngày đăng", Kind.DATE, 12),
)
ROWS = (
    Row((Cell("Sở, ban, ngành"),), Level.GROUP),
    Row((Cell(1), Cell("Sở Nội vụ", href="/co-quan/1/"), Cell(Ratio(1, 1), "met", "Đạt", "/b/1/"),
         Cell(Ratio(0, 1200), "missed", "Chưa đạt"), Cell(Decimal("97.5")),
         Cell(date(2024, 3, 5)))),
    Row((Cell(1234), Cell('=HYPERLINK("http://x","y")'), Cell(Ratio(0, 0)), Cell(None),
         Cell(None), Cell(None))),
    Row((Cell(3), Cell("+84 @SUM(1)\x07"), Cell(Ratio(1500, 2), "met_late", 'Đạt "trễ"'),
         Cell(Ratio(2, 3)), Cell(Decimal("100.0")), Cell("chưa rõ"))),
    Row((Cell(None), Cell("Tổng cộng"), Cell(Ratio(2, 2)), Cell(Ratio(0, 1)), Cell(Decimal("0.0")),
         Cell(None)), Level.TOTAL),
)  # fmt: skip
TABLE = Table("m", "Bảng theo dõi", "Quý I/2024, chốt 05/04/2024", COLUMNS, ROWS)


def shown(cell) -> str:
    """What Excel shows of a cell in a Vietnamese locale, by its number format."""
    value, code = cell.value, cell.number_format
    if value is None or isinstance(value, str):
        return value or ""
    base, _, quoted = code.partition('"')
    suffix = quoted.removesuffix('"')
    if base == "dd/mm/yyyy":
        return value.strftime("%d/%m/%Y") + suffix
    if base == "#,##0":
        return f"{value:,}".replace(",", ".") + suffix
    digits = 1 if ".0" in base else 0
    number = value * 100 if base.endswith("%") else value
    text = f"{number:.{digits}f}".replace(".", ",")
    return text + ("%" if base.endswith("%") else "") + suffix


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "t.xlsx"
    sheets = [Sheet("Tổng hợp", TABLE, ("SỞ NỘI VỤ",))]
    write_workbook(path, sheets, title="Báo cáo", created=CREATED, base_url="https://cchc.vn/")
    return openpyxl.load_workbook(path)


def test_every_cell_reads_as_on_screen(book):
    sheet = book["Tổng hợp"]
    assert [sheet.cell(r, 1).value for r in (1, 2, 3)] == ["SỞ NỘI VỤ", TABLE.title, TABLE.clock]
    assert [c.value for c in sheet[5]][2] == "Quý I"
    assert [c.value for c in sheet[6]] == [column.title for column in COLUMNS]
    for at, row in enumerate(TABLE.rows, start=7):
        for index, (cell, column) in enumerate(zip(row.cells, COLUMNS, strict=False), start=1):
            words = (display(cell.value, column.kind), cell.mark.replace('"', ""))
            expected = clean(" ".join(word for word in words if word))
            assert shown(sheet.cell(at, index)) == expected
    assert sheet.max_row == 6 + len(TABLE.rows)


def test_numbers_are_numbers_and_text_is_text(book):
    sheet = book.active
    assert [sheet.cell(8, c).value for c in (1, 3, 4, 5)] == [1, 1, 0, 0.975]
    assert sheet.cell(8, 6).value.date() == date(2024, 3, 5)
    assert sheet.cell(8, 4).number_format == '#,##0"/1.200 Chưa đạt"'
    assert sheet.cell(9, 2).data_type == "s"
    assert sheet.cell(9, 2).value.startswith("=HYPERLINK")
    assert sheet.cell(10, 2).value == "+84 @SUM(1)"


def test_the_sheet_is_ready_to_work_with_and_to_print(book):
    sheet = book.active
    assert sheet.freeze_panes == "C7"
    assert sheet.auto_filter.ref == "A6:F10"
    assert sheet.print_title_rows == "$5:$6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages down as needed, one across
    assert {str(r) for r in sheet.merged_cells.ranges} >= {"C5:D5", "A7:F7", "A2:F2"}
    assert sheet["B8"].font.name == "Times New Roman"
    assert sheet["A6"].font.bold
    assert sheet["B11"].font.bold
    assert sheet["C8"].fill.fgColor.rgb == "FF" + TONES["met"][0][1:].upper()
    assert sheet["C8"].hyperlink.target == "https://cchc.vn/b/1/"
    assert sheet["D8"].hyperlink is None
    assert book.properties.title == "Báo cáo"


def test_long_numbers_have_room(book):
    sheet = book.active
    assert sheet.column_dimensions["D"].width >= len("0/1.200 Chưa đạt")


def test_without_an_address_there_are_no_links_and_the_bytes_are_equal(tmp_path):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        write_workbook(path, [Sheet("A", TABLE)], title="T", created=CREATED)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert openpyxl.load_workbook(paths[0]).active["C7"].hyperlink is None


def test_sheet_names_are_made_acceptable(tmp_path):
    names = ["A/B: [1]", "a b   1", "'", "x" * 40, "X" * 40]
    sheets = [Sheet(name, TABLE) for name in names]
    write_workbook(tmp_path / "n.xlsx", sheets, title="T", created=CREATED)
    found = openpyxl.load_workbook(tmp_path / "n.xlsx").sheetnames
    assert len({name.casefold() for name in found}) == 5
    assert all(0 < len(name) <= 31 for name in found)


def test_an_empty_table_and_one_column_still_open(tmp_path):
    lone = Table("k", "Một cột", "", (Column("a", "A"),), (Row((Cell("x"),)),))
    sheets = [Sheet("1", Table("k", "Trống", "", COLUMNS, ())), Sheet("2", lone)]
    write_workbook(tmp_path / "e.xlsx", sheets, title="T", created=CREATED)
    book = openpyxl.load_workbook(tmp_path / "e.xlsx")
    assert book["1"]["A5"].value == "Không có dữ liệu trong kỳ này."
    assert book["2"]["A4"].value == "x"


def test_text_fits_a_cell():
    assert clean("a\x00\x0b\ud800b\r\nc") == "ab\nc"
    assert clean("Tie\u0302\u0301ng") == "Tiếng"
    long = clean("ế" * 40_000)
    assert len(long) == 32_767
    assert long.endswith("…")
    assert len(clean("😀" * 20_000).encode("utf-16-le")) <= 32_767 * 2


def test_tones_have_the_colours_of_the_screen():
    css = Path(settings.BASE_DIR, "static/css/app.css").read_text()
    pairs = re.findall(r"--tone-(\w+)-bg: (#\w+); --tone-\w+-fg: (#\w+);", css)
    assert {name: (fill, text) for name, fill, text in pairs} == TONES
    for fill, text in TONES.values():
        assert _contrast(fill, text) >= 4.5


def _contrast(one: str, other: str) -> float:
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
