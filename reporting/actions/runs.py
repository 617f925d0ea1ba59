"""Ordering, completing and stopping the making of a report's file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from agencies import audit
from agencies.models import Province, User
from cchc.jobs import queue
from cchc.jobs.progress import Progress
from cchc.lib import clock
from cchc.lib.decisions import require
from cchc.lib.tables import Table
from plans.models import Plan
from plans.periods import Period
from reporting import policies, report_policies
from reporting.frozen import freeze
from reporting.models import PeriodReport, Run
from reporting.models.run import FileFormat, ReportKind

TASK = "reporting.make_run"
ORDERED = audit.Verb("reporting.run.order", "Yêu cầu lập báo cáo")
COMPLETED = audit.Verb("reporting.run.complete", "Lập xong báo cáo")
CANCELLED = audit.Verb("reporting.run.cancel", "Hủy lập báo cáo")


@transaction.atomic
def order(
    *, province: Province, period: Period, file_format: FileFormat, as_of: date, by: User
) -> Run:
    """Order one file of the consolidated report; a worker makes it."""
    require(policies.may_order(by, province))
    run = Run(
        province=province,
        report=ReportKind.CONSOLIDATED,
        period=period.code,
        format=file_format,
        as_of=as_of,
        ordered_by=by,
    )
    return _ordered(run, {"period": run.period, "format": run.format}, by)


@transaction.atomic
def order_plan(*, plan: Plan, file_format: FileFormat, by: User) -> Run:
    """Order the document of a plan; a worker makes it."""
    require(policies.may_print(by, plan))
    run = Run(
        province=plan.province,
        report=ReportKind.PLAN,
        plan=plan,
        format=file_format,
        as_of=clock.today(),
        ordered_by=by,
    )
    return _ordered(run, {"plan": plan.key, "format": run.format}, by)


@transaction.atomic
def order_report(*, report: PeriodReport, file_format: FileFormat, by: User) -> Run:
    """Order the document of a period report; a worker makes it."""
    require(report_policies.may_print(by, report))
    run = Run(
        province=report.agency.province,
        report=ReportKind.PERIOD,
        period=report.period.code,
        period_report=report,
        format=file_format,
        as_of=clock.today(),
        ordered_by=by,
    )
    return _ordered(run, {"report": str(report), "format": run.format}, by)


def complete(
    *, run: Run, tables: Sequence[Table], part: Path, progress: Progress, by: User | None
) -> Run:
    """Make the written part the run's file.

    Figures, hash, the job's end and the file's name change in one transaction: whoever is
    killed before the commit leaves nothing that counts, and the next attempt writes the
    same name again. So the report appears exactly once.
    """
    digest, size = _settle(part)
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run.pk)
        require(policies.may_complete(run))
        run.file = f"reports/{run.pk}.{run.format}"
        run.sha256, run.size = digest, size
        run.frozen, run.frozen_at = freeze(tables), clock.now()
        run.save(update_fields=["file", "sha256", "size", "frozen", "frozen_at"])
        progress.finish()
        audit.record(
            COMPLETED,
            run,
            by=by,
            province=run.province,
            after={"sha256": digest, "size": size},
        )
        _rename(part, settings.FILES_DIR / run.file)
    return run


@transaction.atomic
def cancel(*, run: Run, by: User) -> Run:
    """Stop a run that has not ended; its worker notices at its next step."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    require(policies.may_cancel(by, run))
    if run.job is not None:
        queue.cancel(run.job.pk)
        run.job.refresh_from_db()
    audit.record(CANCELLED, run, by=by, province=run.province)
    return run


def _ordered(run: Run, after: dict[str, str], by: User) -> Run:
    run.save()
    run.job = queue.enqueue(TASK, run_id=run.pk)
    run.save(update_fields=["job"])
    audit.record(ORDERED, run, by=by, province=run.province, after=after)
    return run


def _settle(part: Path) -> tuple[str, int]:
    """Force the part to the disk; its SHA-256 and size."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return digest, part.stat().st_size


def _rename(part: Path, target: Path) -> None:
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
