"""The month calendar: what stands on which day, whose it is, and what it costs."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import CalendarDay, User
from agencies.roles import Role
from cchc.lib import clock
from tests import factories as make
from tests.outreach.conftest import House, published

pytestmark = pytest.mark.django_db

TAGS = re.compile(r"<[^>]+>")
NUMBER = re.compile(r"(?<=Nhiệm vụ) \d+")


def at(moment: str) -> Any:
    return time_machine.travel(datetime.fromisoformat(f"{moment}+07:00"), tick=False)


def get(user: User, status: int = 200, **query: str) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("outreach:calendar"), query)
    assert response.status_code == status
    return response.content.decode()


def plain(html: str) -> str:
    return " ".join(unescape(TAGS.sub(" ", html)).split())


def cells(html: str) -> dict[str, str]:
    """The text of each day's cell that says more than its number."""
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    found = {}
    for cell in re.findall(r"<td.*?</td>", table, re.S):
        day = re.search(r'datetime="([\d-]+)"', cell)
        assert day is not None
        text = (
            plain(re.sub(r"<time.*?</time>", "", cell, flags=re.S)).removeprefix("Hôm nay").strip()
        )
        if text:
            found[day[1]] = text
    return found


def agenda(html: str) -> list[str]:
    part = html[html.index('<ol class="cal-agenda">') : html.index("</ol>")]
    return [plain(item) for item in re.findall(r"<h2>.*?</h2>", part, re.S)]


def test_a_unit_sees_its_obligations_on_their_due_dates_by_state(house: House) -> None:
    published(house)
    with at("2024-03-26T08:00:00"):
        html = get(house.officer, thang="2024-03")
    assert {day: NUMBER.sub("", text) for day, text in cells(html).items()} == {
        "2024-03-20": "Đạt Chuyên trang CCHC 4.1 Nhiệm vụ · Quý I/2024: 1/1",
        "2024-03-25": "Chưa đạt Cổng Sở 4.2 Nhiệm vụ · Tháng 3/2024: 0/1",
    }
    assert agenda(html) == ["Thứ Tư, 20/03/2024", "Thứ Hai, 25/03/2024"]
    assert "tone-met" in html
    assert "tone-missed" in html


@pytest.mark.parametrize(
    ("moment", "state"),
    [("2024-03-25T23:59:59", "Chưa đến hạn"), ("2024-03-26T00:00:00", "Chưa đạt")],
)
def test_the_state_turns_at_midnight_in_viet_nam(house: House, moment: str, state: str) -> None:
    with at(moment):
        assert cells(get(house.officer, thang="2024-03"))["2024-03-25"].startswith(f"{state} ")


@pytest.mark.parametrize(
    ("moment", "title"),
    [
        ("2024-02-29T23:59:00", "Lịch tháng 2/2024"),
        ("2024-03-01T00:00:00", "Lịch tháng 3/2024"),
        ("2024-12-31T23:59:00", "Lịch tháng 12/2024"),
        ("2025-01-01T00:00:00", "Lịch tháng 1/2025"),
    ],
)
def test_the_month_turns_at_midnight_in_viet_nam(house: House, moment: str, title: str) -> None:
    with at(moment):
        html = get(house.officer)
    assert f"<h1>{title}</h1>" in html
    assert re.findall(
        r'aria-current="date">\s*<div[^>]*>\s*<time[^>]*datetime="([^"]+)"', html
    ) == [moment[:10]]


def test_weeks_begin_on_monday_and_the_table_has_headings(house: House) -> None:
    html = get(house.officer, thang="2024-09")
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == [
        "Thứ Hai",
        "Thứ Ba",
        "Thứ Tư",
        "Thứ Năm",
        "Thứ Sáu",
        "Thứ Bảy",
        "Chủ nhật",
    ]
    assert re.findall(r'datetime="([\d-]+)"', html)[:7:6] == ["2024-08-26", "2024-09-01"]
    assert "<caption" in html


def test_days_off_have_their_names_and_exchanged_saturdays_are_worked(house: House) -> None:
    CalendarDay.objects.create(province=house.province, day=date(2024, 2, 16), note="Nghỉ thêm")
    html = get(house.officer, thang="2024-02")
    assert {day: name for day, name in cells(html).items() if day < "2024-02-20"} == {
        **{f"2024-02-{day:02d}": "Tết Nguyên đán" for day in range(8, 15)},
        "2024-02-16": "Nghỉ thêm",
    }
    assert "15 ngày làm việc" in html
    html = get(house.officer, thang="2024-05")
    assert cells(html)["2024-05-04"] == "Làm bù"
    saturday = html[: html.index('datetime="2024-05-04"')].rsplit("<td", 1)[1]
    assert "cal-off" not in saturday


