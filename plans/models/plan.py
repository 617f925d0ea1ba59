"""The plan: header, period, state and signing block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, Province

if TYPE_CHECKING:
    from agencies.models import User


class PlanKind(models.TextChoices):
    """What the plan is about."""

    OUTREACH = "outreach", "Tuyên truyền cải cách hành chính"
    REFORM = "reform", "Cải cách hành chính"
    MULTI_YEAR = "multi_year", "Kế hoạch nhiều năm"


class PlanState(models.TextChoices):
    """The plan's life."""

    DRAFT = "draft", "Dự thảo"
    SUBMITTED = "submitted", "Đã trình ký"
    ISSUED = "issued", "Đã ban hành"
    CLOSED = "closed", "Đã kết thúc"


IN_FORCE = (PlanState.ISSUED, PlanState.CLOSED)


class DatePrecision(models.TextChoices):
    """How much of a date the document gives; a blank day stays blank."""

    DAY = "day", "ngày/tháng/năm"
    MONTH = "month", "tháng/năm"
    YEAR = "year", "năm"
    NONE = "none", "không ghi"


class PlanQuerySet(models.QuerySet["Plan"]):
    """Chainable questions about plans."""

    def visible_to(self, user: User) -> PlanQuerySet:
        """Every plan in force in the user's provinces; drafts only of the user's own agencies."""
        standing = user.standing()
        return self.filter(province__in=standing.province_ids).filter(
            Q(state__in=IN_FORCE) | Q(agency__in=standing.readable_agency_ids)
        )

    def in_force(self) -> PlanQuerySet:
        """Issued, also when closed by now: what others may see and implement."""
        return self.filter(state__in=IN_FORCE)

    def for_list(self) -> PlanQuerySet:
        """What the list page shows: what is still being written, then the newest year."""
        written = models.Case(models.When(issued_at=None, then=0), default=1)
        return self.select_related("agency", "parent", "parent__agency").order_by(
            written, "-starts_on", "agency__order", "id"
        )


class Plan(models.Model):
    """A plan as issued: facts of its header and signing block, exactly as the document has them.

    ``signed_on`` holds the first day of what ``signed_precision`` says is known.
    ``audiences``, ``scopes`` and ``recipients`` hold one line per entry. A plan
    ``known_by_citation`` is one that others cite and whose own text is not in the system.
    A plan that ``amends`` another is the working copy of its next revision: its rows have the
    same uids, and it goes when the amendment is issued or given up. ``derive_by`` is the last
    day on which other agencies may issue their plans that implement this one.
    """

    key = models.SlugField("khóa", max_length=80, unique=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="plans")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans")
    kind = models.CharField("loại", max_length=12, choices=PlanKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    amendment_reason = models.TextField("lý do sửa đổi", blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    number = models.CharField("số", max_length=16, blank=True)
    symbol = models.CharField("ký hiệu", max_length=40, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signed_precision = models.CharField(
        "độ chính xác của ngày ký",
        max_length=8,
        choices=DatePrecision,
        default=DatePrecision.NONE,
    )
    place = models.CharField("địa danh", max_length=80, blank=True)
    title = models.CharField("trích yếu", max_length=300)
    opening = models.TextField("đoạn mở đầu", blank=True)
    audiences = models.TextField("đối tượng", blank=True)
    scopes = models.TextField("phạm vi", blank=True)
    annex_title = models.CharField("tên phụ lục", max_length=300, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    signer_authority = models.CharField("quyền hạn", max_length=120, blank=True)
    signer_position = models.CharField("chức vụ", max_length=120, blank=True)
    signer_name = models.CharField("họ tên người ký", max_length=120, blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    known_by_citation = models.BooleanField("chỉ biết qua viện dẫn", default=False)
    count_before_issue = models.BooleanField(
        "tính cả đầu việc đến hạn trước khi ban hành", default=False
    )
    derive_by = models.DateField("hạn ban hành kế hoạch triển khai", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=12, choices=PlanState, default=PlanState.DRAFT
    )
    revision = models.PositiveIntegerField("lần sửa đổi", default=0)
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    submitted_at = models.DateTimeField("trình ký lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch"
        indexes = (models.Index(fields=("province", "-starts_on"), name="plan_province_start"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plan_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_precision=DatePrecision.NONE.value)
                | Q(signed_on__isnull=False)
                & Q(
                    signed_precision__in=[
                        DatePrecision.DAY.value,
                        DatePrecision.MONTH.value,
                        DatePrecision.YEAR.value,
                    ]
                ),
                name="plan_signed_on_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="plan_issued_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[PlanState.DRAFT.value, PlanState.SUBMITTED.value], issued_at=None
                )
                | Q(
                    state__in=[PlanState.ISSUED.value, PlanState.CLOSED.value],
                    issued_at__isnull=False,
                ),
                name="plan_in_force_was_issued",
            ),
            models.UniqueConstraint(
                fields=("agency", "number", "symbol", "signed_on"),
                condition=~Q(number="") & Q(amends=None),
                name="plan_number_once",
            ),
            models.UniqueConstraint(
                fields=("amends",),
                condition=Q(amends__isnull=False),
                name="plan_one_amendment_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="plan_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="plan_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="plan_parent_is_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.citation}: {self.title}"

    @property
    def citation(self) -> str:
        """How another document names it: ``Kế hoạch số 30/KH-UBND``."""
        return f"Kế hoạch số {self.reference}" if self.number else "Kế hoạch (chưa ghi số)"

    @property
    def reference(self) -> str:
        """``30/KH-UBND``; a blank number stays blank: ``/KH-BQL``."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number

    @property
    def is_open_draft(self) -> bool:
        """Whether its text may still be written: a draft, or the working copy of an amendment."""
        return self.state == PlanState.DRAFT

    @property
    def year(self) -> int:
        """The year that a time cell without a year means."""
        return self.starts_on.year
