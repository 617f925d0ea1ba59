"""Tasks with their assignees and quotas as rows: the part of writing that actions share.

Only actions call it, inside their transaction, after their policy and before their audit entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field
from functools import lru_cache
from itertools import count
from typing import TypeVar

from agencies.models import Agency, Unit
from cchc.lib.facts import FactsError
from plans.annex_findings import flat
from plans.models import Assignee, Channel, Plan, Quota, RotationTurn, Task
from plans.models.task import AssigneeDuty
from plans.plan_file import QuotaFacts, TaskFacts
from plans.timing import parse_timing

T = TypeVar("T")
TaskKey = tuple[str, str, str]
"""Group, number and text: by these a row is known again in another version of an annex."""
_REWRITTEN = (
    "parent",
    "order",
    "conditional",
    "products",
    "timing_text",
    "timing_meant",
    "timing_kind",
)
_BATCH = 500


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


def repeated_codes(plan: Plan, tasks: Iterable[TaskFacts]) -> list[str]:
    """The numbers among these tasks that the plan has already in the same group."""
    taken = set(plan.tasks.values_list("area", "code"))
    return [facts.code for facts in flat(tasks) if (facts.area, facts.code) in taken]


def lost_quotas(plan: Plan, tasks: Iterable[TaskFacts]) -> int:
    """How many quotas go when these tasks take the place of those that there are."""
    wanted = set(map(_key, flat(tasks)))
    held = Quota.objects.filter(task__plan=plan, task__removed_in=None)
    keys = held.values_list("task__area", "task__code", "task__title")
    return sum(key not in wanted for key in keys)


def make_place(plan: Plan, tasks: Iterable[TaskFacts]) -> dict[TaskKey, Task]:
    """Delete the rows of a draft that these tasks do not name again; those that stay."""
    wanted = set(map(_key, flat(tasks)))
    kept: dict[TaskKey, Task] = {}
    gone: list[int] = []
    for task in Task.everything.filter(plan=plan).order_by("order"):
        key = (task.area, task.code, task.title)
        if key in wanted and task.removed_in is None:
            wanted.discard(key)
            kept[key] = task
        else:
            gone.append(task.pk)
    Task.everything.filter(plan=plan).update(parent=None)
    for first in range(0, len(gone), _BATCH):
        Task.everything.filter(pk__in=gone[first : first + _BATCH]).delete()
    Assignee.objects.filter(task__plan=plan).delete()
    return kept


def write_tasks(
    plan: Plan,
    tasks: Iterable[TaskFacts],
    names: TaskNames,
    *,
    after: int = 0,
    kept: Mapping[TaskKey, Task] | None = None,
) -> int:
    """Create the rows of the annex in their order, behind place ``after``; return how many.

    Rows go in level by level, so that however many there are, each level is a few statements.
    A row that is ``kept`` (by ``make_place``) stays itself, with its quotas and its giải trình.
    """
    places = count(after + 1)
    known = dict(kept or {})
    level = [_Placed(facts, None, places) for facts in tasks]
    made: list[_Placed] = []
    while level:
        rows = [placed.row(plan, known) for placed in level]
        Task.objects.bulk_create(row for row in rows if row.pk is None)
        made += level
        level = [below for placed in level for below in placed.below]
    again = [placed.task for placed in made if placed.is_kept]
    if again:
        Task.objects.bulk_update(again, _REWRITTEN, batch_size=_BATCH)
    _create_assignees(made, names)
    _create_quotas(made, names)
    return next(places) - after - 1


def _key(facts: TaskFacts) -> TaskKey:
    return facts.area, facts.code, facts.title


@dataclass(slots=True)
class _Placed:
    """A task, the one it stands below, and its place in the annex: sub-rows follow at once."""

    facts: TaskFacts
    parent: _Placed | None
    places: InitVar[count[int]]
    order: int = field(init=False)
    below: list[_Placed] = field(init=False)
    task: Task = field(init=False)
    is_kept: bool = field(init=False)

    def __post_init__(self, places: count[int]) -> None:
        self.order = next(places)
        self.below = [_Placed(facts, self, places) for facts in self.facts.rows]

    def row(self, plan: Plan, kept: dict[TaskKey, Task]) -> Task:
        """The row, new and unsaved or kept; the parent's level has been saved before."""
        facts = self.facts
        old = kept.pop(_key(facts), None)
        self.is_kept = old is not None
        self.task = task = old or Task(
            plan=plan, code=facts.code, area=facts.area, title=facts.title
        )
        task.parent = self.parent.task if self.parent else None
        task.order = self.order
        task.conditional, task.products = facts.conditional, facts.products
        if task.timing_text != facts.time:
            task.timing_text, task.timing_meant = facts.time, ""
            task.timing_kind = _timing_kind(facts.time, plan.year)
        return task


def _create_assignees(made: Iterable[_Placed], names: TaskNames) -> None:
    Assignee.objects.bulk_create(
        Assignee(
            task=placed.task,
            order=order,
            duty=duty.value,
            unit=names.unit(facts.unit) if facts.unit else None,
            agency=names.agency(facts.agency) if facts.agency else None,
            group=facts.group,
            qualifier=facts.qualifier,
        )
        for placed in made
        for duty, assignees in (
            (AssigneeDuty.LEAD, placed.facts.lead),
            (AssigneeDuty.COORDINATING, placed.facts.coordinating),
        )
        for order, facts in enumerate(assignees, start=1)
    )


def _create_quotas(made: Iterable[_Placed], names: TaskNames) -> None:
    pairs = [
        (facts, _quota(placed.task, order, facts, names))
        for placed in made
        for order, facts in enumerate(placed.facts.quotas, start=1)
    ]
    Quota.objects.bulk_create(quota for _, quota in pairs)
    RotationTurn.objects.bulk_create(
        RotationTurn(quota=quota, period=period, unit=names.unit(unit))
        for facts, quota in pairs
        for period, unit in facts.turns
    )


def _quota(task: Task, order: int, facts: QuotaFacts, names: TaskNames) -> Quota:
    return Quota(
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


@lru_cache(4096)  # the time cells of an annex repeat each other
def _timing_kind(text: str, year: int) -> str:
    """How the cell is understood; a row without a cell of its own has none."""
    return parse_timing(text, year).kind.value if text else ""
