"""The frame around every page: who is signed in and where they may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from agencies.models import Membership, User
from agencies.roles import AGENCY_READERS, TRAIL_READERS, WRITERS, Role
from agencies.standing import Standing
from cchc.lib import clock
from outreach import todo
from outreach.models import Digest


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation; ``count`` is what waits for the person there."""

    label: str
    url: str
    icon: str
    active: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is signed in, in which part and where."""

    name: str
    role_label: str
    agency_name: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """``nav``, ``identity`` and ``bell`` for base.html; all empty for a stranger."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"nav": [], "identity": None}
    return {
        # Asked of the database where the frame is shown: parts of pages do not.
        "nav": SimpleLazyObject(lambda: _nav(request.path, user)),
        "identity": SimpleLazyObject(lambda: _identity(user)),
        "bell": SimpleLazyObject(lambda: Digest.objects.visible_to(user).unread().count()),
    }


def _identity(user: User) -> Identity:
    first = (
        Membership.objects.filter(user=user)
        .current(clock.today())
        .select_related("agency", "unit")
        .order_by("id")
        .first()
    )
    if first is None:
        return Identity(str(user), "Chưa được phân công", "")
    place = f"{first.unit} · {first.agency}" if first.unit else str(first.agency)
    return Identity(str(user), Role(first.role).label, place)


def _nav(path: str, user: User) -> list[NavItem]:
    standing = user.standing()
    waiting = todo.count(user, clock.today())
    entries = [(name, label, icon, reverse(name)) for name, label, icon in _entries(standing)]
    here = max((url for *_, url in entries if path.startswith(url)), key=len, default="")
    return [
        NavItem(label, url, icon, url == here, waiting if name == _TODO else 0)
        for name, label, icon, url in entries
    ]


_TODO = "outreach:todo"


def _entries(standing: Standing) -> list[tuple[str, str, str]]:
    entries: list[tuple[bool, tuple[str, str, str]]] = [
        (True, (_TODO, "Việc cần làm", "house")),
        (
            bool(standing.overseen_province_ids),
            ("reporting:province-matrix", "Theo dõi toàn tỉnh", "grid-3x3-gap"),
        ),
        (
            standing.holds(AGENCY_READERS),
            ("reporting:agency-matrix", "Theo dõi cơ quan", "table"),
        ),
        (
            bool(standing.units_as(Role.UNIT_HEAD, Role.OFFICER, Role.AGENCY_OFFICE)),
            ("reporting:unit-owes", "Việc của đơn vị", "list-check"),
        ),
        (
            standing.holds(AGENCY_READERS),
            ("outreach:activity-list", "Tin, bài, hoạt động", "newspaper"),
        ),
        (standing.holds(AGENCY_READERS), ("outreach:calendar", "Lịch", "calendar3")),
        (standing.holds(WRITERS), ("outreach:activity-add", "Nhập mới", "plus-lg")),
        (
            standing.holds({Role.AGENCY_OFFICE}),
            ("outreach:results-import", "Nhập từ tệp", "upload"),
        ),
        (
            standing.holds({Role.UNIT_HEAD, Role.AGENCY_OFFICE}),
            ("outreach:clearance-queue", "Duyệt nội bộ", "shield-check"),
        ),
        (bool(standing.edited_agency_ids), ("outreach:review-queue", "Chờ duyệt, đăng", "inbox")),
        (
            standing.holds({Role.AGENCY_OFFICE, Role.HOME_AFFAIRS}),
            ("outreach:explanation-list", "Giải trình chờ xem xét", "chat-left-text"),
        ),
        (True, ("plans:plan-list", "Kế hoạch", "journal-text")),
        (
            standing.holds({Role.AGENCY_OFFICE, Role.HOME_AFFAIRS}),
            ("plans:register-list", "Sổ văn bản", "link-45deg"),
        ),
        (
            standing.holds({Role.HOME_AFFAIRS}),
            ("plans:channel-list", "Kênh tuyên truyền", "megaphone"),
        ),
        (standing.holds({Role.AGENCY_OFFICE}), ("agencies:unit-list", "Đơn vị", "diagram-3")),
        (
            standing.holds(AGENCY_READERS),
            ("reporting:report-list", "Báo cáo định kỳ", "calendar-check"),
        ),
        (
            bool(standing.overseen_province_ids),
            ("reporting:run-list", "Báo cáo tổng hợp", "file-earmark-text"),
        ),
        (
            standing.holds(TRAIL_READERS),
            ("agencies:audit-list", "Nhật ký thao tác", "clock-history"),
        ),
        (standing.holds({Role.SYSTEM_ADMIN}), ("agencies:user-list", "Tài khoản", "people")),
        (
            standing.holds({Role.SYSTEM_ADMIN}),
            ("agencies:calendar-day-list", "Ngày nghỉ", "calendar3"),
        ),
    ]
    return [entry for shown, entry in entries if shown]
