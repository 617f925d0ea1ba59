"""What a browser may send: everything wrong is named with its place, a draft may be unfinished."""

from __future__ import annotations

import time

import pytest

from plans.models import LegalDocument, Plan
from plans.sections import MOST_ROWS, SECTIONS, SectionFaults
from plans.sections.faults import SectionFault
from tests.factories import (
    make_agency,
    make_channel,
    make_document,
    make_plan,
    make_province,
    make_task,
    make_unit,
)
from tests.plans.section_rows import annex_row, basis, clause_row, quota_row, target

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def plan(db: None) -> Plan:
    agency = make_agency(make_province(), code="TN-STTTT")
    make_unit(agency, "Văn phòng", code="VP")
    make_unit(agency, "Phòng Chuyển đổi số", code="CDS")
    make_channel(agency.province, "cong")
    plan = make_plan(agency, state="draft")
    make_task(plan, uid=f"{1:016x}")
    return plan


def faults(name: str, value: object, plan: Plan) -> tuple[SectionFault, ...]:
    with pytest.raises(SectionFaults) as caught:
        SECTIONS[name].accept(value, plan)
    return caught.value.faults


def problems(name: str, value: object, plan: Plan) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.field, fault.problem) for fault in faults(name, value, plan)]


def test_a_fault_says_where_what_and_what_would_be_accepted(plan: Plan) -> None:
    rows = [annex_row(1), annex_row(2, code="1" * 21), annex_row(3, area="x" * 201, title=7)]
    assert faults("annex", rows, plan) == (
        SectionFault(
            2,
            f"{2:016x}",
            "code",
            "Số thứ tự",
            "1" * 21,
            "Dài 21 ký tự; chỉ ghi được 20 ký tự.",
            "không quá 20 ký tự",
        ),
        SectionFault(
            3,
            f"{3:016x}",
            "title",
            "Nhiệm vụ",
            "7",
            "Dữ liệu gửi lên không đúng dạng.",
            "Hãy tải lại trang rồi thử lại.",
        ),
        SectionFault(
            3,
            f"{3:016x}",
            "area",
            "Nhóm nhiệm vụ",
            f"{'x' * 120}…",
            "Dài 201 ký tự; chỉ ghi được 200 ký tự.",
            "không quá 200 ký tự",
        ),
    )


SHAPE = "Dữ liệu gửi lên không đúng dạng."


@pytest.mark.parametrize("value", [None, 7, "x", {"a": 1}, True])
@pytest.mark.parametrize("name", [name for name in SECTIONS if name != "header"])
def test_a_list_is_a_list(plan: Plan, name: str, value: object) -> None:
    assert problems(name, value, plan) == [(0, "", SHAPE)]


def test_rows_have_the_shape_that_they_have(plan: Plan) -> None:
    whole = clause_row(1, 0, "A")
    rows = [
        7,
        whole | {"uid": "XYZ"},
        whole,
        whole,
        whole | {"uid": "A" * 16},
        whole | {"uid": f"{3:016x}", "order": 4},
        {"uid": f"{4:016x}", "depth": True, "label": None, "heading": []},
    ]
    assert problems("clauses", rows, plan) == [
        (1, "", SHAPE),
        (2, "uid", "Mã dòng không đúng dạng."),
        (4, "uid", "Dòng bị lặp."),
        (5, "uid", "Mã dòng không đúng dạng."),
        (6, "order", SHAPE),
        (7, "text", "Thiếu mục này."),
        (7, "depth", "Không phải số nguyên trong khoảng cho phép."),
        (7, "label", SHAPE),
        (7, "heading", SHAPE),
    ]
    many = [clause_row(n, 0, "") for n in range(MOST_ROWS + 1)]
    assert problems("clauses", many, plan) == [
        (0, "", "Có 2001 dòng; mỗi phần chỉ ghi được 2000 dòng.")
    ]


def test_a_draft_may_be_blank_doubled_and_vague(plan: Plan) -> None:
    rows = [
        annex_row(1, code="1", time="khi thuận tiện", lead="Ai đó"),
        annex_row(2, code="1"),
        annex_row(3, title="Đối thoại (nếu có)"),
    ]
    accepted = SECTIONS["annex"].accept(rows, plan)
    assert accepted == [rows[0], rows[1], rows[2] | {"conditional": True}]
    blank = [target(value="")]
    assert SECTIONS["targets"].accept(blank, plan) == blank


