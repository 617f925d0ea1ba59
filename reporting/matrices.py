"""Matrices of the screen and of the reports: who owes what in a period, and how far it is.

A :class:`Survey` is read with a constant number of queries, its figures summed by the database;
every table is placed from it. Clock (a) of REGULATIONS §2 chooses the obligations, clock (b)
decides what is late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from agencies.models import Agency, AgencyName, Province
from agencies.models.agency import AgencyKind
from cchc.lib.addresses import numbered, plain
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, percent
from outreach.compliance import Compliance, Score
from outreach.sums import LENGTH, Sum, fold, summed, total
from outreach.tallies import measure
from plans.models import Channel, Obligation
from plans.models.obligation import ObligationQuerySet
from plans.models.quota import CountsWhen
from plans.periods import Period, PeriodKind

# Where an obligation stands: its channel (0 without one) and its own period; where the columns
# gather periods, the letter of their length.
Place = tuple[int, str]
# A row (agency or unit) and a column.
At = tuple[int, Place]
K = TypeVar("K", bound=Hashable)

NO_UNIT = 0
NOT_OWED = "–"
OUTSIDE = "Đến hạn trước khi kế hoạch ban hành, không tính vào mẫu số"
LINES_ANCHOR = "#caption-obligations"
# Columns of a long period gather the short ones of a quota, and a quarter its weeks.
_LONG = (PeriodKind.HALF, PeriodKind.NINE_MONTHS, PeriodKind.YEAR)
_GATHERED = {
    "W": "Mỗi tuần",
    "M": "Mỗi tháng",
    "Q": "Mỗi quý",
    "H": "6 tháng",
    "9": "9 tháng",
    "": "Năm",
}
_LETTERS = tuple(_GATHERED)
NO_CHANNEL = "Nhiệm vụ khác"
_MOMENTS = {
    CountsWhen.APPROVED_PUBLISHED: "ngày đăng",
    CountsWhen.SENT: "ngày gửi",
    CountsWhen.HELD: "ngày tổ chức",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one row: an agency or a unit, and the page that tells more about it."""

    id: int
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Sums by (row, column), and the score of each row, each column and of all."""

    cells: Mapping[At, Sum]
    row_scores: Mapping[int, Score]
    column_scores: Mapping[Place, Score]
    total: Score


@dataclass(frozen=True, slots=True)
class Survey:
    """The obligations of a period, measured on one day; ``heads`` are the rows in order.

    ``channels`` are those of the columns, ``waived`` the reasons by cell. An agency's survey knows
    each obligation and its state; a province's has sums only.
    """

    period: Period
    as_of: date
    heads: tuple[Head, ...]
    matrix: Grid
    channels: tuple[Channel, ...]
    waived: Mapping[At, tuple[str, ...]]
    obligations: tuple[Obligation, ...] = ()
    states: Mapping[int, Compliance] = field(default_factory=dict)

    def state(self, obligation: Obligation) -> Compliance:
        """The state of one of an agency's obligations on that day."""
        return self.states[obligation.pk]

    def score(self, head: Head) -> Score:
        """The score of one row; zeros when it owes nothing."""
        return self.matrix.row_scores.get(head.id, Score())

    @property
    def clock(self) -> str:
        """Which period, which days, which clock, which day: printed with every table."""
        sums = self.matrix.cells.values()
        counted = counted_by_day_of(sums)
        return (
            f"Kỳ: {self.period.label} (dương lịch, từ {_day(self.period.start)} "
            f"đến {_day(self.period.end)}); tính theo {counted}; hạn theo kế hoạch; "
            f"tính đến hết ngày {_day(self.as_of)}.{_early(sums)}"
        )


def _early(sums: Collection[Sum]) -> str:
    """What was due before its plan was issued: starred, or unseen among what is summed."""
    outside = f"{OUTSIDE[0].lower()}{OUTSIDE[1:]}"
    if any(each.outside for each in sums):
        return f" Dấu *: {outside}."
    early = sum(each.early for each in sums)
    return f" Có {early} đầu việc {outside}." if early else ""


