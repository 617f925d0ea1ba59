"""The annex of a plan: its tasks as one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agencies.models import Province
from cchc.lib.tables import Cell, Column, Level, Row, Table
from cchc.lib.text import fold
from plans.models import Assignee, Task
from plans.models.task import AssigneeDuty
from reporting.matrices import within_province

INTERNAL = "internal"  # print.css and the Word writer set it in red
_IF_ANY = "(nếu có)"


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
        Column("stt", "STT", width=6),
        Column("task", "Nhiệm vụ", width=36),
        *([Column("products", "Sản phẩm", width=18)] if with_products else []),
        Column("lead", "Chủ trì", width=20),
        Column("coordinating", "Phối hợp", width=20),
        Column("timing", "Thời gian thực hiện", width=16),
        *([Column("explanation", "Giải trình (không phát hành)", width=20)] if explained else []),
    )
    return Table("annex", title, "", columns, tuple(_rows(tasks, with_products, explained)))


def _rows(
    tasks: Iterable[tuple[Task, Assigned]], with_products: bool, explained: bool
) -> Iterator[Row]:
    area = ""
    for task, who in tasks:
        if task.area and task.area != area:
            yield Row((Cell(task.area),), Level.GROUP)
        area = task.area
        texts = (
            task.code,
            _titled(task),
            *([task.products] if with_products else []),
            _dashed(who.lead),
            _dashed(who.coordinating),
            task.timing_text,
        )
        internal = (Cell(task.explanation, tone=INTERNAL),) if explained else ()
        yield Row((*(Cell(text) for text in texts), *internal))


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
