"""``bin/bench [SECTION …]``: a table of ratios for each section.

A further section is a module with ``measures()`` and a line in ``SECTIONS``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from bench import annex, find, grid, results, truth
from bench.measuring import Measure, machine, table

SECTIONS: dict[str, Callable[[], list[Measure]]] = {
    "annex": annex.measures,
    "find": find.measures,
    "grid": grid.measures,
    "results": results.measures,
    "truth": truth.measures,
}


def main() -> int:
    """Measure and print; 1 when a bound is exceeded."""
    parser = argparse.ArgumentParser(prog="bin/bench", description="Ratios measured in one run.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    asked = parser.parse_args().sections or list(SECTIONS)
    unknown = [name for name in asked if name not in SECTIONS]
    if unknown:
        parser.error(f"no section {unknown[0]}; there are: {', '.join(SECTIONS)}")
    sys.stdout.write(f"{machine()}\n")
    verdicts = set()
    for name in asked:
        measures = SECTIONS[name]()
        verdicts |= {one.verdict for one in measures}
        sys.stdout.write(f"\n== {name}\n{table(measures)}\n")
    return int("vượt" in verdicts)


if __name__ == "__main__":
    sys.exit(main())
