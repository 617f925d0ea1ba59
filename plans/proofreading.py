"""Plans read into the facts that the checks know, and the warnings with what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from agencies.models import Agency, Unit
from cchc.lib.decisions import ALLOWED, Decision, denied
from plans import lint
from plans.citation_text import is_same, short_name
from plans.implementing import ANNEX, CONTENT, lines_of, written_days
from plans.lint import facts
from plans.models import (
    AcceptedWarning,
    Assignee,
    Clause,
    ContentItem,
    LegalBasis,
    LegalDocument,
    Plan,
    PlanChannel,
    Quota,
    RotationTurn,
    Task,
)
from plans.models.task import AssigneeDuty
from plans.periods import PeriodKind
from plans.quotas import DueKind, DueRule, QuotaTerms, Turn
from plans.uptake import Uptake


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning and, when its author lets it stand, the acceptance."""

    warning: lint.LintWarning
    accepted: AcceptedWarning | None


def warnings_of(plan: Plan) -> list[lint.LintWarning]:
    """What a careful reader finds; a plan known only by citation has no text to read."""
    return [] if plan.known_by_citation else lint.check(facts_of(plan))


def may_stand(warnings: Iterable[lint.LintWarning]) -> Decision:
    """Nobody issues a false document: the sentences of what blocks are the refusal."""
    false = [f"{found.place}: {found.sentence}" for found in warnings if found.blocks]
    return denied(" ".join(false)) if false else ALLOWED


def remarks_of(plan: Plan) -> list[Remark]:
    """The warnings, what blocks first; an acceptance of what is gone is passed over."""
    accepted = {
        (row.code, row.place): row
        for row in AcceptedWarning.objects.filter(plan=plan).select_related("accepted_by")
    }
    return [
        Remark(warning, accepted.get((warning.code, warning.place)))
        for warning in sorted(warnings_of(plan), key=lambda warning: not warning.blocks)
    ]


def facts_of(plan: Plan) -> lint.PlanFacts:
    """The whole plan, by a number of queries that does not grow with it."""
    return lint.PlanFacts(
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        number=plan.number,
        symbol=plan.symbol,
        signed=written_days(plan.signed_on, plan.signed_precision),
        signer_name=plan.signer_name,
        opening=plan.opening,
        annex_title=plan.annex_title,
        clauses=_clauses(plan),
        documents=tuple(_documents(plan)),
        targets=tuple(
            facts.Target(target.counted, target.place_in_plan, target.data_source)
            for target in plan.targets.order_by("order")
        ),
        content=_items(plan.content_items.order_by("order")),
        forms=_items(plan.plan_channels.order_by("order")),
        **_parent_items(plan),
        tasks=_tasks(plan),
    )


def terms_of(quota: Quota, name: Callable[[Unit], Hashable]) -> QuotaTerms:
    """The quota as arithmetic; ``name`` says what stands for a unit."""
    return QuotaTerms(
        per=PeriodKind(quota.per),
        count=quota.minimum,
        due=DueRule(
            kind=DueKind(quota.due_kind),
            day=quota.due_day or 0,
            months_later=quota.due_month_offset,
            fixed={code: date.fromisoformat(day) for code, day in quota.due_dates.items()},
        ),
        turns=tuple(Turn((turn.period,), name(turn.unit)) for turn in quota.turns.all()),
        default_unit=name(quota.default_unit) if quota.default_unit else None,
    )


def _clauses(plan: Plan) -> tuple[facts.Clause, ...]:
    below: dict[int | None, list[Clause]] = defaultdict(list)
    for clause in plan.clauses.order_by("order"):
        below[clause.parent_id].append(clause)

    def under(parent: int | None) -> tuple[facts.Clause, ...]:
        return tuple(
            facts.Clause(row.label, f"{row.heading} {row.text}", under(row.pk))
            for row in below[parent]
        )

    return under(None)


def _documents(plan: Plan) -> Iterator[facts.Document]:
    """The bases in order, and before them the parent plan when none of them is it."""
    bases = list(plan.bases.order_by("order"))
    ended = list(
        LegalDocument.objects.filter(province=plan.province_id)
        .ended()
        .select_related("replaced_by")
    )
    if plan.parent and all(basis.document_id != plan.parent_id for basis in bases):
        yield facts.Document(
            role="parent",
            place="Kế hoạch cấp trên",
            document_type="Kế hoạch",
            reference=plan.parent.reference,
            dated=written_days(plan.parent.signed_on, plan.parent.signed_precision),
            abstract=plan.parent.title,
            is_parent=True,
        )
    for basis in bases:
        yield _document(basis, plan.parent_id, _ended_of(basis, ended))


