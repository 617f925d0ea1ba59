"""Rows that were checked come in, many at a time, by the same moves as one by hand.

Only the import's action calls this: nothing here asks a policy or leaves an audit entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from agencies.models import Agency, Unit, User
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach import ledger, moves
from outreach.addresses import fingerprint
from outreach.kinds import KIND_FIELDS, TEXTS, Kind
from outreach.models import Activity, Placement, Review
from outreach.policies import LONE_EDITOR
from outreach.results_check import batched
from outreach.results_sheet.deciding import Decided, Group, Outcome, Step
from outreach.results_sheet.facts import Entry, Field
from outreach.results_sheet.known import KnownPlacement
from outreach.workflow import (
    APPROVE,
    CLEAR,
    CLEAR_RECORD,
    OPEN,
    PUBLISH,
    RECORD,
    SEND,
    Move,
    State,
)
from plans.models import Channel

CHANGED_SINCE = (
    "Trong lúc nhập, có người khác vừa thay đổi kết quả của cơ quan; chưa ghi gì. "
    "Hãy kiểm tra lại tệp."
)
CLEARED = "Văn phòng cơ quan nhập từ tệp, đồng thời là duyệt nội bộ."
ON_RECORD = "Quản trị hệ thống ghi nhận theo hồ sơ đã có."
_BATCH = 1_000
_FACTS = {
    Field.KIND: "kind",
    Field.TITLE: "title",
    Field.HELD: "held_on",
    Field.NUMBER: "document_number",
    Field.DATED: "document_on",
}
_SENDS = (SEND, CLEAR, RECORD, CLEAR_RECORD)
_EDITABLE = (*OPEN, State.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Source:
    """Whose rows they are, who brings them, and what the words of each move begin with."""

    agency: Agency
    by: User
    name: str
    as_administrator: bool = False

    @property
    def words(self) -> str:
        """Where it came from."""
        return f"Nhập từ tệp “{self.name}”."


def write(decided: Decided, source: Source) -> ledger.Differences:
    """All of it, and the agency's ledger put right once; what that changed."""
    steps = [step for step in decided.steps if step.outcome is not Outcome.SAME]
    try:
        activities = _write_activities(steps, source)
        _write_placements(steps, activities, source)
    except IntegrityError as error:
        raise Refused(CHANGED_SINCE) from error
    found = ledger.of_agency(source.agency)
    moves.settle(found, source.by)
    return found


def _write_activities(steps: Sequence[Step], source: Source) -> dict[int, Activity]:
    """New ones are made, known ones corrected; by the identity of their group."""
    groups = {id(step.group): step.group for step in steps}
    known = sorted(
        {group.known.pk for group in groups.values() if group.known is not None and _touches(group)}
    )
    # Nobody sends or corrects these until this is done.
    held = {activity.pk: activity for activity in _held(known)}
    units = dict(Unit.objects.filter(agency=source.agency).values_list("code", "pk"))
    fresh: list[Activity] = []
    found: dict[int, Activity] = {}
    for key, group in groups.items():
        if group.known is None:
            found[key] = _fresh(group, units, source)
            fresh.append(found[key])
        elif group.known.pk in held:
            found[key] = held[group.known.pk]
            _correct(held[group.known.pk], group)
    Activity.objects.bulk_create(fresh, batch_size=_BATCH)
    return found


def _touches(group: Group) -> bool:
    """Whether the recorded activity gets a new channel or other facts."""
    on = {placement.channel for placement in group.known.placements} if group.known else set()
    return bool(group.changes) or not set(group.channels) <= on


def _held(keys: Sequence[int]) -> Iterator[Activity]:
    rows = Activity.objects.select_for_update().order_by("pk")
    for few in batched(keys, _BATCH):
        yield from rows.filter(pk__in=few)


def _fresh(group: Group, units: dict[str, int], source: Source) -> Activity:
    entry = group.entry
    activity = Activity(
        province_id=source.agency.province_id,
        agency=source.agency,
        unit_id=units[entry.unit] if entry.unit else None,
        kind=entry.kind,
        title=entry.title,
        held_on=entry.held_on,
        document_number=entry.number,
        document_on=entry.dated,
        author=source.by,
    )
    if not any(_is_sent(one) for one in group.channels.values()):
        activity.summary = entry.note
    _keep_own(activity)
    activity.clean()
    return activity


