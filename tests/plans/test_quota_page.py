"""The page of quotas and rotation of a draft: what it proposes, and what the office decides."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from plans.actions.quotas import decide
from plans.models import Assignee, Plan, Quota, RotationTurn, Task
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]

PLAN_001 = "st-stttt-tuyen-truyen-2024"
TEXT = "Mỗi quý ít nhất 01 tin, bài được duyệt đăng trên Kênh tỉnh"


class Draft:
    """A draft with one row that words a quota, led by two units."""

    def __init__(self, **facts: Any) -> None:
        self.agency = make.make_agency()
        self.units = [make.make_unit(self.agency, name) for name in ("Văn phòng", "Thanh tra")]
        self.office = make.make_user(Role.AGENCY_OFFICE, self.agency, self.units[0])
        self.channel = make.make_channel(
            self.agency.province, "kenh-tinh", name="Kênh tỉnh", short_name="Kênh tỉnh"
        )
        self.plan = make.make_plan(self.agency, **{"state": "draft", **facts})
        self.task = self.row()

    def row(self) -> Task:
        task: Task = make.make_task(self.plan, title=TEXT, timing_text="Trong năm 2024")
        for order, unit in enumerate(self.units, start=1):
            Assignee.objects.create(task=task, order=order, duty="lead", unit=unit)
        return task


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def facts_of(client: Client, plan: Plan) -> dict[str, Any]:
    """What the page carries for its scripts."""
    response = client.get(reverse("plans:edit-quotas", args=[plan.pk]))
    assert response.status_code == 200
    found = re.search(
        r'<script id="quota-facts" type="application/json">(.*?)</script>',
        response.content.decode(),
    )
    assert found is not None
    facts: dict[str, Any] = json.loads(found[1])
    return facts


def post(client: Client, plan: Plan, **data: str) -> tuple[int, dict[str, Any]]:
    response = client.post(reverse("plans:quota-decide", args=[plan.pk]), data)
    return response.status_code, json.loads(response.content)


def test_001_as_a_draft_is_proposed_its_quotas_as_issued(
    real: dict[str, Plan], office: Callable[[Agency], User]
) -> None:
    plan = real[PLAN_001]
    issued = {
        (quota.task.code, quota.channel.code): {turn.period: turn.unit.code for turn in turns}
        for quota in Quota.objects.filter(task__plan=plan).select_related("task", "channel")
        for turns in [RotationTurn.objects.filter(quota=quota).select_related("unit")]
    }
    Plan.objects.filter(pk=plan.pk).update(state="draft", issued_at=None, issued_by=None)
    facts = facts_of(client_of(office(plan.agency)), plan)
    assert {
        (task["code"], one["quota"]["channel"]): one["quota"]["turns"]
        for task in facts["tasks"]
        for one in task["proposals"]
    } == issued
    assert [
        (one["sentence"], one["quota"]["due_kind"], one["quota"]["due_day"], one["questions"])
        for task in facts["tasks"]
        for one in task["proposals"]
    ] == [
        (
            "mỗi quý ít nhất 01 tin, bài, phóng sự được duyệt, đăng trên Chuyên trang CCHC",
            "fixed",
            None,
            [],
        ),
        (
            "mỗi quý ít nhất 01 tin, bài, phóng sự được duyệt, đăng trên Cổng TTĐT tỉnh",
            "fixed",
            None,
            [],
        ),
        (
            "mỗi tháng ít nhất 01 tin, bài, phóng sự được duyệt, đăng trên Cổng TTĐT cơ quan",
            "day_of_month",
            25,
            [],
        ),
    ]
    assert len(facts["periods"]["month"]) == 12


def test_the_turns_of_last_year_go_on_and_units_that_are_gone_are_skipped() -> None:
    draft = Draft(starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    first, second = draft.units
    gone = make.make_unit(draft.agency, "Phòng cũ", until=date(2024, 12, 31))
    before = make.make_plan(draft.agency, number="01")
    quota = make.make_quota(make.make_task(before), draft.channel)
    for period, unit in (
        ("2024-Q1", first),
        ("2024-Q2", gone),
        ("2024-Q3", second),
        ("2024-Q4", first),
    ):
        make.make_turn(quota, period, unit)
    facts = facts_of(client_of(draft.office), draft.plan)
    assert facts["last_year"] == "Kế hoạch số 01/KH-TN"
    assert [
        (one["channel"], one["per"], one["last"], one["turns"]) for one in facts["continued"]
    ] == [
        (
            "kenh-tinh",
            "quarter",
            first.code,
            {
                "2025-Q1": second.code,
                "2025-Q2": first.code,
                "2025-Q3": second.code,
                "2025-Q4": first.code,
            },
        )
    ]
    assert {unit["label"]: unit["gone"] for unit in facts["units"]} == {
        "Văn phòng": False,
        "Thanh tra": False,
        "Phòng cũ": True,
    }


def test_a_row_goes_without_a_quota_and_may_have_one_after_all() -> None:
    draft = Draft()
    client = client_of(draft.office)
    assert post(client, draft.plan, task=draft.task.uid, without="1") == (200, {"declined": True})
    (task,) = facts_of(client, draft.plan)["tasks"]
    assert task["declined"] is True
    assert draft.plan.draft_sections.get(name="annex").version == 1
    assert post(client, draft.plan, task=draft.task.uid, without="0") == (200, {"declined": False})
    assert draft.plan.draft_sections.get(name="annex").version == 2
    assert [
        (entry.before, entry.after)
        for entry in AuditEntry.objects.filter(verb="task.without_quota").order_by("id")
    ] == [
        ({"without_quota": False}, {"without_quota": True}),
        ({"without_quota": True}, {"without_quota": False}),
    ]


def test_a_row_with_a_quota_is_not_declined() -> None:
    draft = Draft()
    make.make_quota(draft.task, draft.channel)
    status, answer = post(client_of(draft.office), draft.plan, task=draft.task.uid, without="1")
    assert (status, answer) == (
        403,
        {"reason": f"Nhiệm vụ {draft.task.code} đang có định mức; hãy xóa định mức trước."},
    )
    assert AuditEntry.objects.filter(verb="task.without_quota").count() == 0


def test_only_the_office_writes_and_only_a_draft() -> None:
    draft, issued = Draft(), Draft(state="issued")
    head = make.make_user(Role.UNIT_HEAD, draft.agency, draft.units[0])
    page = reverse("plans:edit-quotas", args=[draft.plan.pk])
    assert client_of(head).get(page).status_code == 403
    with pytest.raises(Refused, match="Chỉ Văn phòng của"):
        decide(task=draft.task, without_quota=True, by=head)
    closed = client_of(issued.office).get(reverse("plans:edit-quotas", args=[issued.plan.pk]))
    assert (closed.status_code, "Lập bản sửa đổi" in closed.content.decode()) == (403, True)
    with pytest.raises(Refused, match="Kế hoạch đã ban hành"):
        decide(task=issued.task, without_quota=True, by=issued.office)


def test_the_page_asks_as_often_for_one_row_as_for_four() -> None:
    draft = Draft()
    client = client_of(draft.office)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            facts_of(client, draft.plan)
        return len(found)

    make.make_quota(draft.task, draft.channel)
    queries()
    before = queries()
    for _ in range(3):
        make.make_quota(draft.row(), draft.channel)
    assert queries() == before
