"""While an activity is being entered: what may be the same, and contents that its title names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import page, roles, signed_in
from agencies.models import User
from agencies.roles import WRITERS
from cchc.lib import clock
from cchc.lib.text import words
from outreach import particulars
from outreach.addresses import LONGEST, fault, fingerprint
from outreach.forms.choices import content_items, places, plans_today
from outreach.likeness import Known, Match, Why, contents, matches
from outreach.models import Activity, Placement
from outreach.policies import may_send
from plans.models import ContentItem

WINDOW = timedelta(days=400)
MOST_COMPARED = 5000
MOST_ADDRESSES = 1000  # of what was not published yet, and has no fingerprint
LONGEST_TITLE = 300

_WHY = {
    Why.ADDRESS: "Cùng đường dẫn",
    Why.NUMBER: "Cùng số, ký hiệu",
    Why.TITLE: "Trùng tiêu đề",
    Why.SIMILAR: "Tiêu đề tương tự",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One activity that may be the same, where it stands, and whether to send it further."""

    activity: Activity
    why: str
    places: Sequence[str]
    may_add: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the part of the page shows."""

    rows: Sequence[Row]
    contents: Sequence[ContentItem]


@page(roles(*WRITERS))
def activity_likenesses(request: HttpRequest) -> HttpResponse:
    """A part of the page of entry; it never stands in the way of saving."""
    user = signed_in(request)
    asked = request.GET
    title = " ".join(words(asked.get("title", "")[:LONGEST_TITLE]))
    agency_ids = {agency.pk for agency, _ in places(user).values()}
    url = asked.get("url", "").strip()[: LONGEST + 1]
    posted = _posted(user, agency_ids, url) if url and not fault(url) else set()
    number = particulars.document_number(asked.get("document_number", "")[:LONGEST_TITLE])
    known = _known(agency_ids) if title or number else []
    left_out = asked.get("tru", "")  # the one that is being corrected
    found = matches(
        title,
        [one for one in known if str(one.pk) != left_out],
        number=number,
        posted=sorted(pk for pk in posted if str(pk) != left_out),
    )
    return render(
        request,
        "outreach/_likeness_found.html",
        {"found": Found(_rows(user, found), _contents(agency_ids, title))},
    )


def _posted(user: User, agency_ids: Collection[int], url: str) -> set[int]:
    """Activities that the user may see and that stand, or are to stand, at the address."""
    print_ = fingerprint(url)
    seen = Placement.objects.visible_to(user)
    published = seen.filter(fingerprint=print_).values_list("activity_id", flat=True)
    waiting = (
        Placement.objects.filter(agency__in=agency_ids, fingerprint="")
        .exclude(url="")
        .order_by("-pk")
        .values_list("activity_id", "url")[:MOST_ADDRESSES]
    )
    return {*published, *(pk for pk, address in waiting if fingerprint(address) == print_)}


def _known(agency_ids: Collection[int]) -> list[Known]:
    since = clock.now() - WINDOW
    rows = Activity.objects.lately(agency_ids, since)
    told = rows.values_list("pk", "folded_title", "document_number")[:MOST_COMPARED]
    return [Known(pk, title.strip(), number) for pk, title, number in told]


def _rows(user: User, found: Sequence[Match]) -> list[Row]:
    """Two queries, however many were found."""
    seen = Placement.objects.visible_to(user).select_related("channel").order_by("channel__order")
    activities = (
        Activity.objects.visible_to(user)
        .for_list()
        .prefetch_related(Prefetch("placements", seen))
        .in_bulk([match.pk for match in found])
    )
    return [
        Row(
            activity=activity,
            why=_WHY[match.why],
            places=[f"{p.channel}: {p.get_state_display()}" for p in activity.placements.all()],
            may_add=bool(may_send(user, activity)),
        )
        for match in found
        if (activity := activities.get(match.pk)) is not None
    ]


def _contents(agency_ids: Collection[int], title: str) -> list[ContentItem]:
    items = content_items(plans_today(agency_ids)).in_bulk() if title else {}
    named = contents(title, {pk: " ".join(words(item.title)) for pk, item in items.items()})
    return [items[pk] for pk in named]
