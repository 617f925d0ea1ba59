"""The signed paper of a plan, as scanned or digitally signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models.plan import Plan


class SignedFile(models.Model):
    """A PDF stored outside the web root under its SHA-256; never deleted, only voided."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="signed_files")
    revision = models.PositiveIntegerField("lần sửa đổi", default=0)
    name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("dung lượng")
    added_at = models.DateTimeField("đính kèm lúc")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_reason = models.TextField("lý do hủy", blank=True)

    class Meta:
        verbose_name = "bản ký của kế hoạch"
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "revision"),
                condition=Q(voided_at=None),
                name="signed_file_once_per_revision",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, voided_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(voided_reason="")),
                name="signed_file_voided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.name
