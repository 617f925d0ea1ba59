"""A placement as its page shows it: state, days, buttons with their reasons, results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from agencies.models import User
from cchc.lib.decisions import Decision
from outreach import ledger
from outreach.counting import why_not
from outreach.ledger import TakenOut
from outreach.models import Fulfilment, Placement, Review
from outreach.policies import (
    Posts,
    co_edited,
    edits_channel,
    may_approve,
    may_clear,
    may_hand_back,
    may_publish,
    may_recall,
    may_refuse,
    may_return,
    may_void,
    may_withdraw,
    other_posts,
)
from outreach.views.outlook import turn, units
from outreach.workflow import (
    APPROVE,
    CLEAR,
    HAND_BACK,
    PUBLISH,
    RECALL,
    REFUSE,
    RETURN,
    TURNED_DOWN,
    WITHDRAW,
    Move,
    State,
    known_outside,
)
from plans.models import Obligation

# The colours of compliance states, used for how near a placement is to counting.
_TONES = {
    State.DRAFT: "not_due",
    State.SUBMITTED: "pending",
    State.SENT: "pending",
    State.APPROVED: "pending",
    State.RETURNED: "missed",
    State.REFUSED: "missed",
    State.PUBLISHED: "met",
    State.WITHDRAWN: "waived",
}
# The next step of each state: its button is shown to those too who may not press it.
PRIMARY = frozenset({CLEAR, APPROVE, PUBLISH})
_DECIDED = {State.RETURNED: "Trả lại", State.REFUSED: "Từ chối"}
_TOLD = {State.RETURNED: "Lý do trả lại", State.REFUSED: "Lý do từ chối"}


@dataclass(frozen=True, slots=True)
class Result:
    """What a placement counts for; ``late`` against the plan's own due date.

    ``turn``: the unit whose turn it is when none of the activity's own is.
    """

    fulfilment: Fulfilment
    late: bool
    turn: str
    may_void: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """An obligation for which a person said that the placement is not to count."""

    obligation: Obligation
    told: TakenOut
    may_restore: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """A placement's state as a coloured word."""

    tone: str
    mark: str


@dataclass(frozen=True, slots=True)
class Day:
    """One of the days of a placement's way: which, when, by whom; ``aside`` what is odd in it."""

    name: str
    on: date
    by: User | None
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One placement; ``moves`` maps what may be done from here to the policy's answer.

    ``reason``: why the first of the buttons that are disabled is. ``told``: the heading and the
    words of whoever turned it down. ``reviews``: the conversation, as far as the reader's
    agency has part in it.
    """

    placement: Placement
    badge: Badge
    days: tuple[Day, ...]
    moves: dict[str, Decision]
    reason: str
    told: tuple[str, str]
    reviews: tuple[Review, ...]
    results: tuple[Result, ...]
    taken: tuple[Taken, ...]
    not_counted: str


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who else might decide: agencies co-edited, and others' posts where the user clears."""

    editing: frozenset[int]
    posts: Posts


def badge(placement: Placement) -> Badge:
    """The state's colour and word."""
    return Badge(_TONES[State(placement.state)], placement.state_label)


def colleagues(user: User, placements: Sequence[Placement]) -> Colleagues:
    """What the policies need to know of others: two queries, however many placements."""
    return Colleagues(co_edited(user), other_posts(user, {p.agency_id for p in placements}))


def decisions(user: User, placement: Placement, others: Colleagues) -> dict[str, Decision]:
    """What the policies say of the moves that start in the placement's state.

    The one next step also when it is refused, with the reason; others only when allowed.
    """
    asked: dict[str, tuple[Move, Callable[[], Decision]]] = {
        "clearance": (CLEAR, lambda: may_clear(user, placement, others.posts)),
        "hand_back": (HAND_BACK, lambda: may_hand_back(user, placement)),
        "recall": (RECALL, lambda: may_recall(user, placement)),
        "approve": (APPROVE, lambda: may_approve(user, placement, others.editing)),
        "return": (RETURN, lambda: may_return(user, placement)),
        "refuse": (REFUSE, lambda: may_refuse(user, placement)),
        "publish": (PUBLISH, lambda: may_publish(user, placement)),
        "withdraw": (WITHDRAW, lambda: may_withdraw(user, placement)),
    }
    found = {
        name: (move, ask())
        for name, (move, ask) in asked.items()
        if State(placement.state) in move.source
    }
    return {name: answer for name, (move, answer) in found.items() if answer or move in PRIMARY}


