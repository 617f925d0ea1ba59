"""The annex of a plan: its tasks as one table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agencies.models import Province
from cchc.lib.grid import shares
from cchc.lib.tables import Cell, Column, Level, Row, Table
from cchc.lib.text import fold
from cchc.lib.word.widths import line_count
from plans.models import Assignee, Task
from plans.models.task import AssigneeDuty
from reporting.matrices import within_province

INTERNAL = "internal"  # print.css and the Word writer set it in red
_IF_ANY = "(nếu có)"
_DASHES = ("-", "–", "+", "•")
# A sub-row "a" is kept as 4.1.a, a row without a number as 4.1-2: neither is what it shows.
_LETTER = re.compile(r"(?:.*\.)?([a-zđ])", re.DOTALL)
_INVENTED = re.compile(r".*\d-\d+", re.DOTALL)
_PAGE, _PADDING, _SIZE = 249, 2.5, 13  # of the landscape table and its cells, mm and points


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who leads a task and who works with them, by name."""

    lead: tuple[str, ...]
    coordinating: tuple[str, ...]


def assigned(task: Task, province: Province) -> Assigned:
    """The names in the order of the document."""
    rows = sorted(task.assignees.all(), key=lambda assignee: assignee.order)
    by_duty = {
        duty: tuple(_name(row, province) for row in rows if row.duty == duty)
        for duty in AssigneeDuty
    }
    return Assigned(by_duty[AssigneeDuty.LEAD], by_duty[AssigneeDuty.COORDINATING])


def table(title: str, tasks: Sequence[tuple[Task, Assigned]], *, draft: bool = False) -> Table:
    """STT, nhiệm vụ, sản phẩm (when any task has one), chủ trì, phối hợp, thời gian.

    A draft also has the giải trình of its author when there is any; an issued plan never has.
    """
    with_products = any(task.products for task, _ in tasks)
    explained = draft and any(task.explanation for task, _ in tasks)
    columns = (
        Column("stt", "STT", width=min(10, max([7, *(len(_shown(t.code)) + 1 for t, _ in tasks)]))),
        Column("task", "Nhiệm vụ", width=36),
        *([Column("products", "Sản phẩm", width=18)] if with_products else []),
        Column("lead", "Chủ trì", width=20),
        Column("coordinating", "Phối hợp", width=20),
        Column("timing", "Thời gian thực hiện", width=16),
        *([Column("explanation", "Giải trình (không phát hành)", width=20)] if explained else []),
    )
    return Table("annex", title, "", columns, tuple(_rows(tasks, columns)))


def _rows(tasks: Iterable[tuple[Task, Assigned]], columns: tuple[Column, ...]) -> Iterator[Row]:
    rooms = {
        column.key: _PAGE * share / 100 - _PADDING
        for column, share in zip(columns, shares(columns), strict=True)
    }
    area = ""
    for task, who in tasks:
        if task.area and task.area != area:
            yield Row((Cell(task.area),), Level.GROUP)
        area = task.area
        products, timing = _side_by_side(task.products, task.timing_text, rooms)
        cells = {
            "stt": Cell(_shown(task.code)),
            "task": Cell(_titled(task)),
            "products": Cell(products),
            "lead": Cell(_dashed(who.lead)),
            "coordinating": Cell(_dashed(who.coordinating)),
            "timing": Cell(timing),
            "explanation": Cell(task.explanation, tone=INTERNAL),
        }
        yield Row(tuple(cells[column.key] for column in columns))


def _shown(code: str) -> str:
    """The number as the document has it: ``a`` for 4.1.a, nothing for a row without one."""
    if _INVENTED.fullmatch(code):
        return ""
    letter = _LETTER.fullmatch(code)
    return letter[1] if letter else code


def _side_by_side(products: str, timing: str, rooms: Mapping[str, float]) -> tuple[str, str]:
    """Each product on the line of its time, also where one of the two takes more lines."""
    parts, times = products.splitlines(), timing.splitlines()
    lines = [*parts, *times]
    if len(parts) != len(times) or not all(line.startswith(_DASHES) for line in lines):
        return products, timing
    for at in range(len(parts) - 1):  # nothing stands below the last ones
        below = line_count(parts[at], _SIZE, rooms["products"])
        beside = line_count(times[at], _SIZE, rooms["timing"])
        parts[at] += "\n" * max(0, beside - below)
        times[at] += "\n" * max(0, below - beside)
    return "\n".join(parts), "\n".join(times)


def _titled(task: Task) -> str:
    """The task, said to be conditional even where its own words do not say so."""
    if task.conditional and fold(_IF_ANY) not in fold(task.title):
        return f"{task.title} {_IF_ANY}"
    return task.title


def _dashed(names: Sequence[str]) -> str:
    """One name stands alone; several stand on lines of their own."""
    return "\n".join(f"- {name}" for name in names) if len(names) > 1 else "".join(names)


def _name(assignee: Assignee, province: Province) -> str:
    if assignee.agency is None:
        return str(assignee)
    name = within_province(assignee.agency.name, province)
    return f"{name} ({assignee.qualifier})" if assignee.qualifier else name
