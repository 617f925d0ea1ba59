"""Times without a date: ongoing work, events, other rules, requests, blanks and vague words."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise

from plans.timing.actions import take_action
from plans.timing.words import BLANK, Cursor, Token, whole


class TimingKind(StrEnum):
    """What sort of time a cell says."""

    WINDOW = "window"
    DEADLINE = "deadline"
    RECURRING = "recurring"
    REPORT_CYCLE = "report_cycle"
    ONGOING = "ongoing"
    EVENT = "event"
    EXTERNAL_RULE = "external_rule"
    ON_REQUEST = "on_request"
    CONDITIONAL = "conditional"
    VAGUE = "vague"
    RELATIVE = "relative"
    PLACEHOLDER = "placeholder"
    MULTI = "multi"
    INVALID = "invalid"
    EMPTY = "empty"


_UNITS_OF_TIME = ("ngày", "tuần", "tháng", "quý", "năm", "hằng", "mỗi")
_ONGOING = (
    "thường xuyên",
    "thường xuyên liên tục",
    "liên tục",
    "hằng ngày",
    "mỗi ngày",
    "quanh năm",
    "xuyên suốt",
    "suốt năm",
    "trong suốt năm",
)
_REQUESTS = ("yêu cầu", "đề nghị", "đột xuất", "phát sinh", "cần", "cần thiết")
_RULES = (
    "theo",
    "đúng theo",
    "đúng quy định",
    "đúng thời gian",
    "đúng thời hạn",
    "đúng tiến độ",
    "đúng hạn",
    "thực hiện theo",
    "quy định tại",
)
_EVENTS = (
    "sau",
    "ngay sau",
    "sau khi",
    "ngay sau khi",
    "ngay",
    "khi",
    "ngay khi",
    "trước",
    "trước khi",
    "trong khi",
    "tại",
    "họp",
    "cuộc họp",
    "hội nghị",
    "kỳ họp",
    "sơ kết",
    "tổng kết",
)
_OCCASIONS = ("nhân dịp", "nhân", "dịp", "chào mừng", "hưởng ứng", "kỷ niệm", "trong dịp")
_YEARLONG = ("năm", "trong năm", "cả năm", "trong cả năm", "trong suốt năm", "suốt năm")
_CONDITIONS = ("nếu có", "( nếu có )", "nếu phát sinh", "( nếu phát sinh )")
_SPANS = ("ngày", "ngày làm việc", "giờ", "giờ làm việc", "tuần", "tháng")
_SINCE = ("kể từ", "tính từ", "sau", "từ", "trước", "tính đến", "kể")


def dateless(tokens: tuple[Token, ...], year: int) -> TimingKind | None:
    """The kind of a time that needs no calendar; None when the words are not such a time."""
    if _is_placeholder(tokens):
        return TimingKind.PLACEHOLDER
    if any(" ".join(token.text for token in tokens) == words for words in _CONDITIONS):
        return TimingKind.CONDITIONAL
    for kind, production in (
        (TimingKind.RELATIVE, _relative),
        (TimingKind.ONGOING, _ongoing),
        (TimingKind.ON_REQUEST, _on_request),
        (TimingKind.EXTERNAL_RULE, _external_rule),
        (TimingKind.EVENT, _event),
    ):
        if whole(tokens, year, production):
            return kind
    return None


def vagueness(tokens: tuple[Token, ...]) -> str:
    """A Vietnamese sentence on why words that nobody understood in full are no time."""
    words = {token.text for token in tokens}
    if words & {"giêng", "chạp", "âm"}:
        return "Thời gian theo âm lịch: hãy ghi ngày, tháng dương lịch."
    if words & {"đầu", "giữa", "cuối", "nửa", "khoảng"}:
        return "Thời gian ước chừng: hãy ghi ngày, tháng hoặc quý cụ thể, ví dụ “trước ngày 20/3”."
    if "định" in words and "kỳ" in words:
        return "Chưa rõ định kỳ bao lâu một lần: hãy ghi hằng tuần, hằng tháng, hằng quý …"
    return (
        "Chưa hiểu hết thời gian này: hãy ghi như “Quý I/2024”, “trước ngày 20/3/2024”, "
        "“chậm nhất ngày 25 hằng tháng” hoặc “Thường xuyên”."
    )


def _is_placeholder(tokens: tuple[Token, ...]) -> bool:
    """Whether a number was left out: "ngày tháng 02", "ngày ……/02/2024"."""
    words = [token.text for token in tokens]
    is_dotted = BLANK in words
    has_time = any(token.value is not None for token in tokens) or bool(
        {"ngày", "tháng", "quý", "năm", "/"} & set(words)
    )
    is_bare = not [word for word in words if word != BLANK]
    has_gap = any(pair == ("ngày", "tháng") for pair in pairwise(words))
    return (is_dotted and (has_time or is_bare)) or (has_gap and words[0] != "hằng")


def _relative(cursor: Cursor) -> bool:
    """Read a span that runs from something else: "trong 02 ngày làm việc"."""
    take_action(cursor)
    if cursor.take("ngày làm việc cuối", "ngày làm việc đầu"):
        return _rest(cursor)
    opening = ""
    while word := cursor.take(
        "trong",
        "trong vòng",
        "vòng",
        "thời hạn",
        "sau",
        "chậm nhất",
        "là",
        "không quá",
        "tối đa",
        "muộn nhất",
        "trước",
        "từ",
        "trong thời hạn",
    ):
        opening = word
    if cursor.number(width=3) is None:
        return False
    cursor.take("-", "đến")
    cursor.number(width=3)
    span = cursor.take(*_SPANS)
    is_since = bool(cursor.take(*_SINCE))
    is_clock = span == "giờ" and opening not in ("trong", "trong vòng", "vòng", "sau")
    is_span = span in ("ngày", "ngày làm việc", "giờ", "giờ làm việc") and not is_clock
    # "báo cáo 6 tháng trước ngày 15/6" names a report and a date.
    is_dated = cursor.peek() == "ngày" or cursor.peek().isdecimal()
    is_long = span in ("tuần", "tháng") and (is_since or opening in ("trong vòng", "vòng"))
    if is_long and is_dated and cursor.peek_back() == "trước":
        return False
    return (is_long or (is_span and bool(opening or is_since))) and _rest(cursor)


def _ongoing(cursor: Cursor) -> bool:
    """Read work without an end: "thường xuyên đăng tải", "trong năm 2024, thường xuyên"."""
    take_action(cursor)
    is_bracketed = False
    if cursor.attempt(_yearlong):
        is_bracketed = bool(cursor.take("("))
        cursor.take(",", "-")
    if not cursor.take(*_ONGOING):
        return False
    if is_bracketed:
        return bool(cursor.take(")")) and cursor.is_done
    while cursor.take(*_ONGOING, ",", "và"):
        pass
    if cursor.attempt(_yearlong):
        return cursor.is_done
    return _rest_without_time(cursor)


def _yearlong(cursor: Cursor) -> bool | None:
    """Read the whole year of the plan: "trong năm", "cả năm 2024"."""
    if not cursor.take(*_YEARLONG):
        return None
    return True if cursor.year_number() in (None, cursor.year) else None


def _on_request(cursor: Cursor) -> bool:
    take_action(cursor)
    if cursor.take("đột xuất"):
        return _rest_without_time(cursor)
    if not cursor.take("theo", "khi", "khi có", "ngay khi có", "khi được", "tùy theo", "khi có sự"):
        return False
    ahead = cursor.tokens[cursor.at : cursor.at + 3]
    words = " ".join(token.text for token in ahead)
    return any(request in words for request in _REQUESTS) and _rest(cursor)


def _external_rule(cursor: Cursor) -> bool:
    """Read a time that another document sets: "theo đúng thời gian quy định"."""
    take_action(cursor)
    if not cursor.take(*_RULES):
        return False
    return cursor.peek() not in ("định", *_UNITS_OF_TIME) and _rest(cursor)


def _event(cursor: Cursor) -> bool:
    """Read a moment that someone must record: "ngay sau khi có kế hoạch", "họp sơ kết".

    The date of an occasion ("nhân dịp kỷ niệm 20/11") names it and is no deadline.
    """
    take_action(cursor)
    if cursor.take(*_OCCASIONS):
        return not cursor.is_done and _rest(cursor)
    if cursor.take("từ ngày", "kể từ ngày", "từ khi", "kể từ khi"):
        return not cursor.is_done and _rest_without_time(cursor)
    opening = cursor.take(*_EVENTS)
    if opening.endswith("khi"):
        return _rest(cursor)
    if opening and cursor.take("mỗi", "từng", "các") and cursor.peek() in _UNITS_OF_TIME:
        return False
    return bool(opening) and _rest_without_time(cursor)


def _rest(cursor: Cursor) -> bool:
    """Read whatever follows; the words that say when have been read."""
    cursor.at = len(cursor.tokens)
    return True


def _rest_without_time(cursor: Cursor) -> bool:
    """Read the rest when it holds no number and no unit of time."""
    ahead = cursor.tokens[cursor.at :]
    if any(token.value is not None or token.text in _UNITS_OF_TIME for token in ahead):
        return False
    return _rest(cursor)
