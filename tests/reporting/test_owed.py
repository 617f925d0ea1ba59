"""What a unit still owes, at a glance: periods side by side, longer duties, reports."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, Unit, User
from agencies.roles import Role
from outreach.actions import fulfilment
from plans.models import Quota
from plans.periods import Period
from reporting.actions import period_reports as reports
from reporting.actions import regimes
from reporting.matrices import survey_agency
from reporting.models import PeriodReport
from reporting.owed import unit_owes
from reporting.owed_reports import (
    NOT_ASKED,
    NOT_YET,
    of_units,
    recognised,
    recognised_of,
    unwritten,
)
from reporting.regimes import BNV581, MONTHLY
from reporting.unit_lines import unit_lines, unit_table, worst_first
from tests import factories as make
from tests.reporting.house import House, at, house
from tests.reporting.world import make_world

__all__ = ["house"]
pytestmark = pytest.mark.django_db

QUARTER = Period.parse("2024-Q1")
TODAY = date(2024, 3, 22)


@pytest.fixture
def unit() -> Unit:
    """Owes by month, quarter, half year and year; January is over, the quarter's day is past."""
    agency = make.make_agency(make.make_province())
    unit = make.make_unit(agency, "Phòng Nghiệp vụ")
    page = make.make_channel(agency.province)
    plan = make.make_plan(agency)
    owe(make.make_quota(make.make_task(plan), page), unit, "2024-M01", date(2024, 1, 25))
    for code, due_on in (
        ("2024-M03", date(2024, 3, 25)),
        ("2024-Q1", date(2024, 3, 20)),
        ("2024-H1", date(2024, 6, 25)),
        ("2024", date(2024, 12, 10)),
    ):
        owe(make.make_quota(make.make_task(plan), page), unit, code, due_on)
    return unit


def owe(quota: Quota, unit: Unit, code: str, due_on: date) -> None:
    make.make_obligation(quota, code, unit=unit, due_on=due_on)


def page_of(user: User, name: str = "reporting:unit-owes", **query: str) -> str:
    client = Client()
    client.force_login(user)
    html = client.get(reverse(name), query).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_month_quarter_half_and_year_stand_side_by_side(unit: Unit) -> None:
    owes = unit_owes([unit], QUARTER, TODAY)
    assert [
        (s.period.label, s.score.expected, s.left, s.overdue, s.lost, s.days, s.is_shown)
        for s in owes.spans
    ] == [
        ("Tháng 3/2024", 1, 1, 0, 0, "còn 3 ngày", False),
        ("Quý I/2024", 3, 2, 1, 1, "quá hạn 2 ngày", True),
        ("6 tháng đầu năm 2024", 4, 3, 1, 1, "quá hạn 2 ngày", False),
        ("Năm 2024", 5, 4, 1, 1, "quá hạn 2 ngày", False),
    ]


@pytest.mark.parametrize(
    ("code", "listed", "longer"),
    [
        ("2024-M03", ["2024-M03"], ["2024-Q1", "2024-H1", "2024"]),
        ("2024-Q1", ["2024-Q1", "2024-M03", "2024-M01"], ["2024-H1", "2024"]),
        ("2024-H1", ["2024-Q1", "2024-M03", "2024-H1", "2024-M01"], ["2024"]),
        ("2024-9M", ["2024-Q1", "2024-M03", "2024-H1", "2024-M01"], ["2024"]),
        ("2024", ["2024-Q1", "2024-M03", "2024-H1", "2024", "2024-M01"], []),
        ("2024-Q2", [], ["2024-H1", "2024"]),
    ],
)
def test_what_runs_longer_than_the_period_is_told_with_it(
    unit: Unit, code: str, listed: list[str], longer: list[str]
) -> None:
    owes = unit_owes([unit], Period.parse(code), TODAY)
    duties = [duty.period for section in owes.sections for duty in section.duties]
    assert duties == [Period.parse(each).label for each in listed]
    assert [duty.period for duty in owes.longer] == [Period.parse(each).label for each in longer]
    assert owes.shown.period.code == code


def test_what_can_still_be_done_stands_before_what_cannot(unit: Unit) -> None:
    owes = unit_owes([unit], QUARTER, TODAY)
    assert [section.title for section in owes.unfinished] == [
        "Quá hạn, vẫn còn kịp làm trong kỳ",
        "Cần làm",
        "Kỳ dài hơn, đang thực hiện",
        "Đã hết kỳ, chưa đạt",
    ]
    assert owes.finished == ()


