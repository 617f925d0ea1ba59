"""The DOCX reopened: styles, lines, merged heads, and text that cannot break the file."""

from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table
from cchc.lib.word import Align, Columns, Figures, Line, Look, Margins, Part, Text, write
from cchc.lib.word.widths import longest_line

PLAIN = Look("Nội dung", 14, Align.JUSTIFY, first_line=12.7, before=6)
HEAD = Look("Tên loại", 13, Align.CENTER, bold=True, level=1)
NUMBER = Look("Số trang", 13, Align.CENTER)
TABLE = Table(
    "m", "Bảng", "",
    (Column("stt", "STT", Kind.INTEGER, 5), Column("name", "Cơ quan", width=20),
     Column("a", "Tháng 1", Kind.RATIO, 10, "Quý I"),
     Column("b", "Tháng 2", Kind.RATIO, 10, "Quý I")),
    (Row((Cell("Các sở"),), Level.GROUP),
     Row((Cell(1), Cell("Sở\nNội vụ"), Cell(Ratio(0, 1), "missed", "Chưa đạt"), Cell(Ratio(1, 1)))),
     Row((Cell(None), Cell("Tổng"), Cell(Ratio(0, 1)), Cell(Ratio(1, 1))), Level.TOTAL)),
)  # fmt: skip


def text(*blocks, landscape: bool = False) -> Text:
    return Text(
        "Tên văn bản", "Sở Nội vụ", datetime(2024, 4, 5, tzinfo=UTC), Margins(20, 18, 20, 30),
        (PLAIN, HEAD), NUMBER, (Part((Line("Mở đầu", PLAIN),)), Part(blocks, landscape)),
    )  # fmt: skip


def reopened(tmp_path: Path, *blocks, **options):
    write(text(*blocks, **options), tmp_path / "t.docx")
    return docx.Document(str(tmp_path / "t.docx"))


def test_only_the_styles_of_the_text_are_offered(tmp_path: Path) -> None:
    document = reopened(tmp_path, Line("Một", HEAD))
    offered = {style.name for style in document.styles if style.type == 1}
    assert offered == {"Normal", "Header", "Nội dung", "Tên loại", "Số trang", "Đường kẻ"}
    outline = document.styles["Tên loại"].element.pPr.find(qn("w:outlineLvl"))
    assert outline.get(qn("w:val")) == "0"
    lang = document.styles.element.find(".//" + qn("w:lang"))
    assert lang.get(qn("w:val")) == "vi-VN"
    assert document.core_properties.created == datetime(2024, 4, 5, tzinfo=UTC)


def test_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(text(Figures(TABLE, HEAD, PLAIN, HEAD)), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_hostile_text_is_text(tmp_path: Path) -> None:
    words = '<w:b/>&amp; "x"\x00\x07 \ud800 e\u0302\r\nhai\tba'
    document = reopened(tmp_path, Line(words, PLAIN))
    assert document.paragraphs[-1].text == '<w:b/>&amp; "x"  ê\nhai ba'


def test_a_line_below_is_as_long_as_asked(tmp_path: Path) -> None:
    document = reopened(tmp_path, Line("Độc lập - Tự do - Hạnh phúc", HEAD, rule=1))
    rule = document.paragraphs[-1]
    assert rule._p.pPr.find(qn("w:pBdr")) is not None
    sides = rule.paragraph_format.left_indent.mm + rule.paragraph_format.right_indent.mm
    measured = longest_line("Độc lập - Tự do - Hạnh phúc", 13, 162)
    assert 162 - sides == pytest.approx(measured, abs=0.2)


def test_a_long_text_breaks_before_it_is_measured() -> None:
    whole = longest_line("Một hai ba bốn", 14, 200)
    assert longest_line("Một hai ba bốn", 14, whole - 1) < whole - 1
    assert longest_line("A\u00a0B", 14, 1) == pytest.approx(longest_line("A B", 14, 200))


def test_heads_are_merged_and_repeat_and_groups_cross_the_table(tmp_path: Path) -> None:
    document = reopened(tmp_path, Figures(TABLE, HEAD, PLAIN, HEAD), landscape=True)
    [table] = document.tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [
        ["STT", "Cơ quan", "Quý I", "Quý I"],
        ["STT", "Cơ quan", "Tháng 1", "Tháng 2"],
        ["Các sở"] * 4,
        ["1", "Sở\nNội vụ", "0/1\nChưa đạt", "1/1"],
        ["", "Tổng", "0/1", "1/1"],
    ]
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, True, False, False, False]
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == pytest.approx(249 * 1440 / 25.4, abs=3)
    assert document.paragraphs[-1].style.name == "Đường kẻ"


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    empty = Table("m", "Bảng", "", TABLE.columns, ())
    document = reopened(tmp_path, Figures(empty, HEAD, PLAIN, HEAD))
    assert document.tables[0].rows[-1].cells[0].text == "Không có dữ liệu trong kỳ này."


def test_columns_stand_side_by_side_without_borders(tmp_path: Path) -> None:
    left, right = (Line("Trái", PLAIN),), (Line("Phải", HEAD), Line("dưới", PLAIN))
    document = reopened(tmp_path, Columns((40, 60), ((left, right),)))
    [table] = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Trái", "Phải\ndưới"]
    assert len(table._tbl.tblPr.find(qn("w:tblBorders"))) == 0
