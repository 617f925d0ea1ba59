"""The time cell: how it is understood, and what is said about it at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from plans.models import Plan, Task
from plans.timing import Timing, TimingKind, parse_timing
from plans.timing_choices import choices, summary

# The time cells of an annex repeat each other, and so do the saves of one.
_REMEMBERED = 4096
LONGEST_TIME = 1_000
_UNCLEAR = (TimingKind.VAGUE, TimingKind.PLACEHOLDER)


@lru_cache(_REMEMBERED)
def _timing(text: str, year: int) -> Timing:
    return parse_timing(text, year)


def kind_of(text: str, year: int) -> str:
    """How a cell is understood; a blank one is not."""
    return _timing(text, year).kind.value if text else ""


def time_note(time: str, meant: str, year: int, *, proposes: bool = True) -> dict[str, Any] | None:
    """What is owed by the cell, or what its author says it means; None when it is blank.

    Wordings to pick from are looked for only when it ``proposes``.
    """
    text = meant or time
    if not text:
        return None
    timing = _timing(text, year)
    kinds = {part.kind for part in timing.parts or (timing,)}
    if TimingKind.INVALID in kinds:
        return {"text": timing.problem, "tone": "bad", "choices": []}
    if not kinds.isdisjoint(_UNCLEAR):
        found = list(_choices(text, year)) if proposes else []
        return {"text": timing.problem, "tone": "ask", "choices": found}
    said = summary(timing)
    return {"text": f"hiểu là: {said}" if meant else said, "tone": "ok", "choices": []}


@lru_cache(_REMEMBERED)
def _choices(text: str, year: int) -> tuple[str, ...]:
    return tuple(_proposed(_timing(text, year)))


def _proposed(timing: Timing) -> list[str]:
    """Wordings for the whole cell; of several lines the one that is unclear is replaced."""
    unclear = [at for at, part in enumerate(timing.parts) if part.kind in _UNCLEAR]
    if not timing.parts:
        return choices(timing)
    if len(unclear) != 1:
        return []
    (at,) = unclear
    lines = [part.literal for part in timing.parts]
    return [
        "\n".join(f"- {line}" for line in [*lines[:at], choice, *lines[at + 1 :]])
        for choice in choices(timing.parts[at])
    ]


def read_again(plan: Plan) -> None:
    """Another year of the plan may give its time cells another meaning."""
    changed = []
    for task in Task.objects.filter(plan=plan).only("timing_text", "timing_meant", "timing_kind"):
        kind = kind_of(task.timing_meant or task.timing_text, plan.year)
        if kind != task.timing_kind:
            task.timing_kind = kind
            changed.append(task)
    Task.objects.bulk_update(changed, ["timing_kind"])
