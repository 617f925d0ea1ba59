"""A plan is copied into a new year as a draft."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.lib.decisions import Refused, require
from plans.clone_map import Purpose
from plans.cloning import clone
from plans.holding import held
from plans.models import Plan
from plans.next_year import present_copy, year_copy
from plans.policies import uptake as uptake_policies

COPIED = audit.Verb("plan.copy_to_year", "Sao kế hoạch sang năm khác")


@transaction.atomic
def copy_to_year(*, plan: Plan, year: int, by: User) -> Plan:
    """The draft for that year: dates, titles, times, due days and turns moved."""
    locked = held(plan.pk, "province")
    require(uptake_policies.may_copy(by, locked))
    if year <= locked.year:
        raise Refused(f"Năm mới phải sau năm {locked.year} của kế hoạch được sao.")
    present = present_copy(locked, year)
    if present is not None:
        raise Refused(f"Kế hoạch này đã được sao sang năm {year}: {present.title}.")
    copy = year_copy(locked, year)
    made = clone(locked, purpose=Purpose.NEXT_YEAR, values=copy.values)
    audit.record(COPIED, made, by=by, agency=made.agency, after={"from": locked.key, "year": year})
    return made
