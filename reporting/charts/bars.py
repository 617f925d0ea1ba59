"""Bars from left to right, each under its name and its figure: a phone shows them whole.

Long lists are drawn in blocks that stand side by side where there is room; each has its axis in
sight, and no page cuts one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cchc.lib.tables import display
from reporting.charts.drawing import (
    SMALL,
    Chart,
    Fill,
    Group,
    Scale,
    Shape,
    area,
    figure_width,
    label,
    rule,
    wrapped,
)

LENGTH = 320  # of the longest bar
_WIDTH, _LEFT, _TOP = 340, 8, 22
_BAR, _LINE, _GAP = 14, 15, 9
_ABREAST, _FEWEST, _MOST = 3, 6, 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its name, the areas of its bar, its figure, and all of it in words."""

    name: str
    areas: tuple[tuple[Fill, float], ...]
    figure: str
    note: str


def bar_charts(
    key: str, title: str, bars: Sequence[Bar], axis: Scale, unit: str = ""
) -> tuple[Chart, ...]:
    """The lines in their order, in blocks of about a third and of twenty at most."""
    size = min(max(-(-len(bars) // _ABREAST), _FEWEST), _MOST)
    blocks = [bars[at : at + size] for at in range(0, len(bars), size)]
    return tuple(
        _block(f"{key}-{number}", _named(title, number, len(blocks)), block, axis, unit)
        for number, block in enumerate(blocks, start=1)
    )


def _named(title: str, number: int, blocks: int) -> str:
    return title if blocks == 1 else f"{title} (phần {number}/{blocks})"


def _block(key: str, title: str, bars: Sequence[Bar], axis: Scale, unit: str) -> Chart:
    names = [wrapped(bar.name, LENGTH - 6, LENGTH - figure_width(bar.figure) - 10) for bar in bars]
    heights = [_LINE * len(name) + _BAR + _GAP for name in names]
    ends = list(accumulate(heights, initial=_TOP))
    lines = (
        _line(key, bar, name, axis, top) for bar, name, top in zip(bars, names, ends, strict=False)
    )
    groups = (_grid(axis, ends[-1], unit), *lines)
    description = "; ".join(bar.note for bar in bars) + "."
    return Chart(key, title, description, _WIDTH, round(ends[-1]) + 2, groups)


def _grid(axis: Scale, bottom: float, unit: str) -> Group:
    shapes: list[Shape] = []
    for tick in axis.ticks:
        x, anchor = _LEFT + axis.of(tick), "middle"
        if tick in {0, axis.top}:
            anchor = "end" if tick else "start"
        text = f"{display(tick)}{unit}"
        shapes.append(label(text, x, _TOP - 10, anchor=anchor, size=SMALL, quiet=True))
        shapes.append(
            rule(x, _TOP - 6, x, bottom - _GAP + 3 if tick == 0 else _TOP - 2, strong=True)
        )
    return Group(tuple(shapes))


def _line(key: str, bar: Bar, name: tuple[str, ...], axis: Scale, top: float) -> Group:
    base = top + _LINE * len(name)
    words = (
        label(line, _LEFT + 5, top + _LINE * at - 4, anchor="start")
        for at, line in enumerate(name, start=1)
    )
    figure = label(bar.figure, _LEFT + LENGTH, base - 4, anchor="end", bold=True)
    return Group((*words, figure, *_areas(key, bar, axis, base)), bar.note)


def _areas(key: str, bar: Bar, axis: Scale, top: float) -> Iterator[Shape]:
    filled = [(fill, length) for fill, length in bar.areas if length]
    ends = accumulate(length for _, length in filled)
    for (fill, length), end in zip(filled, ends, strict=True):
        left = _LEFT + axis.of(end - length)
        yield area(fill, key, left, top, axis.of(length), _BAR)
