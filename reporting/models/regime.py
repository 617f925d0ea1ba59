"""Reporting regimes and their periods, as data: what differs by province or year is a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, Province
from plans.periods import DateSpan, Period, PeriodKind, WindowRule
from reporting.regimes import DueRule, Shift, Terms

if TYPE_CHECKING:
    from agencies.models import User


class Reporter(models.TextChoices):
    """Who reports to whom under a regime."""

    AGENCY = "agency", "Cơ quan báo cáo Sở Nội vụ"
    UNIT = "unit", "Đơn vị báo cáo Văn phòng cơ quan"


class ReportRegimeQuerySet(models.QuerySet["ReportRegime"]):
    """Chainable questions about regimes."""

    def visible_to(self, user: User) -> ReportRegimeQuerySet:
        """The province's own, and those of the agencies whose drafts the user may read."""
        standing = user.standing()
        return self.filter(
            Q(agency=None, province__in=standing.province_ids)
            | Q(agency__in=standing.readable_agency_ids)
        )


class ReportRegime(models.Model):
    """Which reports a province asks of its agencies in a year, or an agency of its units.

    ``agency`` is the one whose units report; None: all agencies of the province do. ``kinds`` and
    ``quarters`` as in ``reporting.regimes.Terms``; ``set_by`` is the letter's number and symbol.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="regimes")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="regimes"
    )
    reporter = models.CharField(
        "ai báo cáo", max_length=8, choices=Reporter, default=Reporter.AGENCY
    )
    year = models.PositiveSmallIntegerField("năm")
    name = models.CharField("tên chế độ báo cáo", max_length=160)
    kinds = models.JSONField("các kỳ", default=list)
    quarters = models.JSONField("các quý", default=list, blank=True)
    window_rule = models.CharField(
        "cách tính số liệu",
        max_length=12,
        choices=[(rule.value, rule.value) for rule in WindowRule],
    )
    due_rule = models.CharField(
        "cách tính hạn gửi",
        max_length=16,
        choices=[(rule.value, rule.label) for rule in DueRule],
        default=DueRule.LAST_MONTH.value,
    )
    due_day = models.PositiveSmallIntegerField("ngày", default=20)
    shift = models.CharField(
        "khi hạn là ngày nghỉ",
        max_length=8,
        choices=[(shift.value, shift.label) for shift in Shift],
        default=Shift.KEEP.value,
    )
    closes_after = models.PositiveSmallIntegerField(
        "khóa sau hạn gửi (ngày)", null=True, blank=True
    )
    set_by = models.CharField("văn bản quy định", max_length=120, blank=True)

    objects = ReportRegimeQuerySet.as_manager()

    class Meta:
        verbose_name = "chế độ báo cáo"
        constraints = (
            models.UniqueConstraint(
                fields=("province", "year", "name"),
                condition=Q(agency=None),
                name="regime_once",
            ),
            models.UniqueConstraint(
                fields=("agency", "year", "name"), name="regime_once_in_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(reporter="agency", agency=None)
                | Q(reporter="unit", agency__isnull=False),
                name="regime_of_units_has_agency",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"

    @property
    def terms(self) -> Terms:
        """What it asks for, as plain values."""
        return Terms(
            name=self.name,
            kinds=tuple(PeriodKind(kind) for kind in self.kinds),
            quarters=tuple(self.quarters),
            window_rule=WindowRule(self.window_rule),
            due_rule=DueRule(self.due_rule),
            due_day=self.due_day,
            shift=Shift(self.shift),
            closes_after=self.closes_after,
            letter=self.set_by,
        )


class ReportPeriodQuerySet(models.QuerySet["ReportPeriod"]):
    """Chainable questions about the periods of regimes."""

    def in_order(self) -> ReportPeriodQuerySet:
        """As they come due."""
        return self.order_by("due_on", "window_end", "id")


class ReportPeriod(models.Model):
    """One report that a regime asks for: the days that it gathers, when it is due and closes.

    ``cumulative_start`` begins the figures since the year began. ``changed_by`` is the letter that
    set these days otherwise than the regime's rule.
    """

    regime = models.ForeignKey(ReportRegime, models.CASCADE, related_name="periods")
    kind = models.CharField(
        "loại kỳ", max_length=12, choices=[(kind.value, kind.label) for kind in PeriodKind]
    )
    code = models.CharField("kỳ", max_length=8)
    window_start = models.DateField("số liệu từ ngày")
    window_end = models.DateField("đến ngày chốt")
    cumulative_start = models.DateField("lũy kế từ ngày")
    due_on = models.DateField("hạn gửi")
    closes_on = models.DateField("khóa sổ", null=True, blank=True)
    changed_by = models.CharField("văn bản điều chỉnh", max_length=120, blank=True)

    objects = ReportPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        constraints = (
            models.UniqueConstraint(fields=("regime", "code"), name="report_period_once"),
            models.CheckConstraint(
                condition=Q(window_end__gte=F("window_start"), due_on__gte=F("window_start")),
                name="report_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cumulative_start__lte=F("window_start")),
                name="report_period_is_part_of_its_year",
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("due_on")),
                name="report_period_closes_after_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} · {self.regime.name}"

    @property
    def period(self) -> Period:
        """The period of the year that the report is named after."""
        return Period.parse(self.code)

    @property
    def label(self) -> str:
        """``Quý I/2024``."""
        return self.period.label

    @property
    def window(self) -> DateSpan:
        """The days whose results the report tells."""
        return DateSpan(self.window_start, self.window_end)

    @property
    def cumulative(self) -> DateSpan:
        """The days since the year began."""
        return DateSpan(self.cumulative_start, self.window_end)
