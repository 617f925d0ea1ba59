"""Annexes as real files: which lines and columns are tasks, groups or nothing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest

from cchc.lib.cells import Grid, filled
from cchc.lib.clipboard import read_pasted
from cchc.lib.sheet_reader import read_file
from plans.annex_sheet import Fault, read
from tests.plans.annex_files import (
    HEAD_001,
    ROWS_001,
    Rows,
    html,
    sheet_001,
    sheet_004,
    word,
    xlsx,
)
from tests.plans.annex_reading import (
    HEAD,
    codes,
    compared,
    fixture,
    flat,
    known,
    rows,
    unit,
)


def _from_xlsx(sheet: Any) -> list[Grid]:
    return read_file(xlsx(*sheet))


def _from_word(sheet: Any) -> list[Grid]:
    return read_file(word(*sheet))


def _from_clipboard(sheet: Any) -> list[Grid]:
    return read_pasted(html(*sheet))


WAYS = pytest.mark.parametrize("way", [_from_xlsx, _from_word, _from_clipboard])


@WAYS
def test_the_annex_of_001_is_read_as_its_fixture_says(way: Callable[[Any], list[Grid]]) -> None:
    reading = read(way(sheet_001()), year=2024, units=known())
    assert reading.faults == ()
    assert compared(reading.drafts) == compared(fixture("001_st_stttt_2024"))
    assert [task.title for task in flat(reading.drafts)][4:] == [
        "Mỗi quý có ít nhất 01 tin, bài viết, phóng sự gửi và được duyệt đăng Chuyên trang CCHC; "
        "01 tin, bài viết, phóng sự gửi và được duyệt đăng Cổng TTĐT của tỉnh (trên kênh Zalo) "
        "nội dung liên quan đến công tác CCHC",
        *("Quý 1", "Quý 2", "Quý 3", "Quý 4"),
        "Mỗi tháng có ít nhất 01 tin, bài viết được duyệt và đăng trên Cổng TTĐT của Sở",
    ]


@WAYS
def test_the_annex_of_004_is_read_as_its_fixture_says(way: Callable[[Any], list[Grid]]) -> None:
    reading = read(way(sheet_004()), year=2024, units=known("ST-BQLKCN"))
    assert reading.faults == ()
    assert reading.notices == ()
    assert compared(reading.drafts) == compared(fixture("004_st_bqlkcn_2024_cchc"))
    titles = {(task.area, task.code): task.title for task in flat(reading.drafts)}
    assert len(titles) == 27
    assert titles["Cải cách thủ tục hành chính", "2"] == "Công bố, công khai TTHC"
    assert titles["Cải cách thủ tục hành chính", "2.1"] == "Thông báo quyết định của UBND tỉnh"
    assert titles["Cải cách tổ chức bộ máy", "2"] == (
        "Sử dụng biên chế hành chính không vượt so với số lượng được cấp có thẩm quyền giao. "
        "Thực hiện đúng cơ cấu, số lượng lãnh đạo"
    )


def test_a_page_number_between_rows_is_left_out_and_said() -> None:
    reading = read([filled("", sheet_001()[0], [])], year=2024, units=known())
    assert reading.notices == (Fault(6, "", "3", "Bỏ qua dòng chỉ có một con số (số trang).", ""),)


def test_columns_stand_in_any_order_under_two_lines() -> None:
    grid = filled(
        "Trang 1",
        [
            [
                "Thời hạn hoàn thành",
                "Đơn vị thực hiện",
                None,
                "Nội dung công việc",
                "TT",
                "Kinh phí",
            ],
            [None, "Phối hợp", "Chủ trì", None, None, None],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["Quý I/2024", "Thanh tra", "Văn phòng", "Ban hành kế hoạch", 1, "5 triệu"],
        ],
        [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (0, 4, 1, 4), (0, 5, 1, 5)],
    )
    reading = read([grid], year=2024, units=known())
    assert reading.faults == ()
    assert compared(reading.drafts) == [
        ("", "1", False, "", "Quý I/2024", (unit("VP"),), (unit("TTRA"),), 0)
    ]
    assert reading.notices == (Fault(1, "F", "Kinh phí", "Không nhập cột này (1 ô có chữ).", ""),)


def test_a_column_of_areas_and_tasks_in_one_is_the_tasks() -> None:
    head = ["TT", "Lĩnh vực, nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"]
    reading = rows([1, "Việc", "Văn phòng", "Năm 2024"], head=head)
    assert reading.faults == ()
    assert codes(reading) == [("", "1", "Việc")]


def test_group_rows_name_the_areas() -> None:
    reading = rows(
        ["I", "CẢI CÁCH THỂ CHẾ"],
        [1, "Việc một", None, "Văn phòng", None, "Quý I/2024"],
        [2, "Việc hai", None, "Văn phòng", None, "Quý II/2024"],
        ["II", "CẢI CÁCH THỦ TỤC"],
        [1, "Việc ba", None, "Văn phòng", None, "Quý I/2024"],
        ["1.1", "Việc con", None, "Thanh tra", None, "Quý I/2024"],
    )
    assert reading.faults == ()
    assert codes(reading) == [
        ("CẢI CÁCH THỂ CHẾ", "1", "Việc một"),
        ("CẢI CÁCH THỂ CHẾ", "2", "Việc hai"),
        ("CẢI CÁCH THỦ TỤC", "1", "Việc ba"),
        ("CẢI CÁCH THỦ TỤC", "1.1", "Việc con"),
    ]
    assert [task.code for task in reading.drafts] == ["1", "2", "1"]


def test_a_merged_group_row_and_a_row_without_a_number() -> None:
    grid = filled(
        "",
        [
            HEAD,
            ["Cải cách thể chế", *[None] * 5],
            [1, "Việc một", "Kế hoạch", "Văn phòng", None, "Quý I/2024"],
            [None, "Việc thêm", "Báo cáo", "Thanh tra", None, "Quý II/2024"],
        ],
        [(1, 0, 1, 5)],
    )
    reading = read([grid], year=2024, units=known())
    assert codes(reading) == [
        ("Cải cách thể chế", "1", "Việc một"),
        ("Cải cách thể chế", "1-2", "Việc thêm"),
    ]


def test_what_stands_below_the_table_is_left_out_and_said() -> None:
    reading = rows(
        ["1,1", "việc một", None, "Văn phòng", None, "Quý I/2024"],
        ["-", "việc hai", None, "Thanh tra", None, "Quý II/2024"],
        [],
        [None, None, None, None, "Người lập biểu", None],
        [None, "Nơi nhận:", None, None, None, None],
    )
    assert reading.faults == ()
    assert codes(reading) == [("", "1.1", "việc một"), ("", "1.1-2", "việc hai")]
    assert reading.notices == (
        Fault(5, "", "Người lập biểu", "Bỏ qua dòng này vì đứng sau bảng.", ""),
        Fault(6, "", "Nơi nhận:", "Bỏ qua dòng này vì đứng sau bảng.", ""),
    )


def test_a_title_merged_over_rows_gathers_their_units_and_times() -> None:
    grid = filled(
        "",
        [
            HEAD,
            [1, "Mỗi quý một bài", None, "Văn phòng", None, "Quý I/2024"],
            [None, None, None, "Thanh tra", None, "Quý II/2024"],
        ],
        [(1, 0, 2, 0), (1, 1, 2, 1)],
    )
    (task,) = read([grid], year=2024, units=known()).drafts
    assert task.lead == (unit("VP"), unit("TTRA"))
    assert task.time == "- Quý I/2024\n- Quý II/2024"


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ([["Họ và tên", "Chức vụ"], ["A", "B"]], "Không tìm thấy bảng phụ lục"),
        ([HEAD], "Dưới dòng tiêu đề không có nhiệm vụ nào."),
        ([HEAD[:4], [1, "Việc", "", "Văn phòng"]], "Không tìm thấy cột “Thời gian thực hiện”."),
    ],
)
def test_a_file_that_is_no_annex(told: Rows, problem: str) -> None:
    (fault,) = read([filled("", told, [])], year=2024, units=known()).faults
    assert fault.problem.startswith(problem)
    assert fault.accepted


def test_automatic_numbers_and_bullets_of_word_are_read() -> None:
    document = docx.Document()
    table = document.add_table(2, 5)
    for at, title in enumerate(HEAD_001):
        table.cell(0, at).text = title
    table.cell(1, 0).paragraphs[0].style = "List Number"
    table.cell(1, 1).text = "Việc"
    table.cell(1, 2).text = "Văn phòng"
    first = table.cell(1, 4).paragraphs[0]
    first.text = "Quý I/2024"
    first.style = "List Bullet"
    table.cell(1, 4).add_paragraph("Quý III/2024", style="List Bullet")
    stream = BytesIO()
    document.save(stream)
    (task,) = read(read_file(stream.getvalue()), year=2024, units=known()).drafts
    assert (task.code, task.time) == ("1", "- Quý I/2024\n- Quý III/2024")


def test_plain_text_from_the_clipboard() -> None:
    text = "\t".join(HEAD) + '\n1\tViệc\t"- Kế hoạch\n- Báo cáo"\tVăn phòng\t\tNăm 2024\n'
    (task,) = read(read_pasted(text), year=2024, units=known()).drafts
    assert (task.code, task.products, task.lead) == (
        *("1", "- Kế hoạch\n- Báo cáo"),
        (unit("VP"),),
    )


def test_twenty_thousand_rows() -> None:
    many = [[number, *ROWS_001[1][1:2], "Kế hoạch", *ROWS_001[1][2:]] for number in range(1, 501)]
    told: Rows = [HEAD]
    for at in range(40):
        told += [[chr(65 + at % 2) * 1, f"Nhóm {at}"], *many]
    reading = read(read_file(xlsx(told)), year=2024, units=known())
    assert reading.faults == ()
    assert len(reading.drafts) == 20_000
    assert reading.drafts[-1].area == "Nhóm 39"
