"""The audit trail: append-only, with text labels that survive renames and removals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from agencies.models.agency import Agency, Province
from cchc.lib import clock

if TYPE_CHECKING:
    from agencies.models.user import User


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads only: an entry is never changed or deleted."""

    def visible_to(self, user: User) -> AuditQuerySet:
        """Entries of the provinces and agencies that the user may inspect."""
        standing = user.standing()
        return self.filter(
            models.Q(province__in=standing.inspected_province_ids)
            | models.Q(agency__in=standing.inspected_agency_ids)
        )

    def update(self, **kwargs: Any) -> int:
        """Refused: the trail is append-only."""
        raise TypeError("Nhật ký thao tác chỉ được ghi thêm.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: the trail is append-only."""
        raise TypeError("Nhật ký thao tác chỉ được ghi thêm.")


class AuditEntry(models.Model):
    """Who did what to which object, when, in which request, and what it was before and after."""

    at = models.DateTimeField("thời điểm", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_label = models.CharField("người thực hiện", max_length=160)
    verb = models.CharField("mã thao tác", max_length=60)
    verb_label = models.CharField("thao tác", max_length=120)
    object_type = models.CharField("loại đối tượng", max_length=40)
    object_id = models.CharField("mã đối tượng", max_length=40)
    object_label = models.CharField("đối tượng", max_length=300)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    request_id = models.CharField("mã yêu cầu", max_length=40, blank=True)
    reason = models.TextField("lý do", blank=True)
    before = models.JSONField("trước", default=dict, blank=True)
    after = models.JSONField("sau", default=dict, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = "nhật ký thao tác"
        indexes = (
            models.Index(fields=("province", "-at", "-id"), name="audit_province_at"),
            models.Index(fields=("agency", "-at", "-id"), name="audit_agency_at"),
            models.Index(fields=("object_type", "object_id"), name="audit_object"),
        )

    def __str__(self) -> str:
        return f"{self.by_label}: {self.verb_label} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise TypeError("Nhật ký thao tác chỉ được ghi thêm.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: the trail is append-only."""
        raise TypeError("Nhật ký thao tác chỉ được ghi thêm.")
