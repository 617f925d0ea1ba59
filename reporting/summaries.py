"""A country's years by province, from what was counted for each province in the night.

The live count is the truth: :func:`live` makes it, :func:`differences` holds a summary against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.urls import reverse

from agencies.models import Province
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display, percent
from outreach import sums
from outreach.compliance import Score
from plans.models import Obligation
from plans.periods import Period, PeriodKind
from reporting.models import ProvinceSummary

OUTCOMES = ("expected", "met", "met_late", "missed", "pending", "not_due", "waived", "outside")
LONGER = "Kỳ dài hơn"
_NOT_APPLICABLE = "không áp dụng"
_EMPTY = "Không có tỉnh nào."

# A period's code, the day it was counted for, and the score.
_Kept = tuple[str, date, Score]


@dataclass(frozen=True, slots=True)
class Line:
    """One province in a period: its score, that of each shorter period, and the day of both.

    ``day`` is None while nothing was counted for the province.
    """

    province: Province
    day: date | None
    score: Score
    parts: tuple[Score, ...]
    longer: Score


@dataclass(frozen=True, slots=True)
class Country:
    """Provinces in a period, the one that misses most first; ``parts`` are its shorter periods."""

    period: Period
    parts: tuple[Period, ...]
    lines: tuple[Line, ...]

    @property
    def total(self) -> Score:
        """All provinces together."""
        return _sum(line.score for line in self.lines)

    @property
    def clock(self) -> str:
        """Which period, which days, which clock, counted when: printed with every table."""
        return (
            f"Kỳ: {self.period.label} (dương lịch, từ {display(self.period.start)} đến "
            f"{display(self.period.end)}); hạn theo kế hoạch; số liệu tổng hợp hằng đêm, "
            f"{self._days}."
        )

    @property
    def _days(self) -> str:
        days = sorted({line.day for line in self.lines if line.day})
        if not days:
            return "chưa có lần nào"
        if len(days) == 1:
            return f"tính đến hết ngày {display(days[0])}"
        return f"từng tỉnh tính đến hết ngày ghi ở cột cuối, cũ nhất là {display(days[0])}"


def years(province: Province) -> list[int]:
    """The years in which something of the province ends, and those that were counted before.

    What was counted of a year in which nothing is owed any more goes with the next count.
    """
    ends = Obligation.objects.filter(province=province).aggregate(
        first=Min("window_end"), last=Max("window_end")
    )
    owed = range(ends["first"].year, ends["last"].year + 1) if ends["first"] else range(0)
    kept = ProvinceSummary.objects.filter(province=province).values_list("year", flat=True)
    return sorted({*owed, *kept.order_by().distinct()})


def live(province: Province, year: int, as_of: date) -> dict[str, Score]:
    """The score of each period code that ends in the year, counted now from the obligations."""
    owed = Obligation.objects.filter(province=province).within(Period(PeriodKind.YEAR, year))
    return {code: each.score for (code,), each in sums.summed(owed, as_of, "period").items()}


def score_of(row: ProvinceSummary) -> Score:
    """What was counted, as a score."""
    return Score(**{name: getattr(row, name) for name in OUTCOMES})


def differences(province: Province, year: int) -> list[str]:
    """What the summary of a year says otherwise than the live count of the same day."""
    rows = {row.period: row for row in ProvinceSummary.objects.filter(province=province, year=year)}
    days = {row.as_of for row in rows.values()}
    if len(days) > 1:
        return [f"{province.code} {year}: các kỳ không cùng một ngày tổng hợp"]
    if not days:
        owed = Obligation.objects.filter(province=province)
        is_owed = owed.within(Period(PeriodKind.YEAR, year)).exists()
        return [f"{province.code} {year}: chưa tổng hợp"] if is_owed else []
    counted = live(province, year, days.pop())
    told = {code: score_of(row) for code, row in rows.items()}
    return [
        f"{province.code} {code}: tổng hợp {told.get(code)}, đếm lại {counted.get(code)}"
        for code in sorted(set(told) | set(counted))
        if told.get(code) != counted.get(code)
    ]


def country(provinces: Iterable[Province], period: Period) -> Country:
    """The provinces in a period; one query."""
    listed = {province.pk: province for province in provinces}
    rows = ProvinceSummary.objects.filter(year=period.year, province__in=listed)
    kept: dict[int, list[_Kept]] = {pk: [] for pk in listed}
    for pk, code, day, *outcomes in rows.values_list("province", "period", "as_of", *OUTCOMES):
        kept[pk].append((code, day, Score(*outcomes)))
    parts = _parts(period)
    places = _places({row[0] for each in kept.values() for row in each}, period, parts)
    lines = [_line(province, kept[pk], places, len(parts)) for pk, province in listed.items()]
    return Country(period, parts, tuple(sorted(lines, key=_worst_first)))


def country_table(found: Country) -> Table:
    """Provinces × outcomes."""
    columns = (
        Column("province", "Tỉnh", width=20),
        Column("expected", "Phải thực hiện", Kind.INTEGER, 9),
        Column("done", "Số đầu việc", Kind.RATIO, 13, "Hoàn thành"),
        Column("done_share", "Tỷ lệ", Kind.PERCENT, 8, "Hoàn thành"),
        Column("on_time", "Số đầu việc", Kind.RATIO, 13, "Đúng hạn"),
        Column("on_time_share", "Tỷ lệ", Kind.PERCENT, 8, "Đúng hạn"),
        *(Column(name, title, Kind.INTEGER, 9, "Trong đó") for name, title in _OTHERS),
        Column("waived", "Được miễn", Kind.INTEGER, 9, "Ngoài mẫu số"),
        Column("as_of", "Tính đến ngày", Kind.DATE, 11),
    )
    rows = [_row(_name(line.province, found.period), line.score, line.day) for line in found.lines]
    if rows:
        rows.append(_row(Cell("Cộng"), found.total, None, Level.TOTAL))
    title = f"Kết quả theo tỉnh, {found.period.label}"
    return Table("country", title, found.clock, columns, tuple(rows), _EMPTY)


def parts_table(found: Country) -> Table:
    """Provinces × the shorter periods of the period: done beside expected."""
    group = "Hoàn thành / phải thực hiện"
    columns = (
        Column("province", "Tỉnh", width=22),
        *(Column(part.code, part.short_label, Kind.RATIO, 12, group) for part in found.parts),
        Column("longer", LONGER, Kind.RATIO, 12, group),
    )
    rows = [
        Row((_name(line.province, found.period), *map(_ratio, (*line.parts, line.longer))))
        for line in found.lines
    ]
    if rows:
        whole = (
            *(_sum(line.parts[at] for line in found.lines) for at in range(len(found.parts))),
            _sum(line.longer for line in found.lines),
        )
        rows.append(Row((Cell("Cộng"), *map(_ratio, whole)), Level.TOTAL))
    title = f"Hoàn thành theo từng kỳ, {found.period.label}"
    return Table("parts", title, found.clock, columns, tuple(rows), _EMPTY)


_OTHERS = (
    ("met_late", "Đạt trễ hạn"),
    ("missed", "Chưa đạt"),
    ("pending", "Chờ duyệt"),
    ("not_due", "Chưa đến hạn"),
)


def _parts(period: Period) -> tuple[Period, ...]:
    """Quarters of what is longer than a quarter, months of a quarter, nothing of a month."""
    if period.kind is PeriodKind.MONTH:
        return ()
    if period.kind is PeriodKind.QUARTER:
        return period.months
    return tuple(dict.fromkeys(Period.of(PeriodKind.QUARTER, m.start) for m in period.months))


def _places(codes: set[str], period: Period, parts: tuple[Period, ...]) -> dict[str, int]:
    """In which part of the period each code lies, -1 for a longer one; others are left out."""
    inside = {code: own for code in codes if _lies_in(own := Period.parse(code), period)}
    return {
        code: next((at for at, part in enumerate(parts) if _lies_in(own, part)), -1)
        for code, own in inside.items()
    }


def _line(province: Province, rows: Sequence[_Kept], places: Mapping[str, int], parts: int) -> Line:
    found = [Score() for _ in range(parts + 1)]  # the last one: longer periods
    for code, _, score in rows:
        if code in places:
            found[places[code]] += score
    day = min((day for _, day, _ in rows), default=None)
    return Line(province, day, _sum(found), tuple(found[:-1]), found[-1])


def _lies_in(own: Period, period: Period) -> bool:
    """As ``ObligationQuerySet.within`` says: a week belongs to the period in which it ends."""
    return period.start - timedelta(days=7) < own.start and period.contains(own.end)


def _sum(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())


def _worst_first(line: Line) -> tuple[bool, float, str]:
    """The smallest share done; who owes nothing comes last."""
    score = line.score
    share = score.done / score.expected if score.expected else 0.0
    return score.expected == 0, share, line.province.name


def _name(province: Province, period: Period) -> Cell:
    """Leads to the province's own page, where everything is counted now."""
    query = urlencode({"tinh": province.code, "ky": period.code})
    return Cell(province.name, href=f"{reverse('reporting:province-matrix')}?{query}")


def _row(name: Cell, score: Score, day: date | None, level: Level = Level.BODY) -> Row:
    day_cell = Cell(day) if day or level is Level.TOTAL else Cell("chưa có")
    return Row(
        (
            name,
            Cell(score.expected),
            _ratio(score, score.done),
            _share(score, score.done),
            _ratio(score, score.met),
            _share(score, score.met),
            *(Cell(getattr(score, outcome)) for outcome, _ in _OTHERS),
            Cell(score.waived),
            day_cell,
        ),
        level,
    )


def _ratio(score: Score, part: int | None = None) -> Cell:
    """Nothing of nothing is no score."""
    if not score.expected:
        return Cell(_NOT_APPLICABLE)
    return Cell(Ratio(score.done if part is None else part, score.expected))


def _share(score: Score, part: int) -> Cell:
    return Cell(percent(part, score.expected) if score.expected else "–")
