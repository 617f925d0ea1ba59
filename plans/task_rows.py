"""Tasks with their assignees and quotas as rows: the part of writing that actions share.

Only actions call it, inside their transaction, after their policy and before their audit entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from agencies.models import Agency, Unit
from cchc.lib.facts import FactsError
from plans.models import Assignee, Channel, Plan, Quota, RotationTurn, Task
from plans.models.task import AssigneeDuty
from plans.plan_file import AssigneeFacts, QuotaFacts, TaskFacts
from plans.timing import parse_timing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TaskNames:
    """What tasks may name: the province's agencies and channels, and the agency's own units."""

    source: str
    agencies: Mapping[str, Agency]
    units: Mapping[str, Unit]
    channels: Mapping[str, Channel]

    @classmethod
    def around(cls, agency: Agency, source: str) -> TaskNames:
        """Three queries; ``source`` begins the sentence about what is not found."""
        province = agency.province
        return cls(
            source=source,
            agencies={row.code: row for row in Agency.objects.filter(province=province)},
            units={row.code: row for row in Unit.objects.filter(agency=agency)},
            channels={row.code: row for row in Channel.objects.filter(province=province)},
        )

    def agency(self, code: str) -> Agency:
        """The agency of that code."""
        return self.found(self.agencies, code, "cơ quan")

    def unit(self, code: str) -> Unit:
        """The agency's own unit of that code."""
        return self.found(self.units, code, "đơn vị")

    def channel(self, code: str) -> Channel:
        """The channel of that code."""
        return self.found(self.channels, code, "kênh")

    def found(self, rows: Mapping[str, T], code: str, what: str) -> T:
        """The row of that code; FactsError with a sentence when there is none."""
        if code not in rows:
            raise FactsError(f"{self.source}: không có {what} “{code}”.")
        return rows[code]


def write_tasks(plan: Plan, tasks: Iterable[TaskFacts], names: TaskNames) -> int:
    """Create the rows of the annex in their order; return how many."""
    places = count(1)
    _create_tasks(plan, tasks, None, places, names)
    return next(places) - 1


def _create_tasks(
    plan: Plan,
    tasks: Iterable[TaskFacts],
    parent: Task | None,
    places: count[int],
    names: TaskNames,
) -> None:
    for facts in tasks:
        task = Task.objects.create(
            plan=plan,
            parent=parent,
            order=next(places),
            code=facts.code,
            area=facts.area,
            title=facts.title,
            conditional=facts.conditional,
            products=facts.products,
            timing_text=facts.time,
            timing_kind=_timing_kind(facts.time, plan.year),
        )
        _create_assignees(task, AssigneeDuty.LEAD, facts.lead, names)
        _create_assignees(task, AssigneeDuty.COORDINATING, facts.coordinating, names)
        for order, quota in enumerate(facts.quotas, start=1):
            _create_quota(task, order, quota, names)
        _create_tasks(plan, facts.rows, task, places, names)


def _create_assignees(
    task: Task, duty: AssigneeDuty, assignees: Iterable[AssigneeFacts], names: TaskNames
) -> None:
    Assignee.objects.bulk_create(
        Assignee(
            task=task,
            order=order,
            duty=duty.value,
            unit=names.unit(facts.unit) if facts.unit else None,
            agency=names.agency(facts.agency) if facts.agency else None,
            group=facts.group,
            qualifier=facts.qualifier,
        )
        for order, facts in enumerate(assignees, start=1)
    )


def _create_quota(task: Task, order: int, facts: QuotaFacts, names: TaskNames) -> None:
    quota = Quota.objects.create(
        task=task,
        order=order,
        channel=names.channel(facts.channel),
        counts_when=facts.counts_when,
        minimum=facts.minimum,
        per=facts.per,
        due_kind=facts.due.kind,
        due_day=facts.due.day,
        due_month_offset=facts.due.month_offset,
        due_dates={period: day.isoformat() for period, day in facts.due.dates},
    )
    RotationTurn.objects.bulk_create(
        RotationTurn(quota=quota, period=period, unit=names.unit(unit))
        for period, unit in facts.turns
    )


def _timing_kind(text: str, year: int) -> str:
    """How the cell is understood; a row without a cell of its own has none."""
    return parse_timing(text, year).kind.value if text else ""
