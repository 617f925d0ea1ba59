"""The wording around a time: what is to be done, which a time cell may say but need not."""

from __future__ import annotations

import re
from itertools import pairwise

from plans.timing.words import BLANK, Cursor, Token

VERBS = (
    "báo cáo",
    "bắt đầu thực hiện",
    "ban hành",
    "cập nhật",
    "công bố",
    "công khai",
    "dự kiến",
    "duy trì",
    "đánh giá",
    "đăng",
    "đăng tải",
    "giao ban",
    "gửi",
    "hoàn tất",
    "hoàn thành",
    "họp giao ban",
    "kiểm tra",
    "kế hoạch",
    "kết thúc",
    "lồng ghép",
    "niêm yết",
    "nộp",
    "phát hành",
    "phát sóng",
    "phê duyệt",
    "rà soát",
    "tham mưu",
    "thời gian",
    "thời gian thực hiện",
    "thời gian hoàn thành",
    "thực hiện",
    "tiếp tục",
    "tiến độ",
    "tổ chức",
    "tổng hợp",
    "triển khai",
    "trình",
    "tuyên truyền",
    "xây dựng",
    "xong",
)
# Words that may carry a time, or turn it around: free wording never swallows them.
TIME_WORDS = frozenset(
    re.findall(
        r"\w+",
        "ngày tuần tháng quý năm kỳ giờ phút thứ hằng mỗi từng lần định trước sau trong từ đến tới "
        "hết hạn chậm muộn trễ nhất đầu giữa cuối khoảng trừ ngoài không khi nếu theo kể vòng đột "
        "nay sớm âm giêng chạp tết thường liên xuyên suốt cả giai nhiệm vào nửa quá đợt "
        "chưa hoãn tạm dừng hoặc gần riêng trở",
    )
)
# Documents have dates of their own, which are nobody's deadline.
DOCUMENTS = (
    "chỉ thị",
    "chương trình",
    "công văn",
    "đề án",
    "hướng dẫn",
    "kế hoạch",
    "kết luận",
    "luật",
    "nghị định",
    "nghị quyết",
    "quy định",
    "quyết định",
    "thông báo",
    "thông tư",
    "văn bản",
)
# Those who carry a document out name it with its date; those who make one say when.
_CARRYING_OUT = (
    "bắt đầu thực hiện",
    "đánh giá",
    "rà soát",
    "thực hiện",
    "tiếp tục",
    "tổng hợp",
    "triển khai",
    "tuyên truyền",
)
# What goes with a day of its own: "Luật có hiệu lực 01/7", "lễ kỷ niệm 20/11".
_NAMING = ("hiệu lực", "kỷ niệm", "chào mừng", "hưởng ứng")
_REPORTS = ("báo cáo", "sơ kết", "tổng kết", "kết quả", "số liệu", "đánh giá")
_TURNS = ("đợt", "lần", "kỳ", "bước", "giai đoạn")
_ROMAN = ("i", "ii", "iii", "iv")
_OCCASIONS = ("nhân", "nhân dịp", "dịp", "chào mừng", "hưởng ứng", "kỷ niệm")
_MARKS = ("trước", "chậm", "muộn", "trễ", "hạn", "ngày", "không", "xong", "vào", "trong")


def is_free(token: Token) -> bool:
    """Whether a token is plain wording, without number, mark or time."""
    return token.value is None and token.text.isalpha() and token.text not in TIME_WORDS


def opens_anew(tokens: tuple[Token, ...]) -> bool:
    """Whether words open a time of their own: "hoàn thành trước 30/6", not a bare "ngày 12/3"."""
    cursor = Cursor(tokens, 0)
    return bool(cursor.take(*VERBS, "đến", "hết", *(set(_MARKS) - {"ngày"})))


def names_report(tokens: tuple[Token, ...]) -> bool:
    """Whether words say for which report a time holds: "trước 20/12 đối với báo cáo năm"."""
    words = " ".join(token.text for token in tokens)
    return "báo cáo" in words or "đối với" in words or words.startswith(("năm (", "năm :"))


