"""An agency's office waives a period of its plan with a reason, and may ask for it again."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.jobs import queue
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.models import Obligation

WAIVED = audit.Verb("obligation.waive", "Miễn đầu việc")
UNDONE = audit.Verb("obligation.undo_waiver", "Bỏ miễn đầu việc")

_FIELDS = ["waived_at", "waived_by", "waived_reason"]


@transaction.atomic
def waive(*, obligation: Obligation, reason: str, by: User) -> Obligation:
    """It leaves every denominator; what was published for it is counted for it no longer."""
    locked = _locked(obligation)
    is_done = Obligation.objects.filter(pk=locked.pk).fulfilled().exists()
    require(policies.may_waive(by, locked, is_done=is_done))
    locked.waived_reason = _given(reason, "Hãy ghi lý do miễn.")
    locked.waived_at, locked.waived_by = clock.now(), by
    locked.save(update_fields=_FIELDS)
    _recount(locked)
    audit.record(WAIVED, locked, by=by, agency=locked.agency, reason=locked.waived_reason)
    return locked


@transaction.atomic
def undo(*, obligation: Obligation, reason: str, by: User) -> Obligation:
    """It is owed again, by the same day; what was published for it counts again."""
    locked = _locked(obligation)
    require(policies.may_undo_waiver(by, locked))
    given = _given(reason, "Hãy ghi lý do bỏ miễn.")
    before = locked.waived_reason
    locked.waived_at, locked.waived_by, locked.waived_reason = None, None, ""
    locked.save(update_fields=_FIELDS)
    _recount(locked)
    audit.record(
        UNDONE,
        locked,
        by=by,
        agency=locked.agency,
        reason=given,
        before={"waived_reason": before},
    )
    return locked


def _locked(obligation: Obligation) -> Obligation:
    return (
        Obligation.objects.select_for_update(of=("self",))
        .select_related("plan__agency", "agency__province", "unit", "task", "channel")
        .get(pk=obligation.pk)
    )


def _given(reason: str, needed: str) -> str:
    if not reason.strip():
        raise Refused(needed)
    return reason.strip()


def _recount(obligation: Obligation) -> None:
    """The ledger of results stands on the floor above; it is put right by name."""
    if obligation.channel_id is not None:
        queue.enqueue("outreach.recount_plan", plan_id=obligation.plan_id)
