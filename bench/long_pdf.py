"""A long annex as PDF against WeasyPrint told to lay out the same HTML in one piece.

``CCHC_PDF_ROWS`` says how long the longest one is (25,000 rows unless told).
"""

from __future__ import annotations

import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import weasyprint

from bench import long_annex
from bench.measuring import Measure
from cchc.lib import pdf
from cchc.lib.pdf.layout import ASSETS
from reporting import rendering

ROWS, TURNS = 2_000, 3
LONGEST = int(os.environ.get("CCHC_PDF_ROWS", "25000"))
_MEMORY = 450.0  # MB
_RUN = "import django; django.setup(); from bench import long_pdf; long_pdf.main()"


def measures() -> list[Measure]:
    """Time and memory at 2,000 rows, and how both grow."""
    taken = [(_told("ours", ROWS), _told("plain", ROWS)) for _ in range(TURNS)]
    ours, plain = (statistics.median(turn[at]["seconds"] for turn in taken) for at in (0, 1))
    short, long = taken[0][0], _told("ours", LONGEST)
    grown = math.log(long["seconds"] / ours) / math.log(LONGEST / ROWS)
    return [
        Measure(f"{ROWS:,} rows, against WeasyPrint in one piece, untagged", ours, plain, 0.55),
        Measure("  memory of the largest process", short["memory"], _MEMORY, 1.0, "MB"),
        Measure(f"{LONGEST:,} rows: exponent of the growth", grown, 1.05, 1.0, ""),
        Measure("  memory of the largest process", long["memory"], _MEMORY, 1.0, "MB"),
    ]


def _told(who: str, rows: int) -> dict[str, float]:
    """Seconds and MB of one run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, who, str(rows)], stdout=subprocess.PIPE, check=True
    )
    said: dict[str, float] = json.loads(done.stdout)
    return said


def main() -> None:
    """Lay out once and say what it took, without the start of Python and of Django."""
    who, rows = sys.argv[1], int(sys.argv[2])
    document = long_annex.document(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.pdf"
        begun = time.perf_counter()
        if who == "ours":
            pdf.write_parts(rendering.parts(document), path, lambda *_: None)
        else:
            _plainly(rendering.render(document), path)
        seconds = time.perf_counter() - begun
    own = Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0]
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    said = {"seconds": seconds, "memory": max(int(own), children) / 1024}
    sys.stdout.write(json.dumps(said))


def _plainly(html: str, path: Path) -> None:
    """WeasyPrint as its handbook says; the style sheet is put in by hand."""
    style, _ = ASSETS["print.css"]
    sheets = [weasyprint.CSS(string=style.read_text(encoding="utf-8"))]
    weasyprint.HTML(string=html.replace("asset:print.css", "data:,")).write_pdf(
        path, stylesheets=sheets
    )
