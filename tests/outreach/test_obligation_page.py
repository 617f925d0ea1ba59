"""The page of an obligation: what is on its way for it, and what is recorded from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from outreach.actions import placements
from outreach.actions.activities import Facts, enter
from outreach.models import Activity, Placement
from outreach.moves import Dispatch
from plans.models import Obligation
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 18)


@pytest.fixture(autouse=True)
def in_march() -> Iterator[None]:
    with time_machine.travel("2024-03-18 09:00:00+07:00", tick=False):
        yield


class Desk:
    """A quota whose first quarter is overdue and still open, and whoever has to do with it."""

    def __init__(self) -> None:
        self.agency = make.make_agency(clears_internally=True)
        self.unit = make.make_unit(self.agency, "Phòng Bưu chính")
        self.other = make.make_unit(self.agency, "Phòng Báo chí")
        self.officer = make.make_user(Role.OFFICER, self.agency, self.unit)
        self.head = make.make_user(Role.UNIT_HEAD, self.agency, self.unit)
        self.office = make.make_user(Role.AGENCY_OFFICE, self.agency)
        self.leader = make.make_user(Role.LEADER, self.agency)
        self.editor = make.make_user(Role.CHANNEL_EDITOR, self.agency)
        self.channel = make.make_channel(self.agency.province, short_name="Cổng Sở")
        quota = make.make_quota(make.make_task(make.make_plan(self.agency)), self.channel)
        self.owed: Obligation = make.make_obligation(
            quota, "2024-Q1", unit=self.unit, due_on=date(2024, 3, 10)
        )

    def write(self, title: str, by: User | None = None) -> Activity:
        return enter(
            by=by or self.officer,
            agency=self.agency,
            unit=self.unit,
            facts=Facts("news", title),
            drafts=[self.channel],
        )

    def send(self, title: str, by: User | None = None) -> Placement:
        activity = self.write(title, by)
        placements.send(
            by=by or self.officer, activity=activity, to=Dispatch([self.channel], TODAY)
        )
        return Placement.objects.get(activity=activity)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(user: User, owed: Obligation) -> str:
    response = as_(user).get(reverse("outreach:obligation-detail", args=[owed.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_everything_on_its_way_is_listed_with_where_it_is(desk: Desk) -> None:
    desk.write("Tin còn nháp")
    desk.send("Tin chờ trưởng phòng")
    placements.hand_back(by=desk.head, placement=desk.send("Tin bị trả"), reason="Sửa")
    placements.clear(by=desk.head, placement=desk.send("Tin chờ kênh"))
    make.make_placement(
        make.make_activity(desk.office, desk.agency, desk.other, title="Nháp phòng khác"),
        desk.channel,
    )
    page = text(desk.officer, desk.owed)
    assert "Đang thực hiện, chưa được tính (4)" in page
    marks = dict(re.findall(r">([^<]+)</span>\s*<a [^>]*#luot-gui[^>]*>([^<]+)</a>", page))
    assert marks == {
        "Nháp": "Tin còn nháp",
        "Chờ duyệt nội bộ": "Tin chờ trưởng phòng",
        "Bị trả lại": "Tin bị trả",
        "Chờ duyệt": "Tin chờ kênh",
    }
    assert "Nháp phòng khác" not in page
    for row in Placement.objects.filter(state="sent"):
        placements.approve(by=desk.editor, placement=row)
        placements.publish(by=desk.editor, placement=row, on=TODAY, url="https://a.vn/1")
    page = text(desk.officer, desk.owed)
    assert "Đang thực hiện, chưa được tính (3)" in page
    assert "Sau hạn, trong kỳ (1)" in page


def test_after_the_window_nothing_is_on_its_way(desk: Desk) -> None:
    desk.send("Tin chờ trưởng phòng")
    with time_machine.travel("2024-04-01 09:00:00+07:00", tick=False):
        assert "Đang thực hiện" not in text(desk.officer, desk.owed)


def test_a_turn_is_changed_from_here_and_leads_back(desk: Desk) -> None:
    page = text(desk.office, desk.owed)
    address = f"{reverse('outreach:turn-change', args=[desk.owed.pk])}?tu=dau-viec"
    assert f'href="{address}"' in page
    client = as_(desk.office)
    answer = client.post(address, {"to": f"dv-{desk.other.pk}", "reason": "Phòng thiếu người"})
    back = reverse("outreach:obligation-detail", args=[desk.owed.pk])
    assert answer.headers["Location"] == back
    assert "Phòng thiếu người" in client.get(back).content.decode()


def test_whoever_may_not_change_the_turn_reads_why(desk: Desk) -> None:
    why = f"Chỉ Văn phòng của {desk.agency.name} được đổi lượt luân phiên."
    assert f'disabled title="{why}"' in text(desk.officer, desk.owed)
    assert "Đổi lượt" not in text(desk.leader, desk.owed)


def test_a_miss_is_explained_from_here(desk: Desk) -> None:
    address = reverse("outreach:obligation-explain", args=[desk.owed.pk])
    assert f'href="{address}"' in text(desk.officer, desk.owed)
    as_(desk.officer).post(address, {"reason": "staff", "text": "Nghỉ thai sản."})
    assert "Nghỉ thai sản." in text(desk.officer, desk.owed)


def test_the_page_asks_as_often_at_one_row_as_at_three(desk: Desk) -> None:
    asked = []
    for titles in (["Một"], ["Hai", "Ba"]):
        for title in titles:
            desk.send(title)
        text(desk.officer, desk.owed)
        with CaptureQueriesContext(connection) as queries:
            text(desk.officer, desk.owed)
        asked.append(len(queries))
    assert asked[0] == asked[1]
