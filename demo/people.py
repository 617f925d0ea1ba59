"""The demo's people: one printed account for every role, and silent ones that make the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password

from agencies.actions import accounts
from agencies.models import Agency, Unit, User
from agencies.roles import Role
from cchc.lib.decisions import Refused

PASSWORD = "Tuyen-truyen-2026"  # noqa: S105 - printed on purpose, refused outside the demo
SINCE = date(2016, 1, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """A demo account; ``printed`` ones can log in, the others only act in the story."""

    username: str
    full_name: str
    role: Role
    agency: str
    unit: str = ""
    position: str = ""
    printed: bool = True


def require_demo() -> None:
    """Refuse outside the demo and the tests: these passwords are public."""
    if not settings.DEMO_ALLOWED:
        raise Refused(
            "Tài khoản minh họa chỉ được tạo khi CCHC_MODE là demo hoặc test; "
            "dùng create_admin để tạo tài khoản thật."
        )


def settle(person: Person) -> User:
    """The person's account with its role, made when it is not there."""
    require_demo()
    present = User.objects.filter(username=person.username).first()
    if present is not None:
        return present
    agency = Agency.objects.select_related("province").get(code=person.agency)
    unit = Unit.objects.get(agency=agency, code=person.unit) if person.unit else None
    user = accounts.create(
        username=person.username,
        full_name=person.full_name,
        position=person.position or person.role.label,
        email="",
        password=None,
        by=None,
    )
    if person.printed:
        user.password = _hashed()
        user.save(update_fields=["password"])
    accounts.assign(user=user, agency=agency, unit=unit, role=person.role, since=SINCE, by=None)
    return user


@cache
def _hashed() -> str:
    """One password for all, so hashed once: Argon2 takes its time."""
    return make_password(PASSWORD)


def listing(people: list[Person]) -> list[str]:
    """The lines that ``load_demo`` prints: account, role, where."""
    rows = [
        f"  {person.username:<18} {person.role.label:<32} {person.agency}"
        for person in people
        if person.printed
    ]
    return [f"Mật khẩu chung của các tài khoản minh họa: {PASSWORD}", *rows]
