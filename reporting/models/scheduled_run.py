"""Scheduled runs: a report ordered again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Province
from plans.periods import PeriodKind

if TYPE_CHECKING:
    from agencies.models import User


class ScheduledRunQuerySet(models.QuerySet["ScheduledRun"]):
    """Chainable questions about schedules."""

    def visible_to(self, user: User) -> ScheduledRunQuerySet:
        """Of the provinces that the user oversees."""
        return self.filter(province__in=user.standing().overseen_province_ids)

    def running(self) -> ScheduledRunQuerySet:
        """Not paused."""
        return self.filter(paused_at=None)

    def stopped(self) -> ScheduledRunQuerySet:
        """Paused because it failed again and again."""
        return self.filter(paused_at__isnull=False, failures__gt=0)

    def for_list(self) -> ScheduledRunQuerySet:
        """What the list page shows."""
        rows = self.with_people().prefetch_related("recipients")
        return rows.order_by("province__name", "id")

    def with_people(self) -> ScheduledRunQuerySet:
        """With everything that a look at it names."""
        return self.select_related("province", "owner", "awaited__job")


class ScheduledRun(models.Model):
    """The consolidated report, made ``after_days`` days after the end of each period of a kind.

    A weekly one tells the quarter so far. It is made in the name of its ``owner``, with the rights
    that the owner has that day, and shown to the ``recipients``. It pauses with a sentence after
    repeated failures. ``awaited`` is the run of its last turn until its outcome was looked at.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="scheduled_runs")
    # Values as in reporting.models.run.FileFormat.
    format = models.CharField(
        "định dạng",
        max_length=4,
        choices=[("pdf", "PDF"), ("docx", "Word (DOCX)"), ("xlsx", "Excel (XLSX)")],
    )
    every = models.CharField(
        "mỗi", max_length=12, choices=[(kind.value, kind.label) for kind in PeriodKind]
    )
    after_days = models.PositiveSmallIntegerField("số ngày sau khi hết kỳ", default=1)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recipients = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    next_on = models.DateField("lần tới")
    awaited = models.ForeignKey(
        "reporting.Run", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    failures = models.PositiveSmallIntegerField("số lần lỗi liên tiếp", default=0)
    paused_at = models.DateTimeField("tạm dừng lúc", null=True, blank=True)
    paused_reason = models.CharField("lý do tạm dừng", max_length=300, blank=True)

    objects = ScheduledRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch lập báo cáo"
        indexes = (
            models.Index(
                fields=("next_on",), condition=Q(paused_at=None), name="scheduled_run_next"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("province", "format", "every", "owner"), name="scheduled_run_once"
            ),
            models.CheckConstraint(condition=~Q(every=""), name="scheduled_run_has_period"),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_reason="")
                | Q(paused_at__isnull=False) & ~Q(paused_reason=""),
                name="scheduled_run_paused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(after_days__lte=60), name="scheduled_run_soon_after"
            ),
        )

    def __str__(self) -> str:
        return f"Báo cáo tổng hợp mỗi {self.get_every_display()} ({self.get_format_display()})"

    @property
    def kind(self) -> PeriodKind:
        """The kind of period after which it is made."""
        return PeriodKind(self.every)
