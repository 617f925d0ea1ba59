"""What is wrong with a typed section: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class SectionFault:
    """One problem: the row and field, what stands there, what is wrong, what would be accepted.

    ``row`` counts from 1 and is 0 when the problem is not a row's; ``label`` is the field's name
    on the screen.
    """

    row: int
    uid: str
    field: str
    label: str
    value: str
    problem: str
    accepted: str


class SectionFaults(Exception):
    """A section that cannot be saved; nothing was written."""

    def __init__(self, faults: Sequence[SectionFault]) -> None:
        super().__init__(" ".join(fault.problem for fault in faults))
        self.faults = tuple(faults)


def of_section(problem: str, accepted: str = "") -> SectionFaults:
    """A fault of the section as a whole."""
    return SectionFaults([SectionFault(0, "", "", "", "", problem, accepted)])


def shown(value: object) -> str:
    """A typed value as a fault quotes it."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
