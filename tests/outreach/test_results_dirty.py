"""Workbooks as offices keep them: what is a row, what a cell means, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from cchc.lib.cells import Grid
from cchc.lib.sheet_reader import read_file
from outreach.results_sheet.columns import code_of, is_like_code, pk_of
from outreach.results_sheet.days import day_of
from outreach.results_sheet.facts import Reading
from outreach.results_sheet.reading import read
from tests.outreach.results_files import grid, line, xlsx
from tests.outreach.test_results_reading import DIRECTORY, faults, told

HEAD = ["STT", "Tên tin bài", "Thể loại", "Phòng", "Nơi đăng", "Ngày gửi", "Ngày đăng tải", "Link"]
URL = "https://a.gov.vn/1"


def row(*cells: Any) -> list[Any]:
    return [*cells, *[None] * (len(HEAD) - len(cells))]


def skipped(reading: Reading) -> list[str]:
    said = "Dòng này không phải một kết quả nên bỏ qua."
    return [one.problem for one in reading.notices if one.problem.startswith(said)]


def test_sums_and_signatures_in_any_column_are_no_rows() -> None:
    reading = told(
        row("I", "Tháng 01/2024"),
        row(1, "Tin một", "Tin", "Văn phòng", "Cổng Sở", "05/03/2024", "06/03/2024", URL),
        row(None, "Tổng cộng", None, None, None, "3 tin, bài"),
        row("Tổng", None, None, "2 phòng", "2 kênh", 1, 1),
        row(None, None, None, None, None, "Sóc Trăng, ngày 31 tháng 3 năm 2024"),
        row(None, "NGƯỜI LẬP BIỂU", None, "GIÁM ĐỐC", None, None, "KT. GIÁM ĐỐC"),
        row(None, None, None, None, None, None, "PHÓ GIÁM ĐỐC"),
        row(None, "Nguyễn Văn A", None, "Lê Văn Tám", "3", None, "Trần Thị B"),
        head=HEAD,
    )
    assert faults(reading) == []
    assert [one.title for one in reading.entries] == ["Tin một"]
    assert reading.rows == 1
    assert skipped(reading) == [
        "Dòng này không phải một kết quả nên bỏ qua. (7 dòng: 2, 4, 5, 6, 7, 8 …)"
    ]


def test_a_row_that_says_anything_of_a_result_is_never_skipped() -> None:
    reading = told(
        row(None, None, "Tin", "Văn phòng", "Cổng Sở"),
        row(1, "Tin hai", "Bài lạ", "Phòng lạ", "Kênh lạ", "hôm qua"),
        row(2, "Tổng duyệt văn nghệ", "Tin", "Văn phòng", "Cổng Sở", "05/03/2024"),
        row(None, "NGƯỜI LẬP BIỂU"),
        row(3, "Dưới chữ ký", "Tin", "Văn phòng", "Cổng Sở", "05/03/2024"),
        head=HEAD,
    )
    assert [one.title for one in reading.entries] == ["", "Tổng duyệt văn nghệ", "Dưới chữ ký"]
    assert {one.row for one in reading.faults} == {3}
    assert reading.rows == 4


@pytest.mark.parametrize(
    ("cell", "day", "problem"),
    [
        ("'05/03/2024", date(2024, 3, 5), ""),
        ("05/03/2024.", date(2024, 3, 5), ""),
        ("2024/03/05", date(2024, 3, 5), ""),
        ("05/03/2024 8h30", date(2024, 3, 5), ""),
        ("45356", None, "Ô là số, không phải ngày; hãy định dạng ô là ngày."),
        ("05/03/2024; 07/03/2024", None, "Ô ghi 2 ngày; mỗi dòng chỉ ghi một."),
        ("05/03/2024\n07/3/2024", None, "Ô ghi 2 ngày; mỗi dòng chỉ ghi một."),
        ("tháng 3/2024", None, "Chỉ có tháng, chưa có ngày."),
        ("T3/2024", None, "Chỉ có tháng, chưa có ngày."),
        ("03/2024", None, "Chỉ có tháng, chưa có ngày."),
        ("5/3", None, "Chưa ghi năm."),
    ],
)
def test_days_as_they_are_typed(cell: str, day: date | None, problem: str) -> None:
    assert day_of(cell) == (day, problem)


def test_addresses_that_are_none_say_why() -> None:
    reading = told(
        line("Một", url="https://a.vn/1\nhttps://a.vn/2"),
        line("Hai", url="https://a.vn/1 ; https://a.vn/2"),
        line("Ba", url="https://a.vn/rat-\ndai"),
        line("Bốn", url="Xem tại đây"),
        line("Năm", url="Link: https://a.vn/1"),
    )
    assert [one.problem for one in reading.faults] == [
        "Ô ghi 2 đường dẫn; mỗi dòng chỉ ghi một.",
        "Ô ghi 2 đường dẫn; mỗi dòng chỉ ghi một.",
        "Đường dẫn có khoảng trắng hoặc xuống dòng ở giữa.",
        "Ô chỉ có chữ; địa chỉ nằm dưới chữ thì không đọc được.",
        "Ngoài đường dẫn, ô còn có chữ khác.",
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "Cổng Sở\nKênh Zalo",
        "- Cổng Sở\n- Kênh Zalo",
        "1. Cổng Sở\n2. Kênh Zalo",
        "Cổng Sở; Facebook",
        "Cổng Sở\nFacebook",
    ],
)
def test_two_channels_in_a_cell_are_never_asked_about_as_one(cell: str) -> None:
    reading = told(line("Một", cell))
    assert [one.problem for one in reading.faults] == ["Ô ghi 2 tên; mỗi dòng chỉ ghi một."]
    assert reading.unknown == ()


def test_a_code_with_the_dashes_of_a_word_processor_is_the_code() -> None:
    code = code_of(123)
    for dash in "–—‑−":
        assert pk_of(code.replace("-", dash)) == 123
        assert is_like_code(f"TB{dash}000123")


def test_an_unknown_name_says_on_which_sheet() -> None:
    first, second = grid(line("Một", "Báo Lạ")), grid(line("Hai", "Báo Lạ"))
    reading = read([first, Grid("Quý II", second.lines)], DIRECTORY)
    assert [(one.sheet, one.row) for one in reading.faults] == [("Kết quả", 2)]
    assert [one.rows for one in reading.unknown] == [("Kết quả: 2", "Quý II: 2")]


def test_formulas_that_failed_or_were_never_computed_are_not_read_as_nothing() -> None:
    rows: list[Sequence[Any]] = [
        line("Một", sent="#REF!"),
        line("Hai", published="=G9+1"),
        line("Ba", sent="05/03/2024"),
    ]
    reading = read(read_file(xlsx(*rows)), DIRECTORY)
    assert faults(reading) == [
        (2, "G", "#REF!", "Ô là công thức bị lỗi."),
        (3, "I", "#CHƯA TÍNH!", "Ô là công thức chưa được tính."),
    ]
    assert [one.title for one in reading.entries] == ["Ba"]


def test_a_failed_formula_outside_the_results_stops_nothing() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx(line("Một", sent="05/03/2024"))))
    sheet = book.worksheets[0]
    sheet.append([None, "Tổng cộng", None, None, None, None, "#DIV/0!", "#N/A"])
    other = book.create_sheet("Tính & tổng", 0)
    other.append(["#REF!", 1, "=A1", 2])
    said = BytesIO()
    book.save(said)
    reading = read(read_file(said.getvalue()), DIRECTORY)
    assert (faults(reading), len(reading.entries)) == ([], 1)
    first, _ = read_file(said.getvalue())
    assert first.lines[0].values == ("#REF!", 1, "#CHƯA TÍNH!", 2)


def test_the_form_of_presentation_is_the_kind() -> None:
    head = ["Hình thức tuyên truyền", "Tiêu đề", "Kênh", "Đơn vị"]
    [entry] = told(["Tin", "Một", "Cổng Sở", "Văn phòng"], head=head).entries
    assert entry.kind == "news"
