"""Compliance of 200 agencies over a year against a computation that shares no code with it."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.measuring import Measure

_RUN = "from tests.outreach.truth import run; run()"


def measures() -> list[Measure]:
    """The differences, which must be none, and what either computation takes."""
    ended = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", _RUN],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = json.loads(ended.stdout.splitlines()[-1])
    size = f"{told['obligations']} obligations, {told['placements']} placements"
    return [
        Measure(f"cells that differ, of {told['cells']}", told["parted"], told["cells"], 0.0, ""),
        Measure(f"measure and the second way: {size}", told["measure"], told["independent"], None),
        Measure("recount --check, and counting anew", told["check"], told["recount"], None),
    ]
