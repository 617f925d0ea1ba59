"""The checks of the narrative, its citations and lists: what each finds and what it lets be."""

from datetime import date
from typing import Any

import pytest

from plans.lint.facts import Clause, Item, ParentItem, Target, Task
from plans.lint.numbering import faults
from plans.periods import DateSpan
from plans.quotas import Turn
from tests.plans.lint_facts import OFFICE, QUARTERS, basis, day, found, quota, row, warnings

pytestmark = pytest.mark.core


def headings(*labels: str) -> tuple[Clause, ...]:
    return tuple(Clause(label, "Tiêu đề") for label in labels)


def test_a_plan_in_order_has_no_warning() -> None:
    assert (
        warnings(
            annex_title="PHỤ LỤC NHIỆM VỤ NĂM 2024",
            clauses=(Clause("I", "Mục tiêu", headings("a)", "b)")), *headings("II", "III")),
            documents=(basis(is_parent=True),),
            targets=(Target("Thủ tục được niêm yết", "I.1", "Bộ phận một cửa"),),
            content=(Item("", "Chỉ số"), Item("", "Chuyển đổi số")),
            parent_items=(ParentItem("Chỉ số", True),),
            tasks=(row("1"), row("2", quotas=(quota(Turn(QUARTERS, OFFICE)),))),
        )
        == []
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"number": ""}, "Số văn bản còn để trống (Số: …/KH-STTTT)"),
        ({"number": "", "symbol": ""}, "Chưa ghi số, ký hiệu văn bản"),
        ({"symbol": ""}, "Chưa ghi ký hiệu văn bản"),
        ({"signed": None}, "Chưa ghi ngày, tháng, năm ban hành"),
        ({"signed": DateSpan(date(2024, 2, 1), date(2024, 2, 29))}, "mới ghi đến tháng 02/2024"),
        ({"signed": DateSpan(date(2024, 1, 1), date(2024, 12, 31))}, "mới ghi đến năm 2024"),
        ({"signer_name": ""}, "Chưa ghi họ tên người ký"),
    ],
)
def test_what_the_head_and_the_foot_leave_blank_never_blocks(
    facts: dict[str, Any], expected: str
) -> None:
    [warning] = warnings(**facts)
    assert expected in warning.sentence
    assert not warning.blocks


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["I.", "II.", "III.", "IV.", "V.", "VI", "VII", "VIII", "IX", "X", "XI"], []),
        (["1", "2", "", "3"], []),
        (["a)", "b)", "c)", "d)", "đ)", "e)", "g)", "h)", "i)", "k)"], []),
        (["1.1", "1.2", "1.3"], []),
        (["A", "B", "C", "D"], []),
        (["", "-", "Điều 3"], []),
        (["I", "II", "III", "V"], [(3, False, "III", "IV")]),
        (["1", "3", "4"], [(1, False, "1", "2")]),
        (["1.1", "1.3"], [(1, False, "1.1", "1.2")]),
        (["a)", "b)", "c)", "d)", "e)"], [(4, False, "d", "đ")]),
        (["e)", "g)"], [(0, False, "", "a")]),
        (["a)", "b)", "f)"], [(2, False, "b", "c")]),
        (["I", "II", "II", "III"], [(2, True, "II", "III")]),
        (["VIII", "X"], [(0, False, "", "I"), (1, False, "VIII", "IX")]),
        (["A", "C"], [(1, False, "A", "B")]),
    ],
)
def test_labels_in_a_row(labels: list[str], expected: list[tuple[int, bool, str, str]]) -> None:
    assert [(f.index, f.is_repeat, f.before, f.expected) for f in faults(labels)] == expected


