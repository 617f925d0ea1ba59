"""A unit's turn goes to another: two periods are swapped, or one is taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction

from agencies import audit
from agencies.models import Unit, User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.models import Obligation, TurnChange
from plans.models.turn_change import TurnChangeKind

SWAPPED = audit.Verb("obligation.swap_turns", "Hoán đổi lượt luân phiên")
SUBSTITUTED = audit.Verb("obligation.substitute", "Giao đơn vị khác làm thay")


@transaction.atomic
def swap(
    *, first: Obligation, second: Obligation, reason: str, by: User, together: bool = False
) -> list[TurnChange]:
    """Let the units of two periods of one quota change places; the plan's text stays.

    ``together`` swaps them in the task's other quotas too, where the same two units stand in the
    same periods and both are still open.
    """
    locked = _locked(first, second)
    one, other = locked[first.pk], locked[second.pk]
    _require_open((one, other), by)
    today = clock.today()
    require(policies.can_be_swapped(one, other, today))
    given = _given(reason)
    mine, theirs = str(one.unit), str(other.unit)
    beside = _beside(one, other, locked) if together else ()
    open_too = (pair for pair in beside if policies.can_be_swapped(*pair, today))
    pairs = [(one, other), *open_too]
    changes = [_swapped(*pair, given, by) for pair in pairs]
    audit.record(
        SWAPPED,
        one,
        by=by,
        agency=one.agency,
        reason=given,
        before={one.period: mine, other.period: theirs},
        after={one.period: theirs, other.period: mine, "quotas": len(changes)},
    )
    return changes


@transaction.atomic
def substitute(
    *, obligation: Obligation, unit: Unit, reason: str, by: User, together: bool = False
) -> list[TurnChange]:
    """Let another unit of the agency take the period over; the plan's text stays.

    ``together`` hands over what the unit has in the same period by the task's other quotas too.
    """
    locked = _locked(obligation)
    own = locked[obligation.pk]
    _require_open((own,), by)
    require(policies.can_take_over(own, unit, clock.today()))
    given = _given(reason)
    before = str(own.unit) if own.unit else ""
    others = [locked[row.pk] for row in Obligation.objects.beside(own)] if together else []
    changes = [
        _hand_over(one, unit, TurnChangeKind.SUBSTITUTION, given, by) for one in (own, *others)
    ]
    audit.record(
        SUBSTITUTED,
        own,
        by=by,
        agency=own.agency,
        reason=given,
        before={"unit": before},
        after={"unit": str(unit), "quotas": len(changes)},
    )
    return changes


def _beside(
    one: Obligation, other: Obligation, locked: Mapping[int, Obligation]
) -> Iterator[tuple[Obligation, Obligation]]:
    """What stands beside both periods in one more quota of the task."""
    partners = {row.quota_id: locked[row.pk] for row in Obligation.objects.beside(other)}
    for row in Obligation.objects.beside(one):
        if row.quota_id in partners:
            yield locked[row.pk], partners[row.quota_id]


def _swapped(one: Obligation, other: Obligation, reason: str, by: User) -> TurnChange:
    """Two changes that name each other."""
    mine, theirs = one.unit, other.unit
    assert mine is not None  # can_be_swapped has seen to both
    assert theirs is not None
    change = _hand_over(one, theirs, TurnChangeKind.SWAP, reason, by)
    partner = _hand_over(other, mine, TurnChangeKind.SWAP, reason, by)
    TurnChange.objects.filter(pk=change.pk).update(partner=partner)
    TurnChange.objects.filter(pk=partner.pk).update(partner=change)
    return change


def _locked(*obligations: Obligation) -> dict[int, Obligation]:
    """With all that their tasks owe in the same periods, as they stand now.

    Locked in the order of their keys, so that two crossing swaps never wait for each other.
    """
    rows = (
        Obligation.objects.select_for_update(of=("self",))
        .select_related("plan__agency", "agency__province", "unit", "task", "channel")
        .filter(
            task__in=[obligation.task_id for obligation in obligations],
            period__in=[obligation.period for obligation in obligations],
        )
        .order_by("pk")
    )
    return {row.pk: row for row in rows}


def _require_open(obligations: Sequence[Obligation], by: User) -> None:
    """Refuse for the first that may not change hands."""
    keys = [obligation.pk for obligation in obligations]
    done = set(Obligation.objects.filter(pk__in=keys).fulfilled().values_list("pk", flat=True))
    for obligation in obligations:
        is_done = obligation.pk in done
        require(policies.may_change_turn(by, obligation, is_done=is_done))


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused("Hãy ghi lý do đổi lượt.")
    return reason.strip()


def _hand_over(
    obligation: Obligation, unit: Unit, kind: TurnChangeKind, reason: str, by: User
) -> TurnChange:
    change = TurnChange.objects.create(
        obligation=obligation,
        kind=kind,
        from_unit=obligation.unit,
        to_unit=unit,
        reason=reason,
        changed_at=clock.now(),
        changed_by=by,
    )
    obligation.unit = unit
    obligation.save(update_fields=["unit"])
    return change
