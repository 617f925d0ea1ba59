"""Annexes of twenty thousand rows, as an office might keep them; the same ones at every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from typing import Any

import xlsxwriter

from plans.annex_sheet import KnownName

ROWS = 20_000
REPEATED = 2_000
HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện"]
YEAR = 2024

_UNITS = (
    *("Văn phòng", "Thanh tra", "Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ"),
    *("Phòng Thông tin - Báo chí - Xuất bản", "Phòng Chuyển đổi số", "Phòng Bưu chính, Viễn thông"),
    *("Trung tâm Công nghệ số", "Trung tâm Phục vụ hành chính công", "Phòng Pháp chế"),
)
_AGENCIES = (
    *("Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Sở Y tế", "Sở Công Thương", "Sở Xây dựng"),
    *("Văn phòng UBND tỉnh", "Báo Sóc Trăng", "UBND thành phố Sóc Trăng", "UBND huyện Mỹ Tú"),
)
UNITS = [
    *(KnownName(f"P{number}", (name,)) for number, name in enumerate(_UNITS)),
    *(KnownName(f"S{number}", (name,), is_agency=True) for number, name in enumerate(_AGENCIES)),
]
_VERBS = (
    *("Xây dựng và triển khai", "Tham mưu ban hành", "Rà soát, sửa đổi", "Tổ chức tuyên truyền"),
    *("Tiếp tục thực hiện", "Phối hợp kiểm tra", "Cập nhật, đăng tải", "Tổng kết, đánh giá"),
)
_OBJECTS = (
    *("kế hoạch cải cách hành chính", "quy chế phối hợp giải quyết thủ tục hành chính"),
    *("danh mục dịch vụ công trực tuyến toàn trình", "nội dung về chính quyền số, kinh tế số"),
    *("quy định về vị trí việc làm, cơ cấu ngạch công chức", "chỉ số hài lòng của người dân"),
)
_PLACES = (
    *("tại các xã, phường, thị trấn", "trên địa bàn tỉnh", "trong các cơ quan hành chính"),
    *("đối với doanh nghiệp nhỏ và vừa", "tại Bộ phận Một cửa", "ở các đơn vị sự nghiệp"),
)
_PRODUCTS = ("Kế hoạch", "Báo cáo kết quả", "Quyết định", "Tin, bài", "Hội nghị", "Văn bản góp ý")
_CHANNELS = ("Cổng TTĐT tỉnh", "Chuyên trang CCHC", "Cổng TTĐT của Sở", "Báo Sóc Trăng")

Maker = Callable[[random.Random, int], str]


def repeating(rows: int = ROWS) -> bytes:
    """An annex with about two thousand different texts in each column."""
    return _book(rows, REPEATED)


def all_different(rows: int = ROWS) -> bytes:
    """An annex in which no title, product or list of units stands twice, and few times do."""
    return _book(rows, rows)


def _book(rows: int, different: int) -> bytes:
    chance = random.Random(different)  # noqa: S311 - the same file at every run
    pools = [
        [maker(chance, number) for number in range(different)]
        for maker in (_title, _product, _lead, _others, _time)
    ]
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    wrapped = book.add_format({"text_wrap": True, "border": 1})
    sheet = book.add_worksheet("Phụ lục")
    sheet.merge_range(0, 0, 0, 5, "PHỤ LỤC NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2024", wrapped)
    sheet.write_row(2, 0, HEAD, wrapped)
    for at, row in zip(range(rows), _rows(pools), strict=False):
        for column, value in enumerate(row):
            if value is None:
                sheet.write_blank(3 + at, column, None, wrapped)
            else:
                sheet.write(3 + at, column, value, wrapped)
    book.close()
    return stream.getvalue()


def _rows(pools: list[list[str]]) -> Iterator[list[Any]]:
    """Groups of ten tasks; the fourth has sub-rows 4.1 with a to d, and 4.2."""
    turns = [count() for _ in pools]

    def cells() -> list[str]:
        return [pool[next(turn) % len(pool)] for pool, turn in zip(pools, turns, strict=True)]

    for group in count(1):
        yield [_roman(group), f"Nhóm nhiệm vụ số {group}", *[None] * 4]
        for number in range(1, 11):
            yield [number, *cells()]
            if number == 4:
                yield [4.1, *cells()]
                for letter in "abcd":
                    yield [letter, *cells()]
                yield [4.2, *cells()]


def _roman(number: int) -> str:
    tens, ones = divmod((number - 1) % 39 + 1, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _title(chance: random.Random, number: int) -> str:
    said = f"{chance.choice(_VERBS)} {chance.choice(_OBJECTS)} {chance.choice(_PLACES)}"
    if number % 7 == 0:
        return (
            f"Mỗi quý có ít nhất {number % 5 + 1:02d} tin, bài viết được duyệt đăng trên "
            f"{chance.choice(_CHANNELS)} về {said[0].lower()}{said[1:]} (đợt {number})"
        )
    broken = " \n" if number % 3 == 0 else " "
    return f"{said}{broken}theo Kế hoạch số {number}/KH-UBND"


def _product(chance: random.Random, number: int) -> str:
    first = f"{chance.choice(_PRODUCTS)} số {number}"
    return f"- {first}\n- {chance.choice(_PRODUCTS)}" if number % 2 else first


def _lead(chance: random.Random, number: int) -> str:
    units = chance.sample(_UNITS, number % 3 + 1)
    if number % 5 == 0:
        quarters = zip(("Quý I", "Quý II", "Quý III"), units, strict=False)
        return "\n".join(f"- {unit} ({quarter}, nhóm {number})" for quarter, unit in quarters)
    return f"{', '.join(units)} (bộ phận {number})"


def _others(chance: random.Random, number: int) -> str:
    named = [*chance.sample(_UNITS, 1), *chance.sample(_AGENCIES, number % 4 + 1)]
    return f"{'; '.join(named)} và các đơn vị liên quan đợt {number}"


def _time(chance: random.Random, number: int) -> str:
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    quarter = ("I", "II", "III", "IV")[number % 4]
    return (
        f"Trước ngày {day}/{month}/{YEAR}",
        f"Quý {quarter}/{YEAR}",
        f"Từ ngày {day:02d}/01/{YEAR} đến ngày {28 - day % 20}/{month % 11 + 2:02d}/{YEAR}",
        "Thường xuyên",
        f"- Quý {quarter}/{YEAR}\n- Tháng {month}/{YEAR}",
        f"Chậm nhất ngày {day} hằng tháng",
        f"Hoàn thành trong tháng {month} năm {YEAR}",
        f"Trước ngày {day}/6/{YEAR} và trước ngày {28 - day % 9}/{month}/{YEAR}",
    )[number % 8]
