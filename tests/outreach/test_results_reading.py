"""Reading results: columns in any order, dirty rows, days, names; every fault at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from cchc.lib.cells import Grid, Span, filled
from outreach.results_sheet.columns import HEADINGS, code_of, pk_of
from outreach.results_sheet.days import day_of
from outreach.results_sheet.facts import Asking, Reading
from outreach.results_sheet.names import Names, kinds
from outreach.results_sheet.reading import Directory, read
from plans.annex_sheet import KnownName
from tests.outreach.results_files import grid, line

DIRECTORY = Directory(
    "Sở TTTT",
    Names.of(
        [
            KnownName("VP", ("Văn phòng",)),
            KnownName("TTBC", ("Phòng Thông tin – Báo chí – Xuất bản", "TTBCXB")),
            KnownName("", ("Sở Thông tin và Truyền thông", "Sở TTTT")),
        ],
        {},
        ["Sở Tư pháp", "Phòng Bổ trợ tư pháp"],
        is_unit=True,
    ),
    Names.of(kinds(), {}),
    Names.of(
        [
            KnownName("CONG", ("Cổng Sở", "Cổng TTĐT của Sở")),
            KnownName("ZALO", ("Kênh Zalo", "Zalo CCHC")),
        ],
        {},
    ),
)


def told(*rows: Sequence[Any], head: Sequence[Any] = HEADINGS) -> Reading:
    return read([grid(*rows, head=head)], DIRECTORY)


def faults(reading: Reading) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.column, one.value, one.problem) for one in reading.faults]


@pytest.mark.parametrize("pk", [1, 9, 10, 123, 999_999, 1_000_000, 2**53])
def test_a_code_comes_back_and_one_slip_does_not(pk: int) -> None:
    code = code_of(pk)
    assert pk_of(code) == pk_of(code.lower()) == pk_of(f" {code.replace('-', '')} ") == pk
    for at, sign in enumerate(code):
        if sign.isdigit():
            wrong = code[:at] + str((int(sign) + 1) % 10) + code[at + 1 :]
            assert pk_of(wrong) != pk
    assert pk_of(code[:-1]) is None


def test_two_swapped_digits_are_noticed() -> None:
    code = code_of(123_456)
    for at in range(3, 8):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert pk_of(swapped) is None


def test_columns_by_their_headings_in_any_order_with_others_between() -> None:
    head = ["STT", "Link", "Ngày đăng tải", "Kênh đăng", "Lượt xem", "Tên tin, bài", "Thể loại"]
    head += ["Phòng, đơn vị thực hiện"]
    row = [1, "https://a.gov.vn/1", date(2024, 3, 5), "zalo cchc", 12, "Tin một", "bài viết"]
    reading = told([*row, "ttbcxb"], head=head)
    [entry] = reading.entries
    assert faults(reading) == []
    assert (entry.unit, entry.kind, entry.title, entry.channel) == (
        *("TTBC", "article"),
        *("Tin một", "ZALO"),
    )
    assert (entry.published_on, entry.url) == (date(2024, 3, 5), "https://a.gov.vn/1")
    assert [(n.column, n.value, n.problem) for n in reading.notices] == [
        ("E", "Lượt xem", "Không nhập cột này.")
    ]


def test_a_title_above_a_heading_of_two_lines_and_what_stands_between_and_below() -> None:
    rows: list[list[Any]] = [
        ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG", None, None, None, None, None],
        ["KẾT QUẢ TUYÊN TRUYỀN QUÝ I", None, None, None, None, None],
        [None] * 6,
        ["Đơn vị", "Loại", "Tiêu đề", "Kênh", "Ngày", "Ngày"],
        ["Đơn vị", "Loại", "Tiêu đề", "Kênh", "gửi", "đăng"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["I. Văn phòng", None, None, None, None, None],
        ["Văn phòng", "Tin", "Tin một", "Cổng Sở", "05/03/2024", None],
        [None] * 6,
        ["Văn phòng", "Tin", "Tin hai", "Cổng Sở", None, date(2024, 3, 6)],
        ["Tổng cộng: 2", None, None, None, None, None],
        [None, None, None, "GIÁM ĐỐC", None, None],
    ]
    spans: list[Span] = [(3, at, 4, at) for at in range(4)]
    reading = read([filled("T", rows, [*spans, (3, 4, 3, 5)])], DIRECTORY)
    assert faults(reading) == []
    assert [(e.row, e.title, e.sent_on, e.published_on) for e in reading.entries] == [
        (8, "Tin một", date(2024, 3, 5), None),
        (10, "Tin hai", None, date(2024, 3, 6)),
    ]
    assert [(n.row, n.value, n.problem) for n in reading.notices] == [
        (7, "I. Văn phòng", "Dòng này không phải một kết quả nên bỏ qua. (3 dòng: 7, 11, 12)")
    ]


def test_a_unit_merged_down_holds_for_its_rows() -> None:
    rows = [list(HEADINGS), line("Một"), line("Hai", unit=None)]
    reading = read([filled("T", rows, [(1, 1, 2, 1)])], DIRECTORY)
    assert [entry.unit for entry in reading.entries] == ["VP", "VP"]


@pytest.mark.parametrize(
    ("cell", "day", "problem"),
    [
        (date(2024, 3, 5), date(2024, 3, 5), ""),
        ("05/03/2024", date(2024, 3, 5), ""),
        ("5-3-2024", date(2024, 3, 5), ""),
        ("5.3.2024", date(2024, 3, 5), ""),
        ("ngày 5 tháng 3 năm 2024", date(2024, 3, 5), ""),
        ("2024-03-05", date(2024, 3, 5), ""),
        ("05/03/2024 08:30", date(2024, 3, 5), ""),
        ("", None, ""),
        ("-", None, ""),
        ("03/25/2024", None, "Không có tháng 25: ngày ghi trước, tháng ghi sau."),
        ("31/02/2024", None, "Không có ngày 31/02/2024."),
        ("30/2/2024", None, "Không có ngày 30/02/2024."),
        ("05/03/24", None, "Năm phải ghi đủ bốn chữ số."),
        ("00/00/0000", None, "Không có ngày 00/00/0000."),
        (45356, None, "Ô là số, không phải ngày; hãy định dạng ô là ngày."),
        ("tuần trước", None, "Không đọc được ngày này."),
        ("TRUE", None, "Không đọc được ngày này."),
    ],
)
def test_days(cell: Any, day: date | None, problem: str) -> None:
    assert day_of(cell) == (day, problem)


def test_every_fault_is_told_at_once_with_row_column_and_value() -> None:
    reading = told(
        line("Một", sent="31/02/2024", unit="Phòng Lạ"),
        line("Hai", "Cổng Sở; Kênh Zalo"),
        line("Ba", unit="Sở Tư pháp", url="soctrang.gov.vn/1"),
        line("x" * 301, code="TB-000001-A", kind="Ca nhạc"),
        line("Năm", "#REF!"),
    )
    assert reading.entries == ()
    assert {(row, column) for row, column, _, _ in faults(reading)} == {
        *((2, "G"), (2, "B"), (3, "E"), (4, "B"), (4, "J")),
        *((5, "D"), (5, "A"), (5, "C"), (6, "E")),
    }
    assert {one.problem for one in reading.faults} == {
        "Không có ngày 31/02/2024.",
        "Không biết đơn vị này.",
        "Ô ghi 2 tên; mỗi dòng chỉ ghi một.",
        "Đơn vị này không thuộc Sở TTTT.",
        "Đường dẫn phải bắt đầu bằng http:// hoặc https://, ví dụ https://soctrang.gov.vn/tin/123.",
        "Tiêu đề dài 301 ký tự.",
        "Mã này bị gõ sai.",
        "Không biết loại này.",
        "Ô là công thức bị lỗi.",
    }
    assert all(one.accepted for one in reading.faults)


def test_an_unknown_name_is_one_question_whatever_its_rows() -> None:
    reading = told(line("Một", "Báo Lạ"), line("Hai", "Báo Lạ"), line("Ba", kind="Tin, bài"))
    assert [(one.asking, one.name, one.rows) for one in reading.unknown] == [
        (Asking.CHANNEL, "Báo Lạ", (2, 3)),
        (Asking.KIND, "Tin, bài", (4,)),
    ]
    assert [one.problem for one in reading.faults] == [
        "Không biết kênh này. (2 dòng)",
        "Không biết loại này.",
    ]


@pytest.mark.parametrize("said", ["Phong thong tin bao chi xuat ban", "TT – BC – XB", "P. TTBCXB"])
def test_units_by_folded_names_and_aliases(said: str) -> None:
    known = DIRECTORY.units.code(said)
    assert known == (None if said.startswith("TT ") else "TTBC")


def test_old_encodings_and_decomposed_letters() -> None:
    decomposed = unicodedata.normalize("NFD", "Tăng cường cải cách")
    [entry] = told(line(decomposed, unicodedata.normalize("NFD", "Cổng Sở"))).entries
    assert entry.title == "Tăng cường cải cách"
    reading = told(
        line("§Èy m¹nh c¶i c¸ch hµnh chÝnh nhµ n­íc", "Cæng Së", unit="V¨n phßng", kind="Tin"),
        line("TËp huÊn nghiÖp vô kiÓm so¸t thñ tôc hµnh chÝnh", "Cæng Së", unit="V¨n phßng"),
    )
    assert reading.encoding != ""
    assert [entry.title for entry in reading.entries] == [
        "Đẩy mạnh cải cách hành chính nhà nước",
        "Tập huấn nghiệp vụ kiểm soát thủ tục hành chính",
    ]


def test_a_file_without_the_heading_or_without_rows_says_so() -> None:
    nothing = read([Grid("T", ()), grid(head=["A", "B"])], DIRECTORY)
    assert nothing.faults[0].problem.startswith("Không tìm thấy bảng kết quả")
    assert [one.problem for one in told().faults] == ["Dưới dòng tiêu đề không có kết quả nào."]
    missing = told(["Văn phòng", "Tin một", "05/03/2024"], head=["Đơn vị", "Tiêu đề", "Ngày gửi"])
    assert [one.problem for one in missing.faults] == [
        "Không tìm thấy cột “Loại”.",
        "Không tìm thấy cột “Kênh”.",
    ]


def test_the_template_s_own_lists_are_not_results() -> None:
    """Two of their lines under each other look like a heading: "Tin" over "Bài viết"."""
    lists = grid(
        ("Phòng Thông tin – Báo chí – Xuất bản", "Bài viết", "Kênh Zalo"),
        head=("Văn phòng", "Tin", "Cổng TTĐT của Sở"),
    )
    reading = read([grid(line("Một", sent="05/03/2024")), Grid("Danh mục", lists.lines)], DIRECTORY)
    assert faults(reading) == []
    assert [(one.title, one.sheet) for one in reading.entries] == [("Một", "")]


def test_sheets_with_the_heading_are_read_together_and_named() -> None:
    first, second = grid(line("Một")), grid(line("Hai", sent="32/01/2024"))
    reading = read([first, Grid("Danh mục", ()), Grid("Quý II", second.lines)], DIRECTORY)
    assert [(one.sheet, one.title) for one in reading.entries] == [("Kết quả", "Một")]
    assert [(one.sheet, one.row) for one in reading.faults] == [("Quý II", 2)]
