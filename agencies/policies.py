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
