"""The frame around every page: who is signed in and where they may go."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
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
class NavGroup:
    """Entries under one heading; the first group has none. ``opened``: it is not folded away."""

    label: str
    items: tuple[NavItem, ...]
    opened: bool


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


def _nav(path: str, user: User) -> list[NavGroup]:
    waiting = todo.count(user, clock.today())
    entries = [
        (group, name, label, icon, reverse(name))
        for group, shown, name, label, icon in _entries(user.standing())
        if shown
    ]
    here = max((url for *_, url in entries if path.startswith(url)), key=len, default="")
    few = len(entries) <= _FEW
    items = [
        (group, NavItem(label, url, icon, url == here, waiting if name == _TODO else 0))
        for group, name, label, icon, url in entries
    ]
    return [
        _group(label, tuple(item for _, item in rows), few=few)
        for label, rows in groupby(items, key=lambda row: row[0])
    ]


def _group(label: str, items: tuple[NavItem, ...], *, few: bool) -> NavGroup:
    opened = few or label != _RARE or any(item.active for item in items)
    return NavGroup(label, items, opened)


_TODO = "outreach:todo"
_DAILY, _WORK, _PLANS, _REPORTS, _RARE = "", "Tuyên truyền", "Kế hoạch", "Báo cáo", "Quản trị"
# So many entries are taken in at a glance; of more, what is rarely needed is folded away.
_FEW = 10


def _entries(standing: Standing) -> list[tuple[str, bool, str, str, str]]:
    """Group, whether this person has it, page, label, icon; groups stand together."""
    reads = standing.holds(AGENCY_READERS)
    oversees = bool(standing.overseen_province_ids)
    several = len(standing.overseen_province_ids) > 1
    works = bool(standing.units_as(Role.UNIT_HEAD, Role.OFFICER, Role.AGENCY_OFFICE))
    office, home = standing.holds({Role.AGENCY_OFFICE}), standing.holds({Role.HOME_AFFAIRS})
    clears = standing.holds({Role.UNIT_HEAD, Role.AGENCY_OFFICE})
    edits = bool(standing.edited_agency_ids)
    scored = oversees or standing.holds({Role.AGENCY_OFFICE, Role.LEADER, Role.AUDITOR})
    admin = standing.holds({Role.SYSTEM_ADMIN})
    return [
        (_DAILY, True, _TODO, "Việc cần làm", "house"),
        (_DAILY, works, "reporting:unit-owes", "Việc của đơn vị", "list-check"),
        (_DAILY, oversees, "reporting:province-matrix", "Theo dõi toàn tỉnh", "grid-3x3-gap"),
        (_DAILY, several, "reporting:nation", "Theo dõi toàn quốc", "buildings"),
        (_DAILY, reads, "reporting:agency-matrix", "Theo dõi cơ quan", "table"),
        (_DAILY, reads, "outreach:calendar", "Lịch", "calendar3"),
        (_WORK, reads, "outreach:activity-list", "Tin, bài, hoạt động", "newspaper"),
        (_WORK, standing.holds(WRITERS), "outreach:activity-add", "Nhập mới", "plus-lg"),
        (_WORK, office, "outreach:results-import", "Nhập từ tệp", "upload"),
        (_WORK, clears, "outreach:clearance-queue", "Duyệt nội bộ", "shield-check"),
        (_WORK, edits, "outreach:review-queue", "Chờ duyệt, đăng", "inbox"),
        (
            _WORK,
            office or home,
            "outreach:explanation-list",
            "Giải trình chờ xem xét",
            "chat-left-text",
        ),
        (_PLANS, True, "plans:plan-list", "Kế hoạch", "journal-text"),
        (_PLANS, office or home, "plans:register-list", "Sổ văn bản", "link-45deg"),
        (_PLANS, home, "plans:channel-list", "Kênh tuyên truyền", "megaphone"),
        (_REPORTS, reads, "reporting:report-list", "Báo cáo định kỳ", "calendar-check"),
        (_REPORTS, scored, "reporting:score-list", "Chấm điểm", "check-circle"),
        (_REPORTS, oversees, "reporting:run-list", "Báo cáo tổng hợp", "file-earmark-text"),
        (_RARE, office, "agencies:unit-list", "Đơn vị", "diagram-3"),
        (_RARE, admin, "agencies:user-list", "Tài khoản", "people"),
        (_RARE, admin, "agencies:calendar-day-list", "Ngày nghỉ", "calendar3"),
        (
            _RARE,
            standing.holds(TRAIL_READERS),
            "agencies:audit-list",
            "Nhật ký thao tác",
            "clock-history",
        ),
    ]
