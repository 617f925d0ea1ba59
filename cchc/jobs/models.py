"""The job row: the truth about every piece of long work."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from cchc.lib import clock


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang thực hiện"
    DONE = "done", "Hoàn thành"
    FAILED = "failed", "Không thành công"
    CANCELLED = "cancelled", "Đã hủy"


class JobQuerySet(models.QuerySet["Job"]):
    """Chainable questions about jobs."""

    def claimable(self, now: datetime) -> JobQuerySet:
        """Waiting, or running under a lease that ran out because its worker died."""
        due = Q(not_before=None) | Q(not_before__lte=now)
        return self.filter(
            Q(due, state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
        )


class Job(models.Model):
    """A Celery task by name with its arguments, and how far it got.

    ``version`` changes with every claim and finish, so that a worker which lost its
    lease can no longer write. ``progress_done`` of ``progress_total`` steps are done.
    Nobody takes it before ``not_before``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField("tác vụ", max_length=120)
    arguments = models.JSONField("tham số", default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=JobState, default=JobState.QUEUED)
    version = models.PositiveIntegerField("phiên", default=0)
    attempts = models.PositiveSmallIntegerField("số lần đã thử", default=0)
    lease_until = models.DateTimeField("giữ chỗ đến", null=True, blank=True)
    worker = models.CharField("tiến trình", max_length=120, blank=True)
    progress_done = models.PositiveIntegerField("bước đã xong", default=0)
    progress_total = models.PositiveIntegerField("tổng số bước", default=0)
    progress_note = models.CharField("đang làm", max_length=200, blank=True)
    error = models.TextField("lỗi", blank=True)
    queued_at = models.DateTimeField("xếp hàng lúc", default=clock.now)
    not_before = models.DateTimeField("không chạy trước", null=True, blank=True)
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    finished_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "công việc nền"
        indexes = (
            models.Index(
                fields=("queued_at",),
                condition=Q(state__in=[JobState.QUEUED.value, JobState.RUNNING.value]),
                name="job_open",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING.value) | Q(lease_until__isnull=False),
                name="job_running_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED.value) | ~Q(error=""),
                name="job_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(progress_done__lte=F("progress_total")), name="job_progress_in_bounds"
            ),
        )

    def __str__(self) -> str:
        return f"{self.task} {self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it may still change by itself."""
        return self.state in {JobState.QUEUED, JobState.RUNNING}

    @property
    def percent(self) -> int:
        """Whole percent of the steps done, 0 before the total is known."""
        return self.progress_done * 100 // self.progress_total if self.progress_total else 0


class DailyRun(models.Model):
    """That a task of ``settings.JOBS_DAILY`` was put in the queue on a day: once, whoever looks."""

    task = models.CharField("tác vụ", max_length=120)
    day = models.DateField("ngày")
    job = models.OneToOneField(Job, models.PROTECT, related_name="daily_run")

    class Meta:
        verbose_name = "lượt chạy hằng ngày"
        constraints = (
            models.UniqueConstraint(fields=("task", "day"), name="daily_run_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.task} {self.day:%d/%m/%Y}"
