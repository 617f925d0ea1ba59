"""Clauses: the plan's narrative as a tree."""

from __future__ import annotations

from django.db import models

from plans.models.plan import Plan
from plans.models.uid import UID_LENGTH, new_uid


class Clause(models.Model):
    """A heading or an item of the narrative; ``label`` as the document has it (``V``, ``a)``)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    uid = models.CharField("mã dòng", max_length=UID_LENGTH, default=new_uid, editable=False)
    order = models.PositiveIntegerField("thứ tự")
    label = models.CharField("ký hiệu mục", max_length=12, blank=True)
    heading = models.CharField("tiêu đề", max_length=300, blank=True)
    text = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "mục của kế hoạch"
        constraints = (
            models.UniqueConstraint(fields=("plan", "order"), name="clause_order_once"),
            models.UniqueConstraint(fields=("plan", "uid"), name="clause_uid_once"),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.heading or self.text}".strip()
