"""The job row: claimed once, renewed while its worker lives, taken again when it died."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from celery import shared_task
from django.conf import settings
from django.db import OperationalError, connection

from cchc.jobs import queue, runner
from cchc.jobs.models import Job, JobState
from cchc.jobs.progress import Lost, Progress
from cchc.lib import clock
from cchc.lib.decisions import Refused

pytestmark = [pytest.mark.core, pytest.mark.django_db]

DONE: list[int] = []


@shared_task(name="tests.count")
def count(progress: Progress, number: int) -> None:
    progress.step(1, 2, "Một nửa")
    DONE.append(number)


@shared_task(name="tests.refuse")
def refuse(progress: Progress) -> None:
    raise Refused("Kỳ này đã khóa sổ.")


@shared_task(name="tests.break")
def break_down(progress: Progress) -> None:
    raise ZeroDivisionError


@shared_task(name="tests.lose-the-database")
def lose_the_database(progress: Progress) -> None:
    raise OperationalError("server closed the connection unexpectedly")


@shared_task(name="tests.cancel-itself")
def cancel_itself(progress: Progress) -> None:
    queue.cancel(progress.job.id)
    progress.step(1, 2)


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))


def test_a_waiting_job_is_run_once_with_its_arguments() -> None:
    DONE.clear()
    job = queue.enqueue("tests.count", number=7)
    assert [runner.run_next(), runner.run_next()] == [True, False]
    job.refresh_from_db()
    assert (DONE, job.state, job.attempts, job.error) == ([7], JobState.DONE, 1, "")
    assert (job.progress_done, job.progress_total, job.percent) == (1, 2, 50)


def test_a_running_job_is_not_claimed_while_its_lease_lasts() -> None:
    job = queue.enqueue("tests.count", number=1)
    assert queue.claim("first") is not None
    assert queue.claim("second") is None
    assert queue.claim("second", job.id) is None


def test_a_lost_lease_is_taken_again_and_the_dead_worker_can_write_no_more() -> None:
    queue.enqueue("tests.count", number=1)
    first = queue.claim("first")
    assert first is not None
    expire(first)
    second = queue.claim("second")
    assert second is not None
    assert (second.pk, second.attempts, second.worker) == (first.pk, 2, "second")
    assert queue.renew(first) is False
    assert queue.finish(first) is False
    with pytest.raises(Lost):
        Progress(first).step(1, 2)
    assert queue.finish(second) is True


def test_after_the_last_attempt_the_job_fails_with_a_sentence() -> None:
    job = queue.enqueue("tests.count", number=1)
    for _ in range(settings.JOBS_MAX_ATTEMPTS):
        claimed = queue.claim("mortal")
        assert claimed is not None
        expire(claimed)
    assert queue.claim("mortal") is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == queue.GAVE_UP.format(attempts=3, id=job.pk)


def test_a_refusal_is_shown_as_its_sentence() -> None:
    job = queue.enqueue("tests.refuse")
    runner.run_next()
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "Kỳ này đã khóa sổ.")


def test_a_broken_task_fails_with_a_sentence_and_not_with_a_traceback() -> None:
    job = queue.enqueue("tests.break")
    runner.run_next()
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, runner.BROKEN.format(id=job.pk))


def test_a_job_that_lost_the_database_is_taken_again_when_its_lease_ran_out() -> None:
    job = queue.enqueue("tests.lose-the-database")
    assert runner.run_next() is True
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.RUNNING, 1, "")
    for _ in range(settings.JOBS_MAX_ATTEMPTS):
        expire(job)
        runner.run_next()
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, queue.GAVE_UP.format(attempts=3, id=job.pk))


@pytest.mark.parametrize(
    ("task", "arguments"),
    [("nobody.knows", {}), ("tests.count", {"colour": 1}), ("tests.count", {})],
)
def test_a_job_that_cannot_be_called_fails_with_a_sentence(
    task: str, arguments: dict[str, int]
) -> None:
    job = queue.enqueue(task, **arguments)
    assert runner.run_next() is True
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, runner.BROKEN.format(id=job.pk))


def test_jobs_without_hope_do_not_stand_before_the_others() -> None:
    for _ in range(7):
        lost = queue.enqueue("tests.count", number=1)
        Job.objects.filter(pk=lost.pk).update(
            state=JobState.RUNNING,
            attempts=settings.JOBS_MAX_ATTEMPTS,
            lease_until=clock.now() - timedelta(seconds=1),
        )
    good = queue.enqueue("tests.count", number=2)
    claimed = queue.claim("worker")
    assert claimed is not None
    assert claimed.pk == good.pk
    assert Job.objects.filter(state=JobState.FAILED).count() == 7


def test_a_cancelled_job_stops_at_its_next_step() -> None:
    job = queue.enqueue("tests.cancel-itself")
    runner.run_next()
    job.refresh_from_db()
    assert (job.state, job.progress_done) == (JobState.CANCELLED, 0)
    assert queue.cancel(job.id) is False


def test_the_sweep_finds_what_waits_too_long_and_what_lost_its_worker() -> None:
    fresh = queue.enqueue("tests.count", number=1)
    forgotten = queue.enqueue("tests.count", number=2)
    long_ago = clock.now() - timedelta(seconds=settings.JOBS_LEASE_SECONDS + 1)
    Job.objects.filter(pk=forgotten.pk).update(queued_at=long_ago)
    assert queue.sweep() == 1
    claimed = queue.claim("mortal", fresh.id)
    assert claimed is not None
    expire(claimed)
    assert queue.sweep() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_exactly_one_gets_the_job() -> None:
    queue.enqueue("tests.count", number=1)
    winners: list[Job] = []
    start = threading.Barrier(6)

    def worker(name: str) -> None:
        start.wait()
        try:
            job = queue.claim(name)
            if job is not None:
                winners.append(job)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(winners) == 1
