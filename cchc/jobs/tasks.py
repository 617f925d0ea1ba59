"""The Celery doors of the queue: a message carries an id, the row says the rest."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from cchc.jobs import daily, queue, runner


@shared_task(name="cchc.jobs.run")
def run(job_id: str) -> None:
    """Run the job of that id unless somebody else has it."""
    runner.run_named(UUID(job_id))


@shared_task(name="cchc.jobs.sweep")
def sweep() -> None:
    """Add what is due every day; announce lost and forgotten jobs again."""
    daily.look()
    queue.sweep()
