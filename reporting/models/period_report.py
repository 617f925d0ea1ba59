"""Period reports: one agency's report of one period, with figures frozen at submission."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency
from reporting.models.regime import ReportPeriod


class ReportState(models.TextChoices):
    """Where a report stands."""

    NOT_STARTED = "not_started", "Chưa lập"
    DRAFT = "draft", "Dự thảo"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Bị trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"


class PeriodReport(models.Model):
    """Agency × period; ``figures`` are frozen with the names as of that day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="reports")
    state = models.CharField(
        "trạng thái",
        max_length=12,
        choices=ReportState,
        default=ReportState.NOT_STARTED,
    )
    narrative = models.TextField("lời văn", blank=True)
    figures = models.JSONField("số liệu chốt", null=True, blank=True)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "báo cáo định kỳ"
        constraints = (
            models.UniqueConstraint(fields=("agency", "period"), name="period_report_once"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="period_report_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="period_report_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReportState.SUBMITTED.value, ReportState.ACCEPTED.value])
                | Q(figures__isnull=False, submitted_at__isnull=False),
                name="period_report_submitted_is_frozen",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency} · {self.period}"
