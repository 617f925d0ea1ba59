"""Work of every day: each task of ``settings.JOBS_DAILY`` put in the queue once a day.

Beat's sweep and the embedded worker both look here every few seconds. A day on which nobody
looked is not made up for: today's one run finds what was left.
"""

from __future__ import annotations

from datetime import date, time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc.jobs import queue
from cchc.jobs.models import DailyRun
from cchc.lib import clock


def look() -> int:
    """Enqueue what is due by now and was not yet enqueued today; the number of jobs added."""
    moment = timezone.localtime(clock.now())
    day, now = moment.date(), moment.time()
    due = [task for task, hour in settings.JOBS_DAILY.items() if time.fromisoformat(hour) <= now]
    if not due:
        return 0
    done = set(DailyRun.objects.filter(day=day, task__in=due).values_list("task", flat=True))
    return sum(_enqueue(task, day) for task in due if task not in done)


def _enqueue(task: str, day: date) -> bool:
    """False when somebody else was quicker: then its job is rolled back with the row."""
    try:
        with transaction.atomic():
            DailyRun.objects.create(task=task, day=day, job=queue.enqueue(task))
    except IntegrityError:
        return False
    return True