def _is_sent(entry: Entry) -> bool:
    return any((entry.sent_on, entry.decided_on, entry.published_on))


def _correct(activity: Activity, group: Group) -> None:
    if not group.changes:
        return
    states = activity.placements.values_list("state", flat=True)
    if any(State(state) not in _EDITABLE for state in states):
        raise Refused(CHANGED_SINCE)
    for column, value in group.changes.items():
        setattr(activity, _FACTS[column], value)
    _keep_own(activity)
    activity.clean()
    activity.save()


def _keep_own(activity: Activity) -> None:
    """What its kind does not have is not kept."""
    has = Kind(activity.kind).fields
    for name in KIND_FIELDS:
        if name not in has:
            setattr(activity, name, "" if name in TEXTS else None)


def _write_placements(
    steps: Sequence[Step], activities: dict[int, Activity], source: Source
) -> None:
    channels = {one.code: one for one in Channel.objects.filter(province=source.agency.province_id)}
    fresh: list[Placement] = []
    reviews: list[Review] = []
    for step in sorted(steps, key=lambda one: one.known.pk if one.known else 0):
        channel = channels[step.entry.channel]
        values = _values(step, channel, source)
        if step.known is None:
            placement = Placement(
                province_id=source.agency.province_id,
                agency=source.agency,
                activity=activities[id(step.group)],
                channel=channel,
                **values,
            )
            fresh.append(placement)
        else:
            placement = Placement(pk=step.known.pk)
            _update(step.known, values)
        reviews += _reviews(step, placement, channel, source)
    Placement.objects.bulk_create(fresh, batch_size=_BATCH)
    for review in reviews:
        review.placement_id = review.placement.pk
    Review.objects.bulk_create(reviews, batch_size=_BATCH)


def _update(known: KnownPlacement, values: dict[str, Any]) -> None:
    """Only as it was checked: whoever was quicker wins."""
    row = Placement.objects.filter(
        pk=known.pk, state=known.state, published_on=known.published_on, url=known.url
    )
    if row.update(**values) != 1:
        raise Refused(CHANGED_SINCE)


def _values(step: Step, channel: Channel, source: Source) -> dict[str, Any]:
    """What the placement is to hold; nobody is put down for a day that was recorded before."""
    there, by = step.reach, source.by
    made = {move.code for move in there.moves}
    values: dict[str, Any] = {"state": there.state.value, "url": there.url}
    if there.state is State.PUBLISHED:
        values["fingerprint"] = fingerprint(there.url)
    if step.known is None or step.known.state is State.DRAFT:
        values["editing_agency_id"] = channel.editing_agency_id(source.agency.pk)
    if made & {move.code for move in _SENDS}:
        values |= {"sent_on": there.days.sent, "sent_by": by}
        if source.agency.clears_internally or CLEAR.code in made or CLEAR_RECORD.code in made:
            values |= {"cleared_on": there.days.sent, "cleared_by": by}
    if made & {APPROVE.code, RECORD.code, CLEAR_RECORD.code}:
        values |= {"decided_on": there.days.decided, "decided_by": by}
    if made & {PUBLISH.code, RECORD.code, CLEAR_RECORD.code}:
        values |= {"decided_on": there.days.decided}
        values |= {"published_on": there.days.published, "published_by": by}
    return values


def _reviews(step: Step, placement: Placement, channel: Channel, source: Source) -> list[Review]:
    """One for each move with where it came from; a claim without a move is said again."""
    now, entry, there = clock.now(), step.entry, step.reach
    if not there.moves:
        if not there.claim:
            return []
        words = f"{source.words} {there.claim}"
        return [Review(placement=placement, move=SEND.code, by=source.by, at=now, comment=words)]
    return [
        Review(
            placement=placement,
            move=move.code,
            by=source.by,
            at=now,
            comment=" ".join(filter(None, (source.words, *_said(move, step, entry.note, source)))),
        )
        for move in there.moves
    ]


def _said(move: Move, step: Step, note: str, source: Source) -> tuple[str, ...]:
    if move in _SENDS:
        cleared = CLEARED if source.agency.clears_internally else ""
        return cleared, step.reach.claim, note if step.known is None else ""
    if source.as_administrator:
        return (ON_RECORD,)
    return (LONE_EDITOR,) if step.known is None and move is APPROVE else ()
