"""Working days: weeks, the law's holidays, official swaps, a province's own rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies import workdays
from agencies.models import CalendarDay
from cchc.lib import holidays_vn
from tests import factories

pytestmark = pytest.mark.core

DAY = timedelta(days=1)
days = st.dates(date(2019, 1, 1), date(2030, 12, 31))
changes = st.dictionaries(days, st.booleans(), max_size=12)


def law(year: int) -> dict[date, bool]:
    off = dict.fromkeys(holidays_vn.days_off(year), False)
    return off | dict.fromkeys(holidays_vn.days_worked(year), True)


def idle_weekdays(year: int, first: date, last: date) -> list[str]:
    """The days off that would have been worked, as the announcements list them."""
    return [
        f"{day:%d/%m}"
        for day in (first + DAY * n for n in range((last - first).days + 1))
        if day.weekday() < 5 and not workdays.is_working(day, law(year))
    ]


@pytest.mark.parametrize(
    ("year", "tet"),
    [
        (2019, "04/02 05/02 06/02 07/02 08/02"),
        (2020, "23/01 24/01 27/01 28/01 29/01"),
        (2021, "10/02 11/02 12/02 15/02 16/02"),
        (2022, "31/01 01/02 02/02 03/02 04/02"),
        (2023, "20/01 23/01 24/01 25/01 26/01"),
        (2024, "08/02 09/02 12/02 13/02 14/02"),
        (2025, "27/01 28/01 29/01 30/01 31/01"),
        (2026, "16/02 17/02 18/02 19/02 20/02"),
    ],
)
def test_tet_is_the_announced_week(year: int, tet: str) -> None:
    assert idle_weekdays(year, date(year, 1, 10), date(year, 3, 1)) == tet.split()


@pytest.mark.parametrize(
    ("year", "rest"),
    [
        (2022, "03/01 11/04 02/05 03/05 01/09 02/09"),
        (2023, "02/01 01/05 02/05 03/05 01/09 04/09"),
        (2024, "01/01 18/04 29/04 30/04 01/05 02/09 03/09"),
        (2025, "01/01 07/04 30/04 01/05 02/05 01/09 02/09"),
        (2026, "01/01 02/01 27/04 30/04 01/05 31/08 01/09 02/09 24/11"),
    ],
)
def test_the_other_holidays_with_days_in_lieu_and_swaps(year: int, rest: str) -> None:
    found = idle_weekdays(year, date(year, 1, 1), date(year, 1, 5))
    found += idle_weekdays(year, date(year, 3, 1), date(year, 12, 31))
    assert found == rest.split()


@pytest.mark.parametrize(
    ("year", "worked"),
    [
        (2019, [date(2019, 1, 5), date(2019, 5, 4)]),
        (2023, []),
        (2024, [date(2024, 5, 4)]),
        (2025, [date(2025, 4, 26)]),
        (2026, [date(2026, 1, 10), date(2026, 8, 22)]),
    ],
)
def test_saturdays_worked_in_exchange(year: int, worked: list[date]) -> None:
    assert sorted(holidays_vn.days_worked(year)) == worked
    assert all(workdays.is_working(day, law(year)) for day in worked)


def test_names_are_those_of_the_offices() -> None:
    names = holidays_vn.days_off(2024) | holidays_vn.days_off(2026)
    assert names[date(2024, 2, 8)] == "Tết Nguyên đán"
    assert names[date(2024, 4, 29)] == "Nghỉ hoán đổi (làm bù ngày 04/05/2024)"
    assert names[date(2026, 1, 2)] == "Nghỉ hoán đổi (làm bù ngày 10/01/2026)"
    assert names[date(2026, 4, 27)] == "Giỗ Tổ Hùng Vương (nghỉ bù)"


def test_a_year_without_a_lunar_calendar_has_no_holidays() -> None:
    assert holidays_vn.days_off(1900) == holidays_vn.days_worked(2101) == {}


def test_steps_jump_over_tet_and_its_weekends() -> None:
    """Tết 2024: Thursday 8 to Wednesday 14 February."""
    known = law(2024)
    assert workdays.previous_working_day(date(2024, 2, 12), known) == date(2024, 2, 7)
    assert workdays.next_working_day(date(2024, 2, 7), known) == date(2024, 2, 15)
    assert workdays.on_or_before(date(2024, 2, 14), known) == date(2024, 2, 7)
    assert workdays.on_or_after(date(2024, 2, 8), known) == date(2024, 2, 15)
    assert workdays.on_or_after(date(2024, 5, 4), known) == date(2024, 5, 4)


def test_working_days_are_counted_on_both_sides_of_today() -> None:
    known = law(2024)
    assert workdays.working_days_until(date(2024, 2, 15), date(2024, 2, 7), known) == 1
    assert workdays.working_days_until(date(2024, 2, 15), date(2024, 2, 15), known) == 0
    assert workdays.working_days_until(date(2024, 2, 7), date(2024, 2, 15), known) == -1


@given(days, changes)
def test_steps_land_on_the_nearest_working_day(day: date, known: dict[date, bool]) -> None:
    after = workdays.next_working_day(day, known)
    before = workdays.previous_working_day(day, known)
    assert before < day < after
    assert workdays.working_days_between(day + DAY, after, known) == (after,)
    assert workdays.working_days_between(before, day - DAY, known) == (before,)
    assert workdays.on_or_after(day, known) in {day, after}
    assert workdays.on_or_before(day, known) in {day, before}


@given(days, st.integers(0, 60), changes)
def test_counting_is_the_same_both_ways(day: date, span: int, known: dict[date, bool]) -> None:
    later = day + DAY * span
    forth = workdays.working_days_until(later, day, known)
    shift = workdays.is_working(day, known) - workdays.is_working(later, known)
    assert forth == len(workdays.working_days_between(day + DAY, later, known))
    if span:
        assert workdays.working_days_until(day, later, known) == -forth
    assert len(workdays.working_days_between(day, later - DAY, known)) == forth + shift


@pytest.mark.django_db
def test_own_rows_stand_over_the_law(django_assert_num_queries: object) -> None:
    here, there = factories.make_province("ST"), factories.make_province("HG")
    CalendarDay.objects.create(province=here, day=date(2024, 2, 15), note="Nghỉ thêm")
    CalendarDay.objects.create(
        province=here, day=date(2024, 2, 14), is_working=True, note="Trực, làm việc"
    )
    first, last = date(2024, 2, 14), date(2024, 2, 16)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert CalendarDay.objects.changes(here.pk, first, last) == {
            date(2024, 2, 14): True,
            date(2024, 2, 15): False,
        }
    assert CalendarDay.objects.changes(there.pk, first, last) == {date(2024, 2, 14): False}
    named = CalendarDay.objects.named(here.pk, first, last)
    assert [(one.name, one.law) for one in named] == [
        ("Trực, làm việc", "Tết Nguyên đán"),
        ("Nghỉ thêm", ""),
    ]


@pytest.mark.django_db
def test_a_range_over_new_year_knows_both_years() -> None:
    here = factories.make_province("ST")
    found = CalendarDay.objects.changes(here.pk, date(2018, 12, 31), date(2019, 1, 6))
    assert found == {date(2018, 12, 31): False, date(2019, 1, 1): False, date(2019, 1, 5): True}
