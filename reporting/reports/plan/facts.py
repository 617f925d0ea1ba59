"""The facts of the document as plain values, read with a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from agencies.models.agency import AgencyKind
from cchc.lib.tables import Table
from plans.citation_text import lowered, standing_above
from plans.models import Plan
from plans.models.plan import IN_FORCE
from reporting.matrices import within_province
from reporting.reports.plan import annex
from reporting.reports.plan.narrative import Passage, duties_of, duty, lists_of, passages

_COMMITTEES = frozenset({AgencyKind.PROVINCE, AgencyKind.DISTRICT, AgencyKind.COMMUNE})


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the document says."""

    parent_agency: str
    agency: str
    number: str
    symbol: str
    place: str
    signed_on: date | None
    signed_precision: str
    draft: bool
    amending: bool
    title: str
    bases: tuple[str, ...]
    opening: str
    passages: tuple[Passage, ...]
    authority: tuple[str, ...]
    position: str
    signer: str
    recipients: tuple[str, ...]
    annex: Table | None
    printed_on: date


def gather(plan: Plan, printed_on: date) -> Facts:
    """Read the facts of one plan."""
    agency, province = plan.agency, plan.province
    clauses = list(plan.clauses.order_by("order"))
    tasks = {
        task: annex.assigned(task, province)
        for task in plan.tasks.order_by("order").prefetch_related(
            "assignees__unit", "assignees__agency"
        )
    }
    duties = duties_of(plan, clauses, tasks)
    told = {task for found in duties.values() for task in found}
    said = {
        area: tuple(duty(task, tasks[task]) for task in found) for area, found in duties.items()
    }
    rows = [(task, who) for task, who in tasks.items() if task not in told]
    draft = plan.state not in IN_FORCE
    heading = plan.annex_title or f"Phân công nhiệm vụ {lowered(plan.title)}"
    return Facts(
        parent_agency=_parent(agency),
        agency=_issuer(plan),
        number=plan.number,
        symbol=plan.symbol,
        place=plan.place or agency.place,
        signed_on=plan.signed_on,
        signed_precision=plan.signed_precision,
        draft=draft,
        amending=draft and plan.amends_id is not None,
        title=plan.title,
        bases=standing_above(plan.bases.order_by("order"), plan.opening),
        opening=plan.opening,
        passages=passages(clauses, lists_of(plan), said),
        authority=tuple(plan.signer_authority.splitlines()),
        position=plan.signer_position,
        signer=plan.signer_name,
        recipients=tuple(plan.recipients.splitlines()),
        annex=annex.table(heading, rows, draft=draft) if rows else None,
        printed_on=printed_on,
    )


def _issuer(plan: Plan) -> str:
    """What the agency was called when it signed; only a committee names its province."""
    agency = plan.agency
    dated = agency.names.on(plan.signed_on or plan.starts_on).first()
    name = dated.name if dated else agency.name
    return name if agency.kind in _COMMITTEES else within_province(name, plan.province)


def _parent(agency: Agency) -> str:
    """The agency above; people's committees name none (Phụ lục I, Mục II.2)."""
    above = agency.parent
    if agency.kind in _COMMITTEES or above is None:
        return ""
    if above.kind == AgencyKind.PROVINCE:
        return f"UBND tỉnh {agency.province.name}"
    return within_province(above.name, agency.province)
