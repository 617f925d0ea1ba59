"""Provinces and agencies; an agency's names are dated."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from agencies.models.user import User


class Province(models.Model):
    """A province; several may live in one installation and never see each other."""

    code = models.CharField("mã", max_length=8, unique=True)
    name = models.CharField("tên tỉnh", max_length=120)

    class Meta:
        verbose_name = "tỉnh"

    def __str__(self) -> str:
        return f"Tỉnh {self.name}"


class AgencyKind(models.TextChoices):
    """What an agency is in the two- or three-tier administration."""

    PROVINCE = "province", "UBND tỉnh"
    DEPARTMENT = "department", "Sở, ban, ngành"
    DISTRICT = "district", "UBND cấp huyện"
    COMMUNE = "commune", "UBND cấp xã"
    PRESS = "press", "Cơ quan báo chí"
    SERVICE = "service", "Đơn vị sự nghiệp"
    OTHER = "other", "Cơ quan khác"


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Chainable questions about agencies."""

    def visible_to(self, user: User) -> AgencyQuerySet:
        """Agencies of the provinces in which the user works: an address book, not their drafts."""
        return self.filter(province__in=user.standing().province_ids)

    def followed_by(self, user: User) -> AgencyQuerySet:
        """Whose figures the person may read: their own agencies, all of an overseen province."""
        standing = user.standing()
        return self.filter(
            Q(pk__in=standing.readable_agency_ids) | Q(province__in=standing.overseen_province_ids)
        )

    def active_on(self, day: date) -> AgencyQuerySet:
        """Established and not dissolved on that day."""
        return self.filter(
            Q(established_on=None) | Q(established_on__lte=day),
            Q(dissolved_on=None) | Q(dissolved_on__gt=day),
        )

    def in_order(self) -> AgencyQuerySet:
        """Protocol order: UBND tỉnh first, then as the province ranks them."""
        return self.order_by("order", "code")


class Agency(models.Model):
    """A body that issues plans and owes obligations. ``name`` is its present name."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="agencies")
    code = models.CharField("mã cơ quan", max_length=24, unique=True)
    kind = models.CharField("loại", max_length=16, choices=AgencyKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates"
    )
    name = models.CharField("tên cơ quan", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=80)
    place = models.CharField("địa danh trên văn bản", max_length=80)
    order = models.PositiveIntegerField("thứ tự", default=0)
    clears_internally = models.BooleanField(
        "trưởng đơn vị duyệt nội bộ trước khi gửi", default=True
    )
    established_on = models.DateField("ngày thành lập", null=True, blank=True)
    dissolved_on = models.DateField("ngày chấm dứt", null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan"
        constraints = (
            models.CheckConstraint(
                condition=Q(dissolved_on=None)
                | Q(established_on=None)
                | Q(dissolved_on__gt=F("established_on")),
                name="agency_dissolved_after_established",
            ),
        )

    def __str__(self) -> str:
        return self.name


class AgencyNameQuerySet(models.QuerySet["AgencyName"]):
    """Chainable questions about dated names."""

    def on(self, day: date) -> AgencyNameQuerySet:
        """The names in force on that day, one per agency."""
        return self.filter(
            Q(since=None) | Q(since__lte=day),
            Q(until=None) | Q(until__gte=day),
        )


class AgencyName(models.Model):
    """What an agency was called from ``since`` to ``until``, both inclusive; None is open."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="names")
    name = models.CharField("tên cơ quan", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=80)
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)

    objects = AgencyNameQuerySet.as_manager()

    class Meta:
        verbose_name = "tên cơ quan theo thời gian"
        constraints = (
            models.UniqueConstraint(fields=("agency", "since"), name="agency_name_once_a_day"),
            models.UniqueConstraint(
                fields=("agency",), condition=Q(until=None), name="agency_one_open_name"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="agency_name_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name
