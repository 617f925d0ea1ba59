"""Nội dung văn bản: the narrative as a flat list with depths."""

from __future__ import annotations

from typing import Any

from plans.models import Clause, Plan
from plans.outline import numbered
from plans.sections.fields import Fields, Row, accept_rows
from plans.sections.rows import by_uid, rewrite
from plans.sections.section import Section
from plans.sections.trees import clamped, parents_by_depth

LABELS = {"depth": "Cấp", "label": "Ký hiệu", "heading": "Tiêu đề", "text": "Nội dung"}
_DEEPEST = 20
_LONGEST = 50_000


def read(plan: Plan) -> list[Row]:
    """The clauses in the order of the document."""
    depths: dict[int | None, int] = {None: -1}
    found = []
    for clause in plan.clauses.order_by("order"):
        depths[clause.pk] = depths.get(clause.parent_id, -1) + 1
        found.append(
            {
                "uid": clause.uid,
                "depth": depths[clause.pk],
                "label": clause.label,
                "heading": clause.heading,
                "text": clause.text,
            }
        )
    return found


def accept(data: object, plan: Plan) -> list[Row]:
    """The typed clauses; one that jumps inwards stands one below the clause before it."""
    rows = accept_rows(data, LABELS, _accepted)
    depths = clamped(row["depth"] for row in rows)
    return [row | {"depth": depth} for row, depth in zip(rows, depths, strict=True)]


def _accepted(fields: Fields) -> Row:
    return {
        "depth": fields.whole("depth", 0, _DEEPEST),
        "label": fields.line("label", 12),
        "heading": fields.line("heading", 300),
        "text": fields.text("text", _LONGEST),
    }


def write(plan: Plan, value: Any) -> None:
    """Bring the rows to the value; what stands below what follows from the depths."""
    depths = clamped(row["depth"] for row in value)
    wanted = {
        row["uid"]: {
            "order": order,
            "label": row["label"],
            "heading": row["heading"],
            "text": row["text"],
        }
        for order, row in enumerate(value, start=1)
    }
    parents = parents_by_depth(list(zip(wanted, depths, strict=True)))
    rewrite(Clause, by_uid(plan.clauses.all()), wanted, base={"plan": plan}, parents=parents)


def labels(value: Any) -> dict[str, str]:
    """The numbers I, 1, a), - by the depths."""
    found = numbered([row["depth"] for row in value])
    return {row["uid"]: label for row, label in zip(value, found, strict=True)}


SECTION = Section("clauses", "Nội dung văn bản", read, accept, write, labels=labels)
