"""The Celery doors of outreach."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from cchc.jobs.progress import Progress
from outreach.actions.fulfilment import recount
from plans.models import Plan


@shared_task(name="outreach.recount_plan")
def recount_plan(progress: Progress, plan_id: int) -> None:
    """Count for a plan's obligations what was published before they existed."""
    plan = Plan.objects.select_related("agency").get(pk=plan_id)
    progress.step(0, 1, "Đang tính lại kết quả.")
    with transaction.atomic():
        recount(by=None, agency=plan.agency, plan=plan)
        progress.finish()
