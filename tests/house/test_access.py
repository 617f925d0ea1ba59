"""Every address × every role in one table: who enters, who is refused, who is sent to log in."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from agencies.models import User
from agencies.roles import Role
from cchc.checks import patterns
from outreach.models import Fulfilment
from reporting.models import Run
from tests.factories import (
    make_activity,
    make_agency,
    make_channel,
    make_obligation,
    make_placement,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_unit,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

ANYBODY = "anybody"
EVERYONE = frozenset(Role)
ADMIN = frozenset({Role.SYSTEM_ADMIN})
AUDITED = frozenset({Role.AUDITOR, Role.AGENCY_OFFICE, Role.HOME_AFFAIRS})
WRITERS = frozenset({Role.AGENCY_OFFICE, Role.UNIT_HEAD, Role.OFFICER})
EDITOR = frozenset({Role.CHANNEL_EDITOR})
OVERSEERS = frozenset({Role.HOME_AFFAIRS})
READERS = EVERYONE - ADMIN

# Pages and buttons that stand alone: who is let in by role.
DOORS: dict[str, tuple[str, frozenset[Role] | str]] = {
    "home": ("GET", EVERYONE),
    "health": ("GET", ANYBODY),
    "login": ("GET", ANYBODY),
    "logout": ("POST", EVERYONE),
    "password-change": ("GET", EVERYONE),
    "user-list": ("GET", ADMIN),
    "user-add": ("GET", ADMIN),
    "audit-list": ("GET", AUDITED),
    "plan-list": ("GET", EVERYONE),
    "activity-list": ("GET", READERS),
    "activity-add": ("GET", WRITERS),
    "review-queue": ("GET", EDITOR),
    "province-matrix": ("GET", OVERSEERS),
    "agency-matrix": ("GET", READERS),
    "unit-owes": ("GET", READERS),
    "run-list": ("GET", OVERSEERS),
    "run-order": ("POST", OVERSEERS),
}
# Those of one object: nobody of another province gets further than "not found" or "refused".
OBJECTS = {
    "user-switch": "POST",
    "plan-detail": "GET",
    "plan-issue": "POST",
    "plan-warning-accept": "POST",
    "activity-detail": "GET",
    "activity-edit": "GET",
    "placement-send": "POST",
    "placement-approve": "POST",
    "placement-return": "POST",
    "placement-publish": "POST",
    "fulfilment-void": "POST",
    "obligation-detail": "GET",
    "plan-pdf": "POST",
    "plan-docx": "POST",
    "run-detail": "GET",
    "run-progress": "GET",
    "run-download": "GET",
    "run-cancel": "POST",
}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def address(name: str, pk: int = 0) -> str:
    """The address of that name on whichever floor has it."""
    pattern = next(p for p in patterns() if p.name == name)
    arguments = dict.fromkeys(pattern.pattern.converters, pk)
    for floor in ("", "agencies:", "plans:", "outreach:", "reporting:"):
        with suppress(NoReverseMatch):
            return reverse(f"{floor}{name}", kwargs=arguments)
    raise AssertionError(name)


def send(client: Client, name: str, method: str, pk: int = 0) -> HttpResponse:
    return (client.get if method == "GET" else client.post)(address(name, pk))


def cast_member(role: Role) -> User:
    agency = make_agency(make_province())
    return make_user(role, agency, make_unit(agency))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_the_tables_name_every_address() -> None:
    assert sorted([*DOORS, *OBJECTS]) == sorted(str(pattern.name) for pattern in patterns())


@pytest.mark.parametrize("role", list(Role))
def test_a_role_enters_what_is_its_own_and_is_refused_the_rest(role: Role) -> None:
    user = cast_member(role)
    refused = {
        name
        for name, (method, _) in DOORS.items()
        if send(signed_in(user), name, method).status_code == 403
    }
    expected = {name for name, (_, who) in DOORS.items() if who != ANYBODY and role not in who}
    assert refused == expected


def test_a_stranger_is_sent_to_the_log_in_page(client: Client) -> None:
    methods = {name: method for name, (method, _) in DOORS.items()} | OBJECTS
    sent = {
        name
        for name, method in methods.items()
        if send(client, name, method)
        .headers.get("Location", "")
        .startswith(f"{reverse('agencies:login')}?next=")
    }
    assert sent == set(methods) - {"health", "login"}


def objects() -> dict[str, int]:
    """One of everything, in a province of its own."""
    agency = make_agency(make_province())
    unit = make_unit(agency)
    author = make_user(Role.OFFICER, agency, unit)
    channel = make_channel(agency.province)
    plan = make_plan(agency)
    obligation = make_obligation(make_quota(make_task(plan), channel))
    activity = make_activity(author, agency, unit)
    placement = make_placement(activity, channel)
    fulfilment = Fulfilment.objects.create(
        placement=placement, obligation=obligation, counted_on=date(2024, 3, 1), why="Thử"
    )
    run = Run.objects.create(
        province=agency.province,
        report="consolidated",
        period="2024-Q1",
        format="pdf",
        as_of=date(2024, 4, 1),
        ordered_by=author,
    )
    of = {"user": author, "plan": plan, "activity": activity, "placement": placement}
    of |= {"fulfilment": fulfilment, "obligation": obligation, "run": run}
    keys = {name: of[name.split("-")[0]].pk for name in OBJECTS}
    return keys | {"placement-send": activity.pk}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_another_province_gets_at_an_object(role: Role) -> None:
    outsider = cast_member(role)
    reached = {
        name
        for name, pk in objects().items()
        if send(signed_in(outsider), name, OBJECTS[name], pk).status_code not in {403, 404}
    }
    assert reached == set()


def test_what_changes_something_is_never_done_by_a_link() -> None:
    posts = {name for name, method in OBJECTS.items() if method == "POST"} - {
        # These show a form to whoever may decide.
        "placement-return",
        "placement-publish",
        "fulfilment-void",
    }
    keys = objects()
    client = signed_in(cast_member(Role.SYSTEM_ADMIN))
    answers = {name: client.get(address(name, keys[name])).status_code for name in posts}
    assert answers == dict.fromkeys(posts, 405)
