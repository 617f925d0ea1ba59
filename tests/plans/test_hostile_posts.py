"""Whatever is sent, the answer is a sentence: no address breaks."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from plans.models import Plan
from plans.sections import SECTIONS
from tests.factories import (
    make_agency,
    make_channel,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

DEEP = "[" * 100_000 + "]" * 100_000
BODIES = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"1" * 5000,
    b"{",
    b"\xff\xfe",
    b'{"version": 1e400, "value": NaN}',
    b'{"version": -1, "value": null}',
    b'{"version": 99999999999999999999999999, "value": []}',
    b'{"version": true, "value": []}',
    b'{"version": 0, "value": {"\\u0000": "\\ud800"}}',
    b'{"version": 0, "value": [[], 1, null, {"uid": {}}, {"uid": "\\u0000"}]}',
    DEEP.encode(),
    json.dumps({"version": 0, "value": ["x" * 2_200_000]}).encode(),
    b'{"rows": [[], {"uid": [], "registered": true, "reference": {"a": "\\u0000"}}], "text": 7}',
    b'{"text": "\\u0000\\ud800", "rows": {"a": 1}}',
]
ODD = ["\x00", "\ud800", "9" * 60, "-1", "', --", "x" * 5000, "%", "[]"]


@pytest.fixture
def clerk() -> User:
    province = make_province()
    return make_user(Role.AGENCY_OFFICE, make_agency(province, kind="province"))


@pytest.fixture
def plan(clerk: User) -> Plan:
    agency = clerk.memberships.get().agency
    plan = make_plan(agency, state="draft", parent=make_plan(agency))
    make_quota(make_task(plan), make_channel(agency.province))
    return plan


@pytest.fixture
def client(clerk: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(clerk)
    return client


def is_answered(status: int) -> bool:
    return status < 500


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_no_body_breaks_a_json_address(client: Client, plan: Plan, body: bytes) -> None:
    addresses = [
        *(reverse("plans:section-save", args=[plan.pk, name]) for name in SECTIONS),
        *(reverse(f"plans:{name}") for name in ("bases-read", "bases-look", "outline-parse")),
        reverse("plans:register-file"),
    ]
    statuses = {
        address: client.post(address, body, content_type="application/json").status_code
        for address in addresses
    }
    assert all(status in {200, 400, 403, 409} for status in statuses.values()), statuses


def mutants(value: Any) -> list[Any]:
    """The value with one field at a time made odd."""
    odd: list[Any] = [None, True, -1, 2**70, 1.5, "", "\x00\ud800", "x" * 60_000]
    odd += [[], [[]], {}, {"a": {}}]
    rows = [value] if isinstance(value, dict) else value
    found = []
    for name in rows[0] if rows else ():
        for one in odd:
            row = rows[0] | {name: one}
            found.append(row if isinstance(value, dict) else [row, *rows[1:]])
    return found


@pytest.mark.parametrize("name", ["header", "annex", "quotas"])
def test_no_field_breaks_a_section(client: Client, plan: Plan, name: str) -> None:
    address = reverse("plans:section-save", args=[plan.pk, name])
    for value in mutants(SECTIONS[name].read(plan)):
        body = json.dumps({"version": 0, "value": value})
        status = client.post(address, body, content_type="application/json").status_code
        assert status in {200, 400, 409}, value


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_no_query_breaks_a_page(client: Client, plan: Plan, odd: str) -> None:
    issued = plan.parent
    assert issued is not None
    queries = {
        ("plan-list", ()): ("page",),
        ("plan-detail", (plan.pk,)): ("x",),
        ("plan-revisions", (issued.pk,)): ("tu", "den"),
        ("derive", (issued.pk,)): ("co-quan",),
        ("plan-uptake", (plan.pk,)): ("loc",),
        ("province-uptake", (issued.pk,)): ("loc", "xem"),
        ("plan-proposals", (plan.pk,)): ("loc",),
        ("copy-year", (plan.pk,)): ("nam",),
        ("plan-start", ()): ("nam", "co-quan"),
        ("time-reading", ()): ("nam", "text"),
        ("register-list", ()): ("q", "page"),
        ("register-search", ()): ("q",),
    }
    for (name, args), keys in queries.items():
        for key in keys:
            is_timed = (name, key) == ("time-reading", "text")
            query = {key: odd} | ({"nam": "2024"} if is_timed else {})
            typed = urlencode(query, errors="surrogatepass")
            address = f"{reverse(f'plans:{name}', args=args)}?{typed}"
            status = client.get(address).status_code
            assert is_answered(status), (name, key)


@pytest.mark.parametrize("year", ["2024", "020245", "0002024", "٢٠٢٤", "2199", "99999"])
def test_a_year_is_a_year(client: Client, year: str) -> None:
    address = reverse("plans:time-reading")
    status = client.get(address, {"nam": year, "text": "Chậm nhất 20/3"}).status_code
    assert status == (200 if year in {"2024", "2199"} else 400)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_no_form_value_breaks_a_button(client: Client, plan: Plan, odd: str) -> None:
    fields: tuple[str, ...] = (
        "section",
        "item",
        "reason",
        "uid",
        "choice",
        "number",
        "signed_on",
        "code",
        "place",
    )
    fields += ("agency", "kind", "title", "year", "way", "parent", "source", "nam", "task", "lines")
    data = dict.fromkeys(fields, odd.encode("utf-8", "replace").decode())
    names = {
        "plan-start": (),
        "copy-year": (plan.pk,),
        "plan-number": (plan.pk,),
        "plan-take-back": (plan.pk,),
        "plan-amend": (plan.parent_id,),
        "uptake-leave-out": (plan.pk,),
        "uptake-reconsider": (plan.pk,),
        "uptake-take-up": (plan.pk,),
        "uptake-link": (plan.pk,),
        "plan-warning-accept": (plan.pk,),
        "quota-decide": (plan.pk,),
        "register-paste": (),
        "register-add": (),
    }
    for name, args in names.items():
        status = client.post(reverse(f"plans:{name}", args=args), data).status_code
        assert is_answered(status), name


def test_keys_beyond_every_table_are_not_found(client: Client) -> None:
    for name in ("plan-detail", "plan-uptake", "plan-proposals", "derive", "plan-revisions"):
        assert client.get(reverse(f"plans:{name}", args=[10**30])).status_code == 404
