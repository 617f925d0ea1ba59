"""Runs: an ordered file, the figures it was made from, and the file's hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Province
from cchc.jobs.models import Job
from cchc.lib import clock

if TYPE_CHECKING:
    from agencies.models import User


class ReportKind(models.TextChoices):
    """Which report."""

    CONSOLIDATED = "consolidated", "Báo cáo tổng hợp toàn tỉnh"


class FileFormat(models.TextChoices):
    """The kind of file."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel (XLSX)"


class RunQuerySet(models.QuerySet["Run"]):
    """Chainable questions about runs."""

    def visible_to(self, user: User) -> RunQuerySet:
        """Runs of the provinces that the user oversees."""
        return self.filter(province__in=user.standing().overseen_province_ids)

    def for_list(self) -> RunQuerySet:
        """What the list page shows, newest first."""
        return self.select_related("province", "job", "ordered_by").order_by("-ordered_at", "-id")


class Run(models.Model):
    """One file of one report over one period.

    ``frozen`` holds the tables as made (``reporting.frozen``); ``file`` is a path below
    FILES_DIR, ``sha256`` its hash. Both stay with the run for good.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="runs")
    report = models.CharField("báo cáo", max_length=20, choices=ReportKind)
    period = models.CharField("kỳ", max_length=8)
    format = models.CharField("định dạng", max_length=4, choices=FileFormat)
    as_of = models.DateField("tính đến ngày")
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="run")
    ordered_at = models.DateTimeField("yêu cầu lúc", default=clock.now)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen = models.JSONField("số liệu chốt", null=True, blank=True)
    frozen_at = models.DateTimeField("chốt lúc", null=True, blank=True)
    file = models.CharField("tệp", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("cỡ tệp", default=0)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt lập báo cáo"
        indexes = (models.Index(fields=("province", "-ordered_at", "-id"), name="run_province_at"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(file="", sha256="")
                | (~Q(file="") & ~Q(sha256="") & Q(frozen__isnull=False)),
                name="run_file_has_hash_and_figures",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_report_display()} {self.period} ({self.get_format_display()})"
