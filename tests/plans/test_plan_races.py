"""Several clerks at once: one of them wins, the others get a sentence, and nothing is half done."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused
from plans.actions import proposals
from plans.actions.amend import give_up, issue_amendment, open_amendment
from plans.actions.derive import derive
from plans.actions.drafts import Stale, save_section
from plans.actions.issue import issue
from plans.actions.life import record_number, submit
from plans.actions.start import discard
from plans.models import ContentItem, Plan, PlanRevision, Proposal
from plans.sections import SECTIONS
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]


def outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused:
        return "refused"
    except Stale:
        return "stale"
    except Exception as error:
        return repr(error)
    return "done"


def outcomes(*acts: Callable[[], object]) -> Counter[str]:
    """Done, refused or overtaken; threads where the database has many writers."""
    if connection.vendor != "postgresql":
        return Counter(outcome(act) for act in acts)
    found: list[str] = []
    barrier = threading.Barrier(len(acts))

    def together(act: Callable[[], object]) -> None:
        barrier.wait(20)
        found.append(outcome(act))
        connection.close()

    threads = [threading.Thread(target=together, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(found)


class World:
    def __init__(self) -> None:
        self.agency = make.make_agency()
        self.by: User = make.make_user(Role.AGENCY_OFFICE, self.agency)
        self.plan = make.make_plan(self.agency, state="draft")
        self.task = make.make_task(self.plan)
        make.make_quota(self.task, make.make_channel(self.agency.province))

    def save(self, plan: Plan, title: str, version: int = 0) -> Callable[[], object]:
        row = {"uid": "a" * 16, "label": "", "title": title, "source": None}
        return lambda: save_section(
            plan=plan, name="content", version=version, data=[row], by=self.by
        )

    def amended(self) -> Plan:
        issue(plan=self.plan, by=self.by)
        return open_amendment(plan=self.plan, reason="Điều chỉnh", by=self.by)


def test_of_many_saves_of_one_version_one_wins() -> None:
    world = World()
    for version in range(3):
        acts = [world.save(world.plan, f"Ý {version}.{one}", version) for one in range(30)]
        assert outcomes(*acts) == {"done": 1, "stale": 29}
    assert world.plan.draft_sections.get(name="content").version == 3
    assert world.plan.content_items.count() == 1


def test_a_plan_is_issued_once() -> None:
    world = World()
    acts = [lambda: issue(plan=world.plan, by=world.by)] * 4
    assert outcomes(*acts) == {"done": 1, "refused": 3}
    assert world.plan.obligations.count() == 4
    assert PlanRevision.objects.count() == 1
    assert AuditEntry.objects.filter(verb="plan.issue").count() == 1


def test_one_amendment_is_opened() -> None:
    world = World()
    issue(plan=world.plan, by=world.by)
    acts = [lambda: open_amendment(plan=world.plan, reason="Sửa", by=world.by)] * 4
    assert outcomes(*acts) == {"done": 1, "refused": 3}
    assert Plan.objects.filter(amends=world.plan).count() == 1


def test_an_amendment_is_issued_once_and_not_given_up_besides() -> None:
    world = World()
    copy = world.amended()
    done = outcomes(
        lambda: issue_amendment(copy=copy, by=world.by),
        lambda: issue_amendment(copy=copy, by=world.by),
        lambda: give_up(copy=copy, by=world.by),
        world.save(copy, "Ý mới"),
    )
    assert set(done) <= {"done", "refused"}, done
    world.plan.refresh_from_db()
    assert world.plan.revision in {0, 1}
    assert not Plan.objects.filter(amends=world.plan).exists()
    assert PlanRevision.objects.count() == world.plan.revision + 1


@pytest.mark.parametrize("rival", ["submit", "issue", "discard"])
def test_a_save_beside_a_step_is_in_or_refused(rival: str) -> None:
    world = World()
    steps: dict[str, Callable[..., object]] = {"submit": submit, "issue": issue, "discard": discard}
    plan = Plan.objects.get(pk=world.plan.pk)
    done = outcomes(world.save(world.plan, "Ý mới"), lambda: steps[rival](plan=plan, by=world.by))
    assert set(done) <= {"done", "refused"}, done
    saved = ContentItem.objects.filter(title="Ý mới").exists()
    if rival == "issue":
        value = PlanRevision.objects.get().value["sections"]["content"]
        assert [row["title"] for row in value] == (["Ý mới"] if saved else [])


def test_an_acceptance_beside_a_submission_never_writes_into_what_was_submitted() -> None:
    world = World()
    parent = make.make_plan(make.make_agency(world.agency.province, kind="province"))
    item = ContentItem.objects.create(plan=parent, order=1, title="Ý của tỉnh")
    Plan.objects.filter(pk=world.plan.pk).update(parent=parent)
    proposal = Proposal.objects.create(
        plan=world.plan,
        revision=1,
        kind="added",
        section="content",
        uid=item.uid,
        content_item=item,
        after=SECTIONS["content"].read(parent)[0],
        made_at=clock.now(),
        made_by=world.by,
    )
    plan = Plan.objects.get(pk=world.plan.pk)
    done = outcomes(
        lambda: issue(plan=plan, by=world.by),
        lambda: proposals.accept(proposal=proposal, choice=None, by=world.by),
    )
    assert set(done) <= {"done", "refused"}, done
    value = PlanRevision.objects.get().value["sections"]["content"]
    assert [row["title"] for row in value] == list(
        world.plan.content_items.values_list("title", flat=True)
    )


def test_an_agency_derives_once() -> None:
    province = make.make_province()
    parent = make.make_plan(make.make_agency(province, kind="province"))
    own = make.make_agency(province)
    by = make.make_user(Role.AGENCY_OFFICE, own)
    acts = [lambda: derive(parent=parent, agency=own, by=by)] * 4
    assert outcomes(*acts) == {"done": 1, "refused": 3}


def test_a_number_is_given_once() -> None:
    world = World()
    plans = [issue(plan=world.plan, by=world.by)]
    plans += [
        issue(plan=make.make_plan(world.agency, state="draft"), by=world.by) for _ in range(3)
    ]
    day: Any = plans[0].starts_on
    acts = [
        lambda plan=plan: record_number(plan=plan, number="5", signed_on=day, by=world.by)
        for plan in plans
    ]
    assert outcomes(*acts) == {"done": 1, "refused": 3}
