"""Successions: what became of an agency when the apparatus was reorganised."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agencies.models.agency import Agency


class SuccessionKind(models.TextChoices):
    """How one agency became another."""

    RENAMED = "renamed", "Đổi tên"
    MERGED = "merged", "Hợp nhất"
    SPLIT = "split", "Chia, tách"
    ABSORBED = "absorbed", "Sáp nhập"


class Succession(models.Model):
    """One step from an agency to its successor, by a numbered decision."""

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="origins")
    kind = models.CharField("hình thức", max_length=12, choices=SuccessionKind)
    effective_on = models.DateField("có hiệu lực từ ngày")
    decision_number = models.CharField("số, ký hiệu quyết định", max_length=60, blank=True)

    class Meta:
        verbose_name = "kế thừa cơ quan"
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor", "effective_on"), name="succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_of_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
