"""Entering and correcting what was written, made or held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Agency, Unit, User
from cchc.lib.decisions import require
from outreach import ledger, moves, sending
from outreach.kinds import KIND_FIELDS, TEXTS, Kind
from outreach.models import Activity, Placement
from outreach.moves import Dispatch
from outreach.policies import may_edit, may_enter
from plans.models import Channel, ContentItem, Task

ENTERED = Verb("activity.enter", "Nhập tin, bài, hoạt động")
ENTERED_AND_SENT = Verb("activity.enter_and_send", "Nhập và gửi tin, bài, hoạt động")
ENTERED_AND_SUBMITTED = Verb(
    "activity.enter_and_submit", "Nhập và trình duyệt nội bộ tin, bài, hoạt động"
)
EDITED = Verb("activity.edit", "Sửa tin, bài, hoạt động")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an activity says of itself."""

    kind: str
    title: str
    summary: str = ""
    author_name: str = ""
    held_on: date | None = None
    venue: str = ""
    attendance: int | None = None
    reach: int | None = None
    quantity: int | None = None
    document_number: str = ""
    document_on: date | None = None
    task: Task | None = None
    content_items: Sequence[ContentItem] = ()
    joint_units: Sequence[Unit] = ()


@transaction.atomic
def enter(
    *,
    by: User,
    agency: Agency,
    unit: Unit | None,
    facts: Facts,
    send: Dispatch | None = None,
    drafts: Sequence[Channel] = (),
) -> Activity:
    """Keep a new activity, and send it at once when ``send`` says where.

    ``drafts`` are channels that it is meant for but not sent to yet.
    """
    require(may_enter(by, agency, unit))
    activity = Activity(province_id=agency.province_id, agency=agency, unit=unit, author=by)
    _write(activity, facts)
    moves.plan_out(activity, drafts)
    verb = ENTERED
    if send is not None:
        is_submitted, _ = sending.go(activity, send, by)
        verb = ENTERED_AND_SUBMITTED if is_submitted else ENTERED_AND_SENT
    record(
        verb,
        activity,
        by=by,
        agency=agency,
        after=_told(activity) | _sent(send),
    )
    return activity


@transaction.atomic
def edit(*, by: User, activity: Activity, facts: Facts) -> Activity:
    """Correct an activity that no channel holds."""
    moves.hold(activity)
    placements = list(
        Placement.objects.filter(activity=activity)
        .select_for_update(of=("self",))
        .select_related("activity", "channel")
        .order_by("pk")
    )
    require(may_edit(by, activity, placements))
    before = _told(activity)
    _write(activity, facts)
    for placement in placements:  # returned ones may count by the day held
        placement.activity = activity
        moves.settle(ledger.of_placement(placement), by)
    record(EDITED, activity, by=by, agency=activity.agency, before=before, after=_told(activity))
    return activity


def _write(activity: Activity, facts: Facts) -> None:
    """What the kind of activity does not have is not kept."""
    activity.kind = facts.kind
    activity.title = facts.title
    activity.summary = facts.summary
    activity.task = facts.task
    has = Kind(facts.kind).fields
    for name in KIND_FIELDS:
        empty = "" if name in TEXTS else None
        setattr(activity, name, getattr(facts, name) if name in has else empty)
    activity.clean()
    activity.save()
    activity.content_items.set(facts.content_items)
    activity.joint_units.set(u for u in facts.joint_units if u.pk != activity.unit_id)


def _told(activity: Activity) -> dict[str, Any]:
    return {
        "kind": activity.kind,
        "title": activity.title,
        "held_on": activity.held_on.isoformat() if activity.held_on else None,
        "unit": str(activity.unit) if activity.unit else None,
    }


def _sent(send: Dispatch | None) -> dict[str, Any]:
    if send is None:
        return {}
    return {"channels": [c.code for c in send.channels], "sent_on": send.on.isoformat()}
