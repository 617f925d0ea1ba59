"""Roles are code: what each may do is reviewed in a diff, not edited in a table."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A person's part in an agency; a membership gives exactly one."""

    SYSTEM_ADMIN = "system_admin"
    HOME_AFFAIRS = "home_affairs"
    AGENCY_OFFICE = "agency_office"
    UNIT_HEAD = "unit_head"
    OFFICER = "officer"
    CHANNEL_EDITOR = "channel_editor"
    LEADER = "leader"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role's name on screen."""
        return _LABELS[self]


_LABELS = {
    Role.SYSTEM_ADMIN: "Quản trị hệ thống",
    Role.HOME_AFFAIRS: "Sở Nội vụ (tổng hợp toàn tỉnh)",
    Role.AGENCY_OFFICE: "Văn phòng cơ quan",
    Role.UNIT_HEAD: "Trưởng đơn vị",
    Role.OFFICER: "Chuyên viên",
    Role.CHANNEL_EDITOR: "Biên tập viên kênh",
    Role.LEADER: "Lãnh đạo cơ quan",
    Role.AUDITOR: "Thanh tra, kiểm tra",
}

# Roles whose sight is the whole province when their agency stands for the province.
PROVINCE_READERS = frozenset({Role.HOME_AFFAIRS, Role.LEADER, Role.AUDITOR})
# Roles that read the audit trail of what they oversee.
TRAIL_READERS = frozenset({Role.HOME_AFFAIRS, Role.AGENCY_OFFICE, Role.AUDITOR})
# Roles that enter and send activities of their agency.
WRITERS = frozenset({Role.AGENCY_OFFICE, Role.UNIT_HEAD, Role.OFFICER})
# Roles that read their whole agency, drafts included.
AGENCY_READERS = frozenset(
    {
        Role.HOME_AFFAIRS,
        Role.AGENCY_OFFICE,
        Role.UNIT_HEAD,
        Role.OFFICER,
        Role.CHANNEL_EDITOR,
        Role.LEADER,
        Role.AUDITOR,
    }
)
