"""How a picture or a PDF hangs together, byte by byte, and where it ends. Nothing is decoded.

A file that goes on after its end is two files in one: a picture that is also an archive, a PDF
that is also a web page. Only what telephones add to their photographs is known and let through.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import Any

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"

_PDF_HEAD = re.compile(rb"%PDF-[12]\.[0-9]")
_PDF_END = b"%%EOF"
_PDF_TAIL = 2048  # readers look for the last cross-reference in this much
_BLANK = b"\x00\t\n\x0c\r "

# Pictures have hundreds of parts; a file made of millions only wastes our time.
_MOST_PARTS = 50_000
_MOST_ADDED = 8
_SCAN, _END = 0xDA, 0xD9
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_BOX = re.compile(rb"[A-Za-z0-9 ]{4}")
_NOT_ZERO = re.compile(rb"[^\x00]")
_WEBP_PICTURES = frozenset({b"VP8 ", b"VP8L", b"ANMF"})


def _spelled(name: bytes) -> bytes:
    """A PDF's name, any of whose letters may be written as #41."""
    return b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in name)


_PDF_ACTIVE = re.compile(
    b"/(?:%b)" % b"|".join(map(_spelled, (b"JavaScript", b"Launch", b"RichMedia")))
)


class Broken(ValueError):
    """The content is damaged or cut short."""


class TwoInOne(ValueError):
    """Something else follows the content."""


class Active(ValueError):
    """The content starts programs."""


def check_pdf(content: bytes) -> None:
    """A whole PDF, nothing after it, and no program in what is written plainly."""
    end = content.rfind(_PDF_END)
    last = content[max(end - _PDF_TAIL, 0) : max(end, 0)]
    if not _PDF_HEAD.match(content) or b"startxref" not in last:
        raise Broken
    if content[end + len(_PDF_END) :].strip(_BLANK):
        raise TwoInOne
    if _PDF_ACTIVE.search(content):
        raise Active


def check_png(content: bytes) -> None:
    """Chunks with right sums, from IHDR over IDAT to IEND, and nothing after it."""
    at, kinds = len(PNG), [b""]
    while kinds[-1] != b"IEND":
        size, kind = _unpacked(">I4s", content, at)
        (total,) = _unpacked(">I", content, at + 8 + size)
        if total != zlib.crc32(content[at + 4 : at + 8 + size]) or len(kinds) > _MOST_PARTS:
            raise Broken
        kinds.append(kind)
        at += 12 + size
    if kinds[1] != b"IHDR" or b"IDAT" not in kinds:
        raise Broken
    _nothing_after(content, at)


def check_webp(content: bytes) -> None:
    """Chunks that fill what the first of them declares, one of them a picture."""
    (declared,) = _unpacked("<I", content, 4)
    at, end = 12, 8 + declared
    kinds: list[bytes] = []
    if end > len(content):
        raise Broken
    while at < end and len(kinds) < _MOST_PARTS:
        kind, size = _unpacked("<4sI", content, at)
        kinds.append(kind)
        at += 8 + size + size % 2
    if at not in {end, end + 1} or _WEBP_PICTURES.isdisjoint(kinds):
        raise Broken
    _nothing_after(content, end)


def check_jpeg(content: bytes) -> None:
    """A whole photograph, and after it only what telephones write there."""
    at = _jpeg_end(content, 0)
    for _ in range(_MOST_ADDED):
        following = _NOT_ZERO.search(content, at)
        if following is None:
            return
        at = _after_phone_data(content, following.start())
    _nothing_after(content, at)


def _jpeg_end(content: bytes, start: int) -> int:
    """Where the photograph that begins at ``start`` ends."""
    at, seen = start + 2, set()
    for _ in range(_MOST_PARTS):
        lead, marker = _unpacked(">BB", content, at)
        if lead != 0xFF or marker == _END:
            break
        seen.add(marker)
        at = _after_segment(content, at, marker)
    if (lead, marker) != (0xFF, _END) or _SCAN not in seen or not seen & _FRAMES:
        raise Broken
    return at + 2


def _after_segment(content: bytes, at: int, marker: int) -> int:
    size: int
    if marker == 0xFF:
        return at + 1  # fill
    if marker in _BARE_MARKERS:
        return at + 2
    (size,) = _unpacked(">H", content, at + 2)
    if size < 2:
        raise Broken
    if marker != _SCAN:
        return at + 2 + size
    following = _NEXT_MARKER.search(content, at + 2 + size)
    if following is None:
        raise Broken
    return following.start()


def _after_phone_data(content: bytes, at: int) -> int:
    """Behind a second photograph (depth, brightness), a moving photograph, or Samsung's notes."""
    if content.startswith(JPEG, at):
        return _jpeg_end(content, at)
    if content.startswith(b"ftyp", at + 1):
        return _film_end(content, at - 3)  # its size is small: it began with three zeros
    if content.endswith(b"SEFT") and _samsung_start(content) <= at:
        return len(content)
    raise TwoInOne


def _film_end(content: bytes, at: int) -> int:
    """A film's boxes, one after the other."""
    for _ in range(_MOST_PARTS):
        if not _BOX.match(content, at + 4):
            break
        (size,) = _unpacked(">I", content, at)
        if size == 1:
            (size,) = _unpacked(">Q", content, at + 8)
        if size < 8 or at + size > len(content):
            raise TwoInOne
        at += size
    return at


def _samsung_start(content: bytes) -> int:
    """Where the notes begin that end in a directory, SEFH … SEFT."""
    size: int
    (size,) = _unpacked("<I", content, len(content) - 8)
    head = len(content) - 8 - size
    if head < 0 or not content.startswith(b"SEFH", head):
        raise TwoInOne
    (count,) = _unpacked("<I", content, head + 8)
    if size != 12 + 12 * count:
        raise TwoInOne
    backs = [_unpacked("<4xI4x", content, head + 12 * n + 12)[0] for n in range(count)]
    return head - max(backs, default=0)


def _nothing_after(content: bytes, end: int) -> None:
    if _NOT_ZERO.search(content, end):
        raise TwoInOne


def _unpacked(layout: str, content: bytes, at: int) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(layout, content, at)
    except struct.error as error:
        raise Broken from error
