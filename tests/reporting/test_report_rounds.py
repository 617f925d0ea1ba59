"""Every submission keeps its words, names and days; the reviewer reads what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from agencies.models import AgencyName
from agencies.roles import Role
from cchc.lib.decisions import Refused
from outreach.actions import placements
from reporting import rounds
from reporting.actions import period_reports as reports
from reporting.actions import regimes
from reporting.actions.regimes import Days
from reporting.models import Closing, PeriodReport, ReportPeriod
from reporting.models.period_report import ReportState
from reporting.regimes import MONTHLY
from reporting.reports import period
from tests import factories as make
from tests.reporting.house import HANOI, House, at, handed_in, house, report_of, set_up

pytestmark = [pytest.mark.core, pytest.mark.django_db]
__all__ = ["house"]

JUNE = date(2024, 6, 18)


def write(house: House, report: PeriodReport, text: str) -> None:
    before = report.report_sections.get(key="next").text
    reports.write(report=report, key="next", text=text, before=before, by=house.office)


def printed(report: PeriodReport) -> str:
    """What the document says of the plans for the next period."""
    report = PeriodReport.objects.get(pk=report.pk)
    facts = period.gather(report, date(2024, 7, 1))
    return next(text for part, text in facts.parts if part.key == "next")


def test_words_written_in_an_exception_are_not_those_that_were_taken(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    taken = printed(report)
    with at(JUNE + timedelta(1)):
        reports.accept(report=report, by=house.home)
        until = datetime(2024, 6, 25, 0, tzinfo=HANOI)
        reports.reopen(report=report, until=until, reason="Bổ sung.", by=house.home)
        write(house, report, "Chưa ai tiếp nhận.")
    assert printed(report) == taken
    with at(JUNE + timedelta(2)):
        reports.submit(report=report, by=house.office)
    assert printed(report) == "Chưa ai tiếp nhận."


def test_an_exception_takes_one_submission_at_a_time(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    with at(JUNE + timedelta(1)):
        reports.accept(report=report, by=house.home)
        until = datetime(2024, 6, 25, 0, tzinfo=HANOI)
        reports.reopen(report=report, until=until, reason="Bổ sung.", by=house.home)
        reports.submit(report=report, by=house.office)
        with pytest.raises(Refused, match="đang chờ Sở Nội vụ tiếp nhận"):
            reports.submit(report=report, by=house.office)
    report.refresh_from_db()
    assert report.round == 2


def test_what_changed_since_the_last_submission_is_told_word_by_word(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    assert rounds.since_last(report) is None
    with at(JUNE + timedelta(1)):
        reports.return_(report=report, reason="", sections={"next": "Ghi rõ."}, by=house.home)
        write(house, report, "Tiếp tục thực hiện các nội dung tuyên truyền đã giao.")
        placements.withdraw(by=house.editor, placement=house.article, reason="Đăng nhầm.")
        report = reports.submit(report=report, by=house.office)
    since = rounds.since_last(report)
    assert since is not None
    assert list(since.words) == ["next"]
    told = [(kind, text.strip()) for kind, text in since.words["next"] if kind != "same"]
    assert told == [("removed", "theo kế hoạch"), ("added", "đã giao")]
    changed = {(c.scope, c.group, c.label) for c in since.figures}
    assert ("period", "unit", "Văn phòng") in changed
    totals = [c for c in since.figures if (c.scope, c.group) == ("period", "total")]
    assert [(c.then.score.done, c.now.score.done) for c in totals if c.then and c.now] == [(1, 0)]


def test_the_document_keeps_the_name_of_the_day_on_which_it_was_handed_in(house: House) -> None:
    set_up(house)
    AgencyName.objects.create(agency=house.agency, name="Sở Cũ", short_name="SC", since=None)
    AgencyName.objects.filter(agency=house.agency).update(until=None)
    report = handed_in(house, "2024-H1", JUNE)
    AgencyName.objects.filter(agency=house.agency).update(until=date(2025, 2, 28))
    AgencyName.objects.create(
        agency=house.agency, name="Sở Mới", short_name="SM", since=date(2025, 3, 1)
    )
    house.agency.name = "Sở Mới"
    house.agency.save()
    facts = period.gather(PeriodReport.objects.get(pk=report.pk), date(2025, 4, 1))
    assert facts.agency == "Sở Cũ"


def test_whoever_takes_it_takes_what_he_read(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    colleague = make.make_user(Role.HOME_AFFAIRS, house.home.memberships.get().agency)
    with at(JUNE + timedelta(1)):
        reports.return_(report=report, reason="Bổ sung.", sections={}, by=house.home)
        reports.submit(report=report, by=house.office)
        with pytest.raises(Refused) as refusal:
            reports.accept(report=report, seen=1, by=colleague)
        assert str(refusal.value) == reports.HANDED_IN_ANEW
        with pytest.raises(Refused):
            reports.return_(report=report, reason="Cũ.", sections={}, seen=1, by=colleague)
        reports.accept(report=report, seen=2, by=colleague)


def test_home_affairs_hands_in_no_draft_that_the_agency_is_writing(house: House) -> None:
    set_up(house)
    with at(JUNE):
        report = report_of(house, "2024-H1", JUNE)
        reports.begin(report=report, by=house.office)
        for do in (reports.begin, reports.submit):
            with pytest.raises(Refused) as refusal:
                do(report=report, by=house.home)
            assert str(refusal.value) == (
                "Sở Thử nghiệm đang soạn báo cáo này; chỉ lập thay được từ sau hạn gửi 20/06/2024."
            )
    with at(date(2024, 6, 21)):
        with pytest.raises(Refused):
            reports.submit(report=report, by=house.home)
        assert reports.begin(report=report, by=house.home).on_behalf is True
        assert reports.submit(report=report, by=house.home).on_behalf is True


def test_a_unit_s_report_that_was_taken_is_reopened_by_its_office(house: House) -> None:
    with at(date(2024, 4, 2)):
        regimes.set_up(
            province=house.agency.province,
            agency=house.agency,
            year=2024,
            terms=replace(MONTHLY, closes_after=5),
            by=house.office,
        )
        report = PeriodReport.objects.get(unit=house.unit, period__code="2024-M03")
        reports.begin(report=report, by=house.head)
        reports.submit(report=report, by=house.head)
        reports.accept(report=report, by=house.office)
        until = datetime(2024, 4, 5, tzinfo=HANOI)
        reports.reopen(report=report, until=until, reason="Bổ sung.", by=house.office)
        assert reports.submit(report=report, by=house.head).round == 2
    other = make.make_unit(house.agency, "Phòng khác")
    regimes.lay_out(regime=report.period.regime, day=date(2024, 4, 3), by=None)
    late = PeriodReport.objects.get(unit=other, period__code="2024-M03")
    with at(date(2024, 4, 11)):
        with pytest.raises(Refused) as closed:
            reports.begin(report=late, by=house.office)
        assert str(closed.value) == (
            "Kỳ này khóa sổ từ sau ngày 10/04/2024; cần Văn phòng cơ quan mở lại mới nộp được."
        )
        until = datetime(2024, 4, 13, tzinfo=HANOI)
        reports.reopen(report=late, until=until, reason="Đơn vị mới.", by=house.office)
        reports.begin(report=late, by=house.office)
    assert Closing.objects.filter(unit=house.unit).get().reopened_until != until


def test_a_unit_s_draft_does_not_say_that_the_unit_issued_the_plan(house: House) -> None:
    with at(date(2024, 4, 2)):
        regimes.set_up(
            province=house.agency.province,
            agency=house.agency,
            year=2024,
            terms=MONTHLY,
            by=house.office,
        )
        report = PeriodReport.objects.get(unit=house.unit, period__code="2024-M03")
        reports.begin(report=report, by=house.head)
    words = report.report_sections.get(key="direction").text
    assert words.startswith("Văn phòng tổ chức thực hiện Kế hoạch số 05/KH-STN")


def test_days_of_a_returned_report_stay_those_of_its_figures(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    found = ReportPeriod.objects.get(code="2024-H1")
    with at(JUNE + timedelta(1)):
        reports.return_(report=report, reason="Theo công văn mới.", sections={}, by=house.home)
        days = Days(found.window_start, date(2024, 6, 10), found.due_on, None)
        regimes.change_period(period=found, days=days, letter="9/SNV", by=house.home)
    report = PeriodReport.objects.get(pk=report.pk)
    assert report.state == ReportState.RETURNED
    last = rounds.last(report)
    assert last is not None
    assert last.figures["period"].span.end == date(2024, 6, 14)


@pytest.mark.parametrize("text", ["Dòng\x00 lạ\x0b.\r\rHết.", "Dòng lạ.\n\nHết."])
def test_characters_that_no_document_can_hold_are_left_out(house: House, text: str) -> None:
    set_up(house)
    with at(JUNE):
        report = report_of(house, "2024-H1", JUNE)
        reports.begin(report=report, by=house.office)
        write(house, report, text)
    assert report.report_sections.get(key="next").text == "Dòng lạ.\n\nHết."


def test_a_section_has_an_end(house: House) -> None:
    set_up(house)
    with at(JUNE):
        report = report_of(house, "2024-H1", JUNE)
        reports.begin(report=report, by=house.office)
        with pytest.raises(Refused, match=r"tối đa 20\.000 ký tự"):
            write(house, report, "a" * 20_001)
        with pytest.raises(Refused, match="không có mục này"):
            reports.redraft(report=report, keys=["nothing"], by=house.office)
