"""``bin/bench [--size province|nation] [SECTION …]``: a table of ratios for each section.

A further section is a module with ``measures()`` and a line in ``SECTIONS``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from bench import annex, click, find, grid, long_pdf, nation, results, truth, xlsx
from bench.measuring import Measure, machine, table

SECTIONS: dict[str, Callable[[], list[Measure]]] = {
    "annex": annex.measures,
    "click": click.measures,
    "find": find.measures,
    "grid": grid.measures,
    "pdf": long_pdf.measures,
    "results": results.measures,
    "truth": truth.measures,
    "xlsx": xlsx.measures,
}
# On a world of PostgreSQL of their own, as large as ``--size`` says.
SIZED: dict[str, Callable[[str], list[Measure]]] = {
    "matrix": nation.matrix,
    "list": nation.lists,
    "nation": nation.country,
}

_SIZES = "of the sections " + ", ".join(SIZED)


def main() -> int:
    """Measure and print; 1 when a bound is exceeded."""
    parser = argparse.ArgumentParser(prog="bin/bench", description="Ratios measured in one run.")
    known = (*SECTIONS, *SIZED)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(known))
    parser.add_argument("--size", choices=nation.SIZES, default="province", help=_SIZES)
    options = parser.parse_args()
    asked = options.sections or known
    unknown = [name for name in asked if name not in known]
    if unknown:
        parser.error(f"no section {unknown[0]}; there are: {', '.join(known)}")
    sys.stdout.write(f"{machine()}\n")
    verdicts = set()
    for name in asked:
        measures = SECTIONS[name]() if name in SECTIONS else SIZED[name](options.size)
        verdicts |= {one.verdict for one in measures}
        sys.stdout.write(f"\n== {name}\n{table(measures)}\n")
    return int("vượt" in verdicts)


if __name__ == "__main__":
    sys.exit(main())
