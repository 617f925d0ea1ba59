"""Nội dung tuyên truyền: what is to be told."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from plans.models import ContentItem, Plan
from plans.sections.fields import Fields, Row, accept_rows
from plans.sections.rows import by_uid, rewrite
from plans.sections.section import Section

LABELS = {"label": "Ký hiệu", "title": "Nội dung", "source": "Nội dung của kế hoạch cấp trên"}
# What others hold on an item; the last is outreach's, the floor above.
_HELD = Q(adopted_as__isnull=False) | Q(left_out__isnull=False) | Q(activities__isnull=False)


def read(plan: Plan) -> list[Row]:
    """The items in their order."""
    return [
        {"uid": row.uid, "label": row.label, "title": row.title, "source": row.source_id}
        for row in plan.content_items.order_by("order")
    ]


def accept(data: object, plan: Plan) -> list[Row]:
    """The typed items; a source is an item of the parent plan, or the one that it was."""
    rows = ContentItem.everything
    sources: set[int | None] = set(rows.filter(plan=plan.parent_id).values_list("pk", flat=True))
    sources |= set(rows.filter(plan=plan).values_list("source", flat=True))
    return accept_rows(data, LABELS, lambda fields: _accepted(fields, sources))


def _accepted(fields: Fields, sources: set[int | None]) -> Row:
    problem = "Không có nội dung này trong kế hoạch cấp trên."
    return {
        "label": fields.line("label", 12),
        "title": fields.line("title", 300),
        "source": fields.key("source", sources.__contains__, problem),
    }


def write(plan: Plan, value: Any) -> None:
    """Bring the rows to the value; an item that others name keeps its row when it goes."""
    present = by_uid(ContentItem.everything.filter(plan=plan))
    wanted = {
        row["uid"]: {
            "order": order,
            "label": row["label"],
            "title": row["title"],
            "source_id": row["source"],
            "removed_in": None,
        }
        for order, row in enumerate(value, start=1)
    }
    gone = [row.pk for uid, row in present.items() if uid not in wanted]
    held = ContentItem.everything.filter(_HELD, pk__in=gone).values_list("pk", flat=True)
    rewrite(
        ContentItem,
        present,
        wanted,
        base={"plan": plan},
        staying=set(held) if gone else (),
        revision=plan.revision,
    )


SECTION = Section("content", "Nội dung tuyên truyền", read, accept, write)