def test_text_comes_in_one_form(plan: Plan) -> None:
    typed = annex_row(1, title=" Tuye\u0302n\r\ntruye\u0302\u0300n\x00\ud800 ", code=" 4.1\n")
    (row,) = SECTIONS["annex"].accept([typed], plan)
    assert (row["title"], row["code"]) == ("Tuyên\ntruyền", "4.1")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("97,5", "97,5"),
        ("97.50", "97,5"),
        ("1.200", "1200"),
        ("080", "80"),
        ("1.200,25", "1200,25"),
    ],
)
def test_vietnamese_numbers(plan: Plan, typed: str, kept: str) -> None:
    assert SECTIONS["targets"].accept([target(value=typed)], plan)[0]["value"] == kept


@pytest.mark.parametrize("typed", ["-1", "1e9", "1,234", "99999999999", "NaN", "٣", "1 200"])
def test_what_is_no_number(plan: Plan, typed: str) -> None:
    assert problems("targets", [target(value=typed)], plan) == [
        (1, "value", "Không phải là số ghi được.")
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("2024", "2024"), ("2/2024", "02/2024"), ("5.2.2024", "05/02/2024")],
)
def test_dates_as_far_as_they_are_known(plan: Plan, typed: str, kept: str) -> None:
    assert SECTIONS["bases"].accept([basis(dated=typed)], plan)[0]["dated"] == kept


@pytest.mark.parametrize("typed", ["31/02/2024", "13/2024", "24", "hôm qua", "00/00/2024"])
def test_days_that_there_are_not(plan: Plan, typed: str) -> None:
    assert problems("bases", [basis(dated=typed)], plan) == [
        (1, "dated", "Không đọc được ngày này.")
    ]


def test_nobody_names_what_the_province_does_not_see(plan: Plan) -> None:
    other = make_agency(make_province())
    foreign, near = make_plan(other), make_plan(make_agency(plan.province))
    hidden = make_plan(make_agency(plan.province), state="draft")
    document: LegalDocument = make_document(other.province)
    for key in (foreign.pk, hidden.pk, plan.pk, 2**70, -1, True, "1"):
        assert len(problems("bases", [basis(document=key)], plan)) == 1
    assert SECTIONS["bases"].accept([basis(document=near.pk)], plan)[0]["document"] == near.pk
    assert problems("bases", [basis(registered=document.pk)], plan) == [
        (1, "registered", "Không có văn bản này trong sổ.")
    ]
    header = SECTIONS["header"].read(plan)
    for key in (foreign.pk, hidden.pk, plan.pk, 2**70):
        assert problems("header", header | {"parent": key}, plan) == [
            (0, "parent", "Không có kế hoạch này trong tỉnh.")
        ]
    below = make_plan(make_agency(plan.province), parent=plan)
    assert len(problems("header", header | {"parent": below.pk}, plan)) == 1
    task = make_task(near)
    assert problems("annex", [annex_row(1, source=task.pk)], plan) == [
        (1, "source", "Không có nhiệm vụ này trong kế hoạch cấp trên.")
    ]
    plan.parent = near
    assert SECTIONS["annex"].accept([annex_row(1, source=task.pk)], plan)[0]["source"] == task.pk


def test_the_header_in_itself(plan: Plan) -> None:
    header = SECTIONS["header"].read(plan)
    taken = make_plan(plan.agency, number="7", signed_on="2024-02-05", signed_precision="day")
    change = {"number": "7", "symbol": taken.symbol, "signed": "05/02/2024"}
    expected = {
        "starts_on": ("31/02/2024", "Không có ngày này."),
        "ends_on": ("31/12/2023", "Ngày kết thúc đến trước ngày bắt đầu."),
        "kind": ("x", "Không có lựa chọn này."),
        "count_before_issue": (1, SHAPE),
        "recipients": ("x", SHAPE),
        "signer_name": ("x" * 121, "Dài 121 ký tự; chỉ ghi được 120 ký tự."),
        "derive_by": ("29/02/2023", "Không có ngày này."),
    }
    for name, (value, problem) in expected.items():
        assert problems("header", header | {name: value}, plan) == [(0, name, problem)]
    assert problems("header", header | {"starts_on": ""}, plan) == [
        (0, "starts_on", "Chưa ghi ngày bắt đầu.")
    ]
    assert [field for _, field, _ in problems("header", header | change, plan)] == ["number"]
    assert problems("header", [], plan) == [(0, "", SHAPE)]
    lines = SECTIONS["header"].accept(header | {"recipients": ["- A;", "", " - B\n- C "]}, plan)
    assert lines["recipients"] == ["- A;", "- B", "- C"]


