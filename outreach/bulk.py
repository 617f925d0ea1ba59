"""One decision over many placements: each by itself, in one order, so that nobody waits in a ring.

What cannot be done is told with its reason, and the rest is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agencies.models import User
from cchc.lib.decisions import Refused
from outreach.actions import placements as one
from outreach.models import Placement


@dataclass(frozen=True, slots=True)
class Outcome:
    """``refusal`` is the sentence that says why it was not done; empty when it was."""

    placement: Placement
    refusal: str = ""


def approve_many(*, by: User, placements: Iterable[Placement]) -> list[Outcome]:
    """Approve each today."""
    return _each(placements, lambda placement: one.approve(by=by, placement=placement))


def return_many(*, by: User, placements: Iterable[Placement], reason: str) -> list[Outcome]:
    """Give each back for the same reason."""
    return _each(
        placements, lambda placement: one.return_(by=by, placement=placement, reason=reason)
    )


def clear_many(*, by: User, placements: Iterable[Placement]) -> list[Outcome]:
    """Clear each today."""
    return _each(placements, lambda placement: one.clear(by=by, placement=placement))


def hand_back_many(*, by: User, placements: Iterable[Placement], reason: str) -> list[Outcome]:
    """Give each back to its author before a channel has seen it."""
    return _each(
        placements, lambda placement: one.hand_back(by=by, placement=placement, reason=reason)
    )


def _each(placements: Iterable[Placement], do: Callable[[Placement], Placement]) -> list[Outcome]:
    """Each in a transaction of its own: what one of them holds is free before the next."""
    outcomes = []
    for placement in sorted(placements, key=lambda p: p.pk):
        try:
            do(placement)
        except Refused as refusal:
            outcomes.append(Outcome(placement, str(refusal)))
        else:
            outcomes.append(Outcome(placement))
    return outcomes