def test_a_day_outside_the_period_looks_at_its_nearest_month(unit: Unit) -> None:
    owes = unit_owes([unit], QUARTER, date(2026, 11, 22))
    assert [span.period.code for span in owes.spans] == ["2024-M03", "2024-Q1", "2024-H1", "2024"]
    assert [(span.left, span.lost) for span in owes.spans] == [(0, 1), (0, 3), (0, 4), (0, 5)]


def test_a_unit_without_half_year_duties_has_three_periods(unit: Unit) -> None:
    other = make.make_unit(unit.agency)
    owes = unit_owes([other], QUARTER, TODAY)
    assert [span.period.code for span in owes.spans] == ["2024-M03", "2024-Q1", "2024"]
    assert (owes.sections, owes.longer, owes.is_done) == ((), (), True)


def test_the_page_answers_in_one_sentence(unit: Unit) -> None:
    head = make.make_user(Role.UNIT_HEAD, unit.agency, unit)
    with at(TODAY):
        text = page_of(head, ky="2024-Q1")
        bare = page_of(head)
    assert (
        "Còn phải làm 2 đầu việc , trong đó 1 đã quá hạn; hạn gần nhất 20/03/2024 "
        "( quá hạn 2 ngày )." in text
    )
    assert "Hết kỳ, chưa đạt: 1 ." in text
    assert "Kỳ dài hơn: còn 2 ." in text
    assert bare == text
    with at(date(2026, 11, 22)):
        late = page_of(head)
    assert "Quý IV/2026 đơn vị chưa có đầu việc nào; trang đang hiện" in late


def test_what_an_accepted_report_recognises(house: House) -> None:
    due_and_published(house, due_on=date(2024, 3, 12), published_on=date(2024, 3, 8))
    with at(date(2024, 3, 1)):
        regimes.set_up(
            province=house.agency.province, agency=None, year=2024, terms=BNV581, by=house.home
        )
    months = [Period.parse("2024-M03"), QUARTER]
    asked = recognised([house.unit], months, TODAY)
    assert asked == {"2024-M03": NOT_ASKED, "2024-Q1": NOT_YET}
    report = PeriodReport.objects.get(agency=house.agency, period__code="2024-Q1")
    with at(date(2024, 3, 21)):
        reports.begin(report=report, by=house.office)
        report.refresh_from_db()
        reports.submit(report=report, by=house.office)
        assert recognised([house.unit], [QUARTER], TODAY) == {"2024-Q1": NOT_YET}
        report.refresh_from_db()
        reports.accept(report=report, by=house.home)
    assert recognised([house.unit], [QUARTER], TODAY) == {"2024-Q1": "1/1"}
    assert recognised([make.make_unit(house.agency)], [QUARTER], TODAY) == {"2024-Q1": NOT_ASKED}
    assert recognised_of(house.agency, QUARTER, TODAY) == "1/1"
    assert recognised([house.unit], [QUARTER], date(2024, 3, 20)) == {"2024-Q1": NOT_YET}
    assert recognised_of(house.agency, QUARTER, date(2024, 3, 20)) == NOT_YET
    assert recognised_of(house.agency, months[0], TODAY) == NOT_ASKED
    assert "Được công nhận" in page_of(house.head, ky="2024-Q1", **{"den-ngay": "22/03/2024"})


def due_and_published(house: House, *, due_on: date, published_on: date) -> None:
    """Inside the window of the report of quarter I, which ends on 14/3."""
    house.quarter.due_on = due_on
    house.quarter.save()
    house.article.published_on = house.article.decided_on = published_on
    house.article.sent_on = published_on
    house.article.save()
    fulfilment.recount(by=None, agency=house.agency)


def set_up_monthly(agency: Agency, office: User) -> None:
    regimes.set_up(province=agency.province, agency=agency, year=2024, terms=MONTHLY, by=office)


def test_reports_that_were_not_handed_in_are_the_newest_late_and_the_next(house: House) -> None:
    with at(TODAY):
        set_up_monthly(house.agency, house.office)
    found = unwritten(of_units([house.unit]), TODAY)
    assert (found.total, found.late) == (3, 2)
    assert [(report.period.code, days) for report, days in found.shown] == [
        ("2024-M02", "quá hạn 17 ngày"),
        ("2024-M03", "còn 14 ngày"),
    ]
    with at(TODAY):
        text = page_of(house.head)
    assert "Báo cáo quá hạn nộp: 2 ." in text
    assert "Báo cáo tháng 3/2024" in text