def turns_at(tokens: tuple[Token, ...]) -> list[int]:
    """Where "lần 1", "đợt 2" begin; only turns that are numbered."""
    pairs = pairwise(tokens)
    return [
        place
        for place, (token, following) in enumerate(pairs)
        if token.text in ("đợt", "lần") and (following.value or following.text in _ROMAN)
    ]


def take_opening(cursor: Cursor) -> str | None:
    """Read what may stand before a time; returns the mark that must follow it.

    Nothing is read (None) where a document or a year belongs to the wording: "thực hiện Quyết
    định ngày 12/3/2025", "công bố Chỉ số năm 2024".
    """
    take_label(cursor)
    return _take_deed(cursor)


def _take_deed(cursor: Cursor) -> str | None:
    """Read what is done; None where the date after it belongs to a document or a number."""
    mark = cursor.at
    verb = take_action(cursor)
    words = " ".join(token.text for token in cursor.tokens[mark : cursor.at])
    is_closed = not verb or words.endswith(":") or words == verb
    is_made = verb not in _CARRYING_OUT and words.startswith(
        tuple(f"{verb} {d}" for d in DOCUMENTS)
    )
    is_document = not is_made and any(name in words for name in DOCUMENTS)
    ahead = cursor.tokens[cursor.at : cursor.at + 3]
    # "phát hành số 2 tháng 9" counts its issues.
    is_count = (
        len(ahead) == 3
        and ahead[1].text == "tháng"
        and None not in (ahead[0].value, ahead[2].value)
    )
    is_result = "kết quả" in words and verb != "báo cáo" and cursor.peek() not in _MARKS
    is_foreign = (
        cursor.peek() in ("năm", "giai", "nhiệm")
        or is_count
        or is_result
        or (is_document and cursor.peek() == "ngày")
        or any(name in words for name in _NAMING)
    )
    if is_foreign and not is_closed:
        return None
    cursor.take("bắt đầu")
    return ""


def take_named(cursor: Cursor) -> str | None:
    """Read the name of a turn or report: "Lần 1", "Quý I:", "Báo cáo năm", "6 tháng (".

    Returns the mark that must follow the time, ")" after a bracket; None when no name is here.
    """
    is_turn = cursor.attempt(_turn) is not None
    is_report = not is_turn and cursor.peek() == "báo" and cursor.peek(1) == "cáo"
    if not is_turn and not (_opens_name(cursor) and take_name(cursor)):
        return None
    is_numbered = cursor.peek_back() in _ROMAN or cursor.peek_back().isdecimal()
    closing = ""
    if (is_report or is_turn or not is_numbered) and cursor.take("("):
        closing = ")"
    elif not (cursor.take(":") or is_turn or (is_report and cursor.peek() in _MARKS)):
        return None
    return None if _take_deed(cursor) is None else closing


def _opens_name(cursor: Cursor) -> bool:
    """Whether a report or a period comes first: "6 tháng:", but not "chuyển quý I:"."""
    here = Cursor(cursor.tokens[cursor.at :], cursor.year)
    is_report = bool(here.take(*_REPORTS))
    return is_report or bool(here.take("định kỳ")) or here.attempt(_period) is not None


def take_name(cursor: Cursor) -> bool:
    """Read free words and periods that name a report, not a time: "báo cáo 6 tháng đầu năm"."""
    mark = cursor.at
    while True:
        here = cursor.at
        cursor.take("định kỳ")
        _take_free(cursor)
        cursor.attempt(_turn)
        cursor.attempt(_period)
        if cursor.at == here:
            return cursor.at > mark


def _turn(cursor: Cursor) -> str | None:
    """Read "đợt 1", "lần thứ hai", "đợt II"."""
    if not cursor.take(*_TURNS):
        return None
    cursor.take("thứ")
    return _numeral(cursor)


def _numeral(cursor: Cursor) -> str | None:
    name = cursor.take(*_ROMAN)
    return name or (None if cursor.number() is None else "1")


