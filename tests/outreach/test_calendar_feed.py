"""A person's calendar feed: the right days, exactly one's own sight, and a secret that can go."""

from __future__ import annotations

import re
import runpy
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from gunicorn.config import Config
from icalendar import Calendar

from agencies.models import AuditEntry, Membership, User
from agencies.roles import Role
from outreach.models import CalendarFeed
from plans.actions.waivers import waive
from tests import factories as make
from tests.outreach.conftest import House, published

pytestmark = pytest.mark.django_db

SECRET = re.compile(r"/lich/([A-Za-z0-9_-]{43})\.ics")


def at(moment: str) -> Any:
    return time_machine.travel(datetime.fromisoformat(f"{moment}+07:00"), tick=False)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(user: User) -> str:
    """The path of a new address, as the page shows it."""
    html = client_of(user).post(reverse("outreach:feed-make")).content.decode()
    found = SECRET.search(html)
    assert found is not None
    return reverse("outreach:calendar-feed", args=[found[1]])


def fetch(path: str, status: int = 200, **headers: str) -> HttpResponse:
    response = Client(headers=headers).get(path)
    assert response.status_code == status
    return response  # type: ignore[return-value]


def events(path: str) -> list[tuple[str, date, date]]:
    found = Calendar.from_ical(fetch(path).content).walk("VEVENT")
    return [(str(e["SUMMARY"]), e.decoded("DTSTART"), e.decoded("DTEND")) for e in found]


def test_a_units_deadlines_are_all_day_events(house: House) -> None:
    with at("2024-03-01T08:00:00"):
        assert events(made(house.officer)) == [
            (
                "Đến hạn: 4.1 · Chuyên trang CCHC · Văn phòng (Quý I/2024)",
                date(2024, 3, 20),
                date(2024, 3, 21),
            ),
            (
                "Đến hạn: 4.2 · Cổng Sở · Văn phòng (Tháng 3/2024)",
                date(2024, 3, 25),
                date(2024, 3, 26),
            ),
            (
                "Đến hạn: 4.1 · Chuyên trang CCHC · Văn phòng (Quý II/2024)",
                date(2024, 6, 20),
                date(2024, 6, 21),
            ),
        ]


@pytest.mark.parametrize("day", ["2024-02-29", "2024-03-31", "2024-12-31", "2025-01-01"])
@pytest.mark.parametrize("clock", ["00:00:00", "06:59:59", "23:59:59"])
def test_the_day_is_the_plans_at_any_hour(house: House, day: str, clock: str) -> None:
    due = date.fromisoformat(day)
    plan = make.make_plan(house.agency)
    quota = make.make_quota(make.make_task(plan, code="4.9"), house.page)
    make.make_obligation(quota, "2024-Q4", unit=house.unit, due_on=due)
    with at(f"{day}T{clock}"):
        found = [event for event in events(made(house.officer)) if "4.9" in event[0]]
    assert [(first, last) for _, first, last in found] == [(due, due + timedelta(days=1))]


def test_the_mark_follows_the_state_and_what_needs_nothing_is_left_out(house: House) -> None:
    published(house)
    office = make.make_user(Role.AGENCY_OFFICE, house.agency)
    waive(obligation=house.obligations["Q2"], reason="Kênh dừng", by=office)
    with at("2024-03-25T23:59:59"):
        path = made(house.officer)
        assert [summary for summary, *_ in events(path)] == [
            "✓ Đạt: 4.1 · Chuyên trang CCHC · Văn phòng (Quý I/2024)",
            "Đến hạn: 4.2 · Cổng Sở · Văn phòng (Tháng 3/2024)",
        ]
    with at("2024-03-26T00:00:00"):
        assert [summary for summary, *_ in events(path)][1].startswith("✗ Chưa đạt: 4.2")


def test_an_event_keeps_its_uid_and_its_revision_grows(house: House) -> None:
    with at("2024-03-01T08:00:00"):
        path = made(house.officer)
        [before, *_] = Calendar.from_ical(fetch(path).content).walk("VEVENT")
    published(house)
    house.obligations["Q1"].revision = 1
    house.obligations["Q1"].save()
    with at("2024-03-19T08:00:00"):
        [after, *_] = Calendar.from_ical(fetch(path).content).walk("VEVENT")
    assert before["UID"] == after["UID"] == f"dau-viec-{house.obligations['Q1'].pk}@testserver"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["URL"] == f"http://testserver/tuyen-truyen/dau-viec/{house.obligations['Q1'].pk}/"


def test_the_same_calendar_is_not_sent_twice(house: House) -> None:
    with at("2024-03-19T08:00:00"):
        path = made(house.officer)
        first = fetch(path)
        fetch(path, 304, **{"if-none-match": first.headers["ETag"]})
        published(house)
        assert fetch(path, **{"if-none-match": first.headers["ETag"]}).content != first.content


def test_it_is_a_calendar_that_only_its_reader_keeps(house: House) -> None:
    response = fetch(made(house.officer))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies


def test_only_a_hash_of_the_secret_is_kept_and_it_is_shown_once(house: House) -> None:
    path = made(house.officer)
    secret = path.removesuffix(".ics").rsplit("/", 1)[1]
    feed = CalendarFeed.objects.get()
    assert (len(feed.secret), secret in feed.secret) == (64, False)
    assert secret not in str(list(AuditEntry.objects.values()))
    page = client_of(house.officer).get(reverse("outreach:feed-page")).content.decode()
    assert (secret in page, feed.secret in page, "Đang có một địa chỉ" in page) == (
        False,
        False,
        True,
    )


