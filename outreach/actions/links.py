"""What the machine saw at an address. It is about proof only: nothing that counts changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import User
from cchc.lib import clock
from cchc.lib.links import Fault, Seen
from outreach import link_rule
from outreach.link_rule import Standing
from outreach.models import Evidence, Placement
from outreach.models.link import LinkState

CHECKED = Verb("link.check", "Kiểm tra đường dẫn")

_MOST_FAILURES = 30_000  # a small integer; nobody counts that far


@transaction.atomic
def note(*, by: User | None, link: Placement | Evidence, seen: Seen) -> LinkState:
    """Keep what was seen; an entry is left when an address dies or comes back.

    ``by`` None is the system. An address that was changed meanwhile was not looked at.
    """
    known = Standing(link.link_state, link.failures, link.failing_since)
    now = link_rule.after(known, seen.fault, clock.today())
    changes: dict[str, Any] = {
        "link_state": LinkState(now.state),
        "link_fault": seen.fault.value if seen.fault else "",
        "link_title": seen.title or link.link_title,
        "failures": min(now.failures, _MOST_FAILURES),
        "failing_since": now.since,
        "checked_at": clock.now(),
    }
    _write(link, changes)
    if LinkState.DEAD in {known.state, now.state} and known.state != now.state:
        told = {"url": link.url, "fault": changes["link_fault"]}
        agency = link.agency if isinstance(link, Placement) else link.activity.agency
        record(
            CHECKED,
            link,
            by=by,
            agency=agency,
            before={"state": known.state},
            after=told | {"state": now.state},
        )
    return LinkState(now.state)


@transaction.atomic
def keep_as_text(*, by: User | None, link: Placement | Evidence) -> None:
    """It leads into a private network by its looks: it is not asked, today or later."""
    changes = {"link_state": LinkState.PRIVATE, "checked_at": clock.now()}
    _write(link, changes)
    agency = link.agency if isinstance(link, Placement) else link.activity.agency
    told = {"url": link.url, "fault": Fault.PRIVATE.value, "state": LinkState.PRIVATE.value}
    record(CHECKED, link, by=by, agency=agency, after=told)


def _write(link: Placement | Evidence, changes: dict[str, Any]) -> None:
    type(link).objects.filter(pk=link.pk, url=link.url).update(**changes)
    for name, value in changes.items():
        setattr(link, name, value)
