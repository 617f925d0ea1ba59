"""Read a workbook in a process of its own: the file on stdin, what it holds on stdout.

Run by path from ``sheet_reader``, which limits it, and by nobody else; it imports nothing of ours,
so that it starts quickly. Said are one line of JSON and, as unsigned numbers of this machine, the
places of all cells, row after row and sheet after sheet, in the line's list of different values:
an annex repeats itself. A date is ``{"d": "2024-03-20"}``, an empty cell "", a span the corners of
a merged cell.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import chain, count
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MAX_LETTERS = 20_000_000


def main() -> None:
    """Read standard input and print its visible worksheets, from their cell A1."""
    gc.disable()
    different: defaultdict[Any, int] = defaultdict(count().__next__)
    different[True], different[False]  # also what the numbers 1 and 0 are found as
    places = array("I")
    kept: list[object] = []
    sheets = list(_sheets(BytesIO(sys.stdin.buffer.read()), different, places, kept))
    lengths = [len(value) if isinstance(value, str) else 8 for value in different]
    if sum(map(lengths.__getitem__, places)) > MAX_LETTERS:
        raise MemoryError
    said = {"values": [1, 0, *list(different)[2:]], "sheets": sheets}
    head = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_said)
    sys.stdout.buffer.write(head.encode("utf-8", "replace"))
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.write(places.tobytes())
    sys.stdout.buffer.flush()
    os._exit(0)  # to take apart what was read lasts as long as half of the reading


def _sheets(
    content: BytesIO, different: defaultdict[Any, int], places: array[int], kept: list[object]
) -> Iterator[dict[str, Any]]:
    workbook = CalamineWorkbook.from_filelike(content)
    for facts in workbook.sheets_metadata:
        if facts.typ == SheetTypeEnum.WorkSheet and facts.visible == SheetVisibleEnum.Visible:
            sheet = workbook.get_sheet_by_name(facts.name)
            rows = sheet.to_python(skip_empty_area=False)
            cells = list(chain.from_iterable(rows))
            here = array("I", map(different.__getitem__, cells))
            _name_truth(cells, here, different)
            places.extend(here)
            kept += [workbook, sheet, rows, cells]
            yield {
                "name": facts.name,
                "rows": len(rows),
                "columns": len(rows[0]) if rows else 0,
                "spans": [(*first, *last) for first, last in sheet.merged_cell_ranges or ()],
            }


def _name_truth(cells: list[Any], here: array[int], different: defaultdict[Any, int]) -> None:
    """TRUE and FALSE are words: Python takes them for the numbers 1 and 0."""
    for place in (0, 1):
        at = -1
        for _ in range(here.count(place)):
            at = here.index(place, at + 1)
            if isinstance(cells[at], bool):
                here[at] = different[str(cells[at]).upper()]


def _said(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return {"d": day.isoformat()}
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


if __name__ == "__main__":
    main()
