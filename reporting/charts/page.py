"""The figures of a page of charts: drawings, their legend, their clock, their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cchc.lib.tables import Table, display
from plans.periods import Period
from reporting.charts import channels, periods, ranking
from reporting.charts.channels import ChannelCount, KindNames
from reporting.charts.drawing import Chart, Swatch, swatches
from reporting.charts.periods import PeriodGroup
from reporting.charts.ranking import Placed, Shown

_DRAWN = 2  # months and quarters; longer periods would dwarf them and are in the table
SHARES = "Dưới mỗi kỳ: đúng hạn/phải thực hiện."
HOLLOW = "Điểm rỗng, nét đứt: kỳ còn đầu việc chưa đến hạn hoặc chờ duyệt, tỷ lệ còn thay đổi."
NONE_OWED = "Dấu –: kỳ không có đầu việc nào, không áp dụng tỷ lệ."
LABELS = "Số trên cột: hoàn thành/phải thực hiện; chiều cao cột: số phải thực hiện."
LONGER = (
    "Đầu việc theo 6 tháng, theo năm không nằm trọn trong tháng hay quý nào nên chỉ có ở các "
    "dòng kỳ dài hơn của bảng số liệu."
)
WHOLE = (
    "Cả thanh: số phải thực hiện (100%); số ở cuối: tỷ lệ hoàn thành (hoàn thành/phải thực hiện)."
)
EQUAL = "Bằng nhau về tỷ lệ hoàn thành và tỷ lệ đúng hạn thì cùng hạng."
TWICE = "Một tin, bài đăng trên hai kênh là hai lượt; lượt đã gỡ không tính."


@dataclass(frozen=True, slots=True)
class Figure:
    """Drawings under one heading; ``notes`` say how to read them, ``none`` why there are none."""

    key: str
    title: str
    clock: str
    legend: tuple[Swatch, ...]
    charts: tuple[Chart, ...]
    table: Table
    notes: tuple[str, ...]
    none: str


def trend(year: int, clock: str, groups: Sequence[PeriodGroup]) -> Figure:
    """What was owed and what became of it, by month and by quarter."""
    title = f"Phải thực hiện, hoàn thành, đúng hạn qua các kỳ năm {year}"
    drawn = tuple(
        periods.trend(f"trend-{at}", f"{title}, {group.name.lower()}", group.items)
        for at, group in enumerate(_drawn(groups), start=1)
    )
    table = periods.period_table("trend", title, clock, groups)
    legend = swatches("trend", periods.MEANINGS)
    none = f"Năm {year} không có đầu việc nào phải thực hiện."
    notes = (LABELS, LONGER, *_outside(groups))
    return Figure("trend", title, clock, legend, drawn, table, notes, none)


def on_time(year: int, clock: str, groups: Sequence[PeriodGroup]) -> Figure:
    """The share met on time, by month and by quarter."""
    title = f"Tỷ lệ đúng hạn qua các kỳ năm {year}"
    drawn = tuple(
        periods.on_time_rates(f"rate-{at}", f"{title}, {group.name.lower()}", group.items)
        for at, group in enumerate(_drawn(groups), start=1)
    )
    table = periods.rate_table("rates", title, clock, groups)
    none = f"Năm {year} không có đầu việc nào nên không áp dụng tỷ lệ."
    return Figure("rates", title, clock, (), drawn, table, (SHARES, HOLLOW, NONE_OWED), none)


def postings(
    period: Period, clock: str, counts: Sequence[ChannelCount], names: KindNames
) -> Figure:
    """Where articles appeared, by kind of channel and by channel."""
    title = f"Lượt đăng theo loại kênh và theo kênh, {period.label}"
    ordered = channels.in_order(counts)
    used = [each for each in ordered if each.postings]
    drawn: tuple[Chart, ...] = ()
    if used:
        by_kind = channels.kind_charts("kinds", f"{title}: theo loại kênh", used, names)
        drawn = (*by_kind, *channels.channel_charts("channels", f"{title}: theo kênh", used))
    notes = (TWICE, *_unused(len(ordered) - len(used)))
    table = channels.channel_table("postings", title, clock, ordered, names)
    legend = swatches("postings", channels.meanings(names))
    none = f"{period.label} chưa có lượt đăng nào."
    return Figure("postings", title, clock, legend, drawn, table, notes, none)


def standing(
    period: Period, clock: str, head: str, placed: Sequence[Placed], shown: Shown
) -> Figure:
    """Who completed which share, and in which place that is."""
    title = f"Xếp hạng {head.lower()} theo tỷ lệ hoàn thành, {period.label}"
    drawn = ranking.ranking_charts("ranking", title, ranking.chosen(placed, shown))
    table = ranking.ranking_table("ranking", title, clock, head, placed)
    legend = swatches("ranking", periods.MEANINGS)
    notes = (*_part_shown(placed, head, shown), WHOLE, EQUAL, *_left_out(placed, head))
    none = f"{period.label} không có {head.lower()} nào có đầu việc để xếp hạng."
    return Figure("ranking", title, clock, legend, drawn, table, notes, none)


def _drawn(groups: Sequence[PeriodGroup]) -> Sequence[PeriodGroup]:
    """Those that fit one axis; none where nothing was owed all year."""
    owed = any(item.score.expected for group in groups for item in group.items)
    return groups[:_DRAWN] if owed else ()


def _outside(groups: Sequence[PeriodGroup]) -> tuple[str, ...]:
    """What of the year is in no denominator, in a sentence; the year is the last period."""
    year = groups[-1].items[-1].score
    parts = (
        (year.waived, "được miễn"),
        (year.outside, "đến hạn trước khi kế hoạch ban hành"),
    )
    said = ", ".join(f"{display(count)} {words}" for count, words in parts if count)
    return (f"Ngoài số phải thực hiện của năm: {said}.",) if said else ()


def _unused(count: int) -> tuple[str, ...]:
    """How many channels are only in the table, in a sentence."""
    if not count:
        return ()
    return (f"{display(count)} kênh chưa có lượt đăng nào trong kỳ, chỉ có ở bảng số liệu.",)


def _part_shown(placed: Sequence[Placed], head: str, shown: Shown) -> tuple[str, ...]:
    """Which part of a long ranking is drawn, in a sentence."""
    every = sum(each.place is not None for each in placed)
    drawn = len(ranking.chosen(placed, shown))
    if drawn == every:
        return ()
    words = "thấp nhất, từ dưới lên" if shown is Shown.LOWEST else "cao nhất"
    return (
        f"Hình vẽ {drawn}/{display(every)} {head.lower()} có tỷ lệ {words}; bảng số liệu có đủ.",
    )


def _left_out(placed: Sequence[Placed], head: str) -> tuple[str, ...]:
    """How many have no place, in a sentence."""
    count = sum(each.line.score.expected == 0 for each in placed)
    if not count:
        return ()
    return (f"{display(count)} {head.lower()} không có đầu việc nào trong kỳ, không xếp hạng.",)
