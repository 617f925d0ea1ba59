"""Points for outreach in the PAR Index: bands of a year, the points they give, who stands where.

REGULATIONS §6: bands, formula and maximum differ by province and year, so they are data. A share
is the exact fraction done/expected and is compared exactly; points are rounded once, at the end,
to hundredths, half up. Nothing of nothing is no score. Pure.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
PREVIEWED = (Decimal(100), Decimal(99), Decimal(95), Decimal(90), Decimal("89.9"))
ROUNDING = (
    "So sánh với thang điểm bằng tỷ lệ chính xác, không làm tròn; điểm làm tròn một lần sau cùng "
    "đến 0,01 (từ 0,005 trở lên thì lên 0,01)."
)

NO_BANDS = "Thang điểm chưa có mức nào."
NOT_A_SHARE = "Mức {place}: tỷ lệ phải từ 0% đến 100%."
UNORDERED = (
    "Mức {place} (từ {start}) phải thấp hơn mức {above} (từ {previous}): "
    "xếp các mức từ cao xuống thấp, không trùng nhau."
)
POINTS_NEEDED = "Mức {place} là điểm cố định: hãy ghi số điểm, lớn hơn 0."
ABOVE_MAXIMUM = "Mức {place}: {points} điểm vượt điểm tối đa {maximum}."
GAP = "Chưa có mức cho tỷ lệ dưới {start}: hãy thêm mức từ 0%."
LESS_FOR_MORE = (
    "Mức {place} ({label}) cho đến {points} điểm, nhiều hơn mức {above} ở trên ({least} điểm): "
    "tỷ lệ cao hơn không được ít điểm hơn."
)
UNREACHABLE = "Không có mức nào cho đủ điểm tối đa {maximum}: mức cao nhất chỉ cho {points} điểm."
NOT_OWED = "Không có đầu việc nào phải thực hiện: không áp dụng"


class Rule(StrEnum):
    """What a band gives."""

    FIXED = "fixed"
    PROPORTIONAL = "proportional"
    ZERO = "zero"

    @property
    def label(self) -> str:
        """The rule on screen."""
        return _RULES[self]


_RULES = {
    Rule.FIXED: "điểm cố định",
    Rule.PROPORTIONAL: "tỷ lệ × điểm tối đa",
    Rule.ZERO: "0 điểm",
}


@dataclass(frozen=True, slots=True)
class Band:
    """From which share in percent on, inclusive, up to the band above; and what it gives."""

    start: Decimal
    rule: Rule
    points: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """One criterion of a ready-made set; ``measure`` as in ``reporting.models.score.Measure``."""

    measure: str
    title: str
    maximum: Decimal
    bands: tuple[Band, ...]


_ALL_OR_NOTHING = (Band(HUNDRED, Rule.FIXED, Decimal("0.5")), Band(Decimal(0), Rule.ZERO))
# The rule that one province published for its communes in 2022 (REGULATIONS §6). Its own worked
# example gives a share under 90 % points: the bands are taken, the example is not.
COMMUNES_2022 = (
    Terms(
        "completion",
        "Mức độ hoàn thành kế hoạch tuyên truyền cải cách hành chính",
        Decimal(1),
        (
            Band(HUNDRED, Rule.FIXED, Decimal(1)),
            Band(Decimal(90), Rule.PROPORTIONAL),
            Band(Decimal(0), Rule.ZERO),
        ),
    ),
    Terms("online", "Tuyên truyền bằng hình thức trực tuyến", Decimal("0.5"), _ALL_OR_NOTHING),
    Terms(
        "traditional",
        "Tuyên truyền bằng hình thức truyền thống",
        Decimal("0.5"),
        _ALL_OR_NOTHING,
    ),
)


def points(bands: Sequence[Band], maximum: Decimal, done: int, expected: int) -> Decimal | None:
    """The points for ``done`` of ``expected``, more being no more; None of nothing expected."""
    if expected == 0:
        return None
    share = Fraction(min(done, expected), expected)
    return half_up(_worth(band_of(bands, share), maximum, share))


def formula(bands: Sequence[Band], maximum: Decimal, done: int, expected: int) -> str:
    """How the points come about, with its numbers, for whoever has a pocket calculator.

    ``19/20 = 95% (từ 90% đến dưới 100%): 19/20 × 1,00 = 0,95 điểm``
    """
    given = points(bands, maximum, done, expected)
    if given is None:
        return NOT_OWED
    done = min(done, expected)
    share = Fraction(done, expected)
    band = band_of(bands, share)
    told = f"{done}/{expected} {shown_share(bands, share)} ({label_of(bands, band)})"
    if band.rule is Rule.PROPORTIONAL:
        exact = _worth(band, maximum, share)
        sign = "=" if exact == Fraction(given) else "≈"
        return f"{told}: {done}/{expected} × {shown(maximum)} {sign} {shown(given)} điểm"
    return f"{told}: {shown(given)} điểm"


def band_of(bands: Sequence[Band], share: Fraction) -> Band:
    """The band in which a share lies; the bands are free of faults."""
    return next(band for band in bands if share * 100 >= Fraction(band.start))


def label_of(bands: Sequence[Band], band: Band) -> str:
    """``đủ 100%``, ``từ 90% đến dưới 100%``, ``dưới 90%``."""
    place = bands.index(band)
    above = bands[place - 1].start if place else None
    if above is None:
        if band.start == HUNDRED:
            return "đủ 100%"
        return f"từ {shown_percent(band.start)} trở lên" if band.start else "mọi tỷ lệ"
    if not band.start:
        return f"dưới {shown_percent(above)}"
    return f"từ {shown_percent(band.start)} đến dưới {shown_percent(above)}"


def given_by(band: Band, maximum: Decimal) -> str:
    """What the band gives, in words: ``1,00 điểm``, ``tỷ lệ × 1,00``, ``0 điểm``."""
    if band.rule is Rule.PROPORTIONAL:
        return f"tỷ lệ × {shown(maximum)}"
    return "0 điểm" if band.rule is Rule.ZERO else f"{shown(band.points)} điểm"


def faults(bands: Sequence[Band], maximum: Decimal) -> list[str]:
    """What is wrong with a set of bands, a sentence each; empty when it can be used."""
    if not bands:
        return [NO_BANDS]
    found = [*_alone(bands, maximum), *_between(bands)]
    if bands[-1].start > 0:
        found.append(GAP.format(start=shown_percent(bands[-1].start)))
    return found or list(_unfair(bands, maximum))


def preview(bands: Sequence[Band], maximum: Decimal) -> list[tuple[str, str, str]]:
    """Some shares, the band of each, and the points: what a clerk looks at before saving."""
    found = []
    for percent in PREVIEWED:
        share = Fraction(percent) / 100
        band = band_of(bands, share)
        worth = half_up(_worth(band, maximum, share))
        found.append((shown_percent(percent), label_of(bands, band), shown(worth)))
    return found


def shown_share(bands: Sequence[Band], share: Fraction) -> str:
    """``= 95%`` or ``≈ 90,5%``, with as many decimals as tell it apart from where bands begin."""
    percent = share * 100
    decimals = 1
    while (told := half_up(percent, decimals)) != percent and any(told == b.start for b in bands):
        decimals += 1
    return f"{'=' if told == percent else '≈'} {shown_percent(told)}"


def half_up(exact: Fraction, decimals: int = 2) -> Decimal:
    """The fraction, not below zero, as a decimal; a half goes up."""
    scaled = exact * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-decimals)


def shown(number: Decimal) -> str:
    """Points as written: ``0,95``; hundredths always, thousandths where there are any."""
    text = f"{number:,.3f}".removesuffix("0")
    return text.translate(_VIETNAMESE_MARKS)


def shown_percent(number: Decimal) -> str:
    """``90%``, ``89,9%``."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text.translate(_VIETNAMESE_MARKS)}%"


