"""The register of legal documents that plans of a province cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When

from agencies.models import Province
from cchc.lib.text import fold
from plans.models.plan import DatePrecision, Plan

if TYPE_CHECKING:
    from agencies.models import User


class LegalForce(models.TextChoices):
    """Whether a document may still be cited."""

    IN_FORCE = "in_force", "Còn hiệu lực"
    REPLACED = "replaced", "Đã được thay thế"
    EXPIRED = "expired", "Hết hiệu lực"


class LegalDocumentQuerySet(models.QuerySet["LegalDocument"]):
    """Chainable questions about the register."""

    def visible_to(self, user: User) -> LegalDocumentQuerySet:
        """The registers of the user's provinces."""
        return self.filter(province__in=user.standing().province_ids)

    def in_order(self) -> LegalDocumentQuerySet:
        """By legal rank, the newest first within one."""
        return self.order_by("rank", F("dated_on").desc(nulls_last=True), "id")

    def ended(self) -> LegalDocumentQuerySet:
        """Those that may no longer be cited."""
        return self.exclude(force=LegalForce.IN_FORCE)

    def looked_up(self, text: str) -> LegalDocumentQuerySet:
        """Those that have every word of the text; whose number begins with one comes first."""
        words = fold(text).split()
        if not words:
            return self.in_order()
        found = self.filter(*(Q(search__contains=word) for word in words))
        begins = Q(*(Q(search__startswith=word) for word in words), _connector=Q.OR)
        first = Case(When(begins, then=0), default=1)
        return found.order_by(first, "rank", F("dated_on").desc(nulls_last=True), "id")


class LegalDocument(models.Model):
    """One document of the register.

    ``rank`` is that of ``plans.citations.rank``: the lower, the higher in law. ``search`` holds
    its folded text (no tone marks, lower case) from the number on, in which words are looked up.
    ``plan`` is the document itself when it is a plan in the system.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="legal_documents")
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
    rank = models.PositiveIntegerField("thứ bậc", default=0)
    force = models.CharField(
        "hiệu lực", max_length=12, choices=LegalForce, default=LegalForce.IN_FORCE
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    ended_on = models.DateField("hết hiệu lực từ ngày", null=True, blank=True)
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="register_entries"
    )
    search = models.TextField("chữ để tìm", blank=True)
    added_at = models.DateTimeField("ghi lúc")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản trong sổ"
        indexes = (models.Index(fields=("province", "rank"), name="legal_document_rank"),)
        constraints = (
            models.UniqueConstraint(
                fields=("province", "document_type", "reference", "issuer", "dated_on"),
                condition=~Q(reference=""),
                name="legal_document_once",
            ),
            models.CheckConstraint(
                condition=Q(dated_on=None, date_precision=DatePrecision.NONE.value)
                | Q(dated_on__isnull=False) & ~Q(date_precision=DatePrecision.NONE.value),
                name="legal_document_date_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(force=LegalForce.IN_FORCE.value, replaced_by=None, ended_on=None)
                | ~Q(force=LegalForce.IN_FORCE.value),
                name="legal_document_in_force_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("pk")),
                name="legal_document_replaced_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_type} {self.reference}".strip()
