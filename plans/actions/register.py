"""The register of legal documents: what is added, put right, and marked as no longer in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from agencies import audit
from agencies.models import Province, User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.citation_text import LAWS, Named, is_same, search_text, short_date, short_name
from plans.citations import Citation, rank
from plans.models import LegalBasis, LegalDocument, Plan
from plans.models.legal_document import LegalForce

ADDED = audit.Verb("register.add", "Ghi văn bản vào sổ")
CORRECTED = audit.Verb("register.correct", "Sửa văn bản trong sổ")
ENDED = audit.Verb("register.end", "Ghi văn bản hết hiệu lực")
REINSTATED = audit.Verb("register.reinstate", "Ghi văn bản còn hiệu lực")
CITED = audit.Verb("register.cited", "Ghi căn cứ của kế hoạch vào sổ")


@transaction.atomic
def add(*, province: Province, citation: Citation, by: User) -> LegalDocument:
    """A document that the register does not have."""
    require(policies.may_keep_register(by, province))
    document = _document(province, citation, by)
    _refuse_twice(document)
    document.save()
    audit.record(ADDED, document, by=by, province=province, after=_facts(document))
    return document


@transaction.atomic
def add_cited(
    *, province: Province, citations: Iterable[Citation], by: User
) -> list[LegalDocument]:
    """The entries of these documents in their order; those that are missing are written."""
    require(policies.may_keep_register(by, province))
    entries = [_entry(_document(province, citation, by)) for citation in citations]
    made = [entry for entry, is_new in entries if is_new]
    if made:
        names = [short_name(entry) for entry in made]
        audit.record(ADDED, made[0], by=by, province=province, after={"documents": names})
    return [entry for entry, _ in entries]


@transaction.atomic
def register_cited(*, plan: Plan, by: User) -> int:
    """Write the documents that the plan cites into the register; say how many were missing."""
    locked = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("province", "agency")
        .get(pk=plan.pk)
    )
    require(policies.may_keep_register(by, locked.province))
    bases = locked.bases.filter(registered=None).order_by("order").select_related("document")
    linked = {basis: _linked(basis, locked, by) for basis in bases if _is_known(basis)}
    made = [short_name(basis) for basis, is_new in linked.items() if is_new]
    if linked:
        audit.record(CITED, locked, by=by, agency=locked.agency, after={"documents": made})
    return len(made)


@transaction.atomic
def correct(*, document: LegalDocument, citation: Citation, by: User) -> LegalDocument:
    """Put right what the register says of a document."""
    locked = _locked(document)
    require(policies.may_keep_register(by, locked.province))
    before = _facts(locked)
    _fill(locked, citation)
    _refuse_twice(locked)
    locked.save()
    audit.record(
        CORRECTED, locked, by=by, province=locked.province, before=before, after=_facts(locked)
    )
    return locked


@transaction.atomic
def mark_ended(
    *, document: LegalDocument, replaced_by: LegalDocument | None, on: date | None, by: User
) -> LegalDocument:
    """No longer in force from a day (inclusive): replaced by another document, or expired."""
    locked = _locked(document)
    require(policies.may_keep_register(by, locked.province))
    if replaced_by is not None:
        _refuse_circle(locked, replaced_by)
    if on and locked.dated_on and on < locked.dated_on:
        raise Refused(f"{short_name(locked)} ban hành sau ngày {on:%d/%m/%Y}; hãy xem lại ngày.")
    locked.force = LegalForce.REPLACED if replaced_by else LegalForce.EXPIRED
    locked.replaced_by, locked.ended_on = replaced_by, on
    locked.save()
    audit.record(ENDED, locked, by=by, province=locked.province, after=_facts(locked))
    return locked


@transaction.atomic
def reinstate(*, document: LegalDocument, by: User) -> LegalDocument:
    """In force after all."""
    locked = _locked(document)
    require(policies.may_keep_register(by, locked.province))
    before = _facts(locked)
    locked.force, locked.replaced_by, locked.ended_on = LegalForce.IN_FORCE, None, None
    locked.save()
    audit.record(REINSTATED, locked, by=by, province=locked.province, before=before)
    return locked


def _is_known(basis: LegalBasis) -> bool:
    """A number that is written, or a law, which has a name instead."""
    is_numbered = any(char.isdigit() for char in basis.reference)
    return bool(basis.document_type) and (
        is_numbered or (basis.document_type in LAWS and bool(basis.abstract))
    )


def _linked(basis: LegalBasis, plan: Plan, by: User) -> bool:
    """Give the basis its entry; whether that was written just now."""
    entry, is_new = _entry(_cited_document(basis, plan.province, by))
    LegalBasis.objects.filter(pk=basis.pk).update(registered=entry)
    return is_new


def _locked(document: LegalDocument) -> LegalDocument:
    return (
        LegalDocument.objects.select_for_update(of=("self",))
        .select_related("province", "replaced_by")
        .get(pk=document.pk)
    )


def _document(province: Province, citation: Citation, by: User) -> LegalDocument:
    document = LegalDocument(province=province, added_at=clock.now(), added_by=by)
    _fill(document, citation)
    return document


def _cited_document(basis: LegalBasis, province: Province, by: User) -> LegalDocument:
    citation = Citation(
        role="cited",
        document_type=basis.document_type,
        reference=basis.reference,
        on=basis.dated_on,
        precision=basis.date_precision,  # type: ignore[arg-type]
        issuer=basis.issuer,
        abstract=basis.abstract,
    )
    document = _document(province, citation, by)
    if basis.document and basis.document.province_id == province.pk:
        document.plan = basis.document
    return document


def _fill(document: LegalDocument, citation: Citation) -> None:
    document.document_type = citation.document_type
    document.reference = citation.reference
    document.dated_on, document.date_precision = citation.on, citation.precision
    document.issuer = citation.issuer
    document.abstract = citation.abstract
    document.rank = rank(citation.document_type, citation.issuer, citation.reference)
    document.search = search_text(document)


def _entry(document: LegalDocument) -> tuple[LegalDocument, bool]:
    """The register's own row of that document, and whether it was written just now."""
    present = _present(document)
    if present is not None:
        return present, False
    document.save()
    return document, True


