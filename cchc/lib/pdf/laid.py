"""A part of a long file as it travels: numbered objects, and what the book has to join.

Our own form, not a PDF: a line of JSON, then the objects end to end, streams first. Numbers of
pages count from 0 in each part and are written as ``\\x01n\\x01``; ``\\x02n\\x02`` stands for the
content that prints the number of page n, ``\\x03`` for the root of all pages. ``book`` puts the
real ones in.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import IO, Any

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf import generate_pdf

from cchc.lib.pdf.layout import lay_out, rare_collections
from cchc.lib.pdf.tags import Node

NUMBER_FONT = "Number"
_POINTS = 0.75  # in a CSS pixel

# Level, words, page, and where on it.
Mark = tuple[int, str, int, float, float]


@dataclass(slots=True)
class Shared:
    """An element of the structure that other parts may go on with."""

    name: str
    kind: str
    parent: str
    number: int
    kids: list[str]


@dataclass(slots=True)
class Laid:
    """One part, laid out."""

    pages: list[tuple[int, float]]  # the object of each page, and how wide it is
    info: str
    lang: str
    tree: int  # the object with the pages
    leaf: int  # the object that says which element owns which piece
    font: int  # stands for the font of page numbers
    shared: list[Shared]
    bookmarks: list[Mark]
    numbers: list[int]
    lengths: list[int]
    streams: int  # so many of the objects are streams, which come first
    objects: list[bytes] = field(default_factory=list)


def laid(html: str, *, numbered: bool) -> Laid:
    """Lay out a part; ``numbered`` pages get their number from the book instead of the style."""
    with rare_collections():
        document = lay_out(html)
        marks = [
            (level, label, page, x * _POINTS, (one.height - y) * _POINTS)
            for page, one in enumerate(document.pages)
            for level, label, (x, y), _ in one.bookmarks
        ]
        for page in document.pages:
            page.bookmarks = []
        pdf = generate_pdf(document, None, 1, **{**DEFAULT_OPTIONS, "pdf_tags": True})
        return _made(document, pdf, marks, numbered=numbered)


def _made(document: Any, pdf: Any, marks: list[Mark], *, numbered: bool) -> Laid:
    structure = document.structure
    font = _prepare_pages(pdf, numbered=numbered)
    leaf = pydyf.Dictionary({"Nums": structure.leaf(_page_key)})
    leaf["Limits"] = pydyf.Array((_page_key(0), _page_key(len(document.pages) - 1)))
    pdf.add_object(leaf)
    shared = structure.shared()
    of_the_book = {id(pdf.catalog), id(font), *map(id, structure.of_the_file)}
    of_the_book |= {id(node.object) for node in shared}
    own = [one for one in pdf.objects if one.free != "f" and id(one) not in of_the_book]
    own.sort(key=lambda one: one.compressible)
    said = [one.data for one in own]
    return Laid(
        pages=[
            (number, page.width * _POINTS)
            for number, page in zip(pdf.pages["Kids"][::3], document.pages, strict=True)
        ],
        info=pdf.info.data.decode("ascii"),
        lang=pydyf.String(document.metadata.lang or "").data.decode("ascii"),
        tree=pdf.pages.number,
        leaf=leaf.number,
        font=font.number,
        shared=[_shared(node, structure) for node in shared],
        bookmarks=marks,
        numbers=[one.number for one in own],
        lengths=list(map(len, said)),
        streams=sum(not one.compressible for one in own),
        objects=said,
    )


def _prepare_pages(pdf: Any, *, numbered: bool) -> Any:
    """Leave room for the book's numbers; gives what stands for the font of printed ones."""
    font = pydyf.Dictionary()
    pdf.add_object(font)
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    for number, page in enumerate(pages):
        page["StructParents"] = _page_key(number)
        if numbered:
            page["Contents"] = pydyf.Array((page["Contents"], b"\x02%d\x02" % number))
    if numbered:
        fonts = _object(pdf, _object(pdf, pages[0]["Resources"])["Font"])
        fonts[NUMBER_FONT] = font.reference
    pdf.pages["Parent"] = b"\x03"
    return font


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _page_key(page: int) -> bytes:
    return b"\x01%d\x01" % page


def _shared(node: Node, structure: Any) -> Shared:
    return Shared(
        name=node.shared,
        kind=node.kind,
        parent=node.parent.shared if node.parent else "",
        number=node.object.number,
        kids=[kid.decode("ascii") for kid in structure.kids(node)],
    )


def send(part: Laid, target: IO[bytes]) -> None:
    """Write a part."""
    objects, part.objects = part.objects, []
    head = json.dumps(asdict(part)).encode()
    target.write(b"%d\n" % len(head) + head)
    target.writelines(objects)


def receive(source: IO[bytes]) -> Laid:
    """Read a part; EOFError when whoever sent it ended in between."""
    line = source.readline(20)
    if not line.endswith(b"\n"):
        raise EOFError
    said = json.loads(_exactly(source, int(line)))
    shared = [Shared(**one) for one in said.pop("shared")]
    part = Laid(shared=shared, **{**said, "objects": []})
    part.objects = [_exactly(source, length) for length in part.lengths]
    return part


def _exactly(source: IO[bytes], length: int) -> bytes:
    found = source.read(length)
    if len(found) < length:
        raise EOFError
    return found
