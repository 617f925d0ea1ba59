"""Answers to a parent's items, on the page of one plan and of a whole province."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from plans.actions import uptake as answers
from plans.actions.amend import issue_amendment, open_amendment
from plans.actions.derive import derive
from plans.actions.issue import issue
from plans.implementing import lines_of, survey
from plans.models import ContentItem, DraftSection, NotApplicable, Plan
from plans.proofreading import warnings_of
from plans.uptake import Tally, Uptake, tally
from tests.factories import (
    make_agency,
    make_channel,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

TODAY = date(2024, 4, 1)


@pytest.fixture
def parent() -> Plan:
    """A province's plan with two points of content and one task for every agency."""
    ubnd = make_agency(
        make_province(), kind="province", name="UBND tỉnh Thử", short_name="UBND tỉnh"
    )
    plan = make_plan(
        ubnd,
        number="12",
        symbol="KH-UBND",
        signed_on=date(2024, 1, 10),
        signed_precision="day",
        derive_by=date(2024, 2, 1),
    )
    for order, title in enumerate(("Ý nghĩa của CCHC", "Văn hóa công vụ"), start=1):
        ContentItem.objects.create(plan=plan, order=order, title=title)
    task = make_task(plan, order=1, code="1", title="Báo cáo hằng quý")
    task.assignees.create(order=1, duty="lead", group="Các sở, ban, ngành")
    return plan


@pytest.fixture
def child(parent: Plan) -> Plan:
    return derive(parent=parent, agency=own_of(parent), by=office_of(own_of(parent)))


def own_of(parent: Plan) -> Agency:
    found = Agency.objects.filter(province=parent.province, kind="department").first()
    return found or make_agency(parent.province)


def office_of(agency: Agency) -> User:
    return User.objects.filter(memberships__agency=agency).first() or make_user(
        Role.AGENCY_OFFICE, agency
    )


def states(plan: Plan) -> list[str]:
    return [line.uptake.value for line in lines_of(Plan.objects.get(pk=plan.pk))]


def first_item(parent: Plan) -> int:
    return parent.content_items.order_by("order").first().pk  # type: ignore[union-attr]


def test_an_item_is_left_out_for_a_reason_and_taken_up_again(parent: Plan, child: Plan) -> None:
    by, item = office_of(child.agency), first_item(parent)
    child.content_items.filter(source=item).delete()
    assert states(child) == ["missing", "adopted", "adopted"]
    assert "parent-item-uncovered" in {found.code for found in warnings_of(child)}
    with pytest.raises(Refused, match="lý do"):
        answers.leave_out(plan=child, section="content", item=item, reason=" ", by=by)
    answers.leave_out(plan=child, section="content", item=item, reason="Không có", by=by)
    assert states(child) == ["not_applicable", "adopted", "adopted"]
    assert "parent-item-uncovered" not in {found.code for found in warnings_of(child)}
    answers.reconsider(plan=child, section="content", item=item, by=by)
    assert states(child) == ["missing", "adopted", "adopted"]
    answers.leave_out(plan=child, section="content", item=item, reason="Không có", by=by)
    answers.take_up(plan=child, section="content", item=item, by=by)
    assert states(child) == ["adopted", "adopted", "adopted"]
    assert not NotApplicable.objects.exists()
    assert DraftSection.objects.get(plan=child, name="content").version == 1


def test_a_task_is_taken_up_in_the_parents_words(parent: Plan, child: Plan) -> None:
    by, task = office_of(child.agency), parent.tasks.get()
    channel = make_channel(parent.province)
    make_quota(task, channel, minimum=2)
    child.tasks.all().delete()
    assert "parent-task-uncovered" in {found.code for found in warnings_of(child)}
    answers.take_up(plan=child, section="annex", item=task.pk, by=by)
    row = child.tasks.get()
    assert (row.code, row.title, row.source) == ("1", "Báo cáo hằng quý", task)
    quota = row.quotas.get()
    assert (quota.channel, quota.minimum, quota.default_unit) == (channel, 2, None)


