"""Row 4.1 of plan 001 in small: one agency, a channel of another, a portal of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from agencies.models import Agency, Province, Unit, User
from agencies.roles import Role
from outreach.actions import placements
from outreach.actions.activities import Facts, enter
from outreach.models import Activity, Fulfilment, Placement
from outreach.moves import Dispatch
from plans.models import Channel, Obligation
from tests import factories as make

URL = "https://soctrang.gov.vn/cchc/1"
MARCH = date(2024, 3, 18)


@dataclass
class House:
    """Who and what the tests reach for."""

    province: Province
    agency: Agency
    unit: Unit
    officer: User
    editor: User
    portal_editor: User
    page: Channel
    portal: Channel
    meetings: Channel
    obligations: dict[str, Obligation] = field(default_factory=dict)

    def enter(self, title: str = "Cắt giảm thủ tục", **facts: object) -> Activity:
        """A draft of the officer."""
        told = Facts(**{"kind": "news", "title": title, **facts})  # type: ignore[arg-type]
        return enter(by=self.officer, agency=self.agency, unit=self.unit, facts=told)

    def sent(
        self, *channels: Channel, on: date = date(2024, 3, 5), title: str = "Cắt giảm thủ tục"
    ) -> list[Placement]:
        """Placements of a new activity sent to the channels, the page when none is given."""
        activity = enter(
            by=self.officer,
            agency=self.agency,
            unit=self.unit,
            facts=Facts("news", title),
            send=Dispatch(channels or [self.page], on),
        )
        rows = activity.placements.select_related("activity", "channel", "agency")
        return list(rows.order_by("channel_id"))


@pytest.fixture
def house(db: None) -> House:
    province = make.make_province("ST")
    office = make.make_agency(province, "ST-VPUBND", name="Văn phòng UBND tỉnh")
    agency = make.make_agency(province, "ST-STTTT", name="Sở Thông tin và Truyền thông")
    unit = make.make_unit(agency, "Văn phòng")
    page = make.make_channel(
        province, "CTCCHC", run_by=office, name="Chuyên trang CCHC", short_name="Chuyên trang CCHC"
    )
    portal = make.make_channel(province, "CTTDT", name="Cổng TTĐT của Sở", short_name="Cổng Sở")
    meetings = make.make_channel(
        province, "HOINGHI", name="Hội nghị", kind="traditional", needs_approval=False
    )
    plan = make.make_plan(agency)
    row_1 = make.make_task(plan, code="4.1")
    row_2 = make.make_task(plan, code="4.2")
    quarterly = make.make_quota(row_1, page)
    monthly = make.make_quota(row_2, portal, per="month")
    yearly = make.make_quota(row_2, meetings, per="year", counts_when="held")
    house = House(
        province,
        agency,
        unit,
        make.make_user(Role.OFFICER, agency, unit, full_name="Chị Cán bộ"),
        make.make_user(Role.CHANNEL_EDITOR, office, full_name="Anh Biên tập"),
        make.make_user(Role.CHANNEL_EDITOR, agency, full_name="Ban Biên tập"),
        page,
        portal,
        meetings,
    )
    house.obligations = {
        "Q1": make.make_obligation(quarterly, "2024-Q1", unit=unit, due_on=date(2024, 3, 20)),
        "Q2": make.make_obligation(quarterly, "2024-Q2", unit=unit, due_on=date(2024, 6, 20)),
        "M03": make.make_obligation(monthly, "2024-M03", unit=unit, due_on=date(2024, 3, 25)),
        "Y": make.make_obligation(yearly, "2024"),
    }
    return house


def published(house: House, on: date = MARCH, url: str = URL, **sent: object) -> Placement:
    [placement] = house.sent(**sent)  # type: ignore[arg-type]
    placements.approve(by=house.editor, placement=placement, on=min(on, date(2024, 3, 8)))
    placements.publish(by=house.editor, placement=placement, on=on, url=url)
    return placement


def counted(placement: Placement) -> list[tuple[int, date]]:
    rows = Fulfilment.objects.standing().filter(placement=placement).order_by("obligation_id")
    return [(row.obligation_id, row.counted_on) for row in rows]
