"""A province's obligations by period and outcome, counted each night for the pages of a country."""

from __future__ import annotations

from django.db import models

from agencies.models import Province


class ProvinceSummary(models.Model):
    """The obligations of one period code of a province as they stood at the end of ``as_of``.

    Outcomes as in ``outreach.compliance.Score``. The live count is the truth
    (``manage.py summarise --check`` compares them).
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="summaries")
    year = models.PositiveSmallIntegerField("năm")
    period = models.CharField("kỳ", max_length=8)
    as_of = models.DateField("tính đến ngày")
    expected = models.PositiveIntegerField("phải thực hiện", default=0)
    met = models.PositiveIntegerField("đúng hạn", default=0)
    met_late = models.PositiveIntegerField("trễ hạn", default=0)
    missed = models.PositiveIntegerField("chưa đạt", default=0)
    pending = models.PositiveIntegerField("chờ duyệt", default=0)
    not_due = models.PositiveIntegerField("chưa đến hạn", default=0)
    waived = models.PositiveIntegerField("được miễn", default=0)
    outside = models.PositiveIntegerField("ngoài mẫu số", default=0)

    class Meta:
        verbose_name = "số liệu tổng hợp của tỉnh"
        constraints = (
            models.UniqueConstraint(fields=("province", "period"), name="province_summary_once"),
        )
        indexes = (models.Index(fields=("year", "province"), name="province_summary_year"),)

    def __str__(self) -> str:
        return f"{self.province} {self.period}"
