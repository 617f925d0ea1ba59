"""An annex as grids in, tasks and every fault of the file out.

Pure: the caller brings the grids (``cchc.lib.sheet_reader``), the year that a time without a
year means, and the names of the units. Nothing is guessed: what is not understood is a fault
with its row and column, what a person should confirm is a notice, and a quota that a task's text
words is only proposed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from cchc.lib.cells import Grid, Line, column_letter
from cchc.lib.legacy_text import Legacy, detect
from plans.annex_sheet.drafts import Drafting
from plans.annex_sheet.facts import (
    Fault,
    KnownName,
    Limits,
    Proposal,
    Reading,
    UnknownUnit,
)
from plans.annex_sheet.headings import REQUIRED, Heading, find
from plans.annex_sheet.rows import Collector, split_by_code
from plans.annex_sheet.units import Units

__all__ = ["Fault", "KnownName", "Limits", "Proposal", "Reading", "UnknownUnit", "read"]

_COLUMNS = "STT, Nhiệm vụ (Nội dung), Sản phẩm, Đơn vị chủ trì, Đơn vị phối hợp, Thời gian"


def read(
    grids: Sequence[Grid],
    *,
    year: int,
    units: Sequence[KnownName],
    limits: Limits | None = None,
) -> Reading:
    """The annex in a file: all its tables that have the heading of one, as one list of tasks."""
    legacy = detect(_texts(grids))
    if legacy is not None:
        grids = [_in_unicode(grid, legacy) for grid in grids]
    found = [(grid, heading) for grid in grids if (heading := find(grid)) is not None]
    if not found:
        return Reading((), (_no_heading(),), encoding=legacy.encoding.value if legacy else "")
    collector = Collector()
    drafting = Drafting(year, Units(units), limits or Limits())
    for grid, heading in found:
        collector.faults += _missing(heading)
        start = len(collector.entries)
        collector.collect(grid, heading)
        rows = {entry.row for entry in collector.entries[start:]}
        collector.notices += _left_out(grid, heading, rows)
        drafting.take(split_by_code(collector.entries[start:]), collector.column)
    reading = drafting.reading()
    faults = [*collector.faults, *reading.faults]
    if not collector.entries:
        faults.append(_empty(*found[0]))
    return replace(
        reading,
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
        notices=tuple(sorted([*collector.notices, *reading.notices], key=lambda one: one.row)),
        encoding=legacy.encoding.value if legacy else "",
    )


def _texts(grids: Iterable[Grid]) -> list[str]:
    return [
        value
        for grid in grids
        for line in grid.lines
        for value in line.values
        if isinstance(value, str) and not value.isascii()
    ]


def _in_unicode(grid: Grid, legacy: Legacy) -> Grid:
    return Grid(grid.name, tuple(_converted(line, legacy) for line in grid.lines))


def _converted(line: Line, legacy: Legacy) -> Line:
    values = (
        legacy.to_unicode(value) if isinstance(value, str) else value for value in line.values
    )
    return line._replace(values=tuple(values))


def _left_out(grid: Grid, heading: Heading, rows: Container[int]) -> list[Fault]:
    """The columns that the annex has and the program has no place for."""
    lines = [line for line in grid.lines if line.number in rows]
    first = grid.lines[heading.first].number
    said = {at: sum(line.values[at] is not None for line in lines) for at in heading.left_out}
    return [
        Fault(first, column_letter(at), title, f"Không nhập cột này ({said[at]} ô có chữ).", "")
        for at, title in heading.left_out.items()
        if said[at]
    ]


def _missing(heading: Heading) -> list[Fault]:
    return [
        Fault(0, "", "", f"Không tìm thấy cột “{field.value}”.", f"các cột: {_COLUMNS}")
        for field in REQUIRED
        if field not in heading.places
    ]


def _no_heading() -> Fault:
    return Fault(
        0,
        "",
        "",
        "Không tìm thấy bảng phụ lục: không có dòng tiêu đề nào ghi nhiệm vụ, đơn vị, thời gian.",
        f"bảng có dòng tiêu đề với các cột: {_COLUMNS}",
    )


def _empty(grid: Grid, heading: Heading) -> Fault:
    last = grid.lines[heading.first + heading.height - 1]
    return Fault(
        last.number, "", "", "Dưới dòng tiêu đề không có nhiệm vụ nào.", "mỗi nhiệm vụ một dòng"
    )
