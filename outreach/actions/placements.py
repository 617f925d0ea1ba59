"""An activity's way over a channel: sent, approved or returned, published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach import moves
from outreach.models import Activity, Fulfilment, Placement
from outreach.moves import Dispatch
from outreach.policies import (
    LONE_EDITOR,
    co_edited,
    is_own_work,
    may_approve,
    may_publish,
    may_return,
    may_send,
)
from outreach.workflow import APPROVE, PUBLISH, RETURN

SENT = Verb("placement.send", "Gửi đến kênh")
APPROVED = Verb("placement.approve", "Duyệt")
RETURNED = Verb("placement.return", "Trả lại")
PUBLISHED = Verb("placement.publish", "Đăng")

REASON_NEEDED = "Hãy ghi lý do trả lại để người gửi biết phải sửa gì."


@transaction.atomic
def send(*, by: User, activity: Activity, to: Dispatch) -> list[Placement]:
    """Send to one or several channels, or record as done where no approval is needed."""
    moves.hold(activity)
    require(may_send(by, activity))
    placements = moves.send_out(activity, to, by)
    record(
        SENT,
        activity,
        by=by,
        agency=activity.agency,
        reason=to.comment,
        after={p.channel.code: _days(p) for p in placements},
    )
    return placements


@transaction.atomic
def approve(
    *, by: User, placement: Placement, on: date | None = None, comment: str = ""
) -> Placement:
    """The channel takes it; the only editor of a channel may take own work, and it shows."""
    require(may_approve(by, placement, co_edited(by)))
    decided_on = on or clock.today()
    moves.check_days(sent_on=_sent_on(placement), decided_on=decided_on)
    if is_own_work(by, placement):
        comment = f"{LONE_EDITOR} {comment}".strip()
    moves.make(placement, APPROVE, by=by, comment=comment, decided_on=decided_on, decided_by=by)
    _audit(APPROVED, placement, by, comment, _days(placement))
    return placement


@transaction.atomic
def return_(*, by: User, placement: Placement, reason: str, on: date | None = None) -> Placement:
    """Back to the author, with the reason that tells what to change."""
    require(may_return(by, placement))
    if not reason.strip():
        raise Refused(REASON_NEEDED)
    decided_on = on or clock.today()
    moves.check_days(sent_on=_sent_on(placement), decided_on=decided_on)
    moves.make(placement, RETURN, by=by, comment=reason, decided_on=decided_on, decided_by=by)
    _audit(RETURNED, placement, by, reason, _days(placement))
    return placement


@transaction.atomic
def publish(
    *,
    by: User,
    placement: Placement,
    on: date,
    url: str = "",
    comment: str = "",
    decided_on: date | None = None,
) -> Sequence[Fulfilment]:
    """It stands on the channel since that day at that address; what it counts for.

    ``decided_on`` corrects the day of approval when that was recorded later than it happened.
    """
    require(may_publish(by, placement))
    decided_on = decided_on or placement.decided_on
    moves.check_days(sent_on=_sent_on(placement), decided_on=decided_on, published_on=on)
    counted = moves.put_up(
        placement,
        PUBLISH,
        url=url,
        by=by,
        comment=comment,
        decided_on=decided_on,
        published_on=on,
        published_by=by,
    )
    told = _days(placement) | {"counts_for": [f.obligation_id for f in counted]}
    _audit(PUBLISHED, placement, by, comment, told)
    return counted


def _sent_on(placement: Placement) -> date:
    """The day of sending; whatever was sent has one."""
    assert placement.sent_on is not None
    return placement.sent_on


def _days(placement: Placement) -> dict[str, Any]:
    told: dict[str, Any] = {"state": str(placement.state), "url": placement.url}
    for name in ("sent_on", "decided_on", "published_on"):
        day: date | None = getattr(placement, name)
        told[name] = day.isoformat() if day else None
    return told


def _audit(verb: Verb, placement: Placement, by: User, reason: str, after: dict[str, Any]) -> None:
    record(verb, placement, by=by, agency=placement.agency, reason=reason, after=after)
