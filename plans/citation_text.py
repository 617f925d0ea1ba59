"""How a plan names the documents that it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from cchc.lib.text import fold

MISSING = "[...]"
OPENINGS = {"basis": "Căn cứ", "implements": "Thực hiện"}
# Laws are cited by their name alone (Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II).
LAWS = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
# An abstract with one of these verbs follows its issuer directly: "của Chính phủ quy định về …".
_DIRECT = re.compile(
    r"(?:về|quy định|ban hành|phê duyệt|sửa đổi|bổ sung|thay thế|bãi bỏ|hướng dẫn|công bố)\b"
)
_DATES = {"day": "ngày %d/%m/%Y", "month": "tháng %m/%Y", "year": "năm %Y"}
_SHORT = {"day": "%d/%m/%Y", "month": "%m/%Y", "year": "%Y", "none": ""}
_WRITTEN = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)", re.ASCII)


class Named(Protocol):
    """What every cited document has, in a plan or in the register."""

    document_type: str
    reference: str
    dated_on: date | None
    date_precision: str
    issuer: str
    abstract: str


class Cited(Named, Protocol):
    """A document with the part that it has in a plan."""

    role: str


def standing_above(bases: Iterable[Cited], opening: str) -> tuple[str, ...]:
    """The căn cứ and thực hiện in their order, without their closing marks.

    A document that the opening paragraph itself names by its number stands there
    (``Thực hiện Kế hoạch số 30/KH-UBND …, Ban xây dựng …``) and is not said twice.
    """
    return tuple(
        f"{OPENINGS[basis.role]} {citation(basis)}"
        for basis in bases
        if basis.role in OPENINGS and not (basis.reference and basis.reference in opening)
    )


def citation(document: Named) -> str:
    """``Kế hoạch số 30/KH-UBND ngày 21/02/2024 của … về …``; a part not known is ``[...]``.

    What is no document ("Căn cứ chức năng, nhiệm vụ được giao") has its words alone.
    """
    about = lowered(document.abstract)
    if about and not (document.document_type or document.reference):
        return about
    if document.document_type in LAWS:
        parts = [document.document_type, document.abstract or MISSING, dated(document)]
        return " ".join(part for part in parts if part)
    joint = "" if _DIRECT.match(about) else "về "
    return (
        f"{document.document_type} số {document.reference or MISSING} "
        f"{dated(document) or f'ngày {MISSING}'} "
        f"của {document.issuer or MISSING} {joint}{about or MISSING}"
    )


def short_name(document: Named) -> str:
    """``Nghị định số 09/2019/NĐ-CP``; a law by its name."""
    if document.document_type in LAWS:
        return f"{document.document_type} {document.abstract}".strip()
    number = f" số {document.reference}" if document.reference else ""
    return f"{document.document_type}{number}"


def is_same(one: Named, other: Named) -> bool:
    """Whether both are one document: type and number agree, and the dates as far as written.

    Numbers begin anew each year, so that the number alone does not tell.
    """
    if not one.reference or fold(one.reference) != fold(other.reference):
        return False
    if fold(one.document_type) != fold(other.document_type):
        return False
    days = [short_date(row.dated_on, row.date_precision) for row in (one, other)]
    return days[0].endswith(days[1]) or days[1].endswith(days[0])


def search_text(document: Named) -> str:
    """The folded words by which it is found, the number first."""
    day = short_date(document.dated_on, document.date_precision)
    words = (document.reference, document.document_type, day, document.issuer, document.abstract)
    return fold(" ".join(words))


def lowered(text: str) -> str:
    """Inside a sentence: ``tuyên truyền …``, but ``CCHC …`` stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def dated(document: Named) -> str:
    """``ngày 21/02/2024``, ``tháng 02/2024``, ``năm 2024`` or nothing."""
    if document.dated_on is None:
        return ""
    return document.dated_on.strftime(_DATES[document.date_precision])


def short_date(on: date | None, precision: str) -> str:
    """``21/02/2024``, ``02/2024``, ``2024`` or nothing: what :func:`written_date` reads."""
    return on.strftime(_SHORT[precision]) if on else ""


def written_date(text: str) -> tuple[date | None, str]:
    """A date as far as it is written, and its precision; ``ValueError`` when it is none."""
    if not text.strip():
        return None, "none"
    parts = _WRITTEN.fullmatch(text.strip())
    if parts is None:
        raise ValueError(text)
    day, month, year = parts.groups()
    precision = "day" if day else "month" if month else "year"
    return date(int(year), int(month or 1), int(day or 1)), precision
