from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.periods import PeriodKind, periods_of
from plans.quotas import Turn, rotation_faults
from plans.rotation import continued, fairness, spread

OFFICES = ("VP", "TTBCXB", "CDS", "TTRA")
MONTHS = periods_of(PeriodKind.MONTH, 2024)
QUARTERS = periods_of(PeriodKind.QUARTER, 2024)
NEXT_QUARTERS = periods_of(PeriodKind.QUARTER, 2025)
NEXT_MONTHS = periods_of(PeriodKind.MONTH, 2025)


def coded(turns):
    return [(period.code, unit) for period, unit in turns]


def test_the_rotation_of_a_real_plan_by_quarter_and_by_month():
    assert coded(spread(OFFICES, QUARTERS, 1)) == [
        ("2024-Q1", "VP"),
        ("2024-Q2", "TTBCXB"),
        ("2024-Q3", "CDS"),
        ("2024-Q4", "TTRA"),
    ]
    by_month = spread(OFFICES, MONTHS, 3)
    assert [unit for _, unit in by_month] == [unit for unit in OFFICES for _ in range(3)]
    assert [period for period, _ in by_month] == list(MONTHS)


def test_the_order_repeats_while_periods_remain():
    assert [unit for _, unit in spread("AB", MONTHS[:5], 1)] == list("ABABA")
    assert [unit for _, unit in spread("ABCDE", QUARTERS, 1)] == list("ABCD")


def test_nobody_or_nothing_to_share_gives_no_turns():
    assert spread((), MONTHS, 1) == []
    assert spread(OFFICES, (), 1) == []
    with pytest.raises(ValueError, match="ít nhất một kỳ"):
        spread(OFFICES, MONTHS, 0)


def test_the_next_year_goes_on_where_the_last_one_ended():
    after = continued(coded(spread(OFFICES, QUARTERS, 1)), NEXT_QUARTERS)
    assert coded(after) == list(
        zip(["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"], OFFICES, strict=True)
    )
    monthly = continued(coded(spread(OFFICES, MONTHS, 3)), NEXT_MONTHS)
    assert monthly == spread(OFFICES, NEXT_MONTHS, 3)


def test_five_units_on_four_quarters_begin_with_the_fifth():
    first = coded(spread("ABCDE", QUARTERS, 1))
    second = continued(first, NEXT_QUARTERS, units="ABCDE")
    assert [unit for _, unit in second] == list("EABC")
    # Once all five have served, the order is known from the turns alone.
    third = continued(first + coded(second), periods_of(PeriodKind.QUARTER, 2026))
    assert [unit for _, unit in third] == list("DEAB")


def test_a_unit_that_is_gone_is_skipped():
    turns = coded(spread(OFFICES, QUARTERS, 1))
    assert [u for _, u in continued(turns, NEXT_QUARTERS, without={"VP"})] == [
        "TTBCXB",
        "CDS",
        "TTRA",
        "TTBCXB",
    ]
    assert fairness(continued(turns, NEXT_QUARTERS, without={"TTRA"}))["VP"] == 2
    assert continued(turns, NEXT_QUARTERS, without=set(OFFICES)) == []


def test_turns_are_ordered_by_their_periods_and_a_quarter_stands_for_its_months():
    turns = list(reversed(coded(spread(OFFICES, QUARTERS, 1))))
    assert continued(turns, NEXT_MONTHS) == spread(OFFICES, NEXT_MONTHS, 3)
    months = coded(spread(OFFICES, MONTHS, 3))
    assert continued(months, NEXT_QUARTERS) == spread(OFFICES, NEXT_QUARTERS, 1)


def test_a_run_that_the_year_cut_short_is_no_measure():
    turns = coded(spread("ABC", MONTHS, 5))
    assert [u for _, u in continued(turns, NEXT_MONTHS)] == list("AAAAABBBBBCC")


def test_no_turns_give_no_proposal():
    assert continued([], NEXT_QUARTERS) == []
    assert continued([("2024-Q1", "VP")], []) == []


def test_fairness_counts_the_turns_of_each_unit():
    assert fairness(spread(OFFICES, MONTHS, 3)) == dict.fromkeys(OFFICES, 3)
    assert fairness([]) == Counter()


UNITS = st.lists(st.integers(0, 30), unique=True, min_size=1, max_size=8)
KINDS = st.sampled_from([PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF])
EACH = st.integers(1, 6)


@given(UNITS, KINDS, EACH)
def test_every_period_has_one_unit_and_no_unit_more_than_a_run_above_another(units, kind, each):
    periods = periods_of(kind, 2024)
    turns = spread(units, periods, each)
    assert [period for period, _ in turns] == list(periods)
    counts = [fairness(turns)[unit] for unit in units]
    assert max(counts) - min(counts) <= each
    assert rotation_faults([Turn((p.code,), unit) for p, unit in turns], periods) == []


@given(UNITS, KINDS, st.integers(1, 4))
def test_years_in_a_row_stay_as_even_as_one(units, kind, years):
    turns = coded(spread(units, periods_of(kind, 2024), 1))
    for year in range(2025, 2025 + years):
        periods = periods_of(kind, year)
        following = continued(turns, periods, units=units)
        assert [period for period, _ in following] == list(periods)
        turns += coded(following)
    counts = [fairness(turns)[unit] for unit in units]
    assert max(counts) - min(counts) <= 1
    assert [unit for _, unit in turns] == [units[n % len(units)] for n in range(len(turns))]


@given(UNITS, EACH, st.sets(st.integers(0, 30)))
def test_those_who_remain_share_the_next_year_without_a_hole(units, each, gone):
    turns = coded(spread(units, MONTHS, each))
    following = continued(turns, NEXT_MONTHS, without=gone, units=units)
    remaining = [unit for unit in units if unit not in gone]
    assert [period for period, _ in following] == (list(NEXT_MONTHS) if remaining else [])
    assert gone.isdisjoint(unit for _, unit in following)
    counts = [fairness(following)[unit] for unit in remaining] or [0]
    assert max(counts) - min(counts) <= max(each, 12 // len(units))


def test_a_code_that_names_no_period_is_refused():
    with pytest.raises(ValueError, match="Không đọc được kỳ"):
        continued([("quý 1", "VP")], NEXT_QUARTERS)
