"""What stands before every reader of uploaded workbooks and documents.

A file is judged by its content, never by its name, and before any library sees it: its size,
what its archive declares, what its parts really unpack to, and how far its sheets reach
(a cell at XFD1048576 makes a spreadsheet library abort the process). Memory stays at one chunk.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO

from cchc.lib.failed_formulas import may_have_failed

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_DOCUMENT = 20 * 1024 * 1024  # a document is held as a tree
MAX_ENTRIES = 200
MAX_ROWS = 40_000
MAX_COLUMNS = 104  # the last is CZ
MAX_PLACES = 2_000_000  # places that merged cells fill

_TENTH = 1024 * 1024 // 10  # of a megabyte: what is too large never reads like the limit
_CHUNK = 128 * 1024
_PACKED_CHUNK = 16 * 1024
_MAX_TAG = 64 * 1024
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCAL_HEADER = struct.Struct("<26xHH")
_ACCEPTED = "hãy chọn tệp Excel (.xlsx) hoặc Word (.docx)"
_OTHERS = "; tệp .csv, .ods thì mở bằng Excel rồi lưu lại thành .xlsx"
_MARKUP = (".xml", ".rels", ".vml")
_ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
# Programs of Visual Basic, and the macro sheets that Excel had before it.
_MACROS = re.compile(r"vbaproject\.bin$|^/?xl/macrosheets/", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
_TOO_FAR = re.compile(
    rb"""<(?:[\w.-]+:)?(?:row|c|dimension|mergeCell)(?:\s+[^\s=<>"']+\s*=\s*(?:"[^"]*"|'[^']*'))*?"""
    rb"""\s+r(?:ef)?\s*=\s*["'](?:[A-Za-z]{1,2}[0-9]{1,5}:)?"""
    rb"""(?:[A-Za-z]{0,3}(?:[0-9]{6}|[4-9][0-9]{4})|[A-Za-z]{3}|[D-Zd-z][A-Za-z]|[^"']*&)"""
)
# Of a sheet as Excel writes it only the few different shapes of its addresses are looked at.
_PLAIN_MARKUP = bytes.maketrans(b"\t\r\n'123456789", b'   "000444444')
_ADDRESS = b" r"
_LONGEST_ADDRESS = len(b'="CZ39999"')
_NEAR = re.compile(rb"""="(?:[A-Ca-c]?[A-Za-z])?(?:[04]{1,4}|0[04]{4})\"""")


class UploadRefused(ValueError):
    """A file that is not read; the text is the Vietnamese sentence to show."""


class FileKind(StrEnum):
    """What an accepted file is."""

    XLSX = "xlsx"
    DOCX = "docx"


def checked_kind(content: bytes, *, limit: int = MAX_BYTES) -> FileKind:
    """What the file is; ``UploadRefused`` says why it is not read and what would be."""
    kind = declared_kind(content, limit=limit)
    check_content(content, kind)
    return kind


def declared_kind(content: bytes, *, limit: int = MAX_BYTES) -> FileKind:
    """What the file says that it is, by its first bytes and the directory of its archive."""
    check_size(len(content), limit)
    if content.startswith(_OLD_OFFICE):
        raise UploadRefused(_old_office(content))
    if not content.startswith(_ZIP):
        raise UploadRefused(f"Đây không phải là tệp Excel hay Word: {_ACCEPTED}{_OTHERS}.")
    with _sound():
        return _kind(_entries(content))


def check_content(content: bytes, kind: FileKind) -> list[str]:
    """Look into everything in the archive; ``UploadRefused`` as above.

    Told are the sheets in which formulas may have failed.
    """
    with _sound():
        return _check_parts(content, _entries(content), kind)


def _entries(content: bytes) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.infolist()


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError) as error:
        raise UploadRefused(
            "Tệp bị hỏng, không mở được: hãy mở bằng Excel hoặc Word và lưu lại thành "
            ".xlsx hoặc .docx."
        ) from error


def check_size(size: int, limit: int = MAX_BYTES) -> None:
    """Refuse what is empty or larger than the limit, 5 MB."""
    if size == 0:
        raise UploadRefused(f"Tệp trống, không có gì để đọc: {_ACCEPTED}.")
    if size > limit:
        raise UploadRefused(
            f"Tệp nặng {_megabytes(max(size, limit + _TENTH))} MB; "
            f"chỉ nhận tệp không quá {_megabytes(limit)} MB."
        )


def _old_office(content: bytes) -> str:
    if _ENCRYPTED in content:
        return "Tệp được đặt mật khẩu nên không đọc được: hãy gỡ mật khẩu rồi lưu lại."
    return (
        "Đây là tệp Excel hoặc Word đời cũ (.xls, .doc): "
        "hãy mở ra và lưu lại thành .xlsx hoặc .docx."
    )


