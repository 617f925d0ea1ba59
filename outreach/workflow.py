"""The states of a placement and the moves between them. Pure vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cchc.lib.tables import display


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
# A channel without approval: its own agency notes what it has held, posted or broadcast.
RECORD = Move(
    "record",
    "Ghi nhận đã thực hiện",
    frozenset({State.DRAFT, State.RETURNED}),
    State.PUBLISHED,
    Side.AUTHOR,
)

MOVES = (SEND, APPROVE, RETURN, PUBLISH, RECORD)

# Older days are slips of the pen, such as 18/03/2004 for 18/03/2024.
OLDEST_YEARS = 10


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that start in a state, in the order of their buttons."""
    return tuple(move for move in MOVES if state in move.source)


def wrong_state(state: State, move: Move) -> str:
    """The sentence that says why a move cannot start here; empty when it can."""
    if state in move.source:
        return ""
    needed = " hoặc ".join(f"“{source.label}”" for source in State if source in move.source)
    return (
        f"Lượt gửi đang ở trạng thái “{state.label}”; chỉ “{move.label}” được khi ở trạng thái "
        f"{needed}."
    )


def date_fault(
    today: date,
    *,
    sent_on: date,
    decided_on: date | None = None,
    published_on: date | None = None,
) -> str:
    """The sentence that says which of the days cannot be; empty when all can.

    Each lies in the past or today, and none before the one it follows.
    """
    oldest = date(today.year - OLDEST_YEARS, 1, 1)
    before, floor = "", oldest
    for name, day in (("gửi", sent_on), ("duyệt", decided_on), ("đăng", published_on)):
        if day is None:
            continue
        if day > today:
            return (
                f"Ngày {name} {display(day)} chưa tới; chỉ nhận ngày từ hôm nay "
                f"{display(today)} trở về trước."
            )
        if day < floor:
            after = f"từ ngày {before} {display(floor)}" if before else f"từ {display(floor)}"
            return f"Ngày {name} {display(day)} sớm quá; chỉ nhận ngày {after} trở đi."
        before, floor = name, day
    return ""
