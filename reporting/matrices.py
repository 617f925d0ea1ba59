"""Matrices of the screen and of the reports: who owes what in a period, and how far it is.

A :class:`Survey` is read with a constant number of queries; every table is placed from it.
Clock (a) of REGULATIONS §2 chooses the obligations, clock (b) decides what is late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from agencies.models import Agency, AgencyName, Province
from agencies.models.agency import AgencyKind
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, percent
from outreach.compliance import Compliance, Matrix, MatrixCell, Score
from outreach.tallies import measure
from plans.models import Obligation
from plans.models.quota import CountsWhen
from plans.periods import Period

# Where an obligation stands: its channel (0 without one) and its own period.
Place = tuple[int, str]

NO_UNIT = 0
NOT_OWED = "–"
OUTSIDE = "Đến hạn trước khi kế hoạch ban hành, không tính vào mẫu số"
LINES_ANCHOR = "#caption-obligations"
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
class Survey:
    """All obligations of a period, measured on one day; ``heads`` are the rows in order."""

    period: Period
    as_of: date
    heads: tuple[Head, ...]
    obligations: tuple[Obligation, ...]
    matrix: Matrix[int, Place]

    def state(self, obligation: Obligation) -> Compliance:
        """The state of one obligation on that day."""
        return self.matrix.states[obligation.pk]

    def score(self, head: Head) -> Score:
        """The score of one row; zeros when it owes nothing."""
        return self.matrix.row_scores.get(head.id, Score())

    @property
    def clock(self) -> str:
        """Which period, which days, which clock, which day: printed with every table."""
        moments = sorted({o.counts_when for o in self.obligations}) or ["approved_published"]
        counted = ", ".join(_MOMENTS[CountsWhen(moment)] for moment in moments)
        starred = any(is_outside(obligation) for obligation in self.obligations)
        return (
            f"Kỳ: {self.period.label} (dương lịch, từ {_day(self.period.start)} "
            f"đến {_day(self.period.end)}); tính theo {counted}; hạn theo kế hoạch; "
            f"tính đến hết ngày {_day(self.as_of)}."
            + (f" Dấu *: {OUTSIDE[0].lower()}{OUTSIDE[1:]}." if starred else "")
        )


def province_matrix(province: Province, period: Period, as_of: date) -> Table:
    """Agencies × (channel, period); agencies that owe nothing are listed too."""
    return province_table(survey_province(province, period, as_of))


def agency_matrix(agency: Agency, period: Period, as_of: date) -> Table:
    """Units of one agency × (channel, period); the unit is the one whose turn it is."""
    return agency_table(survey_agency(agency, period, as_of))


def survey_province(province: Province, period: Period, as_of: date) -> Survey:
    """Five queries for a whole province."""
    rows = Obligation.objects.filter(province=province).within(period).for_matrix()
    obligations = tuple(rows)
    owing = {o.agency_id: o.agency for o in obligations}
    active = Agency.objects.filter(province=province).active_on(period.end)
    listed = owing | {a.pk: a for a in active.exclude(kind=AgencyKind.PROVINCE)}
    names = names_on(province, period.end)
    heads = tuple(
        Head(a.pk, names.get(a.pk, a.name), agency_address(a.code, period, as_of))
        for a in sorted(listed.values(), key=lambda a: (a.order, a.code))
    )
    matrix = measure(obligations, as_of, row=lambda o: o.agency_id, column=place)
    return Survey(period, as_of, heads, obligations, matrix)


def survey_agency(agency: Agency, period: Period, as_of: date) -> Survey:
    """Four queries for one agency."""
    rows = Obligation.objects.filter(agency=agency).within(period).for_matrix()
    obligations = tuple(rows)
    units = {o.unit.pk: o.unit for o in obligations if o.unit}
    units |= {unit.pk: unit for unit in agency.units.active_on(period.end)}
    heads = [
        Head(unit.pk, unit.name)
        for unit in sorted(units.values(), key=lambda unit: (unit.order, unit.pk))
    ]
    if any(o.unit_id is None for o in obligations):
        heads.append(Head(NO_UNIT, "Chưa giao đơn vị"))
    matrix = measure(obligations, as_of, row=lambda o: o.unit_id or NO_UNIT, column=place)
    return Survey(period, as_of, tuple(heads), obligations, matrix)


def province_table(survey: Survey) -> Table:
    """The province's matrix as a table."""
    title = f"Kết quả theo cơ quan và định mức, {survey.period.label}"
    empty = "Tỉnh chưa có cơ quan nào trong kỳ này."
    return _table(survey, "province", title, "Cơ quan", empty)


