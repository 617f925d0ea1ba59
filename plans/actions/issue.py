"""A draft comes into force, and what it owes becomes rows."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.jobs import queue
from cchc.lib import clock
from cchc.lib.decisions import require
from plans import policies
from plans.holding import held
from plans.models import Obligation, Plan, PlanRevision
from plans.models.plan import PlanState
from plans.owing import owed_by
from plans.proofreading import may_stand, warnings_of
from plans.sections.snapshot import snapshot

ISSUED = audit.Verb("plan.issue", "Ban hành kế hoạch")


@transaction.atomic
def issue(*, plan: Plan, by: User) -> Plan:
    """Put the draft in force and create the obligations of its quotas.

    What was published before counts too: a job looks for it. A warning that blocks refuses.
    The text in force is kept as revision 0.
    """
    locked = held(plan.pk)
    require(policies.may_issue(by, locked))
    require(may_stand(warnings_of(locked)))
    before = locked.state
    owed = Obligation.objects.bulk_create(owed_by(locked))
    locked.state = PlanState.ISSUED
    locked.issued_at = clock.now()
    locked.issued_by = by
    locked.save(update_fields=["state", "issued_at", "issued_by"])
    PlanRevision.objects.create(
        plan=locked, number=0, value=snapshot(locked), made_at=locked.issued_at, made_by=by
    )
    if owed:
        queue.enqueue("outreach.recount_plan", plan_id=locked.pk)
    audit.record(
        ISSUED,
        locked,
        by=by,
        agency=locked.agency,
        before={"state": before},
        after={"state": PlanState.ISSUED.value, "obligations": len(owed)},
    )
    return locked
