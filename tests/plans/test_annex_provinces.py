"""Annexes as the offices of other provinces keep them; every name in them is invented here."""

from __future__ import annotations

from typing import Any

import pytest

from cchc.lib.cells import Grid, filled
from plans.annex_sheet import KnownName, Reading, read
from tests.plans.annex_files import Rows, Spans
from tests.plans.annex_reading import codes, flat

OFFICE, INSPECTORS, REFORM = "VP", "TTRA", "CCHC"
UNITS = [
    KnownName(OFFICE, ("Văn phòng", "VP Sở")),
    KnownName(INSPECTORS, ("Thanh tra", "Thanh tra Sở")),
    KnownName(REFORM, ("Phòng Cải cách hành chính", "P. CCHC")),
    KnownName("SNV", ("Sở Nội vụ",), is_agency=True),
]
HEAD = ["TT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"]


def annex(told: Rows, spans: Spans | None = None) -> Reading:
    return read([filled("Trang 1", told, spans or [])], year=2024, units=UNITS)


def below(*lines: list[Any], head: list[Any] | None = None) -> Reading:
    return annex([head or HEAD, *lines])


def who(reading: Reading) -> list[tuple[str, str]]:
    """Lead and coordinating of every task, by code or name of group."""
    return [
        (
            "+".join(one.unit or one.agency or one.group for one in task.lead),
            "+".join(one.unit or one.agency or one.group for one in task.coordinating),
        )
        for task in flat(reading.drafts)
    ]


def times(reading: Reading) -> list[str]:
    return [task.time for task in flat(reading.drafts)]


def faults(reading: Reading) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.column, one.value, one.problem) for one in reading.faults]


def notices(reading: Reading) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.problem) for one in reading.notices]


@pytest.mark.parametrize(
    "head",
    [
        ["TT", "Nội dung", "ĐV chủ trì", "ĐV phối hợp", "TG thực hiện", "SP"],
        ["Số TT", "Tên công việc", "Người thực hiện", "Người phối hợp", "Hạn", "Kết quả"],
        ["#", "Hạng mục công việc", "Đầu mối", "Phối hợp", "Thời hạn", "SP, kết quả"],
        ["STT", "Công việc", "Bộ phận phụ trách", "Phối hợp", "Hạn hoàn thành", "Đầu ra"],
        ["", "Nội dung", "Cơ quan tham mưu", "Cơ quan phối hợp", "Tiến độ", "Sản phẩm"],
    ],
)
def test_other_words_for_the_columns(head: list[str]) -> None:
    reading = below(
        ["1", "Việc một", "VP Sở", "Thanh tra", "Quý I", "Báo cáo"],
        ["1.1", "Việc nhỏ", "VP Sở", "Thanh tra", "Quý I", "Báo cáo"],
        head=head,
    )
    assert faults(reading) == []
    assert codes(reading) == [("", "1", "Việc một"), ("", "1.1", "Việc nhỏ")]
    assert who(reading) == [(OFFICE, INSPECTORS)] * 2
    assert [(task.time, task.products) for task in flat(reading.drafts)] == [
        ("Quý I", "Báo cáo")
    ] * 2


def test_who_leads_is_not_the_leader_who_watches() -> None:
    reading = below(
        [1, "Việc", "Giám đốc Sở", "Văn phòng", "Thanh tra", "Quý I", "đạt", "Báo cáo"],
        head=[
            *("TT", "Nhiệm vụ", "Lãnh đạo phụ trách", "Đơn vị chủ trì", "Đơn vị phối hợp"),
            *("Thời gian", "Kết quả năm 2023", "Sản phẩm"),
        ],
    )
    assert faults(reading) == []
    assert who(reading) == [(OFFICE, INSPECTORS)]
    assert [task.products for task in reading.drafts] == ["Báo cáo"]
    assert notices(reading) == [
        (1, "C", "Không nhập cột này (1 ô có chữ)."),
        (1, "G", "Không nhập cột này (1 ô có chữ)."),
    ]


def test_one_time_stands_in_two_columns() -> None:
    reading = annex(
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian", None],
            [None, None, None, "Bắt đầu", "Hoàn thành"],
            [1, "Việc một", "Văn phòng", "01/2024", "12/2024"],
            [2, "Việc hai", "Văn phòng", "Tháng 5", "Tháng 8"],
            [3, "Việc ba", "Văn phòng", None, "30/6/2024"],
            [4, "Việc bốn", "Văn phòng", "Quý II", "Quý II"],
            [5, "Việc năm", "Văn phòng", "Thường xuyên", None],
        ],
        [(0, 3, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2)],
    )
    assert (faults(reading), notices(reading)) == ([], [])
    assert times(reading) == [
        "Từ 01/2024 đến 12/2024",
        "Từ Tháng 5 đến Tháng 8",
        "30/6/2024",
        "Quý II",
        "Thường xuyên",
    ]


