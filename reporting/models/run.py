"""Runs: an ordered file, the figures it was made from, and the file's hash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Max, Q

from agencies.models import Agency, Province
from cchc.jobs.models import Job
from cchc.lib import clock
from plans.models import Plan
from plans.periods import Period
from reporting.models.period_report import PeriodReport
from reporting.models.scheduled_run import ScheduledRun

if TYPE_CHECKING:
    from agencies.models import User


class ReportKind(models.TextChoices):
    """Which report."""

    CONSOLIDATED = "consolidated", "Báo cáo tổng hợp toàn tỉnh"
    PLAN = "plan", "Văn bản kế hoạch"
    PERIOD = "period", "Báo cáo định kỳ"
    EVIDENCE = "evidence", "Tài liệu kiểm chứng"


class FileFormat(models.TextChoices):
    """The kind of file."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (DOCX)"
    XLSX = "xlsx", "Excel (XLSX)"
    ZIP = "zip", "ZIP"


# What a report is written as; evidence is packed.
PAPERS = (FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX)


class RunQuerySet(models.QuerySet["Run"]):
    """Chainable questions about runs."""

    def visible_to(self, user: User) -> RunQuerySet:
        """Reports of the provinces that the user oversees; else what the user ordered.

        Evidence too only to whoever ordered it: the file holds what that person may see.
        """
        overseen = user.standing().overseen_province_ids
        return self.filter(
            Q(plan=None, period_report=None, agency=None, province__in=overseen)
            | Q(ordered_by=user, agency__province__in=overseen)
            | Q(ordered_by=user, agency__in=user.standing().readable_agency_ids)
            | Q(ordered_by=user, plan__in=Plan.objects.visible_to(user))
            | Q(ordered_by=user, period_report__in=PeriodReport.objects.visible_to(user))
        )

    def reports(self) -> RunQuerySet:
        """Without the documents that the pages of plans, periods and scores lead to."""
        return self.filter(report=ReportKind.CONSOLIDATED)

    def sent_to(self, user: User) -> RunQuerySet:
        """Made by a schedule whose recipient the person is."""
        return self.filter(schedule__recipients=user)

    def with_hash(self, sha256: str) -> RunQuerySet:
        """Whose file, or whose figures, have that hash; asked by whoever holds one of them."""
        return self.filter(Q(sha256=sha256) | Q(frozen_sha256=sha256))

    def newest_of(self, schedules: Iterable[ScheduledRun]) -> RunQuerySet:
        """The last one that each of the schedules made."""
        made = self.filter(schedule__in=[schedule.pk for schedule in schedules])
        newest = made.values("schedule").annotate(newest=Max("pk")).values("newest")
        return self.filter(pk__in=newest)

    def to_expire(self, day: date) -> RunQuerySet:
        """Whose file was to be kept until before that day, and still is."""
        return self.filter(expired_at=None, expires_on__lt=day)

    def for_list(self) -> RunQuerySet:
        """What the list page shows, newest first."""
        related = (
            "province",
            "plan__agency__parent",
            "plan__province",
            "period_report__agency__parent",
            "period_report__agency__province",
            "period_report__unit",
            "period_report__period__regime",
            "agency",
            "schedule",
            "remake_of",
            "job",
            "ordered_by",
        )
        return self.select_related(*related).order_by("-ordered_at", "-id")


class Run(models.Model):
    """One file of one report over one period, of one plan, or of one agency's period report.

    ``frozen`` holds the tables as made (``reporting.frozen``), ``frozen_sha256`` their hash, which
    is printed on the last page; ``file`` is a path below FILES_DIR, ``sha256`` its hash. The file
    is thrown away after ``expires_on``; figures and hashes stay for good.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="runs")
    report = models.CharField("báo cáo", max_length=20, choices=ReportKind)
    period = models.CharField("kỳ", max_length=8, blank=True)
    # A discarded draft takes its prints along; a plan in force is never deleted.
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="runs")
    period_report = models.ForeignKey(
        PeriodReport, models.PROTECT, null=True, blank=True, related_name="runs"
    )
    # The one whose evidence is packed.
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="runs")
    schedule = models.ForeignKey(
        ScheduledRun, models.SET_NULL, null=True, blank=True, related_name="runs"
    )
    # The run whose order this one repeats.
    remake_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="remakes"
    )
    format = models.CharField("định dạng", max_length=4, choices=FileFormat)
    as_of = models.DateField("tính đến ngày")
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="run")
    ordered_at = models.DateTimeField("yêu cầu lúc", default=clock.now)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen = models.JSONField("số liệu chốt", null=True, blank=True)
    frozen_at = models.DateTimeField("chốt lúc", null=True, blank=True)
    frozen_sha256 = models.CharField("SHA-256 của số liệu", max_length=64, blank=True)
    file = models.CharField("tệp", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("cỡ tệp", default=0)
    expires_on = models.DateField("lưu tệp đến hết ngày", null=True, blank=True)
    expired_at = models.DateTimeField("xóa tệp lúc", null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt lập báo cáo"
        indexes = (
            models.Index(fields=("province", "-ordered_at", "-id"), name="run_province_at"),
            models.Index(
                fields=("expires_on",), condition=Q(expired_at=None), name="run_to_expire"
            ),
            models.Index(fields=("sha256",), name="run_file_hash"),
            models.Index(fields=("frozen_sha256",), name="run_figures_hash"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(file="", sha256="")
                | (~Q(file="") & ~Q(sha256="") & Q(frozen__isnull=False)),
                name="run_file_has_hash_and_figures",
            ),
            models.CheckConstraint(
                condition=Q(
                    report="plan", plan__isnull=False, period_report=None, agency=None, period=""
                )
                | Q(report="period", plan=None, period_report__isnull=False, agency=None)
                & ~Q(period="")
                | Q(report="evidence", plan=None, period_report=None, agency__isnull=False)
                & ~Q(period="")
                | Q(report="consolidated", plan=None, period_report=None, agency=None)
                & ~Q(period=""),
                name="run_of_a_plan_or_a_period",
            ),
        )

    def __str__(self) -> str:
        of = self.plan.citation if self.plan else self.period
        return f"{self.get_report_display()} {of} ({self.get_format_display()})"

    @property
    def subject(self) -> str:
        """What it is about: ``Quý I/2024``, whose report of it, or the plan's title."""
        if self.plan:
            return self.plan.title
        label = Period.parse(self.period).label
        if self.agency is not None:
            return f"{label}, {self.agency.short_name}"
        if self.period_report is None:
            return label
        return f"{label}, {self.period_report.unit or self.period_report.agency.short_name}"
