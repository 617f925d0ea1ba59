"""Accounts: signing in and out leaves a trace; users and memberships are made and ended here."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agencies import audit
from agencies.models import Agency, Membership, Unit, User
from agencies.policies import may_administer
from agencies.roles import Role
from cchc.lib.decisions import require

LOGGED_IN = audit.Verb("account.log_in", "Đăng nhập")
LOGGED_OUT = audit.Verb("account.log_out", "Đăng xuất")
PASSWORD_CHANGED = audit.Verb("account.change_password", "Đổi mật khẩu")
EMAIL_CHANGED = audit.Verb("account.change_email", "Đổi thư công vụ")
CREATED = audit.Verb("account.create", "Tạo tài khoản")
ASSIGNED = audit.Verb("account.assign", "Giao vai trò")
SWITCHED = audit.Verb("account.switch", "Khóa, mở tài khoản")


@transaction.atomic
def logged_in(*, by: User) -> None:
    """Note that the person has signed in."""
    audit.record(LOGGED_IN, by, by=by, agency=_agency(by))


@transaction.atomic
def logged_out(*, by: User) -> None:
    """Note that the person has signed out."""
    audit.record(LOGGED_OUT, by, by=by, agency=_agency(by))


@transaction.atomic
def change_password(*, password: str, by: User) -> None:
    """Give oneself a new, already validated password."""
    user = User.objects.select_for_update().get(pk=by.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(PASSWORD_CHANGED, user, by=by, agency=_agency(by))


@transaction.atomic
def change_email(*, email: str, by: User) -> None:
    """Say where one's own letters go; empty for nowhere."""
    user = User.objects.select_for_update().get(pk=by.pk)
    before = user.email
    user.email = email.strip()
    user.clean_fields(exclude=["password", "username", "full_name"])
    user.save(update_fields=["email"])
    by.email = user.email
    audit.record(
        EMAIL_CHANGED,
        user,
        by=by,
        agency=_agency(by),
        before={"email": before},
        after={"email": user.email},
    )


@transaction.atomic
def create(
    *,
    username: str,
    full_name: str,
    position: str,
    email: str,
    password: str | None,
    by: User | None,
) -> User:
    """A new account without any role; ``by`` None is the administrator at the command line.

    Without a password nobody can log in with it.
    """
    if by is not None:
        require(may_administer(by))
    user = User(
        username=username.strip().lower(), full_name=full_name, position=position, email=email
    )
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    agency = _agency(by) if by else None
    audit.record(CREATED, user, by=by, agency=agency, after={"username": user.username})
    return user


@transaction.atomic
def assign(
    *, user: User, agency: Agency, unit: Unit | None, role: Role, since: date, by: User | None
) -> Membership:
    """Give the person a role in an agency, in one of its units when one is named."""
    if by is not None:
        require(may_administer(by))
    membership = Membership(user=user, agency=agency, unit=unit, role=role.value, since=since)
    membership.full_clean()
    membership.save()
    audit.record(ASSIGNED, membership, by=by, agency=agency, after={"role": role.value})
    return membership


@transaction.atomic
def switch(*, user: User, active: bool, by: User) -> None:
    """Let a person in, or keep them out; nothing they did is lost."""
    require(may_administer(by, user))
    row = User.objects.select_for_update().get(pk=user.pk)
    row.is_active = active
    row.save(update_fields=["is_active"])
    agency = _agency(row) or _agency(by)
    audit.record(SWITCHED, row, by=by, agency=agency, after={"is_active": active})


def _agency(user: User) -> Agency | None:
    posts = user.standing().posts
    return Agency.objects.select_related("province").get(pk=posts[0].agency_id) if posts else None
