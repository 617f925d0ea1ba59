"""The six states, the scores and the matrix, against examples and an independent computation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.compliance import Compliance, Owed, Score, Tally, matrix, state_of, worst

pytestmark = pytest.mark.core

# Row 4.1 of plan 001: one item in quarter I, due 20/3.
OWED = Owed(
    id=1,
    row="Văn phòng",
    column="Quý I",
    required=1,
    due_on=date(2024, 3, 20),
    window_start=date(2024, 1, 1),
    window_end=date(2024, 3, 31),
)
BEFORE, DUE, AFTER, CLOSED = (
    date(2024, 3, 10),
    date(2024, 3, 20),
    date(2024, 3, 21),
    date(2024, 4, 1),
)


@pytest.mark.parametrize(
    ("tally", "today", "state"),
    [
        (Tally((date(2024, 3, 18),)), AFTER, Compliance.MET),
        (Tally((DUE,)), DUE, Compliance.MET),
        (Tally((AFTER,)), AFTER, Compliance.MET_LATE),
        (Tally(), DUE, Compliance.NOT_DUE),
        (Tally(), AFTER, Compliance.MISSED),
        (Tally(waiting=1), BEFORE, Compliance.PENDING),
        (Tally(waiting=1), AFTER, Compliance.PENDING),
        (Tally(waiting=1), CLOSED, Compliance.MISSED),
        (Tally(waiting=1), date(2023, 12, 31), Compliance.NOT_DUE),
    ],
)
def test_one_obligation(tally: Tally, today: date, state: Compliance) -> None:
    assert state_of(OWED, tally, today) is state


def test_the_last_result_needed_decides_what_is_late() -> None:
    two = replace(OWED, required=2)
    assert state_of(two, Tally((BEFORE, AFTER)), CLOSED) is Compliance.MET_LATE
    assert state_of(two, Tally((AFTER, BEFORE, DUE)), CLOSED) is Compliance.MET


def test_a_due_date_after_the_window_is_not_missed_before_it_passes() -> None:
    late_due = replace(OWED, due_on=date(2024, 4, 5))
    assert state_of(late_due, Tally(waiting=1), date(2024, 4, 2)) is Compliance.NOT_DUE


def test_waived_is_waived_whatever_counts() -> None:
    assert state_of(replace(OWED, waived=True), Tally((DUE,)), DUE) is Compliance.WAIVED


def test_a_cell_sums_its_obligations_each_capped_at_its_own() -> None:
    found = matrix([OWED, replace(OWED, id=2)], {1: Tally((DUE, DUE, DUE))}, CLOSED)
    cell = found.cells["Văn phòng", "Quý I"]
    assert (cell.done, cell.required, cell.state) == (1, 2, Compliance.MISSED)
    assert cell.obligation_ids == (1, 2)
    assert found.total == Score(expected=2, met=1, missed=1)
    assert found.total.done == 1


@pytest.mark.parametrize("flag", ["outside", "waived"])
@pytest.mark.parametrize("first", [True, False])
def test_what_stands_outside_the_denominator_is_silent_beside_others(
    flag: str, first: bool
) -> None:
    aside = replace(OWED, id=2, **{flag: True})
    items = [aside, OWED] if first else [OWED, aside]
    found = matrix(items, {1: Tally((DUE,))}, CLOSED)
    cell = found.cells["Văn phòng", "Quý I"]
    assert (cell.done, cell.required, cell.state, cell.outside) == (1, 1, Compliance.MET, False)
    assert set(cell.obligation_ids) == {1, 2}
    assert found.total.expected == 1


def test_what_stands_outside_the_denominator_speaks_when_alone() -> None:
    cell = matrix([replace(OWED, outside=True)], {}, CLOSED).cells["Văn phòng", "Quý I"]
    assert (cell.done, cell.required, cell.state, cell.outside) == (
        0,
        1,
        Compliance.MISSED,
        True,
    )


def test_the_worst_state_is_the_one_to_act_on() -> None:
    assert worst([Compliance.MET, Compliance.NOT_DUE, Compliance.MET_LATE]) is Compliance.NOT_DUE
    assert worst(Compliance) is Compliance.MISSED


def test_rows_and_columns_keep_their_order_and_add_up() -> None:
    items = [
        replace(OWED, id=1, row="B", column="T2"),
        replace(OWED, id=2, row="A", column="T1"),
        replace(OWED, id=3, row="B", column="T1", waived=True),
    ]
    found = matrix(items, {1: Tally((DUE,))}, CLOSED)
    assert list(found.row_scores) == ["B", "A"]
    assert list(found.column_scores) == ["T2", "T1"]
    assert found.row_scores["B"] == Score(expected=1, met=1, waived=1)
    assert sum(found.row_scores.values(), Score()) == found.total


DAY = st.dates(date(2024, 1, 1), date(2024, 4, 30))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Owed[str, str], Tally, date]:
    start = draw(DAY)
    end = start + timedelta(days=draw(st.integers(0, 90)))
    owed = replace(
        OWED,
        required=draw(st.integers(1, 3)),
        window_start=start,
        window_end=end,
        due_on=start + timedelta(days=draw(st.integers(-20, 110))),
        waived=draw(st.booleans()),
    )
    today = draw(DAY)
    inside = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    days = draw(st.lists(st.sampled_from(inside), max_size=4))
    known = tuple(sorted(day for day in days if day <= today))
    return owed, Tally(known, draw(st.integers(0, 3))), today


@given(cases())
def test_against_an_independent_computation(case: tuple[Owed[str, str], Tally, date]) -> None:
    """Walk the calendar day by day instead of comparing sorted lists."""
    owed, tally, today = case
    reached = None
    day = date(2023, 12, 1)
    so_far = 0
    while day <= today and reached is None:
        so_far += tally.counted_on.count(day)
        if so_far >= owed.required:
            reached = day
        day += timedelta(days=1)
    if owed.waived:
        expected = "waived"
    elif reached is not None:
        expected = "met_late" if reached > owed.due_on else "met"
    else:
        short = owed.required - len(tally.counted_on)
        could = short <= tally.waiting and not (
            today < owed.window_start or today > owed.window_end
        )
        overdue = today > owed.due_on
        expected = "pending" if could else "missed" if overdue else "not_due"
    assert state_of(owed, tally, today) == expected
