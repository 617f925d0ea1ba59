"""Charts: where shapes stand, what they say, and that every figure of a drawing is in its table."""

from itertools import pairwise

import pytest

from cchc.lib.tables import Level, Row, Table, display
from outreach.compliance import Score
from plans.periods import Period, PeriodKind, periods_of
from reporting.charts import page as figures
from reporting.charts.channels import ChannelCount, KindNames
from reporting.charts.drawing import Chart, Shape, scale, wrapped
from reporting.charts.periods import PeriodGroup, PeriodScore, on_time_rates, trend
from reporting.charts.ranking import FEW, MANY, Line, Shown, chosen, first_shown, ranked

pytestmark = pytest.mark.core

QUARTER, YEAR = Period.parse("2024-Q1"), Period.parse("2024")
NAMES = KindNames("Trực tuyến", "Truyền thống")
CLOCK = "Kỳ: Quý I/2024; tính đến hết ngày 05/04/2024."


def score(met: int = 0, late: int = 0, missed: int = 0, pending: int = 0, ahead: int = 0) -> Score:
    return Score(met + late + missed + pending + ahead, met, late, missed, pending, ahead)


def quarters(*scores: Score) -> list[PeriodScore]:
    return [
        PeriodScore(period, each)
        for period, each in zip(periods_of(PeriodKind.QUARTER, 2024), scores, strict=False)
    ]


def groups(*scores: Score) -> tuple[PeriodGroup, ...]:
    months = periods_of(PeriodKind.MONTH, 2024)
    return (
        PeriodGroup("Theo tháng", tuple(PeriodScore(period, Score()) for period in months)),
        PeriodGroup("Theo quý", tuple(quarters(*scores))),
        PeriodGroup("Kỳ dài hơn", (PeriodScore(YEAR, sum(scores, Score())),)),
    )


def of(shape: Shape, name: str) -> float:
    return float(dict(shape.attributes)[name])


def texts(chart: Chart) -> list[str]:
    return [s.text for group in chart.groups for s in group.shapes if s.tag == "text"]


def found(chart: Chart, tag: str) -> list[Shape]:
    return [s for group in chart.groups for s in group.shapes if s.tag == tag]


def words(row: Row, table: Table) -> list[str]:
    pairs = zip(row.cells, table.columns, strict=True)
    return [display(cell.value, column.kind) for cell, column in pairs]


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (40, [0, 10, 20, 30, 40]),
        (41, [0, 10, 20, 30, 40, 50]),
        (1_400, [0, 500, 1_000, 1_500]),
    ],
)
def test_an_axis_begins_at_zero_and_ends_on_a_round_figure(highest: int, ticks: list[int]) -> None:
    axis = scale(highest, 180)
    assert list(axis.ticks) == ticks
    assert axis.of(0) == 0
    assert axis.of(ticks[-1]) == 180
    assert axis.of(ticks[-1] / 2) == 90


def test_a_column_is_as_high_as_what_was_owed_and_its_parts_touch() -> None:
    [item] = quarters(score(met=5, late=2, missed=1, pending=1, ahead=1))
    chart = trend("t", "Xu hướng", [item])
    areas = [shape for shape in found(chart, "rect") if "stroke" in dict(shape.attributes)]
    assert [of(area, "height") for area in areas] == [90, 36, 18, 36]  # 10 are 180 high
    assert all(
        of(lower, "y") == of(upper, "y") + of(upper, "height") for lower, upper in pairwise(areas)
    )
    zero_line = of(found(chart, "line")[0], "y1")
    assert of(areas[0], "y") + of(areas[0], "height") == zero_line
    assert "7/10" in texts(chart)
    assert chart.groups[1].note == (
        "Quý I/2024: phải thực hiện 10, hoàn thành 7, đúng hạn 5, chưa đạt 1"
    )


def test_every_fill_of_one_drawing_is_told_apart_without_colour() -> None:
    [item] = quarters(score(met=1, late=1, missed=1, ahead=1))
    *areas, _ = [dict(shape.attributes) for shape in found(trend("t", "", [item]), "rect")]
    fills = [area["fill"] for area in areas]
    assert fills == ["#1f5a94", "url(#t-late)", "url(#t-missed)", "#fff"]
    assert "stroke-dasharray" in areas[-1]
    legend = [entry.label for entry in figures.trend(2024, CLOCK, groups(item.score)).legend]
    assert legend == [
        "Đúng hạn", "Hoàn thành trễ hạn", "Quá hạn, chưa đạt", "Chưa đến hạn hoặc chờ duyệt",
    ]  # fmt: skip


def test_long_figures_stand_in_two_lines_and_do_not_meet() -> None:
    chart = trend("t", "", quarters(*[score(met=12_345, missed=5_555)] * 4))
    labels = [s for group in chart.groups[1:] for s in group.shapes if s.tag == "text"]
    assert [s.text for s in labels[:2]] == ["12.345", "/17.900"]
    middles = sorted({of(s, "x") for s in labels})
    assert all(right - left >= len("12.345/17.900") * 6 for left, right in pairwise(middles))


