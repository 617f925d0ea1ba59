"""Who may enter, send, decide and publish, in which state, and why not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from agencies.models import Agency, Membership, Unit, User
from agencies.roles import WRITERS, Role
from cchc.lib import clock
from cchc.lib.decisions import ALLOWED, Decision, denied
from outreach.compliance import Compliance
from outreach.models import Activity, Evidence, Explanation, Fulfilment, Placement
from outreach.models.explanation import ExplanationState
from outreach.workflow import (
    APPROVE,
    CLEAR,
    HAND_BACK,
    OPEN,
    PUBLISH,
    RECALL,
    REFUSE,
    RETURN,
    WITHDRAW,
    Move,
    State,
    wrong_state,
)
from plans.models import Obligation

# Agency, unit and role of memberships.
Posts = frozenset[tuple[int, int | None, str]]

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
NOT_A_PROVER = (
    "Chỉ cán bộ, trưởng đơn vị của {place} hoặc Văn phòng cơ quan mới được thêm, hủy minh chứng "
    "của hoạt động này."
)
EVIDENCE_VOID = "Minh chứng này đã bị hủy trước đó."
NOT_A_CLEARER = "Chỉ trưởng đơn vị của {place} hoặc Văn phòng cơ quan mới được duyệt nội bộ."
OWN_CLEARANCE = (
    "Tin, bài do chính anh/chị nhập hoặc trình phải do trưởng đơn vị hoặc Văn phòng cơ quan duyệt "
    "nội bộ."
)
ONE_PERSON = "Người nhập tự duyệt nội bộ vì đơn vị chỉ có một người."
NO_OTHER_CLEARER = "Người nhập tự duyệt nội bộ vì cơ quan không có người khác được duyệt nội bộ."
COUNTS_ALREADY = "Kết quả này đang được tính hoặc chưa từng bị bỏ tính."
LONE_EDITOR = "Người gửi tự duyệt vì kênh chỉ có một biên tập viên."
ALREADY_VOID = "Kết quả này đã bị hủy trước đó."
NOT_ANSWERABLE = (
    "Chỉ trưởng đơn vị, chuyên viên của {place} hoặc Văn phòng cơ quan mới được giải trình đầu "
    "việc này."
)
WAIVED_ANYWAY = "Đầu việc này đã được miễn nên không cần giải trình."
NOTHING_TO_EXPLAIN = "Chỉ giải trình đầu việc đã quá hạn mà chưa đạt, hoặc đạt trễ hạn."
ACCEPTED_ALREADY = "Giải trình đã được chấp nhận nên không thay bằng giải trình khác."
NOT_A_JUDGE = "Chỉ Văn phòng của {agency} hoặc Sở Nội vụ mới được xem xét giải trình này."
FOR_HOME_AFFAIRS = "Giải trình do Văn phòng cơ quan ghi thì Sở Nội vụ xem xét."
DECIDED_ALREADY = "Giải trình này đã được xem xét; chỉ Sở Nội vụ mới được thay đổi."
OWN_EXPLANATION = "Giải trình do chính anh/chị ghi phải do người khác xem xét."
REPLACED = "Đã có giải trình mới hơn; hãy xem xét giải trình đó."
SAID_ALREADY = "Giải trình này đã {state} trước đó."
TURNED_ALREADY = "Quyết định về giải trình này đã được thay đổi một lần và là quyết định cuối."


def may_enter(user: User, agency: Agency, unit: Unit | None) -> Decision:
    """Enter an activity in the name of a unit; the agency's office does it for every unit."""
    if unit is not None and unit.agency_id != agency.pk:
        return denied(OTHER_AGENCY.format(unit=unit, agency=agency))
    if _writes(user, agency.pk, unit.pk if unit else None):
        return ALLOWED
    return denied(NOT_A_WRITER.format(place=unit or agency))


def may_edit(user: User, activity: Activity, placements: list[Placement]) -> Decision:
    """Change an activity while no channel holds it; what was submitted, its clearers."""
    decision = may_send(user, activity)
    if not decision:
        return decision
    for placement in placements:
        if placement.state == State.SUBMITTED and _clears(user, activity):
            continue
        if placement.state not in OPEN | {State.REFUSED}:
            state = placement.state_label
            return denied(ALREADY_SENT.format(channel=placement.channel, state=state))
    return ALLOWED


def may_send(user: User, activity: Activity) -> Decision:
    """Send an activity to channels; which of them may be sent to is for their states to say."""
    return may_enter(user, activity.agency, activity.unit)


