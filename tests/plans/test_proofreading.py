"""The five source documents as a careful reader reads them, and what becomes of a warning."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused
from plans.actions.issue import issue
from plans.actions.warnings import accept
from plans.models import AcceptedWarning, ContentItem, Obligation, Plan
from plans.models.plan import PlanState
from plans.proofreading import facts_of, remarks_of, warnings_of
from tests.factories import (
    make_agency,
    make_channel,
    make_plan,
    make_quota,
    make_task,
    make_turn,
    make_unit,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

HEAD = [("blank-number", "Đầu văn bản"), ("blank-day", "Đầu văn bản")]
UNNAMED = ("signer-unnamed", "Khối chữ ký")
SOURCES = ("target-source", "Các chỉ tiêu")
FIVE = {
    "st-bqlkcn-tuyen-truyen-2024": [*HEAD, UNNAMED, SOURCES],
    "st-stttt-tuyen-truyen-2024": [
        *HEAD,
        ("heading-jump", "Mục V"),
        ("annex-year", "Phụ lục"),
        ("task-no-product", "Phụ lục"),
        ("due-before-issue", "Phụ lục, nhiệm vụ 4.2"),
    ],
    "hy-bqlkcn-tuyen-truyen-2024": [*HEAD, ("annex-missing", "Mục II.4")],
    "st-ubnd-tuyen-truyen-2019": [
        *HEAD,
        ("citation-incomplete", "Mục III.1, Nghị quyết số 06-NQ/TU"),
        ("citation-incomplete", "Mục III.1, Kế hoạch số 48/KH-UBND"),
        ("citation-incomplete", "Mục III.1, Chương trình hành động số 02/CTr-UBND"),
        ("annex-missing", "Mục IV.1.8"),
        SOURCES,
        ("time-unclear", "Mục IV.2.1"),
    ],
    "st-bqlkcn-cchc-2024": [
        *HEAD,
        UNNAMED,
        ("basis-year", "Mở đầu, Kế hoạch số 218/KH-UBND"),
        ("citation-incomplete", "Mục II.5, Nghị định số 117/2013/NĐ-CP"),
        SOURCES,
    ],
}
S001 = "st-stttt-tuyen-truyen-2024"


@pytest.fixture
def draft() -> Plan:
    """A draft without number, day and signer that owes one item a quarter."""
    agency = make_agency()
    plan = make_plan(agency, state="draft")
    quota = make_quota(
        make_task(plan, code="1", products="Tin, bài"), make_channel(agency.province)
    )
    unit = make_unit(agency)
    for number in (1, 2, 3, 4):
        make_turn(quota, f"2024-Q{number}", unit)
    return plan


@pytest.fixture
def author(draft: Plan) -> User:
    return make_user(Role.AGENCY_OFFICE, draft.agency)


def found(plan: Plan) -> list[tuple[str, str]]:
    return [(warning.code, warning.place) for warning in warnings_of(plan)]


def let_stand(plan: Plan, by: User, reason: str = "Văn thư ghi khi ban hành") -> AcceptedWarning:
    return accept(plan=plan, code="blank-number", place="Đầu văn bản", reason=reason, by=by)


def break_due_days(plan: Plan) -> None:
    """Only one quarter of four has a due day."""
    quota = plan.tasks.get().quotas.get()
    quota.due_kind, quota.due_dates = "fixed", {"2024-Q1": "2024-03-20"}
    quota.save()


def test_the_five_documents(real: dict[str, Plan]) -> None:
    assert {key: found(real[key]) for key in FIVE} == FIVE
    assert not any(warning.blocks for key in FIVE for warning in warnings_of(real[key]))


def test_what_001_is_told(real: dict[str, Plan]) -> None:
    assert [warning.sentence for warning in warnings_of(real[S001])] == [
        "Số văn bản còn để trống (Số: …/KH-STTTT); có thể để trống cho văn thư ghi khi ban hành.",
        "Ngày ban hành mới ghi đến tháng 02/2024; có thể để trống ngày cho văn thư ghi khi ban "
        "hành.",
        "Số thứ tự nhảy từ III sang V; sau III lẽ ra là IV.",
        "Tên phụ lục ghi năm 2023, kế hoạch là của năm 2024; cần ghi năm 2024.",
        "Phụ lục không ghi sản phẩm cho nhiệm vụ nào; cần ghi cho từng nhiệm vụ.",
        "Hạn 25/01/2024 đến trước khi kế hoạch được ban hành (sớm nhất 21/02/2024); cần lùi hạn, "
        "hoặc giữ nguyên nếu việc đã làm.",
    ]


def test_a_plan_known_by_citation_has_no_text_to_read(real: dict[str, Plan]) -> None:
    cited = [plan for plan in real.values() if plan.known_by_citation]
    assert len(cited) == 7
    assert [warnings_of(plan) for plan in cited] == [[]] * 7


def test_items_of_a_parent_in_the_system_are_asked_for(draft: Plan) -> None:
    parent = make_plan(
        draft.agency, number="12", signed_on=date(2024, 1, 8), signed_precision="day"
    )
    first, _ = (
        ContentItem.objects.create(plan=parent, order=order, title=f"Nội dung {order}")
        for order in (1, 2)
    )
    draft.parent = parent
    draft.save()
    code = "parent-item-uncovered"
    assert (code, "Nội dung tuyên truyền") in found(draft)
    ContentItem.objects.create(plan=draft, order=1, title="Nội dung hẹp hơn", source=first)
    left = "Nội dung tuyên truyền, nội dung thứ 2 của kế hoạch cấp trên"
    assert [place for c, place in found(draft) if c == code] == [left]
    parent.known_by_citation = True
    assert code not in dict(found(draft))


def test_a_unit_ends_with_its_agency(draft: Plan) -> None:
    Agency.objects.filter(pk=draft.agency_id).update(dissolved_on=date(2024, 7, 1))
    place = f"Phụ lục, nhiệm vụ 1, {draft.tasks.get().quotas.get().channel.short_name}"
    assert ("unit-gone", place) in found(draft)


def test_reading_takes_as_many_queries_for_a_long_plan(
    draft: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(14):
        facts_of(Plan.objects.select_related("parent").get(pk=draft.pk))
    for _ in range(3):
        quota = make_quota(make_task(draft), make_channel(draft.province))
        make_turn(quota, "2024-Q1", make_unit(draft.agency))
    with django_assert_num_queries(14):
        facts_of(Plan.objects.select_related("parent").get(pk=draft.pk))


def test_an_author_lets_a_warning_stand(draft: Plan, author: User) -> None:
    accepted = let_stand(draft, author, "  Văn thư ghi khi ban hành ")
    assert (accepted.reason, accepted.accepted_by) == ("Văn thư ghi khi ban hành", author)
    shown = {remark.warning.code: remark.accepted for remark in remarks_of(draft)}
    assert shown == {"blank-number": accepted, "blank-day": None, "signer-unnamed": None}
    entry = AuditEntry.objects.get(verb="plan.accept_warning")
    assert (entry.by, entry.reason, entry.object_id) == (author, accepted.reason, str(draft.pk))
    assert entry.after == {"code": "blank-number", "place": "Đầu văn bản"}


def test_what_was_put_right_is_no_longer_shown(draft: Plan, author: User) -> None:
    let_stand(draft, author)
    draft.number = "05"
    draft.save()
    codes = {remark.warning.code for remark in remarks_of(draft)}
    assert codes == {"blank-day", "signer-unnamed"}


def test_no_reason_no_acceptance(draft: Plan, author: User) -> None:
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        let_stand(draft, author, "  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        AcceptedWarning.objects.create(
            plan=draft, code="x", place="y", accepted_at=clock.now(), accepted_by=author
        )


def test_what_is_not_there_is_not_accepted(draft: Plan, author: User) -> None:
    with pytest.raises(Refused, match="không còn cảnh báo này"):
        accept(plan=draft, code="heading-jump", place="Mục V", reason="Vì", by=author)
    let_stand(draft, author)
    with pytest.raises(Refused, match="Đầu văn bản đã được chấp nhận"):
        let_stand(draft, author)
    assert AcceptedWarning.objects.count() == AuditEntry.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENCY_OFFICE])
def test_only_the_office_of_the_agency_accepts(draft: Plan, role: Role) -> None:
    with pytest.raises(Refused, match="Chỉ Văn phòng của"):
        let_stand(draft, make_user(role, draft.agency, make_unit(draft.agency)))
    with pytest.raises(Refused, match="Chỉ Văn phòng của"):
        let_stand(draft, make_user(Role.AGENCY_OFFICE, make_agency(draft.province)))
    assert not AuditEntry.objects.exists()


def test_an_issued_plan_is_read_only(draft: Plan, author: User) -> None:
    issued = issue(plan=draft, by=author)
    assert issued.state == PlanState.ISSUED
    with pytest.raises(Refused, match="Kế hoạch đã được ban hành"):
        let_stand(issued, author)


def test_a_false_document_is_neither_issued_nor_accepted(draft: Plan, author: User) -> None:
    break_due_days(draft)
    [false] = [warning for warning in warnings_of(draft) if warning.blocks]
    with pytest.raises(Refused) as refusal:
        issue(plan=draft, by=author)
    assert str(refusal.value) == f"{false.place}: {false.sentence}"
    assert "Định mức chưa ghi hạn của Quý II/2024." in false.sentence
    with pytest.raises(Refused, match="phải sửa, không thể chấp nhận"):
        accept(plan=draft, code=false.code, place=false.place, reason="Vì", by=author)
    assert Plan.objects.get(pk=draft.pk).state == PlanState.DRAFT
    assert not Obligation.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_impossible_day_in_a_time_cell_refuses_the_issue(draft: Plan, author: User) -> None:
    make_task(draft, code="2", timing_text="Chậm nhất 31/02/2024")
    with pytest.raises(Refused, match="nhiệm vụ 2: Thời gian “Chậm nhất 31/02/2024”: Không có"):
        issue(plan=draft, by=author)


def test_the_page_of_a_draft(draft: Plan, author: User, client: Client) -> None:
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("plans:plan-detail", kwargs={"pk": draft.pk})
    shown = client.get(page).content.decode()
    assert "Rà soát trước khi ban hành (3)" in shown
    assert shown.count("Cần xem lại</span>") == shown.count('name="reason"') == 3
    door = reverse("plans:plan-warning-accept", kwargs={"pk": draft.pk})
    fields = {"code": "blank-number", "place": "Đầu văn bản"}
    answer = client.post(door, {**fields, "reason": " "}, follow=True)
    assert "Hãy ghi lý do chấp nhận cảnh báo." in answer.content.decode()
    answer = client.post(door, {**fields, "reason": "Văn thư ghi số"}, follow=True)
    assert answer.redirect_chain == [(f"{page}#ra-soat", 302)]
    shown = answer.content.decode()
    assert "Đã chấp nhận cảnh báo tại Đầu văn bản." in shown
    assert f"{author} chấp nhận" in shown
    assert "Lý do: Văn thư ghi số" in shown
    assert shown.count('name="reason"') == 2


def test_the_page_of_a_draft_that_cannot_be_issued(
    draft: Plan, author: User, client: Client
) -> None:
    break_due_days(draft)
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("plans:plan-detail", kwargs={"pk": draft.pk})).content.decode()
    assert shown.count("Phải sửa</span>") == 1
    assert 'disabled title="Phụ lục, nhiệm vụ 1' in shown


def test_the_page_of_an_issued_plan(
    real: dict[str, Plan], office: Callable[[Agency], User], client: Client
) -> None:
    plan = real[S001]
    client.force_login(office(plan.agency), backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("plans:plan-detail", kwargs={"pk": plan.pk})).content.decode()
    assert '<details class="panel fold" id="ra-soat">' in shown
    assert "<b>Mục V.</b> Số thứ tự nhảy từ III sang V; sau III lẽ ra là IV." in shown
    assert 'name="reason"' not in shown
