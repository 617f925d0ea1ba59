"""What a list was asked for: which activities, which placements, within what a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from agencies.models import User
from outreach.addresses import fault, fingerprint
from outreach.models import Activity, Placement
from outreach.models.activity import ActivityQuerySet
from outreach.models.link import LinkState
from outreach.models.placement import PlacementQuerySet
from outreach.results_sheet.columns import pk_of
from outreach.workflow import State


class Day(StrEnum):
    """Which of an activity's days lies in the span that was asked for."""

    ANY = ""
    HELD = "held"
    SENT = "sent"
    DECIDED = "decided"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """The day's name on screen."""
        return _LABELS[self]


_LABELS = {
    Day.ANY: "Ngày thực hiện, gửi hoặc đăng",
    Day.HELD: "Ngày thực hiện",
    Day.SENT: "Ngày gửi",
    Day.DECIDED: "Ngày duyệt",
    Day.PUBLISHED: "Ngày đăng",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for; what is empty was not.

    ``text`` is words of the title, an address, or the code of a row of the results sheet.
    """

    text: str = ""
    kind: str = ""
    agency: int | None = None
    unit: int | None = None
    channel: int | None = None
    state: State | None = None
    day: Day = Day.ANY
    first: date | None = None
    last: date | None = None
    plan: int | None = None
    item: int | None = None
    is_without_address: bool = False
    has_dead_link: bool = False


def activities(user: User, wanted: Wanted) -> ActivityQuerySet:
    """The activities that were asked for.

    What stands on channels is asked of one and the same placement, and only of those that the
    person may see: a filter tells nobody of a draft.
    """
    rows = Activity.objects.visible_to(user).filter(_of_activity(wanted, ""))
    if is_title(wanted.text):
        rows = rows.titled(wanted.text)
    conditions = _of_placement(wanted)
    held = _between("held_on", wanted) if wanted.day is Day.ANY else Q()
    if not conditions and not held:
        return rows
    seen = Placement.objects.visible_to(user).filter(activity=OuterRef("pk"))
    if not conditions:
        days = _between("sent_on", wanted) | _between("published_on", wanted)
        return rows.filter(held | Exists(seen.filter(days)))
    found = Q(Exists(seen.filter(conditions, _on_any_day(wanted))))
    if conditions == Q(state=State.DRAFT) and not held:
        # What was planned for no channel yet is a draft too.
        found |= Q(~Exists(Placement.objects.filter(activity=OuterRef("pk"))))
    return rows.filter(found)


def placements(user: User, wanted: Wanted) -> PlacementQuerySet:
    """The placements that were asked for."""
    rows = Placement.objects.visible_to(user).filter(
        _of_activity(wanted, "activity__"), _of_placement(wanted), _on_any_day(wanted)
    )
    return rows.titled(wanted.text) if is_title(wanted.text) else rows


def _of_activity(wanted: Wanted, prefix: str) -> Q:
    asked = {
        "kind": wanted.kind,
        "agency": wanted.agency,
    }
    found = Q(**{f"{prefix}{name}": value for name, value in asked.items() if value})
    if wanted.unit:
        ours = Activity.objects.of_units([wanted.unit])
        found &= Q(**{f"{prefix}pk__in": ours.values("pk")})
    if wanted.item or wanted.plan:
        items = Activity.content_items.through.objects.filter(
            Q(contentitem=wanted.item) if wanted.item else Q(contentitem__plan=wanted.plan)
        )
        found &= Q(**{f"{prefix}pk__in": items.values("activity")})
    if wanted.day is Day.HELD:
        found &= _between(f"{prefix}held_on", wanted)
    return found


def _of_placement(wanted: Wanted) -> Q:
    found = Q()
    if wanted.channel:
        found &= Q(channel=wanted.channel)
    if wanted.state:
        found &= Q(state=wanted.state)
    if wanted.day not in {Day.ANY, Day.HELD}:
        found &= _between(f"{wanted.day}_on", wanted)
    if wanted.is_without_address:
        found &= Q(url="")
    if wanted.has_dead_link:
        found &= Q(state=State.PUBLISHED, link_state=LinkState.DEAD)
    if not is_title(wanted.text):
        found &= _of_text(wanted.text)
    return found


def _on_any_day(wanted: Wanted) -> Q:
    if wanted.day is not Day.ANY:
        return Q()
    names = ("activity__held_on", "sent_on", "published_on")
    held, sent, published = (_between(name, wanted) for name in names)
    return held | sent | published


def _between(name: str, wanted: Wanted) -> Q:
    bounds = {f"{name}__gte": wanted.first, f"{name}__lte": wanted.last}
    return Q(**{key: day for key, day in bounds.items() if day is not None})


def is_title(text: str) -> bool:
    """Whether it is searched for in titles: it is neither a code nor an address."""
    return pk_of(text) is None and not _address(text)


def _of_text(text: str) -> Q:
    if (number := pk_of(text)) is not None:
        return Q(pk=number)
    return Q(fingerprint=fingerprint(_address(text)))


def _address(text: str) -> str:
    """The text as an address, empty when it is none; pasted ones may have lost their scheme."""
    text = text.strip()
    if text.startswith(("http://", "https://")):
        return "" if fault(text) else text
    completed = f"https://{text}"
    return completed if "/" in text and "." in text.split("/")[0] and not fault(completed) else ""
