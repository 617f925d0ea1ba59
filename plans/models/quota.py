"""Quotas of a task on a channel, and the rotation of units over its periods."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from agencies.models import Unit
from plans.models.channel import Channel
from plans.models.task import Task
from plans.models.uid import UID_LENGTH, new_uid
from plans.periods import PeriodKind


class CountsWhen(models.TextChoices):
    """The moment that makes a placement count (REGULATIONS §3); the default is published."""

    APPROVED_PUBLISHED = "approved_published", "được duyệt và đăng"
    SENT = "sent", "đã gửi"
    HELD = "held", "đã tổ chức, phát sóng"


class DueKind(models.TextChoices):
    """How the due date of a period is found."""

    PERIOD_END = "period_end", "Ngày cuối kỳ"
    DAY_OF_MONTH = "day_of_month", "Ngày trong tháng cuối kỳ"
    FIXED = "fixed", "Ngày ghi trong kế hoạch"


_COUNTED = {
    CountsWhen.APPROVED_PUBLISHED.value: "được duyệt và đăng trên",
    CountsWhen.SENT.value: "gửi",
    CountsWhen.HELD.value: "được tổ chức, phát sóng qua",
}


class PresentQuotas(models.Manager["Quota"]):
    """The quotas of plans as they stand, without what amendments took out."""

    def get_queryset(self) -> models.QuerySet[Quota]:
        """Those that no revision removed."""
        return super().get_queryset().filter(removed_in=None)


class Quota(models.Model):
    """At least ``minimum`` items on ``channel`` in each period.

    ``due_day`` and ``due_month_offset`` (0: the period's last month, 1: the month after) serve
    ``day_of_month``; ``due_dates`` maps period codes to ISO dates and serves ``fixed``.
    ``removed_in`` is the revision that no longer has it; its past obligations stay.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="quotas")
    uid = models.CharField("mã dòng", max_length=UID_LENGTH, default=new_uid, editable=False)
    order = models.PositiveIntegerField("thứ tự", default=1)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="quotas")
    counts_when = models.CharField(
        "tính khi",
        max_length=20,
        choices=CountsWhen,
        default=CountsWhen.APPROVED_PUBLISHED,
    )
    minimum = models.PositiveIntegerField("ít nhất", default=1)
    maximum = models.PositiveIntegerField("nhiều nhất", null=True, blank=True)
    per = models.CharField(
        "mỗi", max_length=12, choices=[(kind.value, kind.label) for kind in PeriodKind]
    )
    due_kind = models.CharField("cách tính hạn", max_length=12, choices=DueKind)
    due_day = models.PositiveSmallIntegerField("ngày đến hạn", null=True, blank=True)
    due_month_offset = models.PositiveSmallIntegerField("số tháng lùi", default=0)
    due_dates = models.JSONField("hạn từng kỳ", default=dict, blank=True)
    default_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    removed_in = models.PositiveIntegerField("bỏ ở lần sửa đổi", null=True, blank=True)

    objects = PresentQuotas()
    everything = models.Manager["Quota"]()

    class Meta:
        verbose_name = "định mức"
        constraints = (
            models.UniqueConstraint(
                fields=("task", "order"), condition=Q(removed_in=None), name="quota_order_once"
            ),
            models.UniqueConstraint(
                fields=("task", "channel", "per"),
                condition=Q(removed_in=None),
                name="quota_once_per_channel",
            ),
            models.UniqueConstraint(fields=("task", "uid"), name="quota_uid_once"),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="quota_asks_for_something"),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gte=F("minimum")),
                name="quota_range_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(due_kind=DueKind.DAY_OF_MONTH.value)
                | Q(due_day__gte=1, due_day__lte=31),
                name="quota_due_day_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task.code}: {self.minimum} · {self.channel}"

    @property
    def sentence(self) -> str:
        """``mỗi quý ít nhất 1 tin, bài được duyệt và đăng trên Chuyên trang CCHC``."""
        amount = f"ít nhất {self.minimum}"
        if self.maximum:
            amount = f"từ {self.minimum} đến {self.maximum}"
        per = PeriodKind(self.per).label
        return f"mỗi {per} {amount} tin, bài {_COUNTED[self.counts_when]} {self.channel.short_name}"

    @property
    def due_words(self) -> str:
        """``ngày 25 hằng tháng``, or the days as written: ``20/3, 20/6/2024``."""
        if self.due_kind == DueKind.DAY_OF_MONTH:
            return f"ngày {self.due_day} {self._due_month}"
        if self.due_kind == DueKind.FIXED:
            days = sorted(date.fromisoformat(day) for day in self.due_dates.values())
            years = [day.year for day in days[1:]] + [0]
            return ", ".join(
                f"{day.day}/{day.month}"
                if day.year == following
                else f"{day.day}/{day.month}/{day.year}"
                for day, following in zip(days, years, strict=True)
            )
        return "ngày cuối kỳ"

    @property
    def _due_month(self) -> str:
        if self.due_month_offset:
            return "của tháng sau kỳ"
        return "hằng tháng" if self.per == PeriodKind.MONTH else "của tháng cuối kỳ"


class RotationTurn(models.Model):
    """Whose turn a period is; ``period`` is a code of ``plans.periods`` such as ``2024-Q1``."""

    quota = models.ForeignKey(Quota, models.CASCADE, related_name="turns")
    period = models.CharField("kỳ", max_length=8)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="turns")

    class Meta:
        verbose_name = "lượt luân phiên"
        constraints = (
            models.UniqueConstraint(fields=("quota", "period"), name="turn_once_per_period"),
        )

    def __str__(self) -> str:
        return f"{self.period}: {self.unit}"
