"""The import of results: 20,000 rows read, and read with every row understood."""

from __future__ import annotations

from io import BytesIO

import openpyxl

from bench import results_file
from bench.measuring import Measure, in_turns
from cchc.lib.sheet_reader import read_file
from outreach.results_sheet.reading import read


def measures() -> list[Measure]:
    """Reading a quarter of the reference; reading and understanding as long as it at most."""
    content = results_file.workbook()
    reference, own, understood = in_turns(
        lambda: _with_openpyxl(content), lambda: read_file(content), lambda: _check(content)
    )
    return [
        Measure(f"{results_file.ROWS} rows of results: read", own, reference, 0.25),
        Measure("  read and every row understood", understood, reference, 1.0),
    ]


def _check(content: bytes) -> None:
    reading = read(read_file(content), results_file.directory())
    if reading.faults or len(reading.entries) != results_file.ROWS:
        raise RuntimeError("The results were not read.")


def _with_openpyxl(content: bytes) -> int:
    """Read-only mode, every cell looked at."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    return sum(
        cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row
    )
