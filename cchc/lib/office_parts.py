"""What hides in a Word or Excel archive that its readers would run. Only its directory is read,
and of its parts the small ones that say what the others are; after ``cchc.lib.uploads``.
"""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO

from cchc.lib.file_ends import Active, Broken, TwoInOne

_END = struct.Struct("<4s8xIIH")
_LOCAL = struct.Struct("<26xHH")
_DESCRIPTORS = frozenset({0, 12, 16, 20, 24})  # what may stand between two parts
_PROGRAMS = re.compile(
    r"\.(?:html?|mht|hta|jse?|vbs|wsf|ps1|bat|cmd|exe|dll|scr|com|jar|class|msi|lnk|php|swf)$"
    r"|\.(?:doc|dot|xls|xlt|xla|ppt|pot|pps)m$|\.(?:xlam|xlsb)$|vbaproject|vbadata"
    r"|(?:^|/)(?:macrosheets|activex)/|/embeddings/.*\.bin$"
)
_PROGRAM_HEADS = (b"MZ", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # of Windows; a packed object
_MACROS = (b"macroenabled", b"vbaproject", b"activex")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_FETCHED = (b"attachedTemplate", b"oleObject", b"subDocument", b"/frame")
_ABROAD = re.compile(
    rb"""\sTarget\s*=\s*["']\s*(?:https?:|ftp:|mhtml:|ms-|\\\\|file:(?://)?[^/])""", re.IGNORECASE
)
# Fields and links that ask another program of the same machine for their value.
_ASKING_PARTS = re.compile(r"^/?(?:word/[^/]*\.xml|xl/externallinks/[^/]*\.xml)$")
_ASKING = re.compile(
    rb"""<(?:\w+:)?ddeLink\b|<(?:\w+:)?instrText(?:\s[^>]*)?>\s*DDE(?:AUTO)?\b"""
    rb"""|\binstr\s*=\s*["']\s*DDE(?:AUTO)?\b""",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rb"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));", re.IGNORECASE)


def check_archive(content: bytes) -> None:
    """Parts that fill the archive from its first byte to its last, none of them a program."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_gapless(content, archive.infolist())
            for name in archive.namelist():
                _check_part(archive, name)
    except (zipfile.BadZipFile, struct.error) as error:
        raise Broken from error


def _check_gapless(content: bytes, parts: list[zipfile.ZipInfo]) -> None:
    mark, size, directory, comment = _END.unpack_from(content, len(content) - _END.size)
    if mark != b"PK\x05\x06" or comment or directory + size != len(content) - _END.size:
        raise TwoInOne
    at = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        if part.header_offset - at not in _DESCRIPTORS:
            raise TwoInOne
        names, extra = _LOCAL.unpack_from(content, part.header_offset)
        at = part.header_offset + _LOCAL.size + names + extra + part.compress_size
    if directory - at not in _DESCRIPTORS:
        raise TwoInOne


def _check_part(archive: zipfile.ZipFile, name: str) -> None:
    """A part is known by its name as Office reads it, whatever its case and strokes."""
    plain = name.replace("\\", "/").strip().lower()
    if _PROGRAMS.search(plain) or _head(archive, name).startswith(_PROGRAM_HEADS):
        raise Active
    if plain == "[content_types].xml":
        told = _spelled_out(archive.read(name)).lower()
        is_active = any(word in told for word in _MACROS)
    elif plain.endswith(".rels"):
        relations = _RELATION.findall(_spelled_out(archive.read(name)))
        is_active = any(map(_fetches, relations))
    else:
        is_active = bool(_ASKING_PARTS.match(plain) and _ASKING.search(archive.read(name)))
    if is_active:
        raise Active


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(8)


def _fetches(relation: bytes) -> bool:
    """Whether Office would fetch and run it on opening; a link that is clicked is not meant."""
    return any(word in relation for word in _FETCHED) and bool(_ABROAD.search(relation))


def _spelled_out(markup: bytes) -> bytes:
    """With the letters that were written as numbers: ``vba&#80;roject`` is what it reads as."""
    return _NUMBERED.sub(_letter, markup)


def _letter(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16) if found[1] else int(found[2])
    return bytes([number]) if number < 128 else found[0]
