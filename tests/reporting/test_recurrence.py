"""When a schedule's turn is, and which figures it tells."""

from datetime import date, timedelta

import pytest

from plans.periods import Period, PeriodKind
from reporting.recurrence import Turn, following, latest, of_day

KINDS = list(PeriodKind)


@pytest.mark.parametrize(
    ("kind", "after", "day", "on", "code", "as_of"),
    [
        # The week 1 to 7 April 2024 ends on a Sunday.
        ("week", 1, date(2024, 4, 3), date(2024, 4, 8), "2024-Q2", date(2024, 4, 7)),
        # A week belongs where it ends: this one to the quarter that began in it.
        ("week", 2, date(2024, 10, 1), date(2024, 10, 8), "2024-Q4", date(2024, 10, 7)),
        ("month", 1, date(2024, 3, 31), date(2024, 4, 1), "2024-M03", date(2024, 3, 31)),
        ("month", 1, date(2024, 4, 1), date(2024, 5, 1), "2024-M04", date(2024, 4, 30)),
        ("month", 60, date(2024, 3, 1), date(2024, 3, 31), "2024-M01", date(2024, 3, 30)),
        ("quarter", 5, date(2024, 3, 31), date(2024, 4, 5), "2024-Q1", date(2024, 4, 4)),
        ("half", 1, date(2024, 2, 1), date(2024, 7, 1), "2024-H1", date(2024, 6, 30)),
        ("nine_months", 1, date(2024, 10, 1), date(2025, 10, 1), "2025-9M", date(2025, 9, 30)),
        ("nine_months", 1, date(2024, 12, 31), date(2025, 10, 1), "2025-9M", date(2025, 9, 30)),
        ("year", 10, date(2024, 12, 31), date(2025, 1, 10), "2024", date(2025, 1, 9)),
    ],
)
def test_the_next_turn(kind: str, after: int, day: date, on: date, code: str, as_of: date) -> None:
    assert following(PeriodKind(kind), after, day) == Turn(on, Period.parse(code), as_of)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("after", [1, 7, 60])
def test_turns_follow_each_other_without_a_gap(kind: PeriodKind, after: int) -> None:
    day = date(2023, 12, 1)
    while day < date(2025, 3, 1):
        coming, last = following(kind, after, day), latest(kind, after, day)
        assert last.on <= day < coming.on
        assert following(kind, after, last.on) == coming
        assert latest(kind, after, coming.on) == coming == of_day(kind, after, coming.on)
        assert coming.as_of == coming.on - timedelta(1)
        assert coming.period.start <= coming.as_of
        day += timedelta(3)