def test_headings_are_read_on_every_level() -> None:
    below = Clause("2", "Nội dung", headings("a)", "c)", "c)"))
    tree = (Clause("I", "Mở", headings("1", "2")), Clause("II", "Hai", (*headings("1"), below)))
    assert found(clauses=tree) == [
        ("heading-jump", "Mục II.2.c"),
        ("heading-repeat", "Mục II.2.c"),
    ]
    assert warnings(clauses=headings("I", "II", "III", "V"))[0].sentence == (
        "Số thứ tự nhảy từ III sang V; sau III lẽ ra là IV."
    )
    assert found(content=(Item("a)", "Một"), Item("c)", "Hai"))) == [
        ("heading-jump", "Nội dung tuyên truyền, điểm c")
    ]
    assert found(forms=(Item("a)", "Một"), Item("b)", "Hai"))) == []


@pytest.mark.parametrize(
    ("title", "is_wrong"),
    [
        ("NỘI DUNG NĂM 2023", True),
        ("NỘI DUNG NĂM 2025", True),
        ("NỘI DUNG NĂM 2024", False),
        ("KẾT QUẢ NĂM 2023 VÀ NHIỆM VỤ NĂM 2024", False),
        ("NHIỆM VỤ GIAI ĐOẠN 2021 - 2025", False),
        ("PHÂN CÔNG NHIỆM VỤ", False),
    ],
)
def test_the_year_of_the_annex(title: str, is_wrong: bool) -> None:
    assert found(annex_title=title) == [("annex-year", "Phụ lục")] * is_wrong


@pytest.mark.parametrize(
    ("words", "is_missing"),
    [
        ("Nhiệm vụ cụ thể theo Phụ lục kèm theo", True),
        ("(Theo phụ lục đính kèm)", True),
        ("Phụ lục ban hành kèm theo Kế hoạch này", True),
        ("Theo mẫu tại Phụ lục I Nghị định số 30/2020/NĐ-CP", False),
        ("Theo Phụ lục ban hành kèm theo Thông tư số 01/2024/TT-BNV", False),
        ("Không có gì kèm theo", False),
    ],
)
def test_an_annex_that_is_named_must_be_there(words: str, is_missing: bool) -> None:
    clauses = (Clause("I", "Mục tiêu"), Clause("II", words))
    assert found(clauses=clauses) == [("annex-missing", "Mục II")] * is_missing
    assert found(clauses=clauses, tasks=(row(),)) == []
    assert found(clauses=clauses, annex_title="PHỤ LỤC") == []


def test_an_annex_is_asked_for_once_where_it_is_first_named() -> None:
    duty = Task("IV.1.1", title="Nhiệm vụ giao tại Phụ lục", leads=(OFFICE,))
    later = Task("IV.1.2", title="Nội dung khác tại Phụ lục", leads=(OFFICE,))
    assert found(tasks=(duty, later)) == [("annex-missing", "Mục IV.1.1")]
    assert found(opening="Theo phụ lục", tasks=(duty,)) == [("annex-missing", "Mở đầu")]


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"dated": None}, "Mở đầu, Kế hoạch số 30/KH-UBND"),
        (
            {"dated": DateSpan(date(2024, 1, 1), date(2024, 1, 31))},
            "Mở đầu, Kế hoạch số 30/KH-UBND",
        ),
        ({"reference": ""}, "Mở đầu, văn bản thứ 1"),
        ({"reference": "/KH-UBND", "place": "III.1; Phụ lục"}, "Mục III.1, Kế hoạch số /KH-UBND"),
    ],
)
def test_a_citation_with_missing_parts(facts: dict[str, Any], place: str) -> None:
    assert found(documents=(basis(**facts),)) == [("citation-incomplete", place)]


def test_a_law_is_cited_without_a_number() -> None:
    law = basis(
        document_type="Bộ luật Lao động", reference="", dated=day(2019, 11, 20), abstract=""
    )
    assert found(documents=(law,)) == []


def test_a_document_comes_before_the_plan_that_cites_it() -> None:
    late = basis(dated=day(2024, 3, 1))
    name = "Mở đầu, Kế hoạch số 30/KH-UBND"
    assert found(documents=(late,)) == [("basis-later", name)]
    assert found(documents=(basis(dated=day(2024, 3, 1), is_parent=True),)) == [
        ("parent-later", name)
    ]
    month = DateSpan(date(2024, 3, 1), date(2024, 3, 31))
    assert found(documents=(late,), signed=month) == [("blank-day", "Đầu văn bản")]
    assert found(documents=(late,), signed=None) == [("blank-day", "Đầu văn bản")]
    assert ("basis-later", name) in found(documents=(basis(dated=day(2025, 3, 1)),), signed=None)


