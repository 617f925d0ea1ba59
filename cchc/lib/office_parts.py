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
    r"|(?:^|/)(?:macrosheets|activex)/|/embeddings/.*\.bin$"
)
_MACROS = (b"macroenabled", b"vbaproject", b"activex")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ABROAD = re.compile(rb"""\sTarget\s*=\s*["'](?:https?:|ftp:|\\\\)""", re.IGNORECASE)


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
    if _PROGRAMS.search(name.lower()):
        raise Active
    if name == "[Content_Types].xml":
        told = archive.read(name).lower()
        if any(word in told for word in _MACROS):
            raise Active
    elif name.endswith(".rels"):
        relations = _RELATION.findall(archive.read(name))
        if any(b"attachedTemplate" in one and _ABROAD.search(one) for one in relations):
            raise Active
