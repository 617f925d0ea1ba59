"""The Celery doors of this floor: an id comes in, one action is called."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from agencies.models import Province, User
from cchc.jobs.progress import Progress
from cchc.lib import clock
from cchc.lib.snapshots import snapshot
from reporting.actions import notices, regimes, runs, schedules, summaries
from reporting.frozen import Frozen
from reporting.models import ReportRegime, Run, ScheduledRun
from reporting.models.run import FileFormat
from reporting.reports import files
from reporting.summaries import years

# Of a hundred: the figures are read, the pages laid out, the file written.
_READ, _LAID_OUT, _ALL = 10, 95, 100
LAY_OUT = "reporting.lay_out"


@shared_task(name=LAY_OUT)
def lay_out(progress: Progress) -> None:
    """Open the rows of the periods that have begun."""
    day = clock.today()
    found = list(ReportRegime.objects.filter(year__in=(day.year, day.year + 1)).order_by("id"))
    for number, regime in enumerate(found):
        progress.step(number, len(found), str(regime))
        regimes.lay_out(regime=regime, day=day, by=None)


@shared_task(name="reporting.summarise")
def summarise(progress: Progress) -> None:
    """Count every province's years as they stood at the end of yesterday."""
    day = clock.today() - timedelta(days=1)
    provinces = list(Province.objects.order_by("code"))
    for number, province in enumerate(provinces):
        progress.step(number, len(provinces), f"Đang tổng hợp {province}")
        for year in years(province):
            summaries.summarise(province=province, year=year, as_of=day, by=None)


@shared_task(name=runs.TASK)
def make_run(progress: Progress, run_id: int) -> None:
    """Make the file of one ordered run."""
    run = Run.objects.for_list().get(pk=run_id)
    progress.step(0, _ALL, "Đang tập hợp số liệu")
    with snapshot():
        read_at = clock.now()
        report = files.of_run(run)
    frozen = Frozen.of(report.tables)
    if run.plan is None:
        report = files.stamped(report, frozen, read_at)
    progress.step(_READ, _ALL, "Đang dàn trang")

    def on_chunk(done: int, total: int) -> None:
        laid_out = _READ + (_LAID_OUT - _READ) * done // total
        progress.step(laid_out, _ALL, f"Đang dàn trang, xong {done}/{total} phần")

    part = files.part_of(run.pk, progress.job.version)
    files.write(report, FileFormat(run.format), part, on_chunk)
    runs.complete(
        run=run,
        frozen=frozen,
        frozen_at=report.frozen_at or read_at,
        part=part,
        progress=progress,
        by=run.ordered_by,
    )


@shared_task(name="reporting.expire_runs")
def expire_runs(progress: Progress) -> None:
    """Throw away the files whose time is over."""
    day = clock.today()
    found = list(Run.objects.to_expire(day).defer("frozen").order_by("id"))
    for number, run in enumerate(found):
        progress.step(number, len(found), "Đang xóa tệp hết hạn lưu")
        runs.expire(run=run, day=day, by=None)


@shared_task(name="reporting.order_scheduled")
def order_scheduled(progress: Progress) -> None:
    """Look at every schedule: what is due, what failed, whose owner has left."""
    day = clock.today()
    found = list(ScheduledRun.objects.running().order_by("id"))
    for number, schedule in enumerate(found):
        progress.step(number, len(found), str(schedule))
        schedules.look(schedule=schedule, day=day, by=None)


@shared_task(name=notices.TASK)
def send_notice(
    progress: Progress,
    user_id: int,
    run_id: int = 0,
    schedule_id: int = 0,
    tries: int = 0,
) -> None:
    """Send one letter about a run or a schedule, unless that is gone."""
    about = _about(run_id, schedule_id)
    if about is not None:
        to = User.objects.get(pk=user_id)
        notices.send(about=about, to=to, tries=tries, progress=progress, by=None)


def _about(run_id: int, schedule_id: int) -> Run | ScheduledRun | None:
    if run_id:
        return Run.objects.for_list().filter(pk=run_id).first()
    return ScheduledRun.objects.with_people().filter(pk=schedule_id).first()
