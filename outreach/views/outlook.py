"""What placements would count for, as whoever decides on them sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outreach import ledger
from outreach.counting import why_not
from outreach.ledger import Prospect
from outreach.models import Activity, Fulfilment, Placement


@dataclass(frozen=True, slots=True)
class Outlook:
    """One obligation that a placement would count for.

    ``done``: how many count for it already, without this one. ``turn``: the unit whose turn it
    is, when none of the activity's own units is.
    """

    prospect: Prospect
    done: int
    turn: str

    @property
    def late(self) -> bool:
        """Whether it would count after the plan's own due date."""
        return self.prospect.counted_on > self.prospect.obligation.due_on

    @property
    def enough(self) -> bool:
        """Whether as many as are required count already."""
        return self.done >= self.prospect.obligation.required


def outlooks(placements: Sequence[Placement], on: date) -> dict[int, list[Outlook]]:
    """What each placement would count for if it stood on its channel from that day on.

    Four queries, however many.
    """
    found = ledger.prospects_of(placements, on)
    ours = units({p.activity_id for p in placements})
    wanted = {one.obligation.pk for rows in found.values() for one in rows}
    rows = Fulfilment.objects.standing().filter(obligation__in=wanted)
    pairs = list(rows.values_list("placement_id", "obligation_id"))
    done = Counter(obligation for _, obligation in pairs)
    counted = set(pairs)
    return {
        p.pk: [
            Outlook(
                one,
                done[one.obligation.pk] - ((p.pk, one.obligation.pk) in counted),
                turn(one.obligation.unit, ours[p.activity_id]),
            )
            for one in found[p.pk]
        ]
        for p in placements
    }


def units(activities: set[int]) -> dict[int, set[int]]:
    """The units that wrote or held each activity, alone or together; one query."""
    found: dict[int, set[int]] = {pk: set() for pk in activities}
    rows = Activity.objects.filter(pk__in=activities)
    for pk, unit, joint in rows.values_list("pk", "unit_id", "joint_units__id"):
        found[pk] |= {one for one in (unit, joint) if one is not None}
    return found


def turn(unit: object, ours: set[int]) -> str:
    """Whose turn it is when it is nobody's of ours; empty otherwise."""
    key = getattr(unit, "pk", None)
    return "" if key is None or key in ours else str(unit)


def none_because(placement: Placement, on: date) -> str:
    """Why it would count for nothing if it stood on its channel from that day on."""
    owed = ledger.obligations_for([placement])[ledger.place_of(placement)]
    return why_not(ledger.published_by(placement, on), [ledger.wanted(o) for o in owed])
