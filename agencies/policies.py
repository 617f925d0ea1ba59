"""Who may manage accounts, and why not."""

from __future__ import annotations

from agencies.models import User
from agencies.roles import Role
from cchc.lib.decisions import ALLOWED, Decision, denied


def may_administer(user: User, other: User | None = None) -> Decision:
    """System administrators manage accounts, but not their own."""
    if Role.SYSTEM_ADMIN not in user.standing().roles:
        return denied("Chỉ quản trị hệ thống được quản lý tài khoản.")
    if other is not None and other.pk == user.pk:
        return denied("Không thể tự khóa tài khoản của chính mình.")
    return ALLOWED


def may_install(user: User) -> Decision:
    """System administrators keep the directory of agencies, units and channels."""
    if Role.SYSTEM_ADMIN not in user.standing().roles:
        return denied("Chỉ quản trị hệ thống được cài danh bạ cơ quan, đơn vị và kênh.")
    return ALLOWED
