"""Period reports: one agency's or unit's report of one period, its words and its frozen figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency, Unit
from agencies.roles import Role
from reporting.models.regime import ReportPeriod

if TYPE_CHECKING:
    from agencies.models import User


class ReportState(models.TextChoices):
    """Where a report stands."""

    NOT_STARTED = "not_started", "Chưa lập"
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Bị trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"


# With its author.
WRITABLE = (ReportState.NOT_STARTED, ReportState.DRAFT, ReportState.RETURNED)
# Handed in: its figures are frozen.
HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED)


class PeriodReportQuerySet(models.QuerySet["PeriodReport"]):
    """Chainable questions about period reports."""

    def visible_to(self, user: User) -> PeriodReportQuerySet:
        """Of the user's agencies; to whoever oversees the province, what was handed in.

        A report that is missing is a row that they see too, without its words.
        """
        standing = user.standing()
        return self.filter(
            Q(agency__in=standing.readable_agency_ids)
            | Q(unit=None, agency__province__in=standing.overseen_province_ids)
        )

    def to_write(self, user: User) -> PeriodReportQuerySet:
        """Those that the user writes: an office its agency's, unit people their unit's."""
        standing = user.standing()
        units = standing.units_as(Role.UNIT_HEAD, Role.OFFICER)
        offices = standing.agencies_as(Role.AGENCY_OFFICE)
        return self.filter(Q(unit__in=units) | Q(unit=None, agency__in=offices))

    def to_review(self, user: User) -> PeriodReportQuerySet:
        """Those that the user takes or returns: an office its units', Home Affairs agencies'."""
        standing = user.standing()
        provinces = {p.province_id for p in standing.posts if p.role is Role.HOME_AFFAIRS}
        offices = standing.agencies_as(Role.AGENCY_OFFICE)
        return self.filter(
            Q(unit__isnull=False, agency__in=offices) | Q(unit=None, agency__province__in=provinces)
        )

    def for_list(self) -> PeriodReportQuerySet:
        """With what a line names, in protocol order."""
        return self.select_related(
            "agency", "unit", "period__regime", "submitted_by", "accepted_by"
        ).order_by("period__due_on", "period_id", "agency__order", "unit__order", "id")


class PeriodReport(models.Model):
    """One report: a row from the first day of its period, so that a missing one is seen.

    Its words are ``ReportSection`` rows; submission writes ``ReportFigure`` rows with the names of
    that day, and nothing changes them but another submission. ``round`` counts the submissions.
    ``on_behalf``: whoever takes it writes it for the reporter (nộp thay), who may still take over.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="reports")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="reports")
    state = models.CharField(
        "trạng thái",
        max_length=12,
        choices=ReportState,
        default=ReportState.NOT_STARTED,
    )
    round = models.PositiveSmallIntegerField("lần nộp", default=0)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_submitted_on = models.DateField("ngày nộp lần đầu", null=True, blank=True)
    on_behalf = models.BooleanField("nộp thay", default=False)
    returned_at = models.DateTimeField("trả lại lúc", null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_reason = models.TextField("lý do trả lại", blank=True)
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PeriodReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo định kỳ"
        indexes = (
            models.Index(fields=("period", "state"), name="period_report_state"),
            # Asked with every page: what waits to be taken is a handful of years of reports.
            models.Index(
                fields=("agency", "unit"),
                condition=Q(state="submitted"),
                name="period_report_waits",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "period"), condition=Q(unit=None), name="period_report_once"
            ),
            models.UniqueConstraint(fields=("unit", "period"), name="unit_report_once"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None, first_submitted_on=None)
                | Q(
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    first_submitted_on__isnull=False,
                ),
                name="period_report_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None)
                | Q(returned_at__isnull=False, returned_by__isnull=False),
                name="period_report_returned_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="period_report_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "accepted"])
                | Q(round__gte=1, submitted_at__isnull=False),
                name="period_report_submitted_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="period_report_accepted_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit or self.agency} · {self.period}"

    def is_late(self, today: date) -> bool:
        """Whether it was first handed in after it was due, or is still missing since."""
        return (self.first_submitted_on or today) > self.period.due_on


class ReportSection(models.Model):
    """One paragraph group of a report's outline (``reporting.outline``).

    ``drafted`` is what the figures said when it was last drafted: words that differ are a
    person's. ``returned_reason`` is what the reviewer asks to change here.
    """

    report = models.ForeignKey(PeriodReport, models.CASCADE, related_name="report_sections")
    key = models.CharField("mục", max_length=20)
    text = models.TextField("nội dung", blank=True)
    drafted = models.TextField("bản phần mềm soạn", blank=True)
    returned_reason = models.TextField("lý do trả lại", blank=True)

    class Meta:
        verbose_name = "mục của báo cáo"
        constraints = (
            models.UniqueConstraint(fields=("report", "key"), name="report_section_once"),
        )

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"


class ReportFigure(models.Model):
    """One line of a submission's figures, as they were counted and called on that day.

    ``scope`` is the span that the line tells: the period's own days, or since the year began;
    ``group`` what the line is about, ``label`` its name that day. ``pieces`` counts articles,
    meetings … of the span; the others are obligations that were due in it.
    """

    report = models.ForeignKey(PeriodReport, models.CASCADE, related_name="figures")
    round = models.PositiveSmallIntegerField("lần nộp")
    scope = models.CharField(
        "phạm vi", max_length=10, choices=[("period", "Trong kỳ"), ("year", "Lũy kế")]
    )
    group = models.CharField(
        "theo",
        max_length=8,
        choices=[
            ("total", "Tổng cộng"),
            ("unit", "Đơn vị"),
            ("channel", "Kênh"),
            ("task", "Nhiệm vụ"),
        ],
    )
    order = models.PositiveIntegerField("thứ tự")
    label = models.TextField("tên")
    pieces = models.PositiveIntegerField("tin, bài, hoạt động", default=0)
    expected = models.PositiveIntegerField("phải thực hiện", default=0)
    met = models.PositiveIntegerField("đúng hạn", default=0)
    met_late = models.PositiveIntegerField("trễ hạn", default=0)
    missed = models.PositiveIntegerField("chưa đạt", default=0)
    pending = models.PositiveIntegerField("chờ duyệt", default=0)
    not_due = models.PositiveIntegerField("chưa đến hạn", default=0)
    waived = models.PositiveIntegerField("được miễn", default=0)
    outside = models.PositiveIntegerField("ngoài mẫu số", default=0)
    explained = models.PositiveIntegerField("có giải trình", default=0)

    class Meta:
        verbose_name = "số liệu chốt"
        constraints = (
            models.UniqueConstraint(
                fields=("report", "round", "scope", "group", "order"), name="report_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    expected=models.F("met")
                    + models.F("met_late")
                    + models.F("missed")
                    + models.F("pending")
                    + models.F("not_due")
                ),
                name="report_figure_adds_up",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report}: {self.label}"