def test_the_curve_has_a_gap_where_nothing_was_owed_and_hollow_points_where_it_can_move() -> None:
    items = quarters(score(met=3, late=1), Score(), score(met=1, missed=1, ahead=2), score(ahead=4))
    chart = on_time_rates("r", "Tỷ lệ", items)
    dots = found(chart, "circle")
    assert [dict(dot.attributes)["fill"] for dot in dots] == ["#1f5a94", "#fff"]
    base = of(found(chart, "line")[0], "y1")
    assert [base - of(dot, "cy") for dot in dots] == [112.5, 37.5]  # of 150
    assert not chart.groups[1].shapes  # no line across the gap
    said = texts(chart)
    assert [text for text in said if "%" in text][5:] == ["75%", "25%"]
    assert [text for text in said if "/" in text] == ["3/4", "1/4", "0/4"]
    assert chart.description == (
        "Quý I/2024: đúng hạn 3/4 (75%); Quý II/2024: không áp dụng; "
        "Quý III/2024: đúng hạn 1/4 (25%), chưa kết thúc; "
        "Quý IV/2024: đúng hạn 0/4, chưa đến hạn."
    )


def test_what_is_in_no_denominator_is_said() -> None:
    of_year = groups(Score(expected=1, met=1, waived=2), Score(outside=1))
    assert figures.trend(2024, CLOCK, of_year).notes[-1] == (
        "Ngoài số phải thực hiện của năm: 2 được miễn, 1 đến hạn trước khi kế hoạch ban hành."
    )


def test_a_line_to_an_open_period_is_broken() -> None:
    chart = on_time_rates("r", "", quarters(score(met=1), score(met=1), score(met=1, ahead=1)))
    dashes = ["stroke-dasharray" in dict(line.attributes) for line in chart.groups[1].shapes]
    assert dashes == [False, True]


def test_the_tables_of_the_periods_say_the_same_figures() -> None:
    of_year = groups(score(met=5, late=2, missed=1), Score(), Score(), score(ahead=2))
    table = figures.trend(2024, CLOCK, of_year).table
    assert table.clock == CLOCK
    assert [words(row, table) for row in table.rows[14:16]] == [
        ["Quý I/2024", "8", "7/8", "87,5%", "5/8", "2", "1", "0", "0"],
        ["Quý II/2024", "0", "không áp dụng", "không áp dụng", "không áp dụng", *"0000"],
    ]
    rates = figures.on_time(2024, CLOCK, of_year).table
    assert [words(row, rates) for row in rates.rows[14:18]] == [
        ["Quý I/2024", "5/8", "62,5%", ""],
        ["Quý II/2024", "không áp dụng", "không áp dụng", ""],
        ["Quý III/2024", "không áp dụng", "không áp dụng", ""],
        ["Quý IV/2024", "0/2", "0%", "chưa đến hạn"],
    ]


def test_a_year_in_which_nothing_was_owed_is_a_sentence() -> None:
    figure = figures.trend(2024, CLOCK, groups())
    assert figure.charts == ()
    assert figure.none == "Năm 2024 không có đầu việc nào phải thực hiện."


def line(name: str, *counts: int, competes: bool = True) -> Line:
    return Line(name, score(*counts), competes=competes)


def test_equals_share_a_place_and_who_owed_nothing_has_none() -> None:
    lines = [
        line("A", 1, 0, 1),
        line("B"),
        line("C", 2, 0, 0),
        line("D", 4, 0, 0),
        line("E", 1, 1, 0),
        line("F", 2, 0, 2),
    ]
    assert [(each.place, each.line.name) for each in ranked(lines)] == [
        (1, "C"), (1, "D"), (3, "E"), (4, "A"), (4, "F"), (None, "B"),
    ]  # fmt: skip


def test_what_nobody_was_given_is_counted_but_not_ranked() -> None:
    placed = ranked([line("Chưa giao đơn vị", 1, competes=False), line("Phòng A", 0, 0, 1)])
    assert [(each.place, each.line.name) for each in placed] == [
        (1, "Phòng A"),
        (None, "Chưa giao đơn vị"),
    ]
    figure = figures.standing(QUARTER, CLOCK, "Đơn vị", placed, Shown.ALL)
    assert words(figure.table.rows[1], figure.table)[:4] == ["–", "Chưa giao đơn vị", "1", "1/1"]
    assert [bar.note for chart in figure.charts for bar in chart.groups[1:]] == [
        "Hạng 1: Phòng A: phải thực hiện 1, hoàn thành 0, đúng hạn 0, chưa đạt 1"
    ]


