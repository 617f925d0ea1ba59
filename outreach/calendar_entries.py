"""What stands on each day of a calendar: what falls due, what is held, when plans are due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse

from agencies.models import User
from outreach.calendar_scope import Due, Scope, Sight, due_within
from outreach.compliance import Compliance, worst
from outreach.kinds import Kind
from plans.models import Plan
from plans.periods import DateSpan, Period

NOT_COUNTED = "Không tính"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a day: ``tone`` and ``word`` are a state's, both empty for what has none."""

    day: date
    title: str
    detail: str
    href: str
    tone: str = ""
    word: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """The lines of each day, and for a whole province what its narrow cells show instead."""

    lines: Mapping[date, Sequence[Entry]]
    sums: Mapping[date, Sequence[Entry]] | None = None

    def shown(self, day: date) -> Sequence[Entry]:
        """What a cell of the month shows."""
        return (self.lines if self.sums is None else self.sums).get(day, ())


# What floors above have to say of those days to that person; the roof names them (cchc.wiring).
Source = Callable[[Scope, User, DateSpan, date], Iterable[Entry]]
_SOURCES: list[Source] = []


def also(source: Source) -> None:
    """Let the calendar tell that too; naming it again changes nothing."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def entries(scope: Scope, user: User, span: DateSpan, today: date, address: str) -> Entries:
    """Everything of those days; the number of queries is the same whatever there is.

    ``address`` is the calendar's own page: sums lead to a day's list there.
    """
    owed = due_within(scope, user, span, today)
    told = (entry for source in _SOURCES for entry in source(scope, user, span, today))
    plans = _merged(_by_day(_plans(scope, user, span)), _by_day(told))
    if scope.sight is Sight.PROVINCE:
        held = _held_counts(scope, user, span)
        lines = _merged(plans, _by_agency(owed, address), held)
        return Entries(lines, _merged(plans, _sums(owed, scope, address), held))
    return Entries(
        _merged(plans, _by_day(_due(one, scope) for one in owed), _held(scope, user, span))
    )


def _due(due: Due, scope: Scope) -> Entry:
    owed = due.obligation
    unit = owed.unit.name if owed.unit and scope.sight is not Sight.UNITS else ""
    tally = f"{due.done}/{owed.required}"
    told = (str(owed.task), unit, f"{Period.parse(owed.period).label}: {tally}")
    return Entry(
        owed.due_on,
        due.channel,
        " · ".join(filter(None, told)),
        reverse("outreach:obligation-detail", args=[owed.pk]),
        Compliance.WAIVED.value if due.outside else due.state.value,
        NOT_COUNTED if due.outside else due.state.label,
    )


def _held(scope: Scope, user: User, span: DateSpan) -> dict[date, list[Entry]]:
    rows = (
        scope.activities(user)
        .filter(held_on__range=(span.start, span.end))
        .order_by("held_on", "id")
        .values_list("held_on", "id", "kind", "title", "venue")
    )
    return _by_day(
        Entry(
            day,
            title,
            " · ".join(filter(None, (Kind(kind).label, venue))),
            reverse("outreach:activity-detail", args=[pk]),
            icon="calendar-event",
        )
        for day, pk, kind, title, venue in rows
        if day
    )


def _held_counts(scope: Scope, user: User, span: DateSpan) -> dict[date, list[Entry]]:
    rows = (
        scope.activities(user)
        .filter(held_on__range=(span.start, span.end))
        .order_by("held_on")
        .values_list("held_on")
        .annotate(number=Count("pk"))
    )
    return _by_day(
        Entry(day, f"{number} hoạt động", "", "", icon="calendar-event") for day, number in rows
    )


def _plans(scope: Scope, user: User, span: DateSpan) -> Iterable[Entry]:
    """The last days on which agencies may issue the plans that implement another."""
    rows = (
        Plan.objects.visible_to(user)
        .in_force()
        .filter(province=scope.province_id, amends=None, derive_by__range=(span.start, span.end))
        .order_by("derive_by", "id")
    )
    for plan in rows:
        if plan.derive_by is not None:
            yield Entry(
                plan.derive_by,
                "Hạn ban hành kế hoạch triển khai",
                plan.citation,
                reverse("plans:plan-detail", args=[plan.pk]),
                icon="journal-text",
            )


def _by_agency(owed: Iterable[Due], address: str) -> dict[date, list[Entry]]:
    """A line per agency and day, leading to that agency's day."""
    groups: defaultdict[tuple[date, int], list[Due]] = defaultdict(list)
    for one in owed:
        groups[one.obligation.due_on, one.obligation.agency_id].append(one)
    return _by_day(_agency_line(rows, address) for rows in groups.values())


def _agency_line(rows: Sequence[Due], address: str) -> Entry:
    agency, day = rows[0].obligation.agency, rows[0].obligation.due_on
    counted = _counts(rows)
    parts = [f"{number} {state.label.lower()}" for state, number in counted.items()]
    if outside := len(rows) - sum(counted.values()):
        parts.append(f"{outside} không tính")
    state = worst(counted) if counted else Compliance.WAIVED
    return Entry(
        day,
        agency.short_name,
        f"{len(rows)} đầu việc: {', '.join(parts)}",
        f"{address}?ngay={day:%Y-%m-%d}&co-quan={agency.code}",
        state.value,
        state.label if counted else NOT_COUNTED,
    )


def _sums(owed: Iterable[Due], scope: Scope, address: str) -> dict[date, list[Entry]]:
    """A line per state and day: how many there are."""
    days: defaultdict[date, list[Due]] = defaultdict(list)
    for one in owed:
        days[one.obligation.due_on].append(one)
    return {day: _sum_lines(day, rows, scope, address) for day, rows in days.items()}


def _sum_lines(day: date, rows: Sequence[Due], scope: Scope, address: str) -> list[Entry]:
    counted = _counts(rows)
    lines = [(number, state.value, state.label) for state, number in counted.items()]
    if outside := len(rows) - sum(counted.values()):
        lines.append((outside, Compliance.WAIVED.value, NOT_COUNTED))
    href = f"{address}?ngay={day:%Y-%m-%d}&{scope.query}"
    return [Entry(day, f"{number} đầu việc", "", href, tone, word) for number, tone, word in lines]


def _counts(rows: Iterable[Due]) -> dict[Compliance, int]:
    """How many are in each state, in the order of the legend; outside ones in none."""
    found = Counter(one.state for one in rows if not one.outside)
    return {state: found[state] for state in Compliance if found[state]}


def _by_day(lines: Iterable[Entry]) -> dict[date, list[Entry]]:
    found: defaultdict[date, list[Entry]] = defaultdict(list)
    for line in lines:
        found[line.day].append(line)
    return found


def _merged(*parts: Mapping[date, Sequence[Entry]]) -> dict[date, list[Entry]]:
    days = sorted({day for part in parts for day in part})
    return {day: [line for part in parts for line in part.get(day, ())] for day in days}
