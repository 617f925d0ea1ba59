"""The figures of a period report: what was due and what was done in a span of days.

Clock (c) of REGULATIONS §2: an obligation belongs to the report whose days hold its due date, an
article to the one whose days hold the day on which it counts. Both are read as of the cut-off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import Agency, Unit
from outreach.compliance import Score
from outreach.kinds import HELD_KINDS
from outreach.models import Explanation, Placement
from outreach.tallies import measure
from outreach.workflow import State
from plans.models import Obligation
from plans.periods import DateSpan
from reporting.matrices import channel_name
from reporting.models import PeriodReport, ReportFigure, ReportPeriod, ReportRound

OUTCOMES = ("expected", "met", "met_late", "missed", "pending", "not_due", "waived", "outside")
UNASSIGNED = "Chưa giao đơn vị"
UNNAMED = "Nhiệm vụ chưa đặt tên"
TOTAL = "Tổng cộng"
# The place of a line among those of its group, and its name.
Name = tuple[int, str]
_LAST = 1_000_000
_NO_TASK = (0, "")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is about, its name, articles and meetings, and obligations by outcome."""

    group: str
    label: str
    pieces: int
    score: Score
    explained: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The lines of one span; the first is the total.

    ``explained`` are the obligations that were explained and count as missed or late; frozen
    figures no longer know which.
    """

    span: DateSpan
    lines: tuple[Line, ...]
    explained: frozenset[int] = frozenset()

    @property
    def total(self) -> Line:
        """The line of everything."""
        return self.lines[0]

    def of(self, group: str) -> tuple[Line, ...]:
        """The lines about units, channels or tasks, in their order."""
        return tuple(line for line in self.lines if line.group == group)


def of_report(report: PeriodReport) -> dict[str, Figures]:
    """What the records say now: the period's own days, and since the year began."""
    return of_period(report.period, report.agency, report.unit)


def of_period(period: ReportPeriod, agency: Agency, unit: Unit | None) -> dict[str, Figures]:
    """The same of any agency, or of one of its units."""
    return {
        "period": gather(agency, unit, period.window),
        "year": gather(agency, unit, period.cumulative),
    }


def gather(agency: Agency, unit: Unit | None, span: DateSpan) -> Figures:
    """The figures of one span; a constant number of queries.

    A unit's own have no lines by unit: its joint work stands under the unit that leads it.
    """
    rows = Obligation.objects.filter(agency=agency).due_in(span)
    if unit is not None:
        rows = rows.filter(unit=unit)
    obligations = list(rows.for_matrix())
    states = measure(obligations, span.end, row=lambda o: o.pk, column=lambda o: o.pk)
    scores = states.row_scores
    explained = _explained(obligations, scores)
    placements = _placements(agency, unit, span)
    lines = [_line("total", TOTAL, obligations, scores, explained, len(placements))]
    groups: tuple[tuple[str, Callable[[Obligation], Name], Callable[[Placement], Name]], ...] = (
        ("unit", lambda o: _unit_name(o.unit), lambda p: _unit_name(p.activity.unit)),
        ("channel", _channel_name, lambda p: (p.channel.order, p.channel.short_name)),
        ("task", _task_name, lambda p: _NO_TASK),
    )
    for group, of_obligation, of_placement in groups[0 if unit is None else 1 :]:
        owed = [of_obligation(obligation) for obligation in obligations]
        done = [of_placement(placement)[1] for placement in placements]
        named = sorted({*owed, *(of_placement(placement) for placement in placements)})
        for name in dict.fromkeys(name for _, name in named if name):
            chosen = [o for o, (_, its) in zip(obligations, owed, strict=True) if its == name]
            lines.append(_line(group, name, chosen, scores, explained, done.count(name)))
    return Figures(span, tuple(lines), explained)


def counted_on(placement: Placement) -> date | None:
    """The day on which it is told: when it was held, else when it stood approved on its channel."""
    if placement.activity.kind in HELD_KINDS:
        return placement.activity.held_on
    if placement.decided_on is None or placement.published_on is None:
        return None
    return max(placement.decided_on, placement.published_on)


