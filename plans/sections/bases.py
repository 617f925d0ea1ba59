"""Căn cứ: the documents that the plan implements or cites."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from plans.citation_text import short_date, written_date
from plans.models import LegalBasis, LegalDocument, Plan
from plans.models.legal_basis import BasisRole
from plans.models.plan import IN_FORCE
from plans.sections.fields import Fields, Row, accept_rows
from plans.sections.rows import by_uid, rewrite
from plans.sections.section import Section

LABELS = {
    "role": "Vai trò",
    "place_in_plan": "Vị trí trong kế hoạch",
    "document_type": "Loại văn bản",
    "reference": "Số, ký hiệu",
    "dated": "Ngày",
    "issuer": "Cơ quan ban hành",
    "abstract": "Về việc",
    "document": "Kế hoạch trong hệ thống",
    "registered": "Văn bản trong sổ",
}
_ROLES = {value: str(label) for value, label in BasisRole.choices}
_OWN = ("role", "place_in_plan", "document_type", "reference", "issuer", "abstract")


def read(plan: Plan) -> list[Row]:
    """The bases in their order."""
    return [
        {"uid": row.uid}
        | {name: getattr(row, name) for name in _OWN}
        | {
            "dated": short_date(row.dated_on, row.date_precision),
            "document": row.document_id,
            "registered": row.registered_id,
        }
        for row in plan.bases.order_by("order")
    ]


def accept(data: object, plan: Plan) -> list[Row]:
    """The typed bases; they name only what the plan's province may see, or what they named."""
    named = data if isinstance(data, list) else []
    own = LegalBasis.objects.filter(plan=plan)
    plans = Plan.objects.filter(
        Q(province=plan.province_id, amends=None)
        & (Q(state__in=IN_FORCE) | Q(agency=plan.agency_id))
        | Q(cited_as__in=own)
    ).filter(pk__in=_keys(named, "document"))
    documents = LegalDocument.objects.filter(
        Q(province=plan.province_id) | Q(citations__in=own)
    ).filter(pk__in=_keys(named, "registered"))
    known = set(plans.values_list("pk", flat=True)) - {plan.pk}
    registered = set(documents.values_list("pk", flat=True))
    return accept_rows(data, LABELS, lambda fields: _accepted(fields, known, registered))


def _keys(rows: list[object], name: str) -> set[int]:
    """The keys that the rows name, as far as a table can have them."""
    values = (row.get(name) for row in rows[:2000] if isinstance(row, dict))
    return {value for value in values if isinstance(value, int) and 0 < value < 2**63}


def _accepted(fields: Fields, plans: set[int], registered: set[int]) -> Row:
    return {
        "role": fields.choice("role", _ROLES),
        "place_in_plan": fields.line("place_in_plan", 40),
        "document_type": fields.line("document_type", 60),
        "reference": fields.line("reference", 60),
        "dated": fields.known_date("dated"),
        "issuer": fields.line("issuer", 160),
        "abstract": fields.line("abstract", 400),
        "document": fields.key("document", plans.__contains__, "Không có kế hoạch này."),
        "registered": fields.key(
            "registered", registered.__contains__, "Không có văn bản này trong sổ."
        ),
    }


def write(plan: Plan, value: Any) -> None:
    """Bring the rows to the value."""
    wanted = {row["uid"]: _values(order, row) for order, row in enumerate(value, start=1)}
    rewrite(LegalBasis, by_uid(plan.bases.all()), wanted, base={"plan": plan})


def _values(order: int, row: Row) -> Row:
    dated_on, precision = written_date(row["dated"])
    return {name: row[name] for name in _OWN} | {
        "order": order,
        "dated_on": dated_on,
        "date_precision": precision,
        "document_id": row["document"],
        "registered_id": row["registered"],
    }


SECTION = Section("bases", "Căn cứ", read, accept, write)