_DEFAULT_MOMENT = [CountsWhen.APPROVED_PUBLISHED.value]


def counted_by_day_of(sums: Iterable[Sum]) -> str:
    """By which days results count there: ``ngày đăng, ngày gửi``."""
    moments = sorted(frozenset().union(*(each.moments for each in sums))) or _DEFAULT_MOMENT
    return ", ".join(_MOMENTS[CountsWhen(moment)] for moment in moments)


def province_matrix(province: Province, period: Period, as_of: date) -> Table:
    """Agencies × (channel, period); agencies that owe nothing are listed too."""
    return province_table(survey_province(province, period, as_of))


def agency_matrix(agency: Agency, period: Period, as_of: date) -> Table:
    """Units of one agency × (channel, period); the unit is the one whose turn it is."""
    return agency_table(survey_agency(agency, period, as_of))


def survey_province(province: Province, period: Period, as_of: date) -> Survey:
    """Five queries for a whole province, seven while something may wait for an editor."""
    rows = Obligation.objects.filter(province=province).within(period)
    grid = _grid(rows, period, as_of, "agency_id")
    active = Agency.objects.filter(province=province).active_on(period.end)
    there = active.exclude(kind=AgencyKind.PROVINCE).values("pk")
    listed = Agency.objects.filter(Q(pk__in=grid.row_scores) | Q(pk__in=there)).in_order()
    names = names_on(province, period.end)
    page = reverse("reporting:agency-matrix")
    heads = tuple(
        Head(
            pk,
            names.get(pk) or within_province(name, province),
            f"{page}?{_agency_query(code, period, as_of)}",
        )
        for pk, code, name in listed.values_list("pk", "code", "name")
    )
    waived = _waived(rows, period, "agency_id")
    return Survey(period, as_of, heads, grid, _channels(grid), waived)


def survey_agency(agency: Agency, period: Period, as_of: date) -> Survey:
    """Seven queries for one agency, nine while something may wait for an editor."""
    rows = Obligation.objects.filter(agency=agency).within(period)
    obligations = tuple(rows.for_matrix())
    units = {o.unit.pk: o.unit for o in obligations if o.unit}
    units |= {unit.pk: unit for unit in agency.units.active_on(period.end)}
    heads = [
        Head(unit.pk, unit.name)
        for unit in sorted(units.values(), key=lambda unit: (unit.order, unit.pk))
    ]
    if any(o.unit_id is None for o in obligations):
        heads.append(Head(NO_UNIT, "Chưa giao đơn vị"))
    grid = _grid(rows, period, as_of, "unit_id")
    states = measure(obligations, as_of, row=lambda o: o.pk, column=lambda _: 0).states
    waived = _waived(rows, period, "unit_id")
    return Survey(period, as_of, tuple(heads), grid, _channels(grid), waived, obligations, states)


def _grid(rows: ObligationQuerySet, period: Period, as_of: date, by: str) -> Grid:
    """The sums of the obligations by the field ``by`` and their columns."""
    when = "length" if period.kind in _LONG else "period"
    found = summed(rows.annotate(length=LENGTH), as_of, by, "channel_id", when)
    cells = fold((_at(period, *key), each) for key, each in found.items())
    return _placed(cells)


def narrowed(survey: Survey, heads: Iterable[Head]) -> Survey:
    """The survey of these rows alone, in this order, with the totals of these rows."""
    kept = tuple(heads)
    ids = {head.id for head in kept}
    cells = {at: each for at, each in survey.matrix.cells.items() if at[0] in ids}
    return replace(survey, heads=kept, matrix=_placed(cells))


