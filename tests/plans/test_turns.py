"""Turns that change hands: what the plan says stays, who answers now changes, the why is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from agencies.models import AuditEntry, Unit, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach.models import Fulfilment
from plans.actions.turns import substitute, swap
from plans.models import Obligation, Quota, TurnChange
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def before_any_term() -> Iterator[None]:
    with time_machine.travel("2024-02-01 09:00:00+07:00", tick=False):
        yield


class World:
    """One quota, four quarters, two units in turn, and the office that decides."""

    def __init__(self, **plan: object) -> None:
        self.agency = make.make_agency()
        self.first = make.make_unit(self.agency, "Văn phòng")
        self.second = make.make_unit(self.agency, "Thanh tra")
        self.office: User = make.make_user(Role.AGENCY_OFFICE, self.agency, self.first)
        self.plan = make.make_plan(self.agency, **plan)
        self.task = make.make_task(self.plan)
        channel = make.make_channel(self.agency.province)
        self.quota: Quota = make.make_quota(self.task, channel)
        self.q1 = self._quarter("2024-Q1", self.first)
        self.q2 = self._quarter("2024-Q2", self.second)

    def _quarter(self, period: str, unit: Unit) -> Obligation:
        make.make_turn(self.quota, period, unit)
        return make.make_obligation(self.quota, period, unit=unit)

    def units(self) -> dict[str, str]:
        """Who answers for each period now."""
        rows = Obligation.objects.filter(quota=self.quota).select_related("unit")
        return {row.period: str(row.unit) for row in rows}

    def meet(self, obligation: Obligation) -> Fulfilment:
        author = make.make_user(Role.OFFICER, self.agency, self.first)
        activity = make.make_activity(author, self.agency, self.first)
        placement = make.make_placement(activity, obligation.channel)  # type: ignore[arg-type]
        return Fulfilment.objects.create(
            placement=placement, obligation=obligation, counted_on=date(2024, 3, 1), why="Thử"
        )


def test_a_swap_changes_who_answers_and_not_what_the_plan_says() -> None:
    world = World()
    (change,) = swap(first=world.q1, second=world.q2, reason=" Bận thanh tra ", by=world.office)
    assert world.units() == {"2024-Q1": "Thanh tra", "2024-Q2": "Văn phòng"}
    assert {turn.period: str(turn.unit) for turn in world.quota.turns.select_related("unit")} == {
        "2024-Q1": "Văn phòng",
        "2024-Q2": "Thanh tra",
    }
    change = TurnChange.objects.get(pk=change.pk)
    assert change.partner is not None
    assert change.partner.partner == change
    assert [
        (row.obligation.period, str(row.from_unit), str(row.to_unit), row.kind, row.reason)
        for row in (change, change.partner)
    ] == [
        ("2024-Q1", "Văn phòng", "Thanh tra", "swap", "Bận thanh tra"),
        ("2024-Q2", "Thanh tra", "Văn phòng", "swap", "Bận thanh tra"),
    ]
    entry = AuditEntry.objects.get(verb="obligation.swap_turns")
    assert (entry.by, entry.reason) == (world.office, "Bận thanh tra")
    assert entry.after == {"2024-Q1": "Thanh tra", "2024-Q2": "Văn phòng", "quotas": 1}


def test_a_unit_takes_a_period_over_and_later_gives_it_on() -> None:
    world = World()
    third = make.make_unit(world.agency, "Phòng Chuyển đổi số")
    substitute(obligation=world.q1, unit=third, reason="Văn phòng thiếu người", by=world.office)
    substitute(obligation=world.q1, unit=world.second, reason="Đổi tiếp", by=world.office)
    assert world.units() == {"2024-Q1": "Thanh tra", "2024-Q2": "Thanh tra"}
    assert [
        (str(change.from_unit), str(change.to_unit), change.kind)
        for change in TurnChange.objects.order_by("id")
    ] == [
        ("Văn phòng", "Phòng Chuyển đổi số", "substitution"),
        ("Phòng Chuyển đổi số", "Thanh tra", "substitution"),
    ]
    assert AuditEntry.objects.filter(verb="obligation.substitute").count() == 2


def test_a_period_without_a_unit_gets_one() -> None:
    world = World()
    open_quarter = make.make_obligation(world.quota, "2024-Q3")
    (change,) = substitute(
        obligation=open_quarter, unit=world.first, reason="Chưa phân công", by=world.office
    )
    assert (change.from_unit, change.to_unit) == (None, world.first)
    with pytest.raises(Refused, match="Quý IV/2024 chưa giao đơn vị nào"):
        swap(
            first=world.q1,
            second=make.make_obligation(world.quota, "2024-Q4"),
            reason="Đổi",
            by=world.office,
        )


def test_what_is_done_stays_and_what_was_voided_does_not_count() -> None:
    world = World()
    result = world.meet(world.q1)
    sentence = "Quý I/2024 đã thực hiện xong, không đổi lượt được nữa."
    with pytest.raises(Refused, match=sentence):
        swap(first=world.q2, second=world.q1, reason="Đổi", by=world.office)
    with pytest.raises(Refused, match=sentence):
        substitute(obligation=world.q1, unit=world.second, reason="Đổi", by=world.office)
    assert world.units() == {"2024-Q1": "Văn phòng", "2024-Q2": "Thanh tra"}
    result.voided_at, result.voided_reason = clock.now(), "Đăng nhầm"
    result.save()
    swap(first=world.q2, second=world.q1, reason="Đổi", by=world.office)
    assert world.units() == {"2024-Q1": "Thanh tra", "2024-Q2": "Văn phòng"}


def test_only_two_periods_of_one_quota_with_different_units_are_swapped() -> None:
    world, other = World(), World()
    same = make.make_obligation(world.quota, "2024-Q3", unit=world.first)
    for second, sentence in (
        (world.q1, "cùng một định mức"),
        (other.q1, f"Chỉ Văn phòng của {other.agency.name} được đổi lượt"),
        (same, "Hai kỳ này đều đang do Văn phòng chịu trách nhiệm"),
    ):
        with pytest.raises(Refused, match=sentence):
            swap(first=world.q1, second=second, reason="Đổi", by=world.office)
    assert TurnChange.objects.count() == 0


@time_machine.travel("2024-04-01 09:00:00+07:00", tick=False)
def test_a_miss_is_not_swapped_away_but_may_be_taken_over() -> None:
    world = World()
    q3 = make.make_obligation(world.quota, "2024-Q3", unit=world.first)
    for first, second in ((world.q1, world.q2), (world.q2, world.q1)):
        with pytest.raises(Refused, match="Quý I/2024 đã quá hạn 31/03/2024, không hoán đổi"):
            swap(first=first, second=second, reason="Đổi", by=world.office)
    swap(first=world.q2, second=q3, reason="Đổi", by=world.office)
    substitute(obligation=world.q1, unit=world.second, reason="Làm thay", by=world.office)
    assert world.units() == {
        "2024-Q1": "Thanh tra",
        "2024-Q2": "Văn phòng",
        "2024-Q3": "Thanh tra",
    }


def test_another_agency_s_unit_a_dissolved_one_and_the_same_one_cannot_take_over() -> None:
    world = World()
    stranger = make.make_unit(make.make_agency(world.agency.province), "Phòng khác")
    gone = make.make_unit(world.agency, "Phòng cũ", until=date(2020, 12, 31))
    for unit, sentence in (
        (stranger, "Phòng khác không phải là đơn vị"),
        (gone, "Phòng cũ không còn hoạt động"),
        (world.first, "Quý I/2024 đang do Văn phòng chịu trách nhiệm"),
    ):
        with pytest.raises(Refused, match=sentence):
            substitute(obligation=world.q1, unit=unit, reason="Đổi", by=world.office)


def test_a_reason_the_office_and_a_plan_in_force_are_needed() -> None:
    world = World()
    with pytest.raises(Refused, match="Hãy ghi lý do đổi lượt"):
        substitute(obligation=world.q1, unit=world.second, reason="  ", by=world.office)
    head = make.make_user(Role.UNIT_HEAD, world.agency, world.first)
    with pytest.raises(Refused, match="Chỉ Văn phòng của"):
        substitute(obligation=world.q1, unit=world.second, reason="Đổi", by=head)
    for state, sentence in (("closed", "đã kết thúc"), ("draft", "chưa ban hành")):
        ended = World(state=state)
        with pytest.raises(Refused, match=sentence):
            substitute(obligation=ended.q1, unit=ended.second, reason="Đổi", by=ended.office)
    waived = World()
    waived.q1.waived_at, waived.q1.waived_by = clock.now(), waived.office
    waived.q1.waived_reason = "Thiên tai"
    waived.q1.save()
    with pytest.raises(Refused, match="Quý I/2024 đã được miễn"):
        swap(first=waived.q1, second=waived.q2, reason="Đổi", by=waived.office)


class TwoChannels(World):
    """Row 4.1 of plan 001: two quotas on two channels with the same turns."""

    def __init__(self) -> None:
        super().__init__()
        self.other: Quota = make.make_quota(self.task, make.make_channel(self.agency.province))
        self.other_q1 = make.make_obligation(self.other, "2024-Q1", unit=self.first)
        self.other_q2 = make.make_obligation(self.other, "2024-Q2", unit=self.second)

    def all_units(self) -> list[str]:
        """Who answers for the quarters of the one and of the other quota."""
        rows = Obligation.objects.filter(task=self.task).select_related("unit")
        return [str(row.unit) for row in rows.order_by("quota__order", "period")]


def test_the_other_quotas_of_the_task_change_hands_together() -> None:
    world = TwoChannels()
    both = swap(first=world.q1, second=world.q2, reason="Đổi", by=world.office, together=True)
    assert [change.obligation for change in both] == [world.q1, world.other_q1]
    assert world.all_units() == ["Thanh tra", "Văn phòng", "Thanh tra", "Văn phòng"]
    assert TurnChange.objects.filter(partner__isnull=False).count() == 4
    third = make.make_unit(world.agency, "Phòng Chuyển đổi số")
    substitute(obligation=world.q1, unit=third, reason="Đổi", by=world.office, together=True)
    assert world.all_units() == [third.name, "Văn phòng", third.name, "Văn phòng"]


def test_together_leaves_alone_what_is_done_or_another_unit_s() -> None:
    world = TwoChannels()
    world.meet(world.other_q2)
    (only,) = swap(first=world.q1, second=world.q2, reason="Đổi", by=world.office, together=True)
    assert only.obligation == world.q1
    assert world.all_units() == ["Thanh tra", "Văn phòng", "Văn phòng", "Thanh tra"]
    third = make.make_unit(world.agency, "Phòng Chuyển đổi số")
    substitute(obligation=world.q1, unit=third, reason="Đổi", by=world.office, together=True)
    assert world.all_units() == [third.name, "Văn phòng", "Văn phòng", "Thanh tra"]
