"""Who may manage accounts, and why not."""

from __future__ import annotations

from agencies.models import Agency, Province, Unit, User
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


def may_keep_units(user: User, agency: Agency) -> Decision:
    """The agency's own office says which units there are."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return denied(f"Chỉ Văn phòng của {agency.name} được ghi đơn vị của cơ quan này.")
    return ALLOWED


def may_switch_clearance(user: User, agency: Agency) -> Decision:
    """The agency's own office says whether its unit heads clear before anything is sent."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return denied(f"Chỉ Văn phòng của {agency.name} được bật, tắt duyệt nội bộ.")
    return ALLOWED


def may_end_unit(user: User, unit: Unit) -> Decision:
    """A unit ends once; its day is put right by correcting the unit."""
    decision = may_keep_units(user, unit.agency)
    if decision and unit.until is not None:
        return denied(
            f"{unit.name} đã có ngày kết thúc {unit.until:%d/%m/%Y}; "
            "muốn đổi ngày hoặc mở lại thì sửa đơn vị."
        )
    return decision


def may_keep_calendar(user: User, province: Province) -> Decision:
    """Home Affairs and the system's administrators say when a province's offices are closed."""
    keepers = (Role.HOME_AFFAIRS, Role.SYSTEM_ADMIN)
    posts = user.standing().posts
    if not any(post.role in keepers and post.province_id == province.pk for post in posts):
        return denied(
            f"Chỉ Sở Nội vụ và quản trị hệ thống của {province.name} được ghi ngày nghỉ, "
            "ngày làm bù."
        )
    return ALLOWED
