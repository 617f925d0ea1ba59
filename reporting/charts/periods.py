"""How a year went period by period: what was owed and done, and how much of it on time.

The columns stand on zero and are as high as what was owed; what they are filled with says what
became of it. The curve shows shares of the same denominators: a period that owes nothing is a
gap, one that is still open a hollow point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display, percent
from outreach.compliance import Score
from plans.periods import Period
from reporting.charts.drawing import (
    SMALL,
    Chart,
    Fill,
    Group,
    Scale,
    Shape,
    area,
    backing,
    dot,
    figure_width,
    label,
    link,
    percent_scale,
    rule,
    scale,
)

MEANINGS = {
    Fill.ON_TIME: "Đúng hạn",
    Fill.LATE: "Hoàn thành trễ hạn",
    Fill.MISSED: "Quá hạn, chưa đạt",
    Fill.OPEN: "Chưa đến hạn hoặc chờ duyệt",
}
NOTHING = "–"
_LEFT, _RIGHT, _SLOT, _COLUMN = 44, 8, 56, 30
_TOP, _PLOT = 40, 180
_RATE_TOP, _RATE_PLOT = 26, 150
_STEEP, _VALLEY_ROOM = 4, 26


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """What became of the obligations of one period; ``href`` leads to its matrix."""

    period: Period
    score: Score
    href: str = ""


@dataclass(frozen=True, slots=True)
class PeriodGroup:
    """The periods of one length."""

    name: str
    items: tuple[PeriodScore, ...]


def parts(score: Score) -> tuple[tuple[Fill, int], ...]:
    """The obligations of a score by what became of them; they add up to the expected ones."""
    return (
        (Fill.ON_TIME, score.met),
        (Fill.LATE, score.met_late),
        (Fill.MISSED, score.missed),
        (Fill.OPEN, score.pending + score.not_due),
    )


def said(name: str, score: Score) -> str:
    """A score in one phrase."""
    if score.expected == 0:
        return f"{name}: không có đầu việc"
    return (
        f"{name}: phải thực hiện {display(score.expected)}, hoàn thành {display(score.done)}, "
        f"đúng hạn {display(score.met)}, chưa đạt {display(score.missed)}"
    )


def trend(key: str, title: str, items: Sequence[PeriodScore]) -> Chart:
    """A column for each period, as high as what was owed."""
    axis = scale(max((item.score.expected for item in items), default=0), _PLOT)
    base = _TOP + _PLOT
    slot = _slot(items)
    width = _width(items)
    is_split = any(figure_width(_counted(item.score)) > slot - 4 for item in items)
    columns = (
        _column(key, item, axis, _LEFT + slot * (at + 0.5), base, is_split=is_split)
        for at, item in enumerate(items)
    )
    grid = _grid(axis, base, width, "")
    description = "; ".join(said(item.period.label, item.score) for item in items) + "."
    return Chart(key, title, description, width, base + 28, (grid, *columns))


def on_time_rates(key: str, title: str, items: Sequence[PeriodScore]) -> Chart:
    """The share that was met on time, by period: a curve from 0 to 100 %."""
    axis, base = percent_scale(_RATE_PLOT), _RATE_TOP + _RATE_PLOT
    slot, width = _slot(items), _width(items)
    places = [_LEFT + slot * (at + 0.5) for at in range(len(items))]
    heights = [_height(item.score, axis, base) for item in items]
    links = _links(items, places, heights)
    points = (
        Group((*_below(item, x, base), *_point(item.score, x, at, heights, base)), _rate_said(item))
        for at, (item, x) in enumerate(zip(items, places, strict=True))
    )
    description = "; ".join(_rate_said(item) for item in items) + "."
    groups = (_grid(axis, base, width, "%"), Group(tuple(links)), *points)
    return Chart(key, title, description, width, base + 44, groups)


def rate_state(score: Score) -> str:
    """Whether a share can still move, in words; empty when it cannot."""
    if score.expected == 0 or not (score.pending or score.not_due):
        return ""
    return "chưa đến hạn" if _is_ahead(score) else "chưa kết thúc"


def _is_ahead(score: Score) -> bool:
    """Whether nothing has been decided yet, so that a share would say nothing."""
    return score.pending + score.not_due == score.expected


def _slot(items: Sequence[PeriodScore]) -> int:
    """The room of one period: wide enough for its figures in small type."""
    widest = max((figure_width(_counted(item.score), SMALL) for item in items), default=0)
    return max(_SLOT, round(widest) + 6)


def _width(items: Sequence[PeriodScore]) -> int:
    return _LEFT + _slot(items) * len(items) + _RIGHT


def _grid(axis: Scale, base: float, width: int, unit: str) -> Group:
    shapes: list[Shape] = []
    for tick in axis.ticks:
        y = base - axis.of(tick)
        shapes.append(rule(_LEFT, y, width - _RIGHT, y, strong=tick == 0))
        shapes.append(
            label(f"{display(tick)}{unit}", _LEFT - 6, y + 4, anchor="end", size=SMALL, quiet=True)
        )
    return Group(tuple(shapes))


def _column(
    key: str, item: PeriodScore, axis: Scale, middle: float, base: float, *, is_split: bool
) -> Group:
    filled = [(fill, count) for fill, count in parts(item.score) if count]
    ends = accumulate(count for _, count in filled)
    left = middle - _COLUMN / 2
    areas = (
        area(fill, key, left, base - axis.of(end), _COLUMN, axis.of(count))
        for (fill, count), end in zip(filled, ends, strict=True)
    )
    top = base - axis.of(item.score.expected) - 6
    below = label(item.period.short_label, middle, base + 17)
    shapes = (*areas, *_count_labels(item.score, middle, top, is_split=is_split), below)
    return Group(shapes, said(item.period.label, item.score))


def _count_labels(score: Score, x: float, y: float, *, is_split: bool) -> tuple[Shape, ...]:
    """``12/14``, in two lines where the figures are long."""
    if score.expected == 0:
        return (label(NOTHING, x, y, quiet=True),)
    counted = _counted(score)
    if not is_split:
        return backing(counted, x, y), label(counted, x, y, bold=True)
    done, expected = display(score.done), f"/{display(score.expected)}"
    return (
        backing(expected, x, y, SMALL),
        label(done, x, y - 13, bold=True),
        label(expected, x, y, quiet=True, size=SMALL),
    )


def _counted(score: Score) -> str:
    return display(Ratio(score.done, score.expected), Kind.RATIO) if score.expected else NOTHING


def _height(score: Score, axis: Scale, base: float) -> float | None:
    """Where the point of a period stands; None where a share would say nothing."""
    share = percent(score.met, score.expected)
    return None if share is None or _is_ahead(score) else base - axis.of(float(share))


def _links(
    items: Sequence[PeriodScore], places: Sequence[float], heights: Sequence[float | None]
) -> list[Shape]:
    """From each point to its neighbour; broken where one of the two can still move."""
    found: list[Shape] = []
    for at in range(1, len(items)):
        before, here = heights[at - 1], heights[at]
        if before is not None and here is not None:
            is_open = any(rate_state(item.score) for item in items[at - 1 : at + 1])
            found.append(link(places[at - 1], before, places[at], here, dashed=is_open))
    return found


def _below(item: PeriodScore, x: float, base: float) -> tuple[Shape, ...]:
    """Under the axis: the period, and what its share is a share of."""
    score = item.score
    counted = display(Ratio(score.met, score.expected)) if score.expected else NOTHING
    return (
        label(item.period.short_label, x, base + 17),
        label(counted, x, base + 33, size=SMALL, quiet=True),
    )


def _point(
    score: Score, x: float, at: int, heights: Sequence[float | None], base: float
) -> tuple[Shape, ...]:
    """The point with its share: above it, in a valley of the curve below it."""
    y = heights[at]
    if y is None:
        return ()
    beside = (*heights[max(at - 1, 0) : at], *heights[at + 1 : at + 2])
    is_valley = all(height is not None and height < y - _STEEP for height in beside)
    place = y + 19 if is_valley and beside and base - y > _VALLEY_ROOM else y - 10
    share = display(percent(score.met, score.expected), Kind.PERCENT)
    return (
        backing(share, x, place),
        label(share, x, place, bold=True),
        dot(x, y, hollow=bool(rate_state(score))),
    )


def _rate_said(item: PeriodScore) -> str:
    score = item.score
    if score.expected == 0:
        return f"{item.period.label}: không áp dụng"
    counted = display(Ratio(score.met, score.expected))
    share = display(percent(score.met, score.expected), Kind.PERCENT)
    state = rate_state(score)
    parts_said = (
        f"{item.period.label}: đúng hạn {counted}",
        "" if _is_ahead(score) else f" ({share})",
        f", {state}" if state else "",
    )
    return "".join(parts_said)


def period_table(key: str, title: str, clock: str, groups: Sequence[PeriodGroup]) -> Table:
    """The same periods as figures, under their lengths."""
    columns = (
        Column("period", "Kỳ", width=20),
        Column("expected", "Phải thực hiện", Kind.INTEGER, 12),
        Column("done", "Hoàn thành", Kind.RATIO, 12),
        Column("done_share", "Tỷ lệ hoàn thành", Kind.PERCENT, 12),
        Column("on_time", "Đúng hạn", Kind.RATIO, 12),
        Column("met_late", "Trễ hạn", Kind.INTEGER, 9),
        Column("missed", "Chưa đạt", Kind.INTEGER, 9),
        Column("pending", "Chờ duyệt", Kind.INTEGER, 9),
        Column("not_due", "Chưa đến hạn", Kind.INTEGER, 10),
    )
    rows: list[Row] = []
    for group in groups:
        rows.append(Row((Cell(group.name),), Level.GROUP))
        rows += [_row(item) for item in group.items]
    return Table(key, title, clock, columns, tuple(rows))


def rate_table(key: str, title: str, clock: str, groups: Sequence[PeriodGroup]) -> Table:
    """The share met on time of the same periods, and which of them can still move."""
    columns = (
        Column("period", "Kỳ", width=24),
        Column("on_time", "Đúng hạn", Kind.RATIO, 14),
        Column("share", "Tỷ lệ đúng hạn", Kind.PERCENT, 14),
        Column("state", "Ghi chú", width=24),
    )
    rows: list[Row] = []
    for group in groups:
        rows.append(Row((Cell(group.name),), Level.GROUP))
        rows += [_rate_row(item) for item in group.items]
    return Table(key, title, clock, columns, tuple(rows))


def _rate_row(item: PeriodScore) -> Row:
    score = item.score
    return Row(
        (
            Cell(item.period.label, href=item.href),
            Cell(Ratio(score.met, score.expected)),
            Cell(percent(score.met, score.expected)),
            Cell(rate_state(score)),
        )
    )


def _row(item: PeriodScore) -> Row:
    score = item.score
    return Row(
        (
            Cell(item.period.label, href=item.href),
            Cell(score.expected),
            Cell(Ratio(score.done, score.expected)),
            Cell(percent(score.done, score.expected)),
            Cell(Ratio(score.met, score.expected)),
            Cell(score.met_late),
            Cell(score.missed),
            Cell(score.pending),
            Cell(score.not_due),
        )
    )
