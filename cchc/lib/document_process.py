"""Read the tables of a DOCX in a process of its own: the file on stdin, JSON on stdout.

Run by path from ``sheet_reader``, which limits it, and by nobody else; it imports nothing of ours.
The shape of what it says is that of ``sheet_process``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

MAX_LETTERS = 20_000_000
MAX_COLUMNS = 200
MAX_CELLS = 300_000  # the most that forty thousand rows of seven columns need
MAX_TABLES = 1_000


def main() -> None:
    """Read standard input and print its grids."""
    grids = list(_tables(BytesIO(sys.stdin.buffer.read())))
    said = json.dumps(grids, ensure_ascii=False, separators=(",", ":"))
    if len(said) > MAX_LETTERS:
        raise MemoryError
    sys.stdout.buffer.write(said.encode("utf-8", "replace"))


def _tables(content: BytesIO) -> Iterator[dict[str, Any]]:
    """Every table of the document's body that does not stand inside another table."""
    document = docx.Document(content)
    for name, most in (("w:tc", MAX_CELLS), ("w:tbl", MAX_TABLES)):
        if document.element.xpath(f"count(//{name})") > most:
            raise MemoryError
    numbering = _Numbering(document)
    for index, table in enumerate(document.element.body.iter(qn("w:tbl")), start=1):
        if not any(True for _ in table.iterancestors(qn("w:tbl"))):
            yield _table(f"Bảng {index}", table, numbering)


def _table(name: str, table: Any, numbering: _Numbering) -> dict[str, Any]:
    rows: list[list[str | None]] = []
    spans: list[list[int]] = []
    open_spans: dict[int, list[int]] = {}
    for at, line in enumerate(_children(table, "w:tr")):
        row: list[str | None] = [None] * _skipped(line)
        for cell in _children(line, "w:tc"):
            start, width = len(row), _width(cell)
            if start + width > MAX_COLUMNS:
                raise MemoryError
            row += [_text(cell, numbering) or None, *[None] * (width - 1)]
            _follow(cell, [at, start, at, start + width - 1], open_spans, spans)
        rows.append(row)
    kept = [span for span in spans if span[0] < span[2] or span[1] < span[3]]
    return {"name": name, "rows": rows, "spans": kept}


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """The children of that name, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _children(child, tag)


def _follow(
    cell: Any, place: list[int], open_spans: dict[int, list[int]], spans: list[list[int]]
) -> None:
    """Grow the vertical merge that this cell continues, or begin a span with it."""
    merge = cell.find(f"./{qn('w:tcPr')}/{qn('w:vMerge')}")
    is_continued = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
    above = open_spans.pop(place[1], None)
    if is_continued and above is not None:
        above[2] = place[2]
        open_spans[place[1]] = above
        return
    spans.append(place)
    if merge is not None:
        open_spans[place[1]] = place


def _width(cell: Any) -> int:
    return max(_number(cell.find(f"./{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1), 1)


def _skipped(line: Any) -> int:
    return min(_number(line.find(f"./{qn('w:trPr')}/{qn('w:gridBefore')}"), 0), MAX_COLUMNS)


def _number(element: Any, default: int) -> int:
    said = "" if element is None else element.get(qn("w:val"), "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else default


def _text(cell: Any, numbering: _Numbering) -> str:
    lines = [numbering.mark(one) + _paragraph(one) for one in cell.iter(qn("w:p"))]
    return "\n".join(lines).strip()


def _paragraph(paragraph: Any) -> str:
    """The text that is seen: deleted text and field codes have other tags and stay out."""
    pieces = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    said: list[str] = []
    for run in paragraph.iter(qn("w:r")):
        for child in run:
            said.append((child.text or "") if child.tag == qn("w:t") else pieces.get(child.tag, ""))
    return "".join(said)


class _Numbering:
    """The numbers and bullets that Word itself puts before the paragraphs of a list."""

    def __init__(self, document: Any) -> None:
        self.counts: Counter[tuple[str, int]] = Counter()
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.styles: dict[str, Any] = {}
        for style in document.styles.element.iter(qn("w:style")):
            link = style.find(f"./{qn('w:pPr')}/{qn('w:numPr')}")
            if link is not None:
                self.styles[style.get(qn("w:styleId"))] = link
        parts = {rel.reltype.rsplit("/", 1)[-1] for rel in document.part.rels.values()}
        if "numbering" in parts:
            self._learn(document.part.numbering_part.element)

    def _learn(self, root: Any) -> None:
        kinds = {one.get(qn("w:abstractNumId")): one for one in root.iter(qn("w:abstractNum"))}
        for number in root.iter(qn("w:num")):
            kind = kinds.get(_of(number, "w:abstractNumId"))
            for level in () if kind is None else kind.iter(qn("w:lvl")):
                key = (number.get(qn("w:numId")), _digit(level.get(qn("w:ilvl"))))
                start = _number(level.find(qn("w:start")), 1)
                self.levels[key] = (_of(level, "w:numFmt"), _of(level, "w:lvlText"), start)

    def mark(self, paragraph: Any) -> str:
        """What Word prints before the paragraph; counts on."""
        link = paragraph.find(f"./{qn('w:pPr')}/{qn('w:numPr')}")
        if link is None:
            link = self.styles.get(_of(paragraph, "w:pPr", "w:pStyle"))
        if link is None:
            return ""
        key = (_of(link, "w:numId"), _digit(_of(link, "w:ilvl")))
        shape, pattern, _ = self.levels.get(key, ("none", "", 1))
        if shape == "bullet":
            return "- "
        if not pattern or shape == "none":
            return ""
        self._count(key)
        for level in range(key[1] + 1):
            pattern = pattern.replace(f"%{level + 1}", self._said((key[0], level)))
        return f"{pattern} "

    def _count(self, key: tuple[str, int]) -> None:
        """Count on, and begin the levels below anew."""
        start = self.levels[key][2]
        self.counts[key] = self.counts[key] + 1 if key in self.counts else start
        for other in [one for one in self.counts if one[0] == key[0] and one[1] > key[1]]:
            del self.counts[other]

    def _said(self, key: tuple[str, int]) -> str:
        shape, _, start = self.levels.get(key, ("", "", 1))
        number = self.counts.get(key, start)
        if shape == "lowerLetter":
            return "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
        return _roman(number) if shape == "upperRoman" else str(number)


def _of(parent: Any, *path: str) -> str:
    element = parent.find("/".join(map(qn, path)))
    return "" if element is None else element.get(qn("w:val"), "")


def _digit(said: str | None) -> int:
    return int(said) if said in set("0123456789") else 0


def _roman(number: int) -> str:
    said = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, number = divmod(number, value)
        said += sign * min(count, 5)
    return said


if __name__ == "__main__":
    main()
