"""The ledger of results: counted by itself, corrected by people with a reason."""

from __future__ import annotations

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Agency, User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach import ledger, moves
from outreach.models import Fulfilment
from outreach.policies import ALREADY_VOID, may_void
from plans.models import Plan

VOIDED = Verb("fulfilment.void", "Bỏ tính kết quả")
RECOUNTED = Verb("fulfilment.recount", "Tính lại kết quả")

REASON_NEEDED = "Hãy ghi lý do không tính kết quả này."


@transaction.atomic
def void(*, by: User, fulfilment: Fulfilment, reason: str) -> Fulfilment:
    """It does not count after all; no recount brings it back."""
    require(may_void(by, fulfilment))
    reason = reason.strip()
    if not reason:
        raise Refused(REASON_NEEDED)
    changes = {"voided_at": clock.now(), "voided_by": by, "voided_reason": reason}
    if Fulfilment.objects.standing().filter(pk=fulfilment.pk).update(**changes) != 1:
        raise Refused(ALREADY_VOID)
    for name, value in changes.items():
        setattr(fulfilment, name, value)
    record(VOIDED, fulfilment, by=by, agency=fulfilment.placement.agency, reason=reason)
    return fulfilment


@transaction.atomic
def recount(*, by: User | None, agency: Agency, plan: Plan | None = None) -> ledger.Differences:
    """Compute the results of an agency, or of one plan, anew from its placements; what changed.

    ``by`` None is the system: a command of an administrator, or the issue of a plan.
    """
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
