"""The one door that reads workbooks and documents into grids.

A file passes the guards of ``uploads`` and is then read in a process of its own
(``sheet_process``: python-calamine for XLSX; ``document_process``: python-docx for the tables of
a DOCX) with limits on memory and time, because a library may abort on a hostile file and must
not take us along. The process starts while the guards still look; it gets the file after them.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice, repeat
from pathlib import Path
from typing import Any

from cchc.lib.cells import Grid, Span, Value, few_collections, filled
from cchc.lib.failed_formulas import Failed, failed
from cchc.lib.uploads import (
    MAX_PLACES,
    FileKind,
    UploadRefused,
    check_content,
    check_extent,
    declared_kind,
)

_HERE = Path(__file__).parent
_PROCESSES = {
    FileKind.XLSX: _HERE / "sheet_process.py",
    FileKind.DOCX: _HERE / "document_process.py",
}
_MEMORY = 150 * 1024 * 1024
_SECONDS = 20
_LIMITS = {
    resource.RLIMIT_AS: _MEMORY,
    resource.RLIMIT_CPU: _SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}


def read_file(content: bytes) -> list[Grid]:
    """The visible sheets of an XLSX or the tables of a DOCX; ``UploadRefused`` says why not."""
    kind = declared_kind(content)
    with _started([sys.executable, "-I", str(_PROCESSES[kind])]) as process:
        parts = check_content(content, kind)
        told = _told(process, content, _SECONDS)
    with few_collections():
        found = failed(content, parts) if parts else {}
        return _sheets(told, found) if kind is FileKind.XLSX else _tables(told)


def run_limited(command: Sequence[str], content: bytes, seconds: float = _SECONDS) -> bytes:
    """What a reading process says of the content; its crash or its silence becomes a sentence."""
    with _started(command) as process:
        return _told(process, content, seconds)


@contextmanager
def _started(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process under the limits; it does not outlive the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env={}) as process:
        for limit, most in _LIMITS.items():
            resource.prlimit(process.pid, limit, (most, most))
        try:
            yield process
        finally:
            process.kill()


def _told(process: subprocess.Popen[bytes], content: bytes, seconds: float) -> bytes:
    try:
        told, _ = process.communicate(content, timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    if process.wait() != 0:
        raise UploadRefused(
            "Không đọc được tệp này trong giới hạn cho phép: "
            "hãy chép riêng bảng sang một tệp mới rồi thử lại."
        )
    return told


def _sheets(told: bytes, found: Mapping[str, Failed]) -> list[Grid]:
    """The worksheets that ``sheet_process`` told; every different value is made once."""
    head, _, tail = told.partition(b"\n")
    said = json.loads(head)
    places = array("I")
    places.frombytes(tail)
    values = list(map(_value, said["values"]))
    cells = map(values.__getitem__, places)
    return [_sheet(one, cells, found.get(one["name"], {})) for one in said["sheets"]]


def _sheet(said: dict[str, Any], cells: Iterator[Value], found: Failed) -> Grid:
    rows, columns = said["rows"], said["columns"]
    check_extent(rows, columns)
    lines = list(zip(*repeat(islice(cells, rows * columns), columns), strict=True))
    for (row, column), text in found.items():
        if row < rows and column < columns and lines[row][column] is None:
            lines[row] = (*lines[row][:column], text, *lines[row][column + 1 :])
    return filled(said["name"], lines, list(clipped(said["spans"], rows)))


def _tables(told: bytes) -> list[Grid]:
    """The tables that ``document_process`` told."""
    grids = []
    for said in json.loads(told):
        check_extent(len(said["rows"]), max(map(len, said["rows"]), default=0))
        spans = list(clipped(said["spans"], len(said["rows"])))
        grids.append(filled(said["name"], said["rows"], spans))
    return grids


def clipped(spans: Iterable[Sequence[int]], rows: int) -> Iterator[Span]:
    """The merged cells inside the rows that there are; a file may claim any number of them."""
    room = MAX_PLACES
    for top, left, bottom, right in spans:
        if top < rows:
            last = min(bottom, rows - 1)
            room -= (last - top + 1) * (right - left + 1)
            yield top, left, last, right
        if room < 0:
            raise UploadRefused(
                "Tệp có quá nhiều ô gộp: hãy chép riêng bảng sang một tệp mới rồi thử lại."
            )


def _value(said: Any) -> Value:
    """An empty cell is None, a whole number no fraction."""
    if isinstance(said, float) and said.is_integer():
        return int(said)
    if isinstance(said, dict):
        return date.fromisoformat(said["d"])
    value: Value = None if said == "" else said
    return value
