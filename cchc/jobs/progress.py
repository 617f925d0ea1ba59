"""What a running task holds in its hand: steps to report, and the right to finish."""

from __future__ import annotations

from collections.abc import Callable

from cchc.jobs import queue
from cchc.jobs.models import Job


class Lost(Exception):
    """The job was cancelled or taken over; whatever was made is thrown away."""


class Progress:
    """Given to every job's task as its first argument."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.finished = False

    def step(self, done: int, total: int, note: str = "") -> None:
        """Show ``done`` of ``total`` steps; raises Lost when the job is no longer ours."""
        if not queue.note_progress(self.job, done, total, note):
            raise Lost

    def finish(self) -> None:
        """Mark the job done inside the caller's transaction, so that result and state are one."""
        if not queue.finish(self.job):
            raise Lost
        self.finished = True


JobTask = Callable[..., None]
