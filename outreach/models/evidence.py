"""Evidence: the file or address that proves an activity."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc.lib import clock
from outreach.models.activity import Activity


class Evidence(models.Model):
    """A stored file under its SHA-256, or an address; never both. Voided, never deleted."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence")
    title = models.CharField("tên minh chứng", max_length=200)
    url = models.URLField("đường dẫn", max_length=500, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    added_at = models.DateTimeField("thêm lúc", default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_reason = models.TextField("lý do hủy", blank=True)

    class Meta:
        verbose_name = "minh chứng"
        constraints = (
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(sha256="")) | (~Q(url="") & Q(sha256="")),
                name="evidence_is_file_or_address",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, voided_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(voided_reason="")),
                name="evidence_voided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.title
