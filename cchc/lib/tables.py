"""One frozen table value that feeds the screen, the PDF and the XLSX.

Whoever renders a table formats its values with :func:`display`, so a figure
reads the same wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds; decides alignment and the spreadsheet's number format."""

    TEXT = "text"
    INTEGER = "integer"
    PERCENT = "percent"
    DATE = "date"
    RATIO = "ratio"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A count beside what was required, shown as ``done/required``."""

    done: int
    required: int


Value = str | int | Decimal | date | Ratio | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, how it stands (``tone``) and where it leads.

    ``tone`` is a compliance state such as ``met`` or empty; ``mark`` the short
    Vietnamese word of that state, so that the cell is readable without colour;
    ``href`` a site-relative address; ``note`` a longer explanation.
    """

    value: Value = None
    tone: str = ""
    mark: str = ""
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` is its share of the table's width, ``group`` the upper heading."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 10
    group: str = ""


class Level(StrEnum):
    """What a row is: a figure row, a group heading across the table, or a total."""

    BODY = "body"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in column order; a group row has one cell that spans the table."""

    cells: tuple[Cell, ...]
    level: Level = Level.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; ``clock`` names the period and the clock that its figures follow."""

    key: str
    title: str
    clock: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = "Không có dữ liệu trong kỳ này."


_VIETNAMESE_MARKS = str.maketrans(",.", ".,")


def percent(done: int, required: int) -> Decimal | None:
    """``done`` of ``required`` in percent with one decimal; None when nothing was required."""
    if required == 0:
        return None
    share = Decimal(done) * 100 / Decimal(required)
    return share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def display(value: Value, kind: Kind = Kind.TEXT) -> str:
    """The Vietnamese text of a value: ``1.234,5``, ``97,5%``, ``20/03/2024``, ``1/1``.

    A ratio or percentage of nothing reads ``không áp dụng``: zero of zero is not a score.
    """
    match value:
        case None:
            return "không áp dụng" if kind in {Kind.PERCENT, Kind.RATIO} else ""
        case Ratio(done=done, required=required):
            return f"{_thousands(done)}/{_thousands(required)}" if required else "không áp dụng"
        case date():
            return value.strftime("%d/%m/%Y")
        case Decimal() if kind is Kind.POINTS:
            return f"{value:,.2f}".translate(_VIETNAMESE_MARKS)
        case Decimal():
            swapped = f"{value:,.1f}".removesuffix(".0").translate(_VIETNAMESE_MARKS)
            return f"{swapped}%" if kind is Kind.PERCENT else swapped
        case int():
            return _thousands(value)
        case str():
            return value


def _thousands(number: int) -> str:
    return f"{number:,}".translate(_VIETNAMESE_MARKS)
