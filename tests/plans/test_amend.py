"""An amendment: the plan in force stays until it is issued; then only the open future changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine

from agencies.models import Agency, AuditEntry, User
from cchc.jobs.models import Job
from cchc.lib.decisions import Refused
from outreach.models import Fulfilment
from plans.actions.amend import give_up, issue_amendment, open_amendment
from plans.actions.drafts import save_section
from plans.models import Obligation, Plan, Quota, Task
from plans.revision_changes import Change, compare
from plans.sections import SECTIONS
from plans.sections.snapshot import snapshot
from tests.factories import make_activity, make_agency, make_placement, make_plan

pytestmark = [pytest.mark.core, pytest.mark.django_db]

Rows = list[dict[str, Any]]
Edit = Callable[[Rows], object]


@pytest.fixture
def plan(plan_001: Plan) -> Plan:
    return plan_001


@pytest.fixture
def clerk(plan: Plan, office: Callable[[Agency], User]) -> User:
    return office(plan.agency)


def opened(plan: Plan, clerk: User) -> Plan:
    return open_amendment(plan=plan, reason="Phòng Chuyển đổi số đổi việc", by=clerk)


def change(copy: Plan, section: str, clerk: User, edit: Edit) -> None:
    value = SECTIONS[section].read(copy)
    edit(value)
    present = copy.draft_sections.filter(name=section).first()
    version = present.version if present else 0
    save_section(plan=copy, name=section, version=version, data=value, by=clerk)


def owed(plan: Plan) -> list[tuple[str, str, str]]:
    rows = plan.obligations.select_related("unit", "channel").order_by("channel__code", "period")
    return [(row.channel.code, row.period, row.unit.code) for row in rows]


def test_the_working_copy_has_the_same_text_and_touches_nothing(plan: Plan, clerk: User) -> None:
    before, text = owed(plan), snapshot(plan)
    copy = opened(plan, clerk)
    assert compare(text, snapshot(copy)) == ()
    assert (copy.amends, copy.state, copy.obligations.count()) == (plan, "draft", 0)
    assert owed(plan) == before
    with pytest.raises(Refused, match="Đang có một dự thảo sửa đổi"):
        opened(plan, clerk)


@time_machine.travel("2024-08-10 09:00:00+07:00", tick=False)
def test_only_untouched_future_obligations_follow_the_new_turns(plan: Plan, clerk: User) -> None:
    done_early = plan.obligations.get(channel__code="cong-co-quan", period="2024-M09")
    Fulfilment.objects.create(
        placement=make_placement(make_activity(clerk, plan.agency), done_early.channel),
        obligation=done_early,
        counted_on=date(2024, 8, 9),
        why="Đăng sớm",
    )
    copy = opened(plan, clerk)

    def everything_to_vp(quotas: Rows) -> None:
        for quota in quotas:
            quota["turns"] = dict.fromkeys(quota["turns"], "VP")

    change(copy, "quotas", clerk, everything_to_vp)
    amended, done = issue_amendment(copy=copy, by=clerk)
    assert str(done) == "0 đầu việc thêm, 8 sửa, 0 bỏ, 12 giữ nguyên"
    kept = {"2024-M07": "CDS", "2024-M09": "CDS"}
    monthly = {p: u for channel, p, u in owed(amended) if channel == "cong-co-quan"}
    assert monthly == {
        **{f"2024-M{m:02d}": "VP" for m in (1, 2, 3)},
        **{f"2024-M{m:02d}": "TTBCXB" for m in (4, 5, 6)},
        **{f"2024-M{m:02d}": "VP" for m in (8, 10, 11, 12)},
        **kept,
    }
    quarterly = [(p, u) for channel, p, u in owed(amended) if channel == "cong-tinh"]
    assert quarterly == [
        ("2024-Q1", "VP"),
        ("2024-Q2", "TTBCXB"),
        ("2024-Q3", "VP"),
        ("2024-Q4", "VP"),
    ]
    assert not Plan.objects.filter(amends=plan).exists()


@time_machine.travel("2024-08-10 09:00:00+07:00", tick=False)
def test_a_row_that_is_taken_out_keeps_its_past(plan: Plan, clerk: User) -> None:
    copy = opened(plan, clerk)
    gone = copy.tasks.get(code="4.2").uid
    change(copy, "quotas", clerk, lambda rows: _drop(rows, "task", gone))
    change(copy, "annex", clerk, lambda rows: _drop(rows, "uid", gone))
    amended, done = issue_amendment(copy=copy, by=clerk)
    assert (len(done.dropped), len(done.created), len(done.changed)) == (5, 0, 0)
    assert not amended.tasks.filter(uid=gone).exists()
    task = Task.everything.get(plan=amended, uid=gone)
    assert (task.removed_in, Quota.everything.get(task=task).removed_in) == (1, 1)
    left = Obligation.objects.filter(task=task).order_by("due_on")
    assert [row.due_on for row in left] == [date(2024, month, 25) for month in range(1, 8)]


@time_machine.travel("2024-08-10 09:00:00+07:00", tick=False)
def test_a_new_quota_owes_nothing_in_the_past(plan: Plan, clerk: User) -> None:
    copy = opened(plan, clerk)

    def often(quotas: Rows) -> None:
        first = quotas[0]
        extra = {
            **first,
            "uid": "00000000000000aa",
            "channel": "hoi-nghi-hop",
            "turns": {},
            "per": "quarter",
            "default_unit": "VP",
            "due_kind": "period_end",
            "due_dates": {},
        }
        quotas.append(extra)

    change(copy, "quotas", clerk, often)
    amended, done = issue_amendment(copy=copy, by=clerk)
    assert [(row.period, row.revision) for row in done.created] == [("2024-Q3", 1), ("2024-Q4", 1)]
    assert amended.obligations.count() == 22


def test_both_texts_are_kept_and_compared(plan: Plan, clerk: User) -> None:
    copy = opened(plan, clerk)
    change(copy, "content", clerk, lambda rows: rows[0].update(title="Ý nghĩa của CCHC"))
    amended, _ = issue_amendment(copy=copy, by=clerk)
    first, second = amended.revisions.order_by("number")
    assert [(r.number, r.reason) for r in (first, second)] == [
        (0, ""),
        (1, "Phòng Chuyển đổi số đổi việc"),
    ]
    (section,) = compare(first.value, second.value)
    assert [(row.change, row.title) for row in section.rows] == [
        (Change.CHANGED, "Ý nghĩa của CCHC")
    ]
    entry = AuditEntry.objects.get(verb="plan.issue_amendment")
    assert (entry.reason, entry.after["revision"]) == ("Phòng Chuyển đổi số đổi việc", 1)
    assert amended.content_items.order_by("order").first().title == "Ý nghĩa của CCHC"


def test_what_outreach_points_at_keeps_its_row(plan: Plan, clerk: User) -> None:
    item = plan.content_items.order_by("order").first()
    activity = make_activity(clerk, plan.agency)
    activity.content_items.add(item)
    copy = opened(plan, clerk)
    change(copy, "content", clerk, lambda rows: rows[0].update(title="Khác"))
    issue_amendment(copy=copy, by=clerk)
    assert [row.title for row in activity.content_items.all()] == ["Khác"]


def test_children_and_results_are_looked_at_by_jobs(plan: Plan, clerk: User) -> None:
    make_plan(make_agency(plan.province), parent=plan)
    Job.objects.all().delete()
    issue_amendment(copy=opened(plan, clerk), by=clerk)
    assert [(job.task, job.arguments) for job in Job.objects.order_by("task")] == [
        ("outreach.recount_plan", {"plan_id": plan.pk}),
        ("plans.propose_changes", {"plan_id": plan.pk, "revision": 1}),
    ]


def test_an_amendment_that_is_given_up_leaves_the_plan(plan: Plan, clerk: User) -> None:
    text = snapshot(plan)
    copy = opened(plan, clerk)
    change(copy, "content", clerk, lambda rows: rows.clear())
    give_up(copy=copy, by=clerk)
    plan.refresh_from_db()
    assert (compare(text, snapshot(plan)), plan.revision) == ((), 0)
    assert AuditEntry.objects.latest("id").verb == "plan.give_up_amendment"


def _drop(rows: Rows, key: str, value: str) -> None:
    rows[:] = [row for row in rows if row[key] != value]
