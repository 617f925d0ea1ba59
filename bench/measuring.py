"""A measure: ours beside a reference, taken in turns so that a busy machine burdens both alike."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REPETITIONS = 7


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; ``bound`` is the greatest ratio that is promised, None for none."""

    name: str
    ours: float
    reference: float
    bound: float | None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Ours over the reference."""
        return self.ours / self.reference

    @property
    def verdict(self) -> str:
        """Whether the promise is kept."""
        if self.bound is None:
            return "–"
        return "ok" if self.ratio <= self.bound else "vượt"


def in_turns(*works: Callable[[], object], repetitions: int = REPETITIONS) -> list[float]:
    """The median seconds of each work; each is done once unmeasured, then all in turns."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(repetitions):
        for work, times in zip(works, taken, strict=True):
            begun = time.perf_counter()
            work()
            times.append(time.perf_counter() - begun)
    return list(map(statistics.median, taken))


def machine() -> str:
    """What it was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next(
        (line.split(":", 1)[1].strip() for line in told.splitlines() if "model name" in line), ""
    )
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {model or platform.machine()}, "
        f"Python {platform.python_version()}, load {busy:.1f}"
    )


def table(measures: list[Measure]) -> str:
    """The measures as lines of text."""
    rows = [("measure", "ours", "reference", "ratio", "bound", "")]
    rows += [
        (
            one.name,
            f"{one.ours:.3f} {one.unit}",
            f"{one.reference:.3f} {one.unit}",
            f"{one.ratio:.0%}",
            "–" if one.bound is None else f"{one.bound:.0%}",
            one.verdict,
        )
        for one in measures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at in (0, 5) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
