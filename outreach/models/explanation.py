"""Explanations (giải trình) of a missed or late obligation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc.lib import clock
from plans.models import Obligation


class Explanation(models.Model):
    """Why something was missed; printed beside the number and never changing it."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="explanations")
    text = models.TextField("nội dung giải trình")
    given_at = models.DateTimeField("giải trình lúc", default=clock.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField("chấp nhận lúc", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "giải trình"
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="explanation_says_something"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="explanation_accepted_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"Giải trình: {self.obligation}"
