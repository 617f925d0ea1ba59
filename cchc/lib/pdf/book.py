"""One PDF from parts that come one after the other, in flat memory.

Structure, page tree and bookmarks go on from part to part, so that the file is one document for
whoever reads it or has it read aloud; the objects of a part are copied under new numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import BinaryIO

from cchc.lib.pdf import numbers, outline, tags
from cchc.lib.pdf.laid import Laid
from cchc.lib.pdf.objects import ObjectFile

# Text first, so that words which look like a reference stay words.
_MARKS = re.compile(
    rb"\((?:\\.|[^\\()])*\)|<[0-9a-f]*>|\b(\d+) 0 R\b|\x01(\d+)\x01|\x02(\d+)\x02|(\x03)", re.DOTALL
)


@dataclass(slots=True)
class _Joint:
    """An element that goes on from part to part."""

    number: int
    kind: str
    parent: str
    kids: list[bytes] = field(default_factory=list)


class Book:
    """The file being written."""

    def __init__(self, target: BinaryIO) -> None:
        self._file = ObjectFile(target)
        self._pages = 0
        self._printed = 0
        self._trees: list[int] = []
        self._leaves: list[int] = []
        self._joints: dict[str, _Joint] = {}
        self._marks: list[outline.Mark] = []
        self._info = self._lang = b""
        self._numbers: dict[int, int] = {}
        self._stamps: list[int] = []
        self._root, self._structure, self._font = (self._file.new() for _ in range(3))

    def add(self, part: Laid, *, continued: bool) -> None:
        """Write a part; pages of a ``continued`` one are numbered on from the part before."""
        if not continued:
            self._printed = 0
        self._info = self._info or part.info.encode("ascii")
        self._lang = self._lang or part.lang.encode("ascii")
        self._number_anew(part, continued=continued)
        for at, (number, said) in enumerate(zip(part.numbers, part.objects, strict=True)):
            if at < part.streams:
                head, mark, content = said.partition(b"\nstream\n")
                self._file.put_stream(self._numbers[number], self._anew(head) + mark + content)
            else:
                self._file.put(self._numbers[number], self._anew(said))
        self._join(part)
        self._pages += len(part.pages)
        self._printed += len(part.pages)

    def close(self, identifier: bytes) -> int:
        """Write what joins the parts; the number of pages."""
        file = self._file
        for joint in self._joints.values():
            above = self._joints[joint.parent].number if joint.parent else self._structure
            said = b"<</S/%s/P %d 0 R/K[%s]>>"
            file.put(joint.number, said % (joint.kind.encode(), above, b" ".join(joint.kids)))
        leaves, info, catalogue = file.new(), file.new(), file.new()
        file.put(leaves, b"<</Kids[%s]>>" % _references(self._leaves))
        file.put(
            self._structure,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self._joints[tags.ROOT].number, leaves, self._pages),
        )
        trees = _references(self._trees)
        file.put(self._root, b"<</Type/Pages/Kids[%s]/Count %d>>" % (trees, self._pages))
        numbers.put_font(file, self._font)
        file.put(info, self._info)
        file.put(catalogue, self._catalogue())
        file.close(catalogue, info, identifier)
        return self._pages

    def _catalogue(self) -> bytes:
        said = b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Lang%s"
        said %= (self._root, self._structure, self._lang)
        for name, value in tags.CATALOGUE.items():
            inner = b"".join(b"/%s %s" % (k.encode(), v.encode()) for k, v in value.items())
            said += b"/%s<<%s>>" % (name.encode(), inner)
        if self._marks:
            said += b"/PageMode/UseOutlines/Outlines %d 0 R" % outline.write(
                self._file, self._marks
            )
        return said + b">>"

    def _number_anew(self, part: Laid, *, continued: bool) -> None:
        """Give every object of the part its number in the book."""
        for shared in part.shared:
            if shared.name not in self._joints:
                joint = _Joint(self._file.new(), shared.kind, shared.parent)
                self._joints[shared.name] = joint
        self._numbers = {one.number: self._joints[one.name].number for one in part.shared}
        self._numbers[part.font] = self._font
        self._numbers.update((number, self._file.new()) for number in part.numbers)
        self._stamps = []
        for at, (_, width) in enumerate(part.pages if continued else ()):
            self._stamps.append(self._file.new())
            said = numbers.stamp(self._printed + at + 1, width)
            self._file.put_text(self._stamps[-1], b"", said)

    def _join(self, part: Laid) -> None:
        """Remember what goes on in other parts."""
        self._trees.append(self._numbers[part.tree])
        self._leaves.append(self._numbers[part.leaf])
        for shared in part.shared:
            kids = self._joints[shared.name].kids
            found = (self._anew(kid.encode("ascii")) for kid in shared.kids)
            kids += (kid for kid in found if kid not in kids[-1:])
        pages = [b"%d 0 R" % self._numbers[number] for number, _ in part.pages]
        self._marks += (
            (level, label, pages[page], x, y) for level, label, page, x, y in part.bookmarks
        )

    def _anew(self, said: bytes) -> bytes:
        return _MARKS.sub(self._put_in, said)

    def _put_in(self, found: re.Match[bytes]) -> bytes:
        match found.lastindex:
            case 1:
                return b"%d 0 R" % self._numbers[int(found[1])]
            case 2:
                return b"%d" % (self._pages + int(found[2]))
            case 3:
                return b"%d 0 R" % self._stamps[int(found[3])]
            case 4:
                return b"%d 0 R" % self._root
            case _:
                return found[0]


def _references(found: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in found)
