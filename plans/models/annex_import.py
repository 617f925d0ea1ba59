"""Annexes on their way in: the file as it came, what was asked, and what the check found."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc.jobs.models import Job
from plans.models.plan import Plan


class AnnexImport(models.Model):
    """A file or a pasted table, checked by its job as often as its questions are answered.

    ``file`` is its path below FILES_DIR. ``answers`` maps names that nobody knew to codes of
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