def _kind(entries: list[zipfile.ZipInfo]) -> FileKind:
    if len(entries) > MAX_ENTRIES:
        raise UploadRefused(
            f"Tệp gồm {len(entries)} phần bên trong; chỉ nhận tệp không quá {MAX_ENTRIES} phần."
        )
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UploadRefused(_too_large())
    names = [entry.filename for entry in entries]
    if any(map(_MACROS.search, names)):
        raise UploadRefused(
            "Tệp có chứa macro nên không được nhận: hãy lưu lại thành .xlsx hoặc .docx không macro."
        )
    if len(set(names)) < len(names) or any(entry.flag_bits & 0x1 for entry in entries):
        raise zipfile.BadZipFile
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return FileKind.DOCX
    raise UploadRefused(f"Tệp nén này không phải là tệp Excel hay Word: {_ACCEPTED}{_OTHERS}.")


def _check_parts(content: bytes, entries: list[zipfile.ZipInfo], kind: FileKind) -> list[str]:
    """Unpack every part once, counting; look into those that are markup."""
    room = MAX_UNPACKED
    failed: list[str] = []
    for entry in entries:
        name = entry.filename.lower()
        is_markup = name.endswith(_MARKUP)
        is_sheet = is_markup and name.startswith("xl/worksheets/")
        size = 0
        for piece in _pieces(_unpacked(content, entry), whole_tags=is_markup):
            size += len(piece)
            if size > min(entry.file_size, room):
                raise UploadRefused(_too_large())
            if is_markup:
                _check_markup(piece)
            if is_sheet:
                _check_reach(piece)
                if failed[-1:] != [entry.filename] and may_have_failed(piece):
                    failed.append(entry.filename)
        room -= size
        if kind is FileKind.DOCX and name.startswith("word/") and is_markup:
            _check_document(size)
    return failed


def _unpacked(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry really unpacks to, whatever it declares, a chunk at a time."""
    names, extra = _LOCAL_HEADER.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + names + extra
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _PACKED_CHUNK):
        rest = packed[at : at + _PACKED_CHUNK]
        while rest and not inflater.eof:
            yield inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
    if not inflater.eof:
        raise zipfile.BadZipFile


def _pieces(chunks: Iterator[bytes], *, whole_tags: bool) -> Iterator[bytes]:
    """The chunks; of markup cut only where a tag begins, so that no tag is seen in two halves."""
    rest = b""
    for chunk in chunks:
        piece = rest + chunk
        cut = max(piece.rfind(b"<"), 0) if whole_tags else len(piece)
        rest = piece[cut:]
        if cut:
            yield piece[:cut]
        elif len(rest) > _MAX_TAG + _CHUNK:
            raise zipfile.BadZipFile
    if rest:
        yield rest


def _check_markup(piece: bytes) -> None:
    """Refuse entities and every encoding in which they could hide."""
    declared = _ENCODING.search(piece)
    if b"\x00" in piece or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        raise UploadRefused(
            "Nội dung bên trong tệp không ở mã UTF-8: hãy mở bằng Excel hoặc Word và lưu lại."
        )
    if _DECLARATION.search(piece):
        raise UploadRefused(
            "Tệp có khai báo thực thể XML, là dấu hiệu của tệp độc hại: "
            "hãy mở bằng Excel hoặc Word và lưu lại."
        )


def _check_document(size: int) -> None:
    if size > MAX_DOCUMENT:
        raise UploadRefused(
            f"Phần chữ của tệp Word nặng {_megabytes(size)} MB; chỉ nhận không quá "
            f"{_megabytes(MAX_DOCUMENT)} MB: hãy chép riêng bảng sang tệp mới."
        )


def check_extent(rows: int, columns: int) -> None:
    """Refuse a table that is larger than what is read."""
    if rows >= MAX_ROWS or columns > MAX_COLUMNS:
        raise UploadRefused(_too_far())


def _check_reach(piece: bytes) -> None:
    """Refuse a sheet with a row, a cell or a merged cell beyond what is read."""
    if not _is_near(piece) and _TOO_FAR.search(piece):
        raise UploadRefused(_too_far())


def _is_near(piece: bytes) -> bool:
    """Whether every address is written plainly and is near: a fifth of the work of ``_TOO_FAR``."""
    plain = piece.translate(_PLAIN_MARKUP)
    addresses = {after[:_LONGEST_ADDRESS] for after in plain.split(_ADDRESS)[1:]}
    return all(map(_NEAR.match, addresses))


def _too_far() -> str:
    return (
        f"Bảng trải quá xa; chỉ nhận ít hơn {MAX_ROWS // 1000}.000 dòng và không quá "
        f"{MAX_COLUMNS} cột: hãy xóa các dòng, cột trống phía sau bảng rồi thử lại."
    )


def _too_large() -> str:
    return (
        f"Tệp giải nén ra lớn hơn {_megabytes(MAX_UNPACKED)} MB hoặc lớn hơn mức nó khai báo: "
        "hãy chỉ giữ trang có bảng cần nhập, bỏ hình ảnh rồi lưu lại."
    )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
