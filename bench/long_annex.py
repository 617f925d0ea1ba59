"""Annexes as long as one likes, as Home Affairs prints them; the same ones at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from cchc.lib.tables import Cell, Column, Kind, Level, Row, Table
from reporting import letterhead as lh

ON = date(2024, 12, 31)
_SAID = (
    "tuyên truyền cải cách hành chính dịch vụ công trực tuyến một cửa liên thông hồ sơ thủ tục "
    "người dân doanh nghiệp chuyển đổi số cấp xã phường thị trấn kết quả đánh giá chỉ số hài lòng"
)
_WORDS = _SAID.split()
_CHANNELS = ("Cổng thông tin điện tử tỉnh", "Báo và Đài PT-TH", "Trang Zalo", "Loa truyền thanh")
COLUMNS = (
    Column("tt", "TT", Kind.INTEGER, 7),
    Column("title", "Tiêu đề", width=34),
    Column("channel", "Kênh", width=17),
    Column("unit", "Đơn vị", width=16),
    Column("sent_on", "Ngày gửi", Kind.DATE, 18),
    Column("decided_on", "Ngày duyệt", Kind.DATE, 18),
    Column("published_on", "Ngày đăng", Kind.DATE, 18),
    Column("views", "Lượt xem", Kind.INTEGER, 10),
    Column("url", "Đường dẫn", width=25),
    Column("counts_for", "Tính cho", width=13),
)


def rows(count: int, *, group: int = 99) -> Iterator[Row]:
    """So many pieces, a heading for each ``group`` of them."""
    dice = random.Random(7)  # noqa: S311
    for number in range(count):
        if number % group == 0:
            yield Row((Cell(f"Ủy ban nhân dân xã số {number // group + 1}"),), Level.GROUP)
        title = " ".join(dice.choices(_WORDS, k=dice.randrange(6, 16))).capitalize()
        sent = ON - timedelta(days=dice.randrange(10, 300))
        yield Row(
            (
                Cell(number + 1),
                Cell(title),
                Cell(dice.choice(_CHANNELS)),
                Cell("Phòng Văn hóa - Xã hội"),
                Cell(sent),
                Cell(sent + timedelta(days=2)),
                Cell(sent + timedelta(days=3)),
                Cell(dice.randrange(5_000)),
                Cell(f"https://soctrang.example.vn/tin-tuc/{number:06d}"),
                Cell(f"{dice.randrange(1, 30)} · Quý {dice.randrange(1, 5)}/2024"),
            )
        )


def document(count: int, *, group: int = 99) -> lh.Document:
    """A report whose second annex has that many rows."""
    attached = lh.attached_line(
        "Báo cáo", lh.number_and_symbol(5, "BC-SNV"), lh.long_date(ON, "month"), "Sở Nội vụ"
    )
    clock = "Số liệu theo ngày đăng, tính đến hết ngày 31/12/2024."
    long = Table(
        "pieces", "Danh mục tin, bài được tính", clock, COLUMNS, tuple(rows(count, group=group))
    )
    short = Table("channels", "Theo kênh", clock, COLUMNS, tuple(rows(20)))
    return lh.Document(
        lh.Letterhead(
            "UBND tỉnh Sóc Trăng", "Sở Nội vụ", lh.document_number(5, "BC-SNV"),
            lh.date_line("Sóc Trăng", ON), "Báo cáo", "Kết quả tuyên truyền CCHC năm 2024",
        ),
        (
            lh.Paragraph("I. KẾT QUẢ", lh.Style.HEADING1),
            lh.Paragraph("Các cơ quan đã chủ động gửi tin, bài. " * 8),
            lh.Paragraph("II. PHƯƠNG HƯỚNG", lh.Style.HEADING1),
            lh.Paragraph("Tiếp tục theo dõi, đôn đốc các cơ quan, đơn vị. " * 8),
        ),
        lh.Signature(("KT. GIÁM ĐỐC",), "Phó Giám đốc", "Nguyễn Thị Phượng"),
        lh.recipient_lines(["UBND tỉnh", "Các sở, ban, ngành"], "VT, CCHC"),
        ON,
        (
            lh.Annex("Phụ lục I", short.title, attached, short),
            lh.Annex("Phụ lục II", long.title, attached, long),
            lh.Annex("Phụ lục III", "Theo kênh, bảng đứng", attached, short, landscape=False),
        ),
        "Lập từ số liệu chốt lúc 10:05 ngày 31/12/2024",
    )  # fmt: skip
