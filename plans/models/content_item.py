"""Content items: what is to be told."""

from __future__ import annotations

from django.db import models

from plans.models.plan import Plan
from plans.models.uid import UID_LENGTH, new_uid


class PresentContent(models.Manager["ContentItem"]):
    """The content of plans as they stand, without what amendments took out."""

    def get_queryset(self) -> models.QuerySet[ContentItem]:
        """Those that no revision removed."""
        return super().get_queryset().filter(removed_in=None)


class ContentItem(models.Model):
    """One point of "Nội dung tuyên truyền"; ``source`` is the parent plan's item it narrows.

    An item that an amendment takes out keeps its row while derived plans or activities name it:
    ``removed_in`` is the revision that no longer has it.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="content_items")
    uid = models.CharField("mã dòng", max_length=UID_LENGTH, default=new_uid, editable=False)
    order = models.PositiveIntegerField("thứ tự")
    label = models.CharField("ký hiệu mục", max_length=12, blank=True)
    title = models.CharField("nội dung", max_length=300)
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adopted_as"
    )
    removed_in = models.PositiveIntegerField("bỏ ở lần sửa đổi", null=True, blank=True)

    objects = PresentContent()
    everything = models.Manager["ContentItem"]()

    class Meta:
        verbose_name = "nội dung tuyên truyền"
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "order"),
                condition=models.Q(removed_in=None),
                name="content_item_order_once",
            ),
            models.UniqueConstraint(fields=("plan", "uid"), name="content_item_uid_once"),
        )

    def __str__(self) -> str:
        return self.title
