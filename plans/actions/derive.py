"""An agency's own plan begins as a draft from the parent that it implements."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from cchc.lib.decisions import Refused, require
from plans.clone_map import Purpose
from plans.cloning import clone
from plans.deriving import derivation
from plans.holding import held
from plans.implementing import derived_plan
from plans.models import Plan
from plans.policies import uptake as uptake_policies

DERIVED = audit.Verb("plan.derive", "Lập kế hoạch triển khai")


@transaction.atomic
def derive(*, parent: Plan, agency: Agency, by: User) -> Plan:
    """Make the agency's draft under the parent; an agency has one plan under each."""
    locked = held(parent.pk, "province")
    require(uptake_policies.may_derive(by, locked, agency))
    present = derived_plan(locked, agency)
    if present is not None:
        raise Refused(f"{agency.name} đã có kế hoạch triển khai: {present.title}.")
    found = derivation(locked, agency)
    plan = clone(locked, purpose=Purpose.DERIVE, agency=agency, values=found.values)
    audit.record(DERIVED, plan, by=by, agency=agency, after={"parent": locked.key})
    return plan
