"""Amendments after amendments, and beside other work: nothing is lost and nothing breaks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from agencies.models import User
from agencies.roles import Role
from cchc.jobs.models import Job
from cchc.lib import clock
from cchc.lib.decisions import Refused
from plans import import_files
from plans.actions.amend import give_up, issue_amendment, open_amendment
from plans.actions.drafts import save_section
from plans.actions.issue import issue
from plans.actions.life import close, record_number
from plans.actions.start import discard
from plans.comparing import words
from plans.implementing import expected_agencies
from plans.models import AnnexImport, Obligation, Plan, Quota, Task
from plans.owing import owed_by
from plans.revision_changes import compare
from plans.sections import SECTIONS
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def in_may() -> Any:
    with time_machine.travel("2024-05-10 09:00:00+07:00", tick=False):
        yield


class World:
    """A department's plan: row 4 above 4.1 and 4.2, which owe an item a month each."""

    def __init__(self) -> None:
        self.agency = make.make_agency()
        self.unit = make.make_unit(self.agency, "Văn phòng")
        self.by: User = make.make_user(Role.AGENCY_OFFICE, self.agency, self.unit)
        self.channel = make.make_channel(self.agency.province)
        draft = make.make_plan(self.agency, state="draft")
        head = make.make_task(draft, code="4", order=1, title="Tin, bài")
        for order in (1, 2):
            task = make.make_task(draft, code=f"4.{order}", order=order + 1, parent=head)
            make.make_quota(task, self.channel, per="month", default_unit=self.unit)
        self.plan = issue(plan=draft, by=self.by)

    def amend(self, **edits: Any) -> Plan:
        copy = open_amendment(plan=self.plan, reason="Điều chỉnh", by=self.by)
        for name, edit in edits.items():
            value = edit(SECTIONS[name].read(copy))
            saved = copy.draft_sections.filter(name=name).first()
            version = saved.version if saved else 0
            save_section(plan=copy, name=name, version=version, data=value, by=self.by)
        self.plan, self.done = issue_amendment(copy=copy, by=self.by)
        return self.plan

    def owed(self, **of: Any) -> list[str]:
        rows = Obligation.objects.filter(plan=self.plan, **of).order_by("window_start", "period")
        return list(rows.values_list("period", flat=True))


def without(*codes: str) -> Any:
    return lambda rows: [row for row in rows if row["code"] not in codes]


MONTHS = [f"2024-M{month:02}" for month in range(1, 13)]


def test_a_row_taken_out_outlives_the_row_above_it() -> None:
    world = World()
    task = world.plan.tasks.get(code="4.2")
    world.amend(annex=without("4.2"))
    world.amend(annex=without("4", "4.1"))
    assert list(world.plan.tasks.all()) == []
    assert world.owed(task=task) == MONTHS[:4]
    assert Task.everything.get(pk=task.pk).parent is None


def test_a_row_that_comes_back_owes_again_from_today() -> None:
    world = World()
    task = world.plan.tasks.get(code="4.2")
    rows, quotas = (SECTIONS[name].read(world.plan) for name in ("annex", "quotas"))
    world.amend(annex=without("4.2"))
    assert world.owed(task=task) == MONTHS[:4]
    world.amend(annex=lambda _: rows, quotas=lambda _: quotas)
    assert Task.objects.get(pk=task.pk).removed_in is None
    assert world.owed(task=task) == MONTHS


def test_months_become_quarters_from_the_quarter_that_is_still_due() -> None:
    world = World()
    task = world.plan.tasks.get(code="4.1")
    quota = task.quotas.get()

    def quarterly(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row | {"per": "quarter"} if row["uid"] == quota.uid else row for row in rows]

    world.amend(quotas=quarterly)
    assert world.owed(task=task) == [*MONTHS[:4], "2024-Q2", "2024-Q3", "2024-Q4"]


def test_a_shorter_plan_owes_less_and_a_longer_one_more() -> None:
    world = World()
    task = world.plan.tasks.get(code="4.1")

    def until(day: str) -> Any:
        return lambda header: header | {"ends_on": day}

    world.amend(header=until("30/09/2024"))
    assert world.owed(task=task) == MONTHS[:9]
    world.amend(header=until("31/01/2025"))
    assert world.owed(task=task) == [*MONTHS, "2025-M01"]