@pytest.mark.parametrize(
    ("year", "abstract", "role", "is_odd"),
    [
        (2022, "Cải cách hành chính năm 2024", "implements", True),
        (2022, "Cải cách hành chính năm 2024", "parent", True),
        (2023, "Cải cách hành chính năm 2024", "implements", False),
        (2022, "Cải cách hành chính giai đoạn 2021-2030", "basis", False),
        (2010, "Cải cách hành chính giai đoạn 2021 – 2030", "basis", True),
        (2005, "Tổng kết năm 2001", "cited", False),
        (2005, "Sửa đổi Nghị định số 130/2001/NĐ-CP", "basis", False),
    ],
)
def test_a_document_for_one_year_dated_in_another(
    year: int, abstract: str, role: str, is_odd: bool
) -> None:
    document = basis(dated=day(year, 1, 4), abstract=abstract, role=role)
    assert (
        found(documents=(document,)) == [("basis-year", "Mở đầu, Kế hoạch số 30/KH-UBND")] * is_odd
    )


def test_a_document_cited_twice() -> None:
    assert found(documents=(basis(), basis(place="II.1", role="cited"))) == [
        ("basis-twice", "Mục II.1, Kế hoạch số 30/KH-UBND")
    ]
    assert found(documents=(basis(), basis(dated=day(2023, 1, 2)))) == []


def test_a_parent_that_is_not_cited_is_not_asked_for_its_parts() -> None:
    assert found(documents=(basis(role="parent", reference="", is_parent=True, dated=None),)) == []


def test_targets_without_a_source() -> None:
    told, untold = Target("Đã có", "I.1", "Sở Nội vụ"), Target("Chưa có", "I.1", "")
    assert found(targets=(untold, untold)) == [("target-source", "Các chỉ tiêu")]
    assert found(targets=(told, untold)) == [("target-source", "Chỉ tiêu thứ 2")]
    assert found(targets=(told,)) == []


def test_content_told_twice() -> None:
    items = (Item("a)", "Chỉ số CCHC"), Item("b)", "Chuyển đổi số"), Item("c)", "chỉ số  CCHC"))
    assert found(content=items) == [("content-twice", "Nội dung tuyên truyền, điểm c")]
    assert found(content=(Item("", "Chỉ số"), Item("", "Chỉ số"))) == [
        ("content-twice", "Nội dung tuyên truyền, ý thứ 2")
    ]


def test_items_of_the_parent_that_are_left_out() -> None:
    taken, left = ParentItem("Chỉ số", True), ParentItem("Chuyển đổi số", False)
    place = "Nội dung tuyên truyền, nội dung thứ 2 của kế hoạch cấp trên"
    assert found(parent_items=(taken, left)) == [("parent-item-uncovered", place)]
    assert found(parent_items=(left, left)) == [("parent-item-uncovered", "Nội dung tuyên truyền")]
    assert found(parent_items=(taken, taken)) == []


def test_tasks_of_the_parent_that_are_left_out() -> None:
    taken, left = ParentItem("Báo cáo", True, "1"), ParentItem("Kinh phí", False, "IV.2")
    place = "Phụ lục, nhiệm vụ IV.2 của kế hoạch cấp trên"
    assert found(parent_tasks=(taken, left)) == [("parent-task-uncovered", place)]
    assert found(parent_tasks=(left, left)) == [("parent-task-uncovered", "Phụ lục")]
    assert found(parent_tasks=(taken, taken)) == []


def test_each_code_stands_once_at_each_place() -> None:
    assert found(documents=(basis(dated=None), basis(dated=None), basis(dated=None))) == [
        ("citation-incomplete", "Mở đầu, Kế hoạch số 30/KH-UBND"),
        ("basis-twice", "Mở đầu, Kế hoạch số 30/KH-UBND"),
    ]
