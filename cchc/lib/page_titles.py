"""What a web page calls itself: the text of its ``<title>``, from its first bytes.

The bytes are anybody's. Every step is linear in their number, nothing is unpacked beyond the
limit, and of the text only plain words are left.
"""

from __future__ import annotations

import html
import re
import unicodedata
import zlib

from cchc.lib.text import squeeze

LONGEST = 300
_MOST = 256 * 1024
_META = 4096
_TITLE = re.compile(r"<title(?:[\s/][^<>]{0,500})?>([^<]{0,4000})", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{1,40})""", re.I
)
# Codecs that read letters; others that Python has would unpack or compute.
_LETTERS = re.compile(
    r"(?:windows|cp)-?125[0-8]|iso-?8859-?\d{1,2}|latin-?1|utf-?16(?:le|be)?", re.I
)
_FALLBACK = "windows-1252"
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


def title_of(body: bytes, *, charset: str = "", coding: str = "") -> str:
    """The title, in NFC and on one line; empty when there is none to be read.

    ``charset`` and ``coding`` are what the server says of the body; pages that are good UTF-8
    are read as that, whatever they are called.
    """
    text = _decoded(_unpacked(body, coding), charset)
    found = _TITLE.search(_without_comments(text))
    if found is None:
        return ""
    words = html.unescape(found[1])
    plain = "".join(
        c if unicodedata.category(c)[0] != "C" else " " * (c in "\t\n\r") for c in words
    )
    return squeeze(plain)[:LONGEST].rstrip()


def _unpacked(body: bytes, coding: str) -> bytes:
    """Sent packed though we asked for plain: as far as the limit and no further."""
    if coding not in _PACKED:
        return b"" if coding not in {"", "identity"} else body[:_MOST]
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(body, _MOST)
    except zlib.error:
        return b""


def _decoded(body: bytes, charset: str) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        # Cut anywhere: up to three bytes of the last letter may be missing.
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3:
            return body[: error.start].decode("utf-8-sig")
    meta = _CHARSET.search(body[:_META])
    told = charset or (meta[1].decode("ascii", "replace") if meta else "")
    named = told if _LETTERS.fullmatch(told) else ""
    try:
        return body.decode(named or _FALLBACK, "replace")
    except LookupError:
        return body.decode(_FALLBACK, "replace")


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)
