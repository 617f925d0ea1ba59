"""Swaps and substitutions of turns: who should have, and who took it over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Unit
from plans.models.obligation import Obligation


class TurnChangeKind(models.TextChoices):
    """Why the responsible unit changed."""

    SWAP = "swap", "Hoán đổi lượt"
    SUBSTITUTION = "substitution", "Làm thay"


class TurnChange(models.Model):
    """One obligation went from a unit to another; of a swap the other half is ``partner``.

    The plan's own turn (``RotationTurn``) stays as issued; ``Obligation.unit`` is who is
    responsible now.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="turn_changes")
    kind = models.CharField("hình thức", max_length=12, choices=TurnChangeKind)
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="turns_given"
    )
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="turns_taken")
    partner = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="partnered"
    )
    reason = models.TextField("lý do")
    changed_at = models.DateTimeField("đổi lúc")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "đổi lượt luân phiên"
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="turn_change_with_reason"),
            models.CheckConstraint(
                condition=Q(from_unit=None) | ~Q(from_unit=F("to_unit")),
                name="turn_change_to_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_unit} → {self.to_unit}"