def _placed(cells: Mapping[At, Sum]) -> Grid:
    return Grid(
        cells,
        _scores(cells, lambda at: at[0]),
        _scores(cells, lambda at: at[1]),
        total(cells.values()),
    )


def _waived(rows: ObligationQuerySet, period: Period, by: str) -> dict[At, tuple[str, ...]]:
    """Why obligations were waived, by cell; one query."""
    when = "length" if period.kind in _LONG else "period"
    waived = rows.annotate(length=LENGTH).filter(waived_at__isnull=False).order_by("due_on", "id")
    found: dict[At, tuple[str, ...]] = {}
    for reason, *key in waived.values_list("waived_reason", by, "channel_id", when):
        at = _at(period, *key)
        found[at] = (*found.get(at, ()), reason)
    return found


def _at(period: Period, row: int | None, channel_id: int | None, code: str) -> At:
    """The cell; weeks stand one by one in their month only."""
    week = period.kind is PeriodKind.QUARTER and code[5:6] == "W"
    return row or NO_UNIT, (channel_id or 0, "W" if week else code)


def _scores(cells: Mapping[At, Sum], part: Callable[[At], K]) -> dict[K, Score]:
    """The cells' scores by a part of their place."""
    found: defaultdict[K, list[Sum]] = defaultdict(list)
    for at, each in cells.items():
        found[part(at)].append(each)
    return {key: total(sums) for key, sums in found.items()}


def _channels(grid: Grid) -> tuple[Channel, ...]:
    """The channels of the columns; one query."""
    ids = {channel_id for channel_id, _ in grid.column_scores}
    return tuple(Channel.objects.filter(pk__in=ids).order_by("order", "code", "pk"))


def province_table(survey: Survey) -> Table:
    """The province's matrix as a table."""
    title = f"Kết quả theo cơ quan và định mức, {survey.period.label}"
    empty = "Tỉnh chưa có cơ quan nào trong kỳ này."
    return _table(survey, "province", title, "Cơ quan", empty)


def agency_table(survey: Survey) -> Table:
    """One agency's matrix as a table."""
    title = f"Kết quả theo đơn vị và định mức, {survey.period.label}"
    return _table(survey, "agency", title, "Đơn vị", "Cơ quan chưa khai báo đơn vị nào.")


def place(obligation: Obligation, period: Period) -> Place:
    """The column in which an obligation stands in the matrix of a period."""
    code = obligation.period[5:6] if period.kind in _LONG else obligation.period
    return _at(period, NO_UNIT, obligation.channel_id, code)[1]


def channel_name(obligation: Obligation) -> str:
    """The heading over the obligation's columns."""
    return obligation.channel.short_name if obligation.channel else NO_CHANNEL


def is_outside(obligation: Obligation) -> bool:
    """Whether it is shown but not summed (REGULATIONS §4, last paragraph)."""
    return obligation.before_issue and not obligation.plan.count_before_issue


def names_on(province: Province, day: date) -> dict[int, str]:
    """What each agency of the province was called that day, without the province's own name."""
    names = AgencyName.objects.filter(agency__province=province).on(day)
    return {
        agency_id: within_province(name, province)
        for agency_id, name in names.values_list("agency_id", "name")
    }


def within_province(name: str, province: Province) -> str:
    """``Sở Nội vụ tỉnh Sóc Trăng`` is ``Sở Nội vụ`` to its own province.

    A people's committee or council stays one of the province: ``Ủy ban nhân dân tỉnh``.
    """
    short = name.removesuffix(f" tỉnh {province.name}")
    kept = short != name and short.endswith("nhân dân")
    return f"{short} tỉnh" if kept else short


def obligation_address(obligation_id: int) -> str:
    """The page of one obligation."""
    return numbered("outreach:obligation-detail", obligation_id)


def agency_address(code: str, period: Period, as_of: date) -> str:
    """The agency's own page for the same period and day."""
    return f"{plain('reporting:agency-matrix')}?{_agency_query(code, period, as_of)}"


