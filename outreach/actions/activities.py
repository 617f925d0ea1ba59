"""Entering and correcting what was written, made or held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Agency, Unit, User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach import ledger, moves, particulars, sending
from outreach.kinds import FIGURES, Kind
from outreach.models import Activity, Placement
from outreach.moves import Dispatch
from outreach.policies import may_edit, may_enter, may_measure
from plans.models import Channel, ContentItem, Task

ENTERED = Verb("activity.enter", "Nhập tin, bài, hoạt động")
ENTERED_AND_SENT = Verb("activity.enter_and_send", "Nhập và gửi tin, bài, hoạt động")
ENTERED_AND_SUBMITTED = Verb(
    "activity.enter_and_submit", "Nhập và trình duyệt nội bộ tin, bài, hoạt động"
)
EDITED = Verb("activity.edit", "Sửa tin, bài, hoạt động")
MEASURED = Verb("activity.measure", "Ghi số người dự, số lượng, lượt xem")

FOREIGN_UNIT = "Đơn vị cùng thực hiện phải thuộc {agency}; {unit} thì không."
FOREIGN_TASK = "Nhiệm vụ “{task}” không thuộc kế hoạch của {agency}."
NO_SUCH_FIGURE = "{kind} không có số liệu này."


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

    def particulars(self) -> dict[str, Any]:
        """What only this kind has; the rest is left out, documents get their number in form."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        number = values["document_number"]
        values["document_number"] = particulars.document_number(number) or number
        return particulars.kept(Kind(self.kind), values)


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


@transaction.atomic
def measure(*, by: User, activity: Activity, figures: Mapping[str, int | None]) -> Activity:
    """Note how many came, how much was made or how often it was seen; in every state.

    The words of what was sent or published stay as they are.
    """
    require(may_measure(by, activity))
    moves.hold(activity)
    activity.refresh_from_db(fields=FIGURES)
    kind = Kind(activity.kind)
    has = [name for name in FIGURES if name in kind.fields]
    if set(figures) - set(has):
        raise Refused(NO_SUCH_FIGURE.format(kind=kind.label))
    _refuse_faults(kind, figures)
    before = {name: getattr(activity, name) for name in has}
    for name, value in figures.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(figures))
    after = before | dict(figures)
    record(MEASURED, activity, by=by, agency=activity.agency, before=before, after=after)
    return activity


def _write(activity: Activity, facts: Facts) -> None:
    """What the kind of activity does not have is not kept."""
    values = facts.particulars()
    _refuse_faults(Kind(facts.kind), values)
    _refuse_foreign(activity.agency, values["task"], facts.joint_units)
    activity.kind = facts.kind
    activity.title = facts.title
    activity.summary = facts.summary
    for name, value in values.items():
        setattr(activity, name, value)
    activity.clean()
    activity.save()
    activity.content_items.set(facts.content_items)
    activity.joint_units.set(u for u in facts.joint_units if u.pk != activity.unit_id)


def _refuse_faults(kind: Kind, values: Mapping[str, Any]) -> None:
    for fault in particulars.faults(kind, values, clock.today()).values():
        raise Refused(fault)


def _refuse_foreign(agency: Agency, task: Task | None, joint: Sequence[Unit]) -> None:
    for unit in joint:
        if unit.agency_id != agency.pk:
            raise Refused(FOREIGN_UNIT.format(unit=unit, agency=agency))
    if task is not None and task.plan.agency_id != agency.pk:
        raise Refused(FOREIGN_TASK.format(task=task, agency=agency))


def _told(activity: Activity) -> dict[str, Any]:
    return {
        "kind": activity.kind,
        "title": activity.title,
        "held_on": activity.held_on.isoformat() if activity.held_on else None,
        "unit": str(activity.unit) if activity.unit else None,
        **_told_particulars(activity),
    }


def _told_particulars(activity: Activity) -> dict[str, Any]:
    """What its kind has and what is known, and with whom it was made."""
    values = {name: getattr(activity, name) for name in Kind(activity.kind).fields}
    told = {name: _plain(value) for name, value in values.items() if value not in (None, "")}
    joint = [unit.name for unit in activity.joint_units.in_order()]
    return told | ({"joint_units": joint} if joint else {})


def _plain(value: date | int | str | Task) -> int | str:
    match value:
        case date():
            return value.isoformat()
        case Task():
            return str(value)
    return value


def _sent(send: Dispatch | None) -> dict[str, Any]:
    if send is None:
        return {}
    return {"channels": [c.code for c in send.channels], "sent_on": send.on.isoformat()}
