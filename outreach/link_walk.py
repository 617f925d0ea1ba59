"""From address to address, one at a time: which are due, and what each look found.

The longest unseen come first. An address that opened is looked at again after a week, one in
trouble the next day; the same address is asked once however often it was written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db.models import F, Model, Q, QuerySet

from agencies.models import Province
from cchc.lib import clock, links
from cchc.lib.links import Pace, Rules, Seen
from outreach import addresses
from outreach.actions import links as actions
from outreach.models import Evidence, Placement
from outreach.models.link import LinkState

AGAIN = timedelta(days=7)
SOON = timedelta(hours=20)  # the next night, also when that one begins a little earlier
_NEVER = datetime.min.replace(tzinfo=UTC)

M = TypeVar("M", bound=Model)


def due(limit: int, province: Province | None = None) -> list[Placement | Evidence]:
    """The addresses that are to be looked at, the longest unseen first."""
    placements = Placement.objects.to_check().select_related("agency", "activity", "channel")
    evidence = Evidence.objects.to_check().select_related("activity__agency")
    if province is not None:
        placements = placements.filter(province=province)
        evidence = evidence.filter(activity__province=province)
    found: list[Placement | Evidence] = [*_oldest(placements, limit), *_oldest(evidence, limit)]
    return sorted(found, key=lambda link: link.checked_at or _NEVER)[:limit]


@dataclass(slots=True)
class Walk:
    """One walk: its rules, its pace, and what was seen on the way."""

    rules: Rules = field(default_factory=lambda: Rules(agent=_agent()))
    pace: Pace = field(default_factory=Pace)
    seen: dict[str, Seen] = field(default_factory=dict)

    def check(self, link: Placement | Evidence) -> LinkState:
        """Look at one address and keep what was seen."""
        if addresses.is_private(link.url):
            actions.keep_as_text(by=None, link=link)
            return LinkState.PRIVATE
        seen = self.seen.get(link.url)
        if seen is None:
            self.pace.wait(link.url)
            seen = self.seen[link.url] = links.look(link.url, self.rules)
            self.pace.done(link.url)
        return actions.note(by=None, link=link, seen=seen)


def _oldest(rows: QuerySet[M], limit: int) -> Sequence[M]:
    now = clock.now()
    in_trouble = Q(failures__gt=0, checked_at__lt=now - SOON) & ~Q(link_state=LinkState.DEAD)
    wanted = Q(checked_at=None) | Q(checked_at__lt=now - AGAIN) | in_trouble
    return list(rows.filter(wanted).order_by(F("checked_at").asc(nulls_first=True), "id")[:limit])


def _agent() -> str:
    """Who asks: the program, and the site that it serves."""
    return f"{links.AGENT} (+{settings.SITE_URL}/)" if settings.SITE_URL else links.AGENT
