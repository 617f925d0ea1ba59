"""What changed between two texts, word by word.

Pure: a difference is a tuple of pairs, ``("same" | "added" | "removed", text)``, which
``templates/plans/parts/difference.html`` shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from unicodedata import normalize

SAME = "same"
ADDED = "added"
REMOVED = "removed"

Difference = tuple[tuple[str, str], ...]

_TOKEN = re.compile(r"\n|[^\S\n]+|\w+(?:[-/.,–]\w+)*|.", re.DOTALL)


def words(before: str, after: str) -> Difference:
    """The whole of both texts in reading order; what was removed stands before what was added."""
    old = _TOKEN.findall(normalize("NFC", before))
    new = _TOKEN.findall(normalize("NFC", after))
    return tuple(_joined(_whole_changes(list(_parts(old, new)))))


def is_change(difference: Difference) -> bool:
    """Whether anything was added or removed."""
    return any(kind != SAME for kind, _ in difference)


def same_words(one: str, other: str) -> bool:
    """Whether the texts say the same: case, spaces and the closing stop do not count."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split()).rstrip(" .;,")


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What both have, or what the one has instead of the other: (same, removed, added)."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield "".join(old[start:end]), "", ""
        else:
            yield "", "".join(old[start:end]), "".join(new[new_start:new_end])


def _whole_changes(parts: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """A space that both have between two changes belongs to them: phrases change, not words."""
    for place, (same, removed, added) in enumerate(parts):
        between = 0 < place < len(parts) - 1
        yield ("", same, same) if between and same.isspace() else (same, removed, added)


def _joined(parts: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    removed = added = ""
    for same, gone, come in parts:
        if same:
            yield from _change(removed, added)
            removed = added = ""
            yield SAME, same
        else:
            removed, added = removed + gone, added + come
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[tuple[str, str]]:
    """A side that has nothing but the space between changes is no change of its own."""
    if removed.strip() or (removed and not added):
        yield REMOVED, removed
    if added.strip() or (added and not removed):
        yield ADDED, added
