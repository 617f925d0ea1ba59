"""Whether something was entered before, and which contents of the plan a title speaks of. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from cchc.lib.fuzzy import alike

AT_LEAST = 84.0  # of 100; measured on titles of a real year, see tests/outreach/test_likeness.py
SHORTEST = 8  # letters of a title that are enough to compare
MOST = 5
MOST_CONTENTS = 3

# Signs that make two titles of a series two works: "tháng 3", "quý II", "số 12", "lần thứ nhất".
_COUNTERS = re.compile(
    r"\b(?:\d+|(?:quy|dot|lan|ky|so|tap|phan|bai|chuong) (?:thu )?(?:[ivx]+|nhat|hai|ba|bon|tu|nam)"
    r"|thu (?:nhat|hai|ba|tu|nam|sau|bay))\b"
)
# What the whole work is about, in whatever plan.
_EVERYWHERE = frozenset({"cai cach", "cach hanh", "hanh chinh", "tuyen truyen"})
_WORD = re.compile(r"\w+")


class Why(IntEnum):
    """What is the same, the surest first."""

    ADDRESS = 1
    NUMBER = 2
    TITLE = 3
    SIMILAR = 4


@dataclass(frozen=True, slots=True)
class Known:
    """An activity that is there: its title's folded words and, of a document, its number."""

    pk: int
    title: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An activity that may be the same, and why."""

    pk: int
    why: Why


def matches(
    title: str, known: Sequence[Known], *, number: str = "", posted: Iterable[int] = ()
) -> list[Match]:
    """What a title, as folded words, may repeat, the surest first, at most five.

    ``posted`` are the activities that stand at the address that was typed.
    """
    found = dict.fromkeys(posted, Why.ADDRESS)
    for one in known:
        if number and one.number == number:
            found.setdefault(one.pk, Why.NUMBER)
    for place in _similar(title, [one.title for one in known]):
        one = known[place]
        found.setdefault(one.pk, Why.TITLE if one.title == title else Why.SIMILAR)
    ranked = sorted(found.items(), key=lambda item: item[1])  # stable: the most alike stay first
    return [Match(pk, why) for pk, why in ranked[:MOST]]


def contents(title: str, items: Mapping[int, str]) -> list[int]:
    """The contents of a plan of which a title speaks, the nearest first, at most three.

    Pairs of neighbouring syllables are compared, for one syllable is hardly ever a Vietnamese
    word; a pair that most of the contents have says nothing, the rarer it is the more it says.
    What says less than half of the nearest is left out.
    """
    pairs = {pk: _pairs(text) - _EVERYWHERE for pk, text in items.items()}
    shared_by = Counter(pair for found in pairs.values() for pair in found)
    telling = {pair: 1 / n for pair, n in shared_by.items() if n == 1 or n * 2 <= len(items)}
    asked = _pairs(title)
    scores = {
        pk: sum(telling.get(pair, 0.0) for pair in found & asked) for pk, found in pairs.items()
    }
    enough = max(scores.values(), default=0.0) / 2
    ranked = sorted((pk for pk in items if scores[pk] >= enough > 0), key=lambda pk: -scores[pk])
    return ranked[:MOST_CONTENTS]


def _similar(title: str, others: Sequence[str]) -> list[int]:
    if len(title) < SHORTEST:
        return []
    close = alike(title, others, AT_LEAST)
    return [place for place, _ in close if not _is_next_of_series(title, others[place])]


def _is_next_of_series(title: str, other: str) -> bool:
    """Whether each counts something that the other does not: "tháng 3", "tháng 4"."""
    one, two = (Counter(_COUNTERS.findall(text)) for text in (title, other))
    return bool(one - two and two - one)


def _pairs(text: str) -> set[str]:
    words = _WORD.findall(text)
    return {f"{one} {two}" for one, two in pairwise(words)}
