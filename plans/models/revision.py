"""Revisions: the whole text of a plan as it came into force, each time."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from plans.models.plan import Plan


class PlanRevision(models.Model):
    """The text in force from ``made_at`` on; number 0 is the plan as first issued.

    ``value`` is ``{"sections": {name: value}, "names": {"units" | "channels": {code: name}}}``,
    the values as ``plans.sections`` reads them, so that it says the same whatever is renamed
    later. Later revisions give a reason.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField("lần sửa đổi")
    reason = models.TextField("lý do", blank=True)
    value = models.JSONField("nội dung")
    made_at = models.DateTimeField("có hiệu lực lúc")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lần ban hành, sửa đổi kế hoạch"
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="plan_revision_once"),
            models.CheckConstraint(
                condition=models.Q(number=0) | ~models.Q(reason=""),
                name="plan_revision_gives_reason",
            ),
        )

    def __str__(self) -> str:
        return f"Lần {self.number}" if self.number else "Ban hành"
