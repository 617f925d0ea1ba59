"""Documents of the register, and the plans that cite them, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from agencies.models import Province, User
from plans.citation_text import (
    LAWS,
    citation,
    is_same,
    short_date,
    short_name,
    written_date,
)
from plans.citations import Citation, rank
from plans.models import LegalBasis, LegalDocument, Plan
from plans.models.legal_document import LegalForce

_WORDS = ("document_type", "reference", "issuer", "abstract")


@dataclass(frozen=True, slots=True)
class Reading:
    """A pasted citation, how it will be printed, and what the register has of it."""

    printed: str
    is_whole: bool
    is_present: bool

    @property
    def is_new(self) -> bool:
        """Whether it is going to be written."""
        return self.is_whole and not self.is_present


def entry(document: LegalDocument) -> dict[str, Any]:
    """A document of the register as the browser's completion knows it."""
    return {
        "registered": document.pk,
        "document": document.plan_id,
        "document_type": document.document_type,
        "reference": document.reference,
        "dated": short_date(document.dated_on, document.date_precision),
        "issuer": document.issuer,
        "abstract": document.abstract,
        "label": short_name(document),
        "hint": document.abstract if document.reference else document.issuer,
        "ended": ended_text(document),
    }


def ended_text(document: LegalDocument) -> str:
    """``Đã được thay thế bằng … từ ngày …``; nothing while it is in force."""
    if document.force == LegalForce.IN_FORCE:
        return ""
    replaced = document.replaced_by
    since = f" từ ngày {document.ended_on:%d/%m/%Y}" if document.ended_on else ""
    what = f"Đã được thay thế bằng {short_name(replaced)}" if replaced else "Đã hết hiệu lực"
    return f"{what}{since}."


def is_whole(cited: Citation) -> bool:
    """Whether it names a document: a type with a number, or a law by its name."""
    if cited.document_type in LAWS:
        return bool(cited.abstract)
    return bool(cited.document_type) and any(char.isdigit() for char in cited.reference)


def _row(cited: Citation) -> dict[str, Any]:
    """A citation as a row of the section ``bases``, without its identity."""
    return {
        "role": cited.role,
        "place_in_plan": "",
        "document_type": cited.document_type,
        "reference": cited.reference,
        "dated": short_date(cited.on, cited.precision),
        "issuer": cited.issuer,
        "abstract": cited.abstract,
        "document": None,
        "registered": None,
    }


def preview(found: Iterable[Citation], province: Province) -> list[Reading]:
    """What would be written: the present ones are told apart."""
    present = list(LegalDocument.objects.filter(province=province))
    readings = []
    for cited in found:
        document = as_document(cited)
        is_present = any(is_same(document, row) for row in present)
        readings.append(Reading(citation(document), is_whole(cited), is_present))
    return readings


def as_document(cited: Citation) -> LegalDocument:
    """Unsaved: what the words of a citation need."""
    return LegalDocument(
        document_type=cited.document_type,
        reference=cited.reference,
        dated_on=cited.on,
        date_precision=cited.precision,
        issuer=cited.issuer,
        abstract=cited.abstract,
    )


def joined(found: Iterable[Citation], province: Province | None) -> list[dict[str, Any]]:
    """Citations as rows of the section ``bases``, with the register's entry where it has one."""
    register = _register(province)
    rows = []
    for cited in found:
        entry = _found(as_document(cited), register)
        link = {"registered": entry.pk, "document": entry.plan_id} if entry else {}
        rows.append(_row(cited) | link)
    return rows


def known(rows: Iterable[dict[str, Any]], province: Province | None) -> dict[str, dict[str, Any]]:
    """For each row of the section ``bases``, as typed: its print, its rank, and its entry."""
    register = _register(province)
    by_pk = {entry.pk: entry for entry in register}
    found = {}
    for row in rows:
        document = _typed(row)
        registered = row.get("registered")
        linked = by_pk.get(registered) if isinstance(registered, int) else None
        entry = linked or _found(document, register)
        found[str(row.get("uid", ""))] = {
            "printed": citation(document),
            "rank": rank(document.document_type, document.issuer, document.reference),
            "on": f"{document.dated_on}" if document.dated_on else "",
            "ended": ended_text(entry) if entry else "",
            "entry": entry.pk if entry else None,
            "document": entry.plan_id if entry else None,
        }
    return found


def plan_option(plan: Plan) -> dict[str, Any]:
    """A plan as the completion of the parent plan shows it."""
    label = f"{plan.citation} của {plan.agency.short_name}"
    aliases = [plan.reference, plan.title, plan.agency.name]
    return {"value": plan.pk, "label": label, "hint": plan.title, "aliases": aliases}


def plan_row(plan: Plan) -> dict[str, Any]:
    """A plan of the system as a row of the section ``bases``, with what it is found by."""
    return plan_option(plan) | {
        "row": {
            "document_type": "Kế hoạch",
            "reference": plan.reference,
            "dated": short_date(plan.signed_on, plan.signed_precision),
            "issuer": plan.agency.name,
            "abstract": plan.title,
            "document": plan.pk,
            "registered": None,
        }
    }


def _register(province: Province | None) -> list[LegalDocument]:
    if province is None:
        return []
    return list(LegalDocument.objects.filter(province=province).select_related("replaced_by"))


def _found(document: LegalDocument, register: Iterable[LegalDocument]) -> LegalDocument | None:
    return next((entry for entry in register if is_same(document, entry)), None)


def _typed(row: Mapping[str, Any]) -> LegalDocument:
    """Unsaved, from what a page sent: anything but text is blank, and so is an odd date."""
    words = {name: str(row.get(name) or "")[:500] for name in _WORDS}
    try:
        on, precision = written_date(str(row.get("dated") or ""))
    except ValueError:
        on, precision = None, "none"
    return LegalDocument(**words, dated_on=on, date_precision=precision)


def plans_citing(document: LegalDocument, user: User) -> list[Plan]:
    """The visible plans that cite it, by its entry or by its number and date."""
    seen = Plan.objects.visible_to(user).filter(province=document.province_id)
    bases = LegalBasis.objects.filter(plan__in=seen).filter(
        Q(registered=document) | Q(reference__iexact=document.reference)
    )
    plans = {
        basis.plan_id
        for basis in bases
        if basis.registered_id == document.pk or is_same(basis, document)
    }
    return list(Plan.objects.filter(pk__in=plans).for_list())
