"""What an official document says and how its formal lines are worded.

Layout of Nghị định 30/2020/NĐ-CP, Phụ lục I. Pure: where things stand is in
``templates/print/``, how they measure in ``static/css/print.css``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cchc.lib.tables import Table

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

NO_BREAK = "\u00a0"
# Non-breaking, so that the room for a hand-written number or day survives layout.
BLANK = NO_BREAK * 7
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Style(StrEnum):
    """How a paragraph stands on the page."""

    BASIS = "basis"
    BODY = "body"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page 1; ``mark`` (``DỰ THẢO``) stands above everything."""

    parent_agency: str
    agency: str
    number_text: str
    place_date: str
    kind: str
    subject: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body."""

    text: str
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table between two paragraphs of the body."""

    table: Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: authority lines (``TM. …``, ``KT. …``; may be none), position and name."""

    authority: tuple[str, ...]
    position: str
    name: str


@dataclass(frozen=True, slots=True)
class Annex:
    """A phụ lục on its own pages; wide tables lie on their side."""

    label: str
    title: str
    attached: str
    table: Table
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A whole official document, ready to be laid out."""

    letterhead: Letterhead
    blocks: tuple[Paragraph | TableBlock, ...]
    signature: Signature
    recipients: tuple[str, ...]
    created: date
    annexes: tuple[Annex, ...] = ()
    provenance: str = ""

    @property
    def title(self) -> str:
        """The name of the file as readers show it."""
        return f"{self.letterhead.kind} {self.letterhead.subject}".strip()


def number_and_symbol(number: str | int | None, symbol: str) -> str:
    """``05/KH-STTTT``, ``30c/NQ-CP``, ``28-CT/TU``; a blank number stays blank (Điều 8)."""
    text = "" if number is None else str(number).strip()
    if text.isascii() and text.isdigit():
        text = f"{int(text):02d}"
    joint = "" if symbol.startswith(("-", "/")) or not symbol else "/"
    return f"{text or BLANK}{joint}{symbol}"


def document_number(number: str | int | None, symbol: str) -> str:
    """The number line of the head: ``Số: 05/KH-STTTT``."""
    return f"Số: {number_and_symbol(number, symbol)}"


def long_date(on: date | None, precision: str = "day") -> str:
    """``ngày 05 tháng 02 năm 2024``, ``ngày 20 tháng 3 năm 2024``; unknown parts stay blank.

    Days under 10 and the months 1 and 2 get a zero, the months 3 to 9 do not.
    ``precision`` is ``day``, ``month`` or ``year``.
    """
    day = f"{on.day:02d}" if on and precision == "day" else BLANK
    month = _month(on.month) if on and precision in {"day", "month"} else BLANK
    year = str(on.year) if on else BLANK
    return f"ngày {day} tháng {month} năm {year}"


def date_line(place: str, on: date | None, precision: str = "day") -> str:
    """``Sóc Trăng, ngày 05 tháng 02 năm 2024``; an unknown place stays blank."""
    return f"{place or BLANK}, {long_date(on, precision)}"


def attached_line(document: str, number_text: str, dated: str, agency: str) -> str:
    """``(Kèm theo Báo cáo số 12/BC-SNV ngày 05 tháng 4 năm 2024 của Sở Nội vụ)``."""
    return f"(Kèm theo {document} số {number_text} {dated} của {agency})"


def roman(number: int) -> str:
    """The Roman numeral of 1 to 39."""
    if not 1 <= number <= 39:
        raise ValueError(f"No annex or heading has the number {number}.")
    parts: list[str] = []
    for value, letter in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letter * count)
    return "".join(parts)


def annex_label(index: int, total: int) -> str:
    """``Phụ lục`` alone, or ``Phụ lục II`` when there are two or more (1-based)."""
    return "Phụ lục" if total == 1 else f"Phụ lục {roman(index)}"


def sections(titles: Iterable[str]) -> list[Paragraph]:
    """Main headings in order: ``I. …``, ``II. …``."""
    return [
        Paragraph(f"{roman(index)}. {title}", Style.HEADING1)
        for index, title in enumerate(titles, start=1)
    ]


def bases(texts: Sequence[str]) -> list[Paragraph]:
    """The căn cứ, one per paragraph, each ending ``;`` and the last ``.``."""
    return [Paragraph(text, Style.BASIS) for text in listed(texts)]


def recipient_lines(names: Sequence[str], archive: str = "VT") -> tuple[str, ...]:
    """``- …;`` for each and ``- Lưu: VT.`` at the end."""
    return dashed([*names, f"Lưu: {archive}"])


def dashed(texts: Sequence[str]) -> tuple[str, ...]:
    """``- …;`` for each and ``- ….`` for the last."""
    return tuple(f"- {line}" for line in listed(texts))


def listed(texts: Sequence[str]) -> list[str]:
    """An enumeration: each ends ``;``, the last ``.``."""
    bare = [text.strip().rstrip(";.,") for text in texts]
    return [*(f"{text};" for text in bare[:-1]), *(f"{text}." for text in bare[-1:])]


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)