def may_measure(user: User, activity: Activity) -> Decision:
    """Note its figures when they are known: whoever may write it, in every state."""
    return may_send(user, activity)


def may_prove(user: User, activity: Activity) -> Decision:
    """Add evidence: whoever may write the activity, in every state, after approval too."""
    if _writes(user, activity.agency_id, activity.unit_id):
        return ALLOWED
    return denied(NOT_A_PROVER.format(place=activity.unit or activity.agency))


def may_void_evidence(user: User, evidence: Evidence) -> Decision:
    """Say with a reason that a piece of evidence does not hold; it stays on record."""
    if evidence.voided_at is not None:
        return denied(EVIDENCE_VOID)
    return may_prove(user, evidence.activity)


def may_clear(user: User, placement: Placement, others: Posts | None = None) -> Decision:
    """Clear what somebody else wrote and submitted; own work only where nobody else can.

    ``others`` is what :func:`other_posts` says of the user's agencies, for a list.
    """
    decision = _clears_in_state(user, placement, CLEAR)
    if not decision or not is_own_to_clear(user, placement):
        return decision
    return decision if own_clearance(user, placement.activity, others) else denied(OWN_CLEARANCE)


def may_hand_back(user: User, placement: Placement) -> Decision:
    """Give back what was submitted, with a reason, before any channel knows of it."""
    return _clears_in_state(user, placement, HAND_BACK)


def may_recall(user: User, placement: Placement) -> Decision:
    """Take back what nobody has decided on."""
    decision = may_send(user, placement.activity)
    fault = wrong_state(State(placement.state), RECALL)
    return denied(fault) if decision and fault else decision


def clears_by_sending(user: User, activity: Activity) -> bool:
    """Whether sending is at once the internal clearance: the user may give it."""
    return _clears(user, activity) and (
        activity.author_id != user.pk or bool(own_clearance(user, activity))
    )


def submits(user: User, activity: Activity) -> bool:
    """Whether sending lays it before the unit's head first, as the agency's rule says."""
    return activity.agency.clears_internally and not clears_by_sending(user, activity)


def own_clearance(user: User, activity: Activity, others: Posts | None = None) -> str:
    """Why somebody may clear his own work, in words that are kept; empty when he may not."""
    posts = other_posts(user, {activity.agency_id}) if others is None else others
    here = {(unit, role) for agency, unit, role in posts if agency == activity.agency_id}
    colleagues = {role for unit, role in here if unit == activity.unit_id}
    if activity.unit_id is not None and not colleagues:
        return ONE_PERSON
    is_office = any(role == Role.AGENCY_OFFICE for _, role in here)
    return "" if is_office or Role.UNIT_HEAD in colleagues else NO_OTHER_CLEARER


def other_posts(user: User, agencies: Iterable[int]) -> Posts:
    """Who else writes or clears in the agencies: agency, unit and role; one query."""
    rows = (
        Membership.objects.current(clock.today())
        .filter(agency__in=agencies, role__in=[role.value for role in WRITERS])
        .filter(user__is_active=True)
        .exclude(user=user)
    )
    return frozenset(rows.values_list("agency_id", "unit_id", "role"))


def is_own_to_clear(user: User, placement: Placement) -> bool:
    """Whether the user wrote or submitted what is to be cleared."""
    return user.pk in {placement.submitted_by_id, placement.activity.author_id}


def clears(user: User, placement: Placement) -> Decision:
    """Whether the user clears for its unit at all, whatever the placement's state."""
    activity = placement.activity
    if _clears(user, activity):
        return ALLOWED
    return denied(NOT_A_CLEARER.format(place=activity.unit or activity.agency))


def _clears_in_state(user: User, placement: Placement, move: Move) -> Decision:
    decision = clears(user, placement)
    fault = wrong_state(State(placement.state), move)
    return denied(fault) if decision and fault else decision


def _clears(user: User, activity: Activity) -> bool:
    standing = user.standing()
    return standing.holds({Role.AGENCY_OFFICE}, activity.agency_id) or any(
        post.role is Role.UNIT_HEAD
        and (post.agency_id, post.unit_id) == (activity.agency_id, activity.unit_id)
        for post in standing.posts
    )


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
    """Whether the user entered, submitted or sent it."""
    return user.pk in {
        placement.submitted_by_id,
        placement.sent_by_id,
        placement.activity.author_id,
    }


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


