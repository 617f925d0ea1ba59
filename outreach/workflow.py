"""The states of a placement and the moves between them. Pure vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cchc.lib.tables import display


class State(StrEnum):
    """Where a placement stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT = "sent"
    RETURNED = "returned"
    REFUSED = "refused"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state's name on screen."""
        return _LABELS[self]


class Side(StrEnum):
    """Whose turn it is."""

    AUTHOR = "author"
    CLEARER = "clearer"
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
    State.SUBMITTED: "Chờ duyệt nội bộ",
    State.SENT: "Chờ duyệt",
    State.RETURNED: "Bị trả lại",
    State.REFUSED: "Bị từ chối",
    State.APPROVED: "Đã duyệt, chờ đăng",
    State.PUBLISHED: "Đã đăng",
    State.WITHDRAWN: "Đã gỡ",
}

# With its author: it may be corrected and sent.
OPEN = frozenset({State.DRAFT, State.RETURNED})
# Inside its agency: no channel knows of it yet.
INTERNAL = frozenset({State.DRAFT, State.SUBMITTED})
# On the editors' desk.
WAITING = frozenset({State.SENT, State.APPROVED})
# Nothing more happens to it.
ENDED = frozenset({State.REFUSED, State.WITHDRAWN})

SUBMIT = Move("submit", "Trình duyệt nội bộ", OPEN, State.SUBMITTED, Side.AUTHOR)
CLEAR = Move(
    "clear",
    "Duyệt nội bộ và gửi",
    frozenset({State.SUBMITTED}),
    State.SENT,
    Side.CLEARER,
)
# A channel without approval has its internal clearance all the same.
CLEAR_RECORD = Move(
    "clear_record",
    "Duyệt nội bộ và ghi nhận",
    frozenset({State.SUBMITTED}),
    State.PUBLISHED,
    Side.CLEARER,
)
HAND_BACK = Move(
    "hand_back",
    "Trả lại để sửa",
    frozenset({State.SUBMITTED}),
    State.RETURNED,
    Side.CLEARER,
    needs_reason=True,
)
SEND = Move("send", "Gửi duyệt", OPEN, State.SENT, Side.AUTHOR)
RECALL = Move(
    "recall",
    "Rút về nháp",
    frozenset({State.SUBMITTED, State.SENT}),
    State.DRAFT,
    Side.AUTHOR,
)
APPROVE = Move("approve", "Duyệt", frozenset({State.SENT}), State.APPROVED, Side.EDITOR)
RETURN = Move("return", "Trả lại", WAITING, State.RETURNED, Side.EDITOR, needs_reason=True)
REFUSE = Move("refuse", "Từ chối", WAITING, State.REFUSED, Side.EDITOR, needs_reason=True)
PUBLISH = Move("publish", "Đăng", frozenset({State.APPROVED}), State.PUBLISHED, Side.EDITOR)
# A channel without approval: its own agency notes what it has held, posted or broadcast.
RECORD = Move("record", "Ghi nhận đã thực hiện", OPEN, State.PUBLISHED, Side.AUTHOR)
WITHDRAW = Move(
    "withdraw",
    "Gỡ",
    frozenset({State.PUBLISHED}),
    State.WITHDRAWN,
    Side.EDITOR,
    needs_reason=True,
)

MOVES = (
    SUBMIT,
    CLEAR,
    CLEAR_RECORD,
    HAND_BACK,
    SEND,
    RECALL,
    APPROVE,
    RETURN,
    REFUSE,
    PUBLISH,
    RECORD,
    WITHDRAW,
)
# Moves whose words tell the author why it did not go on.
TURNED_DOWN = frozenset({HAND_BACK.code, RETURN.code, REFUSE.code, WITHDRAW.code})

# Older days are slips of the pen, such as 18/03/2004 for 18/03/2024.
OLDEST_YEARS = 10


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that start in a state, in the order of their buttons."""
    return tuple(move for move in MOVES if state in move.source)


def known_outside(codes: Iterable[str]) -> list[bool]:
    """Which of the moves, in their order, are for eyes outside the agency: the channel's own side.

    What is said before it goes out, and what is taken back unseen, stays inside.
    """
    out, known = False, []
    for code in codes:
        if code in {SUBMIT.code, HAND_BACK.code}:
            known.append(False)
            out = False
        elif code == RECALL.code:
            known.append(out)
            out = False
        else:
            known.append(True)
            out = True
    return known


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
    submitted_on: date | None = None,
    cleared_on: date | None = None,
    sent_on: date | None = None,
    decided_on: date | None = None,
    published_on: date | None = None,
    withdrawn_on: date | None = None,
) -> str:
    """The sentence that says which of the days cannot be; empty when all can.

    Each lies in the past or today, and none before the one it follows.
    """
    oldest = date(today.year - OLDEST_YEARS, 1, 1)
    before, floor = "", oldest
    for name, day in (
        ("trình", submitted_on),
        ("duyệt nội bộ", cleared_on),
        ("gửi", sent_on),
        ("duyệt", decided_on),
        ("đăng", published_on),
        ("gỡ", withdrawn_on),
    ):
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
