"""The checks of the annex: cells, lines, units, days, quotas and their rotation."""

from datetime import date

import pytest

from plans.lint.facts import Body, Quota, Task
from plans.periods import DateSpan, PeriodKind
from plans.quotas import DueKind, DueRule, Turn
from tests.plans.lint_facts import (
    OFFICE,
    OTHER,
    QUARTERS,
    ROW,
    basis,
    day,
    found,
    quota,
    row,
    warnings,
)

pytestmark = pytest.mark.core


@pytest.mark.parametrize(
    ("cell", "blank", "code"),
    [
        ("leads", (), "task-no-lead"),
        ("products", "", "task-no-product"),
        ("time", "", "task-no-time"),
    ],
)
def test_cells_left_blank(cell: str, blank: object, code: str) -> None:
    bare = {cell: blank}
    assert found(tasks=(row("1"), row("2", **bare))) == [(code, "Phụ lục, nhiệm vụ 2")]
    assert found(tasks=(row("1", **bare), row("2", **bare))) == [(code, "Phụ lục")]
    # Said above or below, it is said.
    assert found(tasks=(row("1", **bare, rows=(row("1.1"), row("1.2"))),)) == []
    assert found(tasks=(row("1", rows=(row("1.1", **bare),)),)) == []
    assert found(tasks=(row("1", **bare, rows=(row("1.1"), row("1.2", **bare))),)) == [
        (code, "Phụ lục, nhiệm vụ 1.2")
    ]
    # A branch that says nothing is named once; a quota with its turns says all three.
    silent = row("2", **bare, rows=(row("2.1", **bare),))
    assert found(tasks=(row("1"), silent)) == [(code, "Phụ lục, nhiệm vụ 2")]
    rotated = row("2", **bare, quotas=(quota(Turn(QUARTERS, OFFICE)),))
    assert found(tasks=(row("1"), rotated)) == []


def test_a_duty_of_the_narrative_has_no_columns() -> None:
    assert found(tasks=(Task("IV.1.1", title="Cung cấp thông tin"),)) == []


def test_the_area_is_named_where_codes_repeat() -> None:
    tasks = (row("1", area="Thể chế"), row("1", area="Công vụ", time="", title="Khác"))
    assert found(tasks=tasks) == [("task-no-time", "Phụ lục, nhiệm vụ 1 (Công vụ)")]


@pytest.mark.parametrize(
    ("products", "time", "is_wrong"),
    [
        ("- Kế hoạch\n- Báo cáo", "- Tháng 02/2024\n- Tháng 12/2024", False),
        ("- Kế hoạch\n- Báo cáo", "Trong năm 2024", False),
        ("Quyết định\ncủa UBND tỉnh", "Quý I/2024", False),
        ("Gồm:\n- Kế hoạch\n- Báo cáo", "- Tháng 02/2024\n- Tháng 12/2024", False),
        ("Kế hoạch", "- Tháng 02/2024\n- Tháng 12/2024", True),
        ("- Kế hoạch\n- Báo cáo\n- Thông báo", "- Tháng 02/2024\n- Tháng 12/2024", True),
    ],
)
def test_product_and_time_lines(products: str, time: str, is_wrong: bool) -> None:
    assert found(tasks=(row(products=products, time=time),)) == [("product-time", ROW)] * is_wrong


def test_units_that_are_gone() -> None:
    ended = Body("Phòng cũ", until=date(2024, 6, 30))
    coming = Body("Phòng mới", since=date(2025, 1, 1))
    lasting = Body("Phòng đang có", since=date(2024, 3, 1), until=date(2024, 12, 31))
    [warning] = warnings(tasks=(row(leads=(ended,), coordinating=(coming, lasting)),))
    assert (warning.code, warning.place) == ("unit-gone", ROW)
    assert "Phòng cũ (đến hết 30/06/2024), Phòng mới (từ 01/01/2025);" in warning.sentence
    early, late = Turn(QUARTERS[:2], ended), Turn(QUARTERS[2:], OFFICE)
    assert found(tasks=(row(quotas=(quota(early, late),)),)) == []
    beyond = quota(Turn(QUARTERS[:3], ended), Turn(QUARTERS[3:], OFFICE))
    assert found(tasks=(row(quotas=(beyond,)),)) == [("unit-gone", f"{ROW}, Cổng tỉnh")]


def test_the_same_task_twice() -> None:
    twins = (row("1", title="Kiểm tra CCHC"), row("2", title="kiểm tra  CCHC"))
    assert found(tasks=twins) == [("task-twice", "Phụ lục, nhiệm vụ 2")]
    cousins = (
        row("1", rows=(row("1.1", title="Quý 1"),)),
        row("2", rows=(row("2.1", title="Quý 1"),)),
    )
    assert found(tasks=cousins) == []


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("Quý I/2024", []),
        ("Thường xuyên", []),
        ("Theo quy định Sở Tư pháp", []),
        ("định kỳ", [("time-unclear", False)]),
        ("ngày ... tháng ...", [("time-unclear", False)]),
        ("Chậm nhất 31/02/2024", [("time-impossible", True)]),
    ],
)
def test_time_cells(time: str, expected: list[tuple[str, bool]]) -> None:
    assert [(w.code, w.blocks) for w in warnings(tasks=(row(time=time),))] == expected


