"""The one way to write a ZIP: streamed, in flat memory, the same entries as the same bytes.

Beside the entries stands ``SHA256SUMS.txt``, which ``sha256sum -c`` and its likes read. Nothing
is compressed: what is packed is compressed already, and the bytes do not depend on a library.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cchc.lib.decisions import Refused
from cchc.lib.text import fold

SUMS = "SHA256SUMS.txt"
_BLOCK = 1 << 20
_UNSAFE = re.compile(r"[^a-z0-9]+")


ALTERED = "Tệp {name} đã đổi nội dung trong khi đóng gói nên gói tài liệu chưa lập được."


class Altered(Refused):
    """A file's content is not the one that its hash promises."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file under its name in the archive; its content must have the hash, where one is given."""

    name: str
    path: Path
    sha256: str = ""


def write(
    path: Path,
    entries: Iterable[Entry],
    *,
    made_on: date,
    on_entry: Callable[[int], None] | None = None,
) -> None:
    """Write the archive; every entry bears the day ``made_on``. Raises :class:`Altered`."""
    sums = []
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for number, entry in enumerate(entries, start=1):
            digest = _copy(archive, entry, made_on)
            if entry.sha256 not in {"", digest}:
                raise Altered(ALTERED.format(name=entry.name))
            sums.append(f"{digest}  {entry.name}\n")
            if on_entry is not None:
                on_entry(number)
        archive.writestr(_info(SUMS, made_on), "".join(sums))


def safe_name(text: str, longest: int = 60) -> str:
    """``Ảnh hội nghị (1)`` as ``anh-hoi-nghi-1``: a name that every system unpacks."""
    return _UNSAFE.sub("-", fold(text))[:longest].strip("-") or "tep"


def _copy(archive: ZipFile, entry: Entry, made_on: date) -> str:
    info = _info(entry.name, made_on)
    info.file_size = entry.path.stat().st_size
    digest = hashlib.sha256()
    with entry.path.open("rb") as source, archive.open(info, "w") as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
    return digest.hexdigest()


def _info(name: str, made_on: date) -> ZipInfo:
    info = ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