def test_two_hundred_agencies_are_drawn_in_blocks_none_left_out() -> None:
    placed = ranked([line(f"Sở số {n}", n, 0, 200 - n) for n in range(200)])
    assert (first_shown(placed), first_shown(placed[:MANY])) == (Shown.LOWEST, Shown.ALL)
    whole = figures.standing(QUARTER, CLOCK, "Cơ quan", placed, Shown.ALL)
    bars = [group for chart in whole.charts for group in chart.groups[1:]]
    assert len(bars) == len(whole.table.rows) == 200
    assert max(len(chart.groups) for chart in whole.charts) == 21
    assert "99,5% (199/200)" in texts(whole.charts[0])
    few = figures.standing(QUARTER, CLOCK, "Cơ quan", placed, Shown.LOWEST)
    assert few.notes[0] == (
        "Hình vẽ 20/200 cơ quan có tỷ lệ thấp nhất, từ dưới lên; bảng số liệu có đủ."
    )
    assert few.table == whole.table
    lowest = chosen(placed, Shown.LOWEST)
    assert [each.line.name for each in lowest[:2]] == ["Sở số 0", "Sở số 1"]
    assert len(lowest) == FEW
    assert [each.place for each in chosen(placed, Shown.HIGHEST)] == list(range(1, FEW + 1))


def test_shapes_stay_inside_their_drawing() -> None:
    long = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Quảng Thử"
    placed = ranked([line(long, 1_000, 100, 134), line("Sở Y tế", 1, 0, 0)])
    charts = (
        *figures.standing(QUARTER, CLOCK, "Cơ quan", placed, Shown.ALL).charts,
        *figures.trend(2024, CLOCK, groups(score(met=1_200), score(1, 1, 1, 1, 1))).charts,
        *figures.on_time(2024, CLOCK, groups(score(met=1_200), score(0, 0, 9))).charts,
    )
    for chart in charts:
        for shape in found(chart, "rect"):
            assert of(shape, "x") >= 0
            assert of(shape, "x") + of(shape, "width") <= chart.width
            assert of(shape, "y") >= 0
            assert of(shape, "y") + of(shape, "height") <= chart.height
        for shape in found(chart, "text"):
            assert 0 <= of(shape, "x") <= chart.width
            assert 8 <= of(shape, "y") <= chart.height


def test_names_take_two_lines_at_most_and_leave_room_for_the_figure_on_the_last() -> None:
    assert wrapped("Sở Y tế", 300, 200) == ("Sở Y tế",)
    assert wrapped("Sở Nông nghiệp và Phát triển nông thôn", 220, 200) == (
        "Sở Nông nghiệp và",
        "Phát triển nông thôn",
    )
    first, second = wrapped("Ủy ban nhân dân " * 6, 300, 200)
    assert first == "Ủy ban nhân dân Ủy ban nhân dân Ủy ban nhân dân"
    assert len(second) <= 32
    assert second.endswith("…")
    assert wrapped("x" * 90, 300, 200)[0] == "x" * 49


def test_postings_by_kind_and_channel() -> None:
    counts = [
        ChannelCount("Đài", is_online=False, postings=1),
        ChannelCount("Zalo", is_online=True, postings=0),
        ChannelCount("Cổng", is_online=True, postings=2),
        ChannelCount("Báo điện tử", is_online=True, postings=5),
    ]
    figure = figures.postings(QUARTER, CLOCK, counts, NAMES)
    kinds, by_channel = figure.charts
    assert [group.note for group in kinds.groups[1:]] == [
        "Trực tuyến: 7/8 (87,5%)",
        "Truyền thống: 1/8 (12,5%)",
    ]
    assert [group.note for group in by_channel.groups[1:]] == [
        "Báo điện tử: 5/8 (62,5%)",
        "Cổng: 2/8 (25%)",
        "Đài: 1/8 (12,5%)",
    ]
    assert figure.notes[1] == "1 kênh chưa có lượt đăng nào trong kỳ, chỉ có ở bảng số liệu."
    fills = [dict(area.attributes)["fill"] for area in found(by_channel, "rect")]
    assert fills == ["#1f5a94", "#1f5a94", "url(#channels-1-traditional)"]
    assert [words(row, figure.table) for row in figure.table.rows if row.level is Level.TOTAL] == [
        ["Cộng kênh trực tuyến", "7", "7/8", "87,5%"],
        ["Cộng kênh truyền thống", "1", "1/8", "12,5%"],
        ["Tổng cộng", "8", "8/8", "100%"],
    ]
    assert ["Zalo", "0", "0/8", "0%"] in [
        words(row, figure.table) for row in figure.table.rows[1:4]
    ]


def test_nothing_posted_is_a_sentence_and_its_shares_do_not_apply() -> None:
    figure = figures.postings(QUARTER, CLOCK, [ChannelCount("Zalo", True, 0)], NAMES)
    assert figure.charts == ()
    assert figure.none == "Quý I/2024 chưa có lượt đăng nào."
    assert words(figure.table.rows[-1], figure.table) == [
        "Tổng cộng", "0", "không áp dụng", "không áp dụng",
    ]  # fmt: skip
