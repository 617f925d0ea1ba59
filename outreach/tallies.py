"""From rows to the pure arithmetic: two queries, whatever the number of obligations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Q

from outreach.compliance import Matrix, Owed, Tally, matrix
from outreach.models import Fulfilment, Placement
from outreach.models.placement import PlacementQuerySet
from outreach.workflow import WAITING, State
from plans.models import Obligation
from plans.models.quota import CountsWhen

R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)


def tallies(obligations: Sequence[Obligation], as_of: date) -> dict[int, Tally]:
    """What counted for each obligation by the end of ``as_of``, and what waited that day.

    A placement that waits is a possible result of every obligation of its agency on its
    channel for which its reviewer has not said that it shall not count: whether the window is
    still open is for ``outreach.compliance`` to say.
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
    waits = undecided({o.agency_id for o in obligations}, as_of)
    return {
        o.pk: Tally(
            tuple(counted[o.pk]),
            waits.of(o.agency_id, o.channel_id, o.pk)
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
        window_start=obligation.window_start,
        window_end=obligation.window_end,
        waived=obligation.waived_at is not None,
        outside=obligation.before_issue and not obligation.plan.count_before_issue,
    )


def results(obligations: Sequence[Obligation], as_of: date) -> dict[int, list[Fulfilment]]:
    """The results behind the tallies, with their placements, in the order they were counted."""
    found: dict[int, list[Fulfilment]] = {o.pk: [] for o in obligations}
    rows = (
        Fulfilment.objects.standing()
        .filter(obligation__in=list(found), counted_on__lte=as_of)
        .select_related("placement", "placement__activity", "placement__activity__unit")
        .order_by("counted_on", "id")
    )
    for row in rows:
        found[row.obligation_id].append(row)
    return found


def waiting(obligations: Sequence[Obligation], as_of: date) -> PlacementQuerySet:
    """Placements of the obligations' agencies that waited for their channels on that day."""
    return _waiting({o.agency_id for o in obligations}, as_of)


def _waiting(agency_ids: Collection[int], as_of: date) -> PlacementQuerySet:
    """Sent by then, and neither turned down nor published by then."""
    still = Q(state__in=[state.value for state in WAITING])
    published_later = Q(state__in=(State.PUBLISHED, State.WITHDRAWN), published_on__gt=as_of)
    returned_later = Q(state__in=(State.RETURNED, State.REFUSED), decided_on__gt=as_of)
    return Placement.objects.filter(
        still | published_later | returned_later,
        agency__in=agency_ids,
        sent_on__lte=as_of,
    )


@dataclass(slots=True)
class Undecided:
    """How many placements wait for a channel, less those that are not to count for one thing."""

    at: Counter[tuple[int, int | None]] = field(default_factory=Counter)
    denied: Counter[tuple[int, int | None, int]] = field(default_factory=Counter)

    def of(self, agency_id: int, channel_id: int | None, obligation_id: int) -> int:
        """How many may still count for the obligation of that agency on that channel."""
        place = (agency_id, channel_id)
        return self.at[place] - self.denied[*place, obligation_id]


def undecided(agency_ids: Collection[int], as_of: date) -> Undecided:
    """One query: each placement with its reviewer's decisions, of which the newest holds."""
    rows = (
        _waiting(agency_ids, as_of)
        .order_by("count_decisions__id")
        .values_list(
            "id",
            "agency_id",
            "channel_id",
            "count_decisions__obligation_id",
            "count_decisions__counts",
        )
    )
    places: dict[int, tuple[int, int | None]] = {}
    newest: dict[tuple[int, int], bool] = {}
    for pk, agency_id, channel_id, obligation_id, is_counted in rows:
        places[pk] = (agency_id, channel_id)
        if obligation_id is not None:
            newest[pk, obligation_id] = bool(is_counted)
    return Undecided(
        Counter(places.values()),
        Counter((*places[pk], o) for (pk, o), is_counted in newest.items() if not is_counted),
    )
