"""A year of results as a large workbook: 20,000 rows, every title and address different."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import cycle, islice
from typing import Any

import openpyxl

from outreach.results_sheet.columns import HEADINGS
from outreach.results_sheet.names import Names, kinds
from outreach.results_sheet.reading import Directory
from plans.annex_sheet import KnownName

ROWS = 20_000
UNITS = tuple(f"Phòng Chuyên môn số {number}" for number in range(1, 13))
CHANNELS = ("Cổng thông tin điện tử tỉnh", "Chuyên trang cải cách hành chính", "Kênh Zalo")
_KINDS = ("Tin", "Bài viết", "Phóng sự", "Video")
_FIRST = date(2024, 1, 2)


@cache
def workbook(rows: int = ROWS) -> bytes:
    """As an office keeps it: a title above, days as days."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Kết quả")
    sheet.append(["KẾT QUẢ TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH NĂM 2024"])
    sheet.append([])
    sheet.append(HEADINGS)
    for row in islice(_rows(), rows):
        sheet.append(row)
    told = BytesIO()
    book.save(told)
    return told.getvalue()


def directory() -> Directory:
    """The names that the workbook uses."""
    units = [KnownName(f"P{at}", (name,)) for at, name in enumerate(UNITS)]
    channels = [KnownName(f"K{at}", (name,)) for at, name in enumerate(CHANNELS)]
    return Directory(
        "Sở Thử nghiệm",
        Names.of(units, {}, is_unit=True),
        Names.of(kinds(), {}),
        Names.of(channels, {}),
    )


def _rows() -> Iterator[list[Any]]:
    names = zip(cycle(UNITS), cycle(_KINDS), cycle(CHANNELS), strict=False)
    for number, (unit, kind, channel) in enumerate(names, start=1):
        sent = _FIRST + timedelta(days=number % 300)
        days = [sent, sent + timedelta(days=2), sent + timedelta(days=3)]
        title = f"Kết quả giải quyết thủ tục hành chính, chuyển đổi số, tin số {number}"
        url = f"https://soctrang.gov.vn/tin-bai/cai-cach-hanh-chinh/{number}"
        yield [None, unit, kind, title, channel, None, *days, url, None]
