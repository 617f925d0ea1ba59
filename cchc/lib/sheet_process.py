"""Read a workbook in a process of its own: the file on stdin, JSON on stdout.

Run by path from ``sheet_reader``, which limits it, and by nobody else; it imports nothing of ours,
so that it starts quickly. Each sheet is ``{"name", "rows", "spans"}``: a date is
``{"d": "2024-03-20"}``, an empty cell "", a span the corners of a merged cell.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MAX_LETTERS = 20_000_000


def main() -> None:
    """Read standard input and print its visible worksheets, from their cell A1."""
    sheets = list(_sheets(BytesIO(sys.stdin.buffer.read())))
    said = json.dumps(sheets, ensure_ascii=False, separators=(",", ":"), default=_said)
    if len(said) > MAX_LETTERS:
        raise MemoryError
    sys.stdout.buffer.write(said.encode("utf-8", "replace"))


def _sheets(content: BytesIO) -> Iterator[dict[str, Any]]:
    workbook = CalamineWorkbook.from_filelike(content)
    for facts in workbook.sheets_metadata:
        if facts.typ == SheetTypeEnum.WorkSheet and facts.visible == SheetVisibleEnum.Visible:
            sheet = workbook.get_sheet_by_name(facts.name)
            yield {
                "name": facts.name,
                "rows": sheet.to_python(skip_empty_area=False),
                "spans": [(*first, *last) for first, last in sheet.merged_cell_ranges or ()],
            }


def _said(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return {"d": day.isoformat()}
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


if __name__ == "__main__":
    main()
