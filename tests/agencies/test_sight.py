"""Who sees what: an agency's drafts stay its own, a province never sees another."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.audit import Verb, record
from agencies.models import Agency, AgencyName, User
from agencies.roles import Role
from agencies.standing import Post, Standing
from plans.models import Assignee, Plan
from tests.factories import (
    make_agency,
    make_channel,
    make_obligation,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_unit,
    make_user,
)

SEEN = Verb("test.seen", "Xem thử")
pytestmark = [pytest.mark.core, pytest.mark.django_db]


def seen(user: User) -> list[str]:
    return sorted(Plan.objects.visible_to(user).values_list("title", flat=True))


def test_drafts_are_seen_by_their_own_agency_only() -> None:
    province = make_province()
    mine, theirs = make_agency(province), make_agency(province)
    make_plan(mine, title="Dự thảo của tôi", state="draft", issued_at=None, issued_by=None)
    make_plan(theirs, title="Dự thảo của họ", state="draft", issued_at=None, issued_by=None)
    make_plan(theirs, title="Đã ban hành")
    make_plan(make_agency(make_province()), title="Tỉnh khác")
    assert seen(make_user(Role.OFFICER, mine)) == ["Dự thảo của tôi", "Đã ban hành"]
    assert seen(make_user(Role.HOME_AFFAIRS, make_agency(province))) == ["Đã ban hành"]
    assert seen(make_user(Role.SYSTEM_ADMIN, mine)) == ["Đã ban hành"]


def test_a_draft_of_another_agency_is_not_found(client: Client) -> None:
    province = make_province()
    draft = make_plan(make_agency(province), state="draft", issued_at=None, issued_by=None)
    client.force_login(
        make_user(Role.AGENCY_OFFICE, make_agency(province)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert client.get(f"/ke-hoach/{draft.pk}/").status_code == 404
    assert client.post(f"/ke-hoach/{draft.pk}/ban-hanh/").status_code == 404


def test_a_membership_that_ended_gives_nothing() -> None:
    agency = make_agency()
    user = make_user(Role.OFFICER, agency)
    user.memberships.update(until=date(2020, 1, 1), since=date(2019, 1, 1))
    assert User.objects.get(pk=user.pk).standing() == Standing()


def test_readers_at_the_provincial_committee_read_the_whole_province() -> None:
    whole = Post(Role.LEADER, agency_id=1, province_id=7, whole_province=True)
    one = Post(Role.LEADER, agency_id=2, province_id=8)
    assert Standing((whole, one)).overseen_province_ids == frozenset({7})


def test_names_are_dated() -> None:
    agency = make_agency()
    AgencyName.objects.filter(agency=agency).delete()
    AgencyName.objects.create(
        agency=agency, name="Tên cũ", short_name="Cũ", until=date(2025, 2, 28)
    )
    AgencyName.objects.create(
        agency=agency, name="Tên mới", short_name="Mới", since=date(2025, 3, 1)
    )
    on = AgencyName.objects.filter(agency=agency)
    assert [n.name for n in on.on(date(2025, 2, 28))] == ["Tên cũ"]
    assert [n.name for n in on.on(date(2025, 3, 1))] == ["Tên mới"]


def test_agencies_end_on_the_day_they_are_dissolved() -> None:
    agency = make_agency(dissolved_on=date(2025, 7, 1))
    active = Agency.objects.filter(pk=agency.pk)
    assert active.active_on(date(2025, 6, 30)).count() == 1
    assert active.active_on(date(2025, 7, 1)).count() == 0


@pytest.mark.parametrize("address", ["/ke-hoach/", "/tai-khoan/nhat-ky/"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(client: Client, address: str) -> None:
    agency = make_agency()
    user = make_user(Role.AGENCY_OFFICE, agency, make_unit(agency))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    asked = []
    for rows in (1, 2):
        for _ in range(rows):
            make_plan(agency, parent=make_plan(make_agency(agency.province)))
            record(SEEN, agency, by=user, agency=agency)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_of_a_plan_asks_as_often_for_three_rows_of_each_kind_as_for_one(
    client: Client,
) -> None:
    agency = make_agency()
    unit = make_unit(agency)
    user = make_user(Role.AGENCY_OFFICE, agency, unit)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    plan = make_plan(agency)
    asked = []
    for rows in (1, 2):
        for _ in range(rows):
            task = make_task(plan)
            Assignee.objects.create(task=task, order=1, duty="lead", unit=unit)
            make_obligation(make_quota(task, make_channel(agency.province)), unit=unit)
            make_plan(make_agency(agency.province), parent=plan)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/ke-hoach/{plan.pk}/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
