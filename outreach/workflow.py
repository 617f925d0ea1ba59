"""The states of a placement and the moves between them. Pure vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a placement stands."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """The state's name on screen."""
        return _LABELS[self]


class Side(StrEnum):
    """Whose turn it is."""

    AUTHOR = "author"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of state."""

    code: str
    label: str
    source: frozenset[State]
    target: State
    side: Side
    needs_reason: bool = False


_LABELS = {
    State.DRAFT: "Nháp",
    State.SENT: "Chờ duyệt",
    State.RETURNED: "Bị trả lại",
    State.APPROVED: "Đã duyệt, chờ đăng",
    State.PUBLISHED: "Đã đăng",
}

SEND = Move("send", "Gửi duyệt", frozenset({State.DRAFT, State.RETURNED}), State.SENT, Side.AUTHOR)
APPROVE = Move("approve", "Duyệt", frozenset({State.SENT}), State.APPROVED, Side.EDITOR)
RETURN = Move(
    "return",
    "Trả lại",
    frozenset({State.SENT, State.APPROVED}),
    State.RETURNED,
    Side.EDITOR,
    needs_reason=True,
)
PUBLISH = Move("publish", "Đăng", frozenset({State.APPROVED}), State.PUBLISHED, Side.EDITOR)

MOVES = (SEND, APPROVE, RETURN, PUBLISH)


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that start in a state, in the order of their buttons."""
    return tuple(move for move in MOVES if state in move.source)