def agency_table(survey: Survey) -> Table:
    """One agency's matrix as a table."""
    title = f"Kết quả theo đơn vị và định mức, {survey.period.label}"
    return _table(survey, "agency", title, "Đơn vị", "Cơ quan chưa khai báo đơn vị nào.")


def place(obligation: Obligation) -> Place:
    """The column in which an obligation stands."""
    return obligation.channel_id or 0, obligation.period


def channel_name(obligation: Obligation) -> str:
    """The heading over the obligation's columns."""
    return obligation.channel.short_name if obligation.channel else "Nhiệm vụ khác"


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
    return reverse("outreach:obligation-detail", args=[obligation_id])


def agency_address(code: str, period: Period, as_of: date) -> str:
    """The agency's own page for the same period and day."""
    query = urlencode({"co-quan": code, "ky": period.code, "den-ngay": _day(as_of)})
    return f"{reverse('reporting:agency-matrix')}?{query}"


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
    places = _places(survey.obligations)
    columns = (
        Column("name", head, width=26),
        *(_column(obligation) for obligation in places.values()),
        Column("done", "Hoàn thành", Kind.RATIO, 9, group="Đầu việc theo kỳ"),
        Column("on_time", "Đúng hạn", Kind.RATIO, 9, group="Đầu việc theo kỳ"),
        Column("share", "Tỷ lệ", Kind.PERCENT, 9, group="Đầu việc theo kỳ"),
    )
    due = {o.pk: o for o in survey.obligations}
    rows = [_row(survey, line, places, due) for line in survey.heads]
    if rows:
        rows.append(_total(survey.matrix, places))
    return Table(key, title, survey.clock, columns, tuple(rows), empty)


def _places(obligations: Iterable[Obligation]) -> dict[Place, Obligation]:
    """Every column once, channels as the province ranks them, each from short to long periods."""
    found = {place(o): o for o in obligations}
    return dict(sorted(found.items(), key=lambda item: _place_order(item[1])))


def _place_order(obligation: Obligation) -> tuple[int, int, str, Period]:
    channel = obligation.channel
    period = Period.parse(obligation.period)
    return (0, channel.order, channel.code, period) if channel else (1, 0, "", period)


def _column(obligation: Obligation) -> Column:
    channel_id, code = place(obligation)
    title = Period.parse(code).short_label
    return Column(f"{channel_id}:{code}", title, Kind.RATIO, 9, group=channel_name(obligation))


def _row(survey: Survey, head: Head, places: Iterable[Place], due: dict[int, Obligation]) -> Row:
    cells = (_cell(survey.matrix.cells.get((head.id, column)), head, due) for column in places)
    return Row((Cell(head.name, href=head.href), *cells, *score_cells(survey.score(head))))


def _cell(cell: MatrixCell | None, head: Head, due: dict[int, Obligation]) -> Cell:
    if cell is None:
        return Cell(NOT_OWED)
    value = Ratio(cell.done, cell.required)
    single = len(cell.obligation_ids) == 1
    first = cell.obligation_ids[0]
    href = obligation_address(first) if single else f"{head.href}{LINES_ANCHOR}"
    if cell.outside:
        return Cell(value, mark=f"{cell.state.label}*", href=href, note=OUTSIDE)
    note = "Hạn " + ", ".join(sorted(_day(due[pk].due_on) for pk in cell.obligation_ids))
    if cell.state is Compliance.WAIVED:
        note = "Được miễn: " + "; ".join(due[pk].waived_reason for pk in cell.obligation_ids)
    return Cell(value, cell.state.value, cell.state.label, href, note)


def _total(matrix: Matrix[int, Place], places: Iterable[Place]) -> Row:
    scores = (matrix.column_scores[column] for column in places)
    cells = (Cell(Ratio(score.done, score.expected)) for score in scores)
    title = "Tổng cộng (đầu việc hoàn thành)"
    return Row((Cell(title), *cells, *score_cells(matrix.total)), Level.TOTAL)


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
