"""Targets: what the plan wants to reach, in numbers."""

from __future__ import annotations

from django.db import models

from plans.models.plan import Plan
from plans.models.uid import UID_LENGTH, new_uid


class TargetOperator(models.TextChoices):
    """How the figure compares."""

    EXACTLY = "=", "đạt"
    AT_LEAST = ">=", "ít nhất"
    AT_MOST = "<=", "không quá"


class Target(models.Model):
    """A figure of the plan: operator, value, unit of measure and what is counted.

    A draft may name a target before its ``value`` is settled.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    uid = models.CharField("mã dòng", max_length=UID_LENGTH, default=new_uid, editable=False)
    order = models.PositiveIntegerField("thứ tự")
    operator = models.CharField("so sánh", max_length=2, choices=TargetOperator)
    value = models.DecimalField("giá trị", max_digits=12, decimal_places=2, null=True, blank=True)
    measure = models.CharField("đơn vị tính", max_length=20, default="%")
    counted = models.CharField("đối tượng tính", max_length=300)
    place_in_plan = models.CharField("vị trí trong kế hoạch", max_length=40, blank=True)
    data_source = models.CharField("nguồn số liệu", max_length=200, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu"
        constraints = (
            models.UniqueConstraint(fields=("plan", "order"), name="target_order_once"),
            models.UniqueConstraint(fields=("plan", "uid"), name="target_uid_once"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="target_not_negative"),
        )

    def __str__(self) -> str:
        value = "…" if self.value is None else f"{self.value.normalize():f}".replace(".", ",")
        return f"{value}{self.measure} {self.counted}"
