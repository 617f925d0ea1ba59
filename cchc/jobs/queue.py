"""Putting work in, taking it out, giving it back: all by conditional updates of one row."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from kombu.exceptions import OperationalError

from cchc.jobs import bell
from cchc.jobs.models import Job, JobQuerySet, JobState
from cchc.lib import clock

log = logging.getLogger(__name__)

GAVE_UP = (
    "Công việc đã bị gián đoạn {attempts} lần và không được thử lại nữa. "
    "Hãy thực hiện lại; nếu vẫn không được, báo quản trị hệ thống mã {id}."
)


def enqueue(task: str, **arguments: Any) -> Job:
    """Add a job for the Celery task of that name; ``arguments`` are JSON values.

    With a broker its id is announced once the transaction commits.
    """
    job = Job.objects.create(task=task, arguments=arguments)
    transaction.on_commit(lambda: announce(job.id))
    return job


def enqueue_later(task: str, not_before: datetime, **arguments: Any) -> Job:
    """Add a job that nobody takes before a moment; the sweep announces it then."""
    return Job.objects.create(task=task, arguments=arguments, not_before=not_before)


def announce(job_id: UUID) -> None:
    """Tell whoever works to hurry. Nothing is lost when nobody hears: they look by themselves."""
    if not settings.REDIS_URL:
        bell.ring()
        return
    try:
        current_app.send_task(
            "cchc.jobs.run",
            args=[str(job_id)],
            expires=settings.JOBS_LEASE_SECONDS,  # by then the sweep has announced it again
            retry=True,
            retry_policy={"max_retries": 0},
        )
    except (OperationalError, OSError) as error:
        log.warning("job %s was not announced: %s", job_id, error)


def claim(worker: str, job_id: UUID | None = None) -> Job | None:
    """Take the named job, or the oldest that waits; None when there is nothing to take.

    A job whose lease ran out is taken again up to JOBS_MAX_ATTEMPTS times.
    """
    now = clock.now()
    waiting = Job.objects.claimable(now)
    if job_id is not None:
        waiting = waiting.filter(pk=job_id)
    # Each turn somebody takes or ends the first one, so that it waits no longer.
    while job := waiting.order_by("queued_at", "pk").first():
        if job.attempts >= settings.JOBS_MAX_ATTEMPTS:
            _give_up(job)
        elif _take(job, worker, now):
            return job
    return None


def renew(job: Job) -> bool:
    """Extend the lease; False when the job is no longer this worker's."""
    return _held(job).update(lease_until=_lease()) == 1


def note_progress(job: Job, done: int, total: int, note: str) -> bool:
    """Record how far the job got; False when it is no longer this worker's."""
    updated = _held(job).update(
        progress_done=min(done, total),
        progress_total=total,
        progress_note=note,
        lease_until=_lease(),
    )
    return updated == 1


def finish(job: Job) -> bool:
    """Mark done; False when another worker has taken the job over in the meantime."""
    return _close(job, JobState.DONE, "")


def fail(job: Job, error: str) -> bool:
    """Mark failed with a sentence for the person."""
    return _close(job, JobState.FAILED, error)


def cancel(job_id: UUID) -> bool:
    """Stop an open job; its worker notices at its next step and writes nothing."""
    open_job = Job.objects.filter(pk=job_id, state__in=(JobState.QUEUED, JobState.RUNNING))
    cancelled = open_job.update(
        state=JobState.CANCELLED, version=F("version") + 1, finished_at=clock.now()
    )
    return cancelled == 1


def sweep() -> int:
    """Announce again what waits too long or lost its worker; the number of jobs announced."""
    now = clock.now()
    overdue = now - timedelta(seconds=settings.JOBS_LEASE_SECONDS)
    lost = Job.objects.claimable(now).filter(
        Q(state=JobState.QUEUED, queued_at__lt=overdue) | Q(state=JobState.RUNNING)
    )
    ids = list(lost.order_by("queued_at").values_list("pk", flat=True)[:100])
    for job_id in ids:
        announce(job_id)
    return len(ids)


def _take(job: Job, worker: str, now: datetime) -> bool:
    """Make the job this worker's, in the row and at hand; False when another was quicker."""
    changes = {
        "state": JobState.RUNNING,
        "version": job.version + 1,
        "attempts": job.attempts + 1,
        "worker": worker,
        "lease_until": _lease(),
        "started_at": now,
        "progress_done": 0,
        "progress_total": 0,
        "progress_note": "",
    }
    if not Job.objects.filter(pk=job.pk, version=job.version).update(**changes):
        return False
    for name, value in changes.items():
        setattr(job, name, value)
    return True


def _held(job: Job) -> JobQuerySet:
    return Job.objects.filter(pk=job.pk, version=job.version, state=JobState.RUNNING)


def _close(job: Job, state: JobState, error: str) -> bool:
    closed = _held(job).update(
        state=state,
        version=job.version + 1,
        error=error,
        lease_until=None,
        finished_at=clock.now(),
    )
    return closed == 1


def _give_up(job: Job) -> None:
    Job.objects.filter(pk=job.pk, version=job.version).update(
        state=JobState.FAILED,
        version=job.version + 1,
        error=GAVE_UP.format(attempts=job.attempts, id=job.pk),
        lease_until=None,
        finished_at=clock.now(),
    )


def _lease() -> datetime:
    return clock.now() + timedelta(seconds=settings.JOBS_LEASE_SECONDS)
