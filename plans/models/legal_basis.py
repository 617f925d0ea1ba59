"""Legal bases: the documents that a plan implements or cites."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from plans.models.legal_document import LegalDocument
from plans.models.plan import DatePrecision, Plan
from plans.models.uid import UID_LENGTH, new_uid


class BasisRole(models.TextChoices):
    """Where the document stands in the plan."""

    BASIS = "basis", "Căn cứ"
    IMPLEMENTS = "implements", "Thực hiện"
    CITED = "cited", "Viện dẫn"


class LegalBasis(models.Model):
    """One cited document, with what the citation gives and blank where it is blank.

    ``reference`` is the number and symbol as printed (``28-CT/TU``, ``30c/NQ-CP``).
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="bases")
    uid = models.CharField("mã dòng", max_length=UID_LENGTH, default=new_uid, editable=False)
    order = models.PositiveIntegerField("thứ tự")
    role = models.CharField("vai trò", max_length=12, choices=BasisRole)
    place_in_plan = models.CharField("vị trí trong kế hoạch", max_length=40, blank=True)
    document_type = models.CharField("loại văn bản", max_length=60)
    reference = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated_on = models.DateField("ngày văn bản", null=True, blank=True)
    date_precision = models.CharField(
        "độ chính xác của ngày",
        max_length=8,
        choices=DatePrecision.choices,
        default=DatePrecision.NONE,
    )
    issuer = models.CharField("cơ quan ban hành", max_length=160, blank=True)
    abstract = models.CharField("về việc", max_length=400, blank=True)
    document = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="cited_as"
    )
    registered = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="citations"
    )

    class Meta:
        verbose_name = "căn cứ, văn bản viện dẫn"
        constraints = (
            models.UniqueConstraint(fields=("plan", "order"), name="basis_order_once"),
            models.UniqueConstraint(fields=("plan", "uid"), name="basis_uid_once"),
            models.CheckConstraint(
                condition=Q(dated_on=None, date_precision=DatePrecision.NONE.value)
                | Q(dated_on__isnull=False) & ~Q(date_precision=DatePrecision.NONE.value),
                name="basis_date_has_precision",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_type} {self.reference}".strip()
