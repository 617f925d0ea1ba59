"""The rotation of a plan in force as people read and change it."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from outreach.models import Fulfilment
from plans.actions.turns import substitute
from plans.models import Obligation, TurnChange
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]


class Scene:
    """A quota of two quarters, with its units, its office and a unit head."""

    def __init__(self) -> None:
        self.agency = make.make_agency()
        self.first = make.make_unit(self.agency, "Văn phòng")
        self.second = make.make_unit(self.agency, "Thanh tra")
        self.office = make.make_user(Role.AGENCY_OFFICE, self.agency, self.first)
        self.plan = make.make_plan(self.agency)
        self.channel = make.make_channel(self.agency.province)
        self.quota = make.make_quota(make.make_task(self.plan), self.channel)
        self.q1 = make.make_obligation(self.quota, "2024-Q1", unit=self.first)
        self.q2 = make.make_obligation(self.quota, "2024-Q2", unit=self.second)

    def meet(self, obligation: Obligation) -> None:
        """The second unit writes it, whoever's turn it is."""
        author = make.make_user(Role.OFFICER, self.agency, self.second)
        activity = make.make_activity(author, self.agency, self.second)
        Fulfilment.objects.create(
            placement=make.make_placement(activity, self.channel),
            obligation=obligation,
            counted_on=obligation.window_start,
            why="Thử",
        )


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, name: str, pk: int, status: int = 200) -> str:
    response = client.get(reverse(f"outreach:{name}", args=[pk]))
    assert response.status_code == status
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


def change(scene: Scene, client: Client, to: str, reason: str = "Bận việc đột xuất") -> str:
    address = reverse("outreach:turn-change", args=[scene.q1.pk])
    response = client.post(address, {"to": to, "reason": reason}, follow=True)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_keeps_who_should_have_who_has_and_who_did() -> None:
    scene = Scene()
    scene.meet(scene.q2)
    substitute(obligation=scene.q1, unit=scene.second, reason="Thiếu người", by=scene.office)
    scene.meet(scene.q1)
    text = text_of(as_(scene.office), "plan-turns", scene.plan.pk)
    assert (
        "Quý I/2024 31/03/2024 Văn phòng Thanh tra Làm thay: từ Văn phòng sang Thanh tra. "
        f"Lý do: Thiếu người ({scene.office}," in text
    )
    assert "Đạt 1/1 Thanh tra" in text
    assert "Thanh tra 2 (theo kế hoạch 1), đạt 2/2" in text
    assert "Văn phòng 0 (theo kế hoạch 1), đạt không áp dụng" in text
    assert "Đổi lượt" not in text  # everything is done


def test_a_result_of_a_unit_whose_turn_it_was_not_says_so() -> None:
    scene = Scene()
    scene.meet(scene.q1)
    text = text_of(as_(scene.office), "plan-turns", scene.plan.pk)
    assert "Đạt 1/1 Thanh tra không phải đơn vị được giao" in text


@time_machine.travel("2024-02-01 09:00:00+07:00", tick=False)
def test_the_office_swaps_two_periods_on_the_page() -> None:
    scene = Scene()
    client = as_(scene.office)
    form = text_of(client, "turn-change", scene.q1.pk)
    assert "Quý II/2024 – Thanh tra" in form
    assert "Quý I/2024: nay giao Thanh tra." in change(scene, client, f"ky-{scene.q2.pk}")
    units = Obligation.objects.filter(quota=scene.quota).order_by("period")
    assert [row.unit for row in units.select_related("unit")] == [scene.second, scene.first]
    obligation = text_of(client, "obligation-detail", scene.q2.pk)
    assert (
        "Hoán đổi lượt với Quý I/2024: từ Thanh tra sang Văn phòng. Lý do: Bận việc đột xuất"
        in obligation
    )


def test_a_change_needs_a_choice_and_a_reason() -> None:
    scene = Scene()
    client = as_(scene.office)
    assert "Hãy ghi lý do đổi lượt." in change(scene, client, f"dv-{scene.second.pk}", "")
    assert "Hãy chọn kỳ hoán đổi hoặc đơn vị làm thay." in change(scene, client, "")
    assert TurnChange.objects.count() == 0
    assert "nay giao Thanh tra" in change(scene, client, f"dv-{scene.second.pk}")


def test_a_unit_head_reads_and_does_not_change() -> None:
    scene = Scene()
    head = as_(make.make_user(Role.UNIT_HEAD, scene.agency, scene.first))
    text = text_of(head, "plan-turns", scene.plan.pk)
    assert "Quý I/2024" in text
    assert f"Chỉ Văn phòng của {scene.agency.name} được đổi lượt luân phiên." in text
    text_of(head, "turn-change", scene.q1.pk, status=403)


def test_another_agency_of_the_province_sees_no_turns() -> None:
    scene = Scene()
    other = make.make_agency(scene.agency.province)
    client = as_(make.make_user(Role.AGENCY_OFFICE, other, make.make_unit(other)))
    assert "không có lượt luân phiên" in text_of(client, "plan-turns", scene.plan.pk)
    text_of(client, "turn-change", scene.q1.pk, status=404)


def test_the_page_asks_as_often_for_one_period_as_for_four() -> None:
    scene = Scene()
    client = as_(scene.office)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            text_of(client, "plan-turns", scene.plan.pk)
        return len(found)

    substitute(obligation=scene.q1, unit=scene.second, reason="Bận", by=scene.office)
    queries()
    before = queries()
    for period in ("2024-Q3", "2024-Q4"):
        extra = make.make_obligation(scene.quota, period, unit=scene.second)
        substitute(obligation=extra, unit=scene.first, reason="Bận", by=scene.office)
        scene.meet(extra)
    assert queries() == before
    assert Obligation.objects.get(pk=scene.q1.pk).due_on == date(2024, 3, 31)


def test_both_quotas_of_a_row_are_changed_at_once_when_asked() -> None:
    scene = Scene()
    portal = make.make_channel(scene.agency.province, name="Cổng TTĐT tỉnh")
    other = make.make_quota(scene.quota.task, portal)
    beside = make.make_obligation(other, "2024-Q1", unit=scene.first)
    client = as_(scene.office)
    assert "Đổi cả lượt cùng kỳ của đơn vị này trên Cổng TTĐT tỉnh" in text_of(
        client, "turn-change", scene.q1.pk
    )
    data = {"to": f"dv-{scene.second.pk}", "reason": "Bận", "together": "on"}
    client.post(reverse("outreach:turn-change", args=[scene.q1.pk]), data)
    assert Obligation.objects.get(pk=beside.pk).unit == scene.second
    assert TurnChange.objects.count() == 2
