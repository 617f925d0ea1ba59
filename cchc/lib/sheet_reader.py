"""The one door that reads workbooks and documents into grids.

A file passes the guards of ``uploads`` and is then read in a process of its own
(``sheet_process``: python-calamine for XLSX; ``document_process``: python-docx for the tables of
a DOCX) with limits on memory and time, because a library may abort on a hostile file and must
not take us along.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cchc.lib.cells import Grid, Span, Value, filled
from cchc.lib.uploads import MAX_PLACES, FileKind, UploadRefused, check_extent, checked_kind

_HERE = Path(__file__).parent
_PROCESSES = {
    FileKind.XLSX: _HERE / "sheet_process.py",
    FileKind.DOCX: _HERE / "document_process.py",
}
_MEMORY = 300 * 1024 * 1024
_SECONDS = 20
_LIMITS = {
    resource.RLIMIT_AS: _MEMORY,
    resource.RLIMIT_CPU: _SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}


def read_file(content: bytes) -> list[Grid]:
    """The visible sheets of an XLSX or the tables of a DOCX; ``UploadRefused`` says why not."""
    kind = checked_kind(content)
    said = run_limited([sys.executable, "-I", str(_PROCESSES[kind])], content)
    return [_grid(one) for one in said]


def run_limited(command: Sequence[str], content: bytes, seconds: float = _SECONDS) -> Any:
    """What a reading process says of the content; its crash or its silence becomes a sentence."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env={}) as process:
        for limit, most in _LIMITS.items():
            resource.prlimit(process.pid, limit, (most, most))
        try:
            told, _ = process.communicate(content, timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    if process.returncode != 0:
        raise UploadRefused(
            "Không đọc được tệp này trong giới hạn cho phép: "
            "hãy chép riêng bảng phụ lục sang một tệp mới rồi thử lại."
        )
    return json.loads(told)


def _grid(said: dict[str, Any]) -> Grid:
    check_extent(len(said["rows"]), max(map(len, said["rows"]), default=0))
    rows = [
        [value if isinstance(value, str) and value else _value(value) for value in row]
        for row in said["rows"]
    ]
    return filled(said["name"], rows, list(_clipped(said["spans"], len(rows))))


def _clipped(spans: Iterable[Sequence[int]], rows: int) -> Iterator[Span]:
    """The merged cells inside the rows that there are; a file may claim any number of them."""
    room = MAX_PLACES
    for top, left, bottom, right in spans:
        if top < rows:
            last = min(bottom, rows - 1)
            room -= (last - top + 1) * (right - left + 1)
            yield top, left, last, right
        if room < 0:
            raise UploadRefused(
                "Tệp có quá nhiều ô gộp: hãy chép riêng bảng phụ lục sang một tệp mới rồi thử lại."
            )


def _value(said: Any) -> Value:
    """An empty cell is None, a whole number no fraction."""
    if isinstance(said, float) and said.is_integer():
        return int(said)
    if isinstance(said, dict):
        return date.fromisoformat(said["d"])
    value: Value = None if said == "" else said
    return value
