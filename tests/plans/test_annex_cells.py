"""The cells of an annex: units, times, quotas, numbers, old fonts, and every fault at once."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from cchc.lib.cells import filled
from cchc.lib.sheet_reader import read_file
from plans.annex_sheet import Limits, Proposal, UnknownUnit, read
from plans.plan_file import AssigneeFacts, TaskFacts
from plans.quotas import QuotaProposal
from plans.timing import parse_timing
from tests.plans.annex_files import (
    sheet_001,
    sheet_004,
    xlsx,
)
from tests.plans.annex_reading import (
    HEAD,
    WRONG_TIME,
    flat,
    group,
    known,
    rows,
    unit,
)


def test_quotas_are_proposed_and_not_written() -> None:
    reading = read([filled("", sheet_001()[0], [])], year=2024, units=known())
    assert [one for one in reading.proposals if one.code == "4.2"] == [
        Proposal(
            row=16,
            code="4.2",
            quota=QuotaProposal(
                op=">=",
                count=1,
                low=None,
                high=None,
                per="month",
                unit="tin, bài viết",
                channel="Cổng TTĐT Sở",
                counts_when="approved_published",
                wording=(
                    "Mỗi tháng có ít nhất 01 tin, bài viết được duyệt và đăng trên Cổng TTĐT của Sở"
                ),
            ),
        )
    ]
    assert {task.quotas for task in flat(reading.drafts)} == {()}


def test_decomposed_text_is_composed() -> None:
    told, spans = sheet_004()
    apart = [
        [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row]
        for row in told
    ]
    units = known("ST-BQLKCN")
    assert read(read_file(xlsx(apart, spans)), year=2024, units=units) == read(
        read_file(xlsx(told, spans)), year=2024, units=units
    )


LEGACY = {
    "TCVN3 (ABC)": [
        ["TT", "NhiÖm vô", "S¶n phÈm", "§¬n vÞ chñ tr×", "§¬n vÞ phèi hîp", "Thêi gian"],
        [1, "X©y dùng kÕ ho¹ch tuyªn truyÒn", "KÕ ho¹ch", "V¨n phßng", "Thanh tra", "Quý I/2024"],
    ],
    "VNI": [
        ["TT", "Nhieäm vuï", "Saûn phaåm", "Ñôn vò chuû trì", "Ñôn vò phoái hôïp", "Thôøi gian"],
        [
            *(1, "Xaây döïng keá hoaïch tuyeân truyeàn", "Keá hoaïch", "Vaên phoøng", "Thanh tra"),
            "Quyù I/2024",
        ],
    ],
}


@pytest.mark.parametrize("encoding", LEGACY)
def test_text_of_old_fonts_is_converted_and_said(encoding: str) -> None:
    reading = read(read_file(xlsx(LEGACY[encoding])), year=2024, units=known())
    assert reading.encoding == encoding
    assert reading.faults == ()
    assert reading.drafts == (
        TaskFacts(
            area="",
            code="1",
            title="Xây dựng kế hoạch tuyên truyền",
            conditional=False,
            products="Kế hoạch",
            time="Quý I/2024",
            lead=(unit("VP"),),
            coordinating=(unit("TTRA"),),
            quotas=(),
            rows=(),
        ),
    )


def test_tenths_and_thousands() -> None:
    reading = rows(
        [4, "Việc", None, "Văn phòng", None, "Năm 2024"],
        [4.1, "Đầu", "1.200 tờ rơi", "Văn phòng", None, "Năm 2024"],
        [4.9, "Chín", 1200, "Văn phòng", None, "Năm 2024"],
        [4.1, "Mười", None, "Văn phòng", None, date(2024, 3, 20)],
    )
    assert reading.faults == ()
    told = [(task.code, task.products, task.time) for task in flat(reading.drafts)]
    assert told == [
        ("4", "", "Năm 2024"),
        ("4.1", "1.200 tờ rơi", "Năm 2024"),
        ("4.9", "1200", "Năm 2024"),
        ("4.10", "", "20/03/2024"),
    ]


UNITS = {
    (
        "Văn phòng, phòng QL Quy hoạch, XD và môi trường và "
        "Trung tâm Hạ tầng và Dịch vụ KCN Sóc Trăng"
    ): [unit("VP"), unit("QLQHXDMT"), unit("TTHTDV")],
    "Các phòng chuyên môn, nghiệp vụ": [group("Các phòng chuyên môn, nghiệp vụ")],
    "Các phòng chuyên môn nghiệp vụ và Trung tâm HT&DV KCN": [
        group("Các phòng chuyên môn nghiệp vụ"),
        unit("TTHTDV"),
    ],
    "Văn phòng (kế toán); KHTH": [unit("VP", "kế toán"), unit("KHTH")],
    "Văn phòng\nPhòng KHTH": [unit("VP"), unit("KHTH")],
    "VĂN PHÒNG & P. KHTH.": [unit("VP"), unit("KHTH")],
    "- Quý I: Văn phòng\n- Phòng KHTH: Quý II": [unit("VP", "Quý I"), unit("KHTH", "Quý II")],
    "Sở Nội vụ và Văn phòng": [AssigneeFacts("", "ST-SNV", "", ""), unit("VP")],
    "Văn phòng UBND tỉnh": [AssigneeFacts("", "ST-VPUBND", "", "")],
    "UBND các huyện, thị xã, thành phố": [group("UBND các huyện, thị xã, thành phố")],
}


@pytest.mark.parametrize("cell", UNITS)
def test_units_of_a_cell(cell: str) -> None:
    grid = filled("", [HEAD, [1, "Việc", None, cell, None, "Năm 2024"]], [])
    reading = read([grid], year=2024, units=known("ST-BQLKCN"))
    assert reading.faults == ()
    assert list(reading.drafts[0].lead) == UNITS[cell]


def test_an_unknown_unit_is_asked_once_for_the_file() -> None:
    reading = rows(
        [1, "Việc một", None, "Phòng Chuyển đổi", None, "Năm 2024"],
        [2, "Việc hai", None, "Văn phòng và Phòng Chuyển đổi", "Ban Kinh tế", "Năm 2024"],
    )
    assert reading.unknown_units == (
        UnknownUnit("Phòng Chuyển đổi", "D", (2, 3)),
        UnknownUnit("Ban Kinh tế", "E", (3,)),
    )
    assert [fault.problem for fault in reading.faults] == [
        "Không có đơn vị nào tên như vậy (còn ở 1 dòng khác).",
        "Không có đơn vị nào tên như vậy.",
    ]
    assert reading.faults[0].accepted.split("; ")[0] == "Phòng Chuyển đổi số"


def test_every_fault_of_the_file_at_once() -> None:
    reading = rows(
        [1, "Việc một", None, "Văn phòng", None, WRONG_TIME],
        [1, "Việc hai", None, "Văn phòng", None, "Năm 2024"],
        [date(2024, 1, 2), "Việc ba", None, "Văn phòng", None, "Năm 2024"],
        [3, "x" * 401, None, "Văn phòng", None, "cuối năm 2024"],
        [4, None, None, "Phòng Lạ", None, "#REF!"],
    )
    told = [(one.row, one.column, one.value[:12], one.problem) for one in reading.faults]
    assert told == [
        (2, "F", WRONG_TIME[:12], parse_timing(WRONG_TIME, 2024).problem),
        (3, "A", "1", "Số thứ tự 1 đã có ở dòng 2."),
        (4, "A", "02/01/2024", "Excel đã đổi số thứ tự thành ngày."),
        (5, "B", "xxxxxxxxxxxx", "Dài 401 ký tự; chỉ ghi được 400 ký tự."),
        (6, "F", "#REF!", "Ô là công thức bị lỗi."),
        (6, "B", "", "Chưa ghi nội dung nhiệm vụ."),
        (6, "D", "Phòng Lạ", "Không có đơn vị nào tên như vậy."),
    ]
    assert [fault for fault in reading.faults if not fault.accepted] == []
    assert (5, "F") in [(one.row, one.column) for one in reading.notices]


def test_limits_come_from_who_asks() -> None:
    grid = filled("", [HEAD, [1, "x" * 401, None, "Văn phòng", None, "Năm 2024"]], [])
    assert read([grid], year=2024, units=known(), limits=Limits(title=None)).faults == ()
