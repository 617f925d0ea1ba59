"""Closings: a period locked for an agency, and the exceptions to the lock."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency
from cchc.lib import clock
from reporting.models.regime import ReportPeriod


class Closing(models.Model):
    """Who locked the period and why; ``reopened_until`` is an exception with its own reason."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="closings")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="closings")
    closed_at = models.DateTimeField("khóa lúc", default=clock.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("lý do khóa", max_length=300)
    reopened_until = models.DateTimeField("mở lại đến", null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_reason = models.CharField("lý do mở lại", max_length=300, blank=True)

    class Meta:
        verbose_name = "khóa sổ"
        constraints = (
            models.UniqueConstraint(fields=("agency", "period"), name="closing_once"),
            models.CheckConstraint(
                condition=Q(reopened_until=None, reopened_by=None, reopened_reason="")
                | (
                    Q(reopened_until__gt=F("closed_at"), reopened_by__isnull=False)
                    & ~Q(reopened_reason="")
                ),
                name="closing_reopened_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"Khóa sổ {self.agency} · {self.period}"
