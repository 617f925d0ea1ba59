"""Bookmarks: marks with their levels, in order, as the tree that a PDF wants."""

from __future__ import annotations

from dataclasses import dataclass, field

import pydyf

from cchc.lib.pdf.objects import ObjectFile

Mark = tuple[int, str, bytes, float, float]


@dataclass(slots=True)
class _Entry:
    number: int
    level: int
    said: bytes
    children: list[_Entry] = field(default_factory=list)


def write(file: ObjectFile, marks: list[Mark]) -> int:
    """Write the bookmarks; the number of their root. A mark stands below the last higher one.

    A mark is its level, its words, the reference of its page, and the place on it. Annexes are
    shut when the file is opened: only the first level is seen.
    """
    root = _Entry(file.new(), 0, b"/Type/Outlines")
    branch = [root]
    for level, label, page, x, y in marks:
        title = pydyf.String(label).data
        said = b"/Title%s/Dest[%s/XYZ %.6g %.6g 0]" % (title, page, x, y)
        while branch[-1].level >= level:
            branch.pop()
        entry = _Entry(file.new(), level, said)
        branch[-1].children.append(entry)
        branch.append(entry)
    _put(file, root, b"", b"/Count %d" % len(root.children))
    return root.number


def _put(file: ObjectFile, entry: _Entry, around: bytes, count: bytes) -> None:
    inner = entry.children
    if inner:
        around += b"/First %d 0 R/Last %d 0 R" % (inner[0].number, inner[-1].number) + count
    file.put(entry.number, b"<<%s%s>>" % (entry.said, around))
    for at, child in enumerate(inner):
        beside = b"/Parent %d 0 R" % entry.number
        if at:
            beside += b"/Prev %d 0 R" % inner[at - 1].number
        if at + 1 < len(inner):
            beside += b"/Next %d 0 R" % inner[at + 1].number
        _put(file, child, beside, b"/Count %d" % -len(child.children))
