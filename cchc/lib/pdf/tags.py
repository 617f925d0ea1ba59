"""The structure of a tagged PDF: what a reader for the blind walks through.

One element of the HTML is one element of the structure however many pages it stands on: a table
goes on, its repeated head and the page numbers are decoration. Elements that are marked
``data-shared`` go on in other parts of the same file (``book`` makes them whole).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

ROOT = "document"
# What a tagged file says of itself beside its structure.
CATALOGUE = {"ViewerPreferences": {"DisplayDocTitle": "true"}, "MarkInfo": {"Marked": "true"}}
_KINDS = {
    "section": "Sect",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "p": "P",
    "img": "Figure",
    "{http://www.w3.org/2000/svg}svg": "Figure",
}
_OF_TABLES = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
_POINTS = 0.75  # in a CSS pixel
_SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
_SVG_TITLE = "{http://www.w3.org/2000/svg}title"


@dataclass(slots=True, eq=False)
class Node:
    """One element: its kind, and its children or the numbers of its pieces on a page."""

    kind: str
    parent: Node | None
    shared: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | tuple[int, int]] = field(default_factory=list)
    page: int = -1
    object: Any = None


def add(pdf: Any, document: Any, _version: object, streams: list[Any]) -> None:
    """Write the structure of a document that WeasyPrint is about to write (its ``add_tags``)."""
    structure = Structure(pdf, document, streams)
    document.structure = structure
    structure.write()


class Structure:
    """The elements of one document or of one part of it."""

    def __init__(self, pdf: Any, document: Any, streams: list[Any]) -> None:
        self.pdf = pdf
        self.document = document
        self.streams = streams
        self.root = Node("Document", None, ROOT)
        self.nodes: dict[Any, Node] = {}
        self.owners: list[dict[int, Node]] = []
        self.of_the_file: list[Any] = []
        self._plain: set[Any] = set()
        self._decoration: set[int] = set()

    def write(self) -> None:
        """Walk the pages, then make the objects of the PDF."""
        for number, (page, stream) in enumerate(
            zip(self.document.pages, self.streams, strict=True)
        ):
            self.owners.append({})
            self._decoration = set()
            self._walk(page._page_box, self.root, number, decorative=False)
            _mark_decoration(stream, self._decoration)
        for node in self._all():
            node.object = pydyf.Dictionary()
            self.pdf.add_object(node.object)
        for node in self._all():
            self._fill(node)
        self._catalogue()

    def shared(self) -> list[Node]:
        """The elements that other parts may go on with, from the top down."""
        return [self.root, *(node for node in self.nodes.values() if node.shared)]

    def leaf(self, shift: Any) -> Any:
        """Which element each marked piece of each page belongs to, as a node of a number tree."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self.owners):
            last = max(owners, default=-1)
            found = [owners.get(mcid) for mcid in range(last + 1)]
            references = [node.object.reference if node else b"null" for node in found]
            numbers.extend((shift(page), pydyf.Array(references)))
        return numbers

    def kids(self, node: Node) -> list[Any]:
        """The children as they stand in the file."""
        return [self._kid(node, kid) for kid in node.kids]

    def _all(self) -> Iterator[Node]:
        yield self.root
        yield from self.nodes.values()

    def _walk(self, box: Any, parent: Node, page: int, *, decorative: bool) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        decorative = decorative or isinstance(box, boxes.MarginBox)
        marked = self.streams[page]._tags.pop(box, None)
        node = self._node(box, parent, page) if not decorative else None
        if node is None:
            decorative, node = True, parent
        if marked is not None:
            self._own(node, page, marked["mcid"], decorative=decorative)
        if isinstance(box, boxes.ParentBox):
            for child in box.children:
                self._walk(child, node, page, decorative=decorative)

    def _own(self, node: Node, page: int, mcid: int, *, decorative: bool) -> None:
        if decorative:
            self._decoration.add(mcid)
            return
        self.owners[page][mcid] = node
        node.kids.append((page, mcid))

    def _node(self, box: Any, parent: Node, page: int) -> Node | None:
        """The element of the box, that around it where it has none; None where it decorates."""
        element = box.element
        if element is None or element in self._plain:
            return parent
        known = self.nodes.get(element)
        if known is not None:
            repeated = box.element_tag == "thead" and known.page != page
            return None if repeated else known
        if element.get("data-decoration") is not None:
            return None
        if element.get("role") == "presentation":
            self._plain.update(each for each in element.iter() if each.tag in _OF_TABLES)
        kind = _kind(box)
        if not kind or element in self._plain:
            self._plain.add(element)
            return parent
        extra = self._figure(box, page) if kind == "Figure" else _spans(box, kind)
        node = Node(kind, parent, element.get("data-shared", ""), extra, page=page)
        self.nodes[element] = node
        parent.kids.append(node)
        return node

    def _figure(self, box: Any, page: int) -> dict[str, Any]:
        """Where a drawing stands and its words: its own title, or what stands for a picture."""
        title = box.element.find(_SVG_TITLE)
        words = box.element.get("alt", "") if title is None else title.text or ""
        left, right = box.content_box_x(), box.content_box_x() + box.width
        top = self.document.pages[page].height - box.content_box_y()
        frame = (left, top - box.height, right, top)
        layout = {"O": "/Layout", "BBox": pydyf.Array([side * _POINTS for side in frame])}
        return {"Alt": pydyf.String(words), "A": pydyf.Dictionary(layout)}

    def _fill(self, node: Node) -> None:
        kids = self.kids(node)
        node.object.update(node.extra)
        node.object["S"] = f"/{node.kind}"
        if node.parent is not None:
            node.object["P"] = node.parent.object.reference
        if node.page >= 0:
            node.object["Pg"] = self.pdf.page_references[node.page]
        node.object["K"] = kids[0] if len(kids) == 1 else pydyf.Array(kids)

    def _kid(self, node: Node, kid: Node | tuple[int, int]) -> Any:
        """A child by its reference, a piece by its number, with its page where it is another."""
        if isinstance(kid, Node):
            return kid.object.reference
        page, mcid = kid
        if page == node.page:
            return mcid
        return pydyf.Dictionary(
            {"Type": "/MCR", "Pg": self.pdf.page_references[page], "MCID": mcid}
        )

    def _catalogue(self) -> None:
        tree = pydyf.Dictionary({"Nums": self.leaf(int)})
        self.pdf.add_object(tree)
        root = pydyf.Dictionary(
            {
                "Type": "/StructTreeRoot",
                "K": self.root.object.reference,
                "ParentTree": tree.reference,
                "ParentTreeNextKey": len(self.owners),
            }
        )
        self.pdf.add_object(root)
        self.of_the_file = [tree, root]
        self.root.object["P"] = root.reference
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog.update({name: pydyf.Dictionary(said) for name, said in CATALOGUE.items()})


def _kind(box: Any) -> str:
    """What the element is; nothing for what only groups."""
    level = box.style["bookmark_level"]
    if box.element_tag == "p" and level != "none":
        return f"H{min(level, 6)}"
    return _KINDS.get(box.element_tag, "")


def _spans(box: Any, kind: str) -> dict[str, Any]:
    """What a cell heads, and how many columns and rows it covers."""
    if kind not in {"TH", "TD"}:
        return {}
    found: dict[str, Any] = {}
    if kind == "TH":
        found["Scope"] = f"/{_SCOPES.get(box.element.get('scope'), 'Column')}"
    for name, span in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
        if span != 1:
            found[name] = span
    return {"A": pydyf.Dictionary({"O": "/Table", **found})} if found else {}


def _mark_decoration(stream: Any, numbers: set[int]) -> None:
    """Pieces that no reader should read aloud: repeated heads and page numbers."""
    if not numbers:
        return
    items = stream.stream
    for at, item in enumerate(items):
        if item == b"BDC" and items[at - 1]["MCID"] in numbers:
            items[at - 2], items[at - 1] = "/Artifact", b"<</Type/Pagination>>"