def test_quotas_fit_their_tasks_channels_and_periods(plan: Plan) -> None:
    rows = [
        quota_row(1, 99),
        quota_row(2, 1, channel="bao"),
        quota_row(3, 1, minimum=0, maximum=3),
        quota_row(4, 1, per="month", minimum=3, maximum=2, due_kind="day_of_month"),
        quota_row(5, 1, turns={"2024-Q1": "VP", "2024-q1": "CDS", "2023-Q4": "VP"}),
        quota_row(6, 1, per="year", turns={"2024": "XX", "2024-M01": "VP", "9999-W99": "VP"}),
        quota_row(7, 1, per="half", due_dates={"2024-H1": "31/06/2024"}, default_unit="XX"),
        quota_row(8, 1, per="week", turns=[], due_dates={"2024-W01": 4}, counts_when=None),
    ]
    assert problems("quotas", rows, plan) == [
        (1, "task", "Không có nhiệm vụ mang mã này."),
        (2, "channel", "Không có kênh mang mã này."),
        (3, "minimum", "Không phải số nguyên trong khoảng cho phép."),
        (4, "maximum", "Nhỏ hơn số ít nhất."),
        (4, "due_day", "Chưa ghi ngày đến hạn."),
        (5, "channel", "Nhiệm vụ đã có định mức cho kênh này, cùng loại kỳ."),
        (5, "turns", "Quý I/2024 được ghi hai lần."),
        (5, "turns", "Quý IV/2023 nằm ngoài thời gian của kế hoạch."),
        (6, "turns", "Tháng 1/2024 không phải là năm."),
        (6, "turns", "Không có kỳ “9999-W99”."),
        (6, "turns", "Năm 2024: không có đơn vị mang mã “XX”."),
        (7, "default_unit", "Không có đơn vị mang mã này."),
        (7, "due_dates", "6 tháng đầu năm 2024: không có ngày “31/06/2024”."),
        (8, "counts_when", SHAPE),
        (8, "counts_when", "Không có lựa chọn này."),
        (8, "due_dates", SHAPE),
        (8, "turns", SHAPE),
    ]


def test_what_is_said_about_the_cells_of_the_annex(plan: Plan) -> None:
    rows = [
        annex_row(1, time="Chậm nhất ngày 25 hằng tháng", lead="Văn phòng"),
        annex_row(2, time="đầu năm", lead="Phòng Chuyển đổi"),
        annex_row(3, time="31/02/2024", products="- A\n- B\n- C"),
        annex_row(4, time="đầu năm", meant="Quý I/2024"),
        annex_row(5, products="- A\n- B\n- C", time="- Quý I\n- đầu năm"),
        annex_row(6),
    ]
    notes = SECTIONS["annex"].notes(plan, SECTIONS["annex"].accept(rows, plan))
    said = {
        (int(uid, 16), field): (note["tone"], note["text"])
        for uid, of_row in notes.items()
        for field, note in of_row.items()
    }
    assert {key: tone for key, (tone, _) in said.items()} == {
        (1, "time"): "ok",
        (2, "time"): "ask",
        (2, "lead"): "ask",
        (3, "time"): "bad",
        (4, "time"): "ok",
        (5, "time"): "ask",
        (5, "products"): "ask",
    }
    assert said[1, "time"][1] == "hạn ngày 25 hằng tháng, 12 kỳ"
    assert said[4, "time"][1] == "hiểu là: từ 01/01/2024 đến 31/03/2024"
    assert said[2, "lead"][1] == (
        "“Phòng Chuyển đổi” chưa có trong danh bạ, được ghi như một nhóm đơn vị"
    )
    assert notes[f"{2:016x}"]["lead"]["choices"] == ["Phòng Chuyển đổi số"]
    assert notes[f"{5:016x}"]["time"]["choices"][1] == "- Quý I\n- Quý I/2024"


def test_notes_on_two_hundred_rows_take_no_time(plan: Plan) -> None:
    rows = [annex_row(n, time=f"Quý {n % 4 + 1}/2024", lead="Phòng Lạ") for n in range(200)]
    value = SECTIONS["annex"].accept(rows, plan)
    SECTIONS["annex"].notes(plan, value)
    begun = time.process_time()
    SECTIONS["annex"].notes(plan, value)
    assert time.process_time() - begun < 0.1


def test_a_parent_dated_after_the_plan_is_noted(plan: Plan) -> None:
    parent = make_plan(
        make_agency(plan.province), number="30", signed_on="2024-02-21", signed_precision="day"
    )
    header = SECTIONS["header"].read(plan) | {"parent": parent.pk}
    note = SECTIONS["header"].notes
    assert note(plan, header | {"signed": "05/02/2024"}) == {
        "header": {
            "parent": {
                "text": "Kế hoạch số 30/KH-TN ghi ngày 21/02/2024, "
                "sau ngày ký của kế hoạch này (05/02/2024).",
                "tone": "ask",
                "choices": [],
            }
        }
    }
    for signed in ("", "2024", "02/2024", "21/02/2024", "2025"):
        assert note(plan, header | {"signed": signed}) == {}