def test_a_vague_time_that_was_settled_is_read_as_it_is_meant() -> None:
    assert found(tasks=(row(time="định kỳ", meant="Hằng quý"),)) == []
    wrong = row(time="định kỳ", meant="Chậm nhất 31/02/2024")
    assert [(w.code, w.blocks) for w in warnings(tasks=(wrong,))] == [("time-impossible", True)]
    early = row(time="đầu năm", meant="Chậm nhất 20/01/2024")
    assert found(tasks=(early,), signed=day(2024, 2, 21)) == [("due-before-issue", ROW)]
    uneven = row(products="- Kế hoạch\n- Báo cáo\n- Tin", time="- Quý I\n- Quý II", meant="Quý I")
    assert found(tasks=(uneven,)) == [("product-time", ROW)]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("Tháng 01/2024", ["due-before-issue"]),
        ("Chậm nhất 20/02/2024", ["due-before-issue"]),
        ("Chậm nhất 21/02/2024", []),
        ("Quý I/2024", []),
        ("Hằng tháng", []),
        ("Chậm nhất 15/01/2025", []),
        ("Chậm nhất 15/02/2025", ["due-outside"]),
    ],
)
def test_due_days_of_time_cells(time: str, expected: list[str]) -> None:
    signed = day(2024, 2, 21)
    assert [code for code, _ in found(tasks=(row(time=time),), signed=signed)] == expected


def test_a_plan_issued_before_its_year_may_owe_that_december() -> None:
    december = DateSpan(date(2023, 12, 1), date(2023, 12, 31))
    blank = ("blank-day", "Đầu văn bản")
    tasks = (row(time="Tháng 12/2023"),)
    assert found(tasks=tasks, signed=december) == [blank]
    assert found(tasks=tasks, signed=None) == [blank, ("due-outside", ROW)]


def test_due_days_of_a_quota_are_those_of_its_sub_rows() -> None:
    monthly = quota(
        Turn(("2024",), OFFICE), per=PeriodKind.MONTH, due=DueRule(DueKind.DAY_OF_MONTH, day=25)
    )
    task = row(time="", quotas=(monthly,), rows=(row("1.1", time="Chậm nhất 25/01/2024"),))
    [warning] = warnings(tasks=(task,), documents=(basis(dated=day(2024, 4, 1), is_parent=True),))[
        1:
    ]
    assert (warning.code, warning.place) == ("due-before-issue", ROW)
    assert "Hạn 25/01/2024, 25/02/2024, 25/03/2024 đến trước" in warning.sentence


@pytest.mark.parametrize(
    ("turns", "default", "sentence"),
    [
        ([Turn(QUARTERS, OFFICE)], None, ""),
        ([Turn(QUARTERS[:2], OFFICE), Turn(QUARTERS[2:], OTHER)], None, ""),
        ([Turn(QUARTERS[:3], OFFICE)], OTHER, ""),
        ([Turn(QUARTERS[:3], OFFICE)], None, "Quý IV/2024 chưa phân công đơn vị nào."),
        ([Turn(QUARTERS, OFFICE), Turn(QUARTERS[:1], OTHER)], None, "trùng cho 2 đơn vị"),
        ([Turn((*QUARTERS, "2025-Q1"), OFFICE)], None, "Quý I/2025 không thuộc các kỳ"),
        ([Turn(QUARTERS[:1], OFFICE)], None, "Quý IV/2024 chưa phân công đơn vị nào. Cần đúng"),
    ],
)
def test_rotation(turns: list[Turn], default: Body | None, sentence: str) -> None:
    result = warnings(tasks=(row(quotas=(quota(*turns, default_unit=default),)),))
    assert [warning.code for warning in result] == ["rotation"] * bool(sentence)
    assert all(sentence in warning.sentence and not warning.blocks for warning in result)


def test_many_holes_are_counted() -> None:
    monthly = quota(Turn(("2024-M01",), OFFICE), per=PeriodKind.MONTH)
    [warning] = warnings(tasks=(row(quotas=(monthly,)),))
    assert warning.sentence.endswith("Và 8 chỗ khác. Cần đúng một đơn vị cho mỗi kỳ.")


@pytest.mark.parametrize(
    ("owed", "code"),
    [
        (quota(due=DueRule(DueKind.FIXED, fixed={"2024-Q1": date(2024, 3, 20)})), "quota-no-due"),
        (quota(Turn(("2024-Q5",), OFFICE)), "period-impossible"),
        (
            quota(due=DueRule(DueKind.FIXED, fixed=dict.fromkeys(QUARTERS, date(2024, 3, 20)))),
            "due-impossible",
        ),
    ],
)
def test_a_quota_that_cannot_be_met_blocks(owed: Quota, code: str) -> None:
    result = warnings(tasks=(row(quotas=(owed,)),))
    assert [(w.code, w.place, w.blocks) for w in result] == [(code, f"{ROW}, Cổng tỉnh", True)]
