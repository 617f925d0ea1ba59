"""Evidence: the file or address that proves an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc.lib import clock
from cchc.lib.filetypes import LONGEST_NAME, FileType
from outreach.models.activity import Activity
from outreach.models.link import Linked, LinkState

if TYPE_CHECKING:
    from agencies.models import User


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Chainable questions about evidence."""

    def visible_to(self, user: User) -> EvidenceQuerySet:
        """With its activity; what was voided only to the agency itself."""
        return self.filter(
            Q(voided_at=None) | Q(activity__agency__in=user.standing().readable_agency_ids),
            activity__in=Activity.objects.visible_to(user).values("pk"),
        )

    def standing(self) -> EvidenceQuerySet:
        """Not voided."""
        return self.filter(voided_at=None)

    def to_check(self) -> EvidenceQuerySet:
        """Addresses that the machine may look at: those that stand."""
        return self.standing().exclude(url="").exclude(link_state=LinkState.PRIVATE)

    def for_page(self) -> EvidenceQuerySet:
        """What the page of an activity shows, in the order in which it was added."""
        return self.select_related("added_by", "voided_by").order_by("added_at", "id")


class Evidence(Linked):
    """A stored file under its SHA-256, or an address; never both. Voided, never deleted.

    ``title`` is the file's cleaned name, or the title under which the address was published.
    ``link_title`` is what its page calls itself, beside the title that a person gave.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence")
    title = models.CharField("tên minh chứng", max_length=LONGEST_NAME)
    url = models.URLField("đường dẫn", max_length=500, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    file_type = models.CharField(
        "loại tệp",
        max_length=4,
        choices=[(kind.value, kind.label) for kind in FileType],
        blank=True,
    )
    size = models.PositiveIntegerField("cỡ tệp", null=True, blank=True)
    added_at = models.DateTimeField("thêm lúc", default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_reason = models.TextField("lý do hủy", blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        constraints = (
            models.CheckConstraint(
                condition=Q(url="", link_state="", checked_at=None, size__isnull=False)
                & ~Q(sha256="")
                & ~Q(file_type="")
                | Q(sha256="", file_type="", size=None) & ~Q(url="") & ~Q(link_state=""),
                name="evidence_is_file_or_address",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, voided_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(voided_reason="")),
                name="evidence_voided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.title
