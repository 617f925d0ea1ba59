"""Lines written at once read like cells written one by one."""

from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from cchc.lib.spreadsheets import Sheet, write_workbook
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table

pytestmark = pytest.mark.core

CREATED = datetime(2024, 4, 5, tzinfo=UTC)
COLUMNS = (Column("tt", "TT", Kind.INTEGER, 5), Column("name", "Tên", width=20))


class Rows:
    """Rows made anew each time, and how often."""

    def __init__(self, *rows: Row) -> None:
        self.rows = rows
        self.times = 0

    def __iter__(self):
        self.times += 1
        return iter(self.rows)


def written(path, rows, base_url=""):
    table = Table("t", "Bảng", "", COLUMNS, ())
    sheets = [Sheet("Số liệu", table, rows=rows)]
    write_workbook(path, sheets, title="Bảng", created=CREATED, base_url=base_url)
    return openpyxl.load_workbook(path).active


def values(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


TEXTS = (
    "a < b & \"c\" > d ]]>", "  hai đầu  ", "dòng 1\ndòng 2", "<r>x</r>",
    "'=1+1", "0012", "\u202bRTL", "emoji 🎉", "tab\tgiữa",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_comes_back_as_it_is(tmp_path, text):
    sheet = written(tmp_path / "a.xlsx", [Row((Cell(1), Cell(text)))])
    said = sheet["B4"]
    assert (said.value, said.data_type) == (text, "s")


def test_what_excel_would_read_as_a_letter_is_written_as_words(tmp_path):
    """Excel undoes the mark that openpyxl leaves."""
    sheet = written(tmp_path / "a.xlsx", [Row((Cell(1), Cell("_x0041_ mã")))])
    assert sheet["B4"].value == "_x005F_x0041_ mã"


def test_values_of_one_look_but_different_kinds_are_kept_apart(tmp_path):
    cells = (1, True, Decimal(1), "1", Ratio(1, 1), date(1899, 12, 31), None)
    sheet = written(tmp_path / "a.xlsx", [Row((Cell(2), Cell(value))) for value in cells])
    shown = [(row[1].value, row[1].number_format) for row in sheet.iter_rows(min_row=4)]
    assert shown[0] == (1, "#,##0")
    assert shown[2] == (1, "0")
    assert shown[3] == ("1", "General")
    assert shown[4] == (1, '#,##0"/1"')
    assert shown[5][1] == "dd/mm/yyyy"
    assert shown[6] == (None, "General")


def test_rows_too_many_to_hold_are_gone_through_twice(tmp_path):
    rows = Rows(
        Row((Cell("Sở"),), Level.GROUP),
        Row((Cell(1_234_567), Cell("x"))),
        Row((Cell(), Cell("Tổng")), Level.TOTAL),
    )
    sheet = written(tmp_path / "a.xlsx", rows)
    assert rows.times == 2
    assert values(sheet) == [["Sở", None], [1_234_567, "x"], [None, "Tổng"]]
    assert sheet.auto_filter.ref == "A3:B5"
    assert sheet.column_dimensions["A"].width >= 11


def test_no_rows_say_so(tmp_path):
    assert values(written(tmp_path / "a.xlsx", Rows()))[0][0] == "Không có dữ liệu trong kỳ này."


def test_a_row_is_as_high_as_its_words_and_figures_never_wrap(tmp_path):
    long = "Đẩy mạnh thanh toán trực tuyến phí, lệ phí dịch vụ công " * 8
    rows = [
        Row((Cell(1), Cell("ngắn"))),
        Row((Cell(2), Cell(long))),
        Row((Cell(Ratio(1, 2), mark="Chưa đạt"), Cell("ngắn"))),
    ]
    sheet = written(tmp_path / "a.xlsx", rows)
    heights = [sheet.row_dimensions[at].height for at in (4, 5, 6)]
    assert heights[0] is None
    assert heights[1] > 60
    assert heights[2] is None


def test_links_stand_beside_the_words_that_lead_somewhere(tmp_path):
    rows = [
        Row((Cell(1), Cell("Sở Nội vụ", href="/co-quan/1/"))),
        Row((Cell(2, href="/b/2/"), Cell("không", href="//evil"))),
    ]
    sheet = written(tmp_path / "a.xlsx", rows, "https://cchc.vn")
    assert values(sheet) == [[1, "Sở Nội vụ"], [2, "không"]]
    assert {
        ref: cell.target for ref in ("A4", "B4", "A5", "B5") if (cell := sheet[ref].hyperlink)
    } == {
        "B4": "https://cchc.vn/co-quan/1/",
        "A5": "https://cchc.vn/b/2/",
    }


def test_more_different_cells_than_are_remembered(tmp_path):
    rows = [Row((Cell(at), Cell(f"bài {at % 7}"))) for at in range(21_000)]
    sheet = openpyxl.load_workbook(_long(tmp_path / "a.xlsx", rows), read_only=True).active
    found = list(sheet.iter_rows(min_row=4, values_only=True))
    assert found == [(at, f"bài {at % 7}") for at in range(21_000)]


def _long(path, rows):
    table = Table("t", "Bảng", "", COLUMNS, tuple(rows))
    write_workbook(path, [Sheet("S", table)], title="Bảng", created=CREATED)
    return path
