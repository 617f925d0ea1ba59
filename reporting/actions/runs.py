"""Ordering, completing and stopping the making of a report's file."""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from agencies import audit
from agencies.models import Agency, Province, User
from cchc.jobs import queue
from cchc.jobs.models import JobState
from cchc.jobs.progress import Progress
from cchc.lib import clock
from cchc.lib.decisions import require
from plans.models import Plan
from plans.periods import Period, PeriodKind
from reporting import policies, report_policies, run_policies, score_policies
from reporting.actions import notices
from reporting.frozen import Frozen
from reporting.models import AgencyScore, PeriodReport, Run, ScheduledRun, ScoreCriterion
from reporting.models.run import FileFormat, ReportKind

TASK = "reporting.make_run"
ORDERED = audit.Verb("reporting.run.order", "Yêu cầu lập báo cáo")
COMPLETED = audit.Verb("reporting.run.complete", "Lập xong báo cáo")
CANCELLED = audit.Verb("reporting.run.cancel", "Hủy lập báo cáo")
EXPIRED = audit.Verb("reporting.run.expire", "Xóa tệp hết hạn lưu")

# Reports of a day that was chosen; the others are of the day on which they are asked for.
_OF_A_DAY = (ReportKind.CONSOLIDATED, ReportKind.EVIDENCE)
_OPEN = (JobState.QUEUED, JobState.RUNNING)
_RESULT = ["file", "sha256", "size", "frozen", "frozen_at", "frozen_sha256", "expires_on"]


@transaction.atomic
def order(
    *,
    province: Province,
    period: Period,
    file_format: FileFormat,
    as_of: date,
    by: User,
    schedule: ScheduledRun | None = None,
) -> Run:
    """Order one file of the consolidated report; a worker makes it."""
    require(policies.may_order(by, province))
    run = Run(
        province=province,
        report=ReportKind.CONSOLIDATED,
        period=period.code,
        format=file_format,
        as_of=as_of,
        schedule=schedule,
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


@transaction.atomic
def order_evidence(*, agency: Agency, year: int, by: User) -> Run:
    """Order the evidence of an agency's scored year in one file; a worker packs it.

    It is counted on the day of the agency's own score, so that both say the same.
    """
    require(score_policies.may_pack(by, agency))
    criteria = ScoreCriterion.objects.of_year(agency.province, year)
    require(score_policies.may_pack_year(year, criteria.count(), clock.today()))
    scored = AgencyScore.objects.filter(agency=agency, criterion__in=criteria)
    run = Run(
        province=agency.province,
        report=ReportKind.EVIDENCE,
        period=Period(PeriodKind.YEAR, year).code,
        agency=agency,
        format=FileFormat.ZIP,
        as_of=scored.aggregate(day=Max("as_of"))["day"] or clock.today(),
        ordered_by=by,
    )
    return _ordered(run, {"agency": agency.code, "year": str(year)}, by)


@transaction.atomic
def order_again(*, run: Run, by: User) -> Run:
    """Order the same once more, beside what was: of the same day, where a day was chosen.

    Pressed again while that is being made, it is that one.
    """
    Run.objects.select_for_update().get(pk=run.pk)
    require(run_policies.may_order_again(by, run))
    going = run.remakes.filter(ordered_by=by, job__state__in=_OPEN).first()
    if going is not None:
        return going
    again = Run(
        province=run.province,
        report=run.report,
        period=run.period,
        plan=run.plan,
        period_report=run.period_report,
        agency=run.agency,
        remake_of=run,
        format=run.format,
        as_of=run.as_of if run.report in _OF_A_DAY else clock.today(),
        ordered_by=by,
    )
    return _ordered(again, {"again": str(run.pk), "format": run.format}, by)


def complete(
    *,
    run: Run,
    frozen: Frozen,
    frozen_at: datetime,
    part: Path,
    progress: Progress,
    by: User | None,
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
        run.frozen, run.frozen_sha256, run.frozen_at = frozen.tables, frozen.sha256, frozen_at
        run.expires_on = clock.today() + timedelta(settings.RUN_FILES_DAYS)
        run.save(update_fields=_RESULT)
        progress.finish()
        _tell(run)
        audit.record(
            COMPLETED,
            run,
            by=by,
            province=run.province,
            after={"sha256": digest, "size": size, "figures": run.frozen_sha256},
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


@transaction.atomic
def expire(*, run: Run, day: date, by: User | None) -> Run:
    """Throw the file away; what it was made from and its hashes stay."""
    run = Run.objects.select_for_update(of=("self",)).select_related("province").get(pk=run.pk)
    require(run_policies.may_expire(run, day))
    run.expired_at = clock.now()
    run.save(update_fields=["expired_at"])
    path: Path = settings.FILES_DIR / run.file
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    audit.record(EXPIRED, run, by=by, province=run.province, before={"sha256": run.sha256})
    return run


def _tell(run: Run) -> None:
    """Letters to those for whom the schedule makes it, its owner among them."""
    if run.schedule is None:
        return
    people = {run.schedule.owner_id, *run.schedule.recipients.values_list("pk", flat=True)}
    for pk in sorted(people):
        queue.enqueue(notices.TASK, run_id=run.pk, user_id=pk)


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
