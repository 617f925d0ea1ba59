"""The clock moved over midnight, month ends, the year's end and 29 February (REGULATIONS §2, §3).

A minute before midnight in Sóc Trăng is 16:59 in UTC, and midnight 17:00 of the day before: a
program that asked UTC for the day would be wrong for seven hours of every day.
"""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from agencies.models import AuditEntry, User
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach.actions import evidence, placements
from outreach.actions import links as link_actions
from outreach.actions.activities import Facts, enter
from outreach.compliance import Compliance
from outreach.models import Placement
from outreach.moves import Dispatch
from outreach.tallies import measure
from plans.models import Obligation
from tests import factories as make
from tests.outreach import evidence_files as made
from tests.outreach.conftest import URL, House, counted

pytestmark = pytest.mark.core


def at(moment: str) -> time_machine.travel:
    return time_machine.travel(f"{moment}+07:00", tick=False)


def state_now(obligation: Obligation) -> str:
    """What an administrator is told who gives no day."""
    out = StringIO()
    call_command("compliance", agency="ST-STTTT", period="2024", stdout=out)
    [state] = [r["state"] for r in json.loads(out.getvalue()) if r["obligation"] == obligation.pk]
    return str(state)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-02-28 23:59:59", date(2024, 2, 28)),
        ("2024-02-29 00:00:00", date(2024, 2, 29)),
        ("2024-02-29 23:59:59", date(2024, 2, 29)),
        ("2024-03-01 00:00:00", date(2024, 3, 1)),
        ("2024-03-01 06:59:59", date(2024, 3, 1)),  # still 29 February in UTC
        ("2024-12-31 23:59:59", date(2024, 12, 31)),
        ("2025-01-01 00:00:00", date(2025, 1, 1)),
    ],
)
def test_the_day_is_that_of_viet_nam(moment: str, day: date) -> None:
    with at(moment):
        assert clock.today() == day


def test_what_is_due_today_is_owed_until_midnight(house: House) -> None:
    quarter = house.obligations["Q1"]  # due 20/3, open until 31/3
    with at("2024-03-20 23:59:59"):
        assert state_now(quarter) == "not_due"
    with at("2024-03-21 00:00:00"):
        assert state_now(quarter) == "missed"
    house.sent(on=date(2024, 3, 5))
    with at("2024-03-31 23:59:59"):
        assert state_now(quarter) == "pending"
    with at("2024-04-01 00:00:00"):
        assert state_now(quarter) == "missed"


@pytest.mark.parametrize(
    ("moment", "day", "state"),
    [
        ("2024-03-20 23:59:00", date(2024, 3, 20), "met"),
        ("2024-03-21 00:00:00", date(2024, 3, 21), "met_late"),
        ("2024-03-31 23:59:00", date(2024, 3, 31), "met_late"),
        ("2024-04-01 00:00:00", date(2024, 4, 1), "missed"),
    ],
)
def test_what_is_published_in_a_minute_counts_on_the_day_of_that_minute(
    house: House, moment: str, day: date, state: str
) -> None:
    [placement] = house.sent()
    with at(moment):
        placements.approve(by=house.editor, placement=placement)
        placements.publish(by=house.editor, placement=placement, on=clock.today(), url=URL)
        assert placement.decided_on == placement.published_on == day
        assert state_now(house.obligations["Q1"]) == state
        [entry] = AuditEntry.objects.filter(verb="placement.publish")
        assert clock.now() == entry.at
    quarter = "Q1" if state != "missed" else "Q2"
    assert counted(placement) == [(house.obligations[quarter].pk, day)]


def test_a_day_that_has_not_begun_is_refused_to_the_minute(house: House) -> None:
    with at("2024-02-29 23:59:00"), pytest.raises(Refused, match="Ngày gửi 01/03/2024 chưa tới"):
        house.sent(on=date(2024, 3, 1))
    with at("2024-03-01 00:00:00"):
        [placement] = house.sent(on=date(2024, 3, 1))
        with pytest.raises(Refused, match="Ngày duyệt 02/03/2024 chưa tới"):
            placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 2))
    with at("2024-03-01 23:59:00"):
        placements.return_(by=house.editor, placement=placement, reason="Thiếu ảnh.")
        assert placement.decided_on == date(2024, 3, 1)


