"""What an amended parent means for the plans that implement it: proposed, then decided on."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import proposing
from plans.draft_rows import annex_row, bring_quotas, content_row, read_rows, write_rows
from plans.holding import held
from plans.implementing import ANNEX, CONTENT
from plans.models import NotApplicable, Plan, PlanRevision, Proposal
from plans.models.plan import PlanState
from plans.models.uid import new_uid
from plans.models.uptake import ProposalKind, ProposalState
from plans.policies import uptake as uptake_policies
from plans.proposals_for import Audience, draft_of, proposals_for, source_of

PROPOSED = audit.Verb("plan.propose", "Đề xuất thay đổi cho kế hoạch triển khai")
ACCEPTED = audit.Verb("plan.accept_proposal", "Tiếp thu đề xuất từ kế hoạch cấp trên")
DECLINED = audit.Verb("plan.decline_proposal", "Không tiếp thu đề xuất từ kế hoạch cấp trên")
_SUPERSEDED = "Đã có đề xuất mới hơn từ lần sửa đổi {revision} của kế hoạch cấp trên."


class Choice(StrEnum):
    """Which words stand where the agency had already changed them."""

    PARENT = "parent"
    OWN = "own"


@transaction.atomic
def propose(*, parent: Plan, revision: int, by: User) -> int:
    """Put what that revision changed before every plan under it that lives; once only."""
    locked = held(parent.pk)
    values = {
        row.number: row.value["sections"]
        for row in PlanRevision.objects.filter(plan=locked, number__in=(revision - 1, revision))
    }
    if len(values) < 2:
        raise Refused("Không tìm thấy hai lần ban hành để so sánh.")
    changed = list(proposing.changes(values[revision - 1], values[revision]))
    made = 0
    children = Plan.objects.filter(parent=locked, amends=None).exclude(state=PlanState.CLOSED)
    audience = Audience.of(locked)
    for child in children.select_related("agency"):
        made += _put_before(child, list(proposals_for(child, changed, audience)), revision, by)
    audit.record(
        PROPOSED,
        locked,
        by=by,
        agency=locked.agency,
        after={"revision": revision, "proposals": made},
    )
    return made


def _put_before(child: Plan, found: list[Proposal], revision: int, by: User) -> int:
    """An older proposal for the same row that nobody decided on gives way to the newer."""
    there = set(child.proposals.filter(revision=revision).values_list("section", "uid"))
    fresh = [row for row in found if (row.section, row.uid) not in there]
    moment = clock.now()
    for row in fresh:
        older = child.proposals.filter(
            state=ProposalState.OPEN, section=row.section, uid=row.uid, revision__lt=revision
        )
        first = older.order_by("revision").first()
        if first is not None:
            row.before = first.before
            row.kind = _kind(row.before, row.after)
        older.update(
            state=ProposalState.REPLACED,
            reason=_SUPERSEDED.format(revision=revision),
            decided_at=moment,
            decided_by=by,
        )
        row.revision, row.made_at, row.made_by = revision, moment, by
    said = [row for row in fresh if _says_something(row)]
    Proposal.objects.bulk_create(said)
    return len(said)


def _says_something(row: Proposal) -> bool:
    """Not so when a later amendment took back what an earlier one did."""
    return any(True for _ in proposing.changed_fields(row.section, row.before, row.after))


def _kind(before: dict[str, Any], after: dict[str, Any]) -> str:
    if not before:
        return ProposalKind.ADDED.value
    return ProposalKind.CHANGED.value if after else ProposalKind.REMOVED.value


@transaction.atomic
def accept(*, proposal: Proposal, choice: Choice | None, by: User) -> Proposal:
    """The draft takes the parent's change; in force, the plan's open amendment does.

    Where the agency's row had its own words, its author chooses whose stand.
    """
    locked = _locked(proposal)
    draft = draft_of(locked.plan)
    draft = held(draft.pk) if draft else None
    require(uptake_policies.may_accept(by, locked, draft))
    assert draft is not None
    rows = read_rows(draft, locked.section)
    written = list(_applied(locked, rows, choice))
    if written != rows:
        write_rows(draft, locked.section, written, by)
        _bring_quotas(locked, draft, rows, written, by)
        _answer_anew(locked, draft)
    return _decide(locked, ProposalState.ACCEPTED, "", ACCEPTED, by)


@transaction.atomic
def decline(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """The plan stays as it is, and why."""
    locked = _locked(proposal)
    require(uptake_policies.may_decide(by, locked))
    if not reason.strip():
        raise Refused("Hãy ghi lý do không tiếp thu.")
    return _decide(locked, ProposalState.DECLINED, reason.strip(), DECLINED, by)


def _applied(
    proposal: Proposal, rows: list[dict[str, Any]], choice: Choice | None
) -> Iterator[dict[str, Any]]:
    section, before, after = proposal.section, proposal.before, proposal.after
    own = proposing.own_row(section, before, source_of(proposal), rows)
    if own is None:
        yield from rows
        if after:
            yield _added(proposal, rows)
        return
    kept = _kept_fields(proposal, own, choice)
    for row in rows:
        if row["uid"] != own["uid"]:
            yield row
        elif after or choice is Choice.OWN:
            yield dict(proposing.merged(section, before, after, own, keep=kept)) if after else row


def _kept_fields(proposal: Proposal, own: proposing.Row, choice: Choice | None) -> list[str]:
    """The fields in which the agency's own words stand, by its author's choice."""
    section, before, after = proposal.section, proposal.before, proposal.after
    compared = after or dict.fromkeys(proposing.FIELDS[section])
    adapted = proposing.conflicts(section, before, compared, own)
    if adapted and choice is None:
        raise Refused("Đơn vị đã điều chỉnh nội dung này; hãy chọn lời văn được giữ.")
    return adapted if choice is Choice.OWN else []


def _added(proposal: Proposal, rows: list[dict[str, Any]]) -> dict[str, Any]:
    source = source_of(proposal)
    if proposal.section == CONTENT:
        return content_row(proposal.after["title"], source)
    if proposal.section == ANNEX:
        return annex_row(proposal.after, source, rows)
    return {**proposal.after, "uid": new_uid()}


def _bring_quotas(
    proposal: Proposal,
    draft: Plan,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    by: User,
) -> None:
    """A task that is new to the agency comes with what it owes."""
    if proposal.task_id is not None and len(after) > len(before):
        bring_quotas(draft, proposal.task_id, after[-1]["uid"], by)


def _answer_anew(proposal: Proposal, draft: Plan) -> None:
    """What is in the plan now is no longer left out."""
    key = {"content_item": proposal.content_item_id, "task": proposal.task_id}
    known = {name: value for name, value in key.items() if value is not None}
    if known and proposal.after:
        NotApplicable.objects.filter(plan=draft, **known).delete()


def _locked(proposal: Proposal) -> Proposal:
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("plan__agency__province")
        .get(pk=proposal.pk)
    )


def _decide(
    proposal: Proposal, state: ProposalState, reason: str, verb: audit.Verb, by: User
) -> Proposal:
    proposal.state, proposal.reason = state.value, reason
    proposal.decided_at, proposal.decided_by = clock.now(), by
    proposal.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    audit.record(
        verb,
        proposal.plan,
        by=by,
        agency=proposal.plan.agency,
        reason=reason,
        after={"proposal": proposal.pk, "section": proposal.section, "kind": proposal.kind},
    )
    return proposal
