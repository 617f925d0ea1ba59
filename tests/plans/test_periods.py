from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.periods import DateSpan, Period, PeriodError, PeriodKind, WindowRule, periods_of

TILING = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
years = st.integers(1990, 2100)
kinds = st.sampled_from(PeriodKind)


@st.composite
def periods(draw, among=kinds):
    return draw(st.sampled_from(periods_of(draw(among), draw(years))))


@pytest.mark.parametrize(
    ("code", "canonical"),
    [
        ("2024-W05", "2024-W05"),
        ("2024-M03", "2024-M03"),
        ("2024-03", "2024-M03"),
        ("2024-Q1", "2024-Q1"),
        ("2024-q4", "2024-Q4"),
        ("2024-H2", "2024-H2"),
        ("2024-9M", "2024-9M"),
        ("2024", "2024"),
        (" 2024-Y ", "2024"),
    ],
)
def test_codes_are_read_and_written(code, canonical):
    assert Period.parse(code).code == canonical


@pytest.mark.parametrize(
    "code", ["", "2024-Q5", "2024-M13", "2024-13", "2024-W53", "2024-H3", "Quý I", "0000", "24-Q1"]
)
def test_other_codes_are_refused(code):
    with pytest.raises(PeriodError):
        Period.parse(code)


def test_a_refusal_tells_the_forms_that_are_accepted():
    with pytest.raises(PeriodError) as refusal:
        Period.parse("Quý I")
    assert str(refusal.value) == (
        "Không đọc được kỳ “Quý I”: các dạng được nhận là 2024-W05 (tuần), 2024-M03 (tháng), "
        "2024-Q1 (quý), 2024-H1 (6 tháng), 2024-9M (9 tháng) và 2024 (năm)."
    )


def test_a_year_that_starts_on_thursday_has_53_weeks():
    assert Period.parse("2020-W53").end == date(2021, 1, 3)


@pytest.mark.parametrize(
    ("code", "label", "short"),
    [
        ("2024-W05", "Tuần 5/2024", "Tuần 5"),
        ("2024-M03", "Tháng 3/2024", "T3"),
        ("2024-Q1", "Quý I/2024", "Quý I"),
        ("2024-H1", "6 tháng đầu năm 2024", "6 tháng đầu"),
        ("2024-H2", "6 tháng cuối năm 2024", "6 tháng cuối"),
        ("2024-9M", "9 tháng đầu năm 2024", "9 tháng"),
        ("2024", "Năm 2024", "2024"),
    ],
)
def test_labels(code, label, short):
    period = Period.parse(code)
    assert (period.label, period.short_label) == (label, short)


@pytest.mark.parametrize(
    ("code", "calendar", "nd09"),
    [
        ("2024-M03", ("2024-03-01", "2024-03-31"), ("2024-02-15", "2024-03-14")),
        ("2024-M01", ("2024-01-01", "2024-01-31"), ("2023-12-15", "2024-01-14")),
        ("2024-Q1", ("2024-01-01", "2024-03-31"), ("2023-12-15", "2024-03-14")),
        ("2024-Q3", ("2024-07-01", "2024-09-30"), ("2024-06-15", "2024-09-14")),
        ("2024-H1", ("2024-01-01", "2024-06-30"), ("2023-12-15", "2024-06-14")),
        ("2024-H2", ("2024-07-01", "2024-12-31"), ("2024-06-15", "2024-12-14")),
        ("2024-9M", ("2024-01-01", "2024-09-30"), ("2023-12-15", "2024-09-14")),
        ("2024", ("2024-01-01", "2024-12-31"), ("2023-12-15", "2024-12-14")),
    ],
)
def test_windows_of_both_calendars(code, calendar, nd09):
    period = Period.parse(code)
    assert period.window(WindowRule.CALENDAR) == DateSpan(*map(date.fromisoformat, calendar))
    assert period.window(WindowRule.ND09) == DateSpan(*map(date.fromisoformat, nd09))


def test_the_decree_knows_no_weeks():
    week = Period.parse("2024-W05")
    assert week.window(WindowRule.CALENDAR) == DateSpan(date(2024, 1, 29), date(2024, 2, 4))
    with pytest.raises(PeriodError):
        week.window(WindowRule.ND09)


def test_months_of_a_period():
    assert [m.code for m in Period.parse("2024-Q2").months] == ["2024-M04", "2024-M05", "2024-M06"]
    assert len(Period.parse("2024-9M").months) == 9
    assert Period.parse("2024-W05").months == ()


def test_the_period_of_a_day():
    day = date(2024, 12, 30)
    assert Period.of(PeriodKind.WEEK, day).code == "2025-W01"
    assert Period.of(PeriodKind.QUARTER, day).code == "2024-Q4"
    assert Period.of(PeriodKind.NINE_MONTHS, date(2024, 9, 30)).code == "2024-9M"
    with pytest.raises(PeriodError):
        Period.of(PeriodKind.NINE_MONTHS, date(2024, 10, 1))


def test_enclosing_and_order():
    month, quarter, year = map(Period.parse, ("2024-M03", "2024-Q1", "2024"))
    assert quarter.encloses(month)
    assert not month.encloses(quarter)
    assert not quarter.encloses(Period.parse("2024-M04"))
    assert sorted([year, quarter, Period.parse("2024-M04"), month]) == [
        month,
        quarter,
        Period.parse("2024-M04"),
        year,
    ]


@given(periods())
def test_a_code_reads_back(period):
    assert Period.parse(period.code) == period


@given(periods())
def test_next_and_previous_undo_each_other(period):
    assert period.next().previous() == period
    assert period.previous().next() == period


@given(periods(st.sampled_from(list(PeriodKind))))
def test_what_comes_after_begins_the_next_day(period):
    assert period.after().start == period.end + timedelta(days=1)


@given(periods(st.sampled_from([*TILING, PeriodKind.WEEK])))
def test_calendar_periods_tile_time(period):
    assert period.next().start == period.end + timedelta(days=1)


@given(periods(st.sampled_from(TILING)))
def test_decree_windows_tile_time(period):
    window, following = period.window(WindowRule.ND09), period.next().window(WindowRule.ND09)
    assert following.start == window.end + timedelta(days=1)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from([*TILING, PeriodKind.WEEK]))
def test_every_day_has_its_period(day, kind):
    assert Period.of(kind, day).contains(day)
