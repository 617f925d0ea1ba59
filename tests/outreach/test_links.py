"""Link checks: which addresses are due, when one is dead, what pages show, and that nothing counts.

The only server is this machine's; every name is answered by the tests.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.jobs import queue, runner
from cchc.jobs.models import Job, JobState
from cchc.jobs.progress import Lost, Progress
from cchc.lib.links import STRICT, Fault, Pace, Seen
from outreach import link_rule
from outreach.actions import evidence as evidence_actions
from outreach.actions import links as actions
from outreach.link_rule import Standing
from outreach.link_walk import Walk, due
from outreach.models import Activity, Evidence, Placement
from outreach.tasks import check_links
from tests import factories as make
from tests.outreach.conftest import URL, House, counted, published

pytestmark = pytest.mark.core

DAY = date(2026, 11, 12)
TASK = "outreach.check_links"
SEEN = Seen(title="Trang")


# The rule


def standing_after(*faults: tuple[Fault | None, int]) -> Standing:
    """From a fresh address over what was seen, each so many days after the first."""
    standing = Standing("unchecked")
    for fault, days in faults:
        standing = link_rule.after(standing, fault, DAY + timedelta(days))
    return standing


G, N, T, B = Fault.GONE, Fault.NO_NAME, Fault.TIMEOUT, Fault.BLOCKED


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        ([(None, 0)], "alive"),
        ([(G, 0)], "dead"),
        ([(N, 0)], "unknown"),
        ([(N, 0), (N, 0), (N, 0)], "unknown"),  # three times in one day is one bad day
        ([(N, 0), (N, 1)], "dead"),
        ([(Fault.REFUSED, 0), (Fault.TLS, 1)], "dead"),
        ([(T, 0), (T, 1), (T, 2), (T, 3), (T, 4)], "unknown"),
        ([(T, 0), (T, 7)], "unknown"),
        ([(T, 0), (T, 1), (T, 2), (T, 7)], "dead"),
        ([(Fault.SERVER, 0), (T, 1), (None, 6), (T, 7), (T, 8)], "unknown"),
        ([(B, day) for day in range(30)], "unknown"),
        ([(Fault.PRIVATE, day) for day in range(30)], "unknown"),
        ([(G, 0), (T, 1)], "dead"),  # slowness does not bring it back
        ([(G, 0), (B, 1)], "unknown"),  # who answers is not dead
        ([(G, 0), (None, 1)], "alive"),
    ],
)
def test_when_an_address_is_dead(seen: list[tuple[Fault | None, int]], state: str) -> None:
    assert standing_after(*seen).state == state


def test_since_is_the_first_day_of_the_trouble() -> None:
    assert standing_after((N, 0), (N, 3)) == Standing("dead", 2, DAY)
    assert standing_after((N, 0), (None, 1), (N, 2)) == Standing("unknown", 1, DAY + timedelta(2))


# Looking, on a server of this machine


class Pages(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404 if "mat" in self.path else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write("<title>Trang của Sở</title>".encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def walk(asked: list[str]) -> Iterator[Walk]:
    handler = type("Asked", (Pages,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    rules = replace(
        STRICT,
        judge=lambda address: address == "127.0.0.1",
        resolve=lambda host, port: ["127.0.0.1"],
        ports=frozenset({server.server_port}),
    )
    PORTS[:] = [server.server_port]
    yield Walk(rules, Pace(seconds=0))
    server.shutdown()
    server.server_close()


PORTS = [0]


def at(path: str) -> str:
    return f"http://soctrang.gov.vn:{PORTS[0]}{path}"


def walked(walk: Walk, limit: int = 100) -> list[tuple[str, str]]:
    return [(link.url, str(walk.check(link))) for link in due(limit)]


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(user: User, activity: Activity) -> str:
    address = reverse("outreach:activity-detail", args=[activity.pk])
    return as_(user).get(address).content.decode()


def test_what_is_published_is_looked_at_and_shown_and_counts_as_before(
    house: House, walk: Walk, asked: list[str]
) -> None:
    alive = published(house, url=at("/1"))
    dead = published(house, url=at("/mat"), title="Bài khác")
    before = counted(alive), counted(dead)
    with time_machine.travel("2026-11-12 23:59:00+07:00", tick=False):
        assert walked(walk) == [(at("/1"), "alive"), (at("/mat"), "dead")]
        page = shown(house.officer, alive.activity)
    assert "Còn mở được, kiểm tra 12/11/2026; trang có tiêu đề “Trang của Sở”" in page
    page = shown(house.officer, dead.activity)
    assert (
        "Không còn mở được từ 12/11/2026 (trang báo không còn bài này), kiểm tra 12/11/2026" in page
    )
    assert (counted(alive), counted(dead)) == before
    assert before[1] != []
    assert list(Placement.objects.with_dead_link()) == [dead]
    assert sorted(asked) == ["/1", "/mat"]
    [entry] = AuditEntry.objects.filter(verb="link.check")
    assert (entry.object_id, entry.after["state"]) == (str(dead.pk), "dead")
    assert (entry.by_label, entry.agency) == ("Hệ thống", house.agency)


def test_a_title_that_a_person_gave_stays(house: House, walk: Walk) -> None:
    activity = house.enter()
    evidence_actions.add_link(by=house.officer, activity=activity, url=at("/2"), title="Bản tin")
    assert walked(walk) == [(at("/2"), "alive")]
    link = Evidence.objects.get()
    assert (link.title, link.link_title, link.link_state) == ("Bản tin", "Trang của Sở", "alive")


def test_the_same_address_is_asked_once(house: House, walk: Walk, asked: list[str]) -> None:
    placement = published(house, url=at("/3"))
    evidence_actions.add_link(by=house.officer, activity=placement.activity, url=at("/3"))
    assert walked(walk) == [(at("/3"), "alive")] * 2
    assert asked == ["/3"]


def test_private_and_unpublished_addresses_are_never_asked(
    house: House, walk: Walk, asked: list[str]
) -> None:
    inside = published(house, url="http://10.1.2.3/tin")
    [waits] = house.sent(title="Chưa đăng")
    Placement.objects.filter(pk=waits.pk).update(url=at("/4"))
    activity = house.enter("Hủy")
    gone = evidence_actions.add_link(by=house.officer, activity=activity, url=at("/5"))
    evidence_actions.void(by=house.officer, evidence=gone, reason="Nhầm.")
    evidence_actions.add_link(by=house.officer, activity=activity, url="http://192.168.1.1/a")
    assert walked(walk) == [("http://10.1.2.3/tin", "private")]
    assert walked(walk) == []
    assert asked == []
    assert "Địa chỉ nội bộ, chỉ lưu chữ" in shown(house.officer, inside.activity)


def test_the_longest_unseen_come_first_and_not_before_their_time(house: House) -> None:
    rows = [published(house, url=f"{URL}/{n}", title=f"Bài {n}") for n in range(5)]
    moment = "2026-11-12 21:00:00+07:00"
    with time_machine.travel(moment, tick=False) as traveller:
        for row, days, changes in (
            (rows[0], 8, {"link_state": "alive"}),
            (rows[1], 9, {"link_state": "dead", "failures": 3, "failing_since": DAY}),
            (rows[2], 1, {"link_state": "unknown", "failures": 1, "failing_since": DAY}),
            (rows[3], 1, {"link_state": "alive"}),
        ):
            traveller.shift(timedelta(days=-days))
            actions.note(by=None, link=row, seen=SEEN)
            traveller.shift(timedelta(days=days))
            Placement.objects.filter(pk=row.pk).update(**changes)
        assert due(9) == [rows[4], rows[1], rows[0], rows[2]]
        assert due(2) == [rows[4], rows[1]]
        assert due(0) == []
        assert due(9, make.make_province()) == []
        assert due(9, house.province) == due(9)


def test_an_address_that_was_changed_meanwhile_was_not_looked_at(house: House) -> None:
    placement = published(house)
    Placement.objects.update(url=f"{URL}/khac")
    actions.note(by=None, link=placement, seen=SEEN)
    assert Placement.objects.get().link_state == ""


def test_home_affairs_sees_dead_links_of_its_province_only(house: House, walk: Walk) -> None:
    dead = published(house, url=at("/mat"))
    walked(walk)
    home = make.make_user(Role.HOME_AFFAIRS, make.make_agency(house.province, "ST-SNV"))
    away = make.make_user(Role.HOME_AFFAIRS, make.make_agency())
    assert list(Placement.objects.visible_to(home).with_dead_link()) == [dead]
    address = reverse("outreach:placement-list")
    page = as_(home).get(address).content.decode()
    assert f'<a href="{address}?duong_dan_hong=1">1 đường dẫn không còn mở được</a>' in page
    listed = as_(home).get(address, {"duong_dan_hong": "1"}).content.decode()
    assert str(dead.activity) in listed
    assert "đường dẫn không còn mở được" not in as_(away).get(address).content.decode()
    assert list(Placement.objects.visible_to(away).with_dead_link()) == []


# The job and the command


def test_off_nothing_is_asked(house: House) -> None:
    published(house)
    queue.enqueue(TASK)
    assert runner.run_next() is True
    job = Job.objects.get()
    assert (job.state, job.progress_total) == (JobState.DONE, 0)
    assert Placement.objects.get().checked_at is None
    with pytest.raises(CommandError, match="đang tắt"):
        call_command("check_links")


@pytest.fixture
def links(house: House, settings: Any) -> None:
    """Thirty addresses that are refused by their looks, without any pause."""
    settings.LINK_CHECKS = True
    activity = house.enter()
    Evidence.objects.bulk_create(
        Evidence(
            activity=activity,
            title=f"Đường dẫn {n}",
            url=f"http://10.0.0.{n}/",
            link_state="unchecked",
            added_by=house.officer,
        )
        for n in range(30)
    )


@pytest.mark.usefixtures("links")
def test_a_run_goes_on_in_slices_until_nothing_is_due() -> None:
    queue.enqueue(TASK)
    while runner.run_next():
        pass
    jobs = list(Job.objects.order_by("queued_at"))
    assert [job.state for job in jobs] == [JobState.DONE] * 3
    assert [job.arguments for job in jobs] == [{}, {"left": 475}, {"left": 470}]
    assert [job.progress_total for job in jobs] == [25, 5, 0]
    states = set(Evidence.objects.values_list("link_state", "link_fault"))
    assert states == {("private", "")}


@pytest.mark.usefixtures("links")
def test_no_more_than_was_left() -> None:
    queue.enqueue(TASK, left=10)
    while runner.run_next():
        pass
    assert Job.objects.count() == 1
    assert Evidence.objects.exclude(checked_at=None).count() == 10


@pytest.mark.usefixtures("links")
def test_a_cancelled_run_looks_no_further_and_is_not_continued() -> None:
    queue.enqueue(TASK)
    job = queue.claim("worker")
    assert job is not None
    queue.cancel(job.pk)
    with pytest.raises(Lost):
        check_links.run(Progress(job))
    assert Evidence.objects.exclude(checked_at=None).count() == 0
    assert [job.state for job in Job.objects.all()] == [JobState.CANCELLED]


@pytest.mark.usefixtures("links")
def test_two_never_walk_at_once() -> None:
    queue.enqueue(TASK)
    assert queue.claim("another worker") is not None
    queue.enqueue(TASK)
    assert runner.run_next() is True
    assert Evidence.objects.exclude(checked_at=None).count() == 0


@pytest.mark.usefixtures("links")
def test_the_command_says_what_it_did(house: House) -> None:
    out = StringIO()
    call_command("check_links", limit=2, province=house.province.code, stdout=out)
    assert out.getvalue().splitlines() == [
        "Địa chỉ nội bộ, chỉ lưu chữ: http://10.0.0.0/",
        "Địa chỉ nội bộ, chỉ lưu chữ: http://10.0.0.1/",
        "Đã kiểm tra 2 đường dẫn: địa chỉ nội bộ, chỉ lưu chữ 2.",
    ]
    with pytest.raises(CommandError, match="Không có tỉnh nào mang mã “XX”"):
        call_command("check_links", province="XX")
