"""Saved views: filters of a list under a name, for oneself or for one's agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency

if TYPE_CHECKING:
    from agencies.models import User


class ListPage(models.TextChoices):
    """The lists that views are saved of."""

    ACTIVITIES = "activities", "Tin, bài, hoạt động"
    PLACEMENTS = "placements", "Lượt gửi, đăng"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Chainable questions about saved views."""

    def visible_to(self, user: User) -> SavedViewQuerySet:
        """One's own, and those that colleagues share with the agency."""
        shared = Q(is_shared=True, agency__in=user.standing().readable_agency_ids)
        return self.filter(Q(owner=user) | shared)


class SavedView(models.Model):
    """``query`` is the part of the address after the question mark, without the place in it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    page = models.CharField("trang", max_length=12, choices=ListPage)
    name = models.CharField("tên", max_length=80)
    query = models.CharField("bộ lọc", max_length=1000, blank=True)
    is_shared = models.BooleanField("chia sẻ trong cơ quan", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        constraints = (
            models.UniqueConstraint(fields=("owner", "page", "name"), name="saved_view_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
            models.CheckConstraint(
                condition=Q(is_shared=False) | Q(agency__isnull=False),
                name="saved_view_shared_with_an_agency",
            ),
        )

    def __str__(self) -> str:
        return self.name
