"""When an address counts as dead. Pure: what was known, what was seen and the day in, a state out.

A page that says itself that it is gone is dead at once. A name, a server or a certificate that is
gone may be back tomorrow: dead on another day only. Slowness and trouble of a server or of our own
network: dead after a week of trying. Who answers but keeps programs out is never called dead, and
neither is what we ourselves refuse to ask. One good answer brings an address back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cchc.lib.links import Fault

ALIVE, UNKNOWN, DEAD = "alive", "unknown", "dead"

# Of the faults of which an address dies: how often in a row, and over how many days.
_PATIENCE = {
    Fault.GONE: (1, 0),
    Fault.NO_NAME: (2, 1),
    Fault.REFUSED: (2, 1),
    Fault.TLS: (2, 1),
    Fault.TIMEOUT: (4, 7),
    Fault.SERVER: (4, 7),
    Fault.BROKEN: (4, 7),
    Fault.UNREACHABLE: (4, 7),
    Fault.LOOP: (4, 7),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an address stands; ``since`` is the day of the first of ``failures`` in a row."""

    state: str
    failures: int = 0
    since: date | None = None


def after(before: Standing, fault: Fault | None, today: date) -> Standing:
    """How it stands once it was looked at."""
    if fault is None:
        return Standing(ALIVE)
    if fault not in _PATIENCE:
        return Standing(UNKNOWN)
    failures, since = before.failures + 1, before.since or today
    times, days = _PATIENCE[fault]
    is_dead = before.state == DEAD or (failures >= times and (today - since).days >= days)
    return Standing(DEAD if is_dead else UNKNOWN, failures, since)
