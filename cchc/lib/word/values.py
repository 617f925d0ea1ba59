"""What a text for Word is made of; measures in millimetres, sizes in points. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cchc.lib.tables import Table

FONT = "Times New Roman"


class Align(StrEnum):
    """Where the lines of a paragraph stand."""

    LEFT = "left"
    CENTER = "center"
    JUSTIFY = "both"


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style; sizes in points, the indents in millimetres, ``level`` for the outline."""

    name: str
    size: float
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    first_line: float = 0
    sides: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in a style; ``rule`` draws a centred line below, as a share of its width."""

    text: str
    look: Look
    rule: float = 0
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Paragraphs side by side without borders: rows of cells of lines, widths in shares."""

    shares: tuple[float, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A table with its borders; the styles of its head, its cells and its group rows.

    ``top``: the cells of a row begin at one height instead of standing in its middle.
    """

    table: Table
    head: Look
    cell: Look
    group: Look
    top: bool = False


Block = Line | Columns | Figures


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of one orientation that are numbered on their own, the first without a number."""

    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Margins:
    """In millimetres."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text; ``number`` is the style of the page number in the top margin."""

    title: str
    author: str
    created: datetime
    margins: Margins
    looks: tuple[Look, ...]
    number: Look
    parts: tuple[Part, ...]


# The line below a text stands in a paragraph of its own, a point high.
RULE = Look("Đường kẻ", 1, Align.CENTER)
