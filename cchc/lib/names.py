"""Names that people type into a directory: cleaned, compared, and shortened to codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable

from cchc.lib.text import fold, squeeze

_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_EDGES = " .,;:-"
_WORD = re.compile(r"[^\W_]+")
_FOLDED_WORD = re.compile(r"[a-z0-9]+")
# Words that nobody speaks when he shortens a name.
_JOINING = frozenset({"và", "của", "các", "cho", "về", "tại"})


def typed(text: str) -> str:
    """One line as it was meant: no invisible signs, single spaces."""
    return "".join(sign for sign in squeeze(text) if unicodedata.category(sign)[0] != "C")


def key(name: str) -> str:
    """Two names with the same key are one: case, marks, dashes and signs at the ends aside."""
    return _DASHES.sub("-", fold(name)).strip(_EDGES)


def aliases(other_names: Iterable[str], *names: str) -> list[str]:
    """The other names, each once, without what only writes one of the names again."""
    seen = {key(name) for name in names}
    kept = []
    for name in other_names:
        if key(name) not in seen:
            seen.add(key(name))
            kept.append(name)
    return kept


def clash(
    names: Iterable[str],
    others: Iterable[tuple[str, str]],
    same: Callable[[str], str] = key,
) -> tuple[str, str] | None:
    """The first name that somebody else bears, and who; ``others`` are names and their owners."""
    owners = {same(name): owner for name, owner in others}
    return next(((name, owners[same(name)]) for name in names if same(name) in owners), None)


def slug(name: str, limit: int) -> str:
    """``chuyen-trang-cchc``: as many whole words as fit."""
    cut = "-".join(_FOLDED_WORD.findall(fold(name)))
    if len(cut) > limit and "-" in cut[: limit + 1]:
        cut = cut[: limit + 1].rpartition("-")[0]
    return cut[:limit]


def initials(name: str, limit: int) -> str:
    """``TTCNS`` for ``Trung tâm Công nghệ số``; what is an abbreviation already stays whole."""
    words = [word for word in _WORD.findall(name) if word.casefold() not in _JOINING]
    short = (word if word.isupper() or word.isdigit() else word[0] for word in words)
    return "".join(_FOLDED_WORD.findall(fold("".join(short)))).upper()[:limit]


def free(code: str, taken: Collection[str], limit: int) -> str:
    """The code, or with the first number that makes it nobody's; capital letters are no other."""
    used = {one.casefold() for one in taken}
    number, found = 1, code
    while found.casefold() in used:
        number += 1
        found = f"{code[: limit - len(str(number))]}{number}"
    return found