def test_as_above_is_what_stands_above() -> None:
    reading = below(
        ["01", "Việc A", "Thanh tra", "Văn phòng", "31/3/2024", "Báo cáo"],
        ["02", "Việc B", "-nt-", "nt", "-nt-", "Kế hoạch"],
        ["03", "Việc C", '"', "//", "như trên", "-nt-"],
    )
    assert faults(reading) == []
    assert who(reading) == [(INSPECTORS, OFFICE)] * 3
    assert times(reading) == ["31/3/2024"] * 3
    assert [task.products for task in reading.drafts] == ["Báo cáo", "Kế hoạch", "Kế hoạch"]
    assert (3, "C", "Ô này được hiểu là như ô bên trên: “Thanh tra”.") in notices(reading)
    assert len(reading.notices) == 7


def test_as_above_with_nothing_above() -> None:
    reading = below(["01", "Việc A", "Văn phòng", None, "-nt-", "Báo cáo"])
    assert faults(reading) == [(2, "E", "-nt-", "Ô ghi như ô bên trên, mà bên trên không có gì.")]


def test_numbers_that_name_their_group() -> None:
    reading = below(
        ["I.", "CHỈ ĐẠO"],
        ["I.1", "Ban hành kế hoạch", "Văn phòng", None, "Tháng 1", "Kế hoạch"],
        ["I.2.", "Giao ban", "Văn phòng", None, "Hằng tháng", "Thông báo"],
        ["II.", "THỂ CHẾ"],
        ["II.1", "Rà soát", "Thanh tra", None, "Quý II", "Báo cáo"],
        ["II.1.1", "Rà soát lần 1", "Thanh tra", None, "Quý II", "Báo cáo"],
        ["a)", "Cấp huyện", "Thanh tra", None, "Quý II", "Báo cáo"],
    )
    assert faults(reading) == []
    assert codes(reading) == [
        ("CHỈ ĐẠO", "I.1", "Ban hành kế hoạch"),
        ("CHỈ ĐẠO", "I.2", "Giao ban"),
        ("THỂ CHẾ", "II.1", "Rà soát"),
        ("THỂ CHẾ", "II.1.1", "Rà soát lần 1"),
        ("THỂ CHẾ", "II.1.1.a", "Cấp huyện"),
    ]
    assert [len(task.rows) for task in reading.drafts] == [0, 0, 1]


def test_a_group_row_that_says_who_leads() -> None:
    reading = below(
        ["I", "Nhóm một", "Văn phòng", None, None, None],
        [1, "A", None, "Thanh tra", "Quý I", "Báo cáo"],
        [2, "B", "Thanh tra", None, "Quý I", "Báo cáo"],
        ["II", "Nhóm hai", None, None, "Quý IV", None],
        [1, "C", "Thanh tra", None, None, "Báo cáo"],
    )
    assert faults(reading) == []
    assert codes(reading) == [
        ("Nhóm một", "1", "A"),
        ("Nhóm một", "2", "B"),
        ("Nhóm hai", "1", "C"),
    ]
    assert who(reading) == [(OFFICE, INSPECTORS), (INSPECTORS, ""), (INSPECTORS, "")]
    assert times(reading) == ["Quý I", "Quý I", "Quý IV"]
    said = "Điều ghi ở dòng nhóm được dùng cho các nhiệm vụ trong nhóm không ghi riêng."
    assert notices(reading) == [(2, "C", said), (5, "E", said)]


def test_leading_and_coordinating_in_one_column() -> None:
    reading = below(
        [1, "A", "Chủ trì: Văn phòng\nPhối hợp: Thanh tra; P. CCHC", "Quý I", "Báo cáo"],
        [2, "B", "- Đơn vị chủ trì: Thanh tra.\n- Đơn vị phối hợp: Các phòng", "Quý I", "Báo cáo"],
        [3, "C", "Văn phòng", "Quý I", "Báo cáo"],
        head=["TT", "Nhiệm vụ", "Đơn vị chủ trì/phối hợp", "Thời gian", "Sản phẩm"],
    )
    assert faults(reading) == []
    assert who(reading) == [
        (OFFICE, f"{INSPECTORS}+{REFORM}"),
        (INSPECTORS, "Các phòng"),
        (OFFICE, ""),
    ]
    assert all(not one.qualifier for task in reading.drafts for one in task.lead)


