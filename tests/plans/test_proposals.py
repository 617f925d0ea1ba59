"""An amended parent proposes; nothing in a derived plan changes until its author says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.jobs import runner
from cchc.jobs.models import Job
from cchc.lib import clock
from cchc.lib.decisions import Refused
from plans import tasks
from plans.actions import proposals
from plans.actions.amend import issue_amendment, open_amendment
from plans.actions.derive import derive
from plans.actions.issue import issue
from plans.actions.proposals import Choice, accept, decline, propose
from plans.models import ContentItem, NotApplicable, Plan, PlanChannel, Proposal, Task
from plans.proposing import changes
from plans.sections import SECTIONS
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


@pytest.fixture
def parent() -> Plan:
    ubnd = make_agency(make_province(), kind="province")
    plan = make_plan(ubnd, number="12")
    for order, title in enumerate(("Ý nghĩa của CCHC", "Văn hóa công vụ"), start=1):
        ContentItem.objects.create(plan=plan, order=order, title=title)
    PlanChannel.objects.create(plan=plan, order=1, title="Hội thi")
    for order, lead in enumerate(("Các sở, ban, ngành", "UBND cấp xã"), start=1):
        task = make_task(plan, order=order, code=str(order), title=f"Việc {order}")
        task.assignees.create(order=1, duty="lead", group=lead)
    make_user(Role.AGENCY_OFFICE, ubnd)
    return plan


@pytest.fixture
def child(parent: Plan) -> Plan:
    own = make_agency(parent.province)
    return derive(parent=parent, agency=own, by=make_user(Role.AGENCY_OFFICE, own))


def office(plan: Plan) -> User:
    return User.objects.filter(memberships__agency=plan.agency).get()


def amend(parent: Plan, **edits: Any) -> Plan:
    """The parent amended: each section's value goes through a function."""
    by = office(parent)
    copy = open_amendment(plan=parent, reason="Điều chỉnh", by=by)
    for name, edit in edits.items():
        SECTIONS[name].write(copy, edit(SECTIONS[name].read(copy)))
    amended, _ = issue_amendment(copy=copy, by=by)
    return amended


def put(plan: Plan, **edits: Any) -> Plan:
    propose(parent=plan, revision=plan.revision, by=office(plan))
    return plan


def retitled(before: str, after: str) -> Any:
    return lambda rows: [row | {"title": row["title"].replace(before, after)} for row in rows]


def added(title: str) -> Any:
    return lambda rows: [
        *rows,
        {"uid": "f" * 16, "label": "", "title": title, "source": None},
    ]


def without(title: str) -> Any:
    return lambda rows: [row for row in rows if row["title"] != title]


def told(child: Plan) -> list[tuple[str, str, str, str]]:
    return [
        (one.kind, one.section, one.before.get("title", ""), one.after.get("title", ""))
        for one in Proposal.objects.filter(plan=child, state="open").order_by("pk")
    ]


def titles(plan: Plan) -> list[str]:
    return list(plan.content_items.order_by("order").values_list("title", flat=True))


def test_what_was_added_changed_and_removed_is_proposed(parent: Plan, child: Plan) -> None:
    put(
        amend(
            parent,
            content=lambda rows: added("Chuyển đổi số")(
                retitled("Ý nghĩa", "Mục tiêu, ý nghĩa")(without("Văn hóa công vụ")(rows))
            ),
            forms=retitled("Hội thi", "Hội thi, tọa đàm"),
        )
    )
    assert told(child) == [
        ("changed", "content", "Ý nghĩa của CCHC", "Mục tiêu, ý nghĩa của CCHC"),
        ("added", "content", "", "Chuyển đổi số"),
        ("removed", "content", "Văn hóa công vụ", ""),
        ("changed", "forms", "Hội thi", "Hội thi, tọa đàm"),
    ]
    assert titles(child) == ["Ý nghĩa của CCHC", "Văn hóa công vụ"]


def test_a_second_run_proposes_nothing_more(parent: Plan, child: Plan) -> None:
    amended = put(amend(parent, content=added("Chuyển đổi số")))
    assert propose(parent=amended, revision=1, by=office(parent)) == 0
    assert Proposal.objects.count() == 1


def test_only_tasks_that_concern_the_agency_are_proposed(parent: Plan, child: Plan) -> None:
    put(amend(parent, annex=retitled("Việc", "Công việc")))
    assert told(child) == [("changed", "annex", "Việc 1", "Công việc 1")]


def test_a_task_given_to_others_goes_and_one_given_to_it_comes(parent: Plan, child: Plan) -> None:
    def swapped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        leads = [row["lead"] for row in rows]
        return [row | {"lead": lead} for row, lead in zip(rows, leads[::-1], strict=True)]

    put(amend(parent, annex=swapped))
    assert told(child) == [("removed", "annex", "Việc 1", ""), ("added", "annex", "", "Việc 2")]


