"""The bell, the page behind it, its settings, and the log."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib import clock
from outreach.actions.digests import tell
from outreach.models import Digest, Reminder, ReminderSettings
from tests import factories as make
from tests.outreach.conftest import House, published
from tests.outreach.test_pages import as_, page

pytestmark = pytest.mark.django_db

BELL = re.compile(r' bell"[^>]*>.*?(?:<span class="count">(\d+)</span>)?\s*<span class="vis', re.S)


def bell(client: Client) -> str:
    """What the bell shows on a page that is not the list."""
    found = BELL.search(page(client, "reminder-settings"))
    assert found is not None
    return found[1] or ""


def test_the_bell_counts_what_is_new_and_reading_empties_it(house: House) -> None:
    officer = as_(house.officer)
    assert bell(officer) == ""
    tell(day=date(2024, 3, 13), by=None)
    tell(day=date(2024, 3, 15), by=None)
    assert bell(officer) == "2"
    text = page(officer, "digest-list")
    assert text.count("digest-new") == 2
    assert text.index("15/03/2024") < text.index("13/03/2024")
    owed = house.obligations["Q1"]
    assert f'href="{reverse("outreach:obligation-detail", args=[owed.pk])}"' in text
    assert "quá hạn" not in text  # as it was told
    assert bell(officer) == ""
    assert page(officer, "digest-list").count("digest-new") == 0
    assert set(Digest.objects.values_list("read_on", flat=True)) == {clock.today()}
    assert AuditEntry.objects.filter(verb="digest.read").count() == 1


def test_each_line_shows_how_it_stands_by_now(house: House) -> None:
    tell(day=date(2024, 3, 13), by=None)
    officer = as_(house.officer)
    assert "tone-missed" in page(officer, "digest-list")
    published(house)
    assert "tone-met" in page(officer, "digest-list")


def test_what_one_may_no_longer_see_is_told_without_a_link(house: House) -> None:
    tell(day=date(2024, 3, 13), by=None)
    house.officer.memberships.update(until=date(2024, 3, 14))
    text = page(as_(house.officer), "digest-list")
    assert "Không còn thuộc phạm vi của anh/chị" in text
    assert "/dau-viec/" not in text


def test_digests_are_one_s_own(house: House) -> None:
    tell(day=date(2024, 3, 13), by=None)
    colleague = make.make_user(Role.OFFICER, house.agency, house.unit)
    assert "Chưa có thông báo nhắc việc nào." in page(as_(colleague), "digest-list")
    assert Digest.objects.get().read_on is None


def test_settings_are_shown_as_they_are_and_kept(house: House) -> None:
    officer = as_(house.officer)
    text = page(officer, "reminder-settings")
    assert len(re.findall(r"<input[^>]*checked", text)) == 5
    address = reverse("outreach:reminder-settings")
    data = {"email": "Canbo@soctrang.gov.vn", "days_before": ["3", "1"]}
    assert officer.post(address, data).status_code == 302
    row = ReminderSettings.objects.get()
    assert (row.by_email, row.days_before, row.after_due) == (False, [3, 1], False)
    assert User.objects.get(pk=house.officer.pk).email == "Canbo@soctrang.gov.vn"
    assert len(re.findall(r"<input[^>]*checked", page(officer, "reminder-settings"))) == 2
    entry = AuditEntry.objects.get(verb="account.change_email")
    assert (entry.before, entry.after) == ({"email": ""}, {"email": "Canbo@soctrang.gov.vn"})
    # The same again changes no address.
    officer.post(address, data)
    assert AuditEntry.objects.filter(verb="account.change_email").count() == 1


@pytest.mark.parametrize(
    "data",
    [{"email": "khong phai thu"}, {"email": "a@b.vn\nBcc: x@y.vn"}, {"days_before": ["2"]}],
)
def test_wrong_settings_change_nothing(house: House, data: dict[str, object]) -> None:
    response = as_(house.officer).post(reverse("outreach:reminder-settings"), data)
    assert response.status_code == 200
    assert b"is-invalid" in response.content
    assert ReminderSettings.objects.count() == 0
    assert User.objects.get(pk=house.officer.pk).email == ""


def test_the_log_within_one_s_sight(house: House) -> None:
    other = make.make_agency(house.province)
    unit = make.make_unit(other)
    make.make_user(Role.OFFICER, other, unit, full_name="Chị Khác")
    task = make.make_task(make.make_plan(other), code="7.7")
    quota = make.make_quota(task, house.page)
    make.make_obligation(quota, unit=unit, due_on=date(2024, 3, 20))
    tell(day=date(2024, 3, 13), by=None)

    def names(user: User) -> set[str]:
        text = page(as_(user), "reminder-log")
        return {name for name in ("Chị Cán bộ", "Chị Khác") if name in text}

    both = {"Chị Cán bộ", "Chị Khác"}
    assert names(make.make_user(Role.AGENCY_OFFICE, house.agency)) == {"Chị Cán bộ"}
    assert names(make.make_user(Role.AGENCY_OFFICE, other)) == {"Chị Khác"}
    assert names(make.make_user(Role.HOME_AFFAIRS, make.make_agency(house.province))) == both
    assert names(make.make_user(Role.SYSTEM_ADMIN, house.agency)) == both
    assert names(make.make_user(Role.HOME_AFFAIRS, make.make_agency())) == set()
    page(as_(house.officer), "reminder-log", status=403)


def test_the_log_is_filtered_by_day_person_and_letter(house: House) -> None:
    house.officer.email = "a@a.vn"
    house.officer.save()
    tell(day=date(2024, 3, 13), by=None)
    tell(day=date(2024, 3, 15), by=None)
    office = as_(make.make_user(Role.AGENCY_OFFICE, house.agency))

    def count(**query: str) -> str:
        found = re.search(r"(\d+) lượt nhắc", page(office, "reminder-log", **query))
        assert found is not None
        return found[1]

    assert count() == "2"
    assert count(ngay="15/03/2024") == "1"
    assert count(ngay="14/03/2024") == "0"
    assert count(thu="waiting") == "2"
    assert count(thu="sent") == "0"
    assert count(nguoi="cán bộ") == "2"
    assert count(nguoi="khác") == "0"
    assert count(ngay="31/02/2024") == "2"


@pytest.mark.parametrize("name", ["digest-list", "reminder-log"])
def test_the_pages_ask_as_often_for_three_as_for_one(house: House, name: str) -> None:
    office = as_(make.make_user(Role.AGENCY_OFFICE, house.agency))
    tell(day=date(2024, 3, 27), by=None)

    def asked() -> int:
        page(office, name)
        with CaptureQueriesContext(connection) as queries:
            page(office, name)
        return len(queries)

    one = asked()
    for day in (3, 10, 17):
        tell(day=date(2024, 4, day), by=None)
    assert Reminder.objects.count() > 3
    assert asked() == one


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_and_only_shows_with_dry_run(house: House) -> None:
    shown = said("--day", "13/03/2024", "--dry-run")
    assert shown.splitlines()[0] == "Chị Cán bộ <chỉ nhắc trong phần mềm>"
    assert shown.splitlines()[-1] == "Ngày 13/03/2024: sẽ nhắc 1 người, 1 việc."
    assert Digest.objects.count() == 0
    assert said("--day", "13/03/2024") == "Ngày 13/03/2024: 1 người, 1 việc.\n"
    assert said("--day", "13/03/2024") == "Ngày 13/03/2024: 0 người, 0 việc.\n"
    with pytest.raises(CommandError) as refusal:
        said("--day", "31/02/2024")
    assert str(refusal.value) == "Ngày “31/02/2024” không đúng; hãy ghi dạng 20/03/2024."
