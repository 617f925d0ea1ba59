"""The five real plans, and those that they cite, from ``fixtures/`` into the system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from agencies import directory_file
from agencies.actions import directory
from agencies.models import Agency, User
from plans import channel_file, plan_file
from plans.actions import channels
from plans.actions.issue import issue
from plans.actions.record import record
from plans.actions.register import register_cited
from plans.models import Plan
from plans.models.plan import PlanState
from plans.plan_file import PlanFacts

FIXTURES: Path = settings.BASE_DIR / "fixtures"


def load(by_office: Callable[[Agency], User]) -> list[Plan]:
    """Install both directories, then record and issue every plan; a second load changes nothing.

    ``by_office`` gives the person who acts for an agency's office.
    """
    for path in sorted((FIXTURES / "directory").glob("*.yaml")):
        install_directory(path)
    return [_in_force(facts, by_office) for facts in plan_facts()]


def plan_facts() -> Iterator[PlanFacts]:
    """What the files say: the cited plans first, because the others name them."""
    folder = FIXTURES / "plans"
    yield from plan_file.read_all(_yaml(folder / "cited.yaml"), "cited.yaml")
    for path in sorted(folder.glob("[0-9]*.yaml")):
        yield plan_file.read(_yaml(path), path.name)


def install_directory(path: Path) -> None:
    """A province with its agencies, units and channels from one file."""
    data = _yaml(path)
    rows = {"channels": data.pop("channels", [])}
    province = directory.install(facts=directory_file.read(data, path.name), by=None)
    channels.install(province=province, facts=channel_file.read(rows, path.name), by=None)


def _in_force(facts: PlanFacts, by_office: Callable[[Agency], User]) -> Plan:
    by = by_office(Agency.objects.select_related("province").get(code=facts.agency))
    plan = record(facts=facts, by=by)
    if plan.state != PlanState.DRAFT:
        return plan
    register_cited(plan=plan, by=by)
    return issue(plan=plan, by=by)


def _yaml(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data