def test_a_meeting_of_today_is_held_only_today(house: House) -> None:
    facts = Facts("meeting", "Họp dân", held_on=date(2025, 1, 1))
    to = Dispatch([house.meetings], date(2024, 12, 31))
    with at("2024-12-31 23:59:00"), pytest.raises(Refused, match="01/01/2025 chưa tới"):
        enter(by=house.officer, agency=house.agency, unit=house.unit, facts=facts, send=to)
    to = Dispatch([house.meetings], date(2025, 1, 1))
    with at("2025-01-01 00:00:00"):
        held = enter(by=house.officer, agency=house.agency, unit=house.unit, facts=facts, send=to)
    assert counted(held.placements.get()) == []  # the year 2024 had ended


@pytest.mark.parametrize(
    ("published", "counts"),
    [
        (date(2024, 1, 31), False),
        (date(2024, 2, 1), True),
        (date(2024, 2, 29), True),
        (date(2024, 3, 1), False),
    ],
)
def test_february_of_a_leap_year_has_its_last_day(
    house: House, published: date, counts: bool
) -> None:
    quota = house.obligations["M03"].quota
    assert quota is not None
    february = make.make_obligation(quota, "2024-M02", due_on=date(2024, 2, 25))
    assert (february.window_start, february.window_end) == (date(2024, 2, 1), date(2024, 2, 29))
    with at("2024-03-02 09:00:00"):
        [placement] = house.sent(house.portal, on=date(2024, 1, 5))
        placements.approve(by=house.portal_editor, placement=placement, on=date(2024, 1, 6))
        placements.publish(by=house.portal_editor, placement=placement, on=published, url=URL)
    assert ((february.pk, published) in counted(placement)) is counts
    wanted = Compliance.MET_LATE if published.day == 29 else Compliance.MET
    state = measure([february], published, row=lambda o: 1, column=lambda o: 1).states[february.pk]
    assert (state in {Compliance.MET, Compliance.MET_LATE}) is counts
    assert not counts or state is wanted


def page(user: User, name: str, pk: int) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"outreach:{name}", args=[pk])).content.decode()


@pytest.mark.parametrize(
    ("moment", "day", "shown"),
    [
        ("2024-03-31 23:59:00", "31/03/2024", "23:59 31/03/2024"),
        ("2024-04-01 00:00:00", "01/04/2024", "00:00 01/04/2024"),
    ],
)
def test_pages_offer_and_show_the_day_of_viet_nam(
    house: House, moment: str, day: str, shown: str
) -> None:
    [placement] = house.sent()
    placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 8))
    with at(moment):
        evidence.add_file(
            by=house.officer,
            activity=placement.activity,
            name="a.png",
            content=made.picture("PNG"),
        )
        assert f'value="{day}"' in page(house.editor, "placement-publish", placement.pk)
        assert shown in page(house.officer, "activity-detail", placement.activity_id)


def test_withdrawn_and_checked_on_the_day_of_viet_nam(house: House) -> None:
    [placement] = house.sent()
    with at("2024-12-31 23:59:00"):
        placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 8))
        placements.publish(by=house.editor, placement=placement, on=date(2024, 3, 9), url=URL)
        link_actions.note(by=None, link=placement, seen=link_actions.Seen(link_actions.Fault.TLS))
        assert Placement.objects.get().failing_since == date(2024, 12, 31)
    with at("2025-01-01 00:00:00"):
        link_actions.note(by=None, link=placement, seen=link_actions.Seen(link_actions.Fault.TLS))
        assert Placement.objects.get().link_state == "dead"  # another day, if only by a minute
        placements.withdraw(by=house.editor, placement=placement, reason="Sai.")
        assert placement.withdrawn_on == date(2025, 1, 1)


def test_slips_of_ten_years_are_refused_also_on_29_february(house: House) -> None:
    with at("2028-02-29 00:00:00"):
        with pytest.raises(Refused, match="chỉ nhận ngày từ 01/01/2018 trở đi"):
            house.sent(on=date(2017, 12, 31))
        house.sent(on=date(2018, 1, 1))
