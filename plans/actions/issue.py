"""A draft comes into force, and what it owes becomes rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from operator import attrgetter

from django.db import transaction

from agencies import audit
from agencies.models import Unit, User
from cchc.jobs import queue
from cchc.lib import clock
from cchc.lib.decisions import require
from plans import policies
from plans.models import Obligation, Plan, Quota
from plans.models.plan import DatePrecision, PlanState
from plans.proofreading import may_stand, terms_of, warnings_of
from plans.quotas import Duty, expand

ISSUED = audit.Verb("plan.issue", "Ban hành kế hoạch")


@transaction.atomic
def issue(*, plan: Plan, by: User) -> Plan:
    """Put the draft in force and create the obligations of its quotas.

    What was published before counts too: a job looks for it. A warning that blocks refuses.
    """
    locked = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("agency__province", "parent")
        .get(pk=plan.pk)
    )
    require(policies.may_issue(by, locked))
    require(may_stand(warnings_of(locked)))
    before = locked.state
    owed = Obligation.objects.bulk_create(_obligations(locked))
    locked.state = PlanState.ISSUED
    locked.issued_at = clock.now()
    locked.issued_by = by
    locked.save(update_fields=["state", "issued_at", "issued_by"])
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


def _obligations(plan: Plan) -> Iterator[Obligation]:
    quotas = (
        Quota.objects.filter(task__plan=plan)
        .select_related("task", "channel", "default_unit")
        .prefetch_related("turns__unit")
        .order_by("task__order", "order")
    )
    issued_on = _known_issue(plan)
    for quota in quotas:
        units = _units(quota)
        for duty in _duties(quota, plan, issued_on):
            yield Obligation(
                province=plan.province,
                agency=plan.agency,
                plan=plan,
                task=quota.task,
                quota=quota,
                unit=units.get(duty.unit),
                channel=quota.channel,
                counts_when=quota.counts_when,
                period=duty.period.code,
                window_start=duty.window.start,
                window_end=duty.window.end,
                due_on=duty.due_on,
                required=duty.required,
                before_issue=duty.before_issue,
                revision=plan.revision,
            )


def _known_issue(plan: Plan) -> date | None:
    """The earliest day on which the plan can have been issued, by the days that are written.

    The later of its own and its parent's day of signing: 001 leaves its day blank, but cannot
    be older than its parent of 21/02/2024, so only its January (25/01) was due before it.
    """
    known = [
        signed.signed_on
        for signed in (plan, plan.parent)
        if signed and signed.signed_on and signed.signed_precision == DatePrecision.DAY
    ]
    return max(known, default=None)


def _units(quota: Quota) -> dict[Hashable, Unit]:
    units: dict[Hashable, Unit] = {turn.unit_id: turn.unit for turn in quota.turns.all()}
    if quota.default_unit:
        units[quota.default_unit.pk] = quota.default_unit
    return units


def _duties(quota: Quota, plan: Plan, issued_on: date | None) -> list[Duty]:
    terms = terms_of(quota, attrgetter("pk"))
    return expand(terms, starts_on=plan.starts_on, ends_on=plan.ends_on, issued_on=issued_on)
