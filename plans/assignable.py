"""Whom a task of a plan may name: the agency's own units, then the agencies of its province."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from agencies.models import Agency, Unit
from plans.models import Plan
from plans.plan_file import AssigneeFacts


@dataclass(frozen=True)
class Assignable:
    """Units and agencies in their order."""

    units: tuple[Unit, ...]
    agencies: tuple[Agency, ...]

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each code; a unit's code goes before an agency's, as in the annex."""
        agencies = {agency.code: agency.name for agency in self.agencies}
        return {unit.code: unit.name for unit in self.units} | {
            code: name for code, name in agencies.items() if code not in self._own
        }

    def label(self, one: AssigneeFacts) -> str:
        """An assignee as a person reads it: "Văn phòng (kế toán)"."""
        name = self._own.get(one.unit, one.unit) or self._others.get(one.agency, one.agency)
        name = name or one.group
        return f"{name} ({one.qualifier})" if one.qualifier else name

    @cached_property
    def _own(self) -> dict[str, str]:
        return {unit.code: unit.name for unit in self.units}

    @cached_property
    def _others(self) -> dict[str, str]:
        return {agency.code: agency.name for agency in self.agencies}


def assignable(plan: Plan) -> Assignable:
    """Two queries."""
    return Assignable(
        units=tuple(Unit.objects.filter(agency=plan.agency_id).in_order()),
        agencies=tuple(Agency.objects.filter(province=plan.province_id).in_order()),
    )
