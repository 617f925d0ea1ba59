"""The year's reporting regimes, and the first agencies that hand in their last report."""

from __future__ import annotations

from datetime import date

from agencies.models import Agency, User
from agencies.roles import Role
from demo.people import Person, settle
from plans.models import Obligation
from reporting.actions import period_reports, regimes
from reporting.models import PeriodReport, ReportRegime
from reporting.models.period_report import ReportState
from reporting.regimes import BNV581, MONTHLY

_HANDED_IN, _TAKEN = 8, 5


def play(province_code: str, home: User, office: Person, today: date) -> None:
    """Four reports of every agency, twelve of the units of one; some of the last are in."""
    if ReportRegime.objects.filter(province__code=province_code).exists():
        return
    agency = Agency.objects.select_related("province").get(code=office.agency)
    regimes.set_up(province=agency.province, agency=None, year=today.year, terms=BNV581, by=home)
    regimes.set_up(
        province=agency.province, agency=agency, year=today.year, terms=MONTHLY, by=settle(office)
    )
    owing = Obligation.objects.filter(province=agency.province).values("agency")
    last = (
        PeriodReport.objects.filter(
            unit=None,
            agency__in=owing,
            period__window_end__lte=today,
            state=ReportState.NOT_STARTED,
        )
        .select_related("agency")
        .order_by("-period__window_end", "agency__order")
    )
    for number, report in enumerate(last[:_HANDED_IN]):
        clerk = settle(_office_of(report.agency, office))
        period_reports.begin(report=report, by=clerk)
        period_reports.submit(report=report, by=clerk)
        if number < _TAKEN:
            period_reports.accept(report=report, by=home)
        elif number < _TAKEN + 2:
            _send_back(report, home)
            if number == _TAKEN:
                _hand_in_again(report, clerk)


def _send_back(report: PeriodReport, home: User) -> None:
    period_reports.return_(
        report=report,
        reason="",
        sections={"causes": "Ghi rõ nguyên nhân của từng đầu việc chưa đạt, trễ hạn."},
        by=home,
    )


def _hand_in_again(report: PeriodReport, clerk: User) -> None:
    section = report.report_sections.get(key="causes")
    text = f"{section.text}\nNguyên nhân chủ yếu do công chức phụ trách kiêm nhiệm nhiều việc."
    period_reports.write(report=report, key="causes", text=text, before=section.text, by=clerk)
    period_reports.submit(report=report, by=clerk)


def _office_of(agency: Agency, known: Person) -> Person:
    if agency.code == known.agency:
        return known
    name = f"vp.{agency.code.lower()}"
    return Person(name, "Văn phòng", Role.AGENCY_OFFICE, agency.code, printed=False)