def test_another_provinces_days_off_are_not_ours(house: House) -> None:
    other = make.make_province("HG")
    CalendarDay.objects.create(province=other, day=date(2024, 3, 15), note="Nghỉ thêm")
    assert "Nghỉ thêm" not in get(house.officer, thang="2024-03")


def test_a_deadline_on_a_day_off_names_the_last_working_day_before(house: House) -> None:
    late = make.make_task(make.make_plan(house.agency), code="4.9")
    quota = make.make_quota(late, house.portal)
    make.make_obligation(quota, "2024-Q1", unit=house.unit, due_on=date(2024, 2, 12))
    text = plain(get(house.officer, ngay="2024-02-12"))
    assert "Tết Nguyên đán" in text
    assert "ngày làm việc cuối cùng trước đó là thứ Tư, 07/02/2024." in text


def test_what_is_held_on_a_day_off_has_no_deadline_to_speak_of(house: House) -> None:
    house.enter("Ra quân", kind="meeting", held_on=date(2024, 3, 10), venue="Xã A")
    text = plain(get(house.officer, ngay="2024-03-10"))
    assert ("Ra quân" in text, "Hạn rơi vào ngày nghỉ" in text) == (True, False)


def test_an_obligation_due_before_its_plan_is_marked_as_not_counted(house: House) -> None:
    house.obligations["Q1"].before_issue = True
    house.obligations["Q1"].save()
    text = cells(get(house.officer, thang="2024-03"))["2024-03-20"]
    assert text.startswith("Không tính Chuyên trang CCHC")


def test_meetings_stand_on_the_day_they_were_held(house: House) -> None:
    house.enter("Hội nghị <b>phổ biến</b>", kind="meeting", held_on=date(2024, 3, 7), venue="Xã A")
    text = cells(get(house.officer, thang="2024-03"))["2024-03-07"]
    assert text == "Hội nghị <b>phổ biến</b> Hội nghị, cuộc họp lồng ghép · Xã A"


def test_the_last_day_for_plans_that_implement_another(house: House) -> None:
    board = make.make_agency(house.province, kind="province")
    make.make_plan(board, number="001", derive_by=date(2024, 3, 8))
    make.make_plan(board, state="draft", derive_by=date(2024, 3, 9))
    make.make_plan(make.make_agency(), number="2", derive_by=date(2024, 3, 10))
    shown = cells(get(house.officer, thang="2024-03"))
    assert [day for day in shown if day < "2024-03-20"] == ["2024-03-08"]
    assert shown["2024-03-08"].startswith("Hạn ban hành kế hoạch triển khai Kế hoạch số 001")


def test_a_long_day_is_cut_and_leads_to_its_list(house: House) -> None:
    plan = make.make_plan(house.agency)
    for _ in range(5):
        quota = make.make_quota(make.make_task(plan), house.portal)
        make.make_obligation(quota, unit=house.unit, due_on=date(2024, 3, 20))
    html = get(house.officer, thang="2024-03")
    assert cells(html)["2024-03-20"].endswith("và 3 việc nữa ngày 20/03/2024")
    assert '?ngay=2024-03-20&amp;xem=don-vi"' in html
    day = get(house.officer, ngay="2024-03-20", xem="don-vi")
    assert day.count("cal-line") == 6


def test_who_sees_which_calendar(house: House) -> None:
    other_unit = make.make_unit(house.agency, "Phòng khác")
    elsewhere = make.make_obligation(
        make.make_quota(make.make_task(make.make_plan(house.agency)), house.portal),
        "2024-Q3",
        unit=other_unit,
        due_on=date(2024, 3, 28),
    )
    days = {"2024-03-20", "2024-03-25"}
    assert set(cells(get(house.officer, thang="2024-03"))) == days
    for role in (Role.AGENCY_OFFICE, Role.LEADER, Role.AUDITOR, Role.CHANNEL_EDITOR):
        reader = make.make_user(role, house.agency)
        assert set(cells(get(reader, thang="2024-03"))) == days | {"2024-03-28"}
    head = make.make_user(Role.UNIT_HEAD, house.agency, other_unit)
    assert set(cells(get(head, thang="2024-03"))) == {f"{elsewhere.due_on}"}
    whole = get(head, thang="2024-03", **{"co-quan": "ST-STTTT"})
    assert set(cells(whole)) == days | {"2024-03-28"}


