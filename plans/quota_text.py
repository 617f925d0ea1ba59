"""Quotas as plans word them: "Mỗi quý có ít nhất 01 tin, bài … được duyệt đăng …".

    quota := floor? number ("-" number)? noun … ; "mỗi" period | "/" period ; moment ; channel

The four may stand in any order, so each is looked for by its own production. What comes out is a
proposal that a person confirms before anything is owed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cchc.lib.text import squeeze
from plans.periods import PeriodKind

AT_LEAST, AT_MOST, EXACTLY, RANGE = ">=", "<=", "=", "range"
SENT, APPROVED, HELD = "sent", "approved_published", "held"


@dataclass(frozen=True)
class QuotaProposal:
    """What a text asks for: so many of a unit, in each period, on a channel.

    ``op`` is ">=", "=", "<=" or "range"; of a range ``count`` is the lower bound. ``per`` is
    "week", "month", "quarter", "half", "year" or None; ``counts_when`` "approved_published",
    "sent", "held" or None when the text does not say. ``wording`` is the piece of the text that
    says so.
    """

    op: str
    count: int
    low: int | None
    high: int | None
    per: str | None
    unit: str
    channel: str | None
    counts_when: str | None
    wording: str = ""


_WORD_NUMBERS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
_NUMBER = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9}|"
    + "|".join(sorted(_WORD_NUMBERS, key=len, reverse=True))
    + r")(?!\w)"
)
_PRESS = (
    r"tin|bài|phóng sự|tác phẩm|ảnh|infographic|video|clip|phim|bản tin|chuyên trang|podcast|"
    r"tiểu phẩm|thông điệp|tuyến bài|loạt bài"
)
_MEETING = (
    r"hội nghị|hội thảo|hội thi|cuộc|lớp|buổi|đợt|tọa đàm|toạ đàm|đối thoại|chuyên mục|"
    r"chuyên đề|chương trình|lượt phát"
)
_OBJECT = (
    r"lần|kỳ|số|mô hình|sáng kiến|tờ|pa-?nô|pano|áp phích|băng|khẩu hiệu|bộ|quyển|cuốn|cuốn sách|"
    r"banner|poster|standee|lượt|ấn phẩm|sản phẩm|bản|câu|phiếu|cẩm nang|mẫu|nội dung|hoạt động|"
    r"đề án|báo cáo"
)
_STOP = (
    r"gửi|được|đăng|duyệt|trên|lên|tại|về|cho|có|mỗi|hằng|hàng|từng|một|trong|nội dung|phát|"
    r"tuyên truyền|và được|tối thiểu|ít nhất|định kỳ|trở lên|theo|của|để|nhằm|ở"
)
_AMOUNT = re.compile(
    # "một số tin, bài" is some, not one.
    rf"(?<![\w/.,])(?!một\s+(?:số|vài|ít)(?!\w))(?P<low>{_NUMBER})(?:\s*(?:-|đến|tới)\s*(?P<high>{_NUMBER}))?\s*"
    rf"(?P<unit>(?P<noun>{_PRESS}|{_MEETING}|{_OBJECT})(?!\w)(?:\s?/\s?(?:{_PRESS})(?!\w))*"
    rf"(?:,?\s+(?!(?:{_STOP})(?!\w)|\d)[^\W\d_]+)*)"
)
_PERIODS = {
    "tuần": PeriodKind.WEEK,
    "tháng": PeriodKind.MONTH,
    "quý": PeriodKind.QUARTER,
    "6 tháng": PeriodKind.HALF,
    "sáu tháng": PeriodKind.HALF,
    "nửa năm": PeriodKind.HALF,
    "năm": PeriodKind.YEAR,
}
_PERIOD = r"(?:0?1\s+)?(?:0(?=6))?(?P<period>6 tháng|sáu tháng|nửa năm|tuần|tháng|quý|năm)(?!\w)"
_PER = (
    re.compile(rf"(?:/|(?<!\w)(?:mỗi|hằng|hàng|từng|định kỳ))\s*{_PERIOD}"),
    # "trong quý III" names one quarter, "trong năm 2024" the plan's own year.
    re.compile(rf"(?<!\w)(?:một|theo|trong|trong một)\s+{_PERIOD}(?!\s+(?:\d\d?|[ivx]+)(?!\w))"),
)
_FLOOR = re.compile(r"ít nhất|tối thiểu|không dưới|không ít hơn|trở lên|>=|≥")
_CEILING = re.compile(r"không quá|tối đa|nhiều nhất|không vượt quá|không hơn|<=|≤")
_HELD = re.compile(rf"(?<!\w)(?:tổ chức|phát sóng|phát thanh|truyền hình|{_MEETING})(?!\w)")
_PUBLISHED = re.compile(r"(?<!\w)(?:duyệt|đăng(?! ký)|đăng tải|xuất bản)(?!\w)")
_SENT = re.compile(r"(?<!\w)(?:gửi|cung cấp|cộng tác)(?!\w)")
_CHANNEL = re.compile(
    r"(?:đăng(?: tải)?|trên|lên|tại|gửi|ở|phát sóng|cho)\s+(?:các\s+)?"
    r"(?P<name>(?:cổng|chuyên trang|trang|báo|đài|kênh|zalo|fanpage|facebook|mạng xã hội|website|"
    r"bản tin|hệ thống)(?!\w)[^,;:/()]*?)(?P<note>\s*\([^)]*\))?"
    r"(?=\s*(?:[,;:/.]|$|"
    r"(?<!\w)(?:nội dung|về|mỗi|hằng|hàng|để|nhằm|ít nhất|tối thiểu|định kỳ)\b))",
    re.IGNORECASE,
)
_SHORT_NAMES = (
    (re.compile(r"thông tin điện tử", re.IGNORECASE), "TTĐT"),
    (re.compile(r"cải cách hành chính", re.IGNORECASE), "CCHC"),
    (re.compile(r"\s+của(?=\s)", re.IGNORECASE), ""),
    (re.compile(r"\((?:trên|qua|tại)\s+", re.IGNORECASE), "("),
)
# "12 bài (mỗi tháng 01 bài)", "trong đó mỗi quý 03 bài": the period is the second amount's.
_DETAIL = re.compile(r"\(|(?<!\w)(?:trong đó|mỗi|hằng|hàng|từng|bình quân|trung bình)(?!\w)")
_AND_MORE = re.compile(rf"(?:,|(?<!\w)và(?!\w))\s*(?={_AMOUNT.pattern})", re.IGNORECASE)
# "01 tin, bài … trên Chuyên trang và 01 trên Cổng": the second amount leaves the noun out.
_ELIDED = re.compile(
    rf"(?P<before>[,;]|(?<!\w)và)\s+(?P<number>{_NUMBER})\s+"
    r"(?=(?:gửi|được|duyệt|đăng|trên|lên|tại)(?!\w))",
    re.IGNORECASE,
)
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


def parse_quota(text: str, *, context: str = "") -> QuotaProposal | None:
    """The first quota that a text words, or None when it counts nothing.

    ``context`` is the row above, whose period and floor hold where the text has none. Without
    either, two defaults complete the proposal:
    - a number of press items or of things to send is a floor (">="): nobody forbids a second
      article; a bare number of anything else is exact ("=");
    - press items that must be approved and published are owed each quarter, the period of the
      reform reports (letter 581/BNV-CCHC), when no period is named.
    """
    plain = _DASHES.sub("-", squeeze(text))
    wording, around = plain.lower(), _DASHES.sub("-", squeeze(context)).lower()
    amount = _AMOUNT.search(wording)
    if amount is None:
        return None
    low = _number(amount["low"])
    high = _number(amount["high"]) if amount["high"] else None
    counts_when = _counts_when(wording)
    is_press = re.fullmatch(_PRESS, amount["noun"]) is not None
    is_for_press = is_press or counts_when in (SENT, APPROVED)
    own = _own(wording, amount)
    per = _per(own) or _per(around)
    # "12 bài được đăng (mỗi tháng 01 bài)" are no 12 a quarter.
    if per is None and is_press and counts_when == APPROVED and own == wording:
        per = PeriodKind.QUARTER
    return QuotaProposal(
        op=RANGE if high else _op(wording, around, is_for_press),
        count=low,
        low=low if high else None,
        high=high,
        per=per.value if per else None,
        unit=_unit(wording, amount),
        channel=_channel(plain),
        counts_when=counts_when,
        wording=plain,
    )


def parse_quotas(text: str, *, context: str = "") -> list[QuotaProposal]:
    """Every quota of a row, split where a further amount begins.

    What stands before the row's first amount holds for all ("Mỗi quý có ít nhất …"), and so does
    the ``context``, the row above; what stands after an amount holds for those before it up to a
    semicolon ("01 phóng sự và 02 bài/quý"). An amount that says neither what is counted nor when
    counts as the one before it.
    """
    first = _AMOUNT.search(squeeze(text).lower())
    if first is None:
        return []
    head = squeeze(text)[: first.start()]
    found = (
        parse_quota(piece, context=f"{head} {after} {context}")
        for group in _spelled_out(text, _unit(squeeze(text).lower(), first)).split(";")
        for piece, after in _pieces(group)
    )
    return list(_carried(quota for quota in found if quota is not None))


def _spelled_out(text: str, unit: str) -> str:
    """The text with the noun in every amount."""
    return _ELIDED.sub(rf"\g<before> \g<number> {unit} ", text)


def _carried(quotas: Iterable[QuotaProposal]) -> Iterator[QuotaProposal]:
    moment: str | None = None
    for quota in quotas:
        moment = quota.counts_when or moment
        yield replace(quota, counts_when=moment)


def _number(word: str) -> int:
    return _WORD_NUMBERS.get(word) or int(word.replace(".", ""))


def _pieces(text: str) -> list[tuple[str, str]]:
    """The amounts of a text with their wording, each with what follows it."""
    marks = list(_AND_MORE.finditer(text))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    return [(text[start:end], text[end:]) for start, end in zip(starts, ends, strict=True)]


def _own(wording: str, amount: re.Match[str]) -> str:
    """The wording without the details that give a further amount its own period."""
    further = _AMOUNT.search(wording, amount.end())
    if further is None:
        return wording
    detail = _DETAIL.search(wording, amount.end(), further.start())
    return wording if detail is None else wording[: detail.start()]


def _per(wording: str) -> PeriodKind | None:
    match = _PER[0].search(wording) or _PER[1].search(wording)
    return _PERIODS[match["period"]] if match else None


def _op(wording: str, around: str, is_for_press: bool) -> str:
    if _CEILING.search(wording):
        return AT_MOST
    return AT_LEAST if _FLOOR.search(wording) or _FLOOR.search(around) or is_for_press else EXACTLY


def _counts_when(wording: str) -> str | None:
    if _PUBLISHED.search(wording):
        return APPROVED
    if _SENT.search(wording):
        return SENT
    return HELD if _HELD.search(wording) else None


def _unit(wording: str, amount: re.Match[str]) -> str:
    """The counted noun; "1 lần/quý gửi tin, bài" counts its tin, bài."""
    if amount["noun"] == "lần":
        items = re.search(rf"(?<!\w)(?:{_PRESS})(?!\w)(?:, [^\W\d_]+)*", wording)
        return items.group() if items else "lần"
    return re.sub(r"\s+(?:và|hoặc)$", "", amount["unit"].strip())


def _channel(plain: str) -> str | None:
    """The channel by its usual short name: "Cổng TTĐT tỉnh (kênh Zalo)"."""
    match = _CHANNEL.search(plain)
    if match is None:
        return None
    name = match["name"] + (match["note"] or "")
    for pattern, short in _SHORT_NAMES:
        name = pattern.sub(short, name)
    return squeeze(name)
