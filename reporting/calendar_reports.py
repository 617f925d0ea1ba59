"""The days on which period reports are due, for the calendar of outreach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from django.urls import reverse

from agencies.models import User
from cchc.lib.tables import Ratio, display
from outreach.calendar_entries import Entry
from outreach.calendar_scope import Scope, Sight
from outreach.compliance import Compliance
from plans.periods import DateSpan
from reporting.models import PeriodReport
from reporting.models.period_report import WRITABLE, PeriodReportQuerySet, ReportState

_TONES = {
    ReportState.SUBMITTED: Compliance.PENDING.value,
    ReportState.ACCEPTED: Compliance.MET.value,
}
_ICON = "calendar-check"


def due_reports(scope: Scope, user: User, span: DateSpan, today: date) -> Iterator[Entry]:
    """One's own reports one by one, those that one receives as so many of so many; one query."""
    rows = (
        _of(scope)
        .visible_to(user)
        .filter(period__due_on__range=(span.start, span.end))
        .select_related("period")
        .order_by("period__due_on", "period_id", "unit__order", "id")
    )
    for (_, is_received), found in groupby(rows, key=lambda row: _gathered(row, scope)):
        reports = list(found)
        if is_received:
            yield _sum(reports, today)
        else:
            yield from (_one(report, today) for report in reports)


def _of(scope: Scope) -> PeriodReportQuerySet:
    reports = PeriodReport.objects.all()
    if scope.sight is Sight.UNITS:
        return reports.filter(unit__in=scope.ids)
    if scope.sight is Sight.AGENCY:
        return reports.filter(agency__in=scope.ids)
    return reports.filter(unit=None, agency__province__in=scope.ids)


def _gathered(report: PeriodReport, scope: Scope) -> tuple[int, bool]:
    is_received = scope.sight is Sight.PROVINCE or (
        scope.sight is Sight.AGENCY and report.unit_id is not None
    )
    return report.period_id, is_received


def _one(report: PeriodReport, today: date) -> Entry:
    state = ReportState(report.state)
    overdue = state in WRITABLE and report.is_late(today)
    open_tone = Compliance.MISSED if overdue else Compliance.NOT_DUE
    return Entry(
        report.period.due_on,
        f"Báo cáo {_label(report)}",
        "",
        reverse("reporting:report-detail", args=[report.pk]),
        _TONES.get(state, open_tone.value),
        state.label,
        _ICON,
    )


def _sum(reports: Sequence[PeriodReport], today: date) -> Entry:
    first = reports[0]
    handed_in = _count(reports)
    missing = len(reports) - handed_in
    late = missing and first.period.due_on < today
    word = f"Thiếu {missing}" if late else f"Chờ {missing}" if missing else "Đã nộp đủ"
    tone = Compliance.MISSED if late else Compliance.NOT_DUE if missing else Compliance.MET
    whose = "đơn vị" if first.unit_id is not None else "cơ quan"
    return Entry(
        first.period.due_on,
        f"Báo cáo {_label(first)} của {whose}",
        f"đã nộp {display(Ratio(handed_in, len(reports)))}",
        reverse("reporting:report-list"),
        tone.value,
        word,
        _ICON,
    )


def _count(reports: Iterable[PeriodReport]) -> int:
    return sum(1 for report in reports if report.first_submitted_on is not None)


def _label(report: PeriodReport) -> str:
    label = report.period.label
    return f"{label[:1].lower()}{label[1:]}"
