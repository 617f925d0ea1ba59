"""Two people at once: threads where the database has many writers, else one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from outreach.actions import activities, placements
from outreach.actions.activities import Facts
from outreach.models import Activity, Fulfilment, Placement
from outreach.moves import Dispatch
from tests import factories as make
from tests.outreach.conftest import MARCH, URL, House

pytestmark = pytest.mark.core


def race(*acts: Callable[[], object]) -> list[str]:
    """Everybody has read the same state; who was refused, and with which words."""
    refusals: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
        except Refused as refusal:
            refusals.append(str(refusal))

    if connection.vendor != "postgresql":
        for act in acts:
            run(act)
        return refusals
    barrier = threading.Barrier(len(acts))

    def run_together(act: Callable[[], object]) -> None:
        barrier.wait(10)
        run(act)
        connection.close()

    threads = [threading.Thread(target=run_together, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refusals


def seen_by(user: User, placement: Placement) -> Placement:
    rows = Placement.objects.visible_to(user)
    return rows.select_related("activity", "agency", "channel", "editing_agency").get(
        pk=placement.pk
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_exactly_one_decides(house: House) -> None:
    colleague = make.make_user(Role.CHANNEL_EDITOR, house.page.run_by)
    [placement] = house.sent()
    mine, theirs = seen_by(house.editor, placement), seen_by(colleague, placement)
    refusals = race(
        lambda: placements.approve(by=house.editor, placement=mine),
        lambda: placements.return_(by=colleague, placement=theirs, reason="Trùng."),
    )
    assert len(refusals) == 1
    assert "vừa có người khác xử lý lượt gửi này" in refusals[0]
    assert placement.reviews.exclude(move="send").count() == 1
    assert AuditEntry.objects.exclude(verb="activity.enter_and_send").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_publications_of_one_address_exactly_one_counts(house: House) -> None:
    rows = []
    for title in ("Một", "Hai"):
        [placement] = house.sent(title=title)
        placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 8))
        rows.append(seen_by(house.editor, placement))
    refusals = race(
        *(
            lambda row=row: placements.publish(by=house.editor, placement=row, on=MARCH, url=URL)
            for row in rows
        )
    )
    assert len(refusals) == 1
    assert "đăng lại không được tính hai lần" in refusals[0]
    assert Fulfilment.objects.standing().count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_is_sent_once(house: House) -> None:
    activity = house.enter()
    to = Dispatch([house.page], MARCH)
    refusals = race(
        *(
            lambda a=a: placements.send(by=house.officer, activity=a, to=to)
            for a in (activity, Activity.objects.get(pk=activity.pk))
        )
    )
    assert len(refusals) == 1
    assert activity.placements.get().reviews.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_correction_waits_for_a_sending_and_is_then_refused(house: House) -> None:
    activity = house.enter()
    mine = Activity.objects.get(pk=activity.pk)
    facts = Facts("news", "Đã sửa sau khi gửi")
    refusals: list[str] = []

    def correct() -> None:
        try:
            activities.edit(by=house.officer, activity=mine, facts=facts)
        except Refused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    thread = threading.Thread(target=correct)
    with transaction.atomic():
        placements.send(by=house.officer, activity=activity, to=Dispatch([house.page], MARCH))
        thread.start()
        thread.join(1)
    thread.join(30)
    assert len(refusals) == 1
    assert Activity.objects.get(pk=activity.pk).title == "Cắt giảm thủ tục"
