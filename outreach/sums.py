"""The compliance of many obligations, summed by the database: the figures of ``tallies.measure``.

One GROUP BY, whatever the number of obligations: no row of theirs is read one by one, save those
that may be pending. An obligation is met when as many results as it asks for were counted by its
due date, and done when as many were counted by the end of the day: the two counts say the same as
the day of the last result needed, by which ``outreach.compliance`` decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from operator import add
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models import Sum as Total
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Substr

from outreach.compliance import Compliance, Score, worst
from outreach.models import Fulfilment
from outreach.tallies import undecided
from plans.models import Obligation, Plan
from plans.models.obligation import ObligationQuerySet
from plans.models.quota import CountsWhen

# What obligations are grouped by: values of the fields and annotations that were named, in order.
Key = tuple[Any, ...]
K = TypeVar("K", bound=Hashable)

# The letter of a period's code that tells how long it is: "W", "M", "Q", "H", "9", none for a year.
LENGTH = Substr("period", 6, 1)

# One scan of an obligation's results answers two questions: how many there are, in units of this,
# and how many of them came in time.
_EACH = 65_536
# Not enough yet, though what was sent might do: only these are looked at one by one.
_UNDECIDED = Q(may_wait=True, waived_at=None, counts__lt=F("required") * _EACH)
# Asked only of what was due before issue: a join would read all plans of the country.
_COUNTED_EARLY = Plan.objects.filter(pk=OuterRef("plan"), count_before_issue=True)
# Materialised, or the scan would be made again for every figure that is taken from it.
_SQL = """
WITH counted AS MATERIALIZED ({inner}),
owed AS (SELECT counted.*, counts / {each} AS results, counts %% {each} AS in_time FROM counted)
SELECT {by}, waived, outside, COUNT(*), MIN(id), MIN(due_on), MAX(due_on),
  COUNT(*) FILTER (WHERE in_time >= required),
  COUNT(*) FILTER (WHERE in_time < required AND results >= required),
  COUNT(*) FILTER (WHERE results < required AND overdue),
  COUNT(*) FILTER (WHERE results < required AND NOT overdue),
  CAST(SUM(CASE WHEN results < required THEN results ELSE required END) AS bigint),
  CAST(SUM(required) AS bigint),
  COUNT(*) FILTER (WHERE counts_when = 'held'), COUNT(*) FILTER (WHERE counts_when = 'sent'),
  COUNT(*) FILTER (WHERE results < required AND may_wait AND NOT waived)
