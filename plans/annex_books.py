"""The tables of an import: faults on the page and as a workbook, the preview, and the template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from cchc.lib.spreadsheets import Entry, Sheet
from cchc.lib.tables import Cell, Column, Kind, Level, Row, Table
from plans import annex_guide as guide
from plans.annex_findings import Findings
from plans.annex_sheet import Fault
from plans.annex_sheet.rows import EXAMPLE
from plans.assignable import Assignable
from plans.models import Channel, Plan
from plans.plan_file import TaskFacts
from plans.timing import parse_timing
from plans.timing_choices import summary

_FAULT_COLUMNS = (
    Column("row", "Dòng", Kind.TEXT, 6),
    Column("column", "Cột", Kind.TEXT, 6),
    Column("value", "Giá trị", Kind.TEXT, 30),
    Column("problem", "Sai gì", Kind.TEXT, 34),
    Column("accepted", "Chấp nhận gì", Kind.TEXT, 34),
)
_KIND_COLUMNS = (
    Column("problem", "Loại lỗi", Kind.TEXT, 34),
    Column("count", "Số lỗi", Kind.INTEGER, 8),
    Column("rows", "Các dòng", Kind.TEXT, 24),
    Column("value", "Ví dụ", Kind.TEXT, 24),
    Column("accepted", "Chấp nhận gì", Kind.TEXT, 34),
)
_PREVIEW_COLUMNS = (
    Column("code", "STT", Kind.TEXT, 6),
    Column("title", "Nhiệm vụ", Kind.TEXT, 34),
    Column("products", "Sản phẩm", Kind.TEXT, 16),
    Column("lead", "Chủ trì", Kind.TEXT, 18),
    Column("coordinating", "Phối hợp", Kind.TEXT, 18),
    Column("time", "Thời gian", Kind.TEXT, 16),
    Column("meant", "Hiểu là", Kind.TEXT, 16),
)
_PARTICULAR = re.compile(r"“[^”]*”|\b\d+(?:[./]\d+)*")
_ROWS_NAMED = 40
_EMPTY_ROWS = 200


def fault_table(faults: Sequence[Fault], title: str, clock: str = "", key: str = "faults") -> Table:
    """One line for each fault: where it is, what stands there, what is wrong, what is accepted."""
    rows = ((_place(one), one.column, one.value, one.problem, one.accepted) for one in faults)
    return Table(key, title, clock, _FAULT_COLUMNS, tuple(map(_row, rows)), "Không có lỗi nào.")


def preview_table(findings: Findings, names: Assignable) -> Table:
    """The first tasks as they would come in."""
    shown = findings.first_tasks
    rest = findings.count - len(shown)
    clock = f"{len(shown)} nhiệm vụ đầu; còn {rest} nhiệm vụ nữa." if rest else ""
    rows = tuple(_preview_rows(shown, names, findings.year))
    return Table("preview", "Xem trước phụ lục", clock, _PREVIEW_COLUMNS, rows)


def faults_book(plan: Plan, name: str, faults: Sequence[Fault]) -> list[Sheet]:
    """Every fault line by line, and the same by kind, the most frequent first."""
    return fault_sheets(faults, (plan.agency.name, f"Tệp: {name}"))


def fault_sheets(faults: Sequence[Fault], preamble: tuple[str, ...]) -> list[Sheet]:
    """The same of any file, under the lines that say whose it is."""
    lines = fault_table(faults, "LỖI THEO DÒNG", "Sửa ngay trong tệp rồi kiểm tra lại.")
    kinds = Table("kinds", "LỖI THEO LOẠI", "", _KIND_COLUMNS, tuple(_kind_rows(faults)))
    return [
        Sheet("Lỗi theo dòng", lines, preamble),
        Sheet("Lỗi theo loại", kinds, preamble),
    ]


def template_book(plan: Plan, names: Assignable, channels: Sequence[Channel]) -> list[Sheet]:
    """An annex to fill in, how to, and the names that it may use."""
    return [
        _entry_sheet(plan, names),
        Sheet(guide.GUIDE, _guide_table(plan.year), plain=True),
        _directory_sheet(plan, names, channels),
    ]


def _place(fault: Fault) -> str:
    """The row, with its sheet when the annex stands on several."""
    return ": ".join(filter(None, (fault.sheet, str(fault.row or ""))))


def _preview_rows(tasks: Iterable[TaskFacts], names: Assignable, year: int) -> Iterator[Row]:
    for area, group in groupby(tasks, key=lambda task: task.area):
        if area:
            yield Row((Cell(area),), Level.GROUP)
        for task in group:
            lead, coordinating = (
                "\n".join(map(names.label, assignees))
                for assignees in (task.lead, task.coordinating)
            )
            meant = summary(parse_timing(task.time, year)) if task.time else ""
            texts = (task.code, task.title, task.products, lead, coordinating, task.time, meant)
            yield _row(texts)


def _kind_rows(faults: Iterable[Fault]) -> Iterator[Row]:
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(_PARTICULAR.sub("…", fault.problem), []).append(fault)
    for alike in sorted(kinds.values(), key=len, reverse=True):
        places = list(dict.fromkeys(_place(fault) for fault in alike if fault.row))
        more = f" … và {len(places) - _ROWS_NAMED} dòng khác" if len(places) > _ROWS_NAMED else ""
        rows = ", ".join(places[:_ROWS_NAMED]) + more
        first = alike[0]
        cells = (first.problem, len(alike), rows, first.value, first.accepted)
        yield Row(tuple(Cell(value) for value in cells))


def _entry_sheet(plan: Plan, names: Assignable) -> Sheet:
    """The heading as the importer reads it, one example that is not imported, empty rows."""
    lead = names.units[0].name if names.units else "Văn phòng"
    columns = tuple(Column(one.key, one.title, Kind.TEXT, one.width) for one in guide.COLUMNS)
    example = (
        EXAMPLE,
        "Xây dựng và tổ chức thực hiện Kế hoạch tuyên truyền cải cách hành chính",
        "- Kế hoạch\n- Báo cáo kết quả",
        lead,
        "Các phòng, đơn vị trực thuộc",
        f"- Tháng 02/{plan.year}\n- Tháng 12/{plan.year}",
    )
    hints = {
        one.key: (one.title, f"{one.how}\nVí dụ: {one.example.format(year=plan.year)}")
        for one in guide.COLUMNS
    }
    table = Table(
        "annex",
        "PHỤ LỤC",
        f"{plan.agency.short_name}, năm {plan.year}. Cách ghi từng cột xem trang “{guide.GUIDE}”.",
        columns,
        (Row(tuple(Cell(text, tone="not_due") for text in example)),),
    )
    lists = {"lead": guide.UNIT_LIST, "coordinating": guide.UNIT_LIST} if names.units else {}
    return Sheet(guide.SHEET, table, entry=Entry(_EMPTY_ROWS, lists, hints), plain=True)


def _guide_table(year: int) -> Table:
    columns = (
        Column("part", "Mục", Kind.TEXT, 18),
        Column("how", "Cách ghi", Kind.TEXT, 52),
        Column("example", "Ví dụ", Kind.TEXT, 30),
    )
    rows = (
        Row((Cell("1. Các cột"),), Level.GROUP),
        *(_row((one.title, one.how, one.example.format(year=year))) for one in guide.COLUMNS),
        Row((Cell("2. Các dòng"),), Level.GROUP),
        *map(_row, guide.ROWS),
        Row((Cell("3. Cách ghi thời gian được hiểu"),), Level.GROUP),
        *(_row((said.format(year=year), meant, "")) for said, meant in guide.TIMES),
        _row(
            (
                "\n".join(guide.VAGUE_TIMES),
                "Nhập được nhưng chưa rõ hạn; nên thay bằng quý, tháng hoặc ngày",
                "Quý I; Tháng 12",
            )
        ),
    )
    return Table("guide", "CÁCH GHI PHỤ LỤC ĐỂ NHẬP VÀO CHƯƠNG TRÌNH", "", columns, rows)


def _directory_sheet(plan: Plan, names: Assignable, channels: Sequence[Channel]) -> Sheet:
    columns = (
        Column("unit", f"Đơn vị của {plan.agency.short_name}", Kind.TEXT, 34),
        Column("agency", "Cơ quan trong tỉnh", Kind.TEXT, 40),
        Column("channel", "Kênh tuyên truyền", Kind.TEXT, 34),
    )
    listed = zip_longest(
        (unit.name for unit in names.units),
        (agency.name for agency in names.agencies),
        (channel.name for channel in channels),
        fillvalue="",
    )
    table = Table(
        "directory", "DANH MỤC", "Tên ghi đúng như dưới đây.", columns, tuple(map(_row, listed))
    )
    return Sheet(guide.DIRECTORY, table, lists={"unit": guide.UNIT_LIST}, plain=True)


def _row(texts: Iterable[str]) -> Row:
    return Row(tuple(Cell(text) for text in texts))
