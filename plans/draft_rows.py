"""One section of a draft written by an action, so that whoever has it open notices.

Only actions call it, inside their transaction, after their policy and before their audit entry.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F

from agencies.models import User
from cchc.lib import clock
from plans.implementing import assigned_to, body_of, is_led_by
from plans.models import DraftSection, Plan
from plans.models.uid import new_uid
from plans.sections import SECTIONS


def read_rows(plan: Plan, name: str) -> list[dict[str, Any]]:
    """The rows of a section as they stand."""
    rows: list[dict[str, Any]] = SECTIONS[name].read(plan)
    return rows


def write_rows(plan: Plan, name: str, rows: list[dict[str, Any]], by: User) -> None:
    """Put the rows in place and count the section's version up."""
    SECTIONS[name].write(plan, rows)
    moment = {"saved_at": clock.now(), "saved_by": by}
    told = DraftSection.objects.filter(plan=plan, name=name)
    if not told.update(version=F("version") + 1, **moment):
        DraftSection.objects.create(plan=plan, name=name, version=1, **moment)


def content_row(title: str, source: int | None) -> dict[str, Any]:
    """A new point of the content."""
    return {"uid": new_uid(), "label": "", "title": title, "source": source}


def annex_row(
    row: dict[str, Any], source: int | None, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """A parent's row as a new last one; who leads and helps is left to its author."""
    return {
        **row,
        "uid": new_uid(),
        "code": _next_code(rows),
        "area": rows[-1]["area"] if rows else "",
        "lead": "",
        "coordinating": "",
        "explanation": "",
        "source": source,
    }


def bring_quotas(plan: Plan, source: int, uid: str, by: User) -> None:
    """What the parent's task owes, for the plan's new task; its units are left open."""
    assert plan.parent is not None
    tasks = list(plan.parent.tasks.order_by("order").prefetch_related("assignees"))
    named = assigned_to(tasks)
    task = next((row for row in tasks if row.pk == source), None)
    if task is None or not is_led_by(named[source], body_of(plan.agency)):
        return
    new = [
        row | {"uid": new_uid(), "task": uid, "default_unit": "", "turns": {}}
        for row in read_rows(plan.parent, "quotas")
        if row["task"] == task.uid
    ]
    if new:
        write_rows(plan, "quotas", [*read_rows(plan, "quotas"), *new], by)


def _next_code(rows: list[dict[str, Any]]) -> str:
    """The number after the last row of the first depth."""
    numbers = [int(row["code"]) for row in rows if row["code"].isdigit()]
    return str(max(numbers, default=0) + 1)
