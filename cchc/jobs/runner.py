"""Running a claimed job: the same Celery task body, here or under a Celery worker."""

from __future__ import annotations

import logging
import os
import socket
import threading
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection

from cchc.jobs import queue
from cchc.jobs.models import Job
from cchc.jobs.progress import Lost, Progress
from cchc.lib.decisions import Refused

log = logging.getLogger(__name__)

BROKEN = "Công việc không hoàn thành do lỗi hệ thống. Hãy báo quản trị hệ thống mã {id}."


def run_next() -> bool:
    """Claim and run the oldest waiting job; False when nothing waits."""
    job = queue.claim(_name())
    if job is None:
        return False
    _run(job)
    return True


def run_named(job_id: UUID) -> bool:
    """Claim and run one job; False when someone else has it or it is finished."""
    job = queue.claim(_name(), job_id)
    if job is None:
        return False
    _run(job)
    return True


def _run(job: Job) -> None:
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, stop), daemon=True)
    heart.start()
    progress = Progress(job)
    try:
        current_app.tasks[job.task].run(progress, **job.arguments)
        if not progress.finished:
            queue.finish(job)
    except Lost:
        log.warning("job %s (%s) was cancelled or taken over", job.id, job.task)
    except Refused as refusal:
        queue.fail(job, str(refusal))
    except (OperationalError, InterfaceError):
        log.exception("job %s (%s) lost the database; its lease will run out", job.id, job.task)
    except Exception:
        log.exception("job %s (%s) failed", job.id, job.task)
        queue.fail(job, BROKEN.format(id=job.id))
    finally:
        stop.set()
        heart.join()


def _beat(job: Job, stop: threading.Event) -> None:
    """Renew the lease while the task works, so that only a dead worker loses it."""
    while not stop.wait(settings.JOBS_LEASE_SECONDS / 3):
        try:
            if not queue.renew(job):
                return
        except Error as error:
            log.warning("job %s: the lease could not be renewed: %s", job.id, error)
        finally:
            connection.close()


def _name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