_VIETNAMESE_MARKS = str.maketrans(",.", ".,")


def to_json(bands: Sequence[Band]) -> list[dict[str, str]]:
    """Values that :func:`from_json` reads back; decimals are text, so that nothing is rounded."""
    return [
        {"from": str(band.start), "rule": band.rule.value}
        | ({"points": str(band.points)} if band.rule is Rule.FIXED else {})
        for band in bands
    ]


def from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Band, ...]:
    """The bands of a row; ``ValueError`` for what nobody has written there."""
    try:
        return tuple(
            Band(Decimal(each["from"]), Rule(each["rule"]), Decimal(each.get("points", "0")))
            for each in stored
        )
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ValueError(f"Not bands: {stored!r}") from error


def total(numbers: Iterable[Decimal]) -> Decimal:
    """Points added up."""
    return sum(numbers, Decimal(0))


K = TypeVar("K", bound=Hashable)


def ranked(totals: Mapping[K, tuple[Decimal, Decimal]]) -> dict[K, int]:
    """Places by points of the maximum that applies to each: the best is 1, equals share a place.

    Who has no maximum has no place.
    """
    shares = {key: Fraction(got) / Fraction(most) for key, (got, most) in totals.items() if most}
    return {
        key: 1 + sum(other > share for other in shares.values()) for key, share in shares.items()
    }


def _worth(band: Band, maximum: Decimal, share: Fraction) -> Fraction:
    if band.rule is Rule.PROPORTIONAL:
        return Fraction(maximum) * share
    return Fraction(band.points) if band.rule is Rule.FIXED else Fraction(0)


def _alone(bands: Sequence[Band], maximum: Decimal) -> Iterator[str]:
    for place, band in enumerate(bands, start=1):
        if not 0 <= band.start <= HUNDRED:
            yield NOT_A_SHARE.format(place=place)
        if band.rule is Rule.FIXED and band.points <= 0:
            yield POINTS_NEEDED.format(place=place)
        if band.points > maximum:
            yield ABOVE_MAXIMUM.format(
                place=place, points=shown(band.points), maximum=shown(maximum)
            )


def _between(bands: Sequence[Band]) -> Iterator[str]:
    for place, (above, band) in enumerate(pairwise(bands), start=2):
        if band.start >= above.start:
            yield UNORDERED.format(
                place=place,
                above=place - 1,
                start=shown_percent(band.start),
                previous=shown_percent(above.start),
            )


def _unfair(bands: Sequence[Band], maximum: Decimal) -> Iterator[str]:
    """A higher share never gets less, and the whole maximum can be reached."""
    for place, (above, band) in enumerate(pairwise(bands), start=2):
        edge = Fraction(above.start) / 100
        least, most = _worth(above, maximum, edge), _worth(band, maximum, edge)
        if most > least:
            yield LESS_FOR_MORE.format(
                place=place,
                above=place - 1,
                label=label_of(bands, band),
                points=shown(half_up(most)),
                least=shown(half_up(least)),
            )
    best = _worth(bands[0], maximum, Fraction(1))
    if best < maximum:
        yield UNREACHABLE.format(maximum=shown(maximum), points=shown(half_up(best)))