def test_home_affairs_counts_by_state_and_by_agency(house: House) -> None:
    published(house)
    second = make.make_agency(house.province, "ST-SYT", short_name="Sở Y tế")
    quota = make.make_quota(make.make_task(make.make_plan(second)), house.portal)
    make.make_obligation(quota, due_on=date(2024, 3, 20))
    overseer = make.make_user(Role.HOME_AFFAIRS, make.make_agency(house.province))
    with at("2024-03-26T08:00:00"):
        html = get(overseer, thang="2024-03")
        assert cells(html) == {
            "2024-03-20": "Đạt 1 đầu việc Chưa đạt 1 đầu việc",
            "2024-03-25": "Chưa đạt 1 đầu việc",
        }
        day = plain(get(overseer, ngay="2024-03-20", tinh="ST"))
        assert "Chưa đạt Sở Y tế 1 đầu việc: 1 chưa đạt" in day
        assert "1 đầu việc: 1 đạt" in day
        one = plain(get(overseer, ngay="2024-03-20", **{"co-quan": "ST-SYT"}))
        assert "Nhiệm vụ" in one


def test_another_province_is_not_to_be_had(house: House) -> None:
    agency = make.make_agency(make.make_province("HG"), "HG-SNV")
    overseer = make.make_user(Role.HOME_AFFAIRS, agency)
    assert cells(get(overseer, thang="2024-03")) == {}
    get(overseer, 404, thang="2024-03", **{"co-quan": "ST-STTTT"})
    get(overseer, 404, thang="2024-03", **{"co-quan": "\x00"})
    get(overseer, 404, thang="2024-03", tinh="ST")
    get(overseer, 404, thang="2024-03", xem="don-vi")
    neighbour = make.make_user(Role.AGENCY_OFFICE, make.make_agency(house.province))
    get(neighbour, 404, thang="2024-03", **{"co-quan": "ST-STTTT"})


def test_home_affairs_counts_what_was_held_and_published(house: House) -> None:
    placement = published(house)
    placement.activity.held_on = date(2024, 3, 7)
    placement.activity.save()
    house.enter("Chưa gửi", kind="meeting", held_on=date(2024, 3, 8), venue="Xã A")
    overseer = make.make_user(Role.HOME_AFFAIRS, make.make_agency(house.province))
    shown = cells(get(overseer, thang="2024-03"))
    assert {day: text for day, text in shown.items() if day < "2024-03-20"} == {
        "2024-03-07": "1 hoạt động"
    }


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, None])
def test_who_has_no_calendar_is_told_so(house: House, role: Role | None) -> None:
    user = make.make_user(role, house.agency if role else None)
    assert "chưa có lịch để xem" in get(user, 403)


@pytest.mark.parametrize(
    "query",
    [
        {"thang": "2024-13"},
        {"thang": "2024-00"},
        {"thang": "1999-12"},
        {"thang": "9999-12"},
        {"thang": "٢٠٢٤-٠٣"},
        {"thang": "<script>"},
        {"ngay": "2024-02-30"},
        {"ngay": "0001-01-01"},
        {"ngay": "20240230"},
    ],
)
def test_an_address_that_cannot_be_read_is_explained(house: House, query: dict[str, str]) -> None:
    html = get(house.officer, **query)
    assert "Trang đang hiện tháng này." in html
    assert f"Lịch tháng {clock.today().month}/{clock.today().year}" in html
    assert "<script>" not in html.split("<main")[1]


@pytest.mark.parametrize(
    ("month", "missing"), [("2000-01", 'rel="prev"'), ("2100-12", 'rel="next"')]
)
def test_the_calendar_has_two_ends(house: House, month: str, missing: str) -> None:
    assert missing not in get(house.officer, thang=month)


def test_an_empty_month_leads_to_the_nearest_deadlines(house: House) -> None:
    text = plain(get(house.officer, thang="2024-05"))
    assert "Hạn gần nhất trước đó: 25/03/2024" in text
    assert "Hạn tiếp theo: 20/06/2024" in text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HOME_AFFAIRS])
def test_the_same_number_of_queries_at_one_row_and_at_three(house: House, role: Role) -> None:
    user = house.officer
    if role is Role.HOME_AFFAIRS:
        user = make.make_user(role, make.make_agency(house.province))
    client = Client()
    client.force_login(user)
    address = reverse("outreach:calendar") + "?thang=2024-03"
    client.get(address)
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
        agency = make.make_agency(house.province) if role is Role.HOME_AFFAIRS else house.agency
        plan = make.make_plan(agency, derive_by=date(2024, 3, 12 + number))
        quota = make.make_quota(make.make_task(plan), house.portal)
        make.make_obligation(quota, unit=house.unit, due_on=date(2024, 3, 11 + number))
        house.enter(f"Họp {number}", kind="meeting", held_on=date(2024, 3, 7 + number))
    assert len(set(counts)) == 1
    assert counts[0] <= 25
