"""Hostile and wrong files: each is refused with its sentence, in little time and memory."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc.lib.sheet_reader import read_file, run_limited
from cchc.lib.uploads import FileKind, UploadRefused, checked_kind

ROOT = Path(__file__).resolve().parents[2]
SHEET = "xl/worksheets/sheet1.xml"
ACCEPTED = "hãy chọn tệp Excel (.xlsx) hoặc Word (.docx)"
TOO_LARGE = (
    "Tệp giải nén ra lớn hơn 50 MB hoặc lớn hơn mức nó khai báo: "
    "hãy chỉ giữ trang có phụ lục, bỏ hình ảnh rồi lưu lại."
)
TOO_FAR = (
    "Bảng trải quá xa; chỉ nhận ít hơn 40.000 dòng và không quá 104 cột: "
    "hãy xóa các dòng, cột trống phía sau bảng rồi thử lại."
)
ENTITIES = (
    "Tệp có khai báo thực thể XML, là dấu hiệu của tệp độc hại: "
    "hãy mở bằng Excel hoặc Word và lưu lại."
)
BROKEN = (
    "Tệp bị hỏng, không mở được: hãy mở bằng Excel hoặc Word và lưu lại thành .xlsx hoặc .docx."
)
ENCODING = "Nội dung bên trong tệp không ở mã UTF-8: hãy mở bằng Excel hoặc Word và lưu lại."


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["STT", "Nhiệm vụ"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def document() -> bytes:
    stream = BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def archive(parts: dict[str, bytes], base: bytes = b"") -> bytes:
    """The base with some of its parts replaced or added."""
    stream = BytesIO()
    whole = dict(parts)
    if base:
        with zipfile.ZipFile(BytesIO(base)) as old:
            whole = {name: old.read(name) for name in old.namelist()} | parts
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in whole.items():
            new.writestr(name, content)
    return stream.getvalue()


def sheet(rows: str, dimension: str = "A1:B2") -> bytes:
    return archive(
        {
            SHEET: (
                '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns='
                '"http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
            ).encode()
        },
        workbook(),
    )


def lying() -> bytes:
    """A part of 60 MB that declares one byte, in the directory and before its data."""
    content = archive({SHEET: b"<a/>" * 15_000_000}, workbook())
    told = struct.pack("<I", 60_000_000)
    assert content.count(told) == 2
    return content.replace(told, struct.pack("<I", 1))


def entities(part: str, base: bytes) -> bytes:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{inner}]><x>&e9;</x>'
    return archive({part: bomb.encode()}, base)


def hidden_entities() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "ha">]><x>&e;</x>'
    return archive({SHEET: text.encode("utf-16")}, workbook())


CASES = {
    "empty": (lambda: b"", f"Tệp trống, không có gì để đọc: {ACCEPTED}."),
    "large": (
        lambda: b"PK\x03\x04" + b"x" * (6 * 1024 * 1024),
        "Tệp nặng 6 MB; chỉ nhận tệp không quá 5 MB.",
    ),
    "pdf": (lambda: b"%PDF-1.7", f"Đây không phải là tệp Excel hay Word: {ACCEPTED}."),
    "csv": (lambda: b"STT,Ten", f"Đây không phải là tệp Excel hay Word: {ACCEPTED}."),
    "xls": (
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 512,
        "Đây là tệp Excel hoặc Word đời cũ (.xls, .doc): "
        "hãy mở ra và lưu lại thành .xlsx hoặc .docx.",
    ),
    "password": (
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "Tệp được đặt mật khẩu nên không đọc được: hãy gỡ mật khẩu rồi lưu lại.",
    ),
    "zip": (
        lambda: archive({"a.txt": b"a"}),
        f"Tệp nén này không phải là tệp Excel hay Word: {ACCEPTED}.",
    ),
    "cut": (lambda: workbook()[:-40], BROKEN),
    "macros": (
        lambda: archive({"xl/vbaProject.bin": b"x"}, workbook()),
        "Tệp có chứa macro nên không được nhận: hãy lưu lại thành .xlsx hoặc .docx không macro.",
    ),
    "entries": (
        lambda: archive({f"xl/{n}.xml": b"<a/>" for n in range(300)}),
        "Tệp gồm 300 phần bên trong; chỉ nhận tệp không quá 200 phần.",
    ),
    "bomb": (lambda: archive({"xl/media/a.png": b"\0" * 60_000_000}, workbook()), TOO_LARGE),
    "lying": (lying, TOO_LARGE),
    "corner": (
        lambda: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        TOO_FAR,
    ),
    "hidden corner": (
        lambda: sheet("<row><c s='>' r = 'XFD1'><v>1</v></c></row>"),
        TOO_FAR,
    ),
    "rows": (lambda: sheet('<row r="40000"/>'), TOO_FAR),
    "columns": (lambda: sheet('<row r="1"><c r="DA1"/></row>'), TOO_FAR),
    "dimension": (lambda: sheet("", "A1:B1048576"), TOO_FAR),
    "address as entity": (lambda: sheet('<row r="1"><c r="X&#70;D1"/></row>'), TOO_FAR),
    "entities": (lambda: entities(SHEET, workbook()), ENTITIES),
    "entities in words": (lambda: entities("xl/sharedStrings.xml", workbook()), ENTITIES),
    "entities in Word": (lambda: entities("word/document.xml", document()), ENTITIES),
    "hidden entities": (hidden_entities, ENCODING),
    "large Word": (
        lambda: archive({"word/document.xml": b"<a>" + b"<b/>" * 6_000_000}, document()),
        "Phần chữ của tệp Word nặng 22,9 MB; chỉ nhận không quá 20 MB: "
        "hãy chép riêng phụ lục sang tệp mới.",
    ),
}


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
    "hãy chép riêng bảng phụ lục sang một tệp mới rồi thử lại."
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


def test_too_many_merged_cells_are_refused() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="39999"><c r="A39999"><v>1</v></c></row>'
    merged = '<mergeCell ref="A1:CZ39999"/>' * 3
    content = sheet(f"{rows}</sheetData><mergeCells>{merged}</mergeCells><sheetData>")
    with pytest.raises(UploadRefused) as refusal:
        read_file(content)
    assert str(refusal.value) == (
        "Tệp có quá nhiều ô gộp: hãy chép riêng bảng phụ lục sang một tệp mới rồi thử lại."
    )
