"""How often each section of a draft was saved, and by whom last."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from plans.models.plan import Plan


class DraftSection(models.Model):
    """The version of one section: whoever saves names the version that they began with."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="draft_sections")
    name = models.CharField("phần", max_length=20)
    version = models.PositiveIntegerField("phiên", default=0)
    saved_at = models.DateTimeField("lưu lúc")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "phần của dự thảo"
        constraints = (models.UniqueConstraint(fields=("plan", "name"), name="draft_section_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
