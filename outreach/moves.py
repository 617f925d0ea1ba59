"""What the public verbs share: one move of one placement, and its results in the ledger.

Only actions call this: nothing here asks a policy or leaves an audit entry, the action does both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from agencies.models import Agency, User
from cchc.lib import clock
from cchc.lib.decisions import Refused
from cchc.lib.tables import display
from outreach import ledger
from outreach.addresses import fault, fingerprint
from outreach.kinds import KIND_FIELDS, Kind
from outreach.models import Activity, Fulfilment, Placement, Review
from outreach.particulars import lacking
from outreach.workflow import (
    CLEAR,
    CLEAR_RECORD,
    RECORD,
    SEND,
    SUBMIT,
    WITHDRAW,
    Move,
    State,
    date_fault,
    wrong_state,
)
from plans.models import Channel

BEATEN = (
    "{placement}: vừa có người khác xử lý lượt gửi này. Hãy tải lại trang để xem trạng thái mới."
)
NO_CHANNEL = "Hãy chọn ít nhất một kênh để gửi."
OTHER_PROVINCE = "Kênh {channel} không thuộc tỉnh của cơ quan gửi."
NOT_HELD_YET = "Ngày thực hiện {day} chưa tới nên chưa ghi nhận là đã thực hiện được."
ADDRESS_NEEDED = "Hãy ghi đường dẫn của tin, bài trên {channel}."
ONE_ADDRESS = "Đường dẫn chỉ thuộc một kênh: hãy gửi từng kênh một khi có đường dẫn."
REPOSTED = (
    "Đường dẫn này đã được ghi cho “{title}” trên {channel} ngày {day}; một tin, bài đăng lại "
    "không được tính hai lần."
)
TAKEN_DOWN = "Đã gỡ khỏi kênh ngày {day}."
RECOUNTED = "Tính lại ngày {day}: lượt đăng không còn khớp đầu việc này."


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Where an activity goes, on which day, with which address and words."""

    channels: Sequence[Channel]
    on: date
    url: str = ""
    comment: str = ""


def hold(activity: Activity) -> None:
    """Nobody else corrects the activity or sends it until this is done; as it stands now."""
    activity.refresh_from_db(
        fields=("kind", "title", *KIND_FIELDS), from_queryset=Activity.objects.select_for_update()
    )


def hold_placement(placement: Placement) -> Placement:
    """Nobody else moves the placement or its results until this is done; as it stands now."""
    rows = Placement.objects.select_related("activity", "agency", "channel", "editing_agency")
    return rows.select_for_update(of=("self",)).get(pk=placement.pk)


def hold_agency(agency: Agency) -> None:
    """Nobody else moves a placement of the agency until this is done; in the order of locks."""
    rows = Placement.objects.filter(agency=agency).order_by("pk").select_for_update()
    list(rows.values_list("pk"))


def plan_out(activity: Activity, channels: Iterable[Channel]) -> list[Placement]:
    """The activity's placements on those channels, new ones as drafts; in the order of locks."""
    placements = []
    for channel in sorted(channels, key=lambda c: c.pk):
        if channel.province_id != activity.province_id:
            raise Refused(OTHER_PROVINCE.format(channel=channel))
        placement, _ = Placement.objects.select_related("activity", "channel").get_or_create(
            activity=activity,
            channel=channel,
            defaults={
                "province_id": activity.province_id,
                "agency_id": activity.agency_id,
                "editing_agency_id": channel.editing_agency_id(activity.agency_id),
            },
        )
        placements.append(placement)
    return sorted(placements, key=lambda p: p.pk)


def submit_all(activity: Activity, dispatch: Dispatch, by: User) -> list[Placement]:
    """Lay before the unit's head what is to go to those channels; none of them knows of it yet."""
    _check_dispatch(activity, dispatch)
    placements = plan_out(activity, dispatch.channels)
    for placement in placements:
        make(
            placement,
            SUBMIT,
            by=by,
            comment=dispatch.comment,
            submitted_on=min(placement.submitted_on or dispatch.on, dispatch.on),
            submitted_by=by,
            cleared_on=None,
            cleared_by=None,
            decided_on=None,
            decided_by=None,
            url=_good(dispatch.url) or placement.url,
        )
    return placements


def send_out(
    activity: Activity, dispatch: Dispatch, by: User, *, cleared: bool = False, comment: str = ""
) -> list[Placement]:
    """Send to channels that approve; record as done on those that do not.

    ``cleared`` notes that the sender clears it in the same moment.
    """
    _check_dispatch(activity, dispatch)
    placements = plan_out(activity, dispatch.channels)
    days: dict[str, Any] = {"cleared_on": dispatch.on, "cleared_by": by} if cleared else {}
    words = f"{comment} {dispatch.comment}".strip()
    for placement in placements:
        url = _good(dispatch.url) or placement.url
        if placement.channel.needs_approval:
            _send(placement, SEND, on=dispatch.on, url=url, by=by, comment=words, **days)
        else:
            _record(placement, RECORD, on=dispatch.on, url=url, by=by, comment=words, **days)
    return placements


