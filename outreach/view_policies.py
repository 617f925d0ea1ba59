"""Who may keep, share, change and remove a saved view, and why not."""

from __future__ import annotations

from agencies.models import Agency, User
from agencies.roles import AGENCY_READERS
from cchc.lib.decisions import ALLOWED, Decision, denied
from outreach.models import SavedView


def may_save(user: User, agency: Agency | None) -> Decision:
    """For oneself whoever has lists; shared with an agency whose lists one reads."""
    standing = user.standing()
    if not standing.holds(AGENCY_READERS):
        return denied("Tài khoản của anh/chị không có danh sách nào để lưu bộ lọc.")
    if agency is not None and agency.pk not in standing.readable_agency_ids:
        return denied(f"Chỉ người của {agency} mới được chia sẻ bộ lọc trong cơ quan đó.")
    return ALLOWED


def may_change(user: User, view: SavedView) -> Decision:
    """One's own."""
    if view.owner_id != user.pk:
        return denied(f"Chỉ {view.owner}, người đã lưu bộ lọc này, mới được đổi tên hoặc xóa.")
    return ALLOWED
