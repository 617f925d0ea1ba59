"""What a unit owes this quarter: what is missing first, with the days left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agencies.models import Unit
from outreach.compliance import Compliance, Score
from outreach.models import Placement
from outreach.tallies import measure, waiting
from outreach.todo import days_left
from plans.models import Obligation
from plans.periods import Period
from reporting.listings import explained_by
from reporting.matrices import OUTSIDE, channel_name, is_outside, obligation_address

# The order of the page: what needs the unit's hand first.
_SECTIONS = (
    (Compliance.MISSED, "Quá hạn, chưa đạt"),
    (Compliance.NOT_DUE, "Cần làm"),
    (Compliance.PENDING, "Đã gửi, chờ biên tập viên"),
    (Compliance.MET_LATE, "Đã xong, trễ hạn"),
    (Compliance.MET, "Đã xong, đúng hạn"),
    (Compliance.WAIVED, "Được miễn"),
)
_OUTSIDE_TITLE = "Không tính vào mẫu số"


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation as a card: what, where, by when, how far."""

    id: int
    title: str
    unit: str
    channel: str
    period: str
    due_on: date
    days: str
    done: int
    required: int
    state: Compliance
    href: str
    note: str = ""
    explanation: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.state in {Compliance.MISSED, Compliance.NOT_DUE}

    @property
    def is_unexplained(self) -> bool:
        """Whether it is counted as missed or late and nobody has said yet why."""
        lapsed = self.state in {Compliance.MISSED, Compliance.MET_LATE}
        return lapsed and not self.explanation and not self.note


@dataclass(frozen=True, slots=True)
class Section:
    """Duties in one state."""

    title: str
    tone: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Owes:
    """The unit's quarter: sections, its score, what came back, what waits, what comes next."""

    period: Period
    sections: tuple[Section, ...]
    score: Score
    returned: tuple[Placement, ...]
    waiting: tuple[Placement, ...]
    upcoming: str


def unit_owes(units: Sequence[Unit], period: Period, as_of: date) -> Owes:
    """Eight queries at most, whatever the number of units.

    What came back is shown in every period: it waits for the unit until it is sent again.
    """
    owed = Obligation.objects.filter(unit__in=units)
    obligations = tuple(owed.within(period).for_matrix())
    matrix = measure(obligations, as_of, row=lambda o: o.pk, column=lambda _: 0)
    explained = explained_by(obligations)
    duties = [
        (
            _duty(
                o,
                matrix.states[o.pk],
                matrix.cells[o.pk, 0].done,
                as_of,
                explained.get(o.pk, ""),
            ),
            is_outside(o),
        )
        for o in sorted(obligations, key=lambda o: (o.due_on, o.pk))
    ]
    return Owes(
        period,
        tuple(_sections(duties)),
        matrix.total,
        tuple(Placement.objects.returned_to(units)),
        tuple(
            waiting(obligations, as_of)
            .of_units(units)
            .select_related("activity", "channel", "editing_agency")
            .order_by("sent_on", "id")
        ),
        _upcoming(owed.within(period.next()).order_by("due_on"), period.next()),
    )


def _duty(
    obligation: Obligation, state: Compliance, done: int, as_of: date, explanation: str
) -> Duty:
    return Duty(
        id=obligation.pk,
        title=str(obligation.task),
        unit=obligation.unit.name if obligation.unit else "",
        channel=channel_name(obligation),
        period=Period.parse(obligation.period).label,
        due_on=obligation.due_on,
        days="đã hết kỳ" if obligation.window_end < as_of else days_left(obligation.due_on, as_of),
        done=done,
        required=obligation.required,
        state=state,
        href=obligation_address(obligation.pk),
        note=OUTSIDE if is_outside(obligation) else obligation.waived_reason,
        explanation=explanation,
    )


def _sections(duties: Iterable[tuple[Duty, bool]]) -> Iterable[Section]:
    known = list(duties)
    for state, title in _SECTIONS:
        found = tuple(duty for duty, outside in known if duty.state is state and not outside)
        if found:
            yield Section(title, state.value, found)
    outside_ones = tuple(duty for duty, outside in known if outside)
    if outside_ones:
        yield Section(_OUTSIDE_TITLE, Compliance.WAIVED.value, outside_ones)


def _upcoming(obligations: QuerySet[Obligation], following: Period) -> str:
    days = list(obligations.values_list("due_on", flat=True))
    if not days:
        return f"{following.label}: chưa có đầu việc nào."
    return f"{following.label}: {len(days)} đầu việc, hạn sớm nhất {days[0]:%d/%m/%Y}."
