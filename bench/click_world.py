"""A small province, a worker, and somebody who orders one report after the other."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from agencies.models import Province, User
from agencies.roles import Role
from cchc.jobs.models import Job, JobState
from cchc.lib import clock
from plans.periods import Period
from reporting.actions import runs
from reporting.frozen import Frozen
from reporting.models import Run
from reporting.models.run import FileFormat
from reporting.reports import files

_WORLD = "from tests.reporting.world import make_world; make_world(2)"
_PATIENCE = 60.0
_WARMING = 3
_EMBEDDED = [sys.executable, "manage.py", "run_worker"]
_CELERY = [sys.executable, "-m", "celery", "-A", "cchc", "worker", "-c", "1", "-l", "ERROR"]


def main() -> None:
    """Order, wait, make the same file here; say the medians in milliseconds."""
    call_command("migrate", verbosity=0)
    call_command("shell", command=_WORLD, verbosity=0)
    home = User.objects.filter(memberships__role=Role.HOME_AFFAIRS).first()
    assert home is not None

    def order() -> Run:
        return runs.order(
            province=Province.objects.get(),
            period=Period.parse("2024-Q1"),
            file_format=FileFormat.XLSX,
            as_of=date(2024, 4, 5),
            by=home,
        )

    whole, rendering = [], []
    with _worker():
        for _ in range(_WARMING):
            _wait(order())
            _render()
        for _ in range(int(sys.argv[1])):
            whole.append(_timed(partial(_wait, order())))
            rendering.append(_timed(_render))
    said = {"whole": statistics.median(whole), "rendering": statistics.median(rendering)}
    sys.stdout.write(json.dumps(said))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _wait(run: Run) -> None:
    """Until the job is done, looking seldom enough to leave the worker its core."""
    end = time.monotonic() + _PATIENCE
    assert run.job is not None
    while (
        state := Job.objects.values_list("state", flat=True).get(pk=run.job.pk)
    ) != JobState.DONE:
        if state not in {JobState.QUEUED, JobState.RUNNING} or time.monotonic() > end:
            raise SystemExit(f"The report became {state}.")
        time.sleep(0.002)


def _render() -> None:
    """What the worker does for the file itself: gather, lay out, write."""
    run = Run.objects.for_list().order_by("-id")[0]
    report = files.of_run(run)
    report = files.stamped(report, Frozen.of(report.tables), clock.now())
    with tempfile.TemporaryDirectory() as folder:
        files.write(report, FileFormat.XLSX, Path(folder) / "out.xlsx")


@contextmanager
def _worker() -> Iterator[None]:
    command = _CELERY if settings.REDIS_URL else _EMBEDDED
    with subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL) as worker:
        try:
            yield
        finally:
            worker.terminate()
