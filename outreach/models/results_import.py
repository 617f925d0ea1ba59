"""Results workbooks on their way in: the file as it came, and what the check found."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency
from cchc.jobs.models import Job

if TYPE_CHECKING:
    from agencies.models import User


class ResultsImportQuerySet(models.QuerySet["ResultsImport"]):
    """Chainable questions about results on their way in."""

    def visible_to(self, user: User) -> ResultsImportQuerySet:
        """Those of the agencies whose drafts the user may read."""
        return self.filter(agency__in=user.standing().readable_agency_ids)

    def for_page(self) -> ResultsImportQuerySet:
        """With what a page about one of them names."""
        return self.select_related("agency__province", "job", "ordered_by", "imported_by")

    def waiting(self) -> ResultsImportQuerySet:
        """Whose file is still kept: neither imported nor followed by a newer one."""
        return self.exclude(file="")


class ResultsImport(models.Model):
    """A workbook of results, checked by its job as often as its questions are answered.

    ``file`` is its path below FILES_DIR, empty once it is imported or a newer one came.
    ``answers`` maps names that nobody knew to codes of units or channels. ``findings`` is what
    the last check found, None before it ran.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="results_imports")
    name = models.CharField("tên tệp", max_length=200)
    file = models.CharField("tệp", max_length=200)
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

    objects = ResultsImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập kết quả"
        constraints = (
            models.CheckConstraint(
                condition=Q(imported_at=None, imported_by=None)
                | Q(imported_at__isnull=False, imported_by__isnull=False),
                name="results_imported_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.name
