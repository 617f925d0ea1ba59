"""A plan's text copied into a new draft, section by section, as ``plans.clone_map`` says.

Only actions call it, inside their transaction, after their policy and before their audit entry.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import models

from agencies.models import Agency
from plans.clone_map import CLONE_MAP, How, Purpose
from plans.models import (
    AcceptedWarning,
    Clause,
    ContentItem,
    LegalBasis,
    NotApplicable,
    Plan,
    PlanChannel,
    Quota,
    Target,
    Task,
)
from plans.models.uid import new_uid
from plans.sections import SECTIONS

Values = dict[str, Any]

# The rows of each section: their model, and the keys that are not the field's own name.
ROWS: Mapping[str, tuple[type[models.Model], Mapping[str, str]]] = {
    "bases": (LegalBasis, {"dated": "dated_on"}),
    "clauses": (Clause, {"depth": "parent"}),
    "targets": (Target, {}),
    "content": (ContentItem, {}),
    "forms": (PlanChannel, {}),
    "annex": (
        Task,
        {
            "lead": "assignees",
            "coordinating": "assignees",
            "time": "timing_text",
            "meant": "timing_meant",
        },
    ),
    "quotas": (Quota, {}),
}
_OF_PLAN = {"signed": "signed_on"}


def clone(
    source: Plan,
    *,
    purpose: Purpose,
    key: str = "",
    agency: Agency | None = None,
    values: Values | None = None,
) -> Plan:
    """A new draft with the source's text; its caller holds the lock and the transaction.

    ``AMEND`` gives the working copy (``amends`` is the source, uids kept); ``DERIVE`` the plan
    of ``agency`` under the source; ``NEXT_YEAR`` the ``copied_from``. ``values`` are the
    sections to write, ``copied(source, purpose)`` when none are given.
    """
    sections = copied(source, purpose) if values is None else values
    header = sections["header"]
    plan = Plan.objects.create(
        key=key or f"{source.key[:55]}-{purpose.value.replace('_', '-')}-{secrets.token_hex(4)}",
        province=source.province,
        agency=agency or source.agency,
        kind=header["kind"],
        title=header["title"],
        starts_on=source.starts_on,
        ends_on=source.ends_on,
        parent=source if purpose is Purpose.DERIVE else None,
        amends=source if purpose is Purpose.AMEND else None,
        copied_from=source if purpose is Purpose.NEXT_YEAR else None,
    )
    for name, value in sections.items():
        SECTIONS[name].write(plan, value)
    if purpose is Purpose.AMEND:
        _keep_reasons(source, plan)
    return plan


def copied(source: Plan, purpose: Purpose) -> Values:
    """The source's sections, with what the map does not clone left blank."""
    read = {name: section.read(source) for name, section in SECTIONS.items()}
    header = _kept(read["header"], Plan, _OF_PLAN, purpose)
    values: Values = {
        name: header
        if name == "header"
        else [_kept(row, ROWS[name][0], ROWS[name][1], purpose) for row in value]
        for name, value in read.items()
    }
    return _as_derived(source, values) if purpose is Purpose.DERIVE else values


def _kept(
    row: Mapping[str, Any], model: type[models.Model], names: Mapping[str, str], purpose: Purpose
) -> dict[str, Any]:
    rules = CLONE_MAP[model]
    return {
        key: _blank(value)
        if rules[names.get(key, key)].of(purpose) is How.SKIP and key not in ("uid", "task")
        else value
        for key, value in row.items()
    }


def _blank(value: Any) -> Any:
    """Nothing, of the same type; what may be none (a number, a key) is none."""
    return type(value)() if isinstance(value, str | bool | list | dict) else None


def _as_derived(source: Plan, values: Values) -> Values:
    """Rows with an identity of their own, and the source's rows as their sources."""
    uids: dict[str, str] = {}
    for name in ROWS:
        for row in values[name]:
            row["uid"] = uids.setdefault(row["uid"], new_uid())
    for name, rows in (("content", source.content_items), ("annex", source.tasks)):
        keys = {uids[uid]: pk for uid, pk in rows.values_list("uid", "pk") if uid in uids}
        for row in values[name]:
            row["source"] = keys[row["uid"]]
    for quota in values["quotas"]:
        quota["task"] = uids[quota["task"]]
    values["header"]["parent"] = source.pk
    return values


def _keep_reasons(source: Plan, plan: Plan) -> None:
    """What was accepted or left out for a reason stays so in the working copy."""
    accepted = list(AcceptedWarning.objects.filter(plan=source))
    left_out = list(NotApplicable.objects.filter(plan=source))
    for warning in accepted:
        warning.pk, warning.plan = None, plan
    for item in left_out:
        item.pk, item.plan = None, plan
    AcceptedWarning.objects.bulk_create(accepted)
    NotApplicable.objects.bulk_create(left_out)
