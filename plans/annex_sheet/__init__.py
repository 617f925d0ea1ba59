"""An annex as grids in, tasks and every fault of the file out.

Pure: the caller brings the grids (``cchc.lib.sheet_reader``), the year that a time without a
year means, and the names of the units. Nothing is guessed: what is not understood is a fault
with its row and column, what a person should confirm is a notice, and a quota that a task's text
words is only proposed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from cchc.lib.cells import Grid, Line, column_letter, few_collections
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
from plans.annex_sheet.headings import REQUIRED, Heading, annexes
from plans.annex_sheet.inner_rows import split_by_code
from plans.annex_sheet.rows import Collector
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
    with few_collections():
        return _read(grids, Drafting(year, Units(units), limits or Limits()))


def _read(grids: Sequence[Grid], drafting: Drafting) -> Reading:
    legacy = detect(_texts(grids))
    if legacy is not None:
        grids = [_in_unicode(grid, legacy) for grid in grids]
    found = list(annexes(grids))
    if not found:
        return Reading((), (_no_heading(),), encoding=legacy.encoding.value if legacy else "")
    collector = Collector()
    told = (collector.faults, collector.notices, drafting.faults, drafting.notices)
    for grid, heading in found:
        before = [len(faults) for faults in told]
        collector.faults += _missing(heading)
        collector.notices += _going_on(heading)
        start = len(collector.entries)
        collector.collect(grid, heading)
        rows = {entry.row for entry in collector.entries[start:]}
        collector.notices += _left_out(grid, heading, rows)
        sheet = grid.name if len(found) > 1 else ""
        drafting.take(split_by_code(collector.entries[start:]), collector.column, sheet)
        if len(found) > 1:
            for faults, first in zip(told, before, strict=True):
                faults[first:] = [replace(one, sheet=grid.name) for one in faults[first:]]
    reading = drafting.reading()
    all_faults = [*collector.faults, *reading.faults]
    if not collector.entries:
        all_faults.append(_empty(*found[0]))
    order = {grid.name: at for at, (grid, _) in enumerate(found)}
    return replace(
        reading,
        faults=_sorted(all_faults, order),
        notices=_sorted([*collector.notices, *reading.notices], order),
        encoding=legacy.encoding.value if legacy else "",
    )


def _going_on(heading: Heading) -> list[Fault]:
    said = "Bảng này không có dòng tiêu đề; được đọc tiếp theo bảng trước."
    return [] if heading.height else [Fault(0, "", "", said, "")]


def _sorted(faults: Iterable[Fault], order: Mapping[str, int]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda one: (order.get(one.sheet, -1), one.row)))


def _texts(grids: Iterable[Grid]) -> list[str]:
    """The different texts that may be in an old encoding."""
    lines = chain.from_iterable(grid.lines for grid in grids)
    values = dict.fromkeys(chain.from_iterable(line.values for line in lines))
    return [value for value in values if isinstance(value, str) and not value.isascii()]


def _in_unicode(grid: Grid, legacy: Legacy) -> Grid:
    return Grid(grid.name, tuple(_converted(line, legacy) for line in grid.lines))


def _converted(line: Line, legacy: Legacy) -> Line:
    values = (
        legacy.to_unicode(value) if isinstance(value, str) else value for value in line.values
    )
    return line._replace(values=tuple(values))


def _left_out(grid: Grid, heading: Heading, rows: Container[int]) -> list[Fault]:
    """The columns that the annex has and the program has no place for."""
    if not heading.left_out:
        return []
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
        if field not in heading.places and heading.height
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
    last = grid.lines[max(heading.first + heading.height - 1, 0)]
    return Fault(
        last.number, "", "", "Dưới dòng tiêu đề không có nhiệm vụ nào.", "mỗi nhiệm vụ một dòng"
    )
