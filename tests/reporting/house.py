"""One agency of a province, and the people through whose hands its reports go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from agencies.models import Agency, Unit, User
from agencies.roles import Role
from outreach.actions import fulfilment
from outreach.models import Placement
from plans.models import Channel, Obligation
from reporting.actions import period_reports as reports
from reporting.actions import regimes
from reporting.models import PeriodReport, ReportRegime
from reporting.regimes import BNV581
from tests import factories as make

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: date, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(
        datetime(day.year, day.month, day.day, hour, tzinfo=HANOI), tick=False
    )


@dataclass
class House:
    agency: Agency
    unit: Unit
    page: Channel
    quarter: Obligation
    home: User
    office: User
    head: User
    editor: User
    article: Placement


@pytest.fixture
def house(db: None) -> House:
    """Quarter I: one article due on 20/3, published on 18/3."""
    province = make.make_province(name="Sóc Trăng")
    agency = make.make_agency(province, name="Sở Thử nghiệm")
    unit = make.make_unit(agency, "Văn phòng")
    page = make.make_channel(province, short_name="Chuyên trang", needs_approval=True)
    plan = make.make_plan(agency, number="05", symbol="KH-STN")
    task = make.make_task(plan, title="Viết tin, bài")
    quarter = make.make_obligation(
        make.make_quota(task, page), "2024-Q1", unit=unit, due_on=date(2024, 3, 20)
    )
    editor = make.make_user(Role.CHANNEL_EDITOR, agency)
    head = make.make_user(Role.UNIT_HEAD, agency, unit)
    article = make.make_placement(
        make.make_activity(head, agency, unit, title="Nộp hồ sơ trực tuyến"),
        page,
        state="published",
        sent_on=date(2024, 3, 10),
        decided_on=date(2024, 3, 15),
        published_on=date(2024, 3, 18),
        url="https://cchc.example.vn/1",
    )
    fulfilment.recount(by=None, agency=agency)
    return House(
        agency,
        unit,
        page,
        quarter,
        make.make_user(Role.HOME_AFFAIRS, make.make_agency(province)),
        make.make_user(Role.AGENCY_OFFICE, agency),
        head,
        editor,
        article,
    )


def set_up(house: House, on: date = date(2024, 1, 2)) -> ReportRegime:
    with at(on):
        return regimes.set_up(
            province=house.agency.province, agency=None, year=2024, terms=BNV581, by=house.home
        )


def report_of(house: House, code: str, on: date) -> PeriodReport:
    """The agency's row, once its period has begun."""
    for regime in ReportRegime.objects.all():
        regimes.lay_out(regime=regime, day=on, by=None)
    return PeriodReport.objects.get(agency=house.agency, period__code=code, unit=None)


def handed_in(house: House, code: str, on: date) -> PeriodReport:
    with at(on):
        report = report_of(house, code, on)
        reports.begin(report=report, by=house.office)
        return reports.submit(report=report, by=house.office)


def figures(report: PeriodReport, scope: str, group: str = "total") -> list[tuple[object, ...]]:
    rows = report.figures.filter(scope=scope, group=group, round=report.round).order_by("order")
    return list(rows.values_list("label", "pieces", "expected", "met", "met_late", "missed"))
