"""Who may have an address of their own calendar, and why not."""

from __future__ import annotations

from agencies.models import User
from agencies.roles import AGENCY_READERS
from cchc.lib.decisions import ALLOWED, Decision, denied
from outreach.models import CalendarFeed


def may_make_feed(user: User) -> Decision:
    """Whoever has a calendar to look at."""
    if not user.standing().holds(AGENCY_READERS):
        return denied("Tài khoản của anh/chị không có lịch tuyên truyền để đưa ra lịch cá nhân.")
    return ALLOWED


def may_revoke_feed(user: User, feed: CalendarFeed) -> Decision:
    """One's own, once."""
    if feed.user_id != user.pk:
        return denied("Chỉ chủ của lịch cá nhân được thu hồi địa chỉ của lịch đó.")
    if feed.revoked_on is not None:
        return denied("Địa chỉ lịch này đã được thu hồi trước đó.")
    return ALLOWED
