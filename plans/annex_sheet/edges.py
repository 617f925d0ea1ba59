"""What stands in or below a table without being of it: totals, signatures, who gets a copy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from cchc.lib.cells import Line, Value
from cchc.lib.text import fold
from plans.annex_sheet.wording import code_of, leading_mark, mark_of, text_of

_TOTAL = re.compile(r"(?:tong (?:so|cong)|tong)(?!\w)(?! (?:hop|ket|quat|the|dai|cuc|cong ty)\b).*")
_SUM = re.compile(r"cong(?: (?:nhom|muc|phan|chung|lai)\b.*)?\s*:?(?:\s*\d+.*)?")
_CLOSING = re.compile(
    r"noi nhan\b.*|[(*]*\s*ghi chu\s*[)*]*\s*:.*|"
    r"(?:tm|kt|tl|tuq|t/m|k/t|q)\s*\.\s*\S.*|nguoi (?:lap|tong hop)\b.{0,30}|"
    r"(?:pho )?(?:tong )?(?:giam doc|chu tich|chanh van phong|truong (?:phong|ban))|"
    r"thu truong(?: (?:don vi|co quan))?|xac nhan cua\b.{0,60}|lanh dao (?:don vi|co quan|so)|"
    r"\(?(?:da ky|ky ten|ky,? (?:ghi ro|dong dau)\b.*)\)?|"
    r"[^,]{2,40}, ngay\s*\S{0,6}\s*thang\s*\S{0,6}\s*nam\s*\S{0,6}"
)
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?")
_LONGEST_COLUMN_NUMBER = len("(12)")
_LONGEST_TOTAL = 80
_LONGEST = 160
_MOST_CLOSING = 60


def is_total(own: Mapping[int, str]) -> bool:
    """Whether a line without a number only counts up what stands above it."""
    first = fold(next(iter(own.values())))
    if len(first) > _LONGEST_TOTAL or not (_TOTAL.fullmatch(first) or _SUM.fullmatch(first)):
        return False
    rest = (text for text in list(own.values())[1:] if not text.startswith("#"))
    return all(not re.search(r"[^\W\d_]{2}", text) for text in rest)


def numbers_columns(own: Mapping[int, str]) -> bool:
    """Whether the cells say (1), (2), (3) … or A, B, 1, 2 …: the numbers of the columns."""
    texts = list(own.values())
    if len(texts) < 3 or max(map(len, texts)) > _LONGEST_COLUMN_NUMBER:
        return False
    if not all(map(_COLUMN_NUMBER.fullmatch, texts)):
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return numbers == list(range(1, len(numbers) + 1))


def closing(lines: Sequence[Line], number_at: int) -> int:
    """Where the signature or the list of who gets a copy begins; the end when there is none.

    Below it stands no line with a number of its own.
    """
    found = len(lines)
    for at in range(len(lines) - 1, max(len(lines) - _MOST_CLOSING, 0) - 1, -1):
        texts = list(filter(None, map(text_of, lines[at].values)))
        if is_numbered(lines[at], number_at):
            break
        if any(map(closes, texts)):
            found = at
    return found


def closes(text: str) -> bool:
    """Whether a cell belongs to the signature or to the list of who gets a copy."""
    return len(text) <= _LONGEST and _CLOSING.fullmatch(_one_line(text)) is not None


def _one_line(text: str) -> str:
    return fold(text.partition("\n")[0]).strip(" -*")


def is_numbered(line: Line, number_at: int) -> bool:
    """Whether the cell of that column is, or begins with, the number of a row."""
    value = line.values[number_at]
    return mark_of(code_of(value)) is not None or leading_mark(text_of(value))[0] is not None


def turned_day(value: Value) -> str:
    """What to say of a time that a spreadsheet holds as a day; empty when it does not."""
    if not isinstance(value, date):
        return ""
    if value.day == 1:
        month = f"{value.month}/{value.year}"
        return (
            f"Excel đã đổi ô này thành ngày {text_of(value)}, cũng như khi người nhập ghi "
            f"“{month}”: hãy xác nhận đó là ngày, hay sửa thành “Tháng {month}”."
        )
    return f"Excel đã đổi ô này thành ngày {text_of(value)}: hãy xác nhận đúng ngày và tháng."
