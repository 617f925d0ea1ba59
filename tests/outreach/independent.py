"""Compliance computed a second time, from DOMAIN.md, REGULATIONS.md §2 and §3 and decision 0003.

Plain values in, plain values out. Nothing of ``outreach`` or ``plans`` is imported and nothing of
their code was copied: days are numbers, an obligation is looked at by itself, and every placement
of its agency is looked at for it. Slow and simple on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]
# Never on its way to a channel, or no longer on it.
NOTHING_TO_COUNT = {"draft", "withdrawn"}
ATTENTION = ["missed", "pending", "not_due", "met_late", "met", "waived"]


@dataclass(frozen=True)
class World:
    """What the database says, exported: rows of plain values under short names."""

    placements: Sequence[Row]
    obligations: Sequence[Row]
    voids: Sequence[Row]
    rulings: Sequence[Row]


@dataclass(frozen=True)
class Verdict:
    """One obligation on one day, and which placements count for it on which days."""

    state: str
    days: tuple[date, ...]
    placements: tuple[int, ...] = ()


def verdicts(world: World, today: date) -> dict[int, Verdict]:
    """The verdict on every obligation."""
    by_agency: dict[int, list[Row]] = {}
    for placement in world.placements:
        by_agency.setdefault(placement["agency"], []).append(placement)
    refused = _refused(world)
    denied = refused | _voided(world)
    found = {}
    for owed in world.obligations:
        mine = [p for p in by_agency.get(owed["agency"], []) if p["channel"] == owed["channel"]]
        found[owed["id"]] = _verdict(owed, mine, denied, refused, today)
    return found


def _verdict(
    owed: Row,
    mine: list[Row],
    denied: set[tuple[int, int]],
    refused: set[tuple[int, int]],
    today: date,
) -> Verdict:
    counted = []
    for placement in mine:
        day = _moment(placement, owed["when"])
        if day is None or (placement["id"], owed["id"]) in denied:
            continue
        if owed["start"] <= day <= owed["end"] and day <= today and not owed["waived"]:
            counted.append((day, placement["id"]))
    counted.sort()
    days = [day for day, _ in counted]
    state = _state(owed, mine, days, refused, today)
    return Verdict(state, tuple(days), tuple(placement for _, placement in counted))


def _moment(placement: Row, when: str) -> date | None:
    """REGULATIONS §3: sent, approved and published, or held; what never left counts nowhere."""
    if placement["state"] in NOTHING_TO_COUNT or placement["sent"] is None:
        return None
    if when == "sent":
        return placement["sent"]
    if when == "held":
        return placement["held"]
    if placement["decided"] is None or placement["published"] is None:
        return None
    return max(placement["decided"], placement["published"])


def _state(
    owed: Row, mine: list[Row], days: list[date], refused: set[tuple[int, int]], today: date
) -> str:
    if owed["waived"]:
        return "waived"
    needed = owed["required"]
    if len(days) >= needed:
        return "met" if days[needed - 1] <= owed["due"] else "met_late"
    if owed["when"] == "approved_published" and owed["start"] <= today <= owed["end"]:
        hopeful = [p for p in mine if _waits(p, today) and (p["id"], owed["id"]) not in refused]
        if len(days) + len(hopeful) >= needed:
            return "pending"
    return "missed" if today > owed["due"] else "not_due"


def _waits(placement: Row, today: date) -> bool:
    """On the editors' desk at the end of that day, as far as was then known."""
    if placement["sent"] is None or placement["sent"] > today:
        return False
    state = placement["state"]
    if state in {"sent", "approved"}:
        return True
    if state in {"published", "withdrawn"}:
        return placement["published"] > today
    return state in {"returned", "refused"} and placement["decided"] > today


def _last(world: World) -> dict[tuple[int, int], Row]:
    rulings = sorted(world.rulings, key=lambda row: row["id"])
    return {(ruling["placement"], ruling["obligation"]): ruling for ruling in rulings}


def _refused(world: World) -> set[tuple[int, int]]:
    """Pairs of which a reviewer said, and nobody unsaid, that they shall not count."""
    return {pair for pair, ruling in _last(world).items() if not ruling["counts"]}


def _voided(world: World) -> set[tuple[int, int]]:
    """Pairs that counted until a person took them out, and that nobody let count again since.

    While it waited nobody knew of that: it stays a hope of the days before.
    """
    found, last = set(), _last(world)
    for void in world.voids:
        pair = (void["placement"], void["obligation"])
        again = last.get(pair)
        if again is None or not again["counts"] or again["at"] < void["at"]:
            found.add(pair)
    return found


@dataclass
class Cell:
    """What stands in one cell of a matrix."""

    done: int
    required: int
    state: str
    ids: list[int]
    outside: bool


def matrix(
    world: World, today: date, column: str, only: set[int] | None = None
) -> tuple[dict[tuple[int, Any], Cell], dict[int, dict[str, int]]]:
    """The cells by agency and ``column`` (a name in the obligations), and each agency's score.

    Waived obligations and those due before issue stand aside: in no sum, and in a cell only where
    nothing else does.
    """
    found = verdicts(world, today)
    places: dict[tuple[int, Any], list[Row]] = {}
    scores: dict[int, dict[str, int]] = {}
    for owed in world.obligations:
        if only is None or owed["id"] in only:
            places.setdefault((owed["agency"], owed[column]), []).append(owed)
            score = scores.setdefault(owed["agency"], {})
            if owed["waived"]:
                key = "waived"
            else:
                key = "outside" if owed["outside"] else found[owed["id"]].state
            score[key] = score.get(key, 0) + 1
            score["expected"] = score.get("expected", 0) + (key not in {"waived", "outside"})
    return {place: cell(rows, found) for place, rows in places.items()}, scores


def cell(rows: Sequence[Row], found: Mapping[int, Verdict]) -> Cell:
    """What these obligations show together."""
    aside = [r for r in rows if r["waived"] or r["outside"]]
    counted = [r for r in rows if r not in aside] or aside
    states = [found[r["id"]].state for r in counted]
    return Cell(
        sum(min(len(found[r["id"]].days), r["required"]) for r in counted),
        sum(r["required"] for r in counted),
        min(states, key=ATTENTION.index),
        [r["id"] for r in rows],
        any(r["outside"] for r in counted),
    )
