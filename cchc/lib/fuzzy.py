"""The one door to ``rapidfuzz``: how alike two folded texts are, word by word."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

_FEW_WORDS = 5


def alike(text: str, others: Sequence[str], at_least: float) -> list[tuple[int, float]]:
    """Which of the others are at least so alike (0-100), by their place; the most alike first.

    The order of the words does not matter, nor what only the longer one says; but where the
    shorter has fewer than five words, everything counts: "hội nghị" is in every second title.
    Texts are words between single spaces; what does not share half of the shorter one's is not
    looked at any closer.
    """
    near = _near(text, others)
    found = process.extract(
        text, near, scorer=fuzz.token_set_ratio, score_cutoff=at_least, limit=None
    )
    judged = [(place, _score(text, other, score)) for other, score, place in found]
    close = [pair for pair in judged if pair[1] >= at_least]
    return sorted(close, key=lambda pair: (-pair[1], pair[0]))


def _near(text: str, others: Sequence[str]) -> dict[int, str]:
    asked = set(text.split())
    shared = asked.intersection
    found = {}
    for place, other in enumerate(others):
        words = other.split()
        if 2 * len(shared(words)) >= min(len(asked), len(words)):
            found[place] = other
    return found


def _score(text: str, other: str, of_sets: float) -> float:
    if min(len(text.split()), len(other.split())) >= _FEW_WORDS:
        return float(of_sets)
    return float(fuzz.token_sort_ratio(text, other))
