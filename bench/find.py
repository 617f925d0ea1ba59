"""The first page of a list of a million titles, by words of the titles, on PostgreSQL.

``CCHC_FIND_TITLES`` says how many titles (1,000,000 unless told). What is counted is the time for
which the database is at work on a page: on the processor, so that a busy machine does not show.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bench.measuring import Measure
from bench.server import postgres

TITLES = int(os.environ.get("CCHC_FIND_TITLES", "1000000"))
SEARCHES = 400
_BOUND = 2.0  # milliseconds
_RUN = "import django; django.setup(); from bench import find_world; find_world.main()"


def measures() -> list[Measure]:
    """Of an overseer, of somebody in an agency, of an editor."""
    with postgres() as server:
        environment = os.environ | {"DATABASE_URL": server.database("cchc")}
        asked = [sys.executable, "-c", _RUN, str(TITLES), str(SEARCHES)]
        done = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return [
        Measure(
            f"{who}, {TITLES} titles: {name}", taken, _BOUND, 1.0 if name == "p95" else None, "ms"
        )
        for who, cuts in found.items()
        for name, taken in cuts.items()
    ]
