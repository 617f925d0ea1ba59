"""From draft to closed: who may take each step, what each leaves behind, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib import vault
from cchc.lib.decisions import Refused
from plans import policies
from plans.actions import life, signed_files
from plans.actions.issue import issue
from plans.models import Plan
from tests.factories import make_agency, make_plan, make_user

pytestmark = [pytest.mark.core, pytest.mark.django_db]

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def draft() -> Plan:
    return make_plan(make_agency(), state="draft", symbol="KH-STN")


@pytest.fixture
def clerk(draft: Plan) -> User:
    return make_user(Role.AGENCY_OFFICE, draft.agency)


def test_a_draft_is_signed_numbered_issued_and_closed(draft: Plan, clerk: User) -> None:
    life.submit(plan=draft, by=clerk)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_by) == ("submitted", clerk)
    assert policies.may_write(clerk, draft).reason == (
        "Kế hoạch đang trình ký; hãy rút về dự thảo để sửa."
    )
    life.record_number(plan=draft, number="05", signed_on=date(2024, 2, 5), by=clerk)
    issue(plan=draft, by=clerk)
    draft.refresh_from_db()
    assert (draft.reference, draft.signed_on, draft.signed_precision, draft.state) == (
        "05/KH-STN",
        date(2024, 2, 5),
        "day",
        "issued",
    )
    life.close(plan=draft, by=clerk)
    draft.refresh_from_db()
    assert (draft.state, draft.closed_by) == ("closed", clerk)
    verbs = AuditEntry.objects.filter(object_id=str(draft.pk)).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "plan.submit",
        "plan.record_number",
        "plan.issue",
        "plan.close",
    ]


def test_what_was_sent_for_signature_comes_back_with_a_reason(draft: Plan, clerk: User) -> None:
    life.submit(plan=draft, by=clerk)
    with pytest.raises(Refused, match="Hãy ghi lý do trả kế hoạch về dự thảo"):
        life.take_back(plan=draft, reason="  ", by=clerk)
    life.take_back(plan=draft, reason="Lãnh đạo sửa phụ lục", by=clerk)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_at, draft.submitted_by) == ("draft", None, None)
    assert AuditEntry.objects.latest("id").reason == "Lãnh đạo sửa phụ lục"
    assert policies.may_write(clerk, draft)


def test_a_number_is_given_once_a_year(draft: Plan, clerk: User) -> None:
    make_plan(
        draft.agency,
        number="05",
        symbol="KH-STN",
        signed_on=date(2024, 1, 3),
        signed_precision="day",
    )
    life.submit(plan=draft, by=clerk)
    with pytest.raises(Refused) as refusal:
        life.record_number(plan=draft, number="05", signed_on=date(2024, 2, 5), by=clerk)
    assert str(refusal.value) == (
        f"Số 05/KH-STN năm 2024 đã ghi cho một kế hoạch khác của {draft.agency.name}."
    )
    life.record_number(plan=draft, number="06", signed_on=date(2024, 2, 5), by=clerk)
    draft.refresh_from_db()
    assert policies.may_record_number(clerk, draft).reason == (
        "Kế hoạch đã có số và ngày; cần sửa thì lập bản sửa đổi."
    )


def test_a_plan_is_closed_only_after_its_last_day(draft: Plan, clerk: User) -> None:
    with time_machine.travel("2024-12-31 23:59:00+07:00", tick=False):
        issue(plan=draft, by=clerk)
        with pytest.raises(Refused, match="thực hiện đến hết ngày 31/12/2024"):
            life.close(plan=draft, by=clerk)
    with time_machine.travel("2025-01-01 00:00:00+07:00", tick=False):
        life.close(plan=draft, by=clerk)
    draft.refresh_from_db()
    assert draft.state == "closed"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENCY_OFFICE])
def test_nobody_but_the_office_takes_a_step(draft: Plan, role: Role) -> None:
    unit = draft.agency.units.create(code="P", name="Phòng P")
    other = make_user(role, draft.agency, unit)
    decisions = [
        policies.may_write(other, draft),
        policies.may_submit(other, draft),
        policies.may_take_back(other, draft),
        policies.may_record_number(other, draft),
        policies.may_attach_signed(other, draft),
        policies.may_amend(other, draft),
        policies.may_close(other, draft, date(2030, 1, 1)),
    ]
    assert [bool(decision) for decision in decisions] == [False] * len(decisions)


def test_the_office_of_another_agency_neither_sees_nor_moves_it(draft: Plan) -> None:
    stranger = make_user(Role.AGENCY_OFFICE, make_agency(draft.province))
    assert not policies.may_submit(stranger, draft)
    assert not Plan.objects.visible_to(stranger).filter(pk=draft.pk).exists()
    Plan.objects.filter(pk=draft.pk).update(state="submitted")
    assert not Plan.objects.visible_to(stranger).filter(pk=draft.pk).exists()


def test_the_signed_paper_is_kept_once_and_voided_with_a_reason(
    office: Callable[[Agency], User],
) -> None:
    plan = make_plan(make_agency())
    by = office(plan.agency)
    signed = signed_files.attach(plan=plan, name="KH 05.pdf", content=PDF, by=by)
    assert vault.path_of(signed.sha256).read_bytes() == PDF
    with pytest.raises(Refused, match="Đã có bản ký của lần ban hành này"):
        signed_files.attach(plan=plan, name="khác.pdf", content=PDF + b"%%EOF", by=by)
    signed_files.void(signed=signed, reason="Nhầm tệp", by=by)
    again = signed_files.attach(plan=plan, name="đúng.pdf", content=PDF, by=by)
    assert list(plan.signed_files.order_by("id").values_list("name", "voided_reason")) == [
        ("KH 05.pdf", "Nhầm tệp"),
        ("đúng.pdf", ""),
    ]
    assert again.sha256 == signed.sha256


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Đây không phải là tệp PDF; bản ký phải là tệp PDF quét hoặc ký số."),
        (
            b"<html>%PDF-1.7 %%EOF",
            "Đây không phải là tệp PDF; bản ký phải là tệp PDF quét hoặc ký số.",
        ),
        (b"%PDF-1.7 cut", "Tệp PDF bị cụt, không mở được; hãy quét hoặc tải lại rồi đính kèm."),
    ],
)
def test_what_is_no_whole_pdf_is_refused(
    content: bytes, sentence: str, office: Callable[[Agency], User]
) -> None:
    plan = make_plan(make_agency())
    with pytest.raises(Refused) as refusal:
        signed_files.attach(plan=plan, name="a.pdf", content=content, by=office(plan.agency))
    assert str(refusal.value) == sentence
    assert not plan.signed_files.exists()
