"""Where articles appeared: by the two groups of forms that the PAR Index scores, and by channel.

An article on two channels is two postings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display, percent
from reporting.charts.bars import LENGTH, Bar, bar_charts
from reporting.charts.drawing import Chart, Fill, percent_scale, scale

_FILLS = {True: Fill.ONLINE, False: Fill.TRADITIONAL}


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How often one channel was used."""

    name: str
    is_online: bool
    postings: int


@dataclass(frozen=True, slots=True)
class KindNames:
    """What the two groups of channels are called."""

    online: str
    traditional: str

    def of(self, *, is_online: bool) -> str:
        """The name of one of them."""
        return self.online if is_online else self.traditional


def meanings(names: KindNames) -> dict[Fill, str]:
    """What the fills of the bars mean."""
    return {fill: names.of(is_online=online) for online, fill in _FILLS.items()}


def in_order(counts: Sequence[ChannelCount]) -> tuple[ChannelCount, ...]:
    """Online first; inside its group the channel most used, then as the province lists them."""
    return tuple(sorted(counts, key=lambda each: (not each.is_online, -each.postings)))


def kind_charts(
    key: str, title: str, counts: Sequence[ChannelCount], names: KindNames
) -> tuple[Chart, ...]:
    """A bar for each group: its share of all postings."""
    whole = _total(counts)
    bars = []
    for online, fill in _FILLS.items():
        count = _total([each for each in counts if each.is_online is online])
        length = count * 100 / whole if whole else 0
        bars.append(_bar(names.of(is_online=online), fill, count, whole, length))
    return bar_charts(key, title, bars, percent_scale(LENGTH), "%")


def channel_charts(key: str, title: str, counts: Sequence[ChannelCount]) -> tuple[Chart, ...]:
    """A bar for each channel, as long as its postings are many."""
    whole = _total(counts)
    axis = scale(max((each.postings for each in counts), default=0), LENGTH)
    bars = [
        _bar(each.name, _FILLS[each.is_online], each.postings, whole, each.postings)
        for each in counts
    ]
    return bar_charts(key, title, bars, axis)


def channel_table(
    key: str, title: str, clock: str, counts: Sequence[ChannelCount], names: KindNames
) -> Table:
    """The channels under their groups, each beside all postings."""
    columns = (
        Column("name", "Kênh", width=46),
        Column("postings", "Lượt đăng", Kind.INTEGER, 14),
        Column("of", "Trên tổng số", Kind.RATIO, 16),
        Column("share", "Tỷ lệ", Kind.PERCENT, 14),
    )
    whole = _total(counts)
    rows: list[Row] = []
    for online in _FILLS:
        members = [each for each in counts if each.is_online is online]
        name = names.of(is_online=online)
        rows.append(Row((Cell(name),), Level.GROUP))
        rows += [_row(each.name, each.postings, whole, Level.BODY) for each in members]
        rows.append(_row(f"Cộng kênh {name.lower()}", _total(members), whole, Level.TOTAL))
    rows.append(_row("Tổng cộng", whole, whole, Level.TOTAL))
    return Table(key, title, clock, columns, tuple(rows))


def _total(counts: Sequence[ChannelCount]) -> int:
    return sum(each.postings for each in counts)


def _bar(name: str, fill: Fill, count: int, whole: int, length: float) -> Bar:
    counted = display(Ratio(count, whole), Kind.RATIO)
    share = display(percent(count, whole), Kind.PERCENT)
    figure = f"{counted} ({share})" if whole else counted
    return Bar(name, ((fill, length),), figure, f"{name}: {figure}")


def _row(name: str, count: int, whole: int, level: Level) -> Row:
    return Row(
        (Cell(name), Cell(count), Cell(Ratio(count, whole)), Cell(percent(count, whole))), level
    )
