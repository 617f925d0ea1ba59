"""The tables of an import of results: faults, notices, the first rows, and the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from agencies.models import Agency, Unit
from cchc.lib.spreadsheets import Entry, Sheet
from cchc.lib.tables import Cell, Column, Kind, Row, Table
from outreach.kinds import Kind as ActivityKind
from outreach.results_findings import SHOWN_FAULTS, Findings
from outreach.results_sheet.columns import COLUMNS, DIRECTORY, GUIDE, TABLE_HINTS
from outreach.results_sheet.lines import EXAMPLE
from plans.annex_books import fault_sheets, fault_table
from plans.models import Channel

SHEET = "Kết quả"
_EMPTY_ROWS = 300
_LISTS = {"unit": "DON_VI", "kind": "LOAI", "channel": "KENH"}
_PREVIEW = (
    Column("stt", "Dòng", Kind.TEXT, 6),
    Column("title", "Tiêu đề", Kind.TEXT, 34),
    Column("what", "Việc", Kind.TEXT, 8),
    Column("unit", "Đơn vị", Kind.TEXT, 18),
    Column("kind", "Loại", Kind.TEXT, 14),
    Column("channel", "Kênh", Kind.TEXT, 18),
    Column("state", "Sau khi nhập", Kind.TEXT, 14),
    Column("day", "Ngày", Kind.TEXT, 10),
)
_GUIDE = (
    (
        "Mỗi dòng",
        "Một lượt: một tin, bài hoặc hoạt động trên một kênh. Cùng nội dung trên hai kênh thì ghi "
        "hai dòng giống nhau, khác cột Kênh; chương trình nhập thành một hoạt động.",
    ),
    (
        "Trạng thái",
        "Không có ngày nào: nháp. Có ngày gửi: đã gửi, chờ duyệt. Có ngày duyệt: đã duyệt. "
        "Có ngày đăng: đã đăng.",
    ),
    (
        "Kênh do cơ quan khác duyệt",
        "Ngày duyệt, ngày đăng chưa được ghi nhận thì lượt được nhập là chờ duyệt, kèm các ngày "
        "đó để biên tập viên của kênh xem.",
    ),
    (
        "Ô trống",
        "Không làm thay đổi điều đã ghi. Nhập lại cùng một tệp thì không có gì thay đổi.",
    ),
    (
        "Văn bản",
        "Ghi số, ký hiệu và ngày trong tiêu đề: Kế hoạch số 15/KH-STTTT ngày 05/02/2024 …; "
        "hoặc thêm hai cột Số, ký hiệu và Ngày văn bản.",
    ),
    (
        "Trước khi nhập",
        "Chương trình kiểm tra cả tệp, chưa ghi gì, và báo một lần tất cả các lỗi. Chỉ khi không "
        "còn lỗi mới nhập, nhập trọn vẹn cả tệp.",
    ),
)


def faults_table(findings: Findings) -> Table:
    """The first faults, for the page."""
    shown = findings.faults[:SHOWN_FAULTS]
    rest = findings.fault_count - len(shown)
    note = f"{len(shown)} lỗi đầu; còn {rest} lỗi nữa, tải tệp lỗi để xem thêm." if rest else ""
    return fault_table(shown, "Lỗi phải sửa", note)


def notices_table(findings: Findings) -> Table:
    """What a person should look at; it stops nothing."""
    return fault_table(findings.notices, "Cần xem lại, không cản việc nhập", key="notices")


def preview_table(findings: Findings) -> Table:
    """The first rows as they would come in."""
    rest = findings.new + findings.changed - len(findings.shown)
    clock = f"{len(findings.shown)} dòng đầu; còn {rest} dòng nữa." if rest > 0 else ""
    rows = tuple(
        _row((one.row, one.title, one.what, one.unit, one.kind, one.channel, one.state, one.day))
        for one in findings.shown
    )
    return Table("preview", "Xem trước", clock, _PREVIEW, rows)


def faults_book(agency: Agency, name: str, findings: Findings) -> list[Sheet]:
    """The faults line by line, and the same by kind; how many more there are."""
    rest = findings.fault_count - len(findings.faults)
    more = (f"Còn {rest} lỗi nữa không liệt kê ở đây.",) if rest else ()
    return fault_sheets(findings.faults, (agency.name, f"Tệp: {name}", *more))


def template_book(
    agency: Agency, units: Sequence[Unit], channels: Sequence[Channel]
) -> list[Sheet]:
    """A sheet to fill in, how to, and the names that it may use."""
    example = (
        EXAMPLE,
        units[0].name if units else agency.short_name,
        ActivityKind.NEWS.label,
        "Sở triển khai dịch vụ công trực tuyến toàn trình",
        channels[0].name if channels else "Cổng thông tin điện tử",
        *("", "05/03/2024", "06/03/2024", "07/03/2024"),
        *("https://soctrang.gov.vn/tin/123", ""),
    )
    columns = tuple(
        Column("stt" if one.key == "code" else one.key, one.title, Kind.TEXT, one.width)
        for one in COLUMNS
    )
    table = Table(
        "results",
        "KẾT QUẢ TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH",
        f"{agency.short_name}. Cách ghi xem trang “{GUIDE}”; tên ghi như trang “{DIRECTORY}”.",
        columns,
        (Row(tuple(Cell(text, tone="not_due") for text in example)),),
    )
    hints = {
        "stt" if one.key == "code" else one.key: (one.title, TABLE_HINTS[one.key])
        for one in COLUMNS
    }
    entry = Entry(_EMPTY_ROWS, _LISTS, hints)
    guide = Table(
        "guide",
        "CÁCH GHI KẾT QUẢ ĐỂ NHẬP VÀO CHƯƠNG TRÌNH",
        "",
        (Column("part", "Mục", Kind.TEXT, 18), Column("how", "Cách ghi", Kind.TEXT, 70)),
        tuple(
            _row(pair)
            for pair in (*((one.title, TABLE_HINTS[one.key]) for one in COLUMNS), *_GUIDE)
        ),
    )
    return [
        Sheet(SHEET, table, entry=entry, plain=True),
        Sheet(GUIDE, guide, plain=True),
        Sheet(DIRECTORY, _directory(agency, units, channels), lists=_LISTS, plain=True),
    ]


def _directory(agency: Agency, units: Sequence[Unit], channels: Sequence[Channel]) -> Table:
    columns = (
        Column("unit", f"Đơn vị của {agency.short_name}", Kind.TEXT, 34),
        Column("kind", "Loại", Kind.TEXT, 30),
        Column("channel", "Kênh", Kind.TEXT, 40),
    )
    listed = zip_longest(
        (*(unit.name for unit in units), agency.short_name),
        (kind.label for kind in ActivityKind),
        (channel.name for channel in channels),
        fillvalue="",
    )
    note = f"Ghi “{agency.short_name}” ở cột Đơn vị khi kết quả là của cả cơ quan."
    return Table("directory", "DANH MỤC", note, columns, tuple(map(_row, listed)))


def _row(texts: Iterable[str]) -> Row:
    return Row(tuple(Cell(text) for text in texts))
