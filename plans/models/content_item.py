"""Content items: what is to be told."""

from __future__ import annotations

from django.db import models

from plans.models.plan import Plan
from plans.models.uid import UID_LENGTH, new_uid


class ContentItem(models.Model):
    """One point of "Nội dung tuyên truyền"; ``source`` is the parent plan's item it narrows."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="content_items")
    uid = models.CharField("mã dòng", max_length=UID_LENGTH, default=new_uid, editable=False)
    order = models.PositiveIntegerField("thứ tự")
    label = models.CharField("ký hiệu mục", max_length=12, blank=True)
    title = models.CharField("nội dung", max_length=300)
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adopted_as"
    )

    class Meta:
        verbose_name = "nội dung tuyên truyền"
        constraints = (
            models.UniqueConstraint(fields=("plan", "order"), name="content_item_order_once"),
            models.UniqueConstraint(fields=("plan", "uid"), name="content_item_uid_once"),
        )

    def __str__(self) -> str:
        return self.title
