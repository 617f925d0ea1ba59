"""The pages of period reports and regimes, walked by the people who use them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from reporting.actions import period_reports as reports
from reporting.actions import regimes
from reporting.models import PeriodReport, ReportPeriod, ReportRegime
from reporting.regimes import BNV581
from tests import factories as make

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = datetime(2024, 6, 18, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def client(user: User) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=user.pk), BACKEND)
    return found


class World:
    """A province with Home Affairs and ``count`` agencies that report."""

    def __init__(self, count: int = 1) -> None:
        self.province = make.make_province(name="Sóc Trăng")
        self.home = make.make_user(Role.HOME_AFFAIRS, make.make_agency(self.province))
        self.agencies = [make.make_agency(self.province) for _ in range(count)]
        self.offices = [make.make_user(Role.AGENCY_OFFICE, each) for each in self.agencies]
        regimes.set_up(province=self.province, agency=None, year=2024, terms=BNV581, by=self.home)

    def report(self, place: int = 0, code: str = "2024-H1") -> PeriodReport:
        return PeriodReport.objects.get(agency=self.agencies[place], period__code=code)


@pytest.fixture
def now() -> Iterator[None]:
    with time_machine.travel(DAY, tick=False):
        yield


@pytest.fixture
def world(now: None) -> World:
    return World()


def at(name: str, *args: Any) -> str:
    return reverse(f"reporting:{name}", args=args)


def test_a_report_goes_from_its_row_to_its_lock(world: World) -> None:
    report = world.report()
    office, home = client(world.offices[0]), client(world.home)
    page = at("report-detail", report.pk)
    assert office.get(at("report-list")).status_code == 200
    assert office.post(at("report-begin", report.pk)).headers["Location"] == page
    assert home.get(page).context["sections"] == []  # a draft's words are its agency's
    words = {"text": "Thực hiện tốt.", "before": report.report_sections.get(key="next").text}
    kept = office.post(at("report-write", report.pk, "next"), words)
    assert kept.headers["Location"] == f"{page}#next"
    late = office.post(at("report-write", report.pk, "next"), {"text": "Khác.", "before": "Cũ."})
    typed = {s.part.key: s.typed for s in late.context["sections"]}
    assert (late.status_code, typed["next"]) == (200, "Khác.")
    office.post(at("report-submit", report.pk))
    report.refresh_from_db()
    assert (report.state, report.submitted_by) == ("submitted", world.offices[0])

    assert (
        home.post(at("report-return", report.pk), {"next": "Ghi rõ."}).headers["Location"] == page
    )
    shown = office.get(page)
    reasons = [s.kept.returned_reason for s in shown.context["sections"] if s.part.key == "next"]
    assert reasons == ["Ghi rõ."]
    office.post(at("report-submit", report.pk))
    home.post(at("report-accept", report.pk))
    report.refresh_from_db()
    assert (report.state, report.round) == ("accepted", 2)
    assert office.post(at("report-begin", report.pk)).status_code == 403
    until = {"until_on": "20/06/2024", "reason": "Bổ sung số liệu."}
    assert home.post(at("report-reopen", report.pk), until).headers["Location"] == page
    assert office.post(at("report-begin", report.pk)).headers["Location"] == page


def test_home_affairs_writes_on_behalf_until_the_agency_takes_over(world: World) -> None:
    report = world.report()
    page = at("report-detail", report.pk)
    office, home = client(world.offices[0]), client(world.home)
    home.post(at("report-begin", report.pk))
    assert len(home.get(page).context["sections"]) == 8
    words = {"text": "Theo bản giấy.", "before": report.report_sections.get(key="next").text}
    home.post(at("report-write", report.pk, "next"), words)
    office.post(
        at("report-write", report.pk, "next"), {"text": "Tự ghi.", "before": "Theo bản giấy."}
    )
    assert home.get(page).context["sections"] == []
    home.post(at("report-submit", report.pk))
    report.refresh_from_db()
    assert (report.on_behalf, report.state) == (False, "draft")


def test_a_missing_report_is_seen_by_home_affairs_and_by_nobody_else(world: World) -> None:
    report = world.report()
    (shown,) = client(world.home).get(at("report-list"), {"nam": "2024"}).context["regimes"]
    told = [(p.period.label, [line.when for line in p.lines], p.counts) for p in shown.current]
    assert told == [
        ("6 tháng đầu năm 2024", ["còn 2 ngày"] * 2, (("Chưa lập", 2),)),
        ("Quý I/2024", ["quá hạn 90 ngày"] * 2, (("Chưa lập", 2),)),
        ("Năm 2024", ["còn 185 ngày"] * 2, (("Chưa lập", 2),)),
        ("Quý III/2024", ["còn 94 ngày"] * 2, (("Chưa lập", 2),)),
    ]
    assert [p.opened for p in shown.current] == [True, False, False, False]
    stranger = make.make_user(Role.AGENCY_OFFICE, make.make_agency(world.province))
    elsewhere = make.make_user(Role.HOME_AFFAIRS, make.make_agency())
    for user in (stranger, elsewhere):
        assert client(user).get(at("report-detail", report.pk)).status_code == 404
        assert client(user).post(at("report-accept", report.pk)).status_code == 404


@pytest.mark.parametrize("year", ["", "abcd", "99999", "²024"])
def test_a_year_that_is_none_is_this_one(world: World, year: str) -> None:
    answer = client(world.home).get(at("report-list"), {"nam": year})
    assert answer.context["year"] == 2024


def test_a_regime_is_set_and_a_letter_moves_a_day(now: None) -> None:
    home = make.make_user(Role.HOME_AFFAIRS, make.make_agency(make.make_province(code="ST")))
    browser = client(home)
    form = browser.get(at("regime-add", "ST", "bnv581")).context["form"]
    answer = browser.post(at("regime-add", "ST", "bnv581"), form.initial | {"closes_after": ""})
    assert answer.headers["Location"] == at("regime-list")
    regime = ReportRegime.objects.get()
    assert (regime.set_by, regime.periods.count()) == ("581/BNV-CCHC", 4)
    period = ReportPeriod.objects.get(code="2024-H1")
    days = {
        "window_start": "15/12/2023",
        "window_end": "14/06/2024",
        "due_on": "25/06/2024",
        "closes_on": "20/06/2024",
        "letter": "812/SNV-CCHC",
    }
    wrong = browser.post(at("period-change", period.pk), days)
    assert wrong.context["form"].non_field_errors() == [
        "Ngày khóa sổ 20/06/2024 phải từ hạn gửi 25/06/2024 trở đi."
    ]
    browser.post(at("period-change", period.pk), days | {"closes_on": ""})
    period.refresh_from_db()
    assert (period.due_on, period.changed_by) == (date(2024, 6, 25), "812/SNV-CCHC")
    assert browser.get(at("regime-add", "XX", "bnv581")).status_code == 404
    assert browser.get(at("regime-add", "ST", "monthly")).status_code == 404
    browser.post(at("regime-remove", regime.pk))
    assert ReportRegime.objects.count() == 0


@pytest.mark.parametrize("who", ["home", "office"])
@pytest.mark.parametrize("name", ["report-list", "report-detail", "regime-list"])
def test_pages_take_the_same_number_of_queries_at_one_and_three_agencies(
    now: None, name: str, who: str
) -> None:
    counts = []
    for size in (1, 3):
        world = World(size)
        for office, agency in zip(world.offices, world.agencies, strict=True):
            report = PeriodReport.objects.get(agency=agency, period__code="2024-H1")
            reports.begin(report=report, by=office)
            reports.submit(report=report, by=office)
        browser = client(world.home if who == "home" else world.offices[0])
        args = [world.report().pk] if name == "report-detail" else []
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(at(name, *args)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_home_affairs_reads_what_changed_since_it_looked(world: World) -> None:
    report = world.report()
    page = at("report-detail", report.pk)
    office, home = client(world.offices[0]), client(world.home)
    office.post(at("report-begin", report.pk))
    office.post(at("report-submit", report.pk))
    assert home.get(page).context["since"] is None
    home.post(at("report-return", report.pk), {"next": "Ghi rõ.", "seen": "1"})
    # While it is with its author, Home Affairs still reads what it returned.
    assert len(home.get(page).context["sections"]) == 8
    before = report.report_sections.get(key="next").text
    office.post(
        at("report-write", report.pk, "next"), {"text": before + " Thêm.", "before": before}
    )
    assert all("Thêm." not in s.text for s in home.get(page).context["sections"])
    office.post(at("report-submit", report.pk))
    shown = home.get(page)
    assert [s.part.key for s in shown.context["sections"] if s.change] == ["next"]
    assert "<ins>" in shown.content.decode()
    assert home.post(at("report-accept", report.pk), {"seen": "1"}).status_code == 403
    assert home.post(at("report-accept", report.pk), {"seen": "2"}).status_code == 302


def test_leaders_and_auditors_read_the_list(world: World) -> None:
    committee = make.make_agency(world.province, kind="province")
    for user in (
        make.make_user(Role.LEADER, committee),
        make.make_user(Role.LEADER, world.agencies[0]),
        make.make_user(Role.AUDITOR, world.agencies[0]),
    ):
        answer = client(user).get(at("report-list"), {"nam": "2024"})
        assert [r.regime.year for r in answer.context["regimes"]] == [2024]
        assert client(user).get(at("report-detail", world.report().pk)).status_code == 200


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/0001"])
def test_a_day_beyond_every_calendar_is_refused(world: World, day: str) -> None:
    report = world.report()
    days = {"due_on": date(2024, 6, 16), "closes_on": date(2024, 6, 17)}
    ReportPeriod.objects.filter(pk=report.period_id).update(**days)
    answer = client(world.home).post(
        at("report-reopen", report.pk), {"until_on": day, "reason": "Thử."}
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["until_on"]


def test_words_typed_while_somebody_handed_it_in_are_not_lost(world: World) -> None:
    report = world.report()
    office = client(world.offices[0])
    office.post(at("report-begin", report.pk))
    office.post(at("report-submit", report.pk))
    answer = office.post(
        at("report-write", report.pk, "next"), {"text": "<b>Mới</b>", "before": ""}
    )
    assert "&lt;b&gt;Mới&lt;/b&gt;" in answer.content.decode()
    assert "<b>Mới</b>" not in answer.content.decode()