def _present(document: LegalDocument) -> LegalDocument | None:
    rows = LegalDocument.objects.filter(
        province=document.province, search__startswith=search_text(_bare(document))
    ).exclude(pk=document.pk)
    return next((row for row in rows if _agree(row, document)), None)


def _bare(document: LegalDocument) -> LegalDocument:
    """Its number and type alone: how the ``search`` of its row begins."""
    return LegalDocument(document_type=document.document_type, reference=document.reference)


def _agree(one: Named, other: Named) -> bool:
    """The same document; one without a number by its type and its words."""
    if one.reference or other.reference:
        return is_same(one, other)
    return search_text(one) == search_text(other)


def _refuse_twice(document: LegalDocument) -> None:
    present = _present(document)
    if present is not None:
        raise Refused(f"Sổ đã có {short_name(present)}; hãy sửa văn bản đó.")


def _refuse_circle(document: LegalDocument, replaced_by: LegalDocument) -> None:
    if replaced_by.province_id != document.province_id:
        raise Refused("Văn bản thay thế không thuộc sổ văn bản của tỉnh này.")
    later: int | None = replaced_by.pk
    while later is not None:
        if later == document.pk:
            raise Refused(
                f"{short_name(replaced_by)} đã được ghi là bị chính văn bản này thay thế."
            )
        later = LegalDocument.objects.values_list("replaced_by", flat=True).get(pk=later)


def _facts(document: LegalDocument) -> dict[str, str]:
    return {
        "document": short_name(document),
        "dated": short_date(document.dated_on, document.date_precision),
        "issuer": document.issuer,
        "abstract": document.abstract,
        "force": document.force,
        "replaced_by": short_name(document.replaced_by) if document.replaced_by else "",
        "ended_on": f"{document.ended_on:%d/%m/%Y}" if document.ended_on else "",
    }
