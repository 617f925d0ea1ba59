"""Fulfilments: which placement counts for which obligation, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc.lib import clock
from outreach.models.placement import Placement
from plans.models import Obligation


class FulfilmentQuerySet(models.QuerySet["Fulfilment"]):
    """Chainable questions about fulfilments."""

    def standing(self) -> FulfilmentQuerySet:
        """Not voided: the ones that count."""
        return self.filter(voided_at=None)


class Fulfilment(models.Model):
    """One placement counted once for one obligation on the day that the quota's moment fell."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="fulfilments")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="fulfilments")
    counted_on = models.DateField("ngày tính")
    at = models.DateTimeField("ghi lúc", default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField("vì sao được tính", max_length=300)
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_reason = models.TextField("lý do hủy", blank=True)

    objects = FulfilmentQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả được tính"
        indexes = (
            models.Index(
                fields=("obligation", "counted_on"),
                condition=Q(voided_at=None),
                name="fulfilment_standing",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("placement", "obligation"),
                condition=Q(voided_at=None),
                name="fulfilment_once",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_reason="")),
                name="fulfilment_voided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.placement} ⇒ {self.obligation}"
