"""Cells of a workbook whose formula failed or was never computed.

The library that reads workbooks takes both for empty; what somebody wrote would silently be lost.
A program that only writes files leaves formulas without their values.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from itertools import islice

NOT_COMPUTED = "#CHƯA TÍNH!"
_SURE = (b'="e"', b"='e'", b"</f></", b"</f><v></", b"</f><v/>", b"</f><v />")
_CUT = (b"</f>", b"</f><v>")  # a piece ends before a tag
_MOST = 100_000
_CELL = re.compile(
    rb"<(?:[\w.-]+:)?c\s(?P<said>[^<>]*)>"
    rb"(?P<formula><(?:[\w.-]+:)?f\b[^<>]*(?:(?<=/)>|>[^<]*</[^<>]*>))?"
    rb"(?:<(?:[\w.-]+:)?v\s*(?:/>|>(?P<value>[^<]*)</))?"
)
_SAID = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TAG = re.compile(r"<(?:[\w.-]+:)?(?:sheet|Relationship)\s([^<>]*)>")

Failed = dict[tuple[int, int], str]
"""What to read at a row and a column, from 0."""


def may_have_failed(piece: bytes) -> bool:
    """Whether it is worth while to look into the sheet of this piece of markup."""
    return piece.endswith(_CUT) or any(hint in piece for hint in _SURE)


def failed(content: bytes, parts: Iterable[str]) -> dict[str, Failed]:
    """By the name of its sheet what stands in such cells of the given parts of the archive."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = _sheet_names(archive)
        return {
            names[part]: dict(islice(_cells(archive.read(part)), _MOST))
            for part in parts
            if part in names
        }


def _cells(markup: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in _CELL.finditer(markup):
        said = _attributes(cell["said"].decode("utf-8", "replace"))
        place = _PLACE.fullmatch(said.get("r", ""))
        if place is None:
            continue
        value = (cell["value"] or b"").decode("utf-8", "replace")
        is_empty = bool(cell["formula"]) and not value and said.get("t") not in ("str", "e")
        if is_empty or (said.get("t") == "e" and value):
            column = 0
            for letter in place[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
            yield (int(place[2]) - 1, column - 1), NOT_COMPUTED if is_empty else unescape(value)


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by their parts."""
    if "xl/_rels/workbook.xml.rels" not in archive.namelist():
        return {}
    targets = {
        said["Id"]: said["Target"]
        for said in _tags(archive, "xl/_rels/workbook.xml.rels")
        if {"Id", "Target"} <= said.keys()
    }
    names = {}
    for said in _tags(archive, "xl/workbook.xml"):
        key = next((value for name, value in said.items() if name.endswith(":id")), "")
        if "name" in said and key in targets:
            target = targets[key]
            names[target[1:] if target.startswith("/") else f"xl/{target}"] = said["name"]
    return names


def _tags(archive: zipfile.ZipFile, part: str) -> Iterator[dict[str, str]]:
    for tag in _TAG.finditer(archive.read(part).decode("utf-8", "replace")):
        yield _attributes(tag[1])


def _attributes(said: str) -> dict[str, str]:
    return {name: unescape(one or other) for name, one, other in _SAID.findall(said)}
