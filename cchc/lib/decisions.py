"""The answer to "may this be done?": yes, or no with a sentence for the person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """True, or false with the Vietnamese sentence that says why."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def denied(reason: str) -> Decision:
    """A refusal; ``reason`` is a whole Vietnamese sentence."""
    return Decision(False, reason)


class Refused(Exception):
    """An action was refused by its policy; the message is the sentence to show."""


def require(decision: Decision) -> None:
    """Raise :class:`Refused` with the decision's sentence unless it allows."""
    if not decision:
        raise Refused(decision.reason)
