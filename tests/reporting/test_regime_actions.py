"""Regimes are set, moved by a letter and taken away; the rows follow who is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from cchc.lib.decisions import Refused
from plans.periods import WindowRule
from reporting.actions import period_reports as reports
from reporting.actions import regimes, runs
from reporting.actions.regimes import Days
from reporting.models import PeriodReport, ReportPeriod, ReportRegime
from reporting.models.run import FileFormat
from reporting.regimes import BNV581, DueRule
from tests.reporting.house import HANOI, House, at, house, report_of, set_up

pytestmark = [pytest.mark.core, pytest.mark.django_db]
__all__ = ["house"]


def test_a_rule_by_which_reports_are_due_before_their_cut_off_is_refused(house: House) -> None:
    terms = replace(BNV581, window_rule=WindowRule.CALENDAR, due_rule=DueRule.LAST_MONTH)
    with at(date(2024, 1, 2)), pytest.raises(Refused) as refusal:
        regimes.set_up(
            province=house.agency.province, agency=None, year=2024, terms=terms, by=house.home
        )
    assert str(refusal.value) == (
        "Quý I/2024: Hạn gửi 20/03/2024 phải sau ngày chốt số liệu 31/03/2024."
    )
    assert ReportRegime.objects.count() == 0


def test_an_agency_that_ended_before_the_cut_off_owes_no_report(house: House) -> None:
    set_up(house)
    mine = PeriodReport.objects.filter(agency=house.agency)
    house.agency.dissolved_on = date(2024, 7, 1)
    house.agency.save()
    regimes.lay_out(regime=ReportRegime.objects.get(), day=date(2024, 7, 2), by=None)
    codes = mine.order_by("period__due_on").values_list("period__code", flat=True)
    assert list(codes) == ["2024-Q1", "2024-H1"]


def test_what_was_begun_stays_when_its_agency_ends(house: House) -> None:
    set_up(house)
    with at(date(2024, 6, 18)):
        reports.begin(report=report_of(house, "2024", date(2024, 6, 18)), by=house.office)
    house.agency.dissolved_on = date(2024, 7, 1)
    house.agency.save()
    regimes.lay_out(regime=ReportRegime.objects.get(), day=date(2024, 7, 2), by=None)
    assert PeriodReport.objects.filter(agency=house.agency, period__code="2024").exists()


def test_a_letter_moves_a_window_back_and_the_year_begins_where_the_rule_says(house: House) -> None:
    set_up(house)
    period = ReportPeriod.objects.get(code="2024-Q1")
    days = Days(date(2023, 12, 1), period.window_end, period.due_on, None)
    with at(date(2024, 1, 3)):
        early = regimes.change_period(period=period, days=days, letter="1/SNV", by=house.home)
        assert early.cumulative_start == date(2023, 12, 1)
        back = replace(days, window_start=date(2023, 12, 15))
        again = regimes.change_period(period=period, days=back, letter="2/SNV", by=house.home)
    assert again.cumulative_start == date(2023, 12, 15)


def test_a_regime_with_an_exception_or_a_print_stays(house: House) -> None:
    regime = set_up(house)
    with at(date(2024, 3, 21)):
        report = report_of(house, "2024-Q1", date(2024, 3, 21))
        with pytest.raises(Refused) as unprinted:
            runs.order_report(report=report, file_format=FileFormat.PDF, by=house.office)
        assert str(unprinted.value) == "Báo cáo chưa được lập nên chưa có văn bản."
        ReportPeriod.objects.filter(pk=report.period_id).update(closes_on=date(2024, 3, 20))
        report.refresh_from_db()
        until = datetime(2024, 3, 25, tzinfo=HANOI)
        reports.reopen(
            report=PeriodReport.objects.get(pk=report.pk),
            until=until,
            reason="Nộp chậm.",
            by=house.home,
        )
        with pytest.raises(Refused, match="không xóa được"):
            regimes.remove(regime=regime, by=house.home)


def test_nothing_is_handed_in_on_the_day_of_the_cut_off(house: House) -> None:
    set_up(house)
    with at(date(2024, 6, 14)):
        report = report_of(house, "2024-H1", date(2024, 6, 14))
        reports.begin(report=report, by=house.office)
        with pytest.raises(Refused) as refusal:
            reports.submit(report=report, by=house.office)
    assert str(refusal.value) == (
        "Số liệu của kỳ chốt hết ngày 14/06/2024; nộp được từ ngày 15/06/2024."
    )