def test_a_heading_above_both_columns_names_both() -> None:
    reading = annex(
        [
            ["TT", "Nhiệm vụ", "Đơn vị chủ trì, phối hợp", None, "Thời gian"],
            [None, None, "Chủ trì", "Phối hợp", None],
            [1, "A", "Văn phòng", "Thanh tra", "Quý I"],
        ],
        [(0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1), (0, 4, 1, 4)],
    )
    assert (faults(reading), who(reading)) == ([], [(OFFICE, INSPECTORS)])


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Các phòng chuyên môn\nVăn phòng", f"Các phòng chuyên môn+{OFFICE}"),
        (
            "Các Sở, ban, ngành\nUBND các huyện,\nthị xã, thành phố",
            "Các Sở, ban, ngành+UBND các huyện, thị xã, thành phố",
        ),
        ("Các phòng thuộc\nSở Nội vụ", "Các phòng thuộc Sở Nội vụ"),
        ("Các phòng\nvà đơn vị\nthuộc Sở", "Các phòng và đơn vị thuộc Sở"),
        ("P. CCHC, VP Sở và các phòng, ban, đơn vị", f"{REFORM}+{OFFICE}+các phòng, ban, đơn vị"),
    ],
)
def test_groups_of_several_lines(cell: str, told: str) -> None:
    reading = below([1, "Việc", "Văn phòng", cell, "Quý I", "Báo cáo"])
    assert (faults(reading), who(reading)) == ([], [(OFFICE, told)])


def test_two_unknown_names_are_asked_both_at_once() -> None:
    reading = below(
        [1, "A", "Phòng lạ và Lãnh đạo Ban", "Đ/c Nguyễn Văn A, Giám đốc Sở", "Quý I", "Báo cáo"],
    )
    assert [one.name for one in reading.unknown_units] == [
        "Phòng lạ",
        "Lãnh đạo Ban",
        "Đ/c Nguyễn Văn A",
        "Giám đốc Sở",
    ]


def test_every_row_arrives_or_is_told() -> None:
    reading = below(
        ["I", "Tuyên truyền"],
        [1, "Tuyên truyền CCHC", "Văn phòng", None, "Cả năm", "Báo cáo"],
        [None, "- Cấp tỉnh", None, None, None, "Danh mục"],
        [None, "Về thể chế", None, None, None, None],
        ["II", "Nhóm để trống"],
        ["Ghi chú: các đơn vị báo cáo hằng tháng"],
    )
    assert faults(reading) == []
    (task,) = reading.drafts
    assert (task.title, task.products) == (
        "Tuyên truyền CCHC\n- Cấp tỉnh Về thể chế",
        "- Báo cáo\n- Danh mục",
    )
    assert notices(reading) == [
        (5, "B", "Dòng này được nối vào nhiệm vụ ở dòng 3."),
        (6, "B", "Nhóm này không có nhiệm vụ nào."),
        (7, "", "Bỏ qua dòng này vì đứng sau bảng."),
    ]


def tables(*told: Rows) -> list[Grid]:
    return [filled(f"Bảng {at}", one, []) for at, one in enumerate(told, start=1)]


def test_a_table_that_word_cut_in_two_goes_on() -> None:
    reading = read(
        tables(
            [HEAD, ["I", "Chung"], [1, "A", "Văn phòng", None, "Quý I", "Báo cáo"]],
            [[2, "B", "Thanh tra", None, "Quý II", "Báo cáo"], [3, "C", "Lạ", None, "Quý I", ""]],
            [["Nơi nhận:", "GIÁM ĐỐC"]],
        ),
        year=2024,
        units=UNITS,
    )
    assert codes(reading) == [("Chung", "1", "A"), ("Chung", "2", "B"), ("Chung", "3", "C")]
    assert [(one.row, one.column, one.value, one.sheet) for one in reading.faults] == [
        (2, "C", "Lạ", "Bảng 2")
    ]
    assert [(one.row, one.problem, one.sheet) for one in reading.notices] == [
        (0, "Bảng này không có dòng tiêu đề; được đọc tiếp theo bảng trước.", "Bảng 2")
    ]


def test_a_number_that_another_table_has() -> None:
    task = [1, "A", "Văn phòng", None, "Quý I", "Báo cáo"]
    reading = read(tables([HEAD, task], [HEAD, task, task]), year=2024, units=UNITS)
    assert [(one.sheet, one.row, one.problem) for one in reading.faults] == [
        ("Bảng 2", 2, "Số thứ tự 1 đã có ở dòng 2 của “Bảng 1”."),
        ("Bảng 2", 3, "Số thứ tự 1 đã có ở dòng 2 của “Bảng 1”."),
    ]
