"""A placement as its page shows it: state, buttons with their reasons, results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from agencies.models import User
from cchc.lib.decisions import Decision
from cchc.lib.tables import display
from outreach.models import Fulfilment, Placement
from outreach.policies import co_edited, may_approve, may_publish, may_return, may_void
from outreach.workflow import RETURN, State, moves_from

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

NOT_COUNTED = (
    "Chưa tính cho đầu việc nào: cơ quan không có đầu việc trên kênh này với kỳ chứa {days}."
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a placement counts for; ``late`` against the plan's own due date."""

    fulfilment: Fulfilment
    late: bool
    may_void: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """A placement's state as a coloured word."""

    tone: str
    mark: str


@dataclass(frozen=True, slots=True)
class Card:
    """One placement; ``moves`` maps the editor's moves that start here to the policy's answer.

    ``recorded``: noted as done on a channel that nobody approves. ``reason``: why the first of
    the buttons that are disabled is. ``returned``: what the editor asked to change.
    """

    placement: Placement
    badge: Badge
    recorded: bool
    moves: dict[str, Decision]
    reason: str
    returned: str
    results: tuple[Result, ...]
    not_counted: str


def badge(placement: Placement) -> Badge:
    """The state's colour and word; where nobody approves, nothing is "published" but done."""
    state = State(placement.state)
    done = state is State.PUBLISHED and not placement.channel.needs_approval
    return Badge(_TONES[state], "Đã thực hiện" if done else state.label)


def cards(user: User, placements: Sequence[Placement]) -> list[Card]:
    """A card for each placement: two queries, however many."""
    shared = co_edited(user)
    found: defaultdict[int, list[Fulfilment]] = defaultdict(list)
    rows = (
        Fulfilment.objects.standing()
        .filter(placement__in=placements)
        .select_related("obligation", "obligation__task", "obligation__unit", "placement")
        .order_by("counted_on", "id")
    )
    for row in rows:
        found[row.placement_id].append(row)
    return [_card(user, placement, shared, found[placement.pk]) for placement in placements]


def decisions(user: User, placement: Placement, shared: frozenset[int]) -> dict[str, Decision]:
    """What the editor's policies say of the moves that start in the placement's state."""
    asked = {
        "approve": lambda: may_approve(user, placement, shared),
        "return": lambda: may_return(user, placement),
        "publish": lambda: may_publish(user, placement),
    }
    moves = moves_from(State(placement.state))
    return {move.code: asked[move.code]() for move in moves if move.code in asked}


def _card(user: User, placement: Placement, shared: frozenset[int], rows: list[Fulfilment]) -> Card:
    moves = decisions(user, placement, shared)
    published = placement.state == State.PUBLISHED
    return Card(
        placement=placement,
        badge=badge(placement),
        recorded=published and not placement.channel.needs_approval,
        moves=moves,
        reason=next((decision.reason for decision in moves.values() if not decision), ""),
        returned=_asked(placement),
        results=tuple(
            Result(row, row.counted_on > row.obligation.due_on, bool(may_void(user, row)))
            for row in rows
        ),
        not_counted=NOT_COUNTED.format(days=_days(placement)) if published and not rows else "",
    )


def _asked(placement: Placement) -> str:
    """The reason of the return that stands; empty when none does."""
    if placement.state != State.RETURNED:
        return ""
    reasons = [r for r in placement.reviews.all() if r.move == RETURN.code]
    return max(reasons, key=lambda r: r.pk).comment if reasons else ""


def _days(placement: Placement) -> str:
    """The days that a period could have counted: held, and published or recorded."""
    noted = "ngày đăng" if placement.channel.needs_approval else "ngày ghi nhận"
    days = {"ngày thực hiện": placement.activity.held_on, noted: placement.published_on}
    return " hay ".join(f"{name} {display(day)}" for name, day in days.items() if day is not None)