def _ended_of(basis: LegalBasis, ended: Iterable[LegalDocument]) -> facts.Ended | None:
    """That the cited document is one of these, by its entry or by its number and date."""
    for entry in ended:
        if basis.registered_id == entry.pk or is_same(basis, entry):
            replaced_by = short_name(entry.replaced_by) if entry.replaced_by else ""
            return facts.Ended(entry.ended_on, replaced_by)
    return None


def _document(
    basis: LegalBasis, parent_id: int | None, ended: facts.Ended | None
) -> facts.Document:
    return facts.Document(
        role=basis.role,
        place=basis.place_in_plan,
        document_type=basis.document_type,
        reference=basis.reference,
        dated=written_days(basis.dated_on, basis.date_precision),
        abstract=basis.abstract,
        is_parent=parent_id is not None and basis.document_id == parent_id,
        ended=ended,
    )


def _items(rows: Iterable[ContentItem | PlanChannel]) -> tuple[facts.Item, ...]:
    return tuple(facts.Item(row.label, row.title) for row in rows)


def _parent_items(plan: Plan) -> dict[str, tuple[facts.ParentItem, ...]]:
    """What the parent asks of the agency; nothing when its own text is not in the system."""
    lines = lines_of(plan)
    return {
        name: tuple(
            facts.ParentItem(
                line.item.text, line.uptake is not Uptake.MISSING, label=line.item.label
            )
            for line in lines
            if line.item.section == section
        )
        for name, section in (("parent_items", CONTENT), ("parent_tasks", ANNEX))
    }


def _tasks(plan: Plan) -> tuple[facts.Task, ...]:
    rows = plan.tasks.order_by("order").prefetch_related(
        Prefetch(
            "assignees",
            Assignee.objects.select_related("unit__agency", "agency").order_by("duty", "order"),
        ),
        Prefetch(
            "quotas",
            Quota.objects.select_related("channel", "default_unit__agency").order_by("order"),
        ),
        Prefetch("quotas__turns", RotationTurn.objects.select_related("unit__agency")),
    )
    below: dict[int | None, list[Task]] = defaultdict(list)
    for task in rows:
        below[task.parent_id].append(task)

    def under(parent: int | None) -> tuple[facts.Task, ...]:
        return tuple(_task(row, under(row.pk)) for row in below[parent])

    return under(None)


def _task(task: Task, rows: tuple[facts.Task, ...]) -> facts.Task:
    return facts.Task(
        code=task.code,
        area=task.area,
        title=task.title,
        products=task.products,
        time=task.timing_text,
        meant=task.timing_meant,
        leads=_bodies(task, AssigneeDuty.LEAD),
        coordinating=_bodies(task, AssigneeDuty.COORDINATING),
        quotas=tuple(
            facts.Quota(quota.channel.short_name, terms_of(quota, _unit))
            for quota in task.quotas.all()
        ),
        without_quota=task.without_quota,
        rows=rows,
    )


def _bodies(task: Task, duty: AssigneeDuty) -> tuple[facts.Body, ...]:
    return tuple(_body(row) for row in task.assignees.all() if row.duty == duty)


def _body(assignee: Assignee) -> facts.Body:
    if assignee.unit:
        return _unit(assignee.unit)
    return _agency(assignee.agency) if assignee.agency else facts.Body(assignee.group)


def _unit(unit: Unit) -> facts.Body:
    """A unit lives no longer than its agency."""
    agency = _agency(unit.agency)
    starts = [day for day in (unit.since, agency.since) if day]
    ends = [day for day in (unit.until, agency.until) if day]
    return facts.Body(unit.name, max(starts, default=None), min(ends, default=None))


def _agency(agency: Agency) -> facts.Body:
    """Dissolved on the first day on which it is no more."""
    last = agency.dissolved_on - timedelta(days=1) if agency.dissolved_on else None
    return facts.Body(agency.short_name, agency.established_on, last)
