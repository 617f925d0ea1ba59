"""Submissions of a period report: the words, names and days that each was handed in with."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from plans.periods import DateSpan
from reporting.models.period_report import PeriodReport


class ReportRound(models.Model):
    """One submission; nothing changes it. ``words`` are its sections by key.

    Its figures are the ``ReportFigure`` rows of the same number. ``agency_name`` and ``unit_name``
    are those of that day, and the days those that its figures tell.
    """

    report = models.ForeignKey(PeriodReport, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField("lần nộp")
    words = models.JSONField("các mục", default=dict)
    agency_name = models.CharField("tên cơ quan", max_length=200)
    unit_name = models.CharField("tên đơn vị", max_length=160, blank=True)
    window_start = models.DateField("số liệu từ ngày")
    window_end = models.DateField("đến ngày chốt")
    cumulative_start = models.DateField("lũy kế từ ngày")
    submitted_at = models.DateTimeField("nộp lúc")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf = models.BooleanField("nộp thay", default=False)

    class Meta:
        verbose_name = "lần nộp báo cáo"
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="report_round_once"),
            models.CheckConstraint(
                condition=Q(
                    window_end__gte=F("window_start"), cumulative_start__lte=F("window_start")
                ),
                name="report_round_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report}: lần nộp {self.number}"

    @property
    def spans(self) -> dict[str, DateSpan]:
        """The days of its figures by scope."""
        return {
            "period": DateSpan(self.window_start, self.window_end),
            "year": DateSpan(self.cumulative_start, self.window_end),
        }
