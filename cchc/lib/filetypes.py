"""What a file is, by its content and never by its name: the few kinds that are kept as evidence.

Bytes in, a kind or a Vietnamese sentence out. Magic bytes and structure only: no picture is
decoded and no document is opened here, whatever it declares of itself.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from pathlib import PurePosixPath

from cchc.lib import uploads
from cchc.lib.file_ends import (
    JPEG,
    PNG,
    Active,
    Broken,
    TwoInOne,
    check_jpeg,
    check_pdf,
    check_png,
    check_webp,
)
from cchc.lib.office_parts import check_archive
from cchc.lib.text import squeeze

MAX_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200
ACCEPTED = "Chỉ nhận PDF, ảnh JPEG, PNG, WebP, Word (.docx) và Excel (.xlsx)."

EMPTY = "Tệp trống (0 byte): hãy chọn lại tệp gốc."
TOO_LARGE = (
    "Tệp nặng {size} MB; mỗi tệp không quá {limit} MB. Hãy giảm cỡ ảnh, quét lại ở 200 dpi, hoặc "
    "ghi đường dẫn thay cho tệp."
)
BROKEN = "{what} bị hỏng hoặc bị cụt, không mở được: hãy mở bản gốc, lưu lại rồi gửi."
TWO_IN_ONE = (
    "Tệp có dữ liệu khác ghép thêm vào {what}, là dấu hiệu của tệp giả dạng: hãy xuất hoặc chụp "
    "lại rồi gửi bản mới."
)
CODE_INSIDE = "Bên trong {what} có trang HTML hoặc mã lệnh nên không được nhận."
ACTIVE = (
    "{what} có macro, mã lệnh hoặc đối tượng tự chạy nên không được nhận: hãy lưu lại bản không có "
    "macro, hoặc in ra PDF rồi gửi."
)
WRONG_NAME = (
    "Tên tệp có đuôi {given} nhưng nội dung là {what}: hãy gửi đúng tệp gốc, hoặc đổi đuôi thành "
    "{right} nếu đúng là tệp này."
)


class FileType(StrEnum):
    """What an accepted file is; the value is the extension under which it is given back."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def label(self) -> str:
        """Its name on screen."""
        return _LABELS[self]

    @property
    def media(self) -> str:
        """Its media type."""
        return _MEDIA[self]


class FileRefused(ValueError):
    """A file that is not kept; the text is the Vietnamese sentence to show."""


