"""Reviews: the conversation between author, unit head and channel editor."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc.lib import clock
from outreach.models.placement import Placement
from outreach.workflow import MOVES, TURNED_DOWN


class Review(models.Model):
    """One move of a placement, with the words that went with it."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="reviews")
    move = models.CharField(
        "bước", max_length=12, choices=[(move.code, move.label) for move in MOVES]
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", default=clock.now)
    comment = models.TextField("ý kiến", blank=True)

    class Meta:
        verbose_name = "ý kiến duyệt"
        constraints = (
            models.CheckConstraint(
                condition=~Q(move__in=sorted(TURNED_DOWN)) | ~Q(comment=""),
                name="review_return_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_move_display()}: {self.placement}"