def test_the_answer_that_shows_it_is_not_kept_by_the_browser(house: House) -> None:
    response = client_of(house.officer).post(reverse("outreach:feed-make"))
    assert response.headers["Cache-Control"] == "no-store"


def test_the_servers_log_does_not_keep_it() -> None:
    conf = runpy.run_path(str(settings.BASE_DIR / "bin" / "gunicorn_conf.py"))
    log = conf["logger_class"](Config())
    response = SimpleNamespace(status="200 OK", sent=1, headers=[])
    asked = SimpleNamespace(headers=[])
    path = "/tuyen-truyen/lich/abc-DEF_1.ics"
    environ = {"PATH_INFO": path, "RAW_URI": path, "REQUEST_METHOD": "GET", "SERVER_PROTOCOL": ""}
    atoms = log.atoms(response, asked, environ, timedelta(seconds=1))
    assert conf["access_log_format"] % {**atoms, "h": "-"} == (
        '- "GET /tuyen-truyen/lich/….ics" 200 1 1000ms'
    )


def test_a_new_address_replaces_the_old_one(house: House) -> None:
    old = made(house.officer)
    new = made(house.officer)
    assert old != new
    fetch(old, 404)
    fetch(new)
    assert CalendarFeed.objects.open().count() == 1


def test_a_revoked_address_leads_nowhere_and_cannot_be_revoked_again(house: House) -> None:
    path = made(house.officer)
    feed = CalendarFeed.objects.get()
    revoke = reverse("outreach:feed-revoke", args=[feed.pk])
    assert client_of(house.editor).post(revoke).status_code == 404
    fetch(path)
    assert client_of(house.officer).post(revoke).status_code == 302
    fetch(path, 404)
    assert client_of(house.officer).post(revoke).status_code == 403
    verbs = AuditEntry.objects.filter(verb__startswith="feed.").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["feed.make", "feed.begin", "feed.revoke"]


@pytest.mark.parametrize("secret", ["0", "x" * 43, "x" * 65, "x" * 5000, "%00", "..%2f", "đ"])
def test_no_other_address_leads_anywhere(house: House, secret: str) -> None:
    made(house.officer)
    fetch(f"/tuyen-truyen/lich/{secret}.ics", 404)
    fetch(f"/tuyen-truyen/lich/{CalendarFeed.objects.get().secret}.ics", 404)


def test_a_locked_account_and_an_ended_post_have_no_calendar(house: House) -> None:
    path = made(house.officer)
    User.objects.filter(pk=house.officer.pk).update(is_active=False)
    fetch(path, 404)
    User.objects.filter(pk=house.officer.pk).update(is_active=True)
    Membership.objects.filter(user=house.officer).update(until=date(2024, 3, 31))
    with at("2024-03-31T23:59:59"):
        fetch(path)
    with at("2024-04-01T00:00:00"):
        fetch(path, 404)


def test_it_shows_what_the_person_may_see_and_no_more(house: House) -> None:
    other_unit = make.make_unit(house.agency, "Phòng khác")
    head = make.make_user(Role.UNIT_HEAD, house.agency, other_unit)
    leader = make.make_user(Role.LEADER, house.agency)
    stranger = make.make_user(Role.AGENCY_OFFICE, make.make_agency(house.province))
    far = make.make_user(Role.HOME_AFFAIRS, make.make_agency(make.make_province("HG")))
    with at("2024-03-01T08:00:00"):
        counts = [len(events(made(user))) for user in (house.officer, head, leader, stranger, far)]
    assert counts == [3, 0, 4, 0, 0]


def test_home_affairs_gets_one_event_a_day(house: House) -> None:
    published(house)
    second = make.make_agency(house.province)
    quota = make.make_quota(make.make_task(make.make_plan(second)), house.portal)
    make.make_obligation(quota, due_on=date(2024, 3, 20))
    overseer = make.make_user(Role.HOME_AFFAIRS, make.make_agency(house.province))
    with at("2024-03-26T08:00:00"):
        path = made(overseer)
        assert events(path)[:2] == [
            (
                "Đến hạn: 2 đầu việc của 2 cơ quan (1/2 đạt)",
                date(2024, 3, 20),
                date(2024, 3, 21),
            ),
            (
                "Đến hạn: 1 đầu việc của 1 cơ quan (0/1 đạt)",
                date(2024, 3, 25),
                date(2024, 3, 26),
            ),
        ]
        [event, *_] = Calendar.from_ical(fetch(path).content).walk("VEVENT")
    assert event["URL"] == "http://testserver/tuyen-truyen/lich/?ngay=2024-03-20&tinh=ST"


def test_the_page_says_when_it_was_last_read(house: House) -> None:
    with at("2024-03-01T08:00:00"):
        path = made(house.officer)
    for day in ("2024-03-02", "2024-03-05"):
        with at(f"{day}T00:00:00"):
            fetch(path)
            fetch(path)
    page = client_of(house.officer).get(reverse("outreach:feed-page")).content.decode()
    assert "tạo ngày 01/03/2024, chương trình lịch đọc lần cuối ngày 05/03/2024" in page
    assert AuditEntry.objects.filter(verb="feed.begin").count() == 1


@time_machine.travel(date(2024, 3, 1), tick=False)
def test_a_feed_costs_the_same_at_one_row_and_at_three(house: House) -> None:
    path = made(house.officer)
    fetch(path)
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            fetch(path)
        counts.append(len(queries))
        quota = make.make_quota(make.make_task(make.make_plan(house.agency)), house.portal)
        make.make_obligation(quota, unit=house.unit, due_on=date(2024, 3, 5 + number))
    assert counts == [8, 8, 8]