def _placements(agency: Agency, unit: Unit | None, span: DateSpan) -> list[Placement]:
    days = (span.start, span.end)
    rows = Placement.objects.filter(
        Q(published_on__range=days) | Q(decided_on__range=days) | Q(activity__held_on__range=days),
        agency=agency,
        state=State.PUBLISHED,
    ).select_related("activity__unit", "channel")
    if unit is not None:
        rows = rows.filter(Q(activity__unit=unit) | Q(activity__joint_units=unit)).distinct()
    told = ((placement, counted_on(placement)) for placement in rows.order_by("id"))
    return [placement for placement, day in told if day is not None and span.contains(day)]


def _explained(obligations: Sequence[Obligation], scores: Mapping[int, Score]) -> frozenset[int]:
    """Which of those that count as missed or late were explained."""
    lapsed = [o.pk for o in obligations if scores[o.pk].missed or scores[o.pk].met_late]
    rows = Explanation.objects.filter(obligation__in=lapsed)
    return frozenset(rows.values_list("obligation", flat=True))


def _line(
    group: str,
    label: str,
    obligations: Iterable[Obligation],
    scores: Mapping[int, Score],
    explained: frozenset[int],
    pieces: int,
) -> Line:
    chosen = list(obligations)
    score = sum((scores[o.pk] for o in chosen), Score())
    return Line(group, label, pieces, score, sum(1 for o in chosen if o.pk in explained))


def _task_name(obligation: Obligation) -> Name:
    """``4.1. Viết tin, bài``; its title alone where the plan does not number it."""
    task = obligation.task
    name = ". ".join(part for part in (task.code.rstrip(". "), task.title.strip()) if part)
    return task.order, name or UNNAMED


def _unit_name(unit: Unit | None) -> Name:
    return (unit.order, unit.name) if unit else (_LAST, UNASSIGNED)


def _channel_name(obligation: Obligation) -> Name:
    order = obligation.channel.order if obligation.channel else _LAST
    return order, channel_name(obligation)


def frozen(kept: ReportRound) -> dict[str, Figures]:
    """The figures of a submission."""
    spans = kept.spans
    rows = ReportFigure.objects.filter(report=kept.report_id, round=kept.number).order_by("order")
    found: dict[str, list[Line]] = {}
    for row in rows:
        score = Score(**{name: getattr(row, name) for name in OUTCOMES})
        line = Line(row.group, row.label, row.pieces, score, row.explained)
        found.setdefault(row.scope, []).append(line)
    return {scope: Figures(spans[scope], tuple(lines)) for scope, lines in found.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """A line that the records tell otherwise by now; None where one of the two has no such line."""

    scope: str
    group: str
    label: str
    then: Line | None
    now: Line | None

    @property
    def moved(self) -> tuple[tuple[str, int, int], ...]:
        """What moved: its name, the figure then, the figure now."""
        pairs = ((name, _figure(self.then, key), _figure(self.now, key)) for key, name in _NAMES)
        return tuple(pair for pair in pairs if pair[1] != pair[2])


_NAMES = (
    ("pieces", "tin, bài, hoạt động"),
    ("expected", "đầu việc đến hạn"),
    ("done", "hoàn thành"),
    ("met", "đúng hạn"),
    ("met_late", "trễ hạn"),
    ("missed", "chưa đạt"),
    ("pending", "chờ duyệt"),
    ("not_due", "chưa đến hạn"),
    ("waived", "được miễn"),
    ("outside", "ngoài mẫu số"),
    ("explained", "có giải trình"),
)


def _figure(line: Line | None, key: str) -> int:
    if line is None:
        return 0
    found: int = getattr(line if key in {"pieces", "explained"} else line.score, key)
    return found


def changes(then: Mapping[str, Figures], now: Mapping[str, Figures]) -> list[Change]:
    """What differs between frozen figures and those of the records, line by line."""
    found = []
    for scope in now:
        known = then[scope].lines if scope in then else ()
        old = {(line.group, line.label): line for line in known}
        new = {(line.group, line.label): line for line in now[scope].lines}
        for key in dict.fromkeys([*old, *new]):
            if old.get(key) != new.get(key):
                found.append(Change(scope, *key, old.get(key), new.get(key)))
    return found
