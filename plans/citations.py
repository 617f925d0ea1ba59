"""Citations: a legal basis as a line of text, read into its parts, and its rank in law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Literal

from cchc.lib.text import fold, squeeze

Role = Literal["basis", "implements", "cited"]
Precision = Literal["day", "month", "year", "none"]

_LAWS = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
TYPES = (
    *_LAWS,
    "Nghị quyết liên tịch",
    "Nghị quyết",
    "Nghị định",
    "Lệnh",
    "Quyết định",
    "Chỉ thị",
    "Quy chế",
    "Quy định",
    "Thông tư liên tịch",
    "Thông tư",
    "Thông báo kết luận",
    "Thông báo",
    "Thông cáo",
    "Hướng dẫn",
    "Chương trình hành động",
    "Chương trình phối hợp",
    "Chương trình",
    "Kế hoạch liên tịch",
    "Kế hoạch phối hợp",
    "Kế hoạch",
    "Phương án",
    "Đề án",
    "Dự án",
    "Báo cáo",
    "Biên bản",
    "Tờ trình",
    "Hợp đồng",
    "Công văn",
    "Công điện",
    "Kết luận",
    "Văn bản hợp nhất",
    "Văn bản",
)
_CANONICAL = {name.casefold(): name for name in TYPES}
_TYPE = rf"(?P<type>(?i:{'|'.join(sorted(TYPES, key=len, reverse=True))}))"
# 30/KH-UBND, 01/2023/QĐ-UBND, 28-CT/TU, 30c/NQ-CP, 77/2015/QH13, /KH-BQL, ……/KH-STTTT.
_PART = r"(?:\d{4}|(?:QH|NQ|UBTVQH|[A-ZĐƯ])[A-Za-zĐđƯư0-9.&]*)"
_SYMBOL = rf"\s*[/‑–-]\s*{_PART}(?:\s?[/‑–-]\s*{_PART})*"
_NUMBERED = rf"(?:\d{{1,5}}[a-zđ]?|[.…_]+)?(?:{_SYMBOL})|\d{{1,5}}[a-zđ]?(?![\w/])|[.…_]{{2,}}"
_MENTION = re.compile(
    rf"(?<!\w){_TYPE}\s+(?:số\s*:?\s*(?P<number>{_NUMBERED})|(?P<bare>\d{{1,5}}[a-zđ]?{_SYMBOL}))"
)
_LAW = re.compile(
    rf"(?P<type>(?i:{'|'.join(_LAWS)}))(?!\s+số\b)\s+(?=\w)"
    rf"(?P<name>(?:(?!\s+ngày\s|\s+số\s*:?\s*[\d/.…])[^;])+)"
    rf"(?:\s+số\s*:?\s*(?P<number>{_NUMBERED}))?"
)
# Who issues, from the highest; each is looked for in the folded name of the issuer.
_BELOW = r"(?! (?:cac |cap )*(?:huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\b)"
_OFFICES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?!)",  # Hiến pháp has none.
        r"^quoc hoi",
        r"uy ban thuong vu quoc hoi|^ubtvqh",
        r"^chu tich nuoc",
        r"^chinh phu",
        r"^thu tuong",
        r"hoi dong tham phan",
        r"^(?:lien )?bo (?!chinh tri|doi|chi huy)|(?:van phong|thanh tra|cua) chinh phu|"
        r"nhan dan toi cao|kiem toan nha nuoc|^ngan hang nha nuoc",
        r"trung uong|^bo chinh tri|^ban bi thu|^dai hoi",
        r"(?:tinh|thanh) uy",
        rf"^(?:hoi dong nhan dan|hdnd){_BELOW}",
        rf"^(?:chu tich )?(?:uy ban nhan dan|ubnd){_BELOW}",
        r"^(?:hoi dong nhan dan|hdnd)",
        r"^(?:chu tich )?(?:uy ban nhan dan|ubnd)",
    )
)
_OTHERS = len(_OFFICES)
# Documents that one office alone issues, and its place above.
_OWN_LEVELS = {
    "hien phap": 0,
    "bo luat": 1,
    "luat": 1,
    "phap lenh": 2,
    "nghi dinh": 4,
    "thong tu": 7,
    "thong tu lien tich": 7,
}
# The kinds of documents of one issuer in their order; others, plans among them, come after.
_KINDS = (
    tuple(_OWN_LEVELS),
    ("nghi quyet", "nghi quyet lien tich", "lenh"),
    ("quyet dinh",),
    ("chi thi",),
)
_LETTERS = ("cong van", "to trinh", "bao cao", "bien ban", "hop dong", "van ban")
_SYMBOLS = {
    "UBTVQH": "Ủy ban thường vụ Quốc hội",
    "QH": "Quốc hội",
    "CTN": "Chủ tịch nước",
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "TW": "Trung ương",
    "TU": "Tỉnh ủy",
    "HĐND": "Hội đồng nhân dân",
    "UBND": "Ủy ban nhân dân",
}
_BLANK = r"[.…_\s]*"
_DAY = re.compile(
    rf"\(?\s*ngày\s*(?P<day>\d{{1,2}}|{_BLANK})\s*(?:[/.-]|tháng)\s*"
    rf"(?P<month>\d{{1,2}}|{_BLANK})\s*(?:[/.-]|năm)\s*(?P<year>\d{{4}})\)?"
)
_MONTH = re.compile(r"tháng\s*(?P<month>\d{1,2})\s*(?:/|năm)\s*(?P<year>\d{4})")
_YEAR = re.compile(r"năm\s*(?P<year>\d{4})")
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"Căn\s+cứ(?:\s+(?:vào|theo))?\b\s*:?\s*", re.IGNORECASE), "basis"),
    (re.compile(r"(?:Triển\s+khai\s+)?(?:Thực\s+hiện|Thi\s+hành)\b\s*:?\s*", re.I), "implements"),
)
_BULLET = re.compile(r"^\s*(?:[-–—•*+·]|\d{1,2}[.)]|[a-zđ]\)|[IVX]+\.)\s+")
_MARKS = re.compile(r"\*+|^#+\s*", re.MULTILINE)
# The small words with which an abstract begins; the name of an office has none of them.
_ABOUT = re.compile(
    r"\s*,?\s(?=(?:[Vv]ề|[Vv]/v|quy định|ban hành|phê duyệt|thực hiện|triển khai|sửa đổi|bổ sung|"
    r"thay thế|bãi bỏ|hướng dẫn|công bố|chấn chỉnh|tăng cường|đẩy mạnh|nâng cao|thành lập|"
    r"kiện toàn|giao|phân công|tổ chức thực hiện|tuyên truyền|một số|giai đoạn|quản lý|"
    r"kiểm tra|cho)[\s,])|\s*[;,()]"
)
_VERB = re.compile(r"^(?:về việc|về|v/v)\s+", re.IGNORECASE)
_AMENDING = re.compile(r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|điều của|kèm theo|thi hành)\s*$")
# "…, Ban Quản lý các khu công nghiệp tỉnh xây dựng kế hoạch … như sau:" ends an opening.
_OPENED = re.compile(r",\s*[A-ZĐ][^,;]*?\s(?:xây dựng|ban hành|triển khai|đề ra)\s.*$")
# "Đề án được Thủ tướng Chính phủ phê duyệt tại Quyết định số …", "theo đề nghị của Giám đốc Sở
# Nội vụ tại Tờ trình số …" name the issuer before the document.
_MAKER = re.compile(
    r"(?:(?:được|do)\s+(?P<maker>\w[^,;.]{3,80}?)\s+(?:phê duyệt|ban hành|quy định|giao)"
    r"\s+(?:kèm theo|tại)"
    r"|(?:chỉ đạo|đề nghị|ý kiến|yêu cầu)\s+của\s+(?P<asker>[^,;.]{3,80}?)\s+tại)\s+$"
)
_FARTHEST_MAKER = 200
_FARTHEST_VERB = 20
_PIECE = re.compile(rf";\s+(?=(?:{'|'.join(TYPES)})\s)")
_SENTENCE = re.compile(r";|(?<=\w)(?<!\bTP)(?<!\bTp)\.\s+(?=[A-ZĐÀ-Ỹ])")


@dataclass(frozen=True)
class Citation:
    """One cited document; what the line leaves blank is "" or None.

    ``on`` is the first day of what ``precision`` says is known. ``reference`` is the number and
    symbol as printed, without spaces; a blank number gives ``/KH-BQL``. A law's name is its
    ``abstract``; elsewhere that is what follows "về", "về việc", with a capital.
    """

    role: Role
    document_type: str
    reference: str
    on: date | None
    precision: Precision
    issuer: str
    abstract: str


@dataclass(frozen=True)
class _Mention:
    """Where a line names a document, and with which words before the date."""

    start: int
    end: int
    document_type: str
    reference: str
    name: str = ""


def parse(line: str) -> Citation:
    """The first document that a line cites; never raises.

    A line that names none gives a citation without a type, all its words in the abstract.
    """
    words = _cleaned(line)
    role, rest = _role_of(words)
    found = list(_citations(rest, role))
    return found[0] if found else Citation(role, "", "", None, "none", "", rest.rstrip(" ;.,:"))


def parse_lines(text: str) -> list[Citation]:
    """Every document that a pasted block cites, in order; each stands once for each mention.

    Wrapped lines are joined; one line may cite several ("Kế hoạch số … và Kế hoạch số …"). A
    line "Căn cứ:" gives its role to the points below it. A line that begins with "Căn cứ" and
    names no known document is kept in an abstract; other text without a document is passed over.
    """
    found: list[Citation] = []
    inherited: Role = "cited"
    for line in _items(text):
        role, rest = _role_of(line)
        if role != "cited" and not rest.strip(" :"):
            inherited = role
            continue
        is_point = bool(_BULLET.match(line))
        inherited = inherited if is_point or role == inherited else "cited"
        own = inherited if role == "cited" else role
        pieces = [rest] if own == "cited" else _PIECE.split(rest)
        cited = [citation for piece in pieces for citation in _citations(piece, own)]
        found += cited or ([parse(line)] if role == "basis" and " này" not in rest else [])
    return found


def rank(document_type: str, issuer: str, reference: str = "") -> int:
    """The place in the order of legal documents: the lower, the higher in law.

    The order is that of Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15, Điều 4 (before
    it số 80/2015/QH13, Điều 4). What is no such document follows those of its issuer: the Party's
    as practice puts them, before the province's; plans after decisions; letters last. Where the
    issuer is not known, the symbol of the ``reference`` may name it (``06-NQ/TU``).
    """
    kind, office = fold(document_type), fold(issuer) or _office_of(reference)
    level = next((at for at, pattern in enumerate(_OFFICES) if pattern.search(office)), _OTHERS)
    if kind in _LETTERS:
        return 10 * (_OTHERS + 1) + level
    place = next((at for at, names in enumerate(_KINDS) if kind in names), len(_KINDS))
    return 10 * _OWN_LEVELS.get(kind, level) + place


def _office_of(reference: str) -> str:
    symbol = re.split(r"[/-]", reference)[-1]
    return next((fold(name) for ends, name in _SYMBOLS.items() if symbol.startswith(ends)), "")


def _cleaned(line: str) -> str:
    return squeeze(_MARKS.sub("", line))


def _role_of(line: str) -> tuple[Role, str]:
    """The role that the first words give, and the words after them."""
    words = _BULLET.sub("", line).strip()
    for pattern, role in _ROLES:
        if match := pattern.match(words):
            return role, words[match.end() :]
    return "cited", words


def _items(text: str) -> Iterator[str]:
    """The points of a block, wrapped lines joined."""
    item = ""
    for line in text.splitlines():
        words = _cleaned(line)
        if not words:
            continue
        if item and _begins(words, item):
            yield item
            item = words
        else:
            is_word = len(item) > 1 and item[-1] == "-" and item[-2].isalnum()
            item = f"{item}{'' if is_word or not item else ' '}{words}"
    if item:
        yield item


def _begins(line: str, before: str) -> bool:
    """Whether a line is a point of its own and does not go on with the words before it."""
    # Lower case "thực hiện" is the verb of an abstract.
    is_role = _role_of(line)[0] != "cited" and not line[0].islower()
    if _BULLET.match(line) or is_role or before.endswith((";", ":", "./.")):
        return True
    is_whole = before.endswith(".") or bool(re.search(r"\b\d{4}$", before[-5:]))
    return is_whole and bool(re.match(_TYPE, line))


def _citations(words: str, role: Role) -> Iterator[Citation]:
    """The documents that a text names, each with the words up to the next one."""
    mentions = _mentions(words)
    sentence = _SENTENCE.search(words)
    ends = [mention.start for mention in mentions[1:]] + [len(words)]
    read = [
        _read(mention, words[mention.end : end], _role_at(mention, sentence, role))
        for mention, end in zip(mentions, ends, strict=False)
    ]
    for citation, following, mention in zip_longest(read, read[1:], mentions):
        issuer = citation.issuer or _maker_of(mention, words)
        if not (issuer or citation.abstract) and _is_shared(citation, following):
            issuer = following.issuer if following else ""
        yield replace(citation, issuer=issuer)


def _role_at(mention: _Mention, sentence: re.Match[str] | None, role: Role) -> Role:
    """The role of a line holds for its first sentence."""
    return role if sentence is None or mention.start < sentence.start() else "cited"


def _is_shared(citation: Citation, following: Citation | None) -> bool:
    """Whether "Quyết định số 28/2011/QĐ-UBND và Quyết định số 01/2018/QĐ-UBND của …" says so."""
    ends = [c.reference.rpartition("-")[2] for c in (citation, following or citation)]
    return following is not None and bool(ends[0]) and ends[0] == ends[1]


def _maker_of(mention: _Mention, words: str) -> str:
    before = words[max(0, mention.start - _FARTHEST_MAKER) : mention.start]
    match = _MAKER.search(before)
    return _capital(match["maker"] or match["asker"]) if match else ""


def _mentions(words: str) -> list[_Mention]:
    found: list[_Mention] = []
    passed = 0  # the end of what was looked at: no word is read twice
    for match in _MENTION.finditer(words):
        start, passed = passed, match.start()
        if found and _is_inside(words[max(start, found[-1].end) : passed]):
            continue
        number = match["number"] or match["bare"] or ""
        found.append(_Mention(match.start(), match.end(), _type_of(match), _reference(number)))
    law = _LAW.match(words)
    if law and not (found and found[0].start == 0):
        name = _OPENED.sub("", law["name"])
        end = law.end() if name == law["name"] else law.start("name") + len(name)
        found = [m for m in found if m.start >= end and not _is_inside(words[end : m.start])]
        number = _reference(law["number"] or "")
        found.insert(0, _Mention(0, end, _type_of(law), number, name.strip(" .,")))
    return found


def _type_of(match: re.Match[str]) -> str:
    return _CANONICAL[match["type"].casefold()]


def _reference(number: str) -> str:
    return re.sub(r"[‑–]", "-", "".join(number.split())).lstrip(".…_").rstrip(".")


def _is_inside(between: str) -> bool:
    """Whether a document is named in the abstract of the one before: "sửa đổi Nghị định số …"."""
    return bool(_AMENDING.search(between[-_FARTHEST_VERB:])) and not _SENTENCE.search(between)


def _read(mention: _Mention, rest: str, role: Role) -> Citation:
    """The citation of a mention from the words behind it."""
    sentence = _SENTENCE.search(rest)
    rest = _OPENED.sub("", rest[: sentence.start()] if sentence else rest)
    on, precision, rest = _dated(rest)
    issuer, rest = _issued(rest)
    if on is None:
        on, precision, rest = _dated(rest)
    abstract = re.sub(r"[\s,]+(?:và|theo|tại|;|,)?\s*$", "", rest).strip(" .,;:")
    abstract = _VERB.sub("", abstract)
    name, named_on = mention.name, on
    if name and named_on is None and (year := re.search(r"\s+năm\s+(\d{4})$", name)):
        on, precision, name = date(int(year[1]), 1, 1), "year", name[: year.start()]
    about = name or _capital(abstract)
    return Citation(role, mention.document_type, mention.reference, on, precision, issuer, about)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dated(rest: str) -> tuple[date | None, Precision, str]:
    """The date at the beginning of a text, how exact it is, and the text after it."""
    words = rest.lstrip(" ,")
    for pattern in (_DAY, _MONTH, _YEAR):
        if match := pattern.match(words):
            parts = {name: value.strip(" .…_") for name, value in match.groupdict().items()}
            return *_day_of(parts), words[match.end() :]
    return None, "none", rest


def _day_of(parts: dict[str, str]) -> tuple[date | None, Precision]:
    """The first day of what is written; nothing for a day that the calendar does not have."""
    year, month, day = (int(parts.get(name) or 0) for name in ("year", "month", "day"))
    precision: Precision = "day" if day and month else "month" if month else "year"
    try:
        on = date(year, month or 1, (day or 1) if month else 1)
    except ValueError:
        return None, "none"
    return on, precision


def _issued(rest: str) -> tuple[str, str]:
    """The office after "của", and the text after it."""
    match = re.match(r"\s*,?\s*của\s+(?=[A-ZĐÀ-Ỹ])", rest)
    if match is None:
        return "", rest
    words = rest[match.end() :]
    protected = words.replace("Bộ trưởng, Chủ nhiệm", "Bộ trưởng\0 Chủ nhiệm")
    stops = [m.start() for m in (_ABOUT.search(protected), re.search(r"\s+ngày\s", protected)) if m]
    end = min(stops, default=len(words))
    issuer = re.sub(r"\s+(?:và|tại|theo)\s*$", "", words[:end]).strip(" .,;:")
    return issuer, words[end:]
