"""Count decisions: where a reviewer says otherwise than the rule what counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc.lib import clock
from outreach.models.placement import Placement
from plans.models import Obligation


class CountDecision(models.Model):
    """The newest of a placement and an obligation holds: not to count, or by the rule again.

    It never makes count what the rule does not: what lies outside the window stays outside.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="count_decisions")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="count_decisions")
    counts = models.BooleanField("được tính")
    reason = models.TextField("lý do")
    at = models.DateTimeField("lúc", default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "quyết định về việc tính kết quả"
        indexes = (models.Index(fields=("placement", "obligation", "id"), name="count_decision"),)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="count_decision_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.placement} ⇒ {self.obligation}: {'tính' if self.counts else 'không tính'}"
