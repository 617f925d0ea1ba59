"""An activity's way over a channel: sent, approved or returned, published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach import ledger, moves, sending
from outreach.models import Activity, CountDecision, Fulfilment, Placement
from outreach.moves import Dispatch
from outreach.policies import (
    LONE_EDITOR,
    co_edited,
    is_own_to_clear,
    is_own_work,
    may_approve,
    may_clear,
    may_hand_back,
    may_publish,
    may_recall,
    may_refuse,
    may_return,
    may_send,
    may_withdraw,
    own_clearance,
)
from outreach.workflow import (
    APPROVE,
    HAND_BACK,
    PUBLISH,
    RECALL,
    REFUSE,
    RETURN,
    WITHDRAW,
    Move,
)
from plans.models import Obligation

SUBMITTED = Verb("placement.submit", "Trình duyệt nội bộ")
SENT = Verb("placement.send", "Gửi đến kênh")
CLEARED = Verb("placement.clear", "Duyệt nội bộ")
HANDED_BACK = Verb("placement.hand_back", "Trả lại nội bộ")
RECALLED = Verb("placement.recall", "Rút về nháp")
APPROVED = Verb("placement.approve", "Duyệt")
RETURNED = Verb("placement.return", "Trả lại")
REFUSED = Verb("placement.refuse", "Từ chối")
PUBLISHED = Verb("placement.publish", "Đăng")
WITHDRAWN = Verb("placement.withdraw", "Gỡ")

REASON_NEEDED = "Hãy ghi lý do trả lại để người gửi biết phải sửa gì."
REFUSAL_NEEDED = "Hãy ghi lý do từ chối."
WITHDRAWAL_NEEDED = "Hãy ghi lý do gỡ."
NOT_OF_THIS_PLACE = "Đầu việc “{obligation}” không thuộc cơ quan gửi trên kênh này."
WHY_NOT_COUNTED = "Hãy ghi lý do không tính cho đầu việc “{obligation}”."


@transaction.atomic
def send(*, by: User, activity: Activity, to: Dispatch) -> list[Placement]:
    """Send to one or several channels, or record as done where no approval is needed.

    Where the agency clears internally, what its clearer has not seen is submitted to them first.
    """
    moves.hold(activity)
    require(may_send(by, activity))
    is_submitted, placements = sending.go(activity, to, by)
    record(
        SUBMITTED if is_submitted else SENT,
        activity,
        by=by,
        agency=activity.agency,
        reason=to.comment,
        after={p.channel.code: _days(p) for p in placements},
    )
    return placements


@transaction.atomic
def clear(
    *, by: User, placement: Placement, on: date | None = None, comment: str = ""
) -> Placement:
    """The unit's head lets it go to its channel, or takes it as done."""
    require(may_clear(by, placement))
    day = on or clock.today()
    moves.check_days(submitted_on=placement.submitted_on, cleared_on=day)
    if is_own_to_clear(by, placement):
        comment = f"{own_clearance(by, placement.activity)} {comment}".strip()
    moves.clear(placement, on=day, by=by, comment=comment)
    _audit(CLEARED, placement, by, comment, _days(placement))
    return placement


@transaction.atomic
def hand_back(*, by: User, placement: Placement, reason: str) -> Placement:
    """Back to its author before any channel has seen it."""
    require(may_hand_back(by, placement))
    _need(reason, REASON_NEEDED)
    today = clock.today()
    moves.make(placement, HAND_BACK, by=by, comment=reason, decided_on=today, decided_by=by)
    _audit(HANDED_BACK, placement, by, reason, _days(placement))
    return placement


@transaction.atomic
def recall(*, by: User, placement: Placement) -> Placement:
    """As if it had not been sent: its days go, the conversation stays."""
    require(may_recall(by, placement))
    before = _days(placement)
    days = ("submitted", "cleared", "sent", "decided")
    gone: dict[str, Any] = {f"{name}_{part}": None for name in days for part in ("on", "by")}
    moves.make(placement, RECALL, by=by, **gone)
    _audit(RECALLED, placement, by, "", {"state": placement.state, "before": before})
    return placement


