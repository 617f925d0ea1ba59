"""The navigation: what each role finds there, in groups that a keyboard opens."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from cchc.navigation import NavGroup
from tests import factories as make

pytestmark = pytest.mark.django_db


def groups(user: User, name: str = "outreach:todo") -> list[NavGroup]:
    client = Client()
    client.force_login(user)
    found: list[NavGroup] = client.get(reverse(name)).context["nav"]
    return found


def cast(*roles: Role) -> User:
    agency = make.make_agency(make.make_province())
    user = make.make_user(roles[0], agency, make.make_unit(agency))
    for role in roles[1:]:
        make.make_membership(user, role, agency)
    return user


@pytest.mark.parametrize("role", list(Role))
def test_every_group_has_entries_and_no_entry_stands_twice(role: Role) -> None:
    found = groups(cast(role))
    labels = [group.label for group in found]
    assert labels[0] == ""
    assert len(labels) == len(set(labels))
    urls = [item.url for group in found for item in group.items]
    assert len(urls) == len(set(urls))
    assert all(group.items for group in found)


def test_short_navigations_are_never_folded() -> None:
    assert all(group.opened for group in groups(cast(Role.SYSTEM_ADMIN)))
    assert all(group.opened for group in groups(cast(Role.OFFICER)))


def test_what_is_rarely_needed_is_folded_until_one_is_there() -> None:
    office = cast(Role.AGENCY_OFFICE)
    assert [group.label for group in groups(office) if not group.opened] == ["Quản trị"]
    assert all(group.opened for group in groups(office, "agencies:unit-list"))


def test_one_entry_is_where_the_person_is() -> None:
    found = groups(cast(Role.AGENCY_OFFICE, Role.HOME_AFFAIRS), "reporting:unit-owes")
    here = [item.label for group in found for item in group.items if item.active]
    assert here == ["Việc của đơn vị"]


def test_groups_open_without_a_script_and_the_page_is_marked() -> None:
    client = Client()
    client.force_login(cast(Role.AGENCY_OFFICE))
    page = client.get(reverse("outreach:todo")).content.decode()
    assert page.count('<details class="sidenav-group"') == page.count("</details>")
    assert page.count('<summary class="sidenav-heading">') == 4
    assert page.count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.HOME_AFFAIRS, "reporting:province-matrix"),
        (Role.AGENCY_OFFICE, "reporting:agency-matrix"),
        (Role.LEADER, "reporting:agency-matrix"),
        (Role.AUDITOR, "reporting:agency-matrix"),
        (Role.UNIT_HEAD, "reporting:unit-owes"),
        (Role.OFFICER, "outreach:todo"),
        (Role.CHANNEL_EDITOR, "outreach:review-queue"),
        (Role.SYSTEM_ADMIN, "agencies:user-list"),
    ],
)
def test_each_role_starts_on_a_page_of_its_navigation(role: Role, start: str) -> None:
    user = cast(role)
    client = Client()
    client.force_login(user)
    assert client.get("/").headers["Location"] == reverse(start)
    assert reverse(start) in [item.url for group in groups(user) for item in group.items]


def test_who_oversees_several_provinces_starts_with_all_of_them() -> None:
    user = cast(Role.HOME_AFFAIRS)
    make.make_membership(user, Role.HOME_AFFAIRS, make.make_agency(make.make_province()))
    client = Client()
    client.force_login(user)
    assert client.get("/").headers["Location"] == reverse("reporting:nation")