@pytest.mark.django_db(transaction=True)
def test_the_job_does_it(parent: Plan, child: Plan) -> None:
    amended = amend(parent, content=added("Chuyển đổi số"))
    job = Job.objects.get(task=tasks.propose_changes.name)
    assert job.arguments == {"plan_id": amended.pk, "revision": 1}
    assert runner.run_named(job.pk)
    assert told(child) == [("added", "content", "", "Chuyển đổi số")]
    assert Proposal.objects.get().made_by == office(parent)


def test_an_accepted_addition_comes_into_the_draft(parent: Plan, child: Plan) -> None:
    put(amend(parent, content=added("Chuyển đổi số")))
    accept(proposal=Proposal.objects.get(), choice=None, by=office(child))
    assert titles(child) == ["Ý nghĩa của CCHC", "Văn hóa công vụ", "Chuyển đổi số"]
    row = child.content_items.get(title="Chuyển đổi số")
    assert row.source == parent.content_items.get(title="Chuyển đổi số")
    assert Proposal.objects.get().state == "accepted"
    with pytest.raises(Refused, match="đã được xem xét"):
        accept(proposal=Proposal.objects.get(), choice=None, by=office(child))


def test_an_accepted_task_waits_for_its_leads(parent: Plan, child: Plan) -> None:
    def more(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [*rows, rows[0] | {"uid": "e" * 16, "code": "3", "title": "Việc 3"}]

    channel = make_channel(parent.province)
    amended = amend(parent, annex=more)
    make_quota(amended.tasks.get(title="Việc 3"), channel)
    put(amended)
    accept(proposal=Proposal.objects.get(), choice=None, by=office(child))
    task = child.tasks.get(title="Việc 3")
    assert [quota.channel for quota in task.quotas.all()] == [channel]
    assert (task.code, task.source, task.assignees.count()) == (
        "2",
        Task.objects.get(plan=parent, title="Việc 3"),
        0,
    )


def test_the_same_words_change_without_a_question(parent: Plan, child: Plan) -> None:
    put(amend(parent, content=retitled("Ý nghĩa", "Mục tiêu, ý nghĩa")))
    accept(proposal=Proposal.objects.get(), choice=None, by=office(child))
    assert titles(child)[0] == "Mục tiêu, ý nghĩa của CCHC"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice.PARENT, "Mục tiêu, ý nghĩa của CCHC"),
        (Choice.OWN, "Ý nghĩa của CCHC tại Sở"),
    ],
)
def test_words_of_its_own_are_never_lost_silently(
    parent: Plan, child: Plan, choice: Choice, expected: str
) -> None:
    row = child.content_items.get(title="Ý nghĩa của CCHC")
    row.title = "Ý nghĩa của CCHC tại Sở"
    row.save()
    put(amend(parent, content=retitled("Ý nghĩa", "Mục tiêu, ý nghĩa")))
    proposal = Proposal.objects.get()
    with pytest.raises(Refused, match="hãy chọn lời văn"):
        accept(proposal=proposal, choice=None, by=office(child))
    assert titles(child)[0] == "Ý nghĩa của CCHC tại Sở"
    accept(proposal=proposal, choice=choice, by=office(child))
    assert titles(child)[0] == expected


@pytest.mark.parametrize(("choice", "left"), [(None, 1), (Choice.PARENT, 1), (Choice.OWN, 2)])
def test_what_was_removed_goes_or_stays(
    parent: Plan, child: Plan, choice: Choice | None, left: int
) -> None:
    put(amend(parent, content=without("Văn hóa công vụ")))
    accept(proposal=Proposal.objects.get(), choice=choice, by=office(child))
    assert child.content_items.count() == left


def test_what_was_left_out_is_asked_again(parent: Plan, child: Plan) -> None:
    item = parent.content_items.get(title="Văn hóa công vụ")
    child.content_items.filter(source=item).delete()
    NotApplicable.objects.create(
        plan=child,
        content_item=item,
        reason="x",
        decided_at=clock.now(),
        decided_by=office(child),
    )
    put(amend(parent, content=retitled("Văn hóa công vụ", "Văn hóa, đạo đức công vụ")))
    accept(proposal=Proposal.objects.get(), choice=None, by=office(child))
    assert titles(child) == ["Ý nghĩa của CCHC", "Văn hóa, đạo đức công vụ"]
    assert not NotApplicable.objects.exists()


