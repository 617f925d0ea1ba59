"""A person's calendar address: made anew, revoked, and that it is in use."""

from __future__ import annotations

import secrets

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from cchc.lib import clock
from cchc.lib.decisions import require
from outreach.calendar_policies import may_make_feed, may_revoke_feed
from outreach.models import CalendarFeed
from outreach.models.digest import hash_of

MADE = audit.Verb("feed.make", "Tạo địa chỉ lịch cá nhân")
REVOKED = audit.Verb("feed.revoke", "Thu hồi địa chỉ lịch cá nhân")
BEGUN = audit.Verb("feed.begin", "Chương trình lịch bắt đầu đọc lịch cá nhân")

_BYTES = 32  # 256 bits: nobody guesses an address


@transaction.atomic
def make(*, by: User) -> str:
    """A new secret, told this once; the address before it is good for nothing any more."""
    _hold(by)
    require(may_make_feed(by))
    today = clock.today()
    replaced = CalendarFeed.objects.visible_to(by).open().update(revoked_on=today)
    secret = secrets.token_urlsafe(_BYTES)
    feed = CalendarFeed.objects.create(user=by, secret=hash_of(secret), made_on=today)
    audit.record(MADE, feed, by=by, agency=_agency(by), after={"replaced": bool(replaced)})
    return secret


@transaction.atomic
def revoke(*, feed: CalendarFeed, by: User) -> CalendarFeed:
    """From now on the address leads nowhere."""
    _hold(by)
    locked = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    require(may_revoke_feed(by, locked))
    locked.revoked_on = clock.today()
    locked.save(update_fields=["revoked_on"])
    audit.record(REVOKED, locked, by=by, agency=_agency(by))
    return locked


@transaction.atomic
def note_reading(*, feed: CalendarFeed, by: User) -> None:
    """Keep the day on which a calendar program last read it; its first time leaves a trace."""
    today = clock.today()
    rows = CalendarFeed.objects.open().filter(pk=feed.pk)
    rows.exclude(fetched_on=None).update(fetched_on=today)
    if rows.filter(fetched_on=None).update(fetched_on=today):
        audit.record(BEGUN, feed, by=by, agency=_agency(by))


def _hold(user: User) -> None:
    """Two buttons pressed at once make one address after the other."""
    User.objects.select_for_update().get(pk=user.pk)


def _agency(user: User) -> Agency | None:
    posts = user.standing().posts
    return Agency.objects.filter(pk=posts[0].agency_id).first() if posts else None
