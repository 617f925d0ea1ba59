"""Annexes on their way in: the file as it came, what was asked, and what the check found."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc.jobs.models import Job
from plans.models.plan import Plan

if TYPE_CHECKING:
    from agencies.models import User


class AnnexImportQuerySet(models.QuerySet["AnnexImport"]):
    """Chainable questions about annexes on their way in."""

    def visible_to(self, user: User) -> AnnexImportQuerySet:
        """Those of the agencies whose drafts the user may read."""
        return self.filter(plan__agency__in=user.standing().readable_agency_ids)

    def for_page(self) -> AnnexImportQuerySet:
        """With what a page about one of them names."""
        return self.select_related("plan__agency__province", "job", "ordered_by", "imported_by")

    def waiting(self) -> AnnexImportQuerySet:
        """Whose file is still kept: neither imported nor followed by a newer one."""
        return self.exclude(file="")


class AnnexImport(models.Model):
    """A file or a pasted table, checked by its job as often as its questions are answered.

    ``file`` is its path below FILES_DIR, empty once it is imported or a newer one came.
    ``answers`` maps names that nobody knew to codes of
    units or agencies, "" for a named group. ``findings`` is what the last check found, None
    before it ran: counts, faults, notices, unknown names, proposals and a preview, as
    ``plans.annex_findings`` writes them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="annex_imports")
    name = models.CharField("tên tệp", max_length=200)
    file = models.CharField("tệp", max_length=200)
    is_pasted = models.BooleanField("dán từ bảng tạm", default=False)
    sheet = models.CharField("trang", max_length=200, blank=True)
    answers = models.JSONField("trả lời", default=dict, blank=True)
    findings = models.JSONField("kết quả kiểm tra", null=True, blank=True)
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField("gửi lúc")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField("nhập lúc", null=True, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AnnexImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập phụ lục"
        constraints = (
            models.CheckConstraint(
                condition=Q(imported_at=None, imported_by=None)
                | Q(imported_at__isnull=False, imported_by__isnull=False),
                name="annex_imported_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.name
