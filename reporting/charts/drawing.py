"""What every chart is drawn with: shapes whose attributes are ready for SVG, fills, an axis.

A fill is told apart by its pattern as well as by its colour, so that a chart reads the same
from a black-and-white printer. Numbers become text here: a template would write ``12,5``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

INK, QUIET, GRID, BLUE = "#1f2a36", "#55616e", "#dde3e9", "#1f5a94"
TEXT_SIZE, SMALL = 12, 11
# The widths of a figure and of a letter in parts of the size, wide enough that nothing collides.
_FIGURE, _LETTER = 0.6, 0.51
_STEPS = (1, 2, 5)
_MOST_STEPS = 5


class Fill(StrEnum):
    """How an area is filled; those that are not plain are patterns of ``charts/patterns.html``."""

    ON_TIME = "on-time"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"
    ONLINE = "online"
    TRADITIONAL = "traditional"


_PLAIN = {Fill.ON_TIME: BLUE, Fill.ONLINE: BLUE, Fill.OPEN: "#fff"}
_EDGE = (("stroke", INK), ("stroke-width", "0.75"))
_BROKEN_EDGE = (("stroke", QUIET), ("stroke-width", "1"), ("stroke-dasharray", "3 2"))


@dataclass(frozen=True, slots=True)
class Shape:
    """One element of SVG; ``attributes`` are names and values in order."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together; ``note`` is what pointing at them says."""

    shapes: tuple[Shape, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing with its title, and in words what it shows for whoever cannot see it."""

    key: str
    title: str
    description: str
    width: int
    height: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Swatch:
    """What a fill means: the fill as a small shape of its own drawing ``key``."""

    key: str
    shape: Shape
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From figures to places: ``top`` is the figure at the far end, zero always at the near."""

    top: int
    step: int
    length: float

    def of(self, figure: float) -> float:
        """How far from zero a figure lies."""
        return figure * self.length / self.top

    @property
    def ticks(self) -> range:
        """The figures that the axis names, zero first."""
        return range(0, self.top + 1, self.step)


def scale(highest: int, length: float) -> Scale:
    """An axis from zero to a round figure that is not below the highest; at most five steps."""
    step = next(step for step in _round_steps() if step * _MOST_STEPS >= highest)
    return Scale(max(-(-highest // step), 1) * step, step, length)


def percent_scale(length: float) -> Scale:
    """An axis from nothing to the whole."""
    return Scale(100, 25, length)


def figure_width(text: str, size: int = TEXT_SIZE) -> float:
    """How wide a text of figures is at most."""
    return len(text) * size * _FIGURE


def wrapped(text: str, width: float, last: float) -> tuple[str, ...]:
    """The text in one line, or in two alike, of which the last has to be as short as ``last``.

    What does not fit into two lines ends with an ellipsis.
    """
    letters, most = int(last / (TEXT_SIZE * _LETTER)), int(width / (TEXT_SIZE * _LETTER))
    if len(text) <= letters:
        return (text,)
    breaks = [at for at, letter in enumerate(text) if letter == " " and at <= most]
    fitting = [at for at in breaks if len(text) - at - 1 <= letters]
    if fitting:
        middle = min(fitting, key=lambda at: abs(2 * at - len(text)))
        return text[:middle], text[middle + 1 :]
    first = text[: breaks[-1] if breaks else most]
    return first, f"{text[len(first) :].strip()[: letters - 1].rstrip()}…"


def area(fill: Fill, key: str, x: float, y: float, width: float, height: float) -> Shape:
    """A filled rectangle of the chart ``key``, with an edge that also a pattern needs."""
    edge = _BROKEN_EDGE if fill is Fill.OPEN else _EDGE
    sides = {"x": x, "y": y, "width": width, "height": height}
    paint = _PLAIN.get(fill, f"url(#{key}-{fill})")
    return Shape("rect", (*_numbers(sides), ("fill", paint), *edge))


def swatches(key: str, meanings: Mapping[Fill, str]) -> tuple[Swatch, ...]:
    """The legend of a figure."""
    return tuple(
        Swatch(f"{key}-{fill}", area(fill, f"{key}-{fill}", 1, 1, 20, 12), words)
        for fill, words in meanings.items()
    )


def rule(x1: float, y1: float, x2: float, y2: float, *, strong: bool = False) -> Shape:
    """A straight line: of the grid, or ``strong`` for the zero line."""
    ends = _numbers({"x1": x1, "y1": y1, "x2": x2, "y2": y2})
    return Shape("line", (*ends, ("stroke", INK if strong else GRID), ("stroke-width", "1")))


def link(x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> Shape:
    """A piece of a curve."""
    ends = _numbers({"x1": x1, "y1": y1, "x2": x2, "y2": y2})
    dash = (("stroke-dasharray", "5 4"),) if dashed else ()
    return Shape("line", (*ends, ("stroke", BLUE), ("stroke-width", "2"), *dash))


def dot(x: float, y: float, *, hollow: bool = False) -> Shape:
    """A point of a curve; ``hollow`` while its figure can still move."""
    place = _numbers({"cx": x, "cy": y, "r": 4.5})
    fill = "#fff" if hollow else BLUE
    return Shape("circle", (*place, ("fill", fill), ("stroke", BLUE), ("stroke-width", "2")))


def label(
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "middle",
    size: int = TEXT_SIZE,
    bold: bool = False,
    quiet: bool = False,
) -> Shape:
    """A text whose base line is at ``y``."""
    weight = (("font-weight", "600"),) if bold else ()
    look = (("text-anchor", anchor), ("font-size", str(size)), ("fill", QUIET if quiet else INK))
    return Shape("text", (*_numbers({"x": x, "y": y}), *look, *weight), text)


def backing(text: str, x: float, y: float, size: int = TEXT_SIZE) -> Shape:
    """White behind a text that a curve may cross."""
    width = figure_width(text, size) + 2
    sides = {"x": x - width / 2, "y": y - size + 1, "width": width, "height": size + 2}
    return Shape("rect", (*_numbers(sides), ("fill", "#fff"), ("fill-opacity", "0.85")))


def number(value: float) -> str:
    """As SVG writes numbers: a point, one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def _numbers(values: dict[str, float]) -> tuple[tuple[str, str], ...]:
    return tuple((name, number(value)) for name, value in values.items())


def _round_steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 …"""
    power = 1
    while True:
        yield from (step * power for step in _STEPS)
        power *= 10
