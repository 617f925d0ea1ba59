"""What the page of quotas and rotation shows beside the section itself, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch

from agencies.models import Unit
from cchc.lib.tables import display
from plans.models import Assignee, Channel, Plan, Quota, RotationTurn, Task
from plans.models.quota import CountsWhen, DueKind
from plans.models.task import AssigneeDuty
from plans.periods import Period, PeriodKind
from plans.quota_proposals import AnnexRow, ChannelNames, Lead, ProposedQuota, proposals
from plans.quotas import owed_periods
from plans.rotation import continued

_KINDS = (
    PeriodKind.WEEK,
    PeriodKind.MONTH,
    PeriodKind.QUARTER,
    PeriodKind.HALF,
    PeriodKind.NINE_MONTHS,
    PeriodKind.YEAR,
)
_DUE = {
    DueKind.PERIOD_END: "Ngày cuối kỳ",
    DueKind.DAY_OF_MONTH: "Một ngày trong tháng",
    DueKind.FIXED: "Ngày ghi riêng từng kỳ",
}


def quota_facts(plan: Plan) -> dict[str, Any]:
    """Tasks with their proposals, and everything that a quota may name."""
    channels = list(Channel.objects.filter(province=plan.province_id).in_order())
    units = list(Unit.objects.filter(agency=plan.agency_id).in_order())
    gone = {unit.code for unit in units if unit.until and unit.until < plan.starts_on}
    source = _last_year(plan)
    return {
        "tasks": list(_tasks(plan, channels)),
        "channels": [
            {
                "value": channel.code,
                "label": channel.short_name,
                "hint": channel.name if channel.name != channel.short_name else "",
                "aliases": [channel.name, *channel.aliases],
            }
            for channel in channels
        ],
        "units": [
            {
                "value": unit.code,
                "label": unit.name,
                "aliases": unit.aliases,
                "gone": unit.code in gone,
            }
            for unit in units
        ],
        "kinds": [{"value": kind.value, "label": kind.label} for kind in _KINDS],
        "counts_when": [{"value": value, "label": label} for value, label in CountsWhen.choices],
        "due_kinds": [{"value": kind.value, "label": label} for kind, label in _DUE.items()],
        "periods": {
            kind.value: [
                _period(period) for period in owed_periods(kind, plan.starts_on, plan.ends_on)
            ]
            for kind in _KINDS
        },
        "last_year": source.citation if source else "",
        "continued": list(_continued(source, plan, gone)) if source else [],
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "code": period.code,
        "label": period.label,
        "short": period.short_label,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def _tasks(plan: Plan, channels: Iterable[Channel]) -> Iterator[dict[str, Any]]:
    names = ChannelNames({one.code: [one.name, one.short_name, *one.aliases] for one in channels})
    labels = {one.code: one.short_name for one in channels}
    leads = Assignee.objects.filter(duty=AssigneeDuty.LEAD).select_related("unit").order_by("order")
    tasks = list(plan.tasks.order_by("order").prefetch_related(Prefetch("assignees", leads)))
    rows = _Rows(tasks)
    for task in tasks:
        row = rows.of(task)
        found = proposals(row, names, plan.starts_on, plan.ends_on)
        yield {
            "uid": task.uid,
            "code": task.code,
            "area": task.area,
            "title": task.title,
            "products": task.products,
            "time": task.timing_meant or task.timing_text,
            "declined": task.without_quota,
            "leads": list(dict.fromkeys(lead.unit for lead in row.leads)),
            "proposals": [_proposal(one, labels) for one in found],
        }


class _Rows:
    """Tasks as a proposal reads them, with their sub-rows; one without leads has those above."""

    def __init__(self, tasks: list[Task]) -> None:
        self.by_pk = {task.pk: task for task in tasks}
        self.below: dict[int | None, list[Task]] = defaultdict(list)
        for task in tasks:
            self.below[task.parent_id].append(task)

    def of(self, task: Task) -> AnnexRow:
        """The row of a task."""
        parent = self.by_pk.get(task.parent_id) if task.parent_id else None
        return AnnexRow(
            title=task.title,
            products=task.products,
            time=task.timing_meant or task.timing_text,
            leads=_leads(task) or (_leads(parent) if parent else ()),
            above=parent.title if parent else "",
            rows=tuple(self.of(sub) for sub in self.below[task.pk]),
        )


def _leads(task: Task) -> tuple[Lead, ...]:
    return tuple(Lead(one.unit.code, one.qualifier) for one in task.assignees.all() if one.unit)


def _proposal(one: ProposedQuota, labels: Mapping[str, str]) -> dict[str, Any]:
    """The sentence, the questions, and the quota as the section holds it (uid and task apart)."""
    return {
        "sentence": f"{one.sentence} {labels.get(one.channel, '…')}",
        "questions": list(one.questions),
        "quota": {
            "channel": one.channel,
            "counts_when": one.counts_when,
            "minimum": one.minimum,
            "maximum": one.maximum,
            "per": one.per.value,
            "due_kind": one.due.kind.value,
            "due_day": one.due.day or None,
            "due_month_offset": one.due.months_later,
            "due_dates": {code: _written(day) for code, day in one.due.fixed.items()},
            "default_unit": one.default_unit,
            "turns": dict(one.turns),
        },
    }


def _written(day: date) -> str:
    return display(day)


def _last_year(plan: Plan) -> Plan | None:
    """The plan that this one goes on from: what it was copied from, else the last year's."""
    if plan.copied_from:
        return plan.copied_from
    return (
        Plan.objects.in_force()
        .filter(agency=plan.agency_id, kind=plan.kind, ends_on__lt=plan.starts_on)
        .filter(known_by_citation=False)
        .order_by("-ends_on", "-pk")
        .first()
    )


def _continued(source: Plan, plan: Plan, gone: set[str]) -> Iterator[dict[str, Any]]:
    """For each rotation of the year before its turns of this year, by channel and period."""
    turns = RotationTurn.objects.select_related("unit").order_by("period", "id")
    quotas = (
        Quota.objects.filter(task__plan=source, task__removed_in=None, turns__isnull=False)
        .select_related("channel", "task")
        .prefetch_related(Prefetch("turns", turns))
        .distinct()
        .order_by("task__order", "order")
    )
    for quota in quotas:
        served = [(turn.period, turn.unit.code) for turn in quota.turns.all()]
        periods = owed_periods(PeriodKind(quota.per), plan.starts_on, plan.ends_on)
        further = continued(served, periods, gone)
        yield {
            "channel": quota.channel.code,
            "per": quota.per,
            "task": quota.task.code,
            "last": served[-1][1],
            "turns": {period.code: unit for period, unit in further},
        }