FROM owed GROUP BY {by}, waived, outside
"""


@dataclass(slots=True)
class Sum:
    """Obligations that stand in one place: their score, and the cell that shows them.

    ``counts`` are the fields of the score. ``done``, ``required``, ``state`` and ``outside`` are
    those of ``compliance.MatrixCell``: waived and outside obligations speak only where there is no
    other. ``early`` counts all that were due before their plan was issued and are not summed;
    ``moments`` are the days by which results count here.
    Not frozen: a page makes thousands, and freezing costs six times as much as making.
    """

    counts: tuple[int, ...]
    done: int
    required: int
    state: Compliance
    outside: bool
    size: int
    first_id: int
    due_first: date
    due_last: date
    early: int
    moments: frozenset[str]

    @property
    def score(self) -> Score:
        """The outcomes."""
        return Score(*self.counts)

    @property
    def aside(self) -> bool:
        """Whether nothing here is in a denominator."""
        return self.outside or self.state is Compliance.WAIVED

    def __add__(self, other: Sum) -> Sum:
        spoken = [each for each in (self, other) if not each.aside] or [self, other]
        return Sum(
            tuple(map(add, self.counts, other.counts)),
            sum(each.done for each in spoken),
            sum(each.required for each in spoken),
            worst(each.state for each in spoken),
            any(each.outside for each in spoken),
            self.size + other.size,
            min(self.first_id, other.first_id),
            min(self.due_first, other.due_first),
            max(self.due_last, other.due_last),
            self.early + other.early,
            self.moments | other.moments,
        )


def summed(obligations: QuerySet[Obligation], as_of: date, *by: str) -> dict[Key, Sum]:
    """The obligations' sums at the end of ``as_of``, by the values of the fields named ``by``.

    Fields of the obligation (``agency_id``, ``channel_id``, ``period``) or annotations of the
    queryset whose values are numbers or text, such as ``LENGTH``. Three queries at most. The
    queryset must not be sliced, nor joined to rows of which an obligation has several.
    """
    inner = _counted(obligations, as_of, by)
    lines = _lines(inner, len(by))
    some_may = any(line.may_wait for line in lines.values())
    pending = _pending(inner, as_of, len(by)) if some_may else {}
    none = _Pending()
    return fold((key[:-2], _sum(line, pending.get(key, none))) for key, line in lines.items())


def lapsed(obligations: ObligationQuerySet, as_of: date) -> ObligationQuerySet:
    """Those due before ``as_of`` whose results did not come in time.

    Missed or met late, save what is pending: ``tallies.measure`` tells them apart.
    """
    return (
        obligations.filter(due_on__lt=as_of, waived_at=None)
        .annotate(in_time=_counts(as_of) % _EACH)
        .filter(in_time__lt=F("required"))
    )


def score(obligations: QuerySet[Obligation], as_of: date) -> Score:
    """The score of all of them."""
    return total(summed(obligations, as_of, "province_id").values())


def total(sums: Iterable[Sum]) -> Score:
    """Their scores added up; zeros for none."""
    return Score(*map(sum, zip(*(each.counts for each in sums), strict=True)))


def fold(sums: Iterable[tuple[K, Sum]]) -> dict[K, Sum]:
    """What stands under the same key added up, keys in the order of their first appearance."""
    found: dict[K, Sum] = {}
    for key, each in sums:
        held = found.get(key)
        found[key] = each if held is None else held + each
    return found


class _Line(NamedTuple):
    """One row of the grouped query, after the values by which it is grouped."""

    waived: bool
    outside: bool
    size: int
    first_id: int
    due_first: date
    due_last: date
    met: int
    met_late: int
    missed: int
    not_due: int
    done: int
    required: int
    held: int
    sent: int
    may_wait: int


@dataclass(slots=True)
class _Pending:
    """How many of a line's obligations are pending: overdue ones, and such as are not due."""

    overdue: int = 0
    not_due: int = 0


_MOMENTS = {
    there: frozenset(
        moment.value
        for moment, is_there in zip(
            (CountsWhen.APPROVED_PUBLISHED, CountsWhen.HELD, CountsWhen.SENT), there, strict=True
        )
        if is_there
    )
    for there in product((False, True), repeat=3)
}


def _sum(line: _Line, pending: _Pending) -> Sum:
    """A line as it stands in a matrix."""
    size, waits = line.size, pending.overdue + pending.not_due
    missed, not_due = line.missed - pending.overdue, line.not_due - pending.not_due
    if line.waived:
        state, counts = Compliance.WAIVED, (0, 0, 0, 0, 0, 0, size, 0)
    else:
        state = _worst(missed, waits, not_due, line.met_late)
        counts = (0, 0, 0, 0, 0, 0, 0, size)
        if not line.outside:
            counts = (size, line.met, line.met_late, missed, waits, not_due, 0, 0)
    return Sum(
        counts,
        line.done,
        line.required,
        state,
        bool(line.outside),
        size,
        line.first_id,
        line.due_first,
        line.due_last,
        size if line.outside else 0,
        _MOMENTS[line.held + line.sent < size, line.held > 0, line.sent > 0],
    )