def test_units_of_an_agency_stand_worst_first(unit: Unit) -> None:
    agency = unit.agency
    idle = make.make_unit(agency, "Văn phòng")
    office = make.make_user(Role.AGENCY_OFFICE, agency, idle)
    with at(TODAY):
        set_up_monthly(agency, office)
    survey = survey_agency(agency, QUARTER, TODAY)
    lines = worst_first(unit_lines(agency, survey))
    first = lines[0]
    assert first.head.name == "Phòng Nghiệp vụ"
    assert (first.score.missed, first.score.not_due, first.explained) == (2, 1, 0)
    assert first.next_due == date(2024, 3, 20)
    assert (first.reports.handed_in, first.reports.missing) == (0, ("Tháng 1/2024", "Tháng 2/2024"))
    table = unit_table(agency, survey, lines)
    assert [cell.value for cell in table.rows[0].cells[1:2]] == [3]
    assert table.rows[-1].cells[0].value == "Tổng cộng"
    assert "tính đến hết ngày 22/03/2024" in table.clock
    with at(TODAY):
        text = page_of(office, "reporting:agency-matrix", ky="2024-Q1")
        by_order = page_of(office, "reporting:agency-matrix", ky="2024-Q1", xep="thu-tu")
    assert "Chưa đạt 2 đầu việc: Phòng Nghiệp vụ 2." in text
    assert "Xếp theo thứ tự đơn vị. Đơn vị kém nhất trước" in by_order


def test_a_unit_s_line_leads_to_its_obligations(unit: Unit) -> None:
    agency = unit.agency
    idle = make.make_unit(agency, "Văn phòng")
    office = make.make_user(Role.AGENCY_OFFICE, agency, idle)
    survey = survey_agency(agency, QUARTER, TODAY)
    table = unit_table(agency, survey, unit_lines(agency, survey))
    links = {row.cells[0].value: row.cells[0].href for row in table.rows}
    client = Client()
    client.force_login(office)

    def listed(address: str) -> int:
        with at(TODAY):
            return len(client.get(address).context["lines"].rows)

    assert (listed(links["Phòng Nghiệp vụ"]), listed(links["Văn phòng"])) == (3, 0)
    assert listed(links["Văn phòng"].replace(f"don-vi={idle.pk}", "don-vi=999999")) == 3
    assert links["Tổng cộng"] == ""


@pytest.mark.parametrize("name", ["reporting:unit-owes", "reporting:agency-matrix"])
def test_the_number_of_queries_is_the_same_at_one_row_and_at_three(unit: Unit, name: str) -> None:
    office = make.make_user(Role.AGENCY_OFFICE, unit.agency, unit)

    def asked() -> int:
        client = Client()
        client.force_login(office)
        with at(TODAY), CaptureQueriesContext(connection) as queries:
            client.get(reverse(name), {"ky": "2024-Q1"})
        return len(queries)

    with at(TODAY):
        set_up_monthly(unit.agency, office)
    once = asked()
    page = make.make_channel(unit.agency.province)
    for _ in range(2):
        more = make.make_unit(unit.agency)
        plan = make.make_plan(unit.agency)
        for owing, code in ((more, "2024-Q1"), (unit, "2024-M02")):
            owe(make.make_quota(make.make_task(plan), page), owing, code, date(2024, 2, 20))
    assert asked() == once


def test_the_unit_s_page_counts_as_the_agency_s_matrix_does() -> None:
    world = make_world(4)
    days = (date(2024, 2, 1), date(2024, 3, 27), date(2024, 4, 5), date(2025, 1, 1))
    for agency in world.agencies:
        for unit in agency.units.all():
            for day in days:
                for span in unit_owes([unit], QUARTER, day).spans:
                    survey = survey_agency(agency, span.period, day)
                    expected = {head.id: survey.score(head) for head in survey.heads}[unit.pk]
                    shown = replace(expected, outside=0)
                    assert replace(span.score, outside=0) == shown, (unit, span.period, day)
                    assert span.left + span.lost + span.score.pending == shown.expected - shown.done
