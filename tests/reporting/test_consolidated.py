"""One Table for three renderings: the screen, the workbook and the document say the same."""

import re
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Membership
from cchc.lib.decisions import Refused
from cchc.lib.tables import Column, Kind, Level, Ratio, Row, Table, display
from plans.periods import Period
from reporting.letterhead import Paragraph
from reporting.models.run import FileFormat
from reporting.reports import consolidated, files
from tests.reporting.world import AS_OF, QUARTER, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.core]
MM = 72 / 25.4


@pytest.fixture
def world() -> World:
    return make_world(4)


@pytest.fixture
def facts(world: World) -> consolidated.Facts:
    return consolidated.gather(world.province, QUARTER, AS_OF)


def body_words(table: Table) -> list[list[str]]:
    """Every cell of the figure and total rows as a person reads it."""
    return [
        [_words(row, table.columns, index) for index in range(len(row.cells))]
        for row in table.rows
        if row.level is not Level.GROUP
    ]


def _words(row: Row, columns: tuple[Column, ...], index: int) -> str:
    cell = row.cells[index]
    return " ".join(filter(None, (display(cell.value, columns[index].kind), cell.mark)))


class _Cells(HTMLParser):
    """The texts of the second table's body, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "table":
            self.tables += 1
        if tag == "tbody" and self.tables == 2:
            self.inside = True
        if self.inside and tag == "tr":
            self.rows.append([])
        if self.inside and tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def test_screen_and_report_show_one_matrix(world: World, facts: consolidated.Facts) -> None:
    client = Client()
    client.force_login(world.users["home"], "django.contrib.auth.backends.ModelBackend")
    query = {"ky": "2024-Q1", "den-ngay": "05/04/2024", "xep": "thu-tu"}
    page = client.get(reverse("reporting:province-matrix"), query)
    parser = _Cells()
    parser.feed(page.content.decode())
    screen = [[" ".join(text.split()) for text in row] for row in parser.rows]
    assert screen == body_words(facts.matrix)
    shown = page.context["table"]
    assert (shown.columns, shown.rows) == (facts.matrix.columns, facts.matrix.rows)
    assert shown.clock == f"{facts.matrix.clock} Gồm 5 cơ quan, xếp theo thứ tự cơ quan."


def test_the_tables_add_up(facts: consolidated.Facts) -> None:
    by_channel, by_agency, matrix, lapses, pieces, issued = consolidated.tables(facts)
    total = facts.total
    assert (total.expected, total.done, total.met, total.met_late, total.missed) == (11, 8, 6, 2, 3)
    assert body_words(by_channel)[-1] == [
        "",
        "Tổng cộng",
        "11",
        "8",
        "6",
        "2",
        "3",
        "0",
        "0",
        "72,7%",
    ]
    for table in (by_channel, by_agency):
        rows = [row for row in table.rows if row.level is Level.BODY]
        for index, column in enumerate(table.columns):
            if column.kind is Kind.INTEGER and column.key != "tt":
                figures = [row.cells[index].value for row in rows]
                assert sum(figures) == table.rows[-1].cells[index].value
        for row in table.rows:
            figure = {c.key: cell.value for c, cell in zip(table.columns, row.cells, strict=True)}
            assert figure["done"] == figure["met"] + figure["met_late"]
            assert figure["expected"] == sum(
                figure[key] for key in ("done", "missed", "pending", "not_due")
            )
    assert matrix.rows[-1].cells[-3].value == Ratio(total.done, total.expected)
    assert len(lapses.rows) == total.missed + total.met_late
    assert sum(row.level is Level.BODY for row in pieces.rows) == len(facts.pieces) == 10
    assert body_words(issued)[-1][1] == "Đã ban hành: 4/5 cơ quan"


def test_workbook_reads_back_cell_by_cell(facts: consolidated.Facts, tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.xlsx"
    files.write(files.of_province(facts), FileFormat.XLSX, path)
    book = openpyxl.load_workbook(path)
    tables = consolidated.tables(facts)
    assert book.sheetnames == [
        "Theo kênh",
        "Theo cơ quan",
        "Theo định mức",
        "Chưa đạt, trễ hạn",
        "Tin, bài được tính",
        "Ban hành kế hoạch",
    ]
    for sheet, table in zip(book.worksheets, tables, strict=True):
        first = sheet.max_row - len(table.rows) + 1
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref
        for offset, row in enumerate(table.rows):
            for index, cell in enumerate(row.cells):
                read = sheet.cell(first + offset, index + 1)
                assert _as_read(cell.value, cell.mark, table.columns[index]) == _plain(read.value)
                if isinstance(cell.value, Ratio) and cell.value.required:
                    assert f"/{cell.value.required}" in read.number_format


def _as_read(value: object, mark: str, column: Column) -> object:
    if isinstance(value, Ratio) and value.required:
        return value.done
    if isinstance(value, int | date):
        return value
    if value is not None and column.kind is Kind.PERCENT:
        return round(float(value) / 100, 6)
    words = " ".join(filter(None, (display(value, column.kind), mark)))
    return words or None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    return (
        round(value, 6) if isinstance(value, float) else value or (None if value == "" else value)
    )


@pytest.fixture
def pdf(facts: consolidated.Facts, tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.pdf"
    files.write(files.of_province(facts), FileFormat.PDF, path)
    return path


def test_document_is_a4_with_embedded_vietnamese_fonts(pdf: Path) -> None:
    with pdfplumber.open(pdf) as document:
        assert (round(document.pages[0].width), round(document.pages[0].height)) == (595, 842)
        wide = [page for page in document.pages if page.width > page.height]
        assert len(wide) >= 4
        for page in document.pages:
            assert {char["fontname"].split("+")[-1].split("-")[0] for char in page.chars} == {
                "Tinos"
            }
            assert all("+" in char["fontname"] for char in page.chars)  # embedded subset
            body = [char for char in page.chars if char["top"] > 20 * MM - 1]
            assert min(char["x0"] for char in body) >= 30 * MM - 1
            assert max(char["bottom"] for char in body) <= page.height - 20 * MM + 1
        text = document.pages[0].extract_text()
    for words in (
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "/BC-SNV",
        "BÁO CÁO",
        "Kết quả tuyên truyền cải cách hành chính Quý I năm 2024",
        "I. TÌNH HÌNH CHUNG",
        "8/11 đầu việc (72,7%)",
        "tháng 4 năm 2024",
    ):
        assert words in text


def test_document_shows_the_figures_of_every_table(pdf: Path, facts: consolidated.Facts) -> None:
    with pdfplumber.open(pdf) as document:
        found = [
            [_joined(cell) for cell in row]
            for page in document.pages
            for table in page.extract_tables()
            for row in table
        ]
    for table in consolidated.tables(facts):
        for row in body_words(table):
            assert [_joined(text) for text in row] in found, (table.key, row)


def _joined(text: str | None) -> str:
    """Without the line breaks that narrow columns make, inside addresses too."""
    return re.sub(r"\s+", "", text or "")


def test_the_words_give_the_count_beside_every_percentage(facts: consolidated.Facts) -> None:
    document = consolidated.document(facts)
    text = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert document.letterhead.agency == "Sở Nội vụ"
    assert document.signature.position == "Giám đốc"
    assert document.signature.name == ""
    assert "Căn cứ Kế hoạch số 30/KH-UBND ngày 31 tháng 01 năm 2024 của Ủy ban nhân dân" in text
    assert "trễ hạn 2/11 đầu việc (18,2%)" in text
    assert "Còn 3/11 đầu việc (27,3%) chưa đạt, thuộc 2 cơ quan, đơn vị" in text
    assert "1/3 đầu việc đã có giải trình" in text
    assert "Có 1 đầu việc được miễn, không tính vào mẫu số." in text
    assert "Có 4 đầu việc đến hạn trước khi kế hoạch ban hành" in text
    assert "Trong Quý II năm 2024" in text
    for share in re.finditer(r"\(\d+(,\d)?%\)", text):
        assert re.search(r"\d+/\d+ đầu việc $", text[: share.start()])


def test_a_quarter_without_obligations_is_not_a_hundred_percent(world: World) -> None:
    facts = consolidated.gather(world.province, Period.parse("2023-Q4"), AS_OF)
    document = consolidated.document(facts)
    text = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "tỷ lệ hoàn thành không áp dụng" in text
    assert "%" not in text


def test_a_province_without_home_affairs_is_refused(world: World) -> None:
    Membership.objects.filter(role="home_affairs").delete()
    with pytest.raises(Refused, match="chưa có cơ quan nào giữ vai trò Sở Nội vụ"):
        consolidated.gather(world.province, QUARTER, AS_OF)


def test_the_same_facts_give_the_same_bytes(facts: consolidated.Facts, tmp_path: Path) -> None:
    for file_format in FileFormat:
        once, again = tmp_path / f"1.{file_format}", tmp_path / f"2.{file_format}"
        files.write(files.of_province(facts), file_format, once)
        files.write(files.of_province(facts), file_format, again)
        assert once.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("count", [2, 4])
def test_gathering_takes_the_same_number_of_queries(count: int) -> None:
    world = make_world(count)
    with CaptureQueriesContext(connection) as queries:
        consolidated.gather(world.province, QUARTER, AS_OF)
    assert len(queries) == 16
