"""The Celery doors of this floor: an id comes in, one action is called."""

from __future__ import annotations

from celery import shared_task

from cchc.jobs.progress import Progress
from cchc.lib import clock
from reporting.actions import regimes, runs
from reporting.models import ReportRegime, Run
from reporting.models.run import FileFormat
from reporting.reports import files

_STEPS = 3
LAY_OUT = "reporting.lay_out"


@shared_task(name=LAY_OUT)
def lay_out(progress: Progress) -> None:
    """Open the rows of the periods that have begun."""
    day = clock.today()
    found = list(ReportRegime.objects.filter(year__in=(day.year, day.year + 1)).order_by("id"))
    for number, regime in enumerate(found):
        progress.step(number, len(found), str(regime))
        regimes.lay_out(regime=regime, day=day, by=None)


@shared_task(name=runs.TASK)
def make_run(progress: Progress, run_id: int) -> None:
    """Make the file of one ordered run."""
    run = Run.objects.for_list().get(pk=run_id)
    progress.step(0, _STEPS, "Đang tập hợp số liệu")
    report = files.of_run(run)
    progress.step(1, _STEPS, "Đang dàn trang")
    part = files.part_of(run.pk, progress.job.version)
    files.write(report, FileFormat(run.format), part)
    progress.step(2, _STEPS, "Đang ghi tệp")
    runs.complete(
        run=run,
        tables=report.tables,
        part=part,
        progress=progress,
        by=run.ordered_by,
    )