def cards(user: User, placements: Sequence[Placement]) -> list[Card]:
    """A card for each placement of one activity: the same queries, however many."""
    others = colleagues(user, placements)
    found: defaultdict[int, list[Fulfilment]] = defaultdict(list)
    rows = (
        Fulfilment.objects.standing()
        .filter(placement__in=placements)
        .select_related("obligation", "obligation__task", "obligation__unit", "placement")
        .order_by("counted_on", "id")
    )
    for row in rows:
        found[row.placement_id].append(row)
    taken = ledger.taken_out(placements)
    owed = ledger.obligations_for(placements)
    ours = units({p.activity_id for p in placements})
    return [
        Card(
            placement=p,
            badge=badge(p),
            days=_days(p, inside=_reads_inside(user, p)),
            moves=moves,
            reason=next((answer.reason for answer in moves.values() if not answer), ""),
            told=_told(p, reviews),
            reviews=reviews,
            results=tuple(_result(user, row, ours[p.activity_id]) for row in found[p.pk]),
            taken=_taken(user, p, owed[ledger.place_of(p)], taken[p.pk]),
            not_counted=_not_counted(p, owed[ledger.place_of(p)])
            if not found[p.pk] and not taken[p.pk]
            else "",
        )
        for p in placements
        for moves in [decisions(user, p, others)]
        for reviews in [_reviews(user, p)]
    ]


def _reads_inside(user: User, placement: Placement) -> bool:
    """Whether what is said within the agency is for the user's eyes."""
    return placement.agency_id in user.standing().readable_agency_ids


def _reviews(user: User, placement: Placement) -> tuple[Review, ...]:
    rows = sorted(placement.reviews.all(), key=lambda review: review.pk)
    if _reads_inside(user, placement):
        return tuple(rows)
    known = known_outside([row.move for row in rows])
    return tuple(row for row, is_known in zip(rows, known, strict=True) if is_known)


def _told(placement: Placement, reviews: Sequence[Review]) -> tuple[str, str]:
    """Why it did not go on, under a heading; empty when it did or nobody may know."""
    state = State(placement.state)
    turned_down = [review for review in reviews if review.move in TURNED_DOWN]
    if not turned_down or state not in {State.RETURNED, State.REFUSED, State.WITHDRAWN}:
        return "", ""
    last = turned_down[-1]
    inside = " (trong cơ quan)" if last.move == HAND_BACK.code else ""
    return _TOLD.get(state, "Lý do gỡ") + inside, last.comment


def _days(placement: Placement, *, inside: bool) -> tuple[Day, ...]:
    """The days in their order; where nobody approves, the day on which it was noted as done."""
    p, author = placement, placement.activity.author_id
    days: list[Day | None] = []
    if inside:
        aside = _instead(p.submitted_by_id, author, "trình thay")
        days += [_day("Trình", p.submitted_on, p.submitted_by, aside)]
        own = "tự duyệt" if p.cleared_by_id in {p.submitted_by_id, author} else ""
        days += [_day("Duyệt nội bộ", p.cleared_on, p.cleared_by, own)]
    if not p.channel.needs_approval:
        days += [_day("Ghi nhận", p.published_on, p.published_by)]
    else:
        aside = "" if p.cleared_on else _instead(p.sent_by_id, author, "gửi thay")
        days += [_day("Gửi", p.sent_on, p.sent_by, aside)]
        if inside or not _is_handed_back(p):
            name = _DECIDED.get(State(p.state), "Duyệt")
            days += [_day(name, p.decided_on, p.decided_by)]
        days += [_day("Đăng", p.published_on, p.published_by)]
    days += [_day("Gỡ", p.withdrawn_on, p.withdrawn_by)]
    return tuple(day for day in days if day is not None)


def _day(name: str, on: date | None, by: User | None, aside: str = "") -> Day | None:
    return None if on is None else Day(name, on, by, aside)


def _instead(by: int | None, author: int, words: str) -> str:
    return "" if by in {None, author} else words


def _is_handed_back(placement: Placement) -> bool:
    """Whether its own agency, not the channel, was the last to give it back."""
    last = max(placement.reviews.all(), key=lambda review: review.pk, default=None)
    return last is not None and last.move == HAND_BACK.code


def _result(user: User, row: Fulfilment, ours: set[int]) -> Result:
    late = row.counted_on > row.obligation.due_on
    return Result(row, late, turn(row.obligation.unit, ours), bool(may_void(user, row)))


def _taken(
    user: User,
    placement: Placement,
    owed: Sequence[Obligation],
    taken: dict[int, TakenOut],
) -> tuple[Taken, ...]:
    may = bool(edits_channel(user, placement, "tính lại kết quả"))
    return tuple(Taken(o, taken[o.pk], may) for o in owed if o.pk in taken)


def _not_counted(placement: Placement, owed: Sequence[Obligation]) -> str:
    """Why what stands on its channel counts for nothing."""
    if placement.state == State.WITHDRAWN:
        return "Không còn được tính cho đầu việc nào: đã gỡ khỏi kênh"
    if placement.state != State.PUBLISHED:
        return ""
    because = why_not(ledger.placed(placement), [ledger.wanted(o) for o in owed])
    return f"Chưa tính cho đầu việc nào: {because}"
