"""The table of moves, and the days that go with them."""

from datetime import date, timedelta

import pytest

from outreach.workflow import (
    APPROVE,
    HAND_BACK,
    MOVES,
    PUBLISH,
    REFUSE,
    RETURN,
    SEND,
    TURNED_DOWN,
    WITHDRAW,
    State,
    date_fault,
    moves_from,
    wrong_state,
)

TODAY = date(2024, 3, 20)


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (State.DRAFT, ["submit", "send", "record"]),
        (State.SUBMITTED, ["clear", "clear_record", "hand_back", "recall"]),
        (State.SENT, ["recall", "approve", "return", "refuse"]),
        (State.RETURNED, ["submit", "send", "record"]),
        (State.REFUSED, []),
        (State.APPROVED, ["return", "refuse", "publish"]),
        (State.PUBLISHED, ["withdraw"]),
        (State.WITHDRAWN, []),
    ],
)
def test_moves_of_each_state(state: State, codes: list[str]) -> None:
    assert [move.code for move in moves_from(state)] == codes


def test_whatever_turns_it_down_needs_a_reason() -> None:
    assert [move for move in MOVES if move.needs_reason] == [HAND_BACK, RETURN, REFUSE, WITHDRAW]
    assert {move.code for move in MOVES if move.needs_reason} == TURNED_DOWN


def test_a_move_that_starts_here_is_not_refused() -> None:
    assert [wrong_state(source, move) for move in MOVES for source in move.source] == [
        "" for move in MOVES for _ in move.source
    ]


def test_a_move_that_does_not_start_here_says_where_it_does() -> None:
    assert wrong_state(State.DRAFT, APPROVE) == (
        "Lượt gửi đang ở trạng thái “Nháp”; chỉ “Duyệt” được khi ở trạng thái “Chờ duyệt”."
    )
    assert wrong_state(State.PUBLISHED, SEND) == (
        "Lượt gửi đang ở trạng thái “Đã đăng”; chỉ “Gửi duyệt” được khi ở trạng thái “Nháp” hoặc "
        "“Bị trả lại”."
    )
    assert wrong_state(State.SENT, PUBLISH) != ""


def test_days_in_order_are_accepted_even_when_equal() -> None:
    assert date_fault(TODAY, sent_on=TODAY, decided_on=TODAY, published_on=TODAY) == ""
    assert date_fault(TODAY, sent_on=date(2024, 3, 1), published_on=date(2024, 3, 2)) == ""


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (
            {"sent_on": TODAY + timedelta(days=1)},
            "Ngày gửi 21/03/2024 chưa tới; chỉ nhận ngày từ hôm nay 20/03/2024 trở về trước.",
        ),
        (
            {"sent_on": date(2004, 3, 18)},
            "Ngày gửi 18/03/2004 sớm quá; chỉ nhận ngày từ 01/01/2014 trở đi.",
        ),
        (
            {"sent_on": TODAY, "decided_on": date(2024, 3, 19)},
            "Ngày duyệt 19/03/2024 sớm quá; chỉ nhận ngày từ ngày gửi 20/03/2024 trở đi.",
        ),
        (
            {
                "sent_on": date(2024, 3, 1),
                "decided_on": date(2024, 3, 5),
                "published_on": date(2024, 3, 4),
            },
            "Ngày đăng 04/03/2024 sớm quá; chỉ nhận ngày từ ngày duyệt 05/03/2024 trở đi.",
        ),
    ],
)
def test_days_that_cannot_be(days: dict[str, date], sentence: str) -> None:
    assert date_fault(TODAY, **days) == sentence
