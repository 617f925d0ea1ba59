"""What is wrong with a cell that should hold one address. Pure."""

from __future__ import annotations

import re

from outreach.addresses import fault

_WEB = re.compile(r"https?://", re.IGNORECASE)
_NEXT = re.compile(r"[\s,;|]+(?=https?://)", re.IGNORECASE)
ACCEPTED = "https://soctrang.gov.vn/tin/123"
_OF_THIS_ROW = "đường dẫn trên kênh của dòng này; kênh khác ghi dòng khác"


def link_fault(text: str) -> tuple[str, str]:
    """The problem and what would be accepted; both empty when it is one address."""
    several = len(_NEXT.split(text))
    if several > 1 and _WEB.match(text):
        return f"Ô ghi {several} đường dẫn; mỗi dòng chỉ ghi một.", _OF_THIS_ROW
    problem = fault(text)
    return (_why(text) or problem, ACCEPTED) if problem else ("", "")


def _why(text: str) -> str:
    has_spaces = any(map(str.isspace, text))
    if _WEB.match(text):
        return "Đường dẫn có khoảng trắng hoặc xuống dòng ở giữa." if has_spaces else ""
    if _WEB.search(text):
        return "Ngoài đường dẫn, ô còn có chữ khác."
    is_words = has_spaces or not re.search("[.:]", text)
    return "Ô chỉ có chữ; địa chỉ nằm dưới chữ thì không đọc được." if is_words else ""
