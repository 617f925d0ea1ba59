"""A section is saved: versions, two editors, who may, and whatever a browser may send."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import AuditEntry, User
from agencies.roles import Role
from plans.actions.drafts import Stale, save_section
from plans.models import DraftSection, Plan, Task
from plans.sections import SECTIONS, SectionFaults
from tests.factories import (
    make_activity,
    make_agency,
    make_channel,
    make_plan,
    make_province,
    make_unit,
    make_user,
)
from tests.plans.section_rows import annex_row, basis, clause_row, item, quota_row, target

pytestmark = [pytest.mark.core, pytest.mark.django_db]

BACKEND = "django.contrib.auth.backends.ModelBackend"
Send = Callable[..., HttpResponse]


@pytest.fixture
def plan(db: None) -> Plan:
    agency = make_agency(make_province(), code="TN-STTTT")
    make_unit(agency, "Văn phòng", code="VP")
    make_channel(agency.province, "cong")
    return make_plan(agency, state="draft")


@pytest.fixture
def clerk(plan: Plan) -> User:
    return make_user(Role.AGENCY_OFFICE, plan.agency, full_name="Lê Văn Phúc")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def send(user: User, plan: Plan, name: str, body: object) -> Any:
    address = reverse("plans:section-save", kwargs={"pk": plan.pk, "name": name})
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return signed_in(user).post(address, content, content_type="application/json")


@time_machine.travel("2026-11-21 14:05:00+07:00", tick=False)
def test_a_save_answers_with_its_version(plan: Plan, clerk: User) -> None:
    answer = send(clerk, plan, "content", {"version": 0, "value": [item(1, "Nói")]})
    expected = {
        "version": 1,
        "saved_at": "14:05 21/11/2026",
        "saved_by": "Lê Văn Phúc",
        "notes": {},
        "labels": {},
    }
    assert (answer.status_code, answer.json()) == (200, expected)
    again = send(clerk, plan, "content", {"version": 0, "value": [item(1, " Nói ")]})
    assert (again.status_code, again.json()) == (200, expected)
    answer = send(clerk, plan, "content", {"version": 1, "value": []})
    assert answer.json()["version"] == 2
    assert plan.content_items.count() == 0


def test_who_comes_second_gets_the_other_text_and_writes_nothing(plan: Plan, clerk: User) -> None:
    other = make_user(Role.AGENCY_OFFICE, plan.agency)
    save_section(plan=plan, name="content", version=0, data=[item(1, "Một")], by=clerk)
    answer = send(other, plan, "content", {"version": 0, "value": [item(1, "Hai")]})
    assert answer.status_code == 409
    body = answer.json()
    assert (body["version"], body["saved_by"]) == (1, "Lê Văn Phúc")
    assert body["value"] == [item(1, "Một")]
    assert plan.content_items.get().title == "Một"
    with pytest.raises(Stale):
        save_section(plan=plan, name="content", version=2, data=[item(1, "Hai")], by=other)
    save_section(plan=plan, name="targets", version=0, data=[], by=other)
    saved = save_section(plan=plan, name="content", version=1, data=[item(1, "Hai")], by=other)
    assert (saved.version, saved.saved_by) == (2, other)


def test_faults_are_told_and_nothing_is_written(plan: Plan, clerk: User) -> None:
    value = [item(1, "Nói"), item(2, "x" * 301)]
    answer = send(clerk, plan, "content", {"version": 0, "value": value})
    assert answer.status_code == 400
    assert answer.json() == {
        "faults": [
            {
                "row": 2,
                "uid": f"{2:016x}",
                "field": "title",
                "label": "Nội dung",
                "value": f"{'x' * 120}…",
                "problem": "Dài 301 ký tự; chỉ ghi được 300 ký tự.",
                "accepted": "không quá 300 ký tự",
            }
        ]
    }
    assert (plan.content_items.count(), DraftSection.objects.count()) == (0, 0)


def test_notes_come_with_the_save(plan: Plan, clerk: User) -> None:
    value = [annex_row(1, time="Quý I/2024")]
    answer = send(clerk, plan, "annex", {"version": 0, "value": value})
    note = {"text": "từ 01/01/2024 đến 31/03/2024", "tone": "ok", "choices": []}
    assert answer.json()["notes"] == {f"{1:016x}": {"time": note}}


def test_a_task_that_goes_takes_its_quota_and_the_quotas_version(plan: Plan, clerk: User) -> None:
    for name, value in (("annex", [annex_row(1)]), ("quotas", [quota_row(9, 1)])):
        save_section(plan=plan, name=name, version=0, data=value, by=clerk)
    save_section(plan=plan, name="annex", version=1, data=[], by=clerk)
    versions = dict(DraftSection.objects.values_list("name", "version"))
    assert (SECTIONS["quotas"].read(plan), versions) == ([], {"annex": 2, "quotas": 2})


def test_one_entry_in_the_trail_for_person_section_and_hour(plan: Plan, clerk: User) -> None:
    other = make_user(Role.AGENCY_OFFICE, plan.agency)
    saves = [
        ("13:00", clerk, "content"),
        ("13:30", clerk, "content"),
        ("13:40", other, "content"),
        ("13:50", clerk, "targets"),
        ("14:01", clerk, "content"),
    ]
    for number, (at, by, name) in enumerate(saves):
        with time_machine.travel(f"2026-11-21 {at}:00+07:00", tick=False):
            row = DraftSection.objects.filter(plan=plan, name=name).first()
            value = [target() if name == "targets" else item(number, str(number))]
            version = row.version if row else 0
            save_section(plan=plan, name=name, version=version, data=value, by=by)
    entries = AuditEntry.objects.filter(verb="plan.write").order_by("id")
    assert [(entry.by, entry.after) for entry in entries] == [
        (clerk, {"section": "content"}),
        (other, {"section": "content"}),
        (clerk, {"section": "targets"}),
        (clerk, {"section": "content"}),
    ]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_office_of_the_agency_writes(plan: Plan, role: Role) -> None:
    colleague = make_user(role, plan.agency, make_unit(plan.agency))
    elsewhere = make_agency(plan.province)
    stranger = make_user(role, elsewhere, make_unit(elsewhere))
    body = {"version": 0, "value": [item(1, "Nói")]}
    own, others = (send(user, plan, "content", body).status_code for user in (colleague, stranger))
    expected = {Role.AGENCY_OFFICE: 200, Role.SYSTEM_ADMIN: 404}.get(role, 403)
    assert (own, others) == (expected, 404)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("submitted", "Kế hoạch đang trình ký; hãy rút về dự thảo để sửa."),
        ("issued", "Kế hoạch đã ban hành; muốn thay đổi thì lập bản sửa đổi."),
    ],
)
def test_only_a_draft_is_written(plan: Plan, clerk: User, state: str, reason: str) -> None:
    issued = {"issued_at": "2024-03-01T00:00Z", "issued_by": clerk} if state == "issued" else {}
    Plan.objects.filter(pk=plan.pk).update(state=state, **issued)
    answer = send(clerk, plan, "content", {"version": 0, "value": []})
    assert (answer.status_code, answer.json()) == (403, {"reason": reason})


def test_the_body_is_what_was_agreed(plan: Plan, clerk: User) -> None:
    bodies: list[str | bytes] = [
        "",
        "{",
        "[]",
        "7",
        '{"version": "0", "value": []}',
        '{"version": true, "value": []}',
    ]
    bodies += ['{"value": []}', '{"version": 0}', "[" * 100_000, b"\xff\xfe"]
    for body in bodies:
        answer = send(clerk, plan, "content", body)
        assert answer.status_code == 400
        assert answer.json()["faults"][0]["problem"].startswith("Dữ liệu gửi lên không đọc được")
    large = json.dumps({"version": 0, "value": "x" * 2**21})
    answer = send(clerk, plan, "content", large)
    assert answer.status_code == 400
    assert "quá lớn để lưu (hơn 2 MB)" in answer.json()["faults"][0]["problem"]
    assert send(clerk, plan, "khac", {"version": 0, "value": []}).status_code == 404


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
ODD = JSON | st.sampled_from(
    ["31/02/2024", "2024-Q1", "cong", "VP", f"{1:016x}", "\x00", "\ud800", 2**80, -1, "x" * 700]
)


@pytest.mark.parametrize("name", SECTIONS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_sent_is_taken_or_refused(
    plan: Plan, clerk: User, name: str, data: st.DataObject
) -> None:
    section = SECTIONS[name]
    save_section(
        plan=plan, name="annex", version=_version(plan, "annex"), data=[annex_row(1)], by=clerk
    )
    whole = SECTIONS["header"].read(plan) if name == "header" else GOOD_ROWS[name]
    rows = [
        whole | data.draw(st.dictionaries(st.sampled_from(sorted(whole)), ODD, max_size=3))
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    value = data.draw(st.just(rows[0] if name == "header" else rows) | JSON)
    try:
        saved = save_section(
            plan=plan, name=name, version=_version(plan, name), data=value, by=clerk
        )
    except SectionFaults as refusal:
        problems = [fault.problem for fault in refusal.faults]
    else:
        plan.refresh_from_db()
        problems = []
        assert section.read(plan) == saved.value
    assert all(problems)


GOOD_ROWS = {
    "bases": basis(),
    "clauses": clause_row(1, 0, "A"),
    "targets": target(),
    "content": item(1, "Nói"),
    "forms": {"uid": f"{1:016x}", "label": "", "title": "", "channels": ["cong"]},
    "annex": annex_row(1),
    "quotas": quota_row(9, 1, turns={"2024-Q1": "VP"}),
}


def _version(plan: Plan, name: str) -> int:
    row = DraftSection.objects.filter(plan=plan, name=name).first()
    return row.version if row else 0


def test_a_time_cell_is_read_while_it_is_typed(clerk: User) -> None:
    client, address = signed_in(clerk), reverse("plans:time-reading")
    assert client.get(address, {"nam": "2024", "text": "Quý I"}).json() == {
        "text": "từ 01/01/2024 đến 31/03/2024",
        "tone": "ok",
        "choices": [],
    }
    vague = client.get(address, {"nam": "2024", "text": "đầu quý I"}).json()
    assert (vague["tone"], "Quý I/2024" in vague["choices"]) == ("ask", True)
    assert client.get(address, {"nam": "2024", "text": " "}).json() == {}
    for query in (
        {"text": "x"},
        {"nam": "x"},
        {"nam": "99999"},
        {"nam": "2024", "text": "x" * 1001},
    ):
        assert client.get(address, query).status_code == 400


def test_a_task_whose_product_is_on_record_keeps_its_row_when_it_goes(
    plan: Plan, clerk: User
) -> None:
    save_section(plan=plan, name="annex", version=0, data=[annex_row(1)], by=clerk)
    task = Task.objects.get(plan=plan)
    report = make_activity(clerk, plan.agency, kind="document", task=task)
    save_section(plan=plan, name="annex", version=1, data=[], by=clerk)
    report.refresh_from_db()
    assert (SECTIONS["annex"].read(plan), report.task_id) == ([], task.pk)
