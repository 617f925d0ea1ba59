"""The scores of a province's year as one table: agencies × criteria, sums and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from agencies.models import Agency, Province
from cchc.lib.tables import Cell, Column, Kind, Ratio, Row, Table, display, percent
from reporting.matrices import names_on, within_province
from reporting.models import AgencyScore, ScoreCriterion
from reporting.models.score import Measure
from reporting.score_facts import scored_agencies
from reporting.scoring import CENT, ranked, shown, total

NOT_SCORED = "chưa chấm"
NOTHING = "–"
CHANGED = "điều chỉnh"
_CLOCK = (
    "Năm {year} (dương lịch). {days}Kết quả là điểm thẩm định; tiêu chí chưa thẩm định lấy điểm "
    "tự chấm, khi đó xếp hạng là tạm thời. Tiêu chí không áp dụng không tính vào điểm tối đa; xếp "
    "hạng theo tỷ lệ trên điểm tối đa, bằng nhau thì cùng hạng. Điểm làm tròn đến 0,01."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One agency: its scores by criterion; ``place`` is None while it has none."""

    agency: Agency
    name: str
    scores: Mapping[int, AgencyScore]
    place: int | None = None

    @property
    def maximum(self) -> Decimal:
        """Of the criteria that apply."""
        return total(score.criterion.maximum for score in self._applying)

    @property
    def own(self) -> Decimal:
        """What the agency gave itself."""
        return total(score.self_points for score in self._applying)

    @property
    def result(self) -> Decimal:
        """The appraiser's points, and the agency's own where nobody has appraised."""
        return total(score.standing_points for score in self._applying)

    @property
    def is_final(self) -> bool:
        """Whether all that applies was appraised."""
        return all(score.appraised_at is not None for score in self._applying)

    @property
    def _applying(self) -> list[AgencyScore]:
        return [score for score in self.scores.values() if score.applies]


@dataclass(frozen=True, slots=True)
class Overview:
    """All scores of a year, agencies in protocol order."""

    province: Province
    year: int
    criteria: tuple[ScoreCriterion, ...]
    lines: tuple[Line, ...]

    @property
    def unscored(self) -> int:
        """How many agencies lack the points of some criterion."""
        return sum(len(line.scores) < len(self.criteria) for line in self.lines)

    @property
    def scored(self) -> int:
        """How many agencies have all their points."""
        return len(self.lines) - self.unscored

    @property
    def appraised(self) -> int:
        """How many agencies were appraised by every criterion that applies to them."""
        return sum(bool(line.scores) and line.is_final for line in self.lines)

    def by_place(self) -> tuple[Line, ...]:
        """The best first; who has no place last."""
        return tuple(sorted(self.lines, key=lambda line: (line.place is None, line.place or 0)))


def overview(province: Province, year: int) -> Overview:
    """Four queries for a whole province."""
    criteria = tuple(ScoreCriterion.objects.of_year(province, year))
    by_pk = {criterion.pk: criterion for criterion in criteria}
    found: dict[int, dict[int, AgencyScore]] = {}
    for score in AgencyScore.objects.filter(criterion__in=by_pk).order_by("criterion__order"):
        score.criterion = by_pk[score.criterion_id]
        found.setdefault(score.agency_id, {})[score.criterion_id] = score
    names = names_on(province, date(year, 12, 31))
    lines = [
        Line(
            agency,
            names.get(agency.pk) or within_province(agency.name, province),
            found.get(agency.pk, {}),
        )
        for agency in scored_agencies(province, year)
    ]
    places = ranked({line.agency.pk: (line.result, line.maximum) for line in lines})
    placed = (
        Line(line.agency, line.name, line.scores, places.get(line.agency.pk)) for line in lines
    )
    return Overview(province, year, criteria, tuple(placed))


def table(found: Overview, *, by_place: bool = False) -> Table:
    """The overview, in protocol order or by place."""
    lines = found.by_place() if by_place else found.lines
    return Table(
        "scores",
        f"Điểm công tác tuyên truyền cải cách hành chính năm {found.year}",
        clock(found),
        tuple(_columns(found.criteria)),
        tuple(_row(place, line, found) for place, line in enumerate(lines, start=1)),
        "Tỉnh chưa có cơ quan nào trong năm này.",
    )


