"""Hostile and wrong files: each is refused with its sentence, in little time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.hostile import CASES, TOO_FAR, archive, document, sheet, workbook
from cchc.lib.sheet_reader import read_file, run_limited
from cchc.lib.uploads import FileKind, UploadRefused, checked_kind

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_with_a_sentence(name: str) -> None:
    make, sentence = CASES[name]
    with pytest.raises(UploadRefused) as refusal:
        checked_kind(make())
    assert str(refusal.value) == sentence


GUARDED = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from cchc.lib.uploads import UploadRefused, checked_kind
content = sys.stdin.buffer.read()
used = resource.getrusage(resource.RUSAGE_SELF)
seconds = int(used.ru_utime + used.ru_stime) + 2
resource.setrlimit(resource.RLIMIT_AS, (150 * 2**20, 150 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
try:
    checked_kind(content)
except UploadRefused as error:
    sys.stdout.buffer.write(str(error).encode())
"""


@pytest.mark.parametrize("name", CASES)
def test_it_takes_little_time_and_memory(name: str, tmp_path: Path) -> None:
    """The kernel keeps the bounds: a second or two of work and 150 MB, the start included."""
    make, sentence = CASES[name]
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, str(ROOT)],
        input=make(),
        capture_output=True,
        check=True,
        env={"CCHC_MODE": "test", "CCHC_DATA_DIR": str(tmp_path)},
    )
    assert done.stdout.decode() == sentence


def test_what_is_accepted() -> None:
    assert checked_kind(workbook()) is FileKind.XLSX
    assert checked_kind(document()) is FileKind.DOCX
    assert checked_kind(sheet('<row r="39999"><c r="CZ39999"/></row>')) is FileKind.XLSX


CRASH = (
    "Không đọc được tệp này trong giới hạn cho phép: "
    "hãy chép riêng bảng sang một tệp mới rồi thử lại."
)


@pytest.mark.parametrize(
    ("program", "seconds"),
    [
        ("import os; os.abort()", 20),
        ("while True: pass", 0.5),
        ("x = bytearray(10 ** 9)", 20),
        ("import sys; sys.exit(3)", 20),
    ],
)
def test_a_reader_that_dies_becomes_a_sentence(program: str, seconds: float) -> None:
    with pytest.raises(UploadRefused) as refusal:
        run_limited([sys.executable, "-I", "-c", program], b"x", seconds)
    assert str(refusal.value) == CRASH


@pytest.mark.parametrize(
    ("last", "sentence"),
    [("", TOO_FAR), ('<row r="39999"><c><v>1</v></c></row>', CRASH)],
)
def test_cells_without_addresses_are_counted(last: str, sentence: str) -> None:
    """A million cells in one row; with one in row 39,999 the library aborts."""
    content = sheet('<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + f"</row>{last}")
    with pytest.raises(UploadRefused) as refusal:
        read_file(content)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl>" + ("<w:tr>" + "<w:tc/>" * 100 + "</w:tr>") * 3_001 + "</w:tbl>",
        "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>" * 1_001,
    ],
)
def test_too_many_cells_or_tables_of_word_are_refused(body: str) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = f"<w:document {names}><w:body>{body}</w:body></w:document>"
    with pytest.raises(UploadRefused) as refusal:
        read_file(archive({"word/document.xml": text.encode()}, document()))
    assert str(refusal.value) == CRASH


def test_too_many_merged_cells_are_refused() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="39999"><c r="A39999"><v>1</v></c></row>'
    merged = '<mergeCell ref="A1:CZ39999"/>' * 3
    content = sheet(f"{rows}</sheetData><mergeCells>{merged}</mergeCells><sheetData>")
    with pytest.raises(UploadRefused) as refusal:
        read_file(content)
    assert str(refusal.value) == (
        "Tệp có quá nhiều ô gộp: hãy chép riêng bảng sang một tệp mới rồi thử lại."
    )
