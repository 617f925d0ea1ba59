"""Points of the PAR Index: exact shares, one rounding, formulas that a calculator confirms."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.lib.tables import Kind, display
from reporting import scoring
from reporting.scoring import COMMUNES_2022, Band, Rule

COMPLETION, ONLINE, TRADITIONAL = COMMUNES_2022
ONE = Decimal(1)


def band(start: str, rule: str, points: str = "0") -> Band:
    return Band(Decimal(start), Rule(rule), Decimal(points))


def score(done: int, expected: int) -> str | None:
    points = scoring.points(COMPLETION.bands, COMPLETION.maximum, done, expected)
    return None if points is None else str(points)


@pytest.mark.parametrize(
    ("done", "expected", "points"),
    [
        (20, 20, "1.00"),
        (19, 20, "0.95"),
        (18, 20, "0.90"),
        (899, 1000, "0.00"),
        (900, 1000, "0.90"),
        # 89.97 % is shown as 90.0 % where one decimal is kept, and is under 90 % all the same.
        (269, 299, "0.00"),
        (0, 5, "0.00"),
        (0, 0, None),
        # 199/200 = 0.995: a half goes up, once, from the exact fraction.
        (199, 200, "1.00"),
        (181, 200, "0.91"),
    ],
)
def test_the_communes_rule(done: int, expected: int, points: str | None) -> None:
    assert score(done, expected) == points


@pytest.mark.parametrize(
    ("done", "expected", "formula"),
    [
        (20, 20, "20/20 = 100% (đủ 100%): 1,00 điểm"),
        (18, 20, "18/20 = 90% (từ 90% đến dưới 100%): 18/20 × 1,00 = 0,90 điểm"),
        (19, 21, "19/21 ≈ 90,5% (từ 90% đến dưới 100%): 19/21 × 1,00 ≈ 0,90 điểm"),
        (17, 20, "17/20 = 85% (dưới 90%): 0,00 điểm"),
        (269, 299, "269/299 ≈ 89,97% (dưới 90%): 0,00 điểm"),
        (2999, 3000, "2999/3000 ≈ 99,97% (từ 90% đến dưới 100%): 2999/3000 × 1,00 ≈ 1,00 điểm"),
        (0, 0, "Không có đầu việc nào phải thực hiện: không áp dụng"),
    ],
)
def test_the_formula_names_its_numbers(done: int, expected: int, formula: str) -> None:
    assert scoring.formula(COMPLETION.bands, COMPLETION.maximum, done, expected) == formula


def test_one_result_is_enough_for_diversity_and_more_are_no_more() -> None:
    points = [scoring.points(ONLINE.bands, ONLINE.maximum, done, 1) for done in (0, 1, 7)]
    assert points == [Decimal("0.00"), Decimal("0.50"), Decimal("0.50")]
    assert TRADITIONAL.maximum + ONLINE.maximum + COMPLETION.maximum == 2


@given(st.integers(1, 400), st.data())
def test_points_are_the_exact_product_rounded_half_up(expected: int, data: st.DataObject) -> None:
    done = data.draw(st.integers(0, expected))
    bands = (band("0", "proportional"),)
    maximum = Decimal("1.75")
    # Forty digits are more than enough to decide a half of a hundredth of a fraction of 400ths.
    exact = Decimal(done) * maximum / Decimal(expected)
    rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert scoring.points(bands, maximum, done, expected) == rounded


@given(st.integers(1, 300), st.data())
def test_more_done_never_gives_less_and_the_formula_ends_with_the_points(
    expected: int, data: st.DataObject
) -> None:
    done = data.draw(st.integers(0, expected - 1))
    less, more = (
        scoring.points(COMPLETION.bands, ONE, count, expected) for count in (done, done + 1)
    )
    assert less is not None
    assert more is not None
    assert less <= more
    told = scoring.formula(COMPLETION.bands, ONE, done, expected)
    assert told.endswith(f" {scoring.shown(less)} điểm")
    # The shown share falls into the band that is named.
    share = Fraction(told.split()[2].rstrip("%").replace(",", ".")) / 100
    assert scoring.band_of(COMPLETION.bands, share) == scoring.band_of(
        COMPLETION.bands, Fraction(done, expected)
    )


@pytest.mark.parametrize("terms", COMMUNES_2022)
def test_the_ready_made_set_has_no_fault(terms: scoring.Terms) -> None:
    assert scoring.faults(terms.bands, terms.maximum) == []


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ((), ["Thang điểm chưa có mức nào."]),
        (
            (band("100", "fixed", "1"), band("90", "proportional")),
            ["Chưa có mức cho tỷ lệ dưới 90%: hãy thêm mức từ 0%."],
        ),
        (
            (band("90", "fixed", "1"), band("95", "proportional"), band("0", "zero")),
            [
                "Mức 2 (từ 95%) phải thấp hơn mức 1 (từ 90%): xếp các mức từ cao xuống thấp, "
                "không trùng nhau."
            ],
        ),
        (
            (band("100", "fixed", "1.2"), band("0", "zero")),
            ["Mức 1: 1,20 điểm vượt điểm tối đa 1,00."],
        ),
        (
            (band("120", "fixed", "1"), band("0", "zero")),
            ["Mức 1: tỷ lệ phải từ 0% đến 100%."],
        ),
        (
            (band("100", "fixed"), band("0", "zero")),
            ["Mức 1 là điểm cố định: hãy ghi số điểm, lớn hơn 0."],
        ),
        (
            (band("90", "fixed", "0.8"), band("0", "proportional")),
            [
                "Mức 2 (dưới 90%) cho đến 0,90 điểm, nhiều hơn mức 1 ở trên (0,80 điểm): "
                "tỷ lệ cao hơn không được ít điểm hơn.",
                "Không có mức nào cho đủ điểm tối đa 1,00: mức cao nhất chỉ cho 0,80 điểm.",
            ],
        ),
    ],
)
def test_a_fault_is_a_sentence(bands: tuple[Band, ...], said: list[str]) -> None:
    assert scoring.faults(bands, ONE) == said


def test_the_preview_shows_both_sides_of_each_edge() -> None:
    assert scoring.preview(COMPLETION.bands, COMPLETION.maximum) == [
        ("100%", "đủ 100%", "1,00"),
        ("99%", "từ 90% đến dưới 100%", "0,99"),
        ("95%", "từ 90% đến dưới 100%", "0,95"),
        ("90%", "từ 90% đến dưới 100%", "0,90"),
        ("89,9%", "dưới 90%", "0,00"),
    ]


def test_bands_come_back_from_json_as_they_were() -> None:
    bands = (band("99.95", "fixed", "0.75"), band("50.5", "proportional"), band("0", "zero"))
    assert scoring.from_json(scoring.to_json(bands)) == bands
    for nonsense in ([{"from": "x", "rule": "zero"}], [{"rule": "zero"}], [7]):
        with pytest.raises(ValueError, match="Not bands"):
            scoring.from_json(nonsense)  # type: ignore[arg-type]


def test_equals_share_a_place_and_who_owes_nothing_has_none() -> None:
    totals = {
        "a": (Decimal("1.50"), Decimal(2)),
        "b": (Decimal("2.00"), Decimal(2)),
        "c": (Decimal("0.75"), Decimal(1)),  # one criterion does not apply: of 1, not of 2
        "d": (Decimal(0), Decimal(0)),
        "e": (Decimal("0.40"), Decimal(2)),
    }
    assert scoring.ranked(totals) == {"b": 1, "a": 2, "c": 2, "e": 4}


def test_points_keep_their_hundredths_wherever_they_stand() -> None:
    assert [display(Decimal(text), Kind.POINTS) for text in ("0.9", "1", "0.955")] == [
        "0,90",
        "1,00",
        "0,96",
    ]
