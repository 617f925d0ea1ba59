"""The wording around a time: what is to be done, which a time cell may say but need not."""

from __future__ import annotations

import re

from plans.timing.words import Cursor, Token

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
        "nay sớm âm giêng chạp tết thường liên xuyên suốt cả giai nhiệm vào nửa quá",
    )
)


def is_free(token: Token) -> bool:
    """Whether a token is plain wording, without number, mark or time."""
    return token.value is None and token.text.isalpha() and token.text not in TIME_WORDS


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


def take_purpose(cursor: Cursor) -> bool:
    """Read what follows a time: "để tổng hợp", "gửi Sở Nội vụ"."""
    mark = cursor.at
    cursor.take(",")
    if cursor.take("để", "về", *VERBS):
        _take_free(cursor)
        return True
    cursor.at = mark
    return False


def take_remark(cursor: Cursor) -> bool:
    """Read a bracket that only explains: "(Ngày Chuyển đổi số quốc gia)"."""
    mark = cursor.at
    if cursor.take("("):
        cursor.take("ngày")
        _take_free(cursor)
        if cursor.take(")"):
            return True
    cursor.at = mark
    return False


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
