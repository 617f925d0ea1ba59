"""Explaining, accepting and waiving as people do it on their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from outreach.actions import explanations
from outreach.models import Explanation
from plans.models import Obligation
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def after_the_quarter() -> Iterator[None]:
    with time_machine.travel("2024-04-10 09:00:00+07:00", tick=False):
        yield


class Scene:
    """Two quarters of one quota; the first one was missed."""

    def __init__(self) -> None:
        self.agency = make.make_agency()
        self.unit = make.make_unit(self.agency, "Phòng Bưu chính")
        self.officer = make.make_user(
            Role.OFFICER, self.agency, self.unit, full_name="Lý Thị Cán Bộ"
        )
        self.office = make.make_user(Role.AGENCY_OFFICE, self.agency, full_name="Trần Văn Phòng")
        home = make.make_agency(self.agency.province)
        self.home = make.make_user(Role.HOME_AFFAIRS, home, full_name="Ngô Nội Vụ")
        self.quota = make.make_quota(
            make.make_task(make.make_plan(self.agency)), make.make_channel(self.agency.province)
        )
        self.missed = make.make_obligation(self.quota, "2024-Q1", unit=self.unit)
        self.open = make.make_obligation(self.quota, "2024-Q2", unit=self.unit)

    def say(self) -> Explanation:
        return explanations.explain(
            obligation=self.missed, reason="approval", text="Gửi từ 05/3.", by=self.officer
        )


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(client: Client, name: str, pk: int | None = None, **data: str) -> str:
    """What the page says; with data it is posted first."""
    address = reverse(name, args=[pk] if pk else [])
    response = client.post(address, data, follow=True) if data else client.get(address)
    assert response.status_code == 200
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


DETAIL, EXPLAIN = "outreach:obligation-detail", "outreach:obligation-explain"


def test_the_unit_explains_on_the_obligations_page() -> None:
    scene = Scene()
    client = as_(scene.officer)
    assert "Chưa có giải trình." in words(client, DETAIL, scene.missed.pk)
    page = words(client, EXPLAIN, scene.missed.pk, reason="approval", text="Gửi từ 05/3.")
    assert "Đã ghi giải trình." in page
    assert (
        "Chờ xem xét Chờ duyệt quá lâu Gửi từ 05/3. Lý Thị Cán Bộ, Phòng Bưu chính, 09:00 "
        "10/04/2024" in page
    )
    assert "Chưa đạt" in page
    assert f"Chỉ Văn phòng của {scene.agency} hoặc Sở Nội vụ mới được xem xét" in page


def test_a_form_without_reason_or_text_says_so() -> None:
    scene = Scene()
    page = words(as_(scene.officer), EXPLAIN, scene.missed.pk, reason="", text=" ")
    assert "Hãy chọn nguyên nhân trong danh sách." in page
    assert "Hãy ghi nội dung giải trình." in page
    assert Explanation.objects.count() == 0


def test_the_office_does_not_accept_then_accepts_the_next() -> None:
    scene = Scene()
    first, office = scene.say(), as_(scene.office)
    waiting = words(office, "outreach:explanation-list")
    assert "Gửi từ 05/3." in waiting
    page = words(office, "outreach:explanation-refuse", first.pk, reason="Chưa có số liệu")
    assert "Không được chấp nhận Chờ duyệt quá lâu" in page
    assert "Lý do không chấp nhận: Chưa có số liệu (Trần Văn Phòng, 09:00 10/04/2024)" in page
    second = scene.say()
    page = words(office, "outreach:explanation-accept", second.pk, back="list")
    assert "Đã chấp nhận giải trình; con số và trạng thái không đổi." in page
    assert "Không có giải trình nào chờ anh/chị xem xét." in page
    page = words(as_(scene.officer), DETAIL, scene.missed.pk)
    assert "Trần Văn Phòng chấp nhận, 09:00 10/04/2024" in page
    assert "Giải trình trước (1)" in page
    assert "Giải trình lại" not in page
    assert "Chưa đạt" in page


def test_home_affairs_reads_all_and_turns_it_round() -> None:
    scene = Scene()
    said = explanations.accept(explanation=scene.say(), by=scene.office)
    home = as_(scene.home)
    assert "Không chấp nhận…" in words(home, DETAIL, scene.missed.pk)
    page = words(home, "outreach:explanation-refuse", said.pk, reason="Không có căn cứ")
    assert "Trần Văn Phòng chấp nhận, 09:00 10/04/2024 (sau đó không chấp nhận)" in page
    assert "Không có căn cứ (Ngô Nội Vụ," in page


def test_who_may_not_is_refused_with_the_sentence() -> None:
    scene = Scene()
    said = scene.say()
    client = as_(make.make_user(Role.OFFICER, scene.agency, make.make_unit(scene.agency)))
    for name, pk in (
        ("explanation-refuse", said.pk),
        ("obligation-explain", scene.missed.pk),
        ("obligation-waive", scene.open.pk),
    ):
        response = client.get(reverse(f"outreach:{name}", args=[pk]))
        assert (name, response.status_code) == (name, 403)
    response = client.post(reverse("outreach:explanation-accept", args=[said.pk]))
    assert response.status_code == 403
    assert "mới được xem xét giải trình này." in response.content.decode()


def test_another_agency_finds_nothing() -> None:
    scene = Scene()
    said = scene.say()
    other = as_(make.make_user(Role.AGENCY_OFFICE, make.make_agency(scene.agency.province)))
    assert "Gửi từ" not in words(other, "outreach:explanation-list")
    assert other.post(reverse("outreach:explanation-accept", args=[said.pk])).status_code == 404
    assert other.get(reverse("outreach:obligation-waive", args=[scene.open.pk])).status_code == 404


def test_the_office_waives_before_the_day_and_undoes_it() -> None:
    scene = Scene()
    office = as_(scene.office)
    assert "Hãy ghi lý do." in words(office, "outreach:obligation-waive", scene.open.pk, reason=" ")
    page = words(office, "outreach:obligation-waive", scene.open.pk, reason="Kênh dừng hoạt động")
    assert "Được miễn: Kênh dừng hoạt động (Trần Văn Phòng, 09:00 10/04/2024)" in page
    assert "Bỏ miễn…" in page
    seen = words(as_(scene.home), DETAIL, scene.open.pk)
    assert "Được miễn: Kênh dừng hoạt động" in seen
    assert "Miễn đầu việc. Lý do: Kênh dừng hoạt động" in seen
    assert "Bỏ miễn…" not in seen
    page = words(office, "outreach:obligation-undo-waiver", scene.open.pk, reason="Kênh lại chạy")
    assert "Chưa đến hạn" in page
    assert "Bỏ miễn đầu việc. Lý do: Kênh lại chạy" in page
    assert Obligation.objects.get(pk=scene.open.pk).waived_at is None
    assert "Lịch sử miễn" not in words(as_(scene.officer), DETAIL, scene.open.pk)


def test_the_list_asks_as_often_for_one_as_for_three() -> None:
    scene = Scene()
    scene.say()
    client = as_(scene.office)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            words(client, "outreach:explanation-list")
        return len(found)

    queries()
    before = queries()
    monthly = make.make_quota(scene.quota.task, scene.quota.channel, per="month")
    for period in ("2024-M01", "2024-M02"):
        missed = make.make_obligation(monthly, period, unit=scene.unit)
        explanations.explain(obligation=missed, reason="other", text="Khác", by=scene.officer)
    assert queries() == before
    assert Explanation.objects.awaiting(scene.office).count() == 3
