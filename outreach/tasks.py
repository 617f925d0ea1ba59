"""The Celery doors of outreach."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.db import transaction

from agencies.models import Province, User
from cchc.jobs import queue
from cchc.jobs.models import Job, JobState
from cchc.jobs.progress import Progress
from cchc.lib import clock
from cchc.lib.decisions import Refused
from cchc.lib.facts import FactsError
from cchc.lib.uploads import UploadRefused
from outreach import link_walk, results_findings
from outreach.actions import digests, results_import
from outreach.actions.fulfilment import recount
from outreach.import_policies import Authority
from outreach.models import ResultsImport
from outreach.results_check import compared, directory, grids_of, known_names, sha256_of
from outreach.results_sheet.reading import read
from plans.models import Plan


@shared_task(name="outreach.recount_plan")
def recount_plan(progress: Progress, plan_id: int) -> None:
    """Count for a plan's obligations what was published before they existed."""
    plan = Plan.objects.select_related("agency").get(pk=plan_id)
    progress.step(0, 1, "Đang tính lại kết quả.")
    with transaction.atomic():
        recount(by=None, agency=plan.agency, plan=plan)
        progress.finish()


LINK_CHECKS = "outreach.check_links"
_LINKS_A_DAY = 500
_LINKS_AT_ONCE, _SECONDS_AT_ONCE = 25, 20.0


@shared_task(name=LINK_CHECKS)
def check_links(progress: Progress, left: int = _LINKS_A_DAY) -> None:
    """Look at some of the addresses that are due, and let the next job go on with the rest.

    In slices, so that a report waits for seconds and not for an hour; each look is kept at once,
    so that whoever stops it loses nothing.
    """
    if not settings.LINK_CHECKS or _is_walking(progress.job):
        return
    begun, walk = time.monotonic(), link_walk.Walk()
    due = link_walk.due(min(left, _LINKS_AT_ONCE))
    done = 0
    for link in due:
        if time.monotonic() - begun > _SECONDS_AT_ONCE:
            break
        progress.step(done, len(due), f"Đang xem {urlsplit(link.url).hostname}")
        walk.check(link)
        done += 1
    with transaction.atomic():
        if due and left > done:
            queue.enqueue(LINK_CHECKS, left=left - done)
        progress.finish()


def _is_walking(job: Job) -> bool:
    """Whether another one is at it: nobody is asked by two at once."""
    others = Job.objects.filter(task=LINK_CHECKS, state=JobState.RUNNING).exclude(pk=job.pk)
    return others.filter(started_at__lte=job.started_at).exists()


@shared_task(name="outreach.send_digests")
def send_digests(progress: Progress) -> None:
    """Tell everybody what is due today and was not told yet."""
    progress.step(0, 1, "Đang lập thông báo nhắc việc.")
    with transaction.atomic():
        digests.tell(day=clock.today(), by=None)
        progress.finish()


@shared_task(name="outreach.mail_digests")
def mail_digests(progress: Progress) -> None:
    """Send the letters that wait."""
    for province in Province.objects.order_by("pk"):
        digests.mail(
            province=province,
            by=None,
            step=lambda: progress.step(0, 1, "Đang gửi thư nhắc việc."),
        )


_IMPORT_STEPS = 4


@shared_task(name=results_import.CHECK_TASK)
def check_results(progress: Progress, import_id: str) -> None:
    """Read a file of results in its limited process and check all of it; nothing is written."""
    found = ResultsImport.objects.for_page().get(pk=import_id)
    progress.step(0, _IMPORT_STEPS, "Đang đọc tệp")
    with _sentences():
        grids = grids_of(found)
        progress.step(1, _IMPORT_STEPS, "Đang kiểm tra từng dòng")
        chosen = [grid for grid in grids if found.sheet in ("", grid.name)]
        reading = read(chosen, directory(found.agency, found.answers))
    progress.step(2, _IMPORT_STEPS, "Đang so với kết quả đã ghi")
    checked = compared(found.agency, reading, Authority(found.ordered_by))
    names = known_names(found.agency)
    findings = results_findings.gathered(reading, checked.decided, grids, names, sha256_of(found))
    progress.step(3, _IMPORT_STEPS, "Đang ghi lại kết quả kiểm tra")
    results_import.complete_check(
        results_import=found, findings=findings, progress=progress, by=found.ordered_by
    )


@shared_task(name=results_import.IMPORT_TASK)
def import_results(progress: Progress, import_id: str, username: str) -> None:
    """Import a file of results that was checked, whole or not at all."""
    found = ResultsImport.objects.for_page().get(pk=import_id)
    by = User.objects.get(username=username, is_active=True)
    progress.step(0, _IMPORT_STEPS, "Đang đọc lại tệp")
    with _sentences():
        grids = [grid for grid in grids_of(found) if found.sheet in ("", grid.name)]
        progress.step(1, _IMPORT_STEPS, "Đang kiểm tra lại từng dòng")
        reading = read(grids, directory(found.agency, found.answers))
        del grids  # the rows are enough from here on, and a large file is large
    progress.step(2, _IMPORT_STEPS, f"Đang ghi {len(reading.entries)} dòng và tính kết quả")
    results_import.import_checked(
        results_import=found,
        reading=reading,
        sha256=sha256_of(found),
        progress=progress,
        by=by,
    )


@contextmanager
def _sentences() -> Iterator[None]:
    """What a file or an answer does wrong becomes the job's sentence."""
    try:
        yield
    except (UploadRefused, FactsError) as error:
        raise Refused(str(error)) from error
