"""From rows to the pure arithmetic: two queries, whatever the number of obligations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Q

from outreach.compliance import Matrix, Owed, Tally, matrix
from outreach.models import Fulfilment, Placement
from outreach.workflow import State
from plans.models import Obligation
from plans.models.quota import CountsWhen

R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)


def tallies(obligations: Sequence[Obligation], as_of: date) -> dict[int, Tally]:
    """What counted for each obligation by the end of ``as_of``, and what waited that day.

    A placement that waits is a possible result of every obligation of its agency on its
    channel: whether the window is still open is for ``outreach.compliance`` to say.
    """
    counted: defaultdict[int, list[date]] = defaultdict(list)
    rows = (
        Fulfilment.objects.standing()
        .filter(obligation__in=[o.pk for o in obligations], counted_on__lte=as_of)
        .order_by("counted_on", "id")
        .values_list("obligation_id", "counted_on")
    )
    for obligation_id, day in rows:
        counted[obligation_id].append(day)
    waiting = _waiting(obligations, as_of)
    return {
        o.pk: Tally(
            tuple(counted[o.pk]),
            waiting[o.agency_id, o.channel_id]
            if o.counts_when == CountsWhen.APPROVED_PUBLISHED
            else 0,
        )
        for o in obligations
    }


def measure(
    obligations: Sequence[Obligation],
    as_of: date,
    *,
    row: Callable[[Obligation], R],
    column: Callable[[Obligation], C],
) -> Matrix[R, C]:
    """The compliance matrix of the obligations, placed by ``row`` and ``column``."""
    found = tallies(obligations, as_of)
    return matrix((_owed(o, row(o), column(o)) for o in obligations), found, as_of)


def _owed(obligation: Obligation, row: R, column: C) -> Owed[R, C]:
    return Owed(
        id=obligation.pk,
        row=row,
        column=column,
        required=obligation.required,
        due_on=obligation.due_on,
        window_end=obligation.window_end,
        waived=obligation.waived_at is not None,
        outside=obligation.before_issue and not obligation.plan.count_before_issue,
    )


def _waiting(obligations: Sequence[Obligation], as_of: date) -> Counter[tuple[int, int | None]]:
    """Placements sent by that day and neither returned nor published by it."""
    undecided = Q(state__in=(State.SENT, State.APPROVED))
    published_later = Q(state=State.PUBLISHED, published_on__gt=as_of)
    returned_later = Q(state=State.RETURNED, decided_on__gt=as_of)
    rows = (
        Placement.objects.filter(
            undecided | published_later | returned_later,
            agency__in={o.agency_id for o in obligations},
            sent_on__lte=as_of,
        )
        .order_by()
        .values_list("agency_id", "channel_id")
    )
    return Counter(rows)