def may_refuse(user: User, placement: Placement) -> Decision:
    """Say with a reason that the channel does not take it at all."""
    return _edits(user, placement, REFUSE, "từ chối")


def may_withdraw(user: User, placement: Placement) -> Decision:
    """Note with a reason that it no longer stands there: its editors, else its authors."""
    decision = takes_down(user, placement)
    fault = wrong_state(State(placement.state), WITHDRAW)
    return denied(fault) if decision and fault else decision


def takes_down(user: User, placement: Placement) -> Decision:
    """Whether the user may take it down at all, whatever the placement's state."""
    if not placement.channel.needs_approval and may_send(user, placement.activity):
        return ALLOWED
    return edits_channel(user, placement, "gỡ")


def may_publish(user: User, placement: Placement) -> Decision:
    """Record that it stands on the channel."""
    return _edits(user, placement, PUBLISH, "đăng")


def may_void(user: User, fulfilment: Fulfilment) -> Decision:
    """Say with a reason that a placement does not count for an obligation after all."""
    if fulfilment.voided_at is not None:
        return denied(ALREADY_VOID)
    return edits_channel(user, fulfilment.placement, "bỏ tính kết quả")


def may_count_again(user: User, placement: Placement) -> Decision:
    """Let count by the rule again what a person took out."""
    return edits_channel(user, placement, "tính lại kết quả")


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
    return standing.holds({Role.AGENCY_OFFICE}, agency_id) or _is_of_unit(user, agency_id, unit_id)


def _is_of_unit(user: User, agency_id: int, unit_id: int | None) -> bool:
    return any(
        post.role in {Role.UNIT_HEAD, Role.OFFICER}
        and (post.agency_id, post.unit_id) == (agency_id, unit_id)
        for post in user.standing().posts
    )


def may_explain(
    user: User,
    obligation: Obligation,
    state: Compliance,
    today: date,
    current: Explanation | None,
) -> Decision:
    """Who answers for an obligation says why it was missed or late, until that is accepted."""
    if not _writes(user, obligation.agency_id, obligation.unit_id):
        place = obligation.unit or obligation.agency
        return denied(NOT_ANSWERABLE.format(place=place))
    if state is Compliance.WAIVED:
        return denied(WAIVED_ANYWAY)
    overdue = state is Compliance.PENDING and today > obligation.due_on
    if not overdue and state not in {Compliance.MISSED, Compliance.MET_LATE}:
        return denied(NOTHING_TO_EXPLAIN)
    if current is not None and current.state == ExplanationState.ACCEPTED:
        return denied(ACCEPTED_ALREADY)
    return ALLOWED


def explains_for_office(user: User, obligation: Obligation) -> bool:
    """Whether the words are the office's, not those of somebody of the responsible unit."""
    return not _is_of_unit(user, obligation.agency_id, obligation.unit_id)


def may_decide(
    user: User, explanation: Explanation, verdict: ExplanationState, *, is_current: bool
) -> Decision:
    """The office decides on what its units explain, Home Affairs on any; nobody on his own.

    Home Affairs may turn a decision round, and then it stands.
    """
    obligation = explanation.obligation
    home = any(
        post.role is Role.HOME_AFFAIRS and post.province_id == obligation.province_id
        for post in user.standing().posts
    )
    if not home:
        decision = _office_decides(user, explanation)
        if not decision:
            return decision
    if explanation.given_by_id == user.pk:
        return denied(OWN_EXPLANATION)
    if obligation.waived_at is not None:
        return denied(WAIVED_ANYWAY)
    if not is_current:
        return denied(REPLACED)
    return _still_open(explanation, verdict)


def _office_decides(user: User, explanation: Explanation) -> Decision:
    agency = explanation.obligation.agency
    if not user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return denied(NOT_A_JUDGE.format(agency=agency))
    if explanation.by_office:
        return denied(FOR_HOME_AFFAIRS)
    if explanation.state != ExplanationState.OPEN:
        return denied(DECIDED_ALREADY)
    return ALLOWED


def _still_open(explanation: Explanation, verdict: ExplanationState) -> Decision:
    if explanation.state == verdict:
        return denied(SAID_ALREADY.format(state=verdict.label.lower()))
    moments = {
        ExplanationState.ACCEPTED: explanation.accepted_at,
        ExplanationState.REFUSED: explanation.refused_at,
    }
    if moments[verdict] is not None:
        return denied(TURNED_ALREADY)
    return ALLOWED
