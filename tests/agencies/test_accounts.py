"""Signing in and out, passwords, accounts, and the trail that they leave."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.roles import Role
from tests.factories import make_agency, make_unit, make_user

pytestmark = [pytest.mark.core, pytest.mark.django_db]

PASSWORD = "Một-mật-khẩu-dài"
LOGIN = "/tai-khoan/dang-nhap/"


def trail() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def signed_in(client: Client, role: Role) -> User:
    agency = make_agency()
    user = make_user(role, agency, make_unit(agency), password=PASSWORD)
    client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    return user


def test_logging_in_leads_to_the_page_that_was_asked_for(client: Client) -> None:
    user = make_user(Role.OFFICER, make_agency(), password=PASSWORD)
    sent = {"username": user.username.upper(), "password": PASSWORD, "next": "/ke-hoach/"}
    response = client.post(LOGIN, sent)
    assert (response.status_code, response.headers["Location"]) == (302, "/ke-hoach/")
    assert trail() == ["account.log_in"]
    assert AuditEntry.objects.get().by_label == str(user)


@pytest.mark.parametrize("hostile", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_logging_in_never_leads_elsewhere(client: Client, hostile: str) -> None:
    user = make_user(Role.OFFICER, make_agency(), password=PASSWORD)
    sent = {"username": user.username, "password": PASSWORD, "next": hostile}
    assert client.post(LOGIN, sent).headers["Location"] == reverse("home")


def test_a_wrong_password_gets_a_vietnamese_sentence(client: Client) -> None:
    user = make_user(Role.OFFICER, make_agency(), password=PASSWORD)
    page = client.post(LOGIN, {"username": user.username, "password": "sai"})
    assert page.context["form"].non_field_errors() == [
        "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra bộ gõ và phím Caps Lock."
    ]


def test_guessing_is_stopped(client: Client) -> None:
    user = make_user(Role.OFFICER, make_agency(), password=PASSWORD)
    for _ in range(8):
        last = client.post(LOGIN, {"username": user.username, "password": "sai"})
    assert last.status_code == 429
    right = client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert right.status_code == 429


def test_guessing_in_other_letter_cases_is_stopped_too(client: Client) -> None:
    make_user(Role.OFFICER, make_agency(), username="chuyenvien", password=PASSWORD)
    cases = ["chuyenvien", "CHUYENVIEN", "Chuyenvien", "cHuyenvien"]
    for name in [*cases, *cases]:
        last = client.post(LOGIN, {"username": name, "password": "sai"})
    assert last.status_code == 429


def test_a_letter_that_only_looks_like_another_is_another(client: Client) -> None:
    make_user(Role.OFFICER, make_agency(), username="chuyenvien", password=PASSWORD)
    sent = {"username": "chuyenv\u0131en", "password": PASSWORD}  # dotless: upper case is I
    assert client.post(LOGIN, sent).status_code == 200


@pytest.mark.parametrize(
    ("proxied", "noted", "stopped"),
    [
        (True, "10.1.1.1, 203.0.113.{n}", False),  # the proxy saw other machines
        (True, "10.1.1.{n}, 203.0.113.1", True),  # the same machine lies about its origin
        (True, "nonsense", True),
        (False, "203.0.113.{n}", True),  # without a proxy nobody is believed
    ],
)
def test_a_guesser_behind_the_proxy_locks_out_nobody_else(
    client: Client, settings: object, proxied: bool, noted: str, stopped: bool
) -> None:
    header = ("HTTP_X_FORWARDED_PROTO", "https") if proxied else None
    settings.SECURE_PROXY_SSL_HEADER = header  # type: ignore[attr-defined]
    user = make_user(Role.OFFICER, make_agency(), password=PASSWORD)
    sent = {"username": user.username, "password": "sai"}
    for number in range(8):
        headers = {"X-Forwarded-For": noted.format(n=number + 1)}
        last = client.post(LOGIN, sent, headers=headers)
    assert (last.status_code == 429) is stopped


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("GET", {}, "/ke-hoach/?page=2"),
        (
            "POST",
            {"Referer": "http://testserver/tuyen-truyen/cho-duyet/?a=1"},
            "/tuyen-truyen/cho-duyet/?a=1",
        ),
        ("POST", {}, "/"),
        (
            "GET",
            {"HX-Request": "true", "HX-Current-URL": "http://testserver/bao-cao/tong-hop/3/"},
            "/bao-cao/tong-hop/3/",
        ),
    ],
)
def test_who_signs_in_again_returns_to_a_page_and_never_to_a_button(
    client: Client, method: str, headers: dict[str, str], expected: str
) -> None:
    answer = client.generic(method, "/ke-hoach/?page=2", headers=headers)
    target = answer.headers.get("HX-Redirect") or answer.headers["Location"]
    assert parse_qs(urlsplit(target).query) == {"next": [expected]}


def test_logging_out_is_traced(client: Client) -> None:
    signed_in(client, Role.OFFICER)
    client.post("/tai-khoan/dang-xuat/")
    assert trail() == ["account.log_in", "account.log_out"]
    assert client.get("/ke-hoach/").status_code == 302


def test_a_person_changes_the_password_and_stays_signed_in(client: Client) -> None:
    user = signed_in(client, Role.OFFICER)
    new = "Mật-khẩu-mới-hơn"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post("/tai-khoan/doi-mat-khau/", sent)
    user.refresh_from_db()
    assert user.check_password(new) is True
    assert client.get("/ke-hoach/").status_code == 200
    assert trail() == ["account.log_in", "account.change_password"]


def test_an_administrator_makes_an_account_with_its_role(client: Client) -> None:
    admin = signed_in(client, Role.SYSTEM_ADMIN)
    post = admin.standing().posts[0]
    sent = {
        "username": "nguyen.van.a",
        "full_name": "Nguyễn Văn A",
        "password": PASSWORD,
        "role": Role.OFFICER.value,
        "agency": post.agency_id,
        "unit": post.unit_id,
    }
    assert client.post("/tai-khoan/nguoi-dung/moi/", sent).status_code == 302
    made = User.objects.get(username="nguyen.van.a")
    assert [p.role for p in made.standing().posts] == [Role.OFFICER]
    assert trail() == ["account.log_in", "account.create", "account.assign"]


def test_a_unit_of_another_agency_is_refused_and_nothing_is_half_saved(client: Client) -> None:
    admin = signed_in(client, Role.SYSTEM_ADMIN)
    post = admin.standing().posts[0]
    here = make_agency(province=make_unit(make_agency()).agency.province)
    sent = {
        "username": "nguyen.van.b",
        "full_name": "Nguyễn Văn B",
        "password": PASSWORD,
        "role": Role.UNIT_HEAD.value,
        "agency": post.agency_id,
        "unit": make_unit(here).pk,
    }
    page = client.post("/tai-khoan/nguoi-dung/moi/", sent)
    assert page.status_code == 200
    assert User.objects.filter(username="nguyen.van.b").exists() is False


def test_an_administrator_locks_others_but_not_oneself(client: Client) -> None:
    admin = signed_in(client, Role.SYSTEM_ADMIN)
    agency = admin.memberships.get().agency
    other = make_user(Role.OFFICER, agency)
    client.post(f"/tai-khoan/nguoi-dung/{other.pk}/khoa-mo/")
    other.refresh_from_db()
    assert other.is_active is False
    refused = client.post(f"/tai-khoan/nguoi-dung/{admin.pk}/khoa-mo/")
    assert refused.status_code == 403
    assert refused.context["reason"] == "Không thể tự khóa tài khoản của chính mình."


def test_the_trail_is_never_changed(client: Client) -> None:
    signed_in(client, Role.OFFICER)
    entry = AuditEntry.objects.get()
    for forbidden in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(verb_label="khác"),
    ):
        with pytest.raises(TypeError) as refusal:
            forbidden()
        assert str(refusal.value) == "Nhật ký thao tác chỉ được ghi thêm."
    assert entry.request_id == AuditEntry.objects.get().request_id != ""


def test_a_new_account_is_nobody_s_administrator_by_default(client: Client) -> None:
    admin = signed_in(client, Role.SYSTEM_ADMIN)
    sent = {
        "username": "nguyen.van.c",
        "full_name": "Nguyễn Văn C",
        "password": PASSWORD,
        "role": client.get("/tai-khoan/nguoi-dung/moi/").context["form"]["role"].value() or "",
        "agency": admin.standing().posts[0].agency_id,
    }
    page = client.post("/tai-khoan/nguoi-dung/moi/", sent)
    assert "role" in page.context["form"].errors
    assert User.objects.filter(username="nguyen.van.c").exists() is False
