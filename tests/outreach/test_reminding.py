"""Which step is told on which day, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agencies.workdays import is_working
from cchc.lib import holidays_vn
from outreach.reminding import (
    EVERYTHING,
    Open,
    Part,
    Submitted,
    Wishes,
    covered,
    is_over,
    label,
    last_due,
    step_on,
    words,
)

pytestmark = pytest.mark.core

CALENDAR = {
    day: worked
    for year in (2023, 2024, 2025, 2026)
    for worked, days in (
        (False, holidays_vn.days_off(year)),
        (True, holidays_vn.days_worked(year)),
    )
    for day in days
}
LEAD, HEAD, OFFICE = Part.LEAD, Part.HEAD, Part.OFFICE


def told(
    due_on: date,
    first: date,
    last: date,
    part: Part = LEAD,
    wishes: Wishes = EVERYTHING,
    absent: frozenset[date] = frozenset(),
) -> dict[str, str]:
    """What a clock that runs every day tells: ``{"13/03": "before_7"}``."""
    log: dict[str, str] = {}
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        if day in absent or not is_working(day, CALENDAR):
            continue
        step = step_on(day, due_on, part, wishes, CALENDAR)
        if step and step not in log.values():
            log[f"{day:%d/%m}"] = step
    return log


def owed(**facts: object) -> Open:
    return Open(
        **{  # type: ignore[arg-type]
            "id": 1,
            "source": ("quota", 1),
            "agency_id": 1,
            "unit_id": 1,
            "channel_id": 1,
            "counts_when": "approved_published",
            "window_start": date(2024, 1, 1),
            "window_end": date(2024, 3, 31),
            "due_on": date(2024, 3, 20),
            "missing": 1,
            **facts,
        }
    )


def way(since: date, **facts: object) -> Submitted:
    return Submitted(
        **{"agency_id": 1, "channel_id": 1, "since": since, "internal": False, **facts}  # type: ignore[arg-type]
    )


def test_an_ordinary_due_date() -> None:
    # Wednesday 20/03/2024; 13/03 and 17/03 are a Wednesday and a Sunday.
    assert told(date(2024, 3, 20), date(2024, 3, 1), date(2024, 4, 10)) == {
        "13/03": "before_7",
        "15/03": "before_3",
        "19/03": "before_1",
        "20/03": "due",
        "21/03": "overdue_1",
        "27/03": "overdue_7",
        "03/04": "overdue_14",
        "10/04": "overdue_21",
    }


def test_the_office_comes_in_on_the_seventh_day() -> None:
    log = told(date(2024, 3, 20), date(2024, 3, 1), date(2024, 4, 3), OFFICE)
    assert log == {"27/03": "overdue_7", "03/04": "overdue_14"}


def test_tet_2024_is_warned_of_before_it_and_followed_up_after_it() -> None:
    # 08–14/02/2024 are off: what is due on 10/02 is told on Wednesday 07/02 at the latest.
    assert told(date(2024, 2, 10), date(2024, 1, 25), date(2024, 2, 29)) == {
        "02/02": "before_7",
        "07/02": "due",
        "15/02": "overdue_1",
        "19/02": "overdue_7",
        "26/02": "overdue_14",  # 24/02 is a Saturday
    }


def test_tet_2026() -> None:
    # 14–22/02/2026 are off: due on Sunday 22/02, told on Friday 13/02.
    assert told(date(2026, 2, 22), date(2026, 2, 1), date(2026, 3, 1)) == {
        "13/02": "due",
        "23/02": "overdue_1",
    }
    # Due on the first day after: all three warnings come before the holidays, the latest wins.
    assert told(date(2026, 2, 23), date(2026, 2, 1), date(2026, 3, 1)) == {
        "13/02": "before_1",
        "23/02": "due",
        "24/02": "overdue_1",
    }


def test_a_day_worked_in_exchange_is_a_day_of_reminders() -> None:
    # Saturday 04/05/2024 was worked for Monday 29/04.
    assert told(date(2024, 5, 4), date(2024, 5, 2), date(2024, 5, 6)) == {
        "02/05": "before_3",
        "03/05": "before_1",
        "04/05": "due",
        "06/05": "overdue_1",
    }


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2024, 2, 29), {"22/02": "before_7", "26/02": "before_3", "28/02": "before_1",
                             "29/02": "due", "01/03": "overdue_1"}),
        (date(2024, 3, 31), {"22/03": "before_7", "28/03": "before_3", "29/03": "due",
                             "01/04": "overdue_1"}),
        (date(2024, 12, 31), {"24/12": "before_7", "27/12": "before_3", "30/12": "before_1",
                              "31/12": "due", "02/01": "overdue_1"}),
    ],
    ids=["29/02", "31/03 on a Sunday", "31/12"],
)  # fmt: skip
def test_month_ends(due_on: date, expected: dict[str, str]) -> None:
    month = timedelta(days=20)
    assert told(due_on, due_on - month, due_on + timedelta(days=3)) == expected


def test_of_missed_steps_only_the_latest_is_told() -> None:
    week = frozenset(date(2024, 3, day) for day in range(12, 20))
    log = told(date(2024, 3, 20), date(2024, 3, 1), date(2024, 3, 21), absent=week)
    assert log == {"20/03": "due", "21/03": "overdue_1"}
    log = told(date(2024, 3, 20), date(2024, 4, 15), date(2024, 4, 16))
    assert log == {"15/04": "overdue_21"}


def test_wishes_leave_out_early_steps_and_repetitions_but_never_the_due_date() -> None:
    due, first, last = date(2024, 3, 20), date(2024, 3, 1), date(2024, 3, 31)
    wishes = Wishes(days_before=frozenset({3}), after_due=False)
    assert told(due, first, last, wishes=wishes) == {"15/03": "before_3", "20/03": "due"}
    none = Wishes(days_before=frozenset(), after_due=True)
    assert told(due, first, last, wishes=none) == {
        "20/03": "due",
        "21/03": "overdue_1",
        "27/03": "overdue_7",
    }
    # The head always hears of what is overdue.
    assert told(due, first, last, HEAD, wishes) == {
        "15/03": "before_3",
        "20/03": "due",
        "21/03": "overdue_1",
        "27/03": "overdue_7",
    }


def test_the_horizon_sees_beyond_holidays() -> None:
    assert last_due(date(2024, 3, 13), CALENDAR) == date(2024, 3, 20)
    # Friday: what is due 7 days after Sunday is told today.
    assert last_due(date(2024, 3, 15), CALENDAR) == date(2024, 3, 24)
    # The last day before Tết.
    assert last_due(date(2024, 2, 7), CALENDAR) == date(2024, 2, 21)


def test_what_is_on_its_way_covers_one_obligation_of_each_quota() -> None:
    first = owed()
    second = owed(
        id=2,
        window_start=date(2024, 4, 1),
        window_end=date(2024, 6, 30),
        due_on=date(2024, 6, 20),
    )
    other = owed(id=3, source=("quota", 2))
    assert covered([second, first, other], [way(date(2024, 3, 5))], date(2024, 3, 6)) == {1, 3}
    two = [way(date(2024, 3, 5)), way(date(2024, 4, 2))]
    assert covered([second, first, other], two, date(2024, 4, 3)) == {1, 2, 3}
    assert covered([first], [way(date(2024, 4, 1))], date(2024, 4, 1)) == set()
    assert covered([owed(missing=2)], [way(date(2024, 3, 5))], date(2024, 3, 6)) == set()
    assert covered([owed(channel_id=2)], [way(date(2024, 3, 5))], date(2024, 3, 6)) == set()


def test_other_moments_are_counted_when_sent_so_only_internal_ones_are_on_their_way() -> None:
    sent = owed(counts_when="sent")
    assert covered([sent], [way(date(2024, 3, 5))], date(2024, 3, 6)) == set()
    assert covered([sent], [way(date(2024, 3, 5), internal=True)], date(2024, 3, 6)) == {1}
    held = owed(counts_when="held")
    inside = way(date(2024, 4, 5), internal=True, held_on=date(2024, 3, 30))
    outside = way(date(2024, 3, 5), internal=True, held_on=date(2023, 12, 30))
    assert covered([held], [inside], date(2024, 4, 6)) == {1}
    assert covered([held], [outside], date(2024, 3, 6)) == set()


def test_an_explanation_ends_it_only_after_the_window_closed() -> None:
    assert is_over(owed(explained=True), date(2024, 3, 31)) is False
    assert is_over(owed(explained=True), date(2024, 4, 1)) is True
    assert is_over(owed(), date(2024, 4, 1)) is False


def test_the_line_says_what_where_whose_and_how_near() -> None:
    names = ("4.1 Tin, bài về CCHC", "Chuyên trang CCHC", "Quý I/2024", "Văn phòng")

    def line(day: date, **facts: object) -> str:
        return words(owed(**facts), day, names=names, changes=CALENDAR)

    assert line(date(2024, 3, 13)) == (
        "4.1 Tin, bài về CCHC (Chuyên trang CCHC, Quý I/2024, Văn phòng): còn thiếu 1 kết quả, "
        "hạn 20/03/2024, còn 7 ngày."
    )
    assert line(date(2024, 3, 20)).endswith("hạn 20/03/2024, hạn là hôm nay.")
    assert line(date(2024, 2, 7), due_on=date(2024, 2, 10)).endswith(
        "hạn 10/02/2024 (ngày nghỉ), còn 3 ngày."
    )
    assert line(date(2024, 4, 3)).endswith(
        "hạn 20/03/2024, quá hạn 14 ngày; kỳ tính kết quả đã hết ngày 31/03/2024, hãy ghi nhận "
        "kết quả đã có trong kỳ hoặc giải trình."
    )


def test_steps_have_names() -> None:
    assert [label(step) for step in ("before_3", "due", "overdue_1", "overdue_14")] == [
        "Trước hạn 3 ngày",
        "Đến hạn",
        "Quá hạn ngày đầu",
        "Quá hạn 2 tuần",
    ]
