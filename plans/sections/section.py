"""What every section can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plans.models import Plan

Notes = dict[str, dict[str, dict[str, Any]]]
"""For each row's uid and field ``{"text", "tone": "ok" | "ask" | "bad", "choices"}``."""


def no_notes(plan: Plan, value: Any) -> Notes:
    """Nothing to say."""
    return {}


def no_labels(value: Any) -> dict[str, str]:
    """No row has one."""
    return {}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a plan's text as one JSON value.

    ``read`` gives the value as it stands; ``accept`` makes the exact value of what a browser
    sent or raises ``SectionFaults``; ``write`` brings the rows to the value inside its caller's
    transaction; ``notes`` says how its cells were understood; ``labels`` are the numbers that
    numbering would give its rows.
    """

    name: str
    title: str
    read: Callable[[Plan], Any]
    accept: Callable[[object, Plan], Any]
    write: Callable[[Plan, Any], None]
    notes: Callable[[Plan, Any], Notes] = no_notes
    labels: Callable[[Any], dict[str, str]] = no_labels
