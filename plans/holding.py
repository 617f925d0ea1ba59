"""Plans held while an action writes: nobody else changes them before its transaction ends."""

from __future__ import annotations

from agencies.models import Agency
from cchc.lib.decisions import Refused
from plans.models import Plan

GONE = "Dự thảo này không còn: vừa có người ban hành, bỏ hoặc xóa."


def held(key: int, *related: str) -> Plan:
    """The plan as it stands now, locked; a sentence when it is gone since it was looked at."""
    rows = Plan.objects.select_for_update(of=("self",)).filter(pk=key)
    found = rows.select_related("agency__province", "parent__agency", *related).first()
    if found is None:
        raise Refused(GONE)
    return found


def hold_numbers(agency_id: int) -> None:
    """Numbers of the agency's plans are given one after the other."""
    list(Agency.objects.select_for_update(no_key=True).filter(pk=agency_id).values_list("pk"))
