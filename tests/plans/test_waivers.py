"""A period that is waived leaves every denominator, with a reason, and can be asked for again."""

from __future__ import annotations

import pytest
import time_machine

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.jobs.models import Job
from cchc.lib.decisions import Refused
from outreach.models import Fulfilment
from plans.actions.waivers import undo, waive
from plans.models import Obligation
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]


class World:
    """One quarter of one quota, with its office."""

    def __init__(self, **plan: object) -> None:
        self.agency = make.make_agency()
        self.unit = make.make_unit(self.agency)
        self.office: User = make.make_user(Role.AGENCY_OFFICE, self.agency)
        self.plan = make.make_plan(self.agency, **plan)
        channel = make.make_channel(self.agency.province)
        self.quota = make.make_quota(make.make_task(self.plan), channel)
        self.obligation = make.make_obligation(self.quota, "2024-Q1", unit=self.unit)

    def now(self) -> Obligation:
        """The obligation as it is stored."""
        return Obligation.objects.get(pk=self.obligation.pk)

    def refusal(self, act: object = waive, by: User | None = None, reason: str = "Lụt") -> str:
        with pytest.raises(Refused) as refused:
            act(obligation=self.obligation, reason=reason, by=by or self.office)  # type: ignore[operator]
        return str(refused.value)


@pytest.mark.parametrize("day", ["2024-01-10", "2024-05-10"])
def test_the_office_waives_before_and_after_the_day(day: str) -> None:
    world = World()
    with time_machine.travel(f"{day} 09:00:00+07:00", tick=False):
        waive(obligation=world.obligation, reason=" Chuyên trang bảo trì ", by=world.office)
    found = world.now()
    assert (found.waived_by, found.waived_reason) == (world.office, "Chuyên trang bảo trì")
    assert f"{found.waived_at:%Y-%m-%d}" == day
    entry = AuditEntry.objects.get(verb="obligation.waive")
    assert (entry.reason, entry.agency, entry.object_id) == (
        "Chuyên trang bảo trì",
        world.agency,
        str(found.pk),
    )
    job = Job.objects.get(task="outreach.recount_plan")
    assert job.arguments == {"plan_id": world.plan.pk}


def test_it_can_be_undone_with_a_reason_and_both_are_kept() -> None:
    world = World()
    waive(obligation=world.obligation, reason="Bảo trì", by=world.office)
    assert world.refusal(undo, reason=" ") == "Hãy ghi lý do bỏ miễn."
    undo(obligation=world.obligation, reason="Ghi nhầm kỳ", by=world.office)
    found = world.now()
    assert (found.waived_at, found.waived_by, found.waived_reason) == (None, None, "")
    entry = AuditEntry.objects.get(verb="obligation.undo_waiver")
    assert (entry.reason, entry.before) == ("Ghi nhầm kỳ", {"waived_reason": "Bảo trì"})
    assert world.refusal(undo) == "Quý I/2024 không được miễn nên không có gì để bỏ."


def test_a_waiver_needs_a_reason_and_is_given_once() -> None:
    world = World()
    assert world.refusal(reason="  ") == "Hãy ghi lý do miễn."
    waive(obligation=world.obligation, reason="Bảo trì", by=world.office)
    assert world.refusal() == "Quý I/2024 đã được miễn trước đó."
    assert AuditEntry.objects.filter(verb="obligation.waive").count() == 1


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.AGENCY_OFFICE])
def test_nobody_but_the_office_waives(role: Role) -> None:
    world = World()
    by = make.make_user(role, world.agency, world.unit)
    name = world.agency.name
    assert world.refusal(by=by) == f"Chỉ Văn phòng của {name} được miễn đầu việc của kế hoạch này."
    assert world.refusal(undo, by=by) == f"Chỉ Văn phòng của {name} được bỏ miễn đầu việc này."


def test_the_office_of_another_agency_does_not() -> None:
    world = World()
    other = make.make_agency(world.agency.province)
    assert world.refusal(by=make.make_user(Role.AGENCY_OFFICE, other)).startswith("Chỉ Văn phòng")


def test_what_is_done_is_not_waived() -> None:
    world = World()
    author = make.make_user(Role.OFFICER, world.agency, world.unit)
    activity = make.make_activity(author, world.agency, world.unit)
    Fulfilment.objects.create(
        placement=make.make_placement(activity, world.quota.channel),
        obligation=world.obligation,
        counted_on=world.obligation.window_start,
        why="Thử",
    )
    assert world.refusal() == "Quý I/2024 đã thực hiện xong, không cần miễn."


def test_a_closed_plan_keeps_its_denominators() -> None:
    world = World()
    waive(obligation=world.obligation, reason="Bảo trì", by=world.office)
    world.plan.state = "closed"
    world.plan.closed_at, world.plan.closed_by = world.plan.issued_at, world.office
    world.plan.save()
    assert world.refusal(undo) == "Kế hoạch đã kết thúc, không bỏ miễn được nữa."
    other = make.make_obligation(world.quota, "2024-Q2")
    with pytest.raises(Refused, match="Kế hoạch đã kết thúc, không miễn đầu việc được nữa"):
        waive(obligation=other, reason="Bảo trì", by=world.office)
