"""The columns of the export of activities: what each kind says of itself."""

from __future__ import annotations

from cchc.lib import clock
from cchc.lib.tables import Column, Kind, Value
from outreach.kinds import Kind as ActivityKind
from outreach.models import Activity

COLUMNS = (
    Column("number", "Số", Kind.INTEGER, 9),
    Column("agency", "Cơ quan", Kind.TEXT, 22),
    Column("unit", "Đơn vị", Kind.TEXT, 24),
    Column("joint", "Đơn vị cùng thực hiện", Kind.TEXT, 24),
    Column("kind", "Loại", Kind.TEXT, 18),
    Column("title", "Tiêu đề", Kind.TEXT, 60),
    Column("author_name", "Tác giả", Kind.TEXT, 20),
    Column("held_on", "Ngày thực hiện", Kind.DATE, 14),
    Column("venue", "Địa điểm", Kind.TEXT, 24),
    Column("attendance", "Số người dự", Kind.INTEGER, 12),
    Column("reach", "Lượt tiếp cận", Kind.INTEGER, 12),
    Column("quantity", "Số lượng", Kind.INTEGER, 12),
    Column("document_number", "Số, ký hiệu văn bản", Kind.TEXT, 20),
    Column("document_on", "Ngày văn bản", Kind.DATE, 14),
    Column("entered_on", "Ngày nhập", Kind.DATE, 14),
)


def row(activity: Activity) -> tuple[Value, ...]:
    """The cells of an activity; reads ``agency``, ``unit`` and ``joint_units``."""
    return (
        activity.pk,
        activity.agency.short_name,
        activity.unit.name if activity.unit else "",
        "; ".join(unit.name for unit in activity.joint_units.all()),
        ActivityKind(activity.kind).label,
        activity.title,
        activity.author_name,
        activity.held_on,
        activity.venue,
        activity.attendance,
        activity.reach,
        activity.quantity,
        activity.document_number,
        activity.document_on,
        clock.day_of(activity.entered_at),
    )
