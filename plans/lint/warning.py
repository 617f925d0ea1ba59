"""What a check says, and how it names places, days and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

T = TypeVar("T")

HEAD = "Đầu văn bản"
ANNEX = "Phụ lục"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class LintWarning:
    """``code`` and ``place`` identify it in its plan; ``blocks`` when it must be put right."""

    code: str
    place: str
    sentence: str
    blocks: bool = False


def once_or_each(
    faulty: Sequence[T],
    whole: bool,
    once: Callable[[], LintWarning],
    each: Callable[[T], LintWarning],
) -> Iterable[LintWarning]:
    """One warning for a list that is faulty as a whole, else one for each faulty entry."""
    return [once()] if faulty and whole else [each(entry) for entry in faulty]


def on(day: date) -> str:
    """``20/03/2024``."""
    return f"{day:%d/%m/%Y}"


def listed(days: Iterable[date]) -> str:
    """The first days, and how many more: ``25/01/2024, 20/03/2024 và 2 hạn khác``."""
    distinct = sorted(set(days))
    named = ", ".join(map(on, distinct[:_NAMED]))
    more = len(distinct) - _NAMED
    return f"{named} và {more} hạn khác" if more > 0 else named