def _period(cursor: Cursor) -> str | None:
    """Read "quý", "quý I", "6 tháng đầu năm", "năm", with no year but the plan's."""
    count = cursor.number()
    unit = cursor.take("tháng") if count else cursor.take("quý", "tháng", "năm", "cả năm")
    if not unit or count not in (None, 3, 6, 9):
        return None
    if count is None and unit in ("quý", "tháng"):
        cursor.attempt(_numeral)
    elif count:
        cursor.take("đầu năm", "cuối năm")
    mark = cursor.at
    cursor.take("/", "năm")
    year = cursor.year_number()
    if year is None:
        cursor.at = mark
    return unit if year in (None, cursor.year) else None


def take_action(cursor: Cursor) -> str:
    """Read "báo cáo UBND tỉnh" or "Kế hoạch:" before a time; returns its verb or ""."""
    verb = cursor.take(*VERBS)
    if verb:
        _take_free(cursor)
        cursor.take(":")
    return verb


def take_label(cursor: Cursor) -> bool:
    """Read free wording that ends with a colon."""
    mark = cursor.at
    _take_free(cursor)
    if cursor.at > mark and cursor.take(":"):
        return True
    cursor.at = mark
    return False


def take_note(cursor: Cursor) -> str | None:
    """Read for which report a day is meant: "(6 tháng)", "đối với báo cáo năm"."""
    if cursor.take("("):
        return ")" if take_name(cursor) and cursor.take(")") else None
    if cursor.take("đối với", "cho", "với"):
        return "," if take_name(cursor) else None
    return None


def take_purpose(cursor: Cursor) -> bool:
    """Read what follows a time: "để tổng hợp", "gửi Sở Nội vụ", ": ban hành kế hoạch"."""
    mark = cursor.at
    if cursor.take(":"):
        if _take_deeds(cursor):
            return True
        cursor.at = mark
    if cursor.attempt(_under_document):
        return True
    cursor.take(",")
    if cursor.take("để", "về", *VERBS):
        _take_free(cursor)
        return True
    cursor.at = mark
    return False


def take_remark(cursor: Cursor) -> bool:
    """Read a bracket that only explains: "(Ngày Chuyển đổi số quốc gia)", "(theo kế hoạch)"."""
    mark = cursor.at
    if cursor.take("("):
        if cursor.take(*_OCCASIONS):
            _take_to_bracket(cursor)
        elif not cursor.attempt(_under_document):
            cursor.take("ngày")
            _take_deeds(cursor)
        if cursor.take(")"):
            return True
    cursor.at = mark
    return False


def _under_document(cursor: Cursor) -> str | None:
    """Read "theo Kế hoạch số 12/KH-UBND ngày 05/01/2025 của UBND tỉnh", whose date is its own."""
    name = cursor.take(*DOCUMENTS) if cursor.take("theo", "theo đúng") else ""
    if not name:
        return None
    _take_free(cursor)
    if cursor.peek() == BLANK or cursor.peek().isdecimal():
        cursor.at += 1
        while cursor.take("/", "-", "&") and cursor.peek().isalnum():
            cursor.at += 1
    if cursor.take("ngày"):
        while cursor.peek() in ("/", ".", "-", "tháng", "năm") or cursor.peek().isdecimal():
            cursor.at += 1
    elif cursor.take("năm") and cursor.year_number() is None:
        return None
    _take_free(cursor)
    return name


def _take_deeds(cursor: Cursor) -> bool:
    """Read free words and how many of them: "ban hành kế hoạch", "02 cuộc"."""
    cursor.number()
    mark = cursor.at
    _take_free(cursor)
    return cursor.at > mark


def _take_to_bracket(cursor: Cursor) -> None:
    while not cursor.is_done and cursor.peek() not in ("(", ")"):
        cursor.at += 1


def _take_free(cursor: Cursor) -> None:
    while not cursor.is_done and (
        is_free(cursor.tokens[cursor.at])
        or (cursor.peek() in (",", "-") and _is_free_ahead(cursor))
    ):
        cursor.at += 1


def _is_free_ahead(cursor: Cursor) -> bool:
    """Whether a comma or dash joins free words rather than times."""
    place = cursor.at + 1
    return place < len(cursor.tokens) and is_free(cursor.tokens[place])
