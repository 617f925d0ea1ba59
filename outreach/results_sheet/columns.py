"""The columns of a results sheet, the same in the export and in the import, and its row codes.

Pure. A row of the sheet is one placement: one activity on one channel.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cchc.lib.tables import Column, Kind, Value
from outreach.kinds import Kind as ActivityKind
from outreach.workflow import State

if TYPE_CHECKING:
    from outreach.models import Placement

COLUMNS = (
    Column("code", "Mã", Kind.TEXT, 12),
    Column("unit", "Đơn vị", Kind.TEXT, 22),
    Column("kind", "Loại", Kind.TEXT, 16),
    Column("title", "Tiêu đề", Kind.TEXT, 44),
    Column("channel", "Kênh", Kind.TEXT, 22),
    Column("held_on", "Ngày thực hiện", Kind.DATE, 12),
    Column("sent_on", "Ngày gửi", Kind.DATE, 12),
    Column("decided_on", "Ngày duyệt", Kind.DATE, 12),
    Column("published_on", "Ngày đăng", Kind.DATE, 12),
    Column("url", "Đường dẫn", Kind.TEXT, 34),
    Column("note", "Ghi chú", Kind.TEXT, 20),
)
# What goes into each, for the template's guide and for its cells.
TABLE_HINTS = {
    "code": "Mã do chương trình cấp, có trong tệp đã xuất. Để trống nếu là kết quả mới.",
    "unit": "Chọn trong danh sách hoặc gõ tên đơn vị; tên cơ quan nếu là kết quả của cả cơ quan.",
    "kind": "Chọn trong danh sách: Tin, Bài viết, Phóng sự, Hội nghị …",
    "title": "Tiêu đề tin, bài; tên hội nghị, hội thi; trích yếu văn bản. Không quá 300 ký tự.",
    "channel": "Mỗi dòng một kênh, chọn trong danh sách.",
    "held_on": "Ngày/tháng/năm; bắt buộc với hội nghị, đối thoại, hội thi. Tin, bài để trống.",
    "sent_on": "Ngày gửi đến kênh, như 05/03/2024.",
    "decided_on": "Ngày kênh duyệt; để trống nếu chưa duyệt.",
    "published_on": "Ngày đăng hoặc ngày thực hiện xong; để trống nếu chưa đăng.",
    "url": "Địa chỉ của tin, bài trên kênh trực tuyến: https://…",
    "note": "Lời kèm theo cho người duyệt, nếu cần.",
}
HEADINGS = tuple(column.title for column in COLUMNS)
# The pages beside the table in our template: how to fill it in, and the names that it may use.
SIDE_SHEETS = (GUIDE, DIRECTORY) = ("Hướng dẫn", "Danh mục")

_PREFIX = "TB"
_DIGITS = 6
# Twenty-three letters, none of them like a digit: one wrong or two swapped digits give another.
_CHECKS = "ABCDEFGHJKLMNPQRSTUVWXY"
_LONGEST = 18
# Word processors make longer dashes of ours.
_DASH = "[-\u2010-\u2015\u2212]"
_CODE = re.compile(rf"{_PREFIX}\s*{_DASH}?\s*(\d{{1,{_LONGEST}}})\s*{_DASH}?\s*([A-Z])")
_LIKE = re.compile(rf"{_PREFIX}\s*{_DASH}?\s*[\dOIL]{{3,}}")
# What the days of a row do not tell.
_TOLD = frozenset({State.SUBMITTED, State.RETURNED, State.REFUSED, State.WITHDRAWN})
_APPROVED = frozenset({State.APPROVED, State.PUBLISHED, State.WITHDRAWN})


def code_of(placement_pk: int) -> str:
    """``TB-000123-K``: the number of a placement with a letter that gives a slip away."""
    return f"{_PREFIX}-{placement_pk:0{_DIGITS}d}-{_check(str(placement_pk))}"


def pk_of(code: str) -> int | None:
    """The placement that a code means; None when it is no code or was mistyped."""
    match = _CODE.fullmatch(code.strip().upper())
    if match is None or not match[1].isascii() or _check(match[1]) != match[2]:
        return None
    return int(match[1])


def is_like_code(text: str) -> bool:
    """Whether somebody meant a code of this program, mistyped perhaps."""
    return _LIKE.match(text.strip().upper()) is not None


def row(placement: Placement) -> tuple[Value, ...]:
    """The cells of a placement, in the order of the columns, days as days.

    Reads the placement's ``activity__unit``, ``channel`` and ``agency``: select them for a list.
    """
    activity = placement.activity
    state = State(placement.state)
    return (
        code_of(placement.pk),
        activity.unit.name if activity.unit else placement.agency.short_name,
        ActivityKind(activity.kind).label,
        activity.title,
        placement.channel.name,
        activity.held_on,
        placement.sent_on,
        placement.decided_on if state in _APPROVED else None,
        placement.published_on,
        placement.url,
        state.label if state in _TOLD else "",
    )


def _check(digits: str) -> str:
    weighted = (
        int(digit) * weight for weight, digit in enumerate(reversed(digits.lstrip("0")), start=2)
    )
    return _CHECKS[sum(weighted) % len(_CHECKS)]
