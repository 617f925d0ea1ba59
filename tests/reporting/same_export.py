"""The database as plain rows for ``same_figures``: what the independent computation reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agencies.models import Agency, AgencyName, Province, Unit
from outreach.models import Activity, Explanation, Placement
from plans.models import Channel, Obligation, Plan, Task
from reporting.models import PeriodReport
from tests.outreach import year
from tests.reporting.same_figures import Facts, Reported

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def export(province: Province) -> Facts:
    """Everything by which a figure may be computed."""
    world = year.export(province)
    more = _by_id(Obligation.objects.filter(province=province), unit="unit_id", task="task_id")
    for owed in world.obligations:
        owed.update(more[owed["id"]])
    last = _by_id(
        Placement.objects.filter(province=province),
        activity="activity_id",
        withdrawn="withdrawn_on",
        url="url",
    )
    for placement in world.placements:
        placement.update(last[placement["id"]])
    agencies = _rows(
        Agency.objects.filter(province=province),
        id="id",
        code="code",
        kind="kind",
        order="order",
        name="name",
        established="established_on",
        dissolved="dissolved_on",
    )
    for agency in agencies:
        names = AgencyName.objects.filter(agency=agency["id"])
        agency["names"] = list(names.values_list("since", "until", "name"))
    channels = _rows(
        Channel.objects.filter(province=province).order_by("order", "code", "id"),
        id="id",
        code="code",
        name="name",
        short="short_name",
        kind="kind",
        order="order",
    )
    activities = _by_id(
        Activity.objects.filter(province=province),
        title="title",
        kind="kind",
        held="held_on",
        unit="unit_id",
    )
    for pk, activity in activities.items():
        activity["joint"] = set(
            Activity.joint_units.through.objects.filter(activity=pk).values_list("unit", flat=True)
        )
    rows = Explanation.objects.filter(obligation__province=province).order_by("id")
    explained = {
        row.obligation_id: {"reason": row.reason, "text": row.text, "state": row.state}
        for row in rows
    }
    return Facts(
        world,
        province.name,
        agencies,
        _rows(
            Unit.objects.filter(agency__province=province).order_by("order", "id"),
            id="id",
            agency="agency_id",
            name="name",
            order="order",
            until="until",
        ),
        channels,
        _by_id(
            Task.objects.filter(plan__province=province), code="code", title="title", order="order"
        ),
        _rows(
            Plan.objects.filter(province=province, state="issued").order_by("id"),
            id="id",
            agency="agency_id",
            number="number",
            symbol="symbol",
            signed="signed_on",
            title="title",
            starts="starts_on",
            ends="ends_on",
        ),
        activities,
        explained,
    )


def reported(row: PeriodReport) -> Reported:
    """One report's days; its figures are computed by whoever compares."""
    moment: datetime | None = {"accepted": row.accepted_at, "returned": row.returned_at}.get(
        row.state
    )
    return Reported(
        row.agency_id,
        row.period.due_on,
        row.first_submitted_on,
        row.state,
        moment.astimezone(HANOI).date() if moment else None,
        None,
    )


def _rows(rows: Any, **names: str) -> list[dict[str, Any]]:
    values = rows.values_list(*names.values())
    return [dict(zip(names, row, strict=True)) for row in values]


def _by_id(rows: Any, **names: str) -> dict[int, dict[str, Any]]:
    return {row.pop("id"): row for row in _rows(rows, id="id", **names)}
