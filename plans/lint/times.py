"""Time cells, due days and rotation: what cannot be, what is unclear, what comes too early."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from cchc.lib.text import squeeze
from plans.lint.annex import exists, gone
from plans.lint.facts import Body, PlanFacts, Quota, Task
from plans.lint.places import places
from plans.lint.warning import LintWarning, listed, on
from plans.periods import PeriodError, month_end
from plans.quotas import Duty, QuotaError, expand, rotation_faults
from plans.timing import Timing, TimingKind, parse_timing

_UNCLEAR = frozenset({TimingKind.VAGUE, TimingKind.PLACEHOLDER})
_DATED = frozenset({TimingKind.DEADLINE, TimingKind.WINDOW})
_NAMED = 3
_REMEMBERED = 4096  # the time cells of annexes repeat each other, and each is read three times


def check(facts: PlanFacts) -> Iterator[LintWarning]:
    """Every row: its time cell, its quotas, then its due days."""
    place = places(facts)
    for task in facts.all_tasks():
        yield from _unreadable(task, place(task), facts)
        for quota in task.quotas:
            yield from _quota(quota, f"{place(task)}, {quota.channel}", facts)
    for task in _owing(facts.tasks):
        yield from _untimely(_due_days(task, facts), place(task), facts)


def _leaves(task: Task, facts: PlanFacts) -> tuple[Timing, ...]:
    return _read(task.meant or task.time, facts.starts_on.year)


@lru_cache(_REMEMBERED)
def _read(time: str, year: int) -> tuple[Timing, ...]:
    timing = parse_timing(time, year)
    return timing.parts or (timing,)


def _unreadable(task: Task, place: str, facts: PlanFacts) -> Iterator[LintWarning]:
    if not (task.meant or task.time).strip():
        return
    leaves = _leaves(task, facts)
    for code, kinds in (("time-impossible", {TimingKind.INVALID}), ("time-unclear", _UNCLEAR)):
        problems = " ".join(dict.fromkeys(leaf.problem for leaf in leaves if leaf.kind in kinds))
        if problems:
            sentence = f"Thời gian “{squeeze(task.meant or task.time)}”: {problems}"
            yield LintWarning(code, place, sentence, blocks=code == "time-impossible")


def _quota(quota: Quota, place: str, facts: PlanFacts) -> Iterator[LintWarning]:
    terms = quota.terms
    try:
        duties = _duties(quota, facts)
        assigned = [
            duty.period
            for duty in duties
            if terms.default_unit is None or any(turn.covers(duty.period) for turn in terms.turns)
        ]
        faults = rotation_faults(terms.turns, assigned) if terms.turns else []
    except PeriodError as error:
        yield LintWarning("period-impossible", place, str(error), blocks=True)
        return
    except QuotaError as error:
        sentence = f"{error} Cần ghi ngày đến hạn cho mọi kỳ."
        yield LintWarning("quota-no-due", place, sentence, blocks=True)
        return
    if faults:
        yield LintWarning("rotation", place, _rotation(faults))
    yield from _too_soon(duties, place)
    yield from _without_unit(duties, place)


def _duties(quota: Quota, facts: PlanFacts) -> list[Duty]:
    return expand(
        quota.terms, starts_on=facts.starts_on, ends_on=facts.ends_on, issued_on=facts.issued_from
    )


def _rotation(faults: list[str]) -> str:
    more = f" Và {len(faults) - _NAMED} chỗ khác." if len(faults) > _NAMED else ""
    return f"Luân phiên: {' '.join(faults[:_NAMED])}{more} Cần đúng một đơn vị cho mỗi kỳ."


def _too_soon(duties: Iterable[Duty], place: str) -> Iterator[LintWarning]:
    """A day on which the period has not yet begun cannot be when its work is due."""
    soon = [duty for duty in duties if duty.due_on < duty.period.start]
    if soon:
        first = soon[0]
        sentence = (
            f"Hạn {on(first.due_on)} của {first.period.label} đến trước khi kỳ bắt đầu; cần ghi "
            f"ngày từ {on(first.period.start)} trở đi."
        )
        yield LintWarning("due-impossible", place, sentence, blocks=True)


def _without_unit(duties: Iterable[Duty], place: str) -> Iterator[LintWarning]:
    missing = [
        duty.unit
        for duty in duties
        if isinstance(duty.unit, Body) and not exists(duty.unit, min(duty.due_on, duty.period.end))
    ]
    if missing:
        yield gone(missing, place)


def _owing(tasks: Iterable[Task]) -> Iterator[Task]:
    """Rows whose days are their own: below a quota the sub-rows only spell out its days."""
    for task in tasks:
        yield task
        if not task.quotas:
            yield from _owing(task.rows)


def _due_days(task: Task, facts: PlanFacts) -> list[date]:
    """The days of its quotas, else those that its time cell writes out; a rhythm has none."""
    if task.quotas:
        return [day for quota in task.quotas for day in _quota_days(quota, facts)]
    return [
        due.due_on
        for leaf in _leaves(task, facts)
        if leaf.kind in _DATED
        for due in leaf.dues
        if due.due_on
    ]


def _quota_days(quota: Quota, facts: PlanFacts) -> list[date]:
    try:
        return [duty.due_on for duty in _duties(quota, facts)]
    except (PeriodError, QuotaError):
        return []


def _untimely(days: list[date], place: str, facts: PlanFacts) -> Iterator[LintWarning]:
    """Before the issue, or outside the plan; its last report may be due a month later."""
    issued = facts.issued_from
    early = [day for day in days if issued and day < issued]
    if issued and early:
        sentence = (
            f"Hạn {listed(early)} đến trước khi kế hoạch được ban hành (sớm nhất {on(issued)}); "
            "cần lùi hạn, hoặc giữ nguyên nếu việc đã làm."
        )
        yield LintWarning("due-before-issue", place, sentence)
    after = facts.ends_on + timedelta(days=1)
    last = month_end(after.year, after.month)
    outside = [day for day in days if day > last or (day < facts.starts_on and not issued)]
    if outside:
        span = f"{on(facts.starts_on)} – {on(facts.ends_on)}"
        sentence = (
            f"Hạn {listed(outside)} nằm ngoài thời gian của kế hoạch ({span}); "
            "cần ghi hạn trong thời gian này."
        )
        yield LintWarning("due-outside", place, sentence)
