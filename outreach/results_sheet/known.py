"""What is recorded already, as plain values, and what the importer may do. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from outreach.workflow import State


@dataclass(frozen=True, slots=True)
class Place:
    """A channel; ``decides`` says that the importer may record approval of work of his own there.

    ``editors`` is the agency whose editors decide.
    """

    code: str
    name: str
    needs_approval: bool
    needs_address: bool
    decides: bool
    editors: str


@dataclass(frozen=True, slots=True)
class KnownPlacement:
    """A placement as recorded. ``not_clearing`` is why the importer may not clear it,
    if so; ``words`` are what files said of it before."""

    pk: int
    activity: int
    channel: str
    state: State
    sent_on: date | None
    decided_on: date | None
    published_on: date | None
    url: str
    fingerprint: str
    decides: bool
    submitted_on: date | None = None
    not_clearing: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class KnownActivity:
    """An activity as recorded; ``kept`` is why what it says of itself may not be changed."""

    pk: int
    unit: str
    kind: str
    title: str
    folded: str
    held_on: date | None
    number: str
    dated: date | None
    placements: tuple[KnownPlacement, ...] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What stands already at an address on a channel."""

    pk: int
    title: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that is recorded of the agency and has to do with the file."""

    activities: Sequence[KnownActivity] = ()
    addresses: Mapping[tuple[str, str], Published] = field(default_factory=dict)
    # Placements of other agencies that a code of the file means.
    foreign: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """The day, the agency, and its channels by their codes."""

    today: date
    agency: str
    places: Mapping[str, Place]