def clock(found: Overview) -> str:
    """Which year, until which days, and how it is added up."""
    days = sorted({score.as_of for line in found.lines for score in line.scores.values()})
    told = ""
    if days:
        told = f"Số liệu tính đến hết ngày {display(days[0])}"
        told += f" – {display(days[-1])} (từng cơ quan). " if len(days) > 1 else ". "
    return _CLOCK.format(year=found.year, days=told)


def sheet_address(agency: Agency, year: int) -> str:
    """The page of one agency's scores."""
    return reverse("reporting:score-sheet", args=[agency.pk, year])


def points_of(number: Decimal) -> Decimal:
    """Points as they are added and shown, in hundredths."""
    return number.quantize(CENT)


def _columns(criteria: Iterable[ScoreCriterion]) -> Iterator[Column]:
    yield Column("stt", "STT", Kind.INTEGER, 5)
    yield Column("name", "Cơ quan", width=24)
    yield Column("place", "Xếp hạng", Kind.INTEGER, 8)
    group = "Tổng điểm"
    yield Column("result", "Kết quả", Kind.POINTS, 8, group)
    yield Column("own", "Tự chấm", Kind.POINTS, 8, group)
    yield Column("maximum", "Tối đa", Kind.POINTS, 7, group)
    yield Column("share", "Tỷ lệ", Kind.PERCENT, 8, group)
    for criterion in criteria:
        group = f"{criterion} (tối đa {shown(criterion.maximum)})"
        key = f"criterion-{criterion.pk}"
        if criterion.measure == Measure.COMPLETION:
            yield Column(f"{key}-found", "Hoàn thành", Kind.RATIO, 9, group)
        else:
            yield Column(f"{key}-found", "Số kết quả", Kind.INTEGER, 7, group)
        yield Column(f"{key}-own", "Tự chấm", Kind.POINTS, 8, group)
        yield Column(f"{key}-given", "Thẩm định", Kind.POINTS, 8, group)


def _row(number: int, line: Line, found: Overview) -> Row:
    name = Cell(line.name, href=sheet_address(line.agency, found.year))
    scores = (line.scores.get(criterion.pk) for criterion in found.criteria)
    blank = NOT_SCORED if line.scores else NOTHING
    cells = (cell for score in scores for cell in _criterion(score, blank))
    return Row((Cell(number), name, *_sums(line), *cells))


def _sums(line: Line) -> tuple[Cell, ...]:
    if not line.maximum:
        return (Cell(NOTHING if line.scores else NOT_SCORED), *(Cell(NOTHING) for _ in range(4)))
    result, most = points_of(line.result), points_of(line.maximum)
    return (
        Cell(line.place, mark="" if line.is_final else "tạm"),
        Cell(result),
        Cell(points_of(line.own)),
        Cell(most),
        Cell(percent(int(result * 100), int(most * 100))),
    )


def _criterion(score: AgencyScore | None, blank: str) -> list[Cell]:
    if score is None:
        return [Cell(blank), Cell(NOTHING), Cell(NOTHING)]
    if score.criterion.measure == Measure.COMPLETION:
        counted = Cell(Ratio(score.done, score.expected), note=score.formula)
    else:
        counted = Cell(score.done, note=score.formula)
    own = Cell(points_of(score.self_points) if score.expected else NOTHING, note=score.self_note)
    return [counted, own, _given(score)]


def _given(score: AgencyScore) -> Cell:
    if score.appraised_points is None:
        return Cell(NOTHING)
    return Cell(
        points_of(score.appraised_points),
        mark=CHANGED if score.is_changed else "",
        note=score.appraised_reason,
    )


def facts(line: Line) -> dict[str, Any]:
    """The sums of one agency, as its page shows them."""
    return {
        "maximum": shown(points_of(line.maximum)),
        "own": shown(points_of(line.own)),
        "result": shown(points_of(line.result)),
        "is_final": bool(line.scores) and line.is_final,
    }
