"""A workbook of a long table against XlsxWriter told directly what to write into which cell."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from bench.measuring import Measure, in_turns
from cchc.lib.spreadsheets import Sheet, write_workbook
from cchc.lib.tables import Cell, Column, Kind, Ratio, Row, Table

ROWS = 25_000
_ON = datetime(2024, 12, 31, tzinfo=UTC)
_DAY_ZERO = date(1899, 12, 30).toordinal()
_TITLES = tuple(
    f"Tuyên truyền kết quả cải cách hành chính và dịch vụ công trực tuyến, bài số {number}"[:length]
    for number, length in enumerate((38, 55, 80, 74, 46, 62, 30, 80))
)
_STATES = (("met", "Đạt"), ("met_late", "Đạt trễ hạn"), ("missed", "Chưa đạt"))
_FILLS = (("#e4f3ea", "#1b5e37"), ("#fcf0d4", "#744900"), ("#fce4e2", "#9a1f1c"))
COLUMNS = (
    Column("tt", "TT", Kind.INTEGER, 7),
    Column("agency", "Cơ quan", width=24),
    Column("unit", "Đơn vị", width=20),
    Column("title", "Tiêu đề", width=40),
    Column("channel", "Kênh", width=18),
    Column("sent_on", "Ngày gửi", Kind.DATE, 14),
    Column("decided_on", "Ngày duyệt", Kind.DATE, 14),
    Column("published_on", "Ngày đăng", Kind.DATE, 14),
    Column("views", "Lượt xem", Kind.INTEGER, 12),
    Column("result", "Kết quả", Kind.RATIO, 16),
    Column("code", "Mã", width=8),
    Column("url", "Đường dẫn", width=30),
)


def rows(count: int = ROWS) -> Iterator[Row]:
    """So many rows, the same at every run."""
    dice = random.Random(5)  # noqa: S311
    for number in range(count):
        day = date(2024, 1, 1) + timedelta(days=dice.randrange(300))
        tone, mark = dice.choice(_STATES)
        yield Row(
            (
                Cell(number + 1),
                Cell(f"Ủy ban nhân dân xã số {number % 200}"),
                Cell("Phòng Văn hóa - Xã hội"),
                Cell(dice.choice(_TITLES)),
                Cell("Cổng thông tin điện tử"),
                Cell(day),
                Cell(day + timedelta(days=1)),
                Cell(day + timedelta(days=2)),
                Cell(dice.randrange(5_000)),
                Cell(Ratio(dice.randrange(2), 1), tone, mark),
                Cell("4.1"),
                Cell(f"https://soctrang.example.vn/{number:06d}"),
            )
        )


class Rows:
    """Rows that are made anew whenever somebody goes through them."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> Iterator[Row]:
        return rows(self.count)


def ours(found: Iterable[Row], path: Path) -> None:
    """Our door."""
    table = Table("list", "Danh mục", "Tính đến hết ngày 31/12/2024", COLUMNS, ())
    write_workbook(path, [Sheet("Số liệu", table, rows=found)], title=table.title, created=_ON)


def known(found: Iterable[Row]) -> list[tuple[Any, ...]]:
    """The values as Excel stores them."""
    return [tuple(_stored(cell.value) for cell in row.cells) for row in found]


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.toordinal() - _DAY_ZERO
    return value.done if isinstance(value, Ratio) else value


def reference(values: list[tuple[Any, ...]], path: Path) -> None:
    """The same look, by someone who knows each cell's kind, style and height beforehand."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Số liệu")
        base = {"font_name": "Times New Roman", "font_size": 12, "border": 1, "text_wrap": True}
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.title, book.add_format({**base, "bold": True}))
        text, ordinal = book.add_format(base), book.add_format({**base, "align": "center"})
        figure = book.add_format({**base, "align": "right", "num_format": "#,##0"})
        day = book.add_format({**base, "align": "center", "num_format": "dd/mm/yyyy"})
        states = [
            book.add_format(
                {**base, "bg_color": fill, "font_color": ink, "num_format": f'#,##0"/1 {mark}"'}
            )
            for (_, mark), (fill, ink) in zip(_STATES, _FILLS, strict=True)
        ]
        for at, cells in enumerate(values, start=1):
            sheet.set_row(at, 48.25)
            sheet.write_number(at, 0, cells[0], ordinal)
            for index in (1, 2, 3, 4, 10, 11):
                sheet.write_string(at, index, cells[index], text)
            for index in (5, 6, 7):
                sheet.write_number(at, index, cells[index], day)
            sheet.write_number(at, 8, cells[8], figure)
            sheet.write_number(at, 9, cells[9], states[at % 3])


def measures() -> list[Measure]:
    """Time of 25,000 rows, memory of 200,000."""
    table, values = tuple(rows()), known(rows())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        taken, direct = in_turns(
            lambda: ours(table, path), lambda: reference(values, path), repetitions=5
        )
    return [
        Measure(f"{ROWS:,} × 12 cells, against XlsxWriter", taken, direct, 1.2),
        Measure("memory of 200,000 rows, against 25,000", peak(200_000), peak(ROWS), 1.05, "MB"),
    ]


def peak(count: int) -> float:
    """The most memory of a process that writes so many rows and holds none, in MB."""
    command = [sys.executable, "-m", "bench.xlsx", str(count)]
    told = subprocess.run(command, capture_output=True, check=True, text=True)
    return float(told.stdout)


def main() -> None:
    """Write so many rows and say how much memory it took."""
    with tempfile.TemporaryDirectory() as folder:
        ours(Rows(int(sys.argv[1])), Path(folder) / "out.xlsx")
    said = Path("/proc/self/status").read_text(encoding="ascii")
    sys.stdout.write(f"{int(said.split('VmHWM:')[1].split()[0]) / 1024}\n")


if __name__ == "__main__":
    main()
