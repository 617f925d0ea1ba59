"""Accepted warnings: what the author of a plan leaves standing, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from plans.models.plan import Plan


class AcceptedWarning(models.Model):
    """A warning of ``plans.lint``, by its code and place, that stands for a reason."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="accepted_warnings")
    code = models.CharField("mã cảnh báo", max_length=40)
    place = models.CharField("vị trí", max_length=400)
    reason = models.TextField("lý do")
    accepted_at = models.DateTimeField("chấp nhận lúc")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "cảnh báo được chấp nhận"
        constraints = (
            models.UniqueConstraint(fields=("plan", "code", "place"), name="warning_accepted_once"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="warning_accepted_with_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place}: {self.code}"