def test_a_row_written_by_hand_is_linked(parent: Plan, child: Plan) -> None:
    by, item = office_of(child.agency), first_item(parent)
    row = child.content_items.get(source=item)
    row.source, row.title = None, "Ý nghĩa, mục tiêu của CCHC"
    row.save()
    answers.link(plan=child, section="content", item=item, uid=row.uid, by=by)
    assert states(child) == ["adapted", "adopted", "adopted"]
    line = lines_of(child)[0]
    assert line.difference == (
        ("same", "Ý nghĩa"),
        ("added", ", mục tiêu"),
        ("same", " của CCHC"),
    )
    with pytest.raises(Refused, match="đã gắn"):
        answers.link(plan=child, section="content", item=item, uid=row.uid, by=by)


def test_rows_in_the_items_own_words_are_linked_at_once(parent: Plan, child: Plan) -> None:
    child.content_items.update(source=None)
    child.tasks.update(source=None)
    assert states(child) == ["missing"] * 3
    assert answers.link_same(plan=child, by=office_of(child.agency)) == 3
    assert states(child) == ["adopted"] * 3


def test_only_the_office_answers_and_only_in_a_draft(parent: Plan, child: Plan) -> None:
    item = first_item(parent)
    other = make_user(Role.OFFICER, child.agency)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        answers.leave_out(plan=child, section="content", item=item, reason="x", by=other)
    by = office_of(child.agency)
    issue(plan=child, by=by)
    with pytest.raises(Refused, match="bản sửa đổi"):
        answers.leave_out(plan=child, section="content", item=item, reason="x", by=by)


def test_an_amendment_answers_anew_and_takes_the_place(parent: Plan, child: Plan) -> None:
    by, item = office_of(child.agency), first_item(parent)
    child.content_items.filter(source=item).delete()
    answers.leave_out(plan=child, section="content", item=item, reason="Cũ", by=by)
    issue(plan=child, by=by)
    copy = open_amendment(plan=child, reason="Sửa", by=by)
    assert states(copy) == ["not_applicable", "adopted", "adopted"]
    answers.take_up(plan=copy, section="content", item=item, by=by)
    assert states(child) == ["not_applicable", "adopted", "adopted"]
    issue_amendment(copy=copy, by=by)
    assert states(child) == ["adopted", "adopted", "adopted"]
    assert not NotApplicable.objects.exists()


def test_an_item_of_another_plan_is_refused(parent: Plan, child: Plan) -> None:
    stranger = ContentItem.objects.create(plan=make_plan(own_of(parent)), order=1, title="Lạ")
    with pytest.raises(Refused, match="không còn nội dung này"):
        answers.take_up(plan=child, section="content", item=stranger.pk, by=office_of(child.agency))


def test_the_plans_page_shows_each_item_and_its_buttons(
    client: Client, parent: Plan, child: Plan
) -> None:
    item = first_item(parent)
    row = child.content_items.get(source=item)
    row.title = "Ý nghĩa của CCHC tại Sở"
    row.save()
    child.content_items.exclude(source=item).delete()
    client.force_login(office_of(child.agency))
    address = reverse("plans:plan-uptake", args=[child.pk])
    text = client.get(address).content.decode()
    assert "Đã xử lý <b>2/3</b>" in text
    assert "1 nguyên văn, 1 điều chỉnh, 0 không áp dụng có lý do; còn thiếu 1" in text
    assert '<ins><span class="visually-hidden">[thêm:</span> tại Sở' in text
    assert "Đưa vào kế hoạch" in text
    only = client.get(address, {"loc": "missing"}).content.decode()
    assert "Văn hóa công vụ" in only
    assert "Báo cáo hằng quý" not in only
    left = parent.content_items.exclude(pk=item).get()
    client.post(
        reverse("plans:uptake-leave-out", args=[child.pk]),
        {"section": "content", "item": left.pk, "reason": "Không thuộc lĩnh vực"},
    )
    assert "Lý do: Không thuộc lĩnh vực" in client.get(address).content.decode()


def overseer(parent: Plan) -> User:
    return make_user(Role.HOME_AFFAIRS, make_agency(parent.province, name="Sở Nội vụ"))


