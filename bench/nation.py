"""A province and a country at full size on PostgreSQL: matrix, lists, the page of a country.

Two databases on one server of our own: a province with two years, which are 80,000 placements, and
what ``--size`` says. Both have the same last year of the same 200 agencies; each is asked in a
process of its own, in turns.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from bench.measuring import Measure
from bench.server import Server, postgres

# Provinces and years; 200 agencies in each, 40,000 placements a year. A province has a neighbour,
# so that there is a country to look at.
SIZES = {"province": (2, 5), "nation": (20, 10)}
_SMALL = (1, 2)
_LAST_YEAR = 2025
_TURNS = 9
_RUN = "import django; django.setup(); from bench import nation_world; nation_world.main()"
_SETTINGS = {
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


@dataclass(frozen=True, slots=True)
class World:
    """A database with its process; ``placements`` says how large it is."""

    process: subprocess.Popen[str]
    placements: int

    def ask(self, question: str) -> dict[str, Any]:
        """One question, one answer."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the world has no pipes")
        if question:
            self.process.stdin.write(f"{question}\n")
            self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the world ended at “{question}”")
        found: dict[str, Any] = json.loads(line)
        return found


def matrix(size: str) -> list[Measure]:
    """The matrix of a province's year beside the same among 80,000 placements; its page."""
    small, large = _answers(size)
    name = f"{large['placements']:,} placements against {small['placements']:,}"
    found = [
        _grown(f"year, {name}", small["matrix"], large["matrix"], "wall", 1.3),
        _grown("  processor time", small["matrix"], large["matrix"], "processor", None),
        _grown("year with much waiting", small["waiting"], large["waiting"], "wall", 1.3),
        _grown("  processor time", small["waiting"], large["waiting"], "processor", None),
    ]
    for label, world in (("80,000", small["page"]), (f"{large['placements']:,}", large["page"])):
        found += [
            Measure(f"page among {label} against its SQL", world["wall"], world["sql"], 2.5, "ms"),
            Measure("  processor time", world["processor"], world["sql_processor"], None, "ms"),
        ]
    pages = small["page"]["queries"], large["page"]["queries"]
    return [*found, Measure("queries of the page", pages[1], pages[0], 1.0, "")]


def lists(size: str) -> list[Measure]:
    """Fifty rows at any depth against a millisecond of the database's processor."""
    large = _answers(size)[1]
    return [
        Measure(f"{label}, at {depth}{words}", taken, 1.0, bound, "ms")
        for label, depths in large["lists"].items()
        for depth, (rows, whole) in depths.items()
        for words, taken, bound in (("", rows, 1.0), (" with what they name", whole, None))
    ]


def country(size: str) -> list[Measure]:
    """The national year from the summaries against 20 ms, and against the live count."""
    large = _answers(size)[1]
    page, check = large["country"], large["summarise"]
    return [
        Measure("national year by province, from the summary", page["summary"], 20.0, 1.0, "ms"),
        Measure("against the live count", page["summary"], page["live"], None, "ms"),
        Measure("its page against the page's SQL", page["wall"], page["sql"], None, "ms"),
        Measure(f"check, count: {check['told']}", check["check"], check["count"], None),
    ]


def _grown(
    name: str, small: dict[str, float], large: dict[str, float], key: str, bound: float | None
) -> Measure:
    return Measure(name, large[key], small[key], bound, "ms")


@cache
def _answers(size: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What both worlds say, asked in turns; written once for all sections."""
    with postgres(**_SETTINGS) as server, ExitStack() as worlds:
        small = worlds.enter_context(_world(server, "small", *_SMALL))
        large = worlds.enter_context(_world(server, "large", *SIZES[size]))
        told: list[dict[str, Any]] = [{"placements": w.placements} for w in (small, large)]
        for question in ("matrix", "waiting", "page"):
            asked = [(small.ask(question), large.ask(question)) for _ in range(_TURNS + 1)][1:]
            for at, answers in enumerate(zip(*asked, strict=True)):
                told[at][question] = _medians(answers)
        # The check asks twice, the lists repeat by themselves.
        for question in ("lists", "summarise"):
            told[1][question] = large.ask(question)
        told[1]["country"] = _medians([large.ask("country") for _ in range(_TURNS)])
    return told[0], told[1]


def _medians(answers: Any) -> dict[str, float]:
    return {key: statistics.median(each[key] for each in answers) for key in answers[0]}


@contextmanager
def _world(server: Server, name: str, provinces: int, years: int) -> Iterator[World]:
    """The process of a new database, which has written its world."""
    environment = os.environ | {"DATABASE_URL": server.database(name)}
    asked = [sys.executable, "-c", _RUN, *map(str, (provinces, years, _LAST_YEAR))]
    process = subprocess.Popen(
        asked, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        world = World(process, provinces * years * 40_000)
        world.ask("")
        yield world
    finally:
        if process.stdin:
            process.stdin.close()
        process.wait(timeout=60)
