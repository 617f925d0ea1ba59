"""Who may enter, send, decide and publish, in which state, and why not."""

from __future__ import annotations

from agencies.models import Agency, Membership, Unit, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import ALLOWED, Decision, denied
from outreach.models import Activity, Fulfilment, Placement
from outreach.workflow import APPROVE, PUBLISH, RETURN, Move, State, wrong_state

NOT_A_WRITER = (
    "Chỉ cán bộ, trưởng đơn vị của {place} hoặc Văn phòng cơ quan mới được nhập và gửi tin, bài "
    "của đơn vị này."
)
OTHER_AGENCY = "Đơn vị {unit} không thuộc {agency}."
ALREADY_SENT = (
    "Nội dung này đã ở {channel} với trạng thái “{state}”; chỉ sửa được khi chưa gửi kênh "
    "nào hoặc các kênh đã trả lại."
)
NOT_AN_EDITOR = "Chỉ biên tập viên của {channel} ({agency}) mới được {verb}."
OWN_WORK = "Tin, bài do chính anh/chị nhập hoặc gửi phải do biên tập viên khác của {channel} duyệt."
LONE_EDITOR = "Người gửi tự duyệt vì kênh chỉ có một biên tập viên."
ALREADY_VOID = "Kết quả này đã bị hủy trước đó."


def may_enter(user: User, agency: Agency, unit: Unit | None) -> Decision:
    """Enter an activity in the name of a unit; the agency's office does it for every unit."""
    if unit is not None and unit.agency_id != agency.pk:
        return denied(OTHER_AGENCY.format(unit=unit, agency=agency))
    if _writes(user, agency.pk, unit.pk if unit else None):
        return ALLOWED
    return denied(NOT_A_WRITER.format(place=unit or agency))


def may_edit(user: User, activity: Activity, placements: list[Placement]) -> Decision:
    """Change an activity while no channel holds it."""
    decision = may_send(user, activity)
    if not decision:
        return decision
    for placement in placements:
        if placement.state not in {State.DRAFT, State.RETURNED}:
            label = State(placement.state).label
            return denied(ALREADY_SENT.format(channel=placement.channel, state=label))
    return ALLOWED


def may_send(user: User, activity: Activity) -> Decision:
    """Send an activity to channels; which of them may be sent to is for their states to say."""
    return may_enter(user, activity.agency, activity.unit)


def co_edited(user: User) -> frozenset[int]:
    """Agencies whose channels the user edits together with somebody else; one query."""
    others = (
        Membership.objects.current(clock.today())
        .filter(
            agency__in=user.standing().edited_agency_ids,
            role=Role.CHANNEL_EDITOR,
            user__is_active=True,
        )
        .exclude(user=user)
    )
    return frozenset(others.values_list("agency_id", flat=True))


def is_own_work(user: User, placement: Placement) -> bool:
    """Whether the user entered or sent it."""
    return user.pk in {placement.sent_by_id, placement.activity.author_id}


def may_approve(user: User, placement: Placement, shared: frozenset[int]) -> Decision:
    """Approve what somebody else sent; own work only where nobody else edits the channel.

    ``shared`` is what :func:`co_edited` says of the user.
    """
    decision = _edits(user, placement, APPROVE, "duyệt")
    if decision and is_own_work(user, placement) and placement.editing_agency_id in shared:
        return denied(OWN_WORK.format(channel=placement.channel))
    return decision


def may_return(user: User, placement: Placement) -> Decision:
    """Give it back to its author with a reason; own work too."""
    return _edits(user, placement, RETURN, "trả lại")


def may_publish(user: User, placement: Placement) -> Decision:
    """Record that it stands on the channel."""
    return _edits(user, placement, PUBLISH, "đăng")


def may_void(user: User, fulfilment: Fulfilment) -> Decision:
    """Say with a reason that a placement does not count for an obligation after all."""
    if fulfilment.voided_at is not None:
        return denied(ALREADY_VOID)
    return edits_channel(user, fulfilment.placement, "bỏ tính kết quả")


def _edits(user: User, placement: Placement, move: Move, verb: str) -> Decision:
    decision = edits_channel(user, placement, verb)
    fault = wrong_state(State(placement.state), move)
    return denied(fault) if decision and fault else decision


def edits_channel(user: User, placement: Placement, verb: str) -> Decision:
    """Whether the user edits the channel at all, whatever the placement's state."""
    if placement.editing_agency_id in user.standing().edited_agency_ids:
        return ALLOWED
    return denied(
        NOT_AN_EDITOR.format(channel=placement.channel, agency=placement.editing_agency, verb=verb)
    )


def _writes(user: User, agency_id: int, unit_id: int | None) -> bool:
    standing = user.standing()
    if standing.holds({Role.AGENCY_OFFICE}, agency_id):
        return True
    return any(
        post.role in {Role.UNIT_HEAD, Role.OFFICER}
        and (post.agency_id, post.unit_id) == (agency_id, unit_id)
        for post in standing.posts
    )
