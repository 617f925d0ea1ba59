"""A period report from its empty row to its lock: what is frozen stays, whatever the records do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cchc.lib.decisions import Refused
from outreach.actions import placements
from reporting.actions import period_reports as reports
from reporting.actions import regimes
from reporting.actions.regimes import Days
from reporting.models import Closing, PeriodReport, ReportPeriod, ReportRegime
from reporting.models.period_report import ReportState
from reporting.outline import KEYS
from reporting.regimes import BNV581, MONTHLY
from tests.reporting.house import (
    HANOI,
    House,
    at,
    figures,
    handed_in,
    house,
    report_of,
    set_up,
)

__all__ = ["house"]

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def test_a_missing_report_is_a_row_from_the_first_day_of_its_period(house: House) -> None:
    set_up(house)
    mine = PeriodReport.objects.filter(agency=house.agency)
    codes = mine.order_by("period__due_on").values_list("period__code", "state")
    assert list(codes) == [
        ("2024-Q1", "not_started"),
        ("2024-H1", "not_started"),
        ("2024", "not_started"),
    ]
    regime = ReportRegime.objects.get()
    assert regimes.lay_out(regime=regime, day=date(2024, 6, 14), by=None) == 0
    # Both the agency and Home Affairs' own, which reports like any other.
    assert regimes.lay_out(regime=regime, day=date(2024, 6, 15), by=None) == 2
    assert regimes.lay_out(regime=regime, day=date(2024, 6, 15), by=None) == 0


def test_the_three_clocks_of_the_article_of_18_march(house: House) -> None:
    set_up(house)
    first = handed_in(house, "2024-Q1", date(2024, 3, 19))
    assert figures(first, "period") == [("Tổng cộng", 0, 0, 0, 0, 0)]
    second = handed_in(house, "2024-H1", date(2024, 6, 18))
    assert figures(second, "period") == [("Tổng cộng", 1, 1, 1, 0, 0)]
    assert figures(second, "period", "unit") == [("Văn phòng", 1, 1, 1, 0, 0)]
    assert figures(second, "period", "channel") == [("Chuyên trang", 1, 1, 1, 0, 0)]
    assert figures(second, "year") == figures(second, "period")
    third = handed_in(house, "2024-Q3", date(2024, 9, 18))
    assert figures(third, "period") == [("Tổng cộng", 0, 0, 0, 0, 0)]
    assert figures(third, "year") == [("Tổng cộng", 1, 1, 1, 0, 0)]


def test_the_draft_says_what_the_figures_say_and_is_a_person_s_from_then_on(house: House) -> None:
    set_up(house)
    with at(date(2024, 6, 18)):
        report = report_of(house, "2024-H1", date(2024, 6, 18))
        reports.begin(report=report, by=house.office)
        texts = dict(report.report_sections.values_list("key", "text"))
        assert set(texts) == set(KEYS)
        assert texts["tasks"].splitlines()[0] == (
            "Trong kỳ số liệu (từ ngày 15/12/2023 đến ngày 14/06/2024) có 1 đầu việc đến hạn; đã "
            "hoàn thành 1/1 đầu việc (100%), trong đó đúng hạn 1/1 đầu việc (100%), trễ hạn 0/1 "
            "đầu việc (0%). "
            "Lũy kế từ ngày 15/12/2023 đến ngày 14/06/2024: hoàn thành 1/1 đầu việc (100%)."
        )
        assert texts["channels"].splitlines()[1] == (
            "- Chuyên trang: 1 lượt; định mức 1/1 đầu việc (100%)."
        )
        assert texts["direction"].startswith("Sở Thử nghiệm đã ban hành Kế hoạch số 05/KH-STN")
        reports.write(
            report=report, key="next", text="Viết thêm.", before=texts["next"], by=house.office
        )
        with pytest.raises(Refused) as refusal:
            reports.write(
                report=report, key="next", text="Khác.", before=texts["next"], by=house.office
            )
        assert str(refusal.value) == reports.CHANGED_MEANWHILE
        reports.begin(report=report, by=house.office)  # again: what was written stays
        section = report.report_sections.get(key="next")
        assert (section.text, section.drafted) == ("Viết thêm.", texts["next"])
        reports.redraft(report=report, keys=["next"], by=house.office)
        section.refresh_from_db()
        assert section.text == texts["next"]


def test_returned_with_reasons_by_section_then_taken_and_locked(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", date(2024, 6, 18))
    with at(date(2024, 6, 19)):
        with pytest.raises(Refused) as locked:
            reports.begin(report=report, by=house.office)
        assert str(locked.value) == (
            "Báo cáo đã nộp ngày 18/06/2024, đang chờ Sở Nội vụ tiếp nhận."
        )
        with pytest.raises(Refused) as needed:
            reports.return_(report=report, reason=" ", sections={"next": " "}, by=house.home)
        assert str(needed.value) == reports.REASON_NEEDED
        reports.return_(report=report, reason="", sections={"next": "Ghi rõ hơn."}, by=house.home)
        report.refresh_from_db()
        assert report.state == ReportState.RETURNED
        reasons = report.report_sections.exclude(returned_reason="")
        assert list(reasons.values_list("key", "returned_reason")) == [("next", "Ghi rõ hơn.")]
    with at(date(2024, 6, 20)):
        report = reports.submit(report=report, by=house.office)
        assert (report.round, report.first_submitted_on) == (2, date(2024, 6, 18))
        assert report.is_late(date(2024, 6, 20)) is False
        reports.accept(report=report, by=house.home)
    closing = Closing.objects.get(agency=house.agency, period=report.period)
    assert closing.closed_by == house.home
    with at(date(2024, 6, 21)):
        with pytest.raises(Refused) as closed:
            reports.submit(report=report, by=house.office)
        assert str(closed.value) == (
            "Báo cáo đã được tiếp nhận và khóa sổ; cần Sở Nội vụ mở lại mới sửa được."
        )


def test_what_is_frozen_stays_and_an_exception_has_an_end(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", date(2024, 6, 18))
    with at(date(2024, 6, 19)):
        reports.accept(report=report, by=house.home)
        placements.withdraw(by=house.editor, placement=house.article, reason="Đăng nhầm.")
    house.unit.name = "Văn phòng Sở"
    house.unit.save()
    report.refresh_from_db()
    assert figures(report, "period", "unit") == [("Văn phòng", 1, 1, 1, 0, 0)]

    day = date(2024, 6, 24)
    with at(day):
        until = datetime(2024, 6, 25, 17, tzinfo=HANOI)
        reports.reopen(report=report, until=until, reason="Tin đã gỡ.", by=house.home)
        report = reports.submit(report=report, by=house.office)
        assert figures(report, "period", "unit") == [("Văn phòng Sở", 0, 1, 0, 0, 1)]
        first = report.figures.filter(round=1, scope="period", group="unit")
        assert list(first.values_list("label", "met")) == [("Văn phòng", 1)]
        reports.accept(report=report, by=house.home)
    closing = Closing.objects.get()
    assert (closing.reopened_until, closing.reopened_reason) == (None, "")
    with at(day + timedelta(1)), pytest.raises(Refused):
        reports.submit(report=report, by=house.office)


def test_an_exception_that_has_run_out_locks_again(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", date(2024, 6, 18))
    with at(date(2024, 6, 19)):
        reports.accept(report=report, by=house.home)
        until = datetime(2024, 6, 20, 9, tzinfo=HANOI)
        reports.reopen(report=report, until=until, reason="Bổ sung.", by=house.home)
    with at(date(2024, 6, 20), hour=9), pytest.raises(Refused):
        reports.submit(report=report, by=house.office)
    report.refresh_from_db()
    assert (report.state, report.round) == (ReportState.ACCEPTED, 1)


def test_home_affairs_hands_in_on_behalf_and_it_shows(house: House) -> None:
    set_up(house)
    with at(date(2024, 6, 18)):
        report = report_of(house, "2024-H1", date(2024, 6, 18))
        reports.begin(report=report, by=house.home)
        report = reports.submit(report=report, by=house.home)
        assert report.on_behalf is True
        reports.accept(report=report, by=house.home)


def test_units_report_to_their_office_and_nobody_else_sees_to_it(house: House) -> None:
    with at(date(2024, 4, 2)):
        regimes.set_up(
            province=house.agency.province,
            agency=house.agency,
            year=2024,
            terms=MONTHLY,
            by=house.office,
        )
        report = PeriodReport.objects.get(unit=house.unit, period__code="2024-M03")
        assert report.period.due_on == date(2024, 4, 5)
        with pytest.raises(Refused):
            reports.begin(report=report, by=house.home)
        reports.begin(report=report, by=house.head)
        report = reports.submit(report=report, by=house.head)
        assert figures(report, "period") == [("Tổng cộng", 1, 1, 1, 0, 0)]
        with pytest.raises(Refused):
            reports.accept(report=report, by=house.head)
        reports.accept(report=report, by=house.office)
    assert Closing.objects.get().unit == house.unit
    assert list(PeriodReport.objects.to_review(house.home)) == []


def test_a_letter_moves_the_due_day_and_a_window_only_before_figures(house: House) -> None:
    set_up(house)
    period = ReportPeriod.objects.get(code="2024-H1")
    days = Days(period.window_start, period.window_end, date(2024, 6, 25), date(2024, 7, 5))
    with at(date(2024, 6, 1)):
        with pytest.raises(Refused) as needed:
            regimes.change_period(period=period, days=days, letter=" ", by=house.home)
        assert str(needed.value) == regimes.LETTER_NEEDED
        changed = regimes.change_period(
            period=period, days=days, letter="812/SNV-CCHC", by=house.home
        )
        assert (changed.due_on, changed.changed_by) == (date(2024, 6, 25), "812/SNV-CCHC")
    handed_in(house, "2024-H1", date(2024, 6, 18))
    with pytest.raises(Refused) as frozen:
        regimes.change_period(
            period=period,
            days=replace(days, window_end=date(2024, 6, 10)),
            letter="900/SNV-CCHC",
            by=house.home,
        )
    assert str(frozen.value) == (
        "Đã có 1 báo cáo của kỳ này được nộp với số liệu đã chốt; chỉ đổi được hạn gửi và ngày "
        "khóa sổ."
    )


def test_who_may_set_a_regime(house: House) -> None:
    province = house.agency.province
    with pytest.raises(Refused) as refusal:
        regimes.set_up(province=province, agency=None, year=2024, terms=BNV581, by=house.office)
    assert str(refusal.value) == "Chỉ Sở Nội vụ mới được đặt chế độ báo cáo của tỉnh Sóc Trăng."
    regime = set_up(house)
    with pytest.raises(Refused) as twice:
        set_up(house)
    assert str(twice.value) == f"Năm 2024 đã có chế độ báo cáo “{BNV581.name}”."
    handed_in(house, "2024-Q1", date(2024, 3, 19))
    with pytest.raises(Refused) as started:
        regimes.remove(regime=regime, by=house.home)
    assert str(started.value) == ("Đã có 1 báo cáo được lập theo chế độ này nên không xóa được.")
