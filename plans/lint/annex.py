"""Rows of the annex: what a row lacks, lines that do not align, units that are gone, doubles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cchc.lib.text import squeeze
from plans.lint.facts import Body, PlanFacts, Task
from plans.lint.places import is_duty, places
from plans.lint.warning import ANNEX, LintWarning, on, once_or_each

_BULLET = re.compile(r"^\s*[-+•*‐‑‒–—−]\s*(?=\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the annex; ``implied`` where a quota says what the cell leaves out."""

    code: str
    name: str
    written: Callable[[Task], bool]
    implied: Callable[[Task], bool]

    def has(self, task: Task) -> bool:
        return self.written(task) or self.implied(task)


_COLUMNS = (
    _Column(
        "task-no-lead",
        "đơn vị chủ trì",
        lambda task: bool(task.leads),
        lambda task: any(quota.terms.turns or quota.terms.default_unit for quota in task.quotas),
    ),
    _Column(
        "task-no-product",
        "sản phẩm",
        lambda task: bool(task.products.strip()),
        lambda task: bool(task.quotas),
    ),
    _Column(
        "task-no-time",
        "thời gian thực hiện",
        lambda task: bool(task.time.strip()),
        lambda task: bool(task.quotas),
    ),
)


def check(facts: PlanFacts) -> Iterator[LintWarning]:
    """The columns first, then the rows in their order."""
    place = places(facts)
    for column in _COLUMNS:
        yield from _blank_cells(facts, column, place)
    for task in facts.all_tasks():
        yield from _misaligned(task, place(task))
        yield from _gone(task, place(task), facts.ends_on)
    yield from _twice(facts.tasks, place)


def _blank_cells(
    facts: PlanFacts, column: _Column, place: Callable[[Task], str]
) -> Iterable[LintWarning]:
    rows = [task for task in facts.tasks if not is_duty(task)]
    whole = not any(column.written(row) for task in rows for row in task.walk())
    return once_or_each(
        list(_lacking(rows, column.has)),
        whole,
        lambda: LintWarning(
            column.code,
            ANNEX,
            f"Phụ lục không ghi {column.name} cho nhiệm vụ nào; cần ghi cho từng nhiệm vụ.",
        ),
        lambda task: LintWarning(
            column.code,
            place(task),
            f"Nhiệm vụ chưa ghi {column.name}; cần ghi ở chính nhiệm vụ này hoặc ở các ý nhỏ.",
        ),
    )


def _lacking(tasks: Iterable[Task], has: Callable[[Task], bool]) -> Iterator[Task]:
    """Rows that have it neither themselves nor from above nor below; the topmost of a branch."""
    for task in tasks:
        if has(task):
            continue
        if any(has(row) for row in task.walk()):
            yield from _lacking(task.rows, has)
        else:
            yield task


def _misaligned(task: Task, place: str) -> Iterator[LintWarning]:
    sentence = misalignment(task.products, task.time)
    if sentence:
        yield LintWarning("product-time", place, sentence)


def misalignment(products: str, time: str) -> str:
    """One time may stand for all products; several times need as many products."""
    there, times = _lines(products), _lines(time)
    if not there or times < 2 or there == times:
        return ""
    return (
        f"Có {there} sản phẩm nhưng {times} mốc thời gian; cần mỗi sản phẩm một mốc thời "
        "gian theo đúng thứ tự, hoặc một mốc chung cho tất cả."
    )


def _lines(cell: str) -> int:
    """How many entries a cell lists: its dash lines, or one when it has none."""
    bullets = _BULLET.findall(cell)
    heading = _BULLET.split(cell, maxsplit=1)[0].strip()
    return len(bullets) + bool(heading and not (bullets and heading.endswith(":")))


def _gone(task: Task, place: str, last_day: date) -> Iterator[LintWarning]:
    bodies = [body for body in (*task.leads, *task.coordinating) if not exists(body, last_day)]
    if bodies:
        yield gone(bodies, place)


def exists(body: Body, day: date) -> bool:
    """Whether the body is at work on that day."""
    return (body.since or day) <= day <= (body.until or day)


def gone(bodies: Iterable[Body], place: str) -> LintWarning:
    """Bodies that are not there when their work falls due."""
    named = ", ".join(dict.fromkeys(f"{body} ({_term(body)})" for body in bodies))
    sentence = f"Không hoạt động trong suốt thời gian được giao: {named}; cần giao cho đơn vị "
    sentence += "đang hoạt động hoặc đơn vị kế thừa."
    return LintWarning("unit-gone", place, sentence)


def _term(body: Body) -> str:
    return f"đến hết {on(body.until)}" if body.until else f"từ {on(body.since or date.max)}"


def _twice(tasks: Iterable[Task], place: Callable[[Task], str]) -> Iterator[LintWarning]:
    """The same words twice under one heading; "Quý 1" may stand under several."""
    seen: set[tuple[str, str]] = set()
    for task in tasks:
        key = (task.area, squeeze(task.title).casefold())
        if key in seen:
            sentence = f"Nhiệm vụ “{task.title}” được ghi hai lần; chỉ cần ghi một lần."
            yield LintWarning("task-twice", place(task), sentence)
        seen.add(key)
        yield from _twice(task.rows, place)
