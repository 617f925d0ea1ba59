"""Hostile and wrong files, each with the sentence that refuses it; the tests use the same ones."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
ACCEPTED = "hãy chọn tệp Excel (.xlsx) hoặc Word (.docx)"
OTHERS = "; tệp .csv, .ods thì mở bằng Excel rồi lưu lại thành .xlsx"
TOO_LARGE = (
    "Tệp giải nén ra lớn hơn 50 MB hoặc lớn hơn mức nó khai báo: "
    "hãy chỉ giữ trang có bảng cần nhập, bỏ hình ảnh rồi lưu lại."
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
    """The least workbook."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["STT", "Nhiệm vụ"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def document() -> bytes:
    """The least document."""
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
    """A workbook with that XML of rows."""
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
    """A billion laughs in that part."""
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{inner}]><x>&e9;</x>'
    return archive({part: bomb.encode()}, base)


def hidden_entities() -> bytes:
    """An entity in UTF-16, where a search for it finds nothing."""
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "ha">]><x>&e;</x>'
    return archive({SHEET: text.encode("utf-16")}, workbook())


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", f"Tệp trống, không có gì để đọc: {ACCEPTED}."),
    "large": (
        lambda: b"PK\x03\x04" + b"x" * (6 * 1024 * 1024),
        "Tệp nặng 6 MB; chỉ nhận tệp không quá 5 MB.",
    ),
    "pdf": (lambda: b"%PDF-1.7", f"Đây không phải là tệp Excel hay Word: {ACCEPTED}{OTHERS}."),
    "csv": (lambda: b"STT,Ten", f"Đây không phải là tệp Excel hay Word: {ACCEPTED}{OTHERS}."),
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
        f"Tệp nén này không phải là tệp Excel hay Word: {ACCEPTED}{OTHERS}.",
    ),
    "cut": (lambda: workbook()[:-40], BROKEN),
    "macros": (
        lambda: archive({"xl/vbaProject.bin": b"x"}, workbook()),
        "Tệp có chứa macro nên không được nhận: hãy lưu lại thành .xlsx hoặc .docx không macro.",
    ),
    "macro sheets": (
        lambda: archive({"xl/macrosheets/sheet1.xml": b"<a/>"}, workbook()),
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
        "hãy chép riêng bảng sang tệp mới.",
    ),
}