def _worst(missed: int, pending: int, not_due: int, met_late: int) -> Compliance:
    """As ``compliance.worst`` of states of which there are so many."""
    if missed:
        return Compliance.MISSED
    if pending:
        return Compliance.PENDING
    if not_due:
        return Compliance.NOT_DUE
    return Compliance.MET_LATE if met_late else Compliance.MET


def _counted(
    obligations: QuerySet[Obligation], as_of: date, by: tuple[str, ...]
) -> QuerySet[Obligation, dict[str, Any]]:
    """Each obligation with what the states are decided by; grouping values as ``by0``, ``by1`` …"""
    keys = {f"by{at}": F(name) for at, name in enumerate(by)}
    rows: QuerySet[Obligation, dict[str, Any]] = (
        obligations.order_by()
        .annotate(
            counts=_counts(as_of),
            waived=_flag(Q(waived_at__isnull=False)),
            outside=_flag(Q(before_issue=True) & ~Exists(_COUNTED_EARLY)),
            overdue=_flag(Q(due_on__lt=as_of)),
            may_wait=_flag(
                Q(
                    window_start__lte=as_of,
                    window_end__gte=as_of,
                    counts_when=CountsWhen.APPROVED_PUBLISHED,
                )
            ),
            **keys,
        )
        .values(
            *keys,
            *("id", "due_on", "required", "counts_when"),
            *("counts", "waived", "outside", "overdue", "may_wait"),
        )
    )
    return rows


def _counts(as_of: date) -> Coalesce:
    """How many standing results an obligation has by then, and how many of them came in time."""
    results = (
        Fulfilment.objects.standing()
        .filter(obligation=OuterRef("pk"), counted_on__lte=as_of)
        .order_by()
        .values("obligation")
        .annotate(
            n=Total(Case(When(counted_on__lte=OuterRef("due_on"), then=_EACH + 1), default=_EACH))
        )
        .values("n")
    )
    return Coalesce(Subquery(results), 0)


def _flag(condition: Q | Combinable) -> ExpressionWrapper[Q | Combinable]:
    return ExpressionWrapper(condition, BooleanField())


def _lines(inner: QuerySet[Obligation, dict[str, Any]], width: int) -> dict[Key, _Line]:
    """The grouped rows under their values of ``by`` and the two flags of the denominator."""
    try:
        compiled, values = inner.query.get_compiler(inner.db).as_sql()
    except EmptyResultSet:
        return {}
    by = ", ".join(f"by{at}" for at in range(width))
    with connections[inner.db].cursor() as cursor:
        cursor.execute(_SQL.format(by=by, inner=compiled, each=_EACH), values)
        rows = cursor.fetchall()
    if rows and isinstance(rows[0][width + 4], str):
        rows = [_dated(row, width + 4) for row in rows]
    return {row[: width + 2]: _Line(*row[width:]) for row in rows}


def _dated(row: Key, at: int) -> Key:
    """SQLite hands the least and the greatest day over as text."""
    days = (date.fromisoformat(text) for text in row[at : at + 2])
    return (*row[:at], *days, *row[at + 2 :])


def _pending(
    inner: QuerySet[Obligation, dict[str, Any]], as_of: date, width: int
) -> dict[Key, _Pending]:
    """What would be met with what waits for the channels' editors, by the keys of the lines."""
    keys = (f"by{at}" for at in range(width))
    rows = list(
        inner.filter(_UNDECIDED).values_list(
            *keys,
            *("waived", "outside", "overdue", "counts", "required"),
            *("agency_id", "channel_id", "id"),
        )
    )
    waiting = undecided({row[-3] for row in rows}, as_of)
    found: defaultdict[Key, _Pending] = defaultdict(_Pending)
    for row in rows:
        overdue, counts, required, agency_id, channel_id, pk = row[width + 2 :]
        if counts // _EACH + waiting.of(agency_id, channel_id, pk) >= required:
            found[row[: width + 2]].overdue += overdue
            found[row[: width + 2]].not_due += not overdue
    return found
