"""A parent with two children is amended, twice: what is proposed, taken over, owed and counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.jobs import runner
from cchc.jobs.models import Job
from outreach import tasks as outreach_tasks
from outreach.models import Fulfilment
from plans import tasks as plan_tasks
from plans.actions.amend import issue_amendment, open_amendment
from plans.actions.derive import derive
from plans.actions.drafts import save_section
from plans.actions.issue import issue
from plans.actions.next_year import copy_to_year
from plans.actions.proposals import accept, decline
from plans.actions.turns import swap
from plans.actions.uptake import leave_out
from plans.implementing import survey
from plans.models import Obligation, Plan, Proposal
from plans.periods import Period
from plans.revision_changes import Change, compare
from plans.sections import SECTIONS
from reporting.matrices import survey_agency
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]
YEAR = Period.parse("2024")
JOBS = (outreach_tasks.recount_plan.name, plan_tasks.propose_changes.name)


@pytest.fixture(autouse=True)
def in_may() -> Iterator[None]:
    with time_machine.travel("2024-05-10 09:00:00+07:00", tick=False):
        yield


def uid(letter: str) -> str:
    return letter * 16


def item(letter: str, title: str) -> dict[str, Any]:
    return {"uid": uid(letter), "label": "", "title": title, "source": None}


def task(letter: str, code: str, title: str, lead: str, time: str = "Năm 2024") -> dict[str, Any]:
    return {
        "uid": uid(letter),
        "area": "",
        "code": code,
        "title": title,
        "products": "",
        "lead": lead,
        "coordinating": "",
        "time": time,
        "meant": "",
        "explanation": "Chỉ nội bộ",
        "conditional": False,
        "without_quota": False,
        "source": None,
    }


class World:
    """UBND tỉnh, a department A whose plan is in force, and a department B with a draft."""

    def __init__(self) -> None:
        province = make.make_province()
        self.channel = make.make_channel(province)
        self.clerks: dict[int, User] = {}
        self.top = self._agency(province, kind="province")
        self.a, self.b = self._agency(province), self._agency(province)
        self.units = [make.make_unit(self.a, "Văn phòng"), make.make_unit(self.a, "Thanh tra")]
        draft = make.make_plan(self.top, state="draft", number="12", derive_by=date(2024, 6, 1))
        self.save(draft, "content", [item("a", "Một"), item("b", "Hai"), item("c", "Ba")])
        rows = [
            task("d", "1", "Đăng tin, bài", "Các sở, ban, ngành"),
            task("e", "2", "Việc của B", self.b.name),
        ]
        self.save(draft, "annex", rows)
        self.save(draft, "quotas", [self.quota("f", "d", "month")])
        self.parent = issue(plan=draft, by=self.clerks[self.top.pk])
        self.plan_a = self._derived(self.a)
        quotas = SECTIONS["quotas"].read(self.plan_a)
        turns = {f"2024-M{month:02}": self.units[month % 2].code for month in range(1, 13)}
        self.save(self.plan_a, "quotas", [row | {"turns": turns} for row in quotas])
        self.plan_a = issue(plan=self.plan_a, by=self.clerks[self.a.pk])
        self.plan_b = self._derived(self.b)

    def _agency(self, province: Any, **facts: Any) -> Agency:
        agency = make.make_agency(province, **facts)
        self.clerks[agency.pk] = make.make_user(Role.AGENCY_OFFICE, agency)
        return agency

    def _derived(self, agency: Agency) -> Plan:
        return derive(parent=self.parent, agency=agency, by=self.clerks[agency.pk])

    def quota(self, letter: str, of: str, per: str) -> dict[str, Any]:
        return {
            "uid": uid(letter),
            "task": uid(of),
            "channel": self.channel.code,
            "counts_when": "approved_published",
            "minimum": 1,
            "maximum": None,
            "per": per,
            "due_kind": "period_end",
            "due_day": None,
            "due_month_offset": 0,
            "due_dates": {},
            "default_unit": "",
            "turns": {},
        }

    def save(self, plan: Plan, name: str, value: Any) -> None:
        saved = plan.draft_sections.filter(name=name).first()
        version = saved.version if saved else 0
        by = self.clerks[plan.agency_id]
        save_section(plan=plan, name=name, version=version, data=value, by=by)

    def amend(self, plan: Plan, **values: Any) -> Plan:
        by = self.clerks[plan.agency_id]
        copy = open_amendment(plan=plan, reason="Điều chỉnh", by=by)
        for name, value in values.items():
            self.save(copy, name, value)
        amended, self.done = issue_amendment(copy=copy, by=by)
        for name in JOBS:
            for job in Job.objects.filter(state="queued", task=name):
                assert runner.run_named(job.pk)
        return amended

    def told(self, plan: Plan) -> list[tuple[str, str, str]]:
        rows = Proposal.objects.filter(plan=plan, state="open").order_by("section", "pk")
        return [(row.kind, row.before.get("title", ""), row.after.get("title", "")) for row in rows]

    def decide(self, title: str, plan: Plan, reason: str = "") -> None:
        by = self.clerks[plan.agency_id]
        rows = plan.proposals.filter(state="open")
        found = next(
            row for row in rows if title in (row.before.get("title"), row.after.get("title"))
        )
        if reason:
            decline(proposal=found, reason=reason, by=by)
        else:
            accept(proposal=found, choice=None, by=by)

    def uptake(self) -> dict[str, tuple[bool, int, int]]:
        """Of each agency: whether its plan is in force, and the items that it answers, n/N."""
        parent = Plan.objects.select_related("agency").get(pk=self.parent.pk)
        return {
            row.agency.name: (
                row.progress.is_issued,
                row.progress.tally.covered,
                row.progress.tally.total,
            )
            for row in survey(parent, date(2024, 5, 10)).rows
        }

    def score(self) -> tuple[int, int]:
        """What A did and what it owed by now, as the compliance matrix counts."""
        total = survey_agency(self.a, YEAR, date(2024, 5, 10)).matrix.total
        return total.done, total.expected

    def owed(self) -> dict[str, str]:
        rows = Obligation.objects.filter(plan=self.plan_a).select_related("unit")
        return {row.period: str(row.unit) for row in rows.order_by("window_start")}

    def meet(self, period: str) -> None:
        obligation = Obligation.objects.get(plan=self.plan_a, period=period)
        by = self.clerks[self.a.pk]
        activity = make.make_activity(by, self.a, self.units[0])
        placement = make.make_placement(
            activity,
            self.channel,
            state="published",
            sent_on=obligation.window_start,
            decided_on=obligation.window_start,
            published_on=obligation.window_start,
            url=f"https://example.vn/{period}",
        )
        Fulfilment.objects.create(
            placement=placement,
            obligation=obligation,
            counted_on=obligation.window_start,
            why="Thử",
        )


def months(first: int, last: int, units: list[Any]) -> dict[str, str]:
    return {f"2024-M{month:02}": str(units[month % 2]) for month in range(first, last + 1)}


def test_a_parent_with_two_children_is_amended() -> None:
    world = World()
    assert Obligation.objects.filter(plan=world.parent).count() == 0
    assert world.owed() == months(1, 12, world.units)
    world.meet("2024-M01")
    world.meet("2024-M06")
    before = world.score()
    assert world.uptake() == {world.a.name: (True, 4, 4), world.b.name: (False, 0, 5)}

    # The parent: Một reworded and put after Hai, Ba out, Bốn in; the quota by quarters.
    rows = [item("b", "Hai"), item("a", "Một, nói rõ hơn"), item("9", "Bốn")]
    annex = SECTIONS["annex"].read(world.parent)
    quotas = [world.quota("f", "d", "quarter")]
    world.parent = world.amend(world.parent, content=rows, annex=annex, quotas=quotas)
    changes = [
        ("changed", "Một", "Một, nói rõ hơn"),
        ("added", "", "Bốn"),
        ("removed", "Ba", ""),
    ]
    assert world.told(world.plan_a) == world.told(world.plan_b) == changes
    assert world.owed() == months(1, 12, world.units)
    assert world.score() == before
    assert world.uptake() == {world.a.name: (True, 3, 4), world.b.name: (False, 0, 5)}
    first, second = world.parent.revisions.order_by("number")
    (section, of_quotas) = compare(first.value, second.value)
    assert {(row.change, row.title) for row in section.rows} == {
        (Change.REMOVED, "Ba"),
        (Change.CHANGED, "Một, nói rõ hơn"),
        (Change.ADDED, "Bốn"),
    }
    assert [row.change for row in of_quotas.rows] == [Change.CHANGED]

    # B's draft takes the rewording, declines the addition and drops what is gone.
    world.decide("Một", world.plan_b)
    world.decide("Bốn", world.plan_b, reason="Không thuộc lĩnh vực")
    world.decide("Ba", world.plan_b)
    titles = world.plan_b.content_items.order_by("order").values_list("title", flat=True)
    assert list(titles) == ["Một, nói rõ hơn", "Hai"]
    fourth = world.parent.content_items.get(title="Bốn")
    by_b = world.clerks[world.b.pk]
    leave_out(plan=world.plan_b, section="content", item=fourth.pk, reason="Không", by=by_b)
    world.plan_b = issue(plan=world.plan_b, by=by_b)
    assert world.uptake()[world.b.name] == (True, 5, 5)

    # A takes all of it in an amendment, with a swapped turn, a result of June and past months.
    october, november = (
        Obligation.objects.get(plan=world.plan_a, period=f"2024-M{month}") for month in (10, 11)
    )
    by_a = world.clerks[world.a.pk]
    swap(first=october, second=november, reason="Bận", by=by_a)
    copy = open_amendment(plan=world.plan_a, reason="Theo tỉnh", by=by_a)
    for title in ("Một", "Bốn", "Ba"):
        world.decide(title, world.plan_a)
    quotas = SECTIONS["quotas"].read(copy)
    turns = {"2024-Q3": world.units[0].code, "2024-Q4": world.units[1].code}
    turns["2024-Q2"] = world.units[0].code
    world.save(copy, "quotas", [row | {"per": "quarter", "turns": turns} for row in quotas])
    world.plan_a, done = issue_amendment(copy=copy, by=by_a)
    units = list(map(str, world.units))
    assert world.owed() == {
        **months(1, 4, world.units),
        "2024-M06": units[0],
        "2024-M10": units[1],
        "2024-M11": units[0],
        "2024-Q2": units[0],
        "2024-Q3": units[0],
        "2024-Q4": units[1],
    }
    assert str(done) == "3 đầu việc thêm, 0 sửa, 5 bỏ, 7 giữ nguyên"
    assert world.uptake()[world.a.name] == (True, 4, 4)
    verbs = AuditEntry.objects.filter(verb__contains="amend").values_list("verb", flat=True)
    assert sorted(verbs) == ["plan.amend"] * 2 + ["plan.issue_amendment"] * 2

    # Again: what A and B have is followed, and a late agency derives from the text in force.
    rows = [item("b", "Hai"), item("a", "Một, rõ nhất"), item("9", "Bốn")]
    world.parent = world.amend(world.parent, content=rows)
    assert world.told(world.plan_a) == [("changed", "Một, nói rõ hơn", "Một, rõ nhất")]
    assert world.told(world.plan_b) == [("changed", "Một, nói rõ hơn", "Một, rõ nhất")]
    late = world._agency(world.top.province)
    plan_c = derive(parent=world.parent, agency=late, by=world.clerks[late.pk])
    titles = plan_c.content_items.order_by("order").values_list("title", flat=True)
    assert list(titles) == ["Hai", "Một, rõ nhất", "Bốn"]
    assert world.told(plan_c) == []
    assert {row.explanation for row in plan_c.tasks.all()} == {""}
    copied = copy_to_year(plan=world.parent, year=2025, by=world.clerks[world.top.pk])
    titles = copied.content_items.order_by("order").values_list("title", flat=True)
    assert list(titles) == ["Hai", "Một, rõ nhất", "Bốn"]
    assert copied.tasks.count() == 2
