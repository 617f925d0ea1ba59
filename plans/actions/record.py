"""A plan comes into the system as a draft, with everything that its document says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from cchc.lib.decisions import require
from cchc.lib.facts import FactsError
from plans import policies
from plans.models import (
    Channel,
    Clause,
    ContentItem,
    LegalBasis,
    Plan,
    PlanChannel,
    Target,
)
from plans.plan_file import BasisFacts, ClauseFacts, FormFacts, PlanFacts
from plans.task_rows import TaskNames, write_tasks

RECORDED = audit.Verb("plan.record", "Ghi nhận kế hoạch")


@transaction.atomic
def record(*, facts: PlanFacts, by: User) -> Plan:
    """Create the draft; a plan that is there already, by its key, is returned untouched."""
    agency = Agency.objects.select_related("province").filter(code=facts.agency).first()
    if agency is None:
        raise FactsError(f"Kế hoạch {facts.key}: không có cơ quan “{facts.agency}”.")
    require(policies.may_record(by, agency))
    present = Plan.objects.filter(key=facts.key).first()
    if present is not None:
        return present
    names = _Names.around(agency, facts)
    plan = _create_plan(agency, facts, names)
    _create_clauses(plan, facts.clauses, None, count(1))
    _create_lists(plan, facts, names)
    _create_forms(plan, facts.forms, names)
    write_tasks(plan, facts.tasks, names.of_tasks)
    audit.record(RECORDED, plan, by=by, agency=agency, after={"key": plan.key})
    return plan


@dataclass(frozen=True, slots=True)
class _Names:
    """What the plan's file may name: whatever its tasks may, and the province's plans."""

    of_tasks: TaskNames
    plans: Mapping[str, Plan]

    @classmethod
    def around(cls, agency: Agency, facts: PlanFacts) -> _Names:
        """Four queries."""
        cited = {facts.parent, *(basis.plan for basis in facts.bases)}
        plans = Plan.objects.filter(province=agency.province, key__in=cited)
        return cls(
            of_tasks=TaskNames.around(agency, f"Kế hoạch {facts.key}"),
            plans={row.key: row for row in plans},
        )

    def channel(self, code: str) -> Channel:
        """The channel of that code."""
        return self.of_tasks.channel(code)

    def plan(self, key: str) -> Plan:
        """The plan of that key."""
        return self.of_tasks.found(self.plans, key, "kế hoạch")


def _create_plan(agency: Agency, facts: PlanFacts, names: _Names) -> Plan:
    return Plan.objects.create(
        key=facts.key,
        province=agency.province,
        agency=agency,
        kind=facts.kind,
        parent=names.plan(facts.parent) if facts.parent else None,
        number=facts.number,
        symbol=facts.symbol,
        signed_on=facts.signed.on,
        signed_precision=facts.signed.precision,
        place=facts.place,
        title=facts.title,
        opening=facts.opening,
        audiences="\n".join(facts.audiences),
        scopes="\n".join(facts.scopes),
        annex_title=facts.annex_title,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        signer_authority=facts.signer.authority,
        signer_position=facts.signer.position,
        signer_name=facts.signer.name,
        recipients="\n".join(facts.recipients),
        known_by_citation=facts.known_by_citation,
    )


def _create_clauses(
    plan: Plan, clauses: Iterable[ClauseFacts], parent: Clause | None, places: count[int]
) -> None:
    for facts in clauses:
        clause = Clause.objects.create(
            plan=plan,
            parent=parent,
            order=next(places),
            label=facts.label,
            heading=facts.heading,
            text=facts.text,
        )
        _create_clauses(plan, facts.items, clause, places)


def _create_lists(plan: Plan, facts: PlanFacts, names: _Names) -> None:
    LegalBasis.objects.bulk_create(
        _basis(plan, order, basis, names) for order, basis in enumerate(facts.bases, start=1)
    )
    Target.objects.bulk_create(
        Target(
            plan=plan,
            order=order,
            operator=target.operator,
            value=target.value,
            measure=target.measure,
            counted=target.counted,
            place_in_plan=target.place_in_plan,
            data_source=target.data_source,
        )
        for order, target in enumerate(facts.targets, start=1)
    )
    ContentItem.objects.bulk_create(
        ContentItem(plan=plan, order=order, label=item.label, title=item.title)
        for order, item in enumerate(facts.content, start=1)
    )


def _basis(plan: Plan, order: int, facts: BasisFacts, names: _Names) -> LegalBasis:
    return LegalBasis(
        plan=plan,
        order=order,
        role=facts.role,
        place_in_plan=facts.place_in_plan,
        document_type=facts.document_type,
        reference=facts.reference,
        dated_on=facts.dated.on,
        date_precision=facts.dated.precision,
        issuer=facts.issuer,
        abstract=facts.abstract,
        document=names.plan(facts.plan) if facts.plan else None,
    )


def _create_forms(plan: Plan, forms: Iterable[FormFacts], names: _Names) -> None:
    for order, facts in enumerate(forms, start=1):
        form = PlanChannel.objects.create(
            plan=plan, order=order, label=facts.label, title=facts.title
        )
        form.channels.set([names.channel(code) for code in facts.channels])
