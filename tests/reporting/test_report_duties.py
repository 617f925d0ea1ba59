"""Period reports where people look first: the calendar and the page of what is to be done."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from outreach import todo
from reporting.actions import period_reports as reports
from reporting.actions import regimes
from reporting.models import PeriodReport
from reporting.regimes import BNV581, MONTHLY
from tests import factories as make
from tests.reporting.house import House, at, house

__all__ = ["house"]
pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 18)


@pytest.fixture
def reporting(house: House) -> House:
    """Four reports of the agency, twelve of its unit, as of 18/3/2024."""
    with at(TODAY):
        regimes.set_up(
            province=house.agency.province, agency=None, year=2024, terms=BNV581, by=house.home
        )
        regimes.set_up(
            province=house.agency.province,
            agency=house.agency,
            year=2024,
            terms=MONTHLY,
            by=house.office,
        )
    return house


def text(user: User, name: str, **query: str) -> str:
    client = Client()
    client.force_login(user)
    html = client.get(reverse(name), query).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def waiting(user: User) -> dict[str, list[str]]:
    fresh = User.objects.get(pk=user.pk)
    found = todo.sections(fresh, TODAY)
    assert todo.count(fresh, TODAY) == sum(section.total for section in found)
    return {
        section.code: [item.title for item in section.items]
        for section in found
        if "bao-cao" in section.code
    }


def quarter(house: House) -> PeriodReport:
    return PeriodReport.objects.get(agency=house.agency, unit=None, period__code="2024-Q1")


def test_the_calendar_shows_when_reports_are_due(reporting: House) -> None:
    with at(TODAY):
        office = text(reporting.office, "outreach:calendar", thang="2024-03")
        home = text(reporting.home, "outreach:calendar", thang="2024-03")
        head = text(reporting.head, "outreach:calendar", thang="2024-03")
    assert "Chưa lập Báo cáo quý I/2024" in office
    assert "Thiếu 1 Báo cáo tháng 2/2024 của đơn vị đã nộp 0/1" in office
    assert "Báo cáo quý I/2024 của cơ quan đã nộp 0/" in home
    assert "tháng 2/2024" not in home
    assert "Chưa lập Báo cáo tháng 2/2024" in head
    assert "quý I/2024" not in head.replace("Quý I/2024", "")


def test_the_calendar_asks_as_often_for_one_report_as_for_three(reporting: House) -> None:
    def asked(user: User) -> int:
        client = Client()
        client.force_login(user)
        with at(TODAY), CaptureQueriesContext(connection) as queries:
            client.get(reverse("outreach:calendar"), {"thang": "2024-03"})
        return len(queries)

    before = [asked(user) for user in (reporting.office, reporting.home)]
    for _ in range(2):
        unit = make.make_unit(reporting.agency)
        for report in PeriodReport.objects.filter(unit=reporting.unit):
            PeriodReport.objects.create(
                agency=reporting.agency, unit=unit, period_id=report.period_id
            )
    assert [asked(user) for user in (reporting.office, reporting.home)] == before


def test_a_report_waits_for_its_author_then_for_its_receiver(reporting: House) -> None:
    assert waiting(reporting.office) == {"bao-cao": ["Báo cáo Quý I/2024"]}
    assert waiting(reporting.head) == {"bao-cao": ["Báo cáo Tháng 1/2024", "Báo cáo Tháng 2/2024"]}
    assert waiting(reporting.home) == {}
    report = quarter(reporting)
    with at(TODAY):
        reports.begin(report=report, by=reporting.office)
        report.refresh_from_db()
        reports.submit(report=report, by=reporting.office)
    assert waiting(reporting.office) == {}
    assert waiting(reporting.home) == {"nhan-bao-cao": [f"Báo cáo Quý I/2024 – {reporting.agency}"]}
    report.refresh_from_db()
    with at(TODAY):
        reports.return_(
            report=report, reason="Bổ sung nguyên nhân.", sections={}, by=reporting.home
        )
        page = text(reporting.office, "outreach:todo")
    assert waiting(reporting.home) == {}
    assert waiting(reporting.office) == {"bao-cao": ["Báo cáo Quý I/2024"]}
    assert "Bổ sung nguyên nhân." in page


def test_what_is_far_off_or_closed_waits_for_nobody(reporting: House) -> None:
    report = quarter(reporting)
    report.period.due_on = date(2024, 4, 3)
    report.period.save()
    assert waiting(reporting.office) == {}
    report.period.due_on = date(2024, 4, 2)
    report.period.save()
    assert waiting(reporting.office) == {"bao-cao": ["Báo cáo Quý I/2024"]}
    report.period.due_on, report.period.closes_on = date(2024, 3, 15), date(2024, 3, 17)
    report.period.save()
    assert waiting(reporting.office) == {}


def test_nobody_is_asked_to_take_what_he_handed_in(reporting: House) -> None:
    own = make.make_user(Role.AGENCY_OFFICE, reporting.agency)
    make.make_membership(own, Role.UNIT_HEAD, reporting.agency, unit=reporting.unit)
    report = PeriodReport.objects.get(unit=reporting.unit, period__code="2024-M02")
    with at(TODAY):
        reports.begin(report=report, by=own)
        report.refresh_from_db()
        reports.submit(report=report, by=own)
    assert "nhan-bao-cao" not in waiting(own)
    assert waiting(reporting.office)["nhan-bao-cao"] == [f"Báo cáo Tháng 2/2024 – {reporting.unit}"]
