"""Reporting regimes and their periods, as data: what differs by province or year is a row."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agencies.models import Province
from plans.periods import PeriodKind, WindowRule


class ReportRegime(models.Model):
    """Which reports a province asks for in a year, by which letter."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="regimes")
    year = models.PositiveSmallIntegerField("năm")
    name = models.CharField("tên chế độ báo cáo", max_length=160)
    window_rule = models.CharField(
        "cách tính số liệu",
        max_length=12,
        choices=[(rule.value, rule.value) for rule in WindowRule],
    )
    set_by = models.CharField("văn bản quy định", max_length=120, blank=True)

    class Meta:
        verbose_name = "chế độ báo cáo"
        constraints = (
            models.UniqueConstraint(fields=("province", "year", "name"), name="regime_once"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class ReportPeriod(models.Model):
    """One period of a regime: the window of its data, when it is due, when it closes."""

    regime = models.ForeignKey(ReportRegime, models.CASCADE, related_name="periods")
    kind = models.CharField(
        "loại kỳ", max_length=12, choices=[(kind.value, kind.label) for kind in PeriodKind]
    )
    code = models.CharField("kỳ", max_length=8)
    window_start = models.DateField("số liệu từ ngày")
    window_end = models.DateField("đến ngày chốt")
    due_on = models.DateField("hạn gửi")
    closes_on = models.DateField("khóa sổ", null=True, blank=True)

    class Meta:
        verbose_name = "kỳ báo cáo"
        constraints = (
            models.UniqueConstraint(fields=("regime", "code"), name="report_period_once"),
            models.CheckConstraint(
                condition=Q(window_end__gte=F("window_start"), due_on__gte=F("window_start")),
                name="report_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("due_on")),
                name="report_period_closes_after_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.regime} · {self.code}"
