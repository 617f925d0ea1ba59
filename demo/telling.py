"""Telling the story through the same actions that people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agencies.models import Unit, User
from outreach.actions import activities, placements
from outreach.actions.activities import Facts
from outreach.models import Activity
from outreach.moves import Dispatch
from outreach.workflow import State
from plans.models import Channel


class Fate(StrEnum):
    """How far an article gets on its channel."""

    PUBLISHED = "published"
    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Event:
    """An article of a unit on one channel with its three days."""

    unit: Unit
    channel: Channel
    kind: str
    title: str
    sent_on: date
    fate: Fate
    decided_on: date | None = None
    published_on: date | None = None
    url: str = ""
    reason: str = ""


def tell(event: Event, author: User, editor: User, head: User | None = None) -> None:
    """Enter, send, and let the channel's editor decide.

    ``head`` clears it on the same day where the agency wants that.
    """
    if Activity.objects.filter(agency=event.unit.agency, title=event.title).exists():
        return
    activity = activities.enter(
        by=author,
        agency=event.unit.agency,
        unit=event.unit,
        facts=Facts(kind=event.kind, title=event.title, author_name=author.full_name),
        send=Dispatch(channels=(event.channel,), on=event.sent_on),
    )
    placement = activity.placements.select_related("activity", "channel", "agency").get()
    if head is not None and placement.state == State.SUBMITTED:
        placements.clear(by=head, placement=placement, on=event.sent_on)
    if event.fate is Fate.WAITING:
        return
    if event.fate is Fate.RETURNED:
        placements.return_(by=editor, placement=placement, reason=event.reason, on=event.decided_on)
        return
    placements.approve(by=editor, placement=placement, on=event.decided_on)
    if event.fate is Fate.PUBLISHED and event.published_on is not None:
        placements.publish(by=editor, placement=placement, on=event.published_on, url=event.url)
