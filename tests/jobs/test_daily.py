"""Daily work: once a day at or after its hour, whoever looks and however often."""

from __future__ import annotations

import os
import signal
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery import shared_task
from django.core.management import call_command
from django.db import connection

from cchc.jobs import daily, queue, runner, tasks
from cchc.jobs.models import DailyRun, Job, JobState
from cchc.jobs.progress import Progress

pytestmark = [pytest.mark.core, pytest.mark.django_db]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@shared_task(name="tests.stop-the-worker")
def stop_the_worker(progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture(autouse=True)
def table(settings: object) -> None:
    settings.JOBS_DAILY = {  # type: ignore[attr-defined]
        "tests.early": "00:00",
        "tests.morning": "07:00",
        "tests.late": "23:59",
    }


def at(text: str) -> list[str]:
    """What is enqueued at that moment of Hà Nội."""
    before = set(Job.objects.values_list("pk", flat=True))
    with time_machine.travel(datetime.fromisoformat(text).replace(tzinfo=HANOI), tick=False):
        daily.look()
    return sorted(Job.objects.exclude(pk__in=before).values_list("task", flat=True))


def test_across_midnight_nothing_is_skipped_or_doubled() -> None:
    assert at("2024-02-29T06:59:59") == ["tests.early"]
    assert at("2024-02-29T07:00:00") == ["tests.morning"]
    assert at("2024-02-29T07:00:05") == []
    assert at("2024-02-29T23:58:59") == []
    assert at("2024-02-29T23:59:00") == ["tests.late"]
    assert at("2024-02-29T23:59:59") == []
    assert at("2024-03-01T00:00:00") == ["tests.early"]
    assert at("2024-03-01T00:00:05") == []
    assert at("2024-03-01T23:59:59.999999") == ["tests.late", "tests.morning"]
    assert DailyRun.objects.count() == 6


def test_the_day_is_that_of_ha_noi() -> None:
    utc = datetime(2024, 12, 31, 17, 0, tzinfo=ZoneInfo("UTC"))  # 01/01/2025, 00:00
    with time_machine.travel(utc, tick=False):
        assert daily.look() == 1
    assert [f"{run.day:%d/%m/%Y}" for run in DailyRun.objects.all()] == ["01/01/2025"]


def test_a_week_without_anybody_is_caught_up_by_one_run_of_today() -> None:
    assert at("2024-03-01T08:00:00") == ["tests.early", "tests.morning"]
    assert at("2024-03-09T15:30:00") == ["tests.early", "tests.morning"]
    assert at("2024-03-09T15:30:05") == []


def test_the_sweep_of_beat_looks_too() -> None:
    with time_machine.travel(datetime(2024, 3, 1, 8, tzinfo=HANOI), tick=False):
        tasks.sweep()
        tasks.sweep()
    assert Job.objects.count() == 2


def test_the_embedded_worker_looks_too_but_not_when_it_runs_once(settings: object) -> None:
    settings.JOBS_DAILY = {"tests.stop-the-worker": "00:00"}  # type: ignore[attr-defined]
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        call_command("run_worker", "--once")
        assert Job.objects.count() == 0
        call_command("run_worker")  # ends by the very task of the day
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert Job.objects.get().state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_of_many_lookers_one_enqueues() -> None:
    start = threading.Barrier(4)
    added: list[int] = []

    def look() -> None:
        start.wait()
        try:
            added.append(daily.look())
        finally:
            connection.close()

    with time_machine.travel(datetime(2024, 3, 1, 8, tzinfo=HANOI), tick=False):
        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(added) == 2
    assert (Job.objects.count(), DailyRun.objects.count()) == (2, 2)


def test_what_is_for_later_is_neither_taken_nor_announced_before() -> None:
    moment = datetime(2024, 3, 1, 8, tzinfo=HANOI)
    with time_machine.travel(moment, tick=False) as clock:
        job = queue.enqueue_later("nobody.knows", moment + timedelta(minutes=10))
        clock.shift(timedelta(minutes=9, seconds=59))
        assert (runner.run_next(), queue.sweep(), queue.claim("w", job.id)) == (False, 0, None)
        clock.shift(timedelta(seconds=1))
        assert queue.sweep() == 1
        assert runner.run_next() is True
    job.refresh_from_db()
    assert job.state == JobState.FAILED
