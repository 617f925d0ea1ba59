"""The consolidated report tells who reported, and whether what was taken still adds up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.lib.tables import Level
from outreach.actions import placements
from plans.periods import Period
from reporting.actions import period_reports as reports
from reporting.actions import regimes
from reporting.letterhead import Paragraph
from reporting.models import PeriodReport
from reporting.reports import consolidated
from tests import factories as make
from tests.reporting.house import House, at, handed_in, house, set_up

pytestmark = [pytest.mark.core, pytest.mark.django_db]
__all__ = ["house"]

JUNE = date(2024, 6, 18)
HALF = Period.parse("2024-H1")


def told(house: House, as_of: date) -> tuple[str, consolidated.Facts]:
    facts = consolidated.gather(house.agency.province, HALF, as_of)
    blocks = consolidated.document(facts).blocks
    return " ".join(b.text for b in blocks if isinstance(b, Paragraph)), facts


def test_without_a_regime_nothing_is_said_of_reports(house: House) -> None:
    text, facts = told(house, JUNE)
    assert "chế độ báo cáo" not in text
    assert (facts.handed_in, len(consolidated.tables(facts))) == (None, 6)


def test_who_has_not_reported_and_who_was_late(house: House) -> None:
    set_up(house)
    late = make.make_agency(house.agency.province, name="Sở Chậm")
    set_up_rows(house)
    report = handed_in(house, "2024-H1", JUNE)
    with at(date(2024, 6, 22)):
        theirs = PeriodReport.objects.get(agency=late, period__code="2024-H1")
        reports.begin(report=theirs, by=house.home)
        reports.submit(report=theirs, by=house.home)
        reports.accept(report=report, by=house.home)
    text, facts = told(house, date(2024, 6, 30))
    own = house.home.memberships.get().agency.name
    assert "có 2/3 cơ quan, đơn vị đã gửi báo cáo kỳ này (hạn gửi 20/06/2024)" in text
    assert "trong đó 1 cơ quan, đơn vị gửi trễ: Sở Chậm" in text
    assert f"còn 1 cơ quan, đơn vị chưa gửi: {own} (Phụ lục VI)." in text
    assert "Cộng 1 báo cáo đã tiếp nhận" in text
    assert "khớp với số liệu hiện nay" in text
    # On an earlier day neither had come later than that.
    assert "có 1/3 cơ quan, đơn vị" in told(house, date(2024, 6, 20))[0]
    assert facts.handed_in is not None
    assert len(consolidated.document(facts).annexes) == 6


def test_what_moved_since_it_was_taken_is_listed(house: House) -> None:
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    with at(JUNE + timedelta(1)):
        reports.accept(report=report, by=house.home)
        placements.withdraw(by=house.editor, placement=house.article, reason="Đăng nhầm.")
    text, facts = told(house, date(2024, 6, 30))
    assert (
        "1 cơ quan, đơn vị có số liệu trên hệ thống thay đổi sau khi chốt: Sở Thử nghiệm." in text
    )
    table = consolidated.tables(facts)[-1]
    rows = [[cell.value for cell in row.cells] for row in table.rows]
    mine = next(row for row in rows if row[1] == "Sở Thử nghiệm")
    assert mine[2:] == [JUNE, "Đã tiếp nhận", 1, 1, 0, 0, 1, 0, 0, 1, "có thay đổi"]
    assert table.rows[-1].level is Level.TOTAL
    assert rows[-1][4:] == [1, 1, 0, 0, 1, 0, 0, 1, None]


def set_up_rows(house: House) -> None:
    """The rows of an agency that came after the regime was set."""
    handed = PeriodReport.objects.filter(agency=house.agency).first()
    assert handed is not None
    regimes.lay_out(regime=handed.period.regime, day=JUNE, by=None)
