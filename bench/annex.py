"""The import of annexes: reading, checking, and refusing what is hostile."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO

import openpyxl

from bench import annexes, hostile
from bench.measuring import Measure, in_turns
from cchc.lib.sheet_reader import read_file
from plans import annex_sheet

_FILES = (
    ("2.000 different texts a column", annexes.repeating),
    ("all texts different", annexes.all_different),
)
_SECONDS, _MEGABYTES = 1.0, 150.0
# In a process of its own: seconds of the refusal, and the most memory of it and of its reader.
_REFUSE = """
import resource, sys, time
sys.path.insert(0, sys.argv[1])
from cchc.lib.sheet_reader import read_file
from cchc.lib.uploads import UploadRefused
content = sys.stdin.buffer.read()
begun = time.perf_counter()
try:
    read_file(content)
    said = ""
except UploadRefused as error:
    said = str(error)
seconds = time.perf_counter() - begun
own = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmHWM"))
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
sys.stdout.buffer.write(f"{seconds}\\n{max(own, child)}\\n{said}".encode())
"""


def measures() -> list[Measure]:
    """All of them."""
    return [*(one for name, make in _FILES for one in _reading(name, make)), *_refusals()]


def _reading(name: str, make: Callable[[], bytes]) -> Iterator[Measure]:
    content = make()
    reference, values, read, checked = in_turns(
        lambda: _with_openpyxl(content),
        lambda: _values_with_openpyxl(content),
        lambda: read_file(content),
        lambda: _check(content),
    )
    yield Measure(f"{annexes.ROWS} rows, {name}: read", read, reference, 0.25)
    yield Measure("  against values_only", read, values, 0.25)
    yield Measure("  read and fully checked", checked, reference, 1.0)
    yield Measure("  against values_only", checked, values, 1.0)


def _check(content: bytes) -> None:
    grids = read_file(content)
    reading = annex_sheet.read(grids, year=annexes.YEAR, units=annexes.UNITS)
    if not reading.drafts:
        raise RuntimeError("The annex was not read.")


def _with_openpyxl(content: bytes) -> int:
    """Read-only mode, every cell looked at."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    return sum(
        cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row
    )


def _values_with_openpyxl(content: bytes) -> int:
    """Read-only mode without its cell objects, the quickest that it can do."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return sum(value is not None for row in rows for value in row)


def _refusals() -> Iterator[Measure]:
    """Each hostile file: seconds against one second, memory against 150 MB."""
    for name, (make, sentence) in hostile.CASES.items():
        seconds, kilobytes, said = _refused(make())
        if said != sentence:
            raise RuntimeError(f"{name}: {said or 'not refused'}")
        yield Measure(f"refused: {name}", seconds, _SECONDS, 1.0)
        yield Measure("  most memory", kilobytes / 1024, _MEGABYTES, 1.0, "MB")


def _refused(content: bytes) -> tuple[float, int, str]:
    done = subprocess.run(
        [sys.executable, "-c", _REFUSE, "."], input=content, capture_output=True, check=True
    )
    seconds, kilobytes, said = done.stdout.decode().split("\n", 2)
    return float(seconds), int(kilobytes), said
