"""What a unit owes now, this month, this quarter and longer: what is missing first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from agencies.models import Unit
from outreach.compliance import Compliance, Score
from outreach.models import Placement
from outreach.tallies import measure, waiting
from outreach.todo import days_left
from plans.models import Obligation
from plans.periods import Period, PeriodKind
from reporting.listings import explained_by
from reporting.matrices import OUTSIDE, channel_name, is_outside, obligation_address

# The order of the page: what needs the unit's hand first. True: no result counts any more,
# None: either.
_SECTIONS = (
    (Compliance.MISSED, False, "Quá hạn, vẫn còn kịp làm trong kỳ"),
    (Compliance.NOT_DUE, None, "Cần làm"),
    (Compliance.MISSED, True, "Đã hết kỳ, chưa đạt"),
    (Compliance.PENDING, None, "Đã gửi, chờ biên tập viên"),
    (Compliance.MET_LATE, None, "Đã xong, trễ hạn"),
    (Compliance.MET, None, "Đã xong, đúng hạn"),
    (Compliance.WAIVED, None, "Được miễn"),
)
_OUTSIDE_TITLE = "Không tính vào mẫu số"
_LONGER_TITLE = "Kỳ dài hơn, đang thực hiện"
_DONE = {Compliance.MET, Compliance.MET_LATE, Compliance.WAIVED}
# Always told; longer or rarer ones where the unit owes something for them, or they are asked for.
_USUAL = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
_KINDS = (
    PeriodKind.MONTH,
    PeriodKind.QUARTER,
    PeriodKind.HALF,
    PeriodKind.NINE_MONTHS,
    PeriodKind.YEAR,
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation as a line: what, where, by when, how far. ``is_over``: its window closed."""

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
    is_over: bool
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
    """Duties in one state (``tone``; empty for several). ``is_done``: nothing waits for anybody."""

    title: str
    tone: str
    duties: tuple[Duty, ...]
    is_done: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the unit can do no more here: sent, or past its window."""
        return all(duty.is_over or duty.state is Compliance.PENDING for duty in self.duties)


@dataclass(frozen=True, slots=True)
class Span:
    """One period and how far the unit is in it.

    ``left`` can still be done, ``lost`` of what was missed cannot; ``next_due`` is the first day
    of what is left.
    """

    period: Period
    score: Score
    left: int
    lost: int
    next_due: date | None
    days: str
    is_shown: bool

    @property
    def overdue(self) -> int:
        """Of what is left, how much is past its day."""
        return self.score.missed - self.lost


@dataclass(frozen=True, slots=True)
class Owes:
    """What the unit owes: periods side by side, and the duties of the one that is shown.

    ``longer`` are unfinished duties of longer periods that run meanwhile.
    """

    period: Period
    spans: tuple[Span, ...]
    sections: tuple[Section, ...]
    longer: tuple[Duty, ...]
    returned: tuple[Placement, ...]
    waiting: tuple[Placement, ...]
    upcoming: str

    @property
    def shown(self) -> Span:
        """The period whose duties are listed."""
        return next(span for span in self.spans if span.is_shown)

    @property
    def unfinished(self) -> tuple[Section, ...]:
        """What can still be done, also for longer periods, before what cannot or waits."""
        found = [section for section in self.sections if not section.is_done]
        doable = [section for section in found if not section.is_over]
        longer = [Section(_LONGER_TITLE, "", self.longer)] if self.longer else []
        return (*doable, *longer, *(section for section in found if section.is_over))

    @property
    def finished(self) -> tuple[Section, ...]:
        """What is done, waived or in no number."""
        return tuple(section for section in self.sections if section.is_done)

    @property
    def is_done(self) -> bool:
        """Whether nothing of the period that is shown waits for anybody."""
        return all(section.is_done for section in self.sections)

    @property
    def score(self) -> Score:
        """The score of the period that is shown."""
        return self.shown.score


@dataclass(frozen=True, slots=True)
class _Owed:
    obligation: Obligation
    state: Compliance
    done: int
    score: Score


def unit_owes(units: Sequence[Unit], period: Period, as_of: date) -> Owes:
    """Eight queries at most, whatever the number of units.

    What came back is shown in every period: it waits for the unit until it is sent again.
    """
    owed = Obligation.objects.filter(unit__in=units)
    year = Period(PeriodKind.YEAR, period.year)
    obligations = sorted(owed.within(year).for_matrix(), key=lambda o: (o.due_on, o.pk))
    matrix = measure(obligations, as_of, row=lambda o: o.pk, column=lambda _: 0)
    rows = [
        _Owed(o, matrix.states[o.pk], matrix.cells[o.pk, 0].done, matrix.row_scores[o.pk])
        for o in obligations
    ]
    shown = [row for row in rows if _is_within(row.obligation, period)]
    longer = [row for row in rows if _runs_on(row, period)]
    explained = explained_by([row.obligation for row in (*shown, *longer)])
    duties = [(_duty(row, as_of, explained), is_outside(row.obligation)) for row in shown]
    return Owes(
        period,
        tuple(_spans(rows, period, as_of)),
        tuple(_sections(duties)),
        tuple(_duty(row, as_of, explained) for row in longer),
        tuple(Placement.objects.returned_to(units)),
        tuple(
            waiting([row.obligation for row in shown], as_of)
            .of_units(units)
            .select_related("activity", "channel", "editing_agency")
            .order_by("sent_on", "id")
        ),
        _upcoming(owed.within(period.after()).filter(waived_at=None), period.after()),
    )


def _is_within(obligation: Obligation, period: Period) -> bool:
    """As ``ObligationQuerySet.within`` asks the database."""
    begins = obligation.window_start > period.start - timedelta(days=7)
    return begins and period.start <= obligation.window_end <= period.end


def _runs_on(row: _Owed, period: Period) -> bool:
    """Unfinished, of a longer period that holds the whole one that is shown."""
    owed = row.obligation
    holds = owed.window_start <= period.start and period.end <= owed.window_end
    unfinished = row.state not in _DONE and not is_outside(owed)
    return holds and unfinished and not _is_within(owed, period)


def _spans(rows: Sequence[_Owed], period: Period, as_of: date) -> Iterable[Span]:
    """The periods that hold the day, or the nearest day of the one that is shown."""
    day = min(max(as_of, period.start), period.end)
    kinds = {Period.parse(row.obligation.period).kind for row in rows}
    for kind in _KINDS:
        if kind in _USUAL or kind is period.kind or (kind is PeriodKind.HALF and kind in kinds):
            span = Period.of(kind, day)
            yield _span(rows, span, as_of, is_shown=span == period)


def _span(rows: Iterable[_Owed], period: Period, as_of: date, *, is_shown: bool) -> Span:
    chosen = [
        row for row in rows if _is_within(row.obligation, period) and not is_outside(row.obligation)
    ]
    missed = [row for row in chosen if row.score.missed]
    lost = sum(1 for row in missed if row.obligation.window_end < as_of)
    left = [
        row
        for row in chosen
        if row.score.not_due or (row.score.missed and row.obligation.window_end >= as_of)
    ]
    next_due = min((row.obligation.due_on for row in left), default=None)
    return Span(
        period,
        sum((row.score for row in chosen), Score()),
        len(left),
        lost,
        next_due,
        days_left(next_due, as_of) if next_due else "",
        is_shown,
    )


def _duty(row: _Owed, as_of: date, explained: Mapping[int, str]) -> Duty:
    obligation = row.obligation
    is_over = obligation.window_end < as_of
    return Duty(
        id=obligation.pk,
        title=str(obligation.task),
        unit=obligation.unit.name if obligation.unit else "",
        channel=channel_name(obligation),
        period=Period.parse(obligation.period).label,
        due_on=obligation.due_on,
        days="đã hết kỳ" if is_over else days_left(obligation.due_on, as_of),
        done=row.done,
        required=obligation.required,
        state=row.state,
        href=obligation_address(obligation.pk),
        is_over=is_over,
        note=OUTSIDE if is_outside(obligation) else obligation.waived_reason,
        explanation=explained.get(obligation.pk, ""),
    )


def _sections(duties: Iterable[tuple[Duty, bool]]) -> Iterable[Section]:
    known = list(duties)
    for state, over, title in _SECTIONS:
        found = tuple(
            duty
            for duty, outside in known
            if duty.state is state and not outside and over in {None, duty.is_over}
        )
        if found:
            yield Section(title, state.value, found, state in _DONE)
    outside_ones = tuple(duty for duty, outside in known if outside)
    if outside_ones:
        yield Section(_OUTSIDE_TITLE, Compliance.WAIVED.value, outside_ones, is_done=True)


def _upcoming(obligations: QuerySet[Obligation], following: Period) -> str:
    days = list(obligations.order_by("due_on").values_list("due_on", flat=True))
    if not days:
        return f"{following.label}: chưa có đầu việc nào."
    return f"{following.label}: {len(days)} đầu việc, hạn sớm nhất {days[0]:%d/%m/%Y}."
