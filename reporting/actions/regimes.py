"""Setting which reports are owed, and laying out their rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from agencies.audit import Verb, record
from agencies.models import Agency, CalendarDay, Province, Unit, User
from agencies.workdays import is_working
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from cchc.lib.tables import display
from plans.periods import Period, PeriodKind
from reporting import regimes, report_policies
from reporting.models import PeriodReport, ReportPeriod, ReportRegime
from reporting.models.period_report import HANDED_IN, PeriodReportQuerySet, ReportState
from reporting.regimes import Terms

SET = Verb("regime.set", "Đặt chế độ báo cáo")
CHANGED = Verb("regime.change_period", "Điều chỉnh kỳ báo cáo")
REMOVED = Verb("regime.remove", "Xóa chế độ báo cáo")
LAID_OUT = Verb("regime.lay_out", "Mở các kỳ báo cáo")

NAME_TAKEN = "Năm {year} đã có chế độ báo cáo “{name}”."
LETTER_NEEDED = "Hãy ghi số, ký hiệu của văn bản điều chỉnh, ví dụ 581/BNV-CCHC."
BACKWARDS = "Số liệu đến ngày {end} phải từ ngày {start} trở đi."
DUE_TOO_EARLY = "Hạn gửi {due} phải sau ngày chốt số liệu {end}."
CLOSES_TOO_EARLY = "Ngày khóa sổ {closes} phải từ hạn gửi {due} trở đi."


@dataclass(frozen=True, slots=True)
class Days:
    """What a letter sets for one period."""

    window_start: date
    window_end: date
    due_on: date
    closes_on: date | None


@transaction.atomic
def set_up(
    *, province: Province, agency: Agency | None, year: int, terms: Terms, by: User
) -> ReportRegime:
    """Keep the regime with its periods, and the rows of those that have begun."""
    require(report_policies.may_set(by, province, agency))
    Province.objects.select_for_update().get(pk=province.pk)  # one regime of a name at a time
    same = ReportRegime.objects.filter(province=province, agency=agency, year=year, name=terms.name)
    if same.exists():
        raise Refused(NAME_TAKEN.format(year=year, name=terms.name))
    regime = ReportRegime.objects.create(
        province=province,
        agency=agency,
        reporter=report_policies.reporter_of(agency),
        year=year,
        name=terms.name,
        kinds=[kind.value for kind in terms.kinds],
        quarters=list(terms.quarters),
        window_rule=terms.window_rule.value,
        due_rule=terms.due_rule.value,
        due_day=terms.due_day,
        shift=terms.shift.value,
        closes_after=terms.closes_after,
        set_by=terms.letter,
    )
    changes = CalendarDay.objects.changes(province.pk, date(year - 1, 12, 1), date(year + 1, 4, 30))
    found = regimes.reports_of(terms, year, lambda day: is_working(day, changes))
    for due in found:
        _check(Days(due.window.start, due.window.end, due.due_on, due.closes_on), due.period.label)
    ReportPeriod.objects.bulk_create(
        ReportPeriod(
            regime=regime,
            kind=due.period.kind.value,
            code=due.period.code,
            window_start=due.window.start,
            window_end=due.window.end,
            cumulative_start=due.cumulative.start,
            due_on=due.due_on,
            closes_on=due.closes_on,
        )
        for due in found
    )
    _lay_out(regime, clock.today())
    after = {"name": terms.name, "year": year, "periods": len(found), "letter": terms.letter}
    record(SET, regime, by=by, agency=agency, province=province, after=after)
    return regime


@transaction.atomic
def change_period(*, period: ReportPeriod, days: Days, letter: str, by: User) -> ReportPeriod:
    """What a letter says otherwise than the rule; its number stays beside the days."""
    locked = ReportPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    regime = ReportRegime.objects.select_related("province", "agency").get(pk=locked.regime_id)
    require(report_policies.may_change(by, regime))
    if not letter.strip():
        raise Refused(LETTER_NEEDED)
    _check(days, locked.label)
    before = _told(locked)
    if (days.window_start, days.window_end) != (locked.window_start, locked.window_end):
        handed_in = locked.reports.filter(state__in=HANDED_IN).count()
        require(report_policies.may_move_window(locked, handed_in))
    locked.window_start, locked.window_end = days.window_start, days.window_end
    year = Period(PeriodKind.YEAR, regime.year).window(regime.terms.window_rule)
    locked.cumulative_start = min(year.start, days.window_start)
    locked.due_on, locked.closes_on = days.due_on, days.closes_on
    locked.changed_by = letter.strip()
    locked.save()
    _lay_out(regime, clock.today())
    record(
        CHANGED,
        locked,
        by=by,
        agency=regime.agency,
        province=regime.province,
        reason=locked.changed_by,
        before=before,
        after=_told(locked),
    )
    return locked


@transaction.atomic
def remove(*, regime: ReportRegime, by: User) -> None:
    """Take it away with its empty rows."""
    locked = (
        ReportRegime.objects.select_for_update(of=("self",))
        .select_related("province", "agency")
        .get(pk=regime.pk)
    )
    reports = PeriodReport.objects.filter(period__regime=locked)
    list(reports.select_for_update(of=("self",)))  # nobody begins one meanwhile
    kept = Q(runs__isnull=False) | Q(period__closings__isnull=False)
    started = reports.filter(~Q(state=ReportState.NOT_STARTED) | kept).distinct().count()
    require(report_policies.may_remove(by, locked, started))
    before = {"name": str(locked)}
    record(REMOVED, locked, by=by, agency=locked.agency, province=locked.province, before=before)
    reports.delete()
    locked.delete()


@transaction.atomic
def lay_out(*, regime: ReportRegime, day: date, by: User | None) -> int:
    """A row for every report of every period that has begun by that day; how many were missing.

    ``by`` None is the daily clockwork.
    """
    made = _lay_out(regime, day)
    if made:
        after = {"day": day.isoformat(), "made": made}
        record(LAID_OUT, regime, by=by, agency=regime.agency, province=regime.province, after=after)
    return made


def _lay_out(regime: ReportRegime, day: date) -> int:
    """Rows for whoever is there at the cut-off; empty ones of who has ended go."""
    made = 0
    for period in regime.periods.filter(window_start__lte=day):
        known = period.reports
        empty = known.filter(state=ReportState.NOT_STARTED, runs=None)
        if regime.agency_id is None:
            have = set(known.filter(unit=None).values_list("agency", flat=True))
            agencies = _reporting(regime, period)
            _take_away(empty.exclude(agency__in=agencies))
            rows = [
                PeriodReport(agency=agency, period=period)
                for agency in agencies
                if agency.pk not in have
            ]
        else:
            have = set(known.values_list("unit", flat=True))
            units = Unit.objects.filter(agency=regime.agency_id).active_on(period.window_end)
            _take_away(empty.exclude(unit__in=units))
            rows = [
                PeriodReport(agency_id=regime.agency_id, unit=unit, period=period)
                for unit in units
                if unit.pk not in have
            ]
        made += len(PeriodReport.objects.bulk_create(rows, ignore_conflicts=True))
    return made


def _take_away(empty: PeriodReportQuerySet) -> None:
    """Locked first: what somebody is just beginning is empty no more."""
    rows = [row.pk for row in empty.select_for_update(of=("self",))]
    PeriodReport.objects.filter(pk__in=rows).delete()


def _reporting(regime: ReportRegime, period: ReportPeriod) -> list[Agency]:
    """The agencies that existed when the period was cut off; UBND tỉnh takes reports."""
    there = Agency.objects.filter(province=regime.province_id).active_on(period.window_end)
    return list(there.exclude(kind="province"))


def _check(days: Days, label: str) -> None:
    if days.window_end < days.window_start:
        raise Refused(
            BACKWARDS.format(end=display(days.window_end), start=display(days.window_start))
        )
    if days.due_on <= days.window_end:
        told = DUE_TOO_EARLY.format(due=display(days.due_on), end=display(days.window_end))
        raise Refused(f"{label}: {told}")
    if days.closes_on is not None and days.closes_on < days.due_on:
        raise Refused(
            CLOSES_TOO_EARLY.format(closes=display(days.closes_on), due=display(days.due_on))
        )


def _told(period: ReportPeriod) -> dict[str, str | None]:
    days = ("window_start", "window_end", "due_on", "closes_on")
    return {name: day.isoformat() if (day := getattr(period, name)) else None for name in days}