def clear(placement: Placement, *, on: date, by: User, comment: str = "") -> None:
    """Send what was submitted, or record what was done on the day that its author gave."""
    assert placement.submitted_on is not None  # a constraint of its state
    days: dict[str, Any] = {"cleared_on": on, "cleared_by": by}
    if placement.channel.needs_approval:
        _send(placement, CLEAR, on=on, url=placement.url, by=by, comment=comment, **days)
    else:
        done = placement.submitted_on
        url = placement.url
        _record(placement, CLEAR_RECORD, on=done, url=url, by=by, comment=comment, **days)


def make(
    placement: Placement, move: Move, *, by: User, comment: str = "", **changes: Any
) -> list[Fulfilment]:
    """Change the state if nobody else has, keep the words, and count; what counts now."""
    source = State(placement.state)
    fault = wrong_state(source, move)
    if fault:
        raise Refused(f"{placement.channel}: {fault}")
    changes |= {"state": move.target.value}
    if Placement.objects.filter(pk=placement.pk, state=source).update(**changes) != 1:
        raise Refused(BEATEN.format(placement=placement))
    for name, value in changes.items():
        setattr(placement, name, value)
    Review.objects.create(placement=placement, move=move.code, by=by, comment=comment.strip())
    # Ours since the update: nobody changes it, nor its activity, before this is done.
    now = Placement.objects.select_related("activity", "channel").get(pk=placement.pk)
    gone = TAKEN_DOWN.format(day=display(now.withdrawn_on)) if move is WITHDRAW else ""
    settle(ledger.of_placement(now), by, gone)
    return list(
        Fulfilment.objects.standing().filter(placement=placement).order_by("counted_on", "id")
    )


def put_up(
    placement: Placement, move: Move, *, url: str, by: User, comment: str = "", **changes: Any
) -> list[Fulfilment]:
    """A move to published: the address is checked, and stands once per agency and channel."""
    url = url.strip()
    if not url and placement.channel.needs_address:
        raise Refused(ADDRESS_NEEDED.format(channel=placement.channel))
    if url and (wrong := fault(url)):
        raise Refused(wrong)
    changes |= {"url": url, "fingerprint": fingerprint(url)}
    _refuse_repost(placement, changes["fingerprint"])
    try:
        with transaction.atomic():
            return make(placement, move, by=by, comment=comment, **changes)
    except IntegrityError:
        # Somebody else published the same address since it was looked up.
        _refuse_repost(placement, changes["fingerprint"])
        raise


def settle(differences: ledger.Differences, by: User | None, because: str = "") -> None:
    """Put the ledger right. A row voided by nobody may be counted again, one by a person not."""
    if differences.wrong:
        because = because or RECOUNTED.format(day=display(clock.today()))
        wrong = Fulfilment.objects.filter(pk__in=[w.fulfilment_id for w in differences.wrong])
        wrong.standing().update(voided_at=clock.now(), voided_reason=because)
    Fulfilment.objects.bulk_create(
        (
            Fulfilment(
                placement_id=m.placement_id,
                obligation_id=m.obligation_id,
                counted_on=m.counted_on,
                why=m.why[:300],
                by=by,
            )
            for m in differences.missing
        ),
        batch_size=500,
        ignore_conflicts=True,  # counted by another process in the same moment: counted anyway
    )


def check_days(**days: date | None) -> None:
    """Refuse days that cannot be: those of ``workflow.date_fault``."""
    wrong = date_fault(clock.today(), **days)
    if wrong:
        raise Refused(wrong)


def _check_dispatch(activity: Activity, dispatch: Dispatch) -> None:
    if not dispatch.channels:
        raise Refused(NO_CHANNEL)
    if dispatch.url and len(dispatch.channels) > 1:
        raise Refused(ONE_ADDRESS)
    for wrong in lacking(Kind(activity.kind), vars(activity)).values():
        raise Refused(wrong)
    check_days(sent_on=dispatch.on)


def _good(url: str) -> str:
    url = url.strip()
    if url and (wrong := fault(url)):
        raise Refused(wrong)
    return url


def _send(
    placement: Placement, move: Move, *, on: date, url: str, by: User, comment: str, **days: Any
) -> None:
    make(
        placement,
        move,
        by=by,
        comment=comment,
        sent_on=min(placement.sent_on or on, on),
        sent_by=by,
        decided_on=None,
        decided_by=None,
        # Whoever runs the channel by now decides.
        editing_agency_id=placement.channel.editing_agency_id(placement.agency_id),
        url=url,
        **days,
    )


def _record(
    placement: Placement, move: Move, *, on: date, url: str, by: User, comment: str, **days: Any
) -> None:
    held_on = placement.activity.held_on
    if held_on is not None and held_on > clock.today():
        raise Refused(NOT_HELD_YET.format(day=display(held_on)))
    put_up(
        placement,
        move,
        url=url,
        by=by,
        comment=comment,
        sent_on=on,
        sent_by=by,
        decided_on=on,
        decided_by=by,
        published_on=on,
        published_by=by,
        **days,
    )


def _refuse_repost(placement: Placement, print_: str) -> None:
    if not print_:
        return
    first = (
        Placement.objects.filter(
            agency=placement.agency_id,
            channel=placement.channel_id,
            fingerprint=print_,
            state=State.PUBLISHED,
        )
        .exclude(pk=placement.pk)
        .select_related("activity", "channel")
        .first()
    )
    if first is not None:
        raise Refused(
            REPOSTED.format(
                title=first.activity, channel=first.channel, day=display(first.published_on)
            )
        )
