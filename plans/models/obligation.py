"""Obligations: one period of one quota or task. A miss is a row, not an absence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from agencies.models import Agency, Province, Unit
from plans.models.channel import Channel
from plans.models.plan import Plan
from plans.models.quota import CountsWhen, Quota
from plans.models.task import Task
from plans.periods import DateSpan, Period

if TYPE_CHECKING:
    from agencies.models import User


# Agencies as the province ranks them, then time, then channels.
MATRIX_ORDER = (
    *("agency__order", "agency_id"),
    *("window_start", "window_end", "channel__order", "id"),
)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Chainable questions about obligations."""

    def visible_to(self, user: User) -> ObligationQuerySet:
        """Of the user's agencies, and of every agency in a province the user oversees."""
        standing = user.standing()
        return self.filter(
            Q(agency__in=standing.readable_agency_ids)
            | Q(province__in=standing.overseen_province_ids)
        )

    def within(self, period: Period) -> ObligationQuerySet:
        """Whose own window lies inside the calendar period: clock (a) of REGULATIONS §2.

        A week belongs to the month and the quarter in which it ends.
        """
        return self.while_there().filter(
            window_start__gt=period.start - timedelta(days=7),
            window_end__gte=period.start,
            window_end__lte=period.end,
        )

    def due_in(self, days: DateSpan) -> ObligationQuerySet:
        """Due on one of these days: clock (c) of REGULATIONS §2."""
        return self.while_there().filter(due_on__range=(days.start, days.end))

    def while_there(self) -> ObligationQuerySet:
        """Without windows that had passed when the agency was established (REGULATIONS §5).

        Nor is anything owed in a window that began after it was dissolved.
        """
        never_there = Agency.objects.filter(
            Q(dissolved_on__lte=OuterRef("window_start"))
            | Q(established_on__gt=OuterRef("window_end")),
            pk=OuterRef("agency_id"),
        )
        return self.filter(~Exists(never_there))

    def touched(self) -> ObligationQuerySet:
        """Begun in some way: with results, an explanation, a waiver or a changed turn.

        The relations are those that outreach, the floor above, lays to an obligation.
        """
        return self.filter(
            Q(fulfilments__isnull=False)
            | Q(explanations__isnull=False)
            | Q(turn_changes__isnull=False)
            | Q(waived_at__isnull=False)
        ).distinct()

    def fulfilled(self) -> ObligationQuerySet:
        """With as many standing results as are required."""
        standing = Count("fulfilments", filter=Q(fulfilments__voided_at=None))
        return self.annotate(standing_results=standing).filter(standing_results__gte=F("required"))

    def beside(self, obligation: Obligation) -> ObligationQuerySet:
        """What its unit has open in the same period by the other quotas of its task."""
        same = self.filter(
            plan=obligation.plan_id,
            task=obligation.task_id,
            period=obligation.period,
            unit=obligation.unit_id,
            quota__isnull=False,
            waived_at=None,
        )
        others = same.exclude(quota=obligation.quota_id)
        return others.exclude(pk__in=others.fulfilled().values("pk")).order_by("quota__order", "id")

    def for_matrix(self) -> ObligationQuerySet:
        """With everything that a matrix or a compliance line names, in a stable order."""
        return self.select_related("agency", "unit", "channel", "task", "plan").order_by(
            *MATRIX_ORDER
        )


class Obligation(models.Model):
    """What an agency owes on a channel in one period, and which unit's turn it is.

    ``period`` is the calendar period in which results count; ``due_on`` the plan's own due
    date, kept as written; ``before_issue`` marks a due date that lies before the plan was
    issued: kept and shown, and counted only when the plan says so.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="obligations")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="obligations")
    task = models.ForeignKey(Task, models.PROTECT, related_name="obligations")
    quota = models.ForeignKey(
        Quota, models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    counts_when = models.CharField("tính khi", max_length=20, choices=CountsWhen.choices)
    period = models.CharField("kỳ", max_length=8)
    window_start = models.DateField("tính từ ngày")
    window_end = models.DateField("tính đến ngày")
    due_on = models.DateField("hạn")
    required = models.PositiveIntegerField("số phải thực hiện", default=1)
    before_issue = models.BooleanField("đến hạn trước khi kế hoạch ban hành", default=False)
    revision = models.PositiveIntegerField("lần sửa đổi", default=0)
    waived_at = models.DateTimeField("miễn lúc", null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_reason = models.TextField("lý do miễn", blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "đầu việc theo kỳ"
        indexes = (
            # By their ends: a year of ten is then one stretch of the index.
            models.Index(fields=("agency", "window_end"), name="obligation_agency_end"),
            models.Index(fields=("province", "window_end"), name="obligation_province_end"),
            models.Index(fields=("unit", "due_on"), name="obligation_unit_due"),
        )
        constraints = (
            models.UniqueConstraint(fields=("quota", "period"), name="obligation_once_per_quota"),
            models.UniqueConstraint(
                fields=("task", "period"),
                condition=Q(quota=None),
                name="obligation_once_per_task",
            ),
            models.CheckConstraint(
                condition=Q(window_end__gte=F("window_start")), name="obligation_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(required__gte=1), name="obligation_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(quota=None) | Q(channel__isnull=False),
                name="obligation_of_quota_has_channel",
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None, waived_reason="")
                | (Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_reason="")),
                name="obligation_waived_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task.code} · {self.channel or 'sản phẩm'} · {self.period_label}"

    @property
    def period_label(self) -> str:
        """``Quý I/2024`` for ``2024-Q1``."""
        return Period.parse(self.period).label
