"""Hình thức tuyên truyền: the points and the channels that each means."""

from __future__ import annotations

from typing import Any

from plans.models import Channel, Plan, PlanChannel
from plans.sections.fields import Fields, Row, accept_rows
from plans.sections.rows import by_uid, rewrite
from plans.sections.section import Section

LABELS = {"label": "Ký hiệu", "title": "Hình thức", "channels": "Kênh"}


def read(plan: Plan) -> list[Row]:
    """The forms in their order, channels as the province lists them."""
    return [
        {
            "uid": row.uid,
            "label": row.label,
            "title": row.title,
            "channels": [
                channel.code
                for channel in sorted(row.channels.all(), key=lambda one: (one.order, one.code))
            ],
        }
        for row in plan.plan_channels.order_by("order").prefetch_related("channels")
    ]


def accept(data: object, plan: Plan) -> list[Row]:
    """The typed forms with channels of the plan's province."""
    channels = Channel.objects.filter(province=plan.province_id).in_order()
    known = dict.fromkeys(channels.values_list("code", flat=True))
    return accept_rows(data, LABELS, lambda fields: _accepted(fields, known))


def _accepted(fields: Fields, known: dict[str, None]) -> Row:
    return {
        "label": fields.line("label", 12),
        "title": fields.line("title", 300),
        "channels": fields.codes("channels", known, "kênh"),
    }


def write(plan: Plan, value: Any) -> None:
    """Bring the rows and their channels to the value."""
    wanted = {
        row["uid"]: {"order": order, "label": row["label"], "title": row["title"]}
        for order, row in enumerate(value, start=1)
    }
    found = rewrite(PlanChannel, by_uid(plan.plan_channels.all()), wanted, base={"plan": plan})
    channels = Channel.objects.filter(province=plan.province_id)
    keys = dict(channels.values_list("code", "pk"))
    pairs = {(found[row["uid"]].pk, keys[code]) for row in value for code in row["channels"]}
    links = PlanChannel.channels.through._default_manager
    present = {
        (form, channel): key
        for key, form, channel in links.filter(planchannel__plan=plan).values_list(
            "pk", "planchannel_id", "channel_id"
        )
    }
    gone = [key for pair, key in present.items() if pair not in pairs]
    if gone:
        links.filter(pk__in=gone).delete()
    links.bulk_create(
        PlanChannel.channels.through(planchannel_id=form, channel_id=channel)
        for form, channel in sorted(pairs - present.keys())
    )


SECTION = Section("forms", "Hình thức tuyên truyền", read, accept, write)