_LABELS = {
    FileType.PDF: "tệp PDF",
    FileType.JPEG: "ảnh JPEG",
    FileType.PNG: "ảnh PNG",
    FileType.WEBP: "ảnh WebP",
    FileType.DOCX: "văn bản Word",
    FileType.XLSX: "bảng tính Excel",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.WEBP: "image/webp",
    FileType.DOCX: f"{_OFFICE}wordprocessingml.document",
    FileType.XLSX: f"{_OFFICE}spreadsheetml.sheet",
}
_STRUCTURES = {
    FileType.PDF: check_pdf,
    FileType.JPEG: check_jpeg,
    FileType.PNG: check_png,
    FileType.WEBP: check_webp,
    FileType.DOCX: check_archive,
    FileType.XLSX: check_archive,
}
_SYNONYMS = {".jpeg": FileType.JPEG, ".jpe": FileType.JPEG, ".jfif": FileType.JPEG}
EXTENSIONS = {f".{kind}": kind for kind in FileType} | _SYNONYMS

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (re.compile(rb"GIF8[79]a"), "ảnh GIF"),
    (re.compile(rb"BM.{4}\x00{4}", re.DOTALL), "ảnh BMP"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "ảnh TIFF"),
    (
        re.compile(rb".{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL),
        "ảnh HEIC (trên iPhone: Cài đặt › Camera › Định dạng › Tương thích nhất)",
    ),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "ảnh AVIF"),
    (
        re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI ", re.DOTALL),
        "video (hãy đăng video lên kênh rồi ghi đường dẫn)",
    ),
    (re.compile(rb"ID3|RIFF.{4}WAVE|OggS", re.DOTALL), "tệp âm thanh"),
    (re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf'\x1c|\x1f\x8b|PK\x05\x06"), "tệp nén"),
    (re.compile(rb"MZ|\x7fELF|\xca\xfe\xba\xbe|#!"), "chương trình hoặc mã lệnh"),
    (re.compile(rb"\{\\rtf"), "văn bản RTF"),
    (re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|script)", re.I), "trang HTML"),
    (re.compile(rb"\s*(?=<).*?<(?:!doctype\s)?svg\b", re.I | re.S), "ảnh SVG"),
    (re.compile(rb"\s*<\?(?:php|=)", re.I), "mã lệnh PHP"),
    (re.compile(rb"\s*<[?!a-z]", re.I), "tệp XML hoặc trang HTML"),
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HEAD = 4096
_CODE = (
    *(b"<" + tag + end for tag in (b"html", b"script", b"iframe") for end in (b">", b" ", b"\n")),
    *(b"<?php" + end for end in (b" ", b"\n", b"\r", b"\t")),
    b"<!doctype html",
)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf'\x1c")
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 22 + 0xFFFF  # readers of archives look for the end mark in this much


def checked_type(content: bytes, name: str) -> FileType:
    """What the file is; ``FileRefused`` says why it is not kept and what would be."""
    check_size(len(content))
    kind = _recognised(content, _extension(name))
    given = _extension(name)
    if given and EXTENSIONS.get(given) is not kind:
        raise FileRefused(WRONG_NAME.format(given=given, what=kind.label, right=f".{kind}"))
    what = kind.label
    try:
        _STRUCTURES[kind](content)
    except Broken as error:
        raise FileRefused(BROKEN.format(what=_capital(what))) from error
    except TwoInOne as error:
        raise FileRefused(TWO_IN_ONE.format(what=what)) from error
    except Active as error:
        raise FileRefused(ACTIVE.format(what=_capital(what))) from error
    _check_single(content, kind)
    return kind


def check_size(size: int) -> None:
    """Refuse what is empty or larger than 20 MB."""
    if size == 0:
        raise FileRefused(EMPTY)
    if size > MAX_BYTES:
        told = f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
        raise FileRefused(TOO_LARGE.format(size=told, limit=MAX_BYTES // 1024 // 1024))


def clean_name(name: str, kind: FileType) -> str:
    """The name without what hides or misleads (control and direction marks), ending in its kind."""
    last = re.split(r"[/\\]", name)[-1]
    seen = squeeze("".join(c for c in last if unicodedata.category(c)[0] != "C" or c in "\t\n"))
    ending = _extension(seen)
    stem = (seen[: -len(ending)] if ending in EXTENSIONS else seen).strip(" .") or "minh-chung"
    ending = ending if EXTENSIONS.get(ending) is kind else f".{kind}"
    return f"{stem[: LONGEST_NAME - len(ending)]}{ending}"


def _extension(name: str) -> str:
    return PurePosixPath(name.strip()).suffix.lower()


def _recognised(content: bytes, given: str) -> FileType:
    if content.startswith(b"%PDF-"):
        return FileType.PDF
    if content.startswith(JPEG):
        return FileType.JPEG
    if content.startswith(PNG):
        return FileType.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileType.WEBP
    if content.startswith((_ZIP, _OLD_OFFICE)):
        return _office(content)
    raise FileRefused(_told(_foreign(content), given))


def _office(content: bytes) -> FileType:
    try:
        return FileType(uploads.checked_kind(content, limit=MAX_BYTES).value)
    except uploads.UploadRefused as refusal:
        raise FileRefused(str(refusal)) from refusal


def _foreign(content: bytes) -> str:
    head = content[:_HEAD].removeprefix(_BYTE_ORDER_MARK)
    for look, what in _FOREIGN:
        if look.match(head):
            return what
    return "" if b"\x00" in head else "tệp chữ hoặc tệp lạ"


def _told(what: str, given: str) -> str:
    what = what or "tệp không rõ loại"
    if given in EXTENSIONS:
        return f"Tên tệp có đuôi {given} nhưng nội dung là {what}. {ACCEPTED}"
    return f"Đây là {what}. {ACCEPTED}"


def _check_single(content: bytes, kind: FileType) -> None:
    """No page, script or archive inside that another program would find there."""
    lowered = content.lower()
    if any(mark in lowered for mark in _CODE):
        raise FileRefused(CODE_INSIDE.format(what=kind.label))
    is_archive = kind in {FileType.DOCX, FileType.XLSX}
    hides_zip = not is_archive and _ZIP_END in content[-_ZIP_TAIL:]
    if hides_zip or any(mark in content for mark in _ARCHIVES):
        raise FileRefused(TWO_IN_ONE.format(what=kind.label))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
