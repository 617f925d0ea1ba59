"""From the order of a small report to its finished file, against making the file alone.

A worker of its own on SQLite, woken by the bell; with ``REDIS_URL`` a Celery worker as well. What
is compared is time around the rendering: ours is all that passes between the end of the request
that ordered and the finished job that any page sees, less the rendering of the same report.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from bench.measuring import Measure

TURNS = 30
_RUN = "import django; django.setup(); from bench import click_world; click_world.main()"
_BOUNDS = {"embedded": 5.0, "redis": 10.0}  # milliseconds


def measures() -> list[Measure]:
    """Both ways, or the one that there is."""
    redis = os.environ.get("REDIS_URL", "")
    kinds = {"embedded": "", **({"redis": redis} if redis else {})}
    return [_measure(kind, url) for kind, url in kinds.items()]


def _measure(kind: str, redis_url: str) -> Measure:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "CCHC_DATA_DIR": folder,
            "DATABASE_URL": "",
            "REDIS_URL": redis_url,
        }
        asked = [sys.executable, "-c", _RUN, str(TURNS)]
        done = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, check=True)
    said: dict[str, float] = json.loads(done.stdout)
    name = f"{kind}: click to file {said['whole']:.1f} ms, of it rendering {said['rendering']:.1f}"
    return Measure(name, said["whole"] - said["rendering"], _BOUNDS[kind], 1.0, "ms")