@transaction.atomic
def approve(
    *,
    by: User,
    placement: Placement,
    on: date | None = None,
    comment: str = "",
    not_counting: Mapping[Obligation, str] | None = None,
) -> Placement:
    """The channel takes it; the only editor of a channel may take own work, and it shows.

    ``not_counting`` are obligations for which it is not to count, each with the reason.
    """
    require(may_approve(by, placement, co_edited(by)))
    decided_on = on or clock.today()
    moves.check_days(sent_on=_sent_on(placement), decided_on=decided_on)
    if is_own_work(by, placement):
        comment = f"{LONE_EDITOR} {comment}".strip()
    excluded = not_counting or {}
    for obligation, reason in excluded.items():
        _need(reason, WHY_NOT_COUNTED.format(obligation=obligation))
        if (obligation.agency_id, obligation.channel_id) != ledger.place_of(placement):
            raise Refused(NOT_OF_THIS_PLACE.format(obligation=obligation))
        CountDecision.objects.create(
            placement=placement, obligation=obligation, counts=False, reason=reason.strip(), by=by
        )
    moves.make(placement, APPROVE, by=by, comment=comment, decided_on=decided_on, decided_by=by)
    told = _days(placement)
    if excluded:
        told |= {"not_counting": {str(o.pk): reason for o, reason in excluded.items()}}
    _audit(APPROVED, placement, by, comment, told)
    return placement


@transaction.atomic
def return_(*, by: User, placement: Placement, reason: str, on: date | None = None) -> Placement:
    """Back to the author, with the reason that tells what to change."""
    require(may_return(by, placement))
    _need(reason, REASON_NEEDED)
    return _turn_down(RETURN, RETURNED, placement, by, reason, on)


@transaction.atomic
def refuse(*, by: User, placement: Placement, reason: str, on: date | None = None) -> Placement:
    """The channel does not take it, and says why; it is not to be sent there again."""
    require(may_refuse(by, placement))
    _need(reason, REFUSAL_NEEDED)
    return _turn_down(REFUSE, REFUSED, placement, by, reason, on)


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


@transaction.atomic
def withdraw(*, by: User, placement: Placement, reason: str, on: date | None = None) -> Placement:
    """It no longer stands on the channel and counts for nothing; what was frozen stays."""
    require(may_withdraw(by, placement))
    _need(reason, WITHDRAWAL_NEEDED)
    day = on or clock.today()
    moves.check_days(published_on=placement.published_on, withdrawn_on=day)
    moves.make(placement, WITHDRAW, by=by, comment=reason, withdrawn_on=day, withdrawn_by=by)
    _audit(WITHDRAWN, placement, by, reason, _days(placement))
    return placement


def _need(words: str, otherwise: str) -> None:
    if not words.strip():
        raise Refused(otherwise)


def _turn_down(
    move: Move, verb: Verb, placement: Placement, by: User, reason: str, on: date | None
) -> Placement:
    day = on or clock.today()
    moves.check_days(sent_on=_sent_on(placement), decided_on=day)
    moves.make(placement, move, by=by, comment=reason, decided_on=day, decided_by=by)
    _audit(verb, placement, by, reason, _days(placement))
    return placement


def _sent_on(placement: Placement) -> date:
    """The day of sending; whatever was sent has one."""
    assert placement.sent_on is not None
    return placement.sent_on


_DAYS = ("submitted_on", "cleared_on", "sent_on", "decided_on", "published_on", "withdrawn_on")
_ALWAYS_TOLD = frozenset({"sent_on", "decided_on", "published_on"})


def _days(placement: Placement) -> dict[str, Any]:
    told: dict[str, Any] = {"state": str(placement.state), "url": placement.url}
    for name in _DAYS:
        day: date | None = getattr(placement, name)
        if day is not None or name in _ALWAYS_TOLD:
            told[name] = day.isoformat() if day else None
    return told


def _audit(verb: Verb, placement: Placement, by: User, reason: str, after: dict[str, Any]) -> None:
    record(verb, placement, by=by, agency=placement.agency, reason=reason, after=after)
