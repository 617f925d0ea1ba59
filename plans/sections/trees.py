"""Which row of a flat list stands below which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def clamped(depths: Iterable[int]) -> list[int]:
    """The depths, none more than one below the row before."""
    found: list[int] = []
    for depth in depths:
        found.append(min(depth, found[-1] + 1 if found else 0))
    return found


def parents_by_depth(rows: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Each uid's parent: the nearest row above that is one less deep, "" for the outermost."""
    chain: list[str] = []
    found: dict[str, str] = {}
    for uid, depth in rows:
        del chain[depth:]
        found[uid] = chain[-1] if chain else ""
        chain.append(uid)
    return found


def parents_by_code(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Each uid's parent from area and code: 4 for 4.1, the nearest above; "" where none is."""
    above: dict[tuple[str, str], str] = {}
    found: dict[str, str] = {}
    for uid, area, code in rows:
        found[uid] = _nearest(above, area, code)
        if code:
            above[area, code] = uid
    return found


def _nearest(above: Mapping[tuple[str, str], str], area: str, code: str) -> str:
    while "." in code:
        code = code.rpartition(".")[0]
        if (area, code) in above:
            return above[area, code]
    return ""
