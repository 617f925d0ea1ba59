"""The steps of a plan's life besides its issue: sent for signature, numbered, closed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.holding import held, hold_numbers
from plans.models import Plan
from plans.models.plan import DatePrecision, PlanState
from plans.proofreading import may_stand, warnings_of

SUBMITTED = audit.Verb("plan.submit", "Trình ký kế hoạch")
TAKEN_BACK = audit.Verb("plan.take_back", "Rút kế hoạch đã trình về dự thảo")
NUMBERED = audit.Verb("plan.record_number", "Ghi số, ngày ban hành kế hoạch")
CLOSED = audit.Verb("plan.close", "Kết thúc kế hoạch")


@transaction.atomic
def submit(*, plan: Plan, by: User) -> Plan:
    """Send the draft for signature: its text is closed until it comes back or is issued."""
    locked = held(plan.pk)
    require(policies.may_submit(by, locked))
    require(may_stand(warnings_of(locked)))
    locked.state, locked.submitted_at, locked.submitted_by = PlanState.SUBMITTED, clock.now(), by
    locked.save(update_fields=["state", "submitted_at", "submitted_by"])
    audit.record(SUBMITTED, locked, by=by, agency=locked.agency)
    return locked


@transaction.atomic
def take_back(*, plan: Plan, reason: str, by: User) -> Plan:
    """Make it a draft again, because its signer or its author wants something changed."""
    locked = held(plan.pk)
    require(policies.may_take_back(by, locked))
    if not reason.strip():
        raise Refused("Hãy ghi lý do trả kế hoạch về dự thảo.")
    locked.state, locked.submitted_at, locked.submitted_by = PlanState.DRAFT, None, None
    locked.save(update_fields=["state", "submitted_at", "submitted_by"])
    audit.record(TAKEN_BACK, locked, by=by, agency=locked.agency, reason=reason.strip())
    return locked


@transaction.atomic
def record_number(*, plan: Plan, number: str, signed_on: date, by: User) -> Plan:
    """Write down the number and the day that the clerk gave; the rest of the text stays."""
    locked = held(plan.pk)
    require(policies.may_record_number(by, locked))
    hold_numbers(locked.agency_id)
    taken = Plan.objects.filter(
        agency=locked.agency, number=number, symbol=locked.symbol, signed_on__year=signed_on.year
    ).exclude(pk=locked.pk)
    if taken.filter(amends=None).exists():
        raise Refused(
            f"Số {number}/{locked.symbol} năm {signed_on.year} đã ghi cho một kế hoạch khác "
            f"của {locked.agency.name}."
        )
    before = {"number": locked.number, "signed_on": _written(locked)}
    locked.number, locked.signed_on = number, signed_on
    locked.signed_precision = DatePrecision.DAY
    locked.save(update_fields=["number", "signed_on", "signed_precision"])
    audit.record(
        NUMBERED,
        locked,
        by=by,
        agency=locked.agency,
        before=before,
        after={"number": number, "signed_on": _written(locked)},
    )
    return locked


@transaction.atomic
def close(*, plan: Plan, by: User) -> Plan:
    """End a plan whose time is over: its figures stay, nothing of it is changed any more."""
    locked = held(plan.pk)
    require(policies.may_close(by, locked, clock.today()))
    locked.state, locked.closed_at, locked.closed_by = PlanState.CLOSED, clock.now(), by
    locked.save(update_fields=["state", "closed_at", "closed_by"])
    audit.record(CLOSED, locked, by=by, agency=locked.agency)
    return locked


def _written(plan: Plan) -> str:
    """The day as far as it is written, for the trail."""
    if plan.signed_on is None:
        return ""
    return f"{plan.signed_on:%d/%m/%Y} ({DatePrecision(plan.signed_precision).label})"
