"""The outreach score of the PAR Index: criteria of a year as data, and what each agency got."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime

from agencies.models import Agency, Province
from cchc.lib import clock
from reporting import scoring

if TYPE_CHECKING:
    from agencies.models import User


class Measure(models.TextChoices):
    """What a criterion looks at."""

    COMPLETION = "completion", "Mức độ hoàn thành kế hoạch tuyên truyền"
    ONLINE = "online", "Có tuyên truyền bằng hình thức trực tuyến"
    TRADITIONAL = "traditional", "Có tuyên truyền bằng hình thức truyền thống"


# What stands before the numbers of a formula.
_COUNTED = {
    Measure.COMPLETION: "",
    Measure.ONLINE: "{done} kết quả trên kênh trực tuyến, cần ít nhất 1: ",
    Measure.TRADITIONAL: "{done} kết quả trên kênh truyền thống, cần ít nhất 1: ",
}


class ScoreCriterionQuerySet(models.QuerySet["ScoreCriterion"]):
    """Chainable questions about criteria."""

    def visible_to(self, user: User) -> ScoreCriterionQuerySet:
        """Of the provinces in which the user works."""
        return self.filter(province__in=user.standing().province_ids)

    def of_year(self, province: Province, year: int) -> ScoreCriterionQuerySet:
        """The province's criteria of a year, in order."""
        return self.filter(province=province, year=year).order_by("order", "id")


class ScoreCriterion(models.Model):
    """One criterion of one year: its maximum and its bands (``reporting.scoring.Band``).

    REGULATIONS §6: bands, formula and maximum differ by province and year, so they are rows;
    ``set_by`` is the number and symbol of the decision that set them.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="score_criteria")
    year = models.PositiveSmallIntegerField("năm")
    order = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã tiêu chí", max_length=20, blank=True)
    title = models.CharField("tiêu chí", max_length=300)
    measure = models.CharField("cách đo", max_length=12, choices=Measure)
    maximum = models.DecimalField("điểm tối đa", max_digits=5, decimal_places=2)
    bands = models.JSONField("thang điểm", default=list)
    set_by = models.CharField("văn bản quy định", max_length=120, blank=True)

    objects = ScoreCriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "tiêu chí chấm điểm"
        constraints = (
            models.UniqueConstraint(
                fields=("province", "year", "order"), name="score_criterion_once"
            ),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="score_criterion_has_points"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    @property
    def scale(self) -> tuple[scoring.Band, ...]:
        """The bands as the arithmetic takes them."""
        return scoring.from_json(self.bands)

    def points(self, done: int, expected: int) -> Decimal | None:
        """What it gives; None where it does not apply."""
        return scoring.points(self.scale, self.maximum, done, expected)

    def formula(self, done: int, expected: int) -> str:
        """How that comes about, with its numbers."""
        told = _COUNTED[Measure(self.measure)].format(done=done)
        return f"{told}{scoring.formula(self.scale, self.maximum, done, expected)}"


class AgencyScoreQuerySet(models.QuerySet["AgencyScore"]):
    """Chainable questions about scores."""

    def visible_to(self, user: User) -> AgencyScoreQuerySet:
        """Of the user's agencies, and of every agency in a province the user oversees."""
        standing = user.standing()
        return self.filter(
            Q(agency__in=standing.readable_agency_ids)
            | Q(agency__province__in=standing.overseen_province_ids)
        )


class AgencyScore(models.Model):
    """What an agency gave itself on one criterion, and what the appraiser gave.

    ``done`` of ``expected`` and ``formula`` are those at the end of ``as_of``, ``done`` also when
    it is more; the appraiser's points stand beside them, with a reason where they differ.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(ScoreCriterion, models.PROTECT, related_name="scores")
    done = models.PositiveIntegerField("kết quả", default=0)
    expected = models.PositiveIntegerField("yêu cầu", default=0)
    as_of = models.DateField("số liệu tính đến hết ngày")
    formula = models.TextField("cách tính")
    self_points = models.DecimalField("điểm tự chấm", max_digits=6, decimal_places=3)
    self_note = models.TextField("giải trình của cơ quan", blank=True)
    scored_at = models.DateTimeField("chấm lúc", default=clock.now)
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    appraised_points = models.DecimalField(
        "điểm thẩm định", max_digits=6, decimal_places=3, null=True, blank=True
    )
    appraised_reason = models.TextField("lý do thẩm định", blank=True)
    appraised_at = models.DateTimeField("thẩm định lúc", null=True, blank=True)
    appraised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AgencyScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm tuyên truyền"
        constraints = (
            models.UniqueConstraint(fields=("agency", "criterion"), name="agency_score_once"),
            models.CheckConstraint(
                condition=Q(self_points__gte=0), name="agency_score_not_below_0"
            ),
            models.CheckConstraint(
                condition=Q(appraised_points=None, appraised_at=None, appraised_by=None)
                | Q(
                    appraised_points__gte=0,
                    appraised_at__isnull=False,
                    appraised_by__isnull=False,
                ),
                name="agency_score_appraised_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(appraised_points=None)
                | Q(appraised_points=F("self_points"))
                | ~Q(appraised_reason=""),
                name="agency_score_overridden_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency} · {self.criterion}"

    @property
    def appraised_on(self) -> date | None:
        """The day of the appraisal."""
        return localtime(self.appraised_at).date() if self.appraised_at else None

    @property
    def applies(self) -> bool:
        """Whether it is in the sum: nothing was owed and nobody gave points for it otherwise."""
        return self.expected > 0 or self.appraised_points is not None

    @property
    def is_changed(self) -> bool:
        """Whether the appraiser gave other points."""
        return self.appraised_points is not None and self.appraised_points != self.self_points

    @property
    def standing_points(self) -> Decimal:
        """The appraiser's points where there are any, else the agency's own."""
        return self.self_points if self.appraised_points is None else self.appraised_points
