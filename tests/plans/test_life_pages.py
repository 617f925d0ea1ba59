"""The buttons of a plan's life in the browser: what each role is offered and what comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from agencies.roles import Role
from plans.actions.amend import issue_amendment, open_amendment
from plans.models import Plan, SignedFile
from tests.factories import make_agency, make_plan, make_user

pytestmark = [pytest.mark.core, pytest.mark.django_db]

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def plan() -> Plan:
    return make_plan(make_agency(), number="05", symbol="KH-STN")


@pytest.fixture
def clerk(plan: Plan, client: Client) -> User:
    user = make_user(Role.AGENCY_OFFICE, plan.agency)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def address(name: str, pk: int) -> str:
    return reverse(f"plans:{name}", kwargs={"pk": pk})


def attach(client: Client, plan: Plan, name: str, content: bytes) -> str:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    answer = client.post(address("signed-attach", plan.pk), {"file": file}, follow=True)
    return answer.content.decode()


def test_the_signed_paper_comes_back_as_an_attachment(
    plan: Plan, clerk: User, client: Client
) -> None:
    attach(client, plan, "KH 05 đã ký.pdf", PDF)
    signed = SignedFile.objects.get(plan=plan)
    answer = client.get(address("signed-download", signed.pk))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"ban-ky.pdf\"; filename*=UTF-8''KH%2005%20%C4%91%C3%A3%20k%C3%BD.pdf"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_another_kind_is_refused_beside_the_field(
    plan: Plan, clerk: User, client: Client
) -> None:
    page = attach(client, plan, "a.pdf", b"<svg onload=alert(1)>")
    assert page.count("Đây không phải là tệp PDF; bản ký phải là tệp PDF quét hoặc ký số.") == 1
    assert not SignedFile.objects.exists()


def test_a_void_paper_and_a_stranger_get_nothing(plan: Plan, clerk: User, client: Client) -> None:
    attach(client, plan, "a.pdf", PDF)
    signed = SignedFile.objects.get(plan=plan)
    stranger = Client()
    stranger.force_login(
        make_user(Role.AGENCY_OFFICE, make_agency()),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert stranger.get(address("signed-download", signed.pk)).status_code == 404
    client.post(address("signed-void", signed.pk), {"reason": "Nhầm tệp"})
    assert client.get(address("signed-download", signed.pk)).status_code == 404


def test_a_missing_reason_is_said_at_the_form(plan: Plan, clerk: User, client: Client) -> None:
    answer = client.post(address("plan-amend", plan.pk), {"reason": " "})
    assert (answer.status_code, answer.context["form"].errors["reason"]) == (
        200,
        ["Hãy ghi lý do."],
    )
    assert not Plan.objects.filter(amends=plan).exists()


def test_the_number_form_says_what_would_be_accepted(clerk: User, client: Client) -> None:
    plan = make_plan(clerk.memberships.get().agency, state="issued", symbol="KH-STN")
    answer = client.post(
        address("plan-number", plan.pk), {"number": "năm", "signed_on": "31/02/2024"}
    )
    assert answer.context["form"].errors == {
        "number": ["Số chỉ gồm chữ số, ví dụ 05 hoặc 128."],
        "signed_on": ["Không đọc được ngày; hãy ghi dạng dd/mm/yyyy, ví dụ 05/02/2024."],
    }
    client.post(address("plan-number", plan.pk), {"number": "07", "signed_on": "5/2/2024"})
    plan.refresh_from_db()
    assert (plan.number, f"{plan.signed_on:%d/%m/%Y}") == ("07", "05/02/2024")


def test_an_amendment_is_seen_by_its_agency_alone_until_it_is_issued(
    plan: Plan, clerk: User, client: Client, office: Callable[[Agency], User]
) -> None:
    copy = open_amendment(plan=plan, reason="Bổ sung", by=clerk)
    neighbour = Client()
    neighbour.force_login(
        office(make_agency(plan.province)), backend="django.contrib.auth.backends.ModelBackend"
    )
    for name, pk in (("plan-detail", copy.pk), ("amendment-changes", copy.pk)):
        assert neighbour.get(address(name, pk)).status_code == 404
        assert client.get(address(name, pk)).status_code == 200
    issue_amendment(copy=copy, by=clerk)
    page = neighbour.get(address("plan-revisions", plan.pk))
    assert [row.reason for row in page.context["revisions"]] == ["", "Bổ sung"]
    assert page.context["changes"] == ()


@pytest.mark.parametrize("said", ["9", "-1", "x", "1' OR 1=1", ""])
def test_a_revision_that_there_is_not_falls_back(
    said: str, plan: Plan, clerk: User, client: Client
) -> None:
    issue_amendment(copy=open_amendment(plan=plan, reason="Sửa", by=clerk), by=clerk)
    page = client.get(address("plan-revisions", plan.pk), {"tu": said, "den": said})
    assert (page.status_code, page.context["before"], page.context["after"]) == (200, 0, 1)