def test_home_affairs_sees_every_agency_worst_first(parent: Plan, child: Plan) -> None:
    late = make_agency(parent.province, name="Sở Trễ")
    absent = make_agency(parent.province, name="UBND xã Vắng", kind="commune")
    make_agency(parent.province, name="Sở Cũ", dissolved_on=date(2023, 12, 31))
    plan = derive(parent=parent, agency=late, by=office_of(late))
    plan.signed_on, plan.signed_precision = date(2024, 2, 11), "day"
    plan.save()
    plan.content_items.all().delete()
    issue(plan=plan, by=office_of(late))
    found = survey(parent, TODAY)
    assert [
        (
            row.agency,
            row.progress.timeliness.state,
            row.progress.timeliness.days_late,
            row.progress.tally,
        )
        for row in found.rows
    ] == [
        (child.agency, "overdue", 60, Tally(missing=3)),  # its draft is nobody else's business
        (absent, "overdue", 60, Tally(missing=2)),
        (late, "late", 10, Tally(adopted=1, missing=2)),
    ]
    assert [(item.text, counts) for item, counts in found.item_tallies()] == [
        ("Ý nghĩa của CCHC", Tally(missing=3)),
        ("Văn hóa công vụ", Tally(missing=3)),
        ("Báo cáo hằng quý", Tally(adopted=1, missing=1)),
    ]


def test_the_province_page_and_its_filters(client: Client, parent: Plan, child: Plan) -> None:
    by = office_of(child.agency)
    child.number, child.signed_on, child.signed_precision = "5", date(2024, 1, 20), "day"
    child.save()
    issue(plan=child, by=by)
    absent = make_agency(parent.province, name="UBND xã Vắng", kind="commune")
    client.force_login(overseer(parent))
    address = reverse("plans:province-uptake", args=[parent.pk])
    text = client.get(address).content.decode()
    assert "Đã ban hành <b>1/3</b> cơ quan" in text
    assert absent.name in text
    assert "ngày 20/01/2024" in text
    only = client.get(address, {"loc": "chua-ban-hanh"}).content.decode()
    assert absent.name in only
    assert "ngày 20/01/2024" not in only
    items = client.get(address, {"xem": "noi-dung"}).content.decode()
    assert "Báo cáo hằng quý" in items
    book = client.get(reverse("plans:province-uptake-xlsx", args=[parent.pk]), {"loc": "tre-han"})
    sheet = openpyxl.load_workbook(BytesIO(book.getvalue())).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert absent.name in texts
    assert child.agency.name not in texts


def test_only_overseers_see_the_province(client: Client, parent: Plan, child: Plan) -> None:
    client.force_login(office_of(child.agency))
    for name in ("plans:province-uptake", "plans:province-uptake-xlsx"):
        assert client.get(reverse(name, args=[parent.pk])).status_code == 403
    client.force_login(make_user(Role.HOME_AFFAIRS, make_agency()))
    assert client.get(reverse("plans:province-uptake", args=[parent.pk])).status_code == 404


@pytest.mark.parametrize("agencies", [1, 40])
def test_the_number_of_queries_does_not_grow(
    agencies: int, parent: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(agencies):
        own = make_agency(parent.province)
        issue(plan=derive(parent=parent, agency=own, by=office_of(own)), by=office_of(own))
    fresh = Plan.objects.select_related("agency").get(pk=parent.pk)
    with django_assert_num_queries(9):
        found = survey(fresh, TODAY)
        found.item_tallies()
    assert len(found.rows) == agencies


def test_real_children_of_a_plan_known_by_citation(
    client: Client, real: dict[str, Plan], office: Callable[[Agency], User]
) -> None:
    found = survey(real["st-ubnd-30-2024"], TODAY)
    issued = {row.agency.code for row in found.rows if row.plan}
    assert issued == {"ST-STTTT", "ST-BQLKCN"}
    assert {row.progress.tally for row in found.rows} == {Tally()}
    assert {row.progress.timeliness.state for row in found.rows} == {"no_term"}


def test_four_counts_stand_apart() -> None:
    assert tally([Uptake.MISSING, Uptake.ADAPTED]).covered == 1
