"""Closings: a period locked for an agency, and the exceptions to the lock."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, Unit
from cchc.lib import clock
from reporting.models.period_report import PeriodReport
from reporting.models.regime import ReportPeriod


class ClosingQuerySet(models.QuerySet["Closing"]):
    """Chainable questions about closings."""

    def of(self, report: PeriodReport) -> ClosingQuerySet:
        """The lock that holds for a report, with whoever set it."""
        rows = self.select_related("closed_by", "reopened_by")
        return rows.filter(agency=report.agency_id, unit=report.unit_id, period=report.period_id)


class Closing(models.Model):
    """Who locked the period and why; ``reopened_until`` is an exception with its own reason.

    With ``unit`` it locks what that unit sends to its office, else what the agency sends.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="closings")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="closings")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="closings")
    closed_at = models.DateTimeField("khóa lúc", default=clock.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("lý do khóa", max_length=300)
    reopened_until = models.DateTimeField("mở lại đến", null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopened_reason = models.CharField("lý do mở lại", max_length=300, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = "khóa sổ"
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "period"), condition=Q(unit=None), name="closing_once"
            ),
            models.UniqueConstraint(fields=("unit", "period"), name="closing_of_unit_once"),
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
