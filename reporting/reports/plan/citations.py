"""How a plan names the documents that it stands on."""

from __future__ import annotations

from collections.abc import Iterable

from plans.models import LegalBasis
from plans.models.legal_basis import BasisRole
from plans.models.plan import DatePrecision

MISSING = "[...]"
_OPENINGS = {BasisRole.BASIS: "Căn cứ", BasisRole.IMPLEMENTS: "Thực hiện"}
# Laws are cited by their name alone (Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II).
_LAWS = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})
_DATES = {
    DatePrecision.DAY: "ngày %d/%m/%Y",
    DatePrecision.MONTH: "tháng %m/%Y",
    DatePrecision.YEAR: "năm %Y",
}


def standing_above(bases: Iterable[LegalBasis], opening: str) -> tuple[str, ...]:
    """The căn cứ and thực hiện in their order, without their closing marks.

    A document that the opening paragraph itself names by its number stands there
    (``Thực hiện Kế hoạch số 30/KH-UBND …, Ban xây dựng …``) and is not said twice.
    """
    return tuple(
        f"{_OPENINGS[BasisRole(basis.role)]} {citation(basis)}"
        for basis in bases
        if basis.role in _OPENINGS and not (basis.reference and basis.reference in opening)
    )


def citation(basis: LegalBasis) -> str:
    """``Kế hoạch số 30/KH-UBND ngày 21/02/2024 của … về …``; a part not known is ``[...]``."""
    about = lowered(basis.abstract)
    if basis.document_type in _LAWS:
        parts = [basis.document_type, basis.abstract or MISSING, _dated(basis, "")]
        return " ".join(part for part in parts if part)
    joint = "" if about.startswith("về ") else "về "
    return (
        f"{basis.document_type} số {basis.reference or MISSING} {_dated(basis, f'ngày {MISSING}')} "
        f"của {basis.issuer or MISSING} {joint}{about or MISSING}"
    )


def lowered(text: str) -> str:
    """Inside a sentence: ``tuyên truyền …``, but ``CCHC …`` stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _dated(basis: LegalBasis, unknown: str) -> str:
    if basis.dated_on is None:
        return unknown
    return basis.dated_on.strftime(_DATES[DatePrecision(basis.date_precision)])
