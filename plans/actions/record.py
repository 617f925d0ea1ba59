"""A plan comes into the system as a draft, with everything that its document says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from django.db import transaction

from agencies import audit
from agencies.models import Agency, Unit, User
from cchc.lib.decisions import require
from cchc.lib.facts import FactsError
from plans import policies
from plans.models import (
    Assignee,
    Channel,
    Clause,
    ContentItem,
    LegalBasis,
    Plan,
    PlanChannel,
    Quota,
    RotationTurn,
    Target,
    Task,
)
from plans.models.task import AssigneeDuty
from plans.plan_file import (
    AssigneeFacts,
    BasisFacts,
    ClauseFacts,
    FormFacts,
    PlanFacts,
    QuotaFacts,
    TaskFacts,
)
from plans.timing import parse_timing

RECORDED = audit.Verb("plan.record", "Ghi nhận kế hoạch")

T = TypeVar("T")


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
    _create_tasks(plan, facts.tasks, None, count(1), names)
    audit.record(RECORDED, plan, by=by, agency=agency, after={"key": plan.key})
    return plan


@dataclass(frozen=True, slots=True)
class _Names:
    """What the plan's file may name: the province's agencies, channels, plans and own units."""

    key: str
    agencies: Mapping[str, Agency]
    units: Mapping[str, Unit]
    channels: Mapping[str, Channel]
    plans: Mapping[str, Plan]

    @classmethod
    def around(cls, agency: Agency, facts: PlanFacts) -> _Names:
        """Four queries."""
        province = agency.province
        cited = {facts.parent, *(basis.plan for basis in facts.bases)}
        return cls(
            key=facts.key,
            agencies={row.code: row for row in Agency.objects.filter(province=province)},
            units={row.code: row for row in Unit.objects.filter(agency=agency)},
            channels={row.code: row for row in Channel.objects.filter(province=province)},
            plans={row.key: row for row in Plan.objects.filter(province=province, key__in=cited)},
        )

    def agency(self, code: str) -> Agency:
        """The agency of that code."""
        return self._found(self.agencies, code, "cơ quan")

    def unit(self, code: str) -> Unit:
        """The agency's own unit of that code."""
        return self._found(self.units, code, "đơn vị")

    def channel(self, code: str) -> Channel:
        """The channel of that code."""
        return self._found(self.channels, code, "kênh")

    def plan(self, key: str) -> Plan:
        """The plan of that key."""
        return self._found(self.plans, key, "kế hoạch")

    def _found(self, rows: Mapping[str, T], code: str, what: str) -> T:
        if code not in rows:
            raise FactsError(f"Kế hoạch {self.key}: không có {what} “{code}”.")
        return rows[code]


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


def _create_tasks(
    plan: Plan,
    tasks: Iterable[TaskFacts],
    parent: Task | None,
    places: count[int],
    names: _Names,
) -> None:
    for facts in tasks:
        task = Task.objects.create(
            plan=plan,
            parent=parent,
            order=next(places),
            code=facts.code,
            area=facts.area,
            title=facts.title,
            conditional=facts.conditional,
            products=facts.products,
            timing_text=facts.time,
            timing_kind=_timing_kind(facts.time, plan.year),
        )
        _create_assignees(task, AssigneeDuty.LEAD, facts.lead, names)
        _create_assignees(task, AssigneeDuty.COORDINATING, facts.coordinating, names)
        for order, quota in enumerate(facts.quotas, start=1):
            _create_quota(task, order, quota, names)
        _create_tasks(plan, facts.rows, task, places, names)


def _create_assignees(
    task: Task, duty: AssigneeDuty, assignees: Iterable[AssigneeFacts], names: _Names
) -> None:
    Assignee.objects.bulk_create(
        Assignee(
            task=task,
            order=order,
            duty=duty.value,
            unit=names.unit(facts.unit) if facts.unit else None,
            agency=names.agency(facts.agency) if facts.agency else None,
            group=facts.group,
            qualifier=facts.qualifier,
        )
        for order, facts in enumerate(assignees, start=1)
    )


def _create_quota(task: Task, order: int, facts: QuotaFacts, names: _Names) -> None:
    quota = Quota.objects.create(
        task=task,
        order=order,
        channel=names.channel(facts.channel),
        counts_when=facts.counts_when,
        minimum=facts.minimum,
        per=facts.per,
        due_kind=facts.due.kind,
        due_day=facts.due.day,
        due_month_offset=facts.due.month_offset,
        due_dates={period: day.isoformat() for period, day in facts.due.dates},
    )
    RotationTurn.objects.bulk_create(
        RotationTurn(quota=quota, period=period, unit=names.unit(unit))
        for period, unit in facts.turns
    )


def _timing_kind(text: str, year: int) -> str:
    """How the cell is understood; a row without a cell of its own has none."""
    return parse_timing(text, year).kind.value if text else ""