def test_a_quota_given_to_another_row_is_owed_by_that_row() -> None:
    world = World()
    first, second = world.plan.tasks.filter(code__in=("4.1", "4.2")).order_by("order")
    quota = first.quotas.get()

    def moved(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept = [row for row in rows if row["uid"] == quota.uid]
        return [row | {"task": second.uid} for row in kept]

    world.amend(quotas=moved)
    assert Quota.objects.get(pk=quota.pk).task == second
    owed = Obligation.objects.filter(quota=quota)
    assert set(owed.filter(due_on__gte=date(2024, 5, 10)).values_list("task", flat=True)) == {
        second.pk
    }
    assert set(owed.filter(due_on__lt=date(2024, 5, 10)).values_list("task", flat=True)) == {
        first.pk
    }


def test_a_number_given_to_another_plan_meanwhile_is_refused_in_words() -> None:
    world = World()
    other = issue(plan=make.make_plan(world.agency, state="draft"), by=world.by)
    copy = open_amendment(plan=world.plan, reason="Ghi số", by=world.by)
    header = SECTIONS["header"].read(copy) | {"number": "7", "signed": "02/05/2024"}
    save_section(plan=copy, name="header", version=0, data=header, by=world.by)
    record_number(plan=other, number="7", signed_on=date(2024, 5, 2), by=world.by)
    with pytest.raises(Refused, match="Đã có Kế hoạch số 7/KH-TN cùng ngày ký"):
        issue_amendment(copy=copy, by=world.by)
    assert Plan.objects.filter(pk=copy.pk).exists()


def test_what_is_gone_meanwhile_is_said_in_words() -> None:
    world = World()
    copy = open_amendment(plan=world.plan, reason="Điều chỉnh", by=world.by)
    stale = Plan.objects.get(pk=copy.pk)
    issue_amendment(copy=copy, by=world.by)
    draft = make.make_plan(world.agency, state="draft")
    thrown = Plan.objects.get(pk=draft.pk)
    discard(plan=draft, by=world.by)
    gone = "Dự thảo này không còn"
    with pytest.raises(Refused, match=gone):
        issue_amendment(copy=stale, by=world.by)
    with pytest.raises(Refused, match=gone):
        give_up(copy=stale, by=world.by)
    with pytest.raises(Refused, match=gone):
        issue(plan=thrown, by=world.by)
    with pytest.raises(Refused, match=gone):
        save_section(plan=stale, name="content", version=0, data=[], by=world.by)


def test_a_plan_that_cites_the_working_copy_does_not_hold_it() -> None:
    world = World()
    copy = open_amendment(plan=world.plan, reason="Điều chỉnh", by=world.by)
    other = make.make_plan(world.agency, state="draft")
    row = {
        "uid": "a" * 16,
        "role": "cited",
        "place_in_plan": "",
        "document_type": "Kế hoạch",
        "reference": "",
        "dated": "",
        "issuer": "",
        "abstract": "",
        "document": copy.pk,
        "registered": None,
    }
    with pytest.raises(Exception, match="Không có kế hoạch này"):
        save_section(plan=other, name="bases", version=0, data=[row], by=world.by)


def test_a_closed_plan_has_no_amendment() -> None:
    world = World()
    with time_machine.travel("2025-01-02 09:00:00+07:00", tick=False):
        close(plan=world.plan, by=world.by)
        with pytest.raises(Refused, match="chưa kết thúc mới sửa đổi"):
            open_amendment(plan=world.plan, reason="Muộn", by=world.by)


def owes(plan: Plan) -> set[str]:
    return {row.task.title for row in owed_by(plan)}


@pytest.mark.parametrize(
    ("kind", "assignees", "is_owed"),
    [
        ("province", [], True),
        ("province", ["unit"], True),
        ("province", ["own"], True),
        ("province", ["other"], False),
        ("province", ["other", "own"], True),
        ("province", ["Các sở, ban, ngành"], False),
        ("province", ["Các cơ quan, đơn vị"], False),
        ("department", ["Các phòng chuyên môn"], True),
        ("department", ["Các cơ quan, đơn vị"], True),
        ("department", ["other"], False),
        ("department", ["below"], False),
        ("department", ["Trung tâm Công nghệ số"], False),
    ],
)
def test_an_agency_owes_its_own_duties_only(kind: str, assignees: list[str], is_owed: bool) -> None:
    agency = make.make_agency(kind=kind)
    other = make.make_agency(agency.province)
    below = make.make_agency(
        agency.province, kind="service", name="Trung tâm Công nghệ số", parent=agency
    )
    plan = make.make_plan(agency, state="draft")
    task = make.make_task(plan, title="Việc")
    unit = make.make_unit(agency)
    named: dict[str, dict[str, object]] = {
        "unit": {"unit": unit},
        "own": {"agency": agency},
        "other": {"agency": other},
        "below": {"agency": below},
    }
    for order, one in enumerate(assignees, start=1):
        task.assignees.create(order=order, duty="lead", **named.get(one, {"group": one}))
    make.make_quota(task, make.make_channel(agency.province))
    assert owes(plan) == ({"Việc"} if is_owed else set())


def test_a_duty_with_a_unit_of_the_agency_is_its_own_whoever_leads() -> None:
    agency = make.make_agency(kind="province")
    plan = make.make_plan(agency, state="draft")
    task = make.make_task(plan, title="Việc")
    task.assignees.create(order=1, duty="lead", group="Các sở, ban, ngành")
    quota = make.make_quota(task, make.make_channel(agency.province))
    unit = make.make_unit(agency)
    assert owes(plan) == set()
    make.make_turn(quota, "2024-Q1", unit)
    assert owes(plan) == {"Việc"}


def test_a_sub_row_is_led_by_those_of_the_row_above() -> None:
    agency = make.make_agency(kind="province")
    plan = make.make_plan(agency, state="draft")
    head = make.make_task(plan, title="Trên", order=1)
    head.assignees.create(order=1, duty="lead", group="Các sở, ban, ngành")
    make.make_quota(
        make.make_task(plan, title="Dưới", order=2, parent=head),
        make.make_channel(agency.province),
    )
    assert owes(plan) == set()


@pytest.mark.parametrize("way", [issue_amendment, give_up])
@pytest.mark.django_db(transaction=True)
def test_an_annex_on_its_way_goes_with_the_working_copy(way: Any) -> None:
    world = World()
    copy = open_amendment(plan=world.plan, reason="Điều chỉnh", by=world.by)
    job = Job.objects.create(task="plans.check_annex")
    brought = AnnexImport(
        plan=copy, name="a.xlsx", job=job, ordered_at=clock.now(), ordered_by=world.by
    )
    brought.file = import_files.keep(brought.pk, b"x")
    brought.save()
    way(copy=copy, by=world.by)
    job.refresh_from_db()
    assert (job.state, import_files.path_of(brought.file).exists()) == ("cancelled", False)


def test_another_parent_is_told_by_its_name() -> None:
    world = World()
    parent = make.make_plan(make.make_agency(world.agency.province, kind="province"), number="8")
    world.amend(header=lambda header: header | {"parent": parent.pk, "kind": "reform"})
    first, second = world.plan.revisions.order_by("number")
    (section,) = compare(first.value, second.value)
    (row,) = section.rows
    assert [field.label for field in row.fields] == ["Loại kế hoạch", "Kế hoạch cấp trên"]
    kind, above = row.fields
    assert kind.difference == words("Tuyên truyền cải cách hành chính", "Cải cách hành chính")
    assert above.difference == words("", str(parent))


def test_an_agency_that_ended_before_the_term_is_asked_for_nothing() -> None:
    province = make.make_province()
    parent = make.make_plan(
        make.make_agency(province, kind="province"), derive_by=date(2024, 3, 15)
    )
    early = make.make_agency(province, dissolved_on=date(2024, 2, 1))
    late = make.make_agency(province, dissolved_on=date(2024, 6, 1))
    did = make.make_agency(province, dissolved_on=date(2024, 2, 1))
    make.make_plan(did, parent=parent)
    assert early not in expected_agencies(parent)
    assert list(expected_agencies(parent)) == [late, did]
