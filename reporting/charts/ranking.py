"""Agencies (or units) by the share they completed, then by the share they completed on time.

Whoever is equal in both shares the place, and stands in protocol order. Whoever owed nothing
has no place: nothing of nothing is not a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from cchc.lib.tables import Cell, Column, Kind, Ratio, Row, Table, display, percent
from outreach.compliance import Score
from reporting.charts.bars import LENGTH, Bar, bar_charts
from reporting.charts.drawing import Chart, percent_scale
from reporting.charts.periods import parts, said

FEW = 20  # of the lowest or of the highest
MANY = 40  # more agencies than this are not all shown at first


class Shown(StrEnum):
    """Which part of a long ranking is drawn; the values stand in addresses."""

    ALL = "het"
    LOWEST = "thap"
    HIGHEST = "cao"


@dataclass(frozen=True, slots=True)
class Line:
    """An agency or a unit with its score; what nobody was given to do competes with nobody."""

    name: str
    score: Score
    href: str = ""
    competes: bool = True

    @property
    def has_place(self) -> bool:
        """Whether it is ranked at all."""
        return self.competes and self.score.expected > 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A line at its place; None where it has none."""

    place: int | None
    line: Line


def ranked(lines: Iterable[Line]) -> tuple[Placed, ...]:
    """Best first; those without a place last."""
    every = tuple(lines)
    owing = sorted((line for line in every if line.has_place), key=_merit, reverse=True)
    found: list[Placed] = []
    for _, equal in groupby(owing, key=_merit):
        place = len(found) + 1
        found += [Placed(place, line) for line in equal]
    return (*found, *(Placed(None, line) for line in every if not line.has_place))


def chosen(placed: Sequence[Placed], shown: Shown) -> tuple[Placed, ...]:
    """The lines that are drawn: the lowest begin with the very lowest."""
    with_place = [each for each in placed if each.place is not None]
    if shown is Shown.LOWEST:
        return tuple(reversed(with_place[-FEW:]))
    return tuple(with_place[:FEW] if shown is Shown.HIGHEST else with_place)


def first_shown(placed: Sequence[Placed]) -> Shown:
    """Everybody, unless that is a long way to scroll: then those who need attention."""
    return Shown.ALL if len(placed) <= MANY else Shown.LOWEST


def ranking_charts(key: str, title: str, placed: Sequence[Placed]) -> tuple[Chart, ...]:
    """A bar for each, the whole of what it owed being its length."""
    return bar_charts(key, title, [_bar(each) for each in placed], percent_scale(LENGTH), "%")


def ranking_table(key: str, title: str, clock: str, head: str, placed: Sequence[Placed]) -> Table:
    """The same lines as figures."""
    columns = (
        Column("place", "Hạng", Kind.INTEGER, 7),
        Column("name", head, width=34),
        Column("expected", "Phải thực hiện", Kind.INTEGER, 11),
        Column("done", "Hoàn thành", Kind.RATIO, 11),
        Column("done_share", "Tỷ lệ hoàn thành", Kind.PERCENT, 11),
        Column("on_time", "Đúng hạn", Kind.RATIO, 11),
        Column("on_time_share", "Tỷ lệ đúng hạn", Kind.PERCENT, 11),
        Column("missed", "Chưa đạt", Kind.INTEGER, 9),
        Column("open", "Chưa đến hạn, chờ duyệt", Kind.INTEGER, 12),
    )
    return Table(key, title, clock, columns, tuple(map(_row, placed)))


def _merit(line: Line) -> tuple[Fraction, Fraction]:
    score = line.score
    return Fraction(score.done, score.expected), Fraction(score.met, score.expected)


def _bar(placed: Placed) -> Bar:
    score = placed.line.score
    whole = score.expected
    areas = tuple((fill, count * 100 / whole) for fill, count in parts(score))
    share = display(percent(score.done, whole), Kind.PERCENT)
    return Bar(
        f"{placed.place}. {placed.line.name}",
        areas,
        f"{share} ({display(Ratio(score.done, whole))})",
        f"Hạng {placed.place}: {said(placed.line.name, score)}",
    )


def _row(placed: Placed) -> Row:
    score = placed.line.score
    return Row(
        (
            Cell(placed.place if placed.place is not None else "–"),
            Cell(placed.line.name, href=placed.line.href),
            Cell(score.expected),
            Cell(Ratio(score.done, score.expected)),
            Cell(percent(score.done, score.expected)),
            Cell(Ratio(score.met, score.expected)),
            Cell(percent(score.met, score.expected)),
            Cell(score.missed),
            Cell(score.pending + score.not_due),
        )
    )