def test_an_issued_plan_takes_it_into_its_amendment(parent: Plan, child: Plan) -> None:
    issue(plan=child, by=office(child))
    put(amend(parent, content=added("Chuyển đổi số")))
    proposal = Proposal.objects.get()
    with pytest.raises(Refused, match="lập bản sửa đổi"):
        accept(proposal=proposal, choice=None, by=office(child))
    copy = open_amendment(plan=Plan.objects.get(pk=child.pk), reason="Theo tỉnh", by=office(child))
    accept(proposal=proposal, choice=None, by=office(child))
    assert titles(child) == ["Ý nghĩa của CCHC", "Văn hóa công vụ"]
    assert titles(copy)[-1] == "Chuyển đổi số"
    issue_amendment(copy=copy, by=office(child))
    assert titles(child)[-1] == "Chuyển đổi số"
    assert Proposal.objects.get().plan == child


def test_declining_gives_a_reason(parent: Plan, child: Plan) -> None:
    put(amend(parent, content=added("Chuyển đổi số")))
    proposal = Proposal.objects.get()
    with pytest.raises(Refused, match="lý do"):
        decline(proposal=proposal, reason=" ", by=office(child))
    decline(proposal=proposal, reason="Không thuộc lĩnh vực", by=office(child))
    assert (Proposal.objects.get().state, titles(child)) == (
        "declined",
        ["Ý nghĩa của CCHC", "Văn hóa công vụ"],
    )
    assert AuditEntry.objects.get(verb="plan.decline_proposal").reason == "Không thuộc lĩnh vực"


def test_a_newer_proposal_takes_the_place_of_an_open_one(parent: Plan, child: Plan) -> None:
    amended = put(amend(parent, content=retitled("Ý nghĩa", "Mục tiêu")))
    put(amend(amended, content=retitled("Mục tiêu", "Lợi ích")))
    assert told(child) == [("changed", "content", "Ý nghĩa của CCHC", "Lợi ích của CCHC")]
    old = Proposal.objects.get(state="replaced")
    assert (old.revision, old.reason) == (
        1,
        "Đã có đề xuất mới hơn từ lần sửa đổi 2 của kế hoạch cấp trên.",
    )


def test_strangers_decide_nothing(parent: Plan, child: Plan) -> None:
    put(amend(parent, content=added("Chuyển đổi số")))
    stranger = make_user(Role.OFFICER, child.agency)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        accept(proposal=Proposal.objects.get(), choice=None, by=stranger)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        decline(proposal=Proposal.objects.get(), reason="x", by=stranger)


def test_the_page(client: Client, parent: Plan, child: Plan) -> None:
    row = child.content_items.get(title="Ý nghĩa của CCHC")
    row.title = "Ý nghĩa của CCHC tại Sở"
    row.save()
    put(
        amend(
            parent,
            content=lambda rows: added("Chuyển đổi số")(retitled("Ý nghĩa", "Mục tiêu")(rows)),
        )
    )
    client.force_login(office(child))
    address = reverse("plans:plan-proposals", args=[child.pk])
    text = client.get(address).content.decode()
    assert "Chờ xem xét (2)" in text
    assert "Lời của đơn vị:</b> Ý nghĩa của CCHC tại Sở" in text
    assert "Giữ lời văn nào?" in text
    changed = Proposal.objects.get(kind="changed")
    client.post(reverse("plans:proposal-accept", args=[changed.pk]), {"choice": "own"})
    addition = Proposal.objects.get(kind="added")
    client.post(reverse("plans:proposal-decline", args=[addition.pk]), {"reason": "Không có"})
    text = client.get(address).content.decode()
    assert "Chờ xem xét" not in text
    assert "Đã xem xét (2)" in text
    assert "Lý do: Không có" in text
    other = make_user(Role.AGENCY_OFFICE, make_agency(parent.province))
    client.force_login(other)
    assert client.get(address).status_code == 404
    assert client.post(reverse("plans:proposal-accept", args=[changed.pk])).status_code == 404


def test_the_office_is_told_on_the_list_and_on_the_plan(
    client: Client, parent: Plan, child: Plan
) -> None:
    issue(plan=child, by=office(child))
    put(amend(parent, content=added("Chuyển đổi số")))
    told_so = "1 đề xuất từ kế hoạch cấp trên"
    client.force_login(office(child))
    assert told_so in client.get(reverse("plans:plan-list")).content.decode()
    detail = reverse("plans:plan-detail", args=[child.pk])
    assert told_so in client.get(detail).content.decode()
    client.force_login(make_user(Role.AGENCY_OFFICE, make_agency(parent.province)))
    assert told_so not in client.get(reverse("plans:plan-list")).content.decode()


def test_changes_compare_rows_by_uid() -> None:
    old = {"content": [{"uid": "a", "title": "x"}, {"uid": "b", "title": "y"}]}
    new = {"content": [{"uid": "b", "title": "y"}, {"uid": "a", "title": "z"}]}
    assert [(one.uid, one.before["title"], one.after["title"]) for one in changes(old, new)] == [
        ("a", "x", "z")
    ]
    assert proposals.PROPOSED.code == "plan.propose"
