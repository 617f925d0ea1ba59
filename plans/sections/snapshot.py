"""The whole text of a plan at one moment, with the names that its codes had."""

from __future__ import annotations

from typing import Any

from agencies.models import Unit
from plans.models import Channel, Plan
from plans.sections import SECTIONS


def snapshot(plan: Plan) -> dict[str, Any]:
    """``{"sections": {name: value}, "names": {"units" | "channels" | "plans": {code: name}}}``."""
    units = Unit.objects.filter(agency=plan.agency_id)
    channels = Channel.objects.filter(province=plan.province_id)
    return {
        "sections": {name: section.read(plan) for name, section in SECTIONS.items()},
        "names": {
            "units": dict(units.values_list("code", "name")),
            "channels": dict(channels.values_list("code", "name")),
            "plans": {str(plan.parent.pk): str(plan.parent)} if plan.parent else {},
        },
    }
