"""Which reports a year has, which days each gathers, when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.periods import DateSpan, Period, PeriodKind
from reporting.regimes import (
    BNV581,
    CALENDAR,
    MONTHLY,
    ND09,
    READY_MADE,
    DueRule,
    Shift,
    Terms,
    report_that_counts,
    reports_of,
)


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def lines(terms: Terms, year: int = 2024) -> list[tuple[str, str, str, str]]:
    return [
        (
            due.period.label,
            f"{due.window.start:%d/%m/%Y}",
            f"{due.window.end:%d/%m/%Y}",
            f"{due.due_on:%d/%m/%Y}",
        )
        for due in reports_of(terms, year, weekdays)
    ]


def test_the_four_reports_of_the_ministry_s_letter() -> None:
    assert lines(BNV581) == [
        ("Quý I/2024", "15/12/2023", "14/03/2024", "20/03/2024"),
        ("6 tháng đầu năm 2024", "15/12/2023", "14/06/2024", "20/06/2024"),
        ("Quý III/2024", "15/06/2024", "14/09/2024", "20/09/2024"),
        ("Năm 2024", "15/12/2023", "14/12/2024", "20/12/2024"),
    ]


def test_the_windows_of_the_decree_and_working_days_after_the_cut_off() -> None:
    # 14/3/2024 is a Thursday, 14/6 a Friday, 14/9 and 14/12 Saturdays.
    assert lines(ND09) == [
        ("Quý I/2024", "15/12/2023", "14/03/2024", "19/03/2024"),
        ("Quý II/2024", "15/03/2024", "14/06/2024", "19/06/2024"),
        ("6 tháng đầu năm 2024", "15/12/2023", "14/06/2024", "19/06/2024"),
        ("Quý III/2024", "15/06/2024", "14/09/2024", "18/09/2024"),
        ("Quý IV/2024", "15/09/2024", "14/12/2024", "18/12/2024"),
        ("Năm 2024", "15/12/2023", "14/12/2024", "18/12/2024"),
    ]


def test_by_the_calendar_with_nine_months() -> None:
    assert lines(CALENDAR) == [
        ("Quý I/2024", "01/01/2024", "31/03/2024", "05/04/2024"),
        ("Quý II/2024", "01/04/2024", "30/06/2024", "05/07/2024"),
        ("6 tháng đầu năm 2024", "01/01/2024", "30/06/2024", "05/07/2024"),
        ("Quý III/2024", "01/07/2024", "30/09/2024", "05/10/2024"),
        ("9 tháng đầu năm 2024", "01/01/2024", "30/09/2024", "05/10/2024"),
        ("Quý IV/2024", "01/10/2024", "31/12/2024", "05/01/2025"),
        ("Năm 2024", "01/01/2024", "31/12/2024", "05/01/2025"),
    ]


def test_months_are_due_on_day_five_of_the_next() -> None:
    found = reports_of(MONTHLY, 2024, weekdays)
    assert [due.due_on for due in found] == [
        *(date(2024, month, 5) for month in range(2, 13)),
        date(2025, 1, 5),
    ]


def test_the_article_of_18_march_is_in_quarter_i_on_time_and_in_the_next_report() -> None:
    day = date(2024, 3, 18)
    assert Period.parse("2024-Q1").contains(day) is True
    assert day <= date(2024, 3, 20)
    found = reports_of(BNV581, 2024, weekdays)
    assert found[0].window.contains(day) is False
    counts = report_that_counts(day, found)
    assert counts is not None
    assert counts.period.label == "6 tháng đầu năm 2024"


def test_since_the_year_began() -> None:
    assert [due.cumulative for due in reports_of(BNV581, 2024, weekdays)] == [
        DateSpan(date(2023, 12, 15), end)
        for end in (date(2024, 3, 14), date(2024, 6, 14), date(2024, 9, 14), date(2024, 12, 14))
    ]


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        (Shift.KEEP, date(2024, 1, 20)),  # a Saturday
        (Shift.BEFORE, date(2024, 1, 19)),
        (Shift.AFTER, date(2024, 1, 22)),
    ],
)
def test_a_due_day_that_is_a_day_off(shift: Shift, expected: date) -> None:
    terms = replace(MONTHLY, due_rule=DueRule.LAST_MONTH, due_day=20, shift=shift)
    assert reports_of(terms, 2024, weekdays)[0].due_on == expected


def test_a_day_that_the_month_does_not_have_is_its_last() -> None:
    terms = replace(MONTHLY, due_rule=DueRule.LAST_MONTH, due_day=31)
    due = [each.due_on for each in reports_of(terms, 2024, weekdays)]
    assert due[1:4] == [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]


def test_closing_is_counted_from_the_due_day() -> None:
    terms = replace(BNV581, closes_after=10)
    assert reports_of(terms, 2024, weekdays)[0].closes_on == date(2024, 3, 30)
    assert reports_of(BNV581, 2024, weekdays)[0].closes_on is None


def test_halves_without_a_year_are_two() -> None:
    terms = replace(CALENDAR, kinds=(PeriodKind.HALF,))
    assert [due.period.code for due in reports_of(terms, 2024, weekdays)] == ["2024-H1", "2024-H2"]


@given(st.sampled_from(sorted(READY_MADE)), st.integers(2000, 2100))
def test_every_day_of_a_year_is_in_a_report_and_none_is_due_before_its_cut_off(
    name: str, year: int
) -> None:
    found = reports_of(READY_MADE[name], year, weekdays)
    first, last = found[-1].cumulative.start, found[-1].cumulative.end
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    assert [day for day in days if report_that_counts(day, found) is None] == []
    assert [due for due in found if due.due_on <= due.window.end] == []
    assert [due.due_on for due in found] == sorted(due.due_on for due in found)
