"""Phụ lục: the tasks, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q

from agencies.models import Agency, Unit
from plans.annex_sheet.drafts import says_conditional
from plans.lint.annex import misalignment
from plans.models import Assignee, Obligation, Plan, Quota, Task
from plans.models.task import AssigneeDuty
from plans.plan_file import AssigneeFacts
from plans.sections.assigning import Assigning
from plans.sections.faults import SectionFault, SectionFaults
from plans.sections.fields import Fields, Row, accept_rows
from plans.sections.rows import by_uid, rewrite
from plans.sections.section import Notes, Section
from plans.sections.timings import LONGEST_TIME, kind_of, time_note
from plans.sections.trees import parents_by_code

LABELS = {
    "area": "Nhóm nhiệm vụ",
    "code": "Số thứ tự",
    "title": "Nhiệm vụ",
    "products": "Sản phẩm",
    "lead": "Chủ trì",
    "coordinating": "Phối hợp",
    "time": "Thời gian thực hiện",
    "meant": "Thời gian hiểu là",
    "explanation": "Giải trình",
    "conditional": "Chỉ khi phát sinh",
    "without_quota": "Không giao định mức",
    "source": "Nhiệm vụ của kế hoạch cấp trên",
}
_DUTIES = {"lead": AssigneeDuty.LEAD.value, "coordinating": AssigneeDuty.COORDINATING.value}
_PLAIN = ("area", "code", "title", "products", "explanation", "conditional", "without_quota")
_LONGEST = 10_000
_MOST_ASSIGNEES = 100
# Wordings for a vague time cost more to find than the time to read; nobody picks from more.
_MOST_UNCLEAR = 100
_HELD = (
    Q(obligations__isnull=False)
    | Q(adopted_as__isnull=False)
    | Q(left_out__isnull=False)
    | Q(quotas__isnull=False)
    | Q(activities__isnull=False)
)


def read(plan: Plan) -> list[Row]:
    """The rows in their order."""
    return [_row(task) for task in _with_assignees(plan).filter(removed_in=None).order_by("order")]


def _with_assignees(plan: Plan) -> Any:
    assignees = Assignee.objects.select_related("unit", "agency").order_by("order")
    return Task.everything.filter(plan=plan).prefetch_related(Prefetch("assignees", assignees))


def _row(task: Task) -> Row:
    return (
        {"uid": task.uid, "source": task.source_id}
        | {name: getattr(task, name) for name in _PLAIN}
        | {"time": task.timing_text, "meant": task.timing_meant}
        | {name: _cell(task, duty) for name, duty in _DUTIES.items()}
    )


def _cell(task: Task, duty: str) -> str:
    return "\n".join(str(one) for one in task.assignees.all() if one.duty == duty)


def accept(data: object, plan: Plan) -> list[Row]:
    """The typed rows, unit cells as they are read again."""
    sources: set[int | None] = set(
        Task.everything.filter(plan=plan.parent_id).values_list("pk", flat=True)
    )
    sources |= set(Task.everything.filter(plan=plan).values_list("source", flat=True))
    rows = accept_rows(data, LABELS, lambda fields: _accepted(fields, sources))
    return _with_known_names(rows, Assigning(plan))


def _accepted(fields: Fields, sources: set[int | None]) -> Row:
    title = fields.text("title", _LONGEST)
    problem = "Không có nhiệm vụ này trong kế hoạch cấp trên."
    return {
        "area": fields.line("area", 200),
        "code": fields.line("code", 20),
        "title": title,
        "products": fields.text("products", _LONGEST),
        "lead": fields.text("lead", _LONGEST),
        "coordinating": fields.text("coordinating", _LONGEST),
        "time": fields.text("time", LONGEST_TIME),
        "meant": fields.text("meant", 400),
        "explanation": fields.text("explanation", _LONGEST),
        "conditional": fields.flag("conditional") or says_conditional(title),
        "without_quota": fields.flag("without_quota"),
        "source": fields.key("source", sources.__contains__, problem),
    }


def _with_known_names(rows: list[Row], assigning: Assigning) -> list[Row]:
    """Unit cells as they are read again; names that are too long to be kept are faults."""
    assigned = assigning.assigned(row[name] for row in rows for name in _DUTIES)
    faults = [
        fault
        for number, row in enumerate(rows, start=1)
        for name in _DUTIES
        for fault in _too_long(number, row, name, assigned.get(row[name], ()))
    ]
    if faults:
        raise SectionFaults(faults)
    return [
        row | {name: assigning.text(assigned.get(row[name], ())) for name in _DUTIES}
        for row in rows
    ]


def _too_long(
    number: int, row: Row, name: str, assignees: tuple[AssigneeFacts, ...]
) -> Iterator[SectionFault]:
    for value, limit in (
        *((one.group, 200) for one in assignees),
        *((one.qualifier, 120) for one in assignees),
    ):
        if len(value) > limit:
            problem = f"Tên dài {len(value)} ký tự; chỉ ghi được {limit} ký tự."
            accepted = f"mỗi đơn vị một dòng, không quá {limit} ký tự"
            yield SectionFault(
                number, row["uid"], name, LABELS[name], f"{value[:80]}…", problem, accepted
            )
    if len(assignees) > _MOST_ASSIGNEES:
        problem = f"Có {len(assignees)} đơn vị; chỉ ghi được {_MOST_ASSIGNEES} đơn vị."
        yield SectionFault(
            number, row["uid"], name, LABELS[name], "", problem, f"không quá {_MOST_ASSIGNEES}"
        )


def write(plan: Plan, value: Any) -> None:
    """Bring the rows to the value; a task that others hold on to keeps its row when it goes.

    So does one with quotas that owe nothing yet: undoing its removal brings them back with it.
    """
    present: dict[str, Task] = by_uid(_with_assignees(plan))
    cells = {
        (uid, name): _cell(task, duty)
        for uid, task in present.items()
        for name, duty in _DUTIES.items()
    }
    wanted = {
        row["uid"]: _values(row, order, plan.year) for order, row in enumerate(value, start=1)
    }
    gone = [task.pk for uid, task in present.items() if uid not in wanted]
    held = (
        set(Task.everything.filter(_HELD, pk__in=gone).values_list("pk", flat=True))
        if gone
        else set()
    )
    found = rewrite(
        Task,
        present,
        wanted,
        base={"plan": plan},
        parents=parents_by_code((row["uid"], row["area"], row["code"]) for row in value),
        staying=held,
        revision=plan.revision,
    )
    if held:
        owed = Obligation.objects.filter(task__in=held).values("quota")
        Quota.objects.filter(pk__in=owed).update(removed_in=plan.revision)
    changed = [
        (found[row["uid"]], duty, row[name])
        for row in value
        for name, duty in _DUTIES.items()
        if cells.get((row["uid"], name), "") != row[name]
    ]
    if changed:
        _assign(plan, changed)


def _values(row: Row, order: int, year: int) -> Row:
    return {name: row[name] for name in _PLAIN} | {
        "order": order,
        "timing_text": row["time"],
        "timing_meant": row["meant"],
        "timing_kind": kind_of(row["meant"] or row["time"], year),
        "source_id": row["source"],
        "removed_in": None,
    }


def _assign(plan: Plan, changed: list[tuple[Task, str, str]]) -> None:
    """Write the assignees of the cells that changed anew."""
    assigned = Assigning(plan).assigned(cell for _, _, cell in changed)
    units = {row.code: row for row in Unit.objects.filter(agency=plan.agency_id)}
    agencies = {row.code: row for row in Agency.objects.filter(province=plan.province_id)}
    old = Assignee.objects.filter(task__in=[task for task, _, _ in changed])
    cells = {(task.pk, duty) for task, duty, _ in changed}
    keys = [
        pk for pk, task, duty in old.values_list("pk", "task_id", "duty") if (task, duty) in cells
    ]
    Assignee.objects.filter(pk__in=keys).delete()
    Assignee.objects.bulk_create(
        Assignee(
            task=task,
            duty=duty,
            order=order,
            unit=units.get(one.unit),
            agency=agencies.get(one.agency),
            group=one.group,
            qualifier=one.qualifier,
        )
        for task, duty, cell in changed
        for order, one in enumerate(assigned.get(cell, ()), start=1)
    )


def notes(plan: Plan, value: Any) -> Notes:
    """How each time cell was read, names that nobody knows, and lines that do not align."""
    assigning, asked = Assigning(plan), set[str]()
    remembered: dict[str, dict[str, Any] | None] = {"": None}
    unclear: set[str] = set()
    found: Notes = {}
    for row in value:
        time = time_note(
            row["time"], row["meant"], plan.year, proposes=len(unclear) < _MOST_UNCLEAR
        )
        if time is not None and time["tone"] == "ask":
            unclear.add(row["meant"] or row["time"])
        said = {"time": time}
        for name in _DUTIES:
            cell = row[name]
            if cell not in remembered:
                remembered[cell] = assigning.note(cell, asked)
            said[name] = remembered[cell]
        uneven = misalignment(row["products"], row["time"])
        said["products"] = {"text": uneven, "tone": "ask", "choices": []} if uneven else None
        present = {name: note for name, note in said.items() if note is not None}
        if present:
            found[row["uid"]] = present
    return found


SECTION = Section("annex", "Phụ lục", read, accept, write, notes=notes)
