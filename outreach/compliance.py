"""How well obligations were met. Pure arithmetic: the day is an argument.

States (clocks of REGULATIONS §2: results count inside the calendar window, lateness is
measured against the plan's own due date):

- ``met``: enough results, the last one needed not after the due date;
- ``met_late``: enough results, the last one needed after the due date;
- ``pending``: not enough yet, but with what was sent and still waits for the channel's
  editors it would be, and the window is open today;
- ``not_due``: not enough yet and the due date has not passed;
- ``missed``: not enough and the due date has passed;
- ``waived``: excused with a reason; outside every denominator.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar


class Compliance(StrEnum):
    """The state of one obligation on one day."""

    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    PENDING = "pending"
    NOT_DUE = "not_due"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        """The state's name on screen and in documents."""
        return _LABELS[self]


_LABELS = {
    Compliance.MET: "Đạt",
    Compliance.MET_LATE: "Đạt trễ hạn",
    Compliance.MISSED: "Chưa đạt",
    Compliance.PENDING: "Chờ duyệt",
    Compliance.NOT_DUE: "Chưa đến hạn",
    Compliance.WAIVED: "Được miễn",
}

# A cell that sums several obligations shows the state that most needs attention.
_WORST_FIRST = (
    Compliance.MISSED,
    Compliance.PENDING,
    Compliance.NOT_DUE,
    Compliance.MET_LATE,
    Compliance.MET,
    Compliance.WAIVED,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts for an obligation by a day: the days it was counted on, and what still waits."""

    counted_on: tuple[date, ...] = ()
    waiting: int = 0


NOTHING = Tally()

R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Owed(Generic[R, C]):
    """An obligation as plain values, standing in ``row`` and ``column`` of a matrix.

    ``outside`` is true when it is shown but not summed: due before its plan was issued
    (and the plan does not say to count it).
    """

    id: int
    row: R
    column: C
    required: int
    due_on: date
    window_start: date
    window_end: date
    waived: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Obligations by outcome; ``expected`` is the denominator, waived and outside ones excluded."""

    expected: int = 0
    met: int = 0
    met_late: int = 0
    missed: int = 0
    pending: int = 0
    not_due: int = 0
    waived: int = 0
    outside: int = 0

    @property
    def done(self) -> int:
        """Met, on time or late."""
        return self.met + self.met_late

    def __add__(self, other: Score) -> Score:
        return Score(
            self.expected + other.expected,
            self.met + other.met,
            self.met_late + other.met_late,
            self.missed + other.missed,
            self.pending + other.pending,
            self.not_due + other.not_due,
            self.waived + other.waived,
            self.outside + other.outside,
        )


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Results beside what is required (each obligation capped at its own), and the worst state.

    Waived and outside obligations speak only where the cell has no other.
    """

    done: int
    required: int
    state: Compliance
    obligation_ids: tuple[int, ...]
    outside: bool


@dataclass(frozen=True, slots=True)
class Matrix(Generic[R, C]):
    """Cells by (row, column), and the score of each row, each column and of all."""

    cells: Mapping[tuple[R, C], MatrixCell]
    row_scores: Mapping[R, Score]
    column_scores: Mapping[C, Score]
    total: Score
    states: Mapping[int, Compliance] = field(default_factory=dict)


def state_of(owed: Owed[R, C], tally: Tally, today: date) -> Compliance:
    """The state of one obligation on ``today``."""
    if owed.waived:
        return Compliance.WAIVED
    if len(tally.counted_on) >= owed.required:
        last_needed = sorted(tally.counted_on)[owed.required - 1]
        return Compliance.MET if last_needed <= owed.due_on else Compliance.MET_LATE
    window_open = owed.window_start <= today <= owed.window_end
    if window_open and len(tally.counted_on) + tally.waiting >= owed.required:
        return Compliance.PENDING
    return Compliance.NOT_DUE if today <= owed.due_on else Compliance.MISSED


def score_of(owed: Owed[R, C], state: Compliance) -> Score:
    """One obligation as a score to be summed."""
    if owed.waived:
        return Score(waived=1)
    if owed.outside:
        return Score(outside=1)
    return Score(expected=1, **{state.value: 1})


def matrix(owed: Iterable[Owed[R, C]], tallies: Mapping[int, Tally], today: date) -> Matrix[R, C]:
    """Every obligation in its cell; rows and columns keep the order of their first appearance."""
    cells: dict[tuple[R, C], MatrixCell] = {}
    rows: dict[R, Score] = {}
    columns: dict[C, Score] = {}
    states: dict[int, Compliance] = {}
    total = Score()
    for item in owed:
        tally = tallies.get(item.id, NOTHING)
        state = states[item.id] = state_of(item, tally, today)
        score = score_of(item, state)
        place = (item.row, item.column)
        cells[place] = _add(cells.get(place), item, tally, state)
        rows[item.row] = rows.get(item.row, Score()) + score
        columns[item.column] = columns.get(item.column, Score()) + score
        total += score
    return Matrix(cells, rows, columns, total, states)


def worst(states: Iterable[Compliance]) -> Compliance:
    """The state that most needs attention."""
    return min(states, key=_WORST_FIRST.index)


def _add(cell: MatrixCell | None, item: Owed[R, C], tally: Tally, state: Compliance) -> MatrixCell:
    done = min(len(tally.counted_on), item.required)
    new = MatrixCell(done, item.required, state, (item.id,), item.outside)
    if cell is None:
        return new
    ids = (*cell.obligation_ids, item.id)
    if _aside(cell) != _aside(new):
        return replace(new if _aside(cell) else cell, obligation_ids=ids)
    return MatrixCell(
        cell.done + new.done,
        cell.required + new.required,
        worst((cell.state, state)),
        ids,
        cell.outside or new.outside,
    )


def _aside(cell: MatrixCell) -> bool:
    """Whether it stands outside every denominator."""
    return cell.outside or cell.state is Compliance.WAIVED
