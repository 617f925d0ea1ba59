"""Every action is one transaction and leaves one entry; who may see that entry."""

from __future__ import annotations

import ast
import inspect
import re
from datetime import date
from types import FunctionType

import pytest

from agencies.actions import accounts
from agencies.models import AuditEntry, User
from agencies.roles import Role
from tests.factories import make_agency, make_membership, make_province, make_user
from tests.house.test_code import ACTIONS, public_functions

FUNCTIONS = [function for module in ACTIONS for function in public_functions(module)]


def parts(function: FunctionType) -> list[str]:
    """Its source, and that of the private functions of its file that it calls."""
    found: dict[str, str] = {}
    left = [function]
    while left:
        part = inspect.unwrap(left.pop())
        source = found[part.__name__] = inspect.getsource(part)
        called = {
            ast.unparse(n.func) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)
        }
        helpers = [part.__globals__.get(name) for name in called - set(found) if name[0] == "_"]
        left += [helper for helper in helpers if isinstance(helper, FunctionType)]
    return list(found.values())


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_an_action_is_one_transaction_and_leaves_one_entry(function: object) -> None:
    assert isinstance(function, FunctionType)
    source = "\n".join(parts(function))
    assert len(re.findall(r"(?<!def )\b(?:audit\.)?record\(", source)) == 1
    assert "transaction.atomic" in source


def read_by(user: User) -> list[str]:
    seen = AuditEntry.objects.visible_to(User.objects.get(pk=user.pk))
    return sorted(seen.values_list("verb", flat=True))


@pytest.mark.core
@pytest.mark.django_db
def test_what_an_administrator_does_to_accounts_is_read_where_it_was_done() -> None:
    province = make_province()
    agency = make_agency(province)
    admin = make_user(Role.SYSTEM_ADMIN, agency)
    made = accounts.create(
        username="moi", full_name="Mới", position="", email="", password=None, by=admin
    )
    accounts.assign(
        user=made, agency=agency, unit=None, role=Role.OFFICER, since=date(2024, 1, 1), by=admin
    )
    accounts.switch(user=User.objects.get(pk=made.pk), active=False, by=admin)
    expected = ["account.assign", "account.create", "account.switch"]
    assert read_by(make_user(Role.AUDITOR, agency)) == expected
    assert read_by(make_user(Role.HOME_AFFAIRS, make_agency(province))) == expected
    assert read_by(make_user(Role.AUDITOR, make_agency(province))) == []
    assert read_by(make_user(Role.HOME_AFFAIRS, make_agency())) == []


@pytest.mark.core
@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.CHANNEL_EDITOR])
def test_being_an_auditor_somewhere_opens_no_trail_elsewhere(role: Role) -> None:
    province = make_province()
    mine, other = make_agency(province, kind="province"), make_agency(province)
    user = make_user(Role.AUDITOR, other)
    make_membership(user, role, mine)
    accounts.logged_in(by=make_user(Role.OFFICER, mine))
    assert read_by(user) == []