def _agency_query(code: str, period: Period, as_of: date) -> str:
    return urlencode({"co-quan": code, "ky": period.code, "den-ngay": _day(as_of)})


def score_cells(score: Score) -> tuple[Cell, Cell, Cell]:
    """Done and on time beside what was expected, and the share: never a bare percentage."""
    if score.expected == 0:
        return Cell(NOT_OWED), Cell(NOT_OWED), Cell()
    return (
        Cell(Ratio(score.done, score.expected)),
        Cell(Ratio(score.met, score.expected)),
        Cell(percent(score.done, score.expected)),
    )


def _table(survey: Survey, key: str, title: str, head: str, empty: str) -> Table:
    columns = tuple(_columns(survey))
    places = [place for place, _ in columns]
    shown = (
        Column("name", head, width=26),
        *(column for _, column in columns),
        Column("done", "Hoàn thành", Kind.RATIO, 9, group="Đầu việc theo kỳ"),
        Column("on_time", "Đúng hạn", Kind.RATIO, 9, group="Đầu việc theo kỳ"),
        Column("share", "Tỷ lệ", Kind.PERCENT, 13, group="Đầu việc theo kỳ"),
    )
    rows = [_row(survey, line, places) for line in survey.heads]
    if rows:
        rows.append(_total(survey.matrix, places))
    return Table(key, title, survey.clock, shown, tuple(rows), empty)


def _columns(survey: Survey) -> Iterator[tuple[Place, Column]]:
    """Every column once, channels as the province ranks them, each from short to long periods."""
    codes: defaultdict[int, list[str]] = defaultdict(list)
    for channel_id, code in survey.matrix.column_scores:
        codes[channel_id].append(code)
    names = {channel.pk: channel.short_name for channel in survey.channels} | {0: NO_CHANNEL}
    for channel_id, name in names.items():
        for code in sorted(codes[channel_id], key=_length_order):
            title = _GATHERED[code] if code in _GATHERED else Period.parse(code).short_label
            column = Column(f"{channel_id}:{code}", title, Kind.RATIO, 9, group=name)
            yield (channel_id, code), column


def _length_order(code: str) -> tuple[int, Period | None]:
    return (_LETTERS.index(code), None) if code in _GATHERED else (-1, Period.parse(code))


def _row(survey: Survey, head: Head, places: Iterable[Place]) -> Row:
    cells = (_cell(survey, head, (head.id, place)) for place in places)
    return Row((Cell(head.name, href=head.href), *cells, *score_cells(survey.score(head))))


def _cell(survey: Survey, head: Head, at: At) -> Cell:
    each = survey.matrix.cells.get(at)
    if each is None:
        return Cell(NOT_OWED)
    value = Ratio(each.done, each.required)
    state = each.state
    href = obligation_address(each.first_id) if each.size == 1 else f"{head.href}{LINES_ANCHOR}"
    if each.outside:
        return Cell(value, mark=f"{state.label}*", href=href, note=OUTSIDE)
    if state is Compliance.WAIVED:
        note = f"Được miễn: {'; '.join(survey.waived[at])}"
    else:
        note = _due(each)
    return Cell(value, state.value, state.label, href, note)


def _due(each: Sum) -> str:
    first, last = _day(each.due_first), _day(each.due_last)
    if each.size == 1:
        return f"Hạn {first}"
    span = f"hạn {first}" if first == last else f"hạn từ {first} đến {last}"
    return f"{each.size} đầu việc, {span}"


def _total(grid: Grid, places: Iterable[Place]) -> Row:
    scores = (grid.column_scores[place] for place in places)
    cells = (Cell(Ratio(score.done, score.expected)) for score in scores)
    title = "Tổng cộng (đầu việc hoàn thành)"
    return Row((Cell(title), *cells, *score_cells(grid.total)), Level.TOTAL)


@cache
def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
