"""Which of a parent's changes are put before one plan that implements it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plans import proposing, uptake
from plans.implementing import ANNEX, CONTENT, assigned_to, body_of
from plans.models import ContentItem, NotApplicable, Plan, Proposal, Task
from plans.models.plan import PlanState
from plans.models.uptake import ProposalKind, ProposalState
from plans.proposing import Change
from plans.sections import SECTIONS
from plans.uptake import Assigned

_INTERNAL = ("explanation",)


@dataclass(frozen=True, slots=True)
class Audience:
    """The parent's rows by uid, those taken out too, and whom each task names."""

    content: Mapping[str, int]
    tasks: Mapping[str, int]
    named: Mapping[str, tuple[Assigned, ...]]
    heads: frozenset[str]

    @classmethod
    def of(cls, parent: Plan) -> Audience:
        """Three queries."""
        tasks = list(
            Task.everything.filter(plan=parent).order_by("order").prefetch_related("assignees")
        )
        uids = {row.pk: row.uid for row in tasks}
        named = assigned_to(tasks)
        return cls(
            content=dict(ContentItem.everything.filter(plan=parent).values_list("uid", "pk")),
            tasks={row.uid: row.pk for row in tasks},
            named={uids[pk]: names for pk, names in named.items()},
            heads=frozenset(uids[row.parent_id] for row in tasks if row.parent_id in uids),
        )

    def source(self, change: Change) -> int | None:
        """The parent's row that changed, where rows have sources."""
        rows = {CONTENT: self.content, ANNEX: self.tasks}.get(change.section, {})
        return rows.get(change.uid)


def proposals_for(child: Plan, changed: Sequence[Change], audience: Audience) -> Iterator[Proposal]:
    """Unsaved proposals: what is new for the agency, and what changed or went of what it has."""
    rows: dict[str, Any] = {name: SECTIONS[name].read(child) for name in proposing.FIELDS}
    left_out = set(
        NotApplicable.objects.filter(plan=child).values_list("content_item_id", "task_id")
    )
    waiting = child.proposals.filter(state=ProposalState.OPEN)
    asked = set(waiting.values_list("section", "uid"))
    for change in changed:
        source = audience.source(change)
        own = proposing.own_row(change.section, change.before, source, rows[change.section])
        is_asked = (change.section, change.uid) in asked
        if own is not None and not is_asked and _is_there(change, own):
            continue
        is_known = own is not None or is_asked or _key(change.section, source) in left_out
        kind = _kind(change, is_known, _is_meant(child, change, audience))
        if kind is not None:
            yield Proposal(
                plan=child,
                kind=kind.value,
                section=change.section,
                uid=change.uid,
                content_item_id=source if change.section == CONTENT else None,
                task_id=source if change.section == ANNEX else None,
                before={} if kind is ProposalKind.ADDED else _public(change.before),
                after={} if kind is ProposalKind.REMOVED else _public(change.after),
            )


def _is_there(change: Change, own: proposing.Row) -> bool:
    """A plan derived from the amended text has the change already."""
    names = list(proposing.changed_fields(change.section, change.before, change.after))
    is_same = all(own.get(name) == change.after.get(name) for name in names)
    return bool(names and change.after) and is_same


def _public(row: proposing.Row) -> dict[str, Any]:
    """The row without what only its own office reads."""
    return {name: value for name, value in row.items() if name not in _INTERNAL}


def _key(section: str, source: int | None) -> tuple[int | None, int | None]:
    return (source, None) if section == CONTENT else (None, source)


def _kind(change: Change, is_answered: bool, is_meant: bool) -> ProposalKind | None:
    """A task given to others goes; one given to the agency at last is new to it."""
    if not is_answered:
        return ProposalKind.ADDED if change.after and is_meant and _is_new(change) else None
    if not change.after or (change.is_reassigned and not is_meant):
        return ProposalKind.REMOVED
    return ProposalKind.CHANGED if change.is_reworded else None


def _is_new(change: Change) -> bool:
    """Added, given to others than before, or a form or target that the child words differently."""
    return not change.before or change.is_reassigned or change.section not in (CONTENT, ANNEX)


def _is_meant(child: Plan, change: Change, audience: Audience) -> bool:
    if change.section != ANNEX:
        return True
    if change.uid in audience.heads:
        return False
    return uptake.concerns(audience.named.get(change.uid, ()), body_of(child.agency))


def draft_of(plan: Plan) -> Plan | None:
    """Where the plan may be written: itself, or the working copy of its amendment."""
    if plan.state in (PlanState.DRAFT, PlanState.SUBMITTED):
        return plan
    return Plan.objects.filter(amends=plan).first()


def source_of(proposal: Proposal) -> int | None:
    """The parent's row that the proposal is about."""
    return proposal.content_item_id if proposal.section == CONTENT else proposal.task_id
