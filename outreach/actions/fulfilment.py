"""The ledger of results: counted by itself, corrected by people with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Agency, User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach import ledger, moves
from outreach.models import CountDecision, Fulfilment, Placement
from outreach.policies import ALREADY_VOID, COUNTS_ALREADY, may_count_again, may_void
from plans.models import Obligation, Plan

VOIDED = Verb("fulfilment.void", "Bỏ tính kết quả")
RECOUNTED = Verb("fulfilment.recount", "Tính lại kết quả")

COUNTED_AGAIN = Verb("fulfilment.count_again", "Tính lại kết quả đã bỏ")
AGAIN_NEEDED = "Hãy ghi lý do tính lại kết quả này."
REASON_NEEDED = "Hãy ghi lý do không tính kết quả này."


@transaction.atomic
def void(*, by: User, fulfilment: Fulfilment, reason: str) -> Fulfilment:
    """It does not count after all; no recount brings it back."""
    require(may_void(by, fulfilment))
    reason = _needed(reason, REASON_NEEDED)
    placement = moves.hold_placement(fulfilment.placement)
    changes = {"voided_at": clock.now(), "voided_by": by, "voided_reason": reason}
    if Fulfilment.objects.standing().filter(pk=fulfilment.pk).update(**changes) != 1:
        raise Refused(ALREADY_VOID)
    for name, value in changes.items():
        setattr(fulfilment, name, value)
    _decide(placement, fulfilment.obligation, by, reason, counts=False)
    record(VOIDED, fulfilment, by=by, agency=placement.agency, reason=reason)
    return fulfilment


@transaction.atomic
def count_again(
    *, by: User, placement: Placement, obligation: Obligation, reason: str
) -> Sequence[Fulfilment]:
    """What a person took out counts by the rule again, if the rule still says so; what counts."""
    require(may_count_again(by, placement))
    reason = _needed(reason, AGAIN_NEEDED)
    placement = moves.hold_placement(placement)
    if obligation.pk not in ledger.taken_out([placement])[placement.pk]:
        raise Refused(COUNTS_ALREADY)
    _decide(placement, obligation, by, reason, counts=True)
    moves.settle(ledger.of_placement(placement), by)
    counted = Fulfilment.objects.standing().filter(placement=placement, obligation=obligation)
    record(
        COUNTED_AGAIN,
        placement,
        by=by,
        agency=placement.agency,
        reason=reason,
        after={"obligation": str(obligation), "counts": counted.exists()},
    )
    return list(counted)


@transaction.atomic
def recount(*, by: User | None, agency: Agency, plan: Plan | None = None) -> ledger.Differences:
    """Compute the results of an agency, or of one plan, anew from its placements; what changed.

    ``by`` None is the system: a command of an administrator, or the issue of a plan.
    """
    moves.hold_agency(agency)
    found = ledger.of_agency(agency, plan)
    moves.settle(found, by)
    record(
        RECOUNTED,
        plan or agency,
        by=by,
        agency=agency,
        after={"added": len(found.missing), "voided": len(found.wrong)},
    )
    return found


def _needed(reason: str, otherwise: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(otherwise)
    return reason


def _decide(
    placement: Placement, obligation: Obligation, by: User, reason: str, *, counts: bool
) -> None:
    CountDecision.objects.create(
        placement=placement, obligation=obligation, counts=counts, reason=reason, by=by
    )
