"""Scheduled runs: a report ordered again and again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Province
from plans.periods import PeriodKind
from reporting.models.run import FileFormat, ReportKind


class ScheduledRun(models.Model):
    """Which report is made for each period; pauses with a sentence after repeated failures."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="scheduled_runs")
    report = models.CharField("báo cáo", max_length=20, choices=ReportKind.choices)
    format = models.CharField("định dạng", max_length=4, choices=FileFormat.choices)
    every = models.CharField(
        "mỗi", max_length=12, choices=[(kind.value, kind.label) for kind in PeriodKind]
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    next_on = models.DateField("lần tới")
    failures = models.PositiveSmallIntegerField("số lần lỗi liên tiếp", default=0)
    paused_reason = models.CharField("lý do tạm dừng", max_length=300, blank=True)

    class Meta:
        verbose_name = "lịch lập báo cáo"
        constraints = (
            models.UniqueConstraint(
                fields=("province", "report", "format", "every"), name="scheduled_run_once"
            ),
            models.CheckConstraint(condition=~Q(every=""), name="scheduled_run_has_period"),
        )

    def __str__(self) -> str:
        return f"{self.get_report_display()}, mỗi {self.get_every_display()}"
