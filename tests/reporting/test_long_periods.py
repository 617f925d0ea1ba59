"""Half years, nine months, years: columns by quota, cells over all periods, dated agencies."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agencies.models import Agency
from cchc.lib.tables import Ratio, Row, Table, display
from outreach.compliance import Score
from plans.models import Obligation, Plan
from plans.periods import Period
from reporting.matrices import (
    agency_matrix,
    province_matrix,
    province_table,
    survey_agency,
    survey_province,
)
from reporting.reports import consolidated
from tests import factories as make
from tests.reporting.world import World, make_world, publish

pytestmark = [pytest.mark.django_db, pytest.mark.core]

YEAR = Period.parse("2024")
AFTER = date(2025, 1, 10)


@pytest.fixture
def world() -> World:
    return make_world(4)


def quota_of(agency: Agency, channel: object, per: str) -> object:
    plan = Plan.objects.get(agency=agency, kind="outreach")
    task = make.make_task(plan, order=100 + plan.tasks.count())
    return make.make_quota(task, channel, per=per)


def words(row: Row, table: Table) -> list[str]:
    return [
        " ".join(filter(None, (display(cell.value, column.kind), cell.mark)))
        for cell, column in zip(row.cells, table.columns, strict=True)
    ]


def names(table: Table) -> list[str]:
    return [str(row.cells[0].value) for row in table.rows]


def test_columns_are_quotas_and_cells_sum_their_periods(world: World) -> None:
    agency = world.agencies[0]
    for per, period in (("half", "2024-H1"), ("half", "2024-H2"), ("year", "2024")):
        make.make_obligation(quota_of(agency, world.portal, per), period)
    publish(Obligation.objects.get(agency=agency, period="2024-H1"), date(2024, 5, 6))
    for code, halves in (("2024", "1/2 Chưa đạt"), ("2024-9M", "1/1 Đạt"), ("2024-H1", "1/1 Đạt")):
        table = province_matrix(world.province, Period.parse(code), AFTER)
        shown = words(table.rows[1], table)
        at = [(column.group, column.title) for column in table.columns]
        assert shown[at.index(("Cổng TTĐT cơ quan", "6 tháng"))] == halves
        assert (("Cổng TTĐT cơ quan", "Năm") in at) is (code == "2024")
    table = province_matrix(world.province, YEAR, AFTER)
    assert [(column.group, column.title) for column in table.columns[1:-3]] == [
        ("Chuyên trang CCHC", "Mỗi quý"),
        ("Cổng TTĐT cơ quan", "Mỗi tháng"),
        ("Cổng TTĐT cơ quan", "6 tháng"),
        ("Cổng TTĐT cơ quan", "Năm"),
    ]
    assert words(table.rows[1], table) == [
        "Sở Thông tin và Truyền thông",
        "1/2 Chưa đạt",
        "2/3 Chưa đạt",
        "1/2 Chưa đạt",
        "0/1 Chưa đạt",
        "4/8",
        "4/8",
        "50%",
    ]


def test_a_cell_of_many_leads_to_the_agency_in_the_same_period(world: World) -> None:
    table = province_matrix(world.province, YEAR, AFTER)
    monthly = table.rows[1].cells[2]
    assert monthly.note == "4 đầu việc, hạn từ 25/01/2024 đến 25/04/2024"
    assert monthly.href == f"{table.rows[1].cells[0].href}#caption-obligations"
    assert "ky=2024&" in monthly.href
    assert "den-ngay=10%2F01%2F2025" in monthly.href


def test_what_was_due_before_issue_is_told_where_no_star_shows_it(world: World) -> None:
    said = "Có 4 đầu việc đến hạn trước khi kế hoạch ban hành, không tính vào mẫu số."
    assert survey_province(world.province, YEAR, AFTER).clock.endswith(f"10/01/2025. {said}")


def test_units_of_a_year_add_up_to_the_agency(world: World) -> None:
    agency = world.agencies[0]
    own = survey_agency(agency, YEAR, AFTER)
    whole = survey_province(world.province, YEAR, AFTER)
    assert own.matrix.total == whole.matrix.row_scores[agency.pk]
    assert sum((own.score(head) for head in own.heads), Score()) == own.matrix.total
    table = agency_matrix(agency, YEAR, AFTER)
    assert [column.title for column in table.columns[1:-3]] == ["Mỗi quý", "Mỗi tháng"]


def test_weeks_stand_one_by_one_in_a_month_and_together_in_a_quarter(world: World) -> None:
    quota = quota_of(world.agencies[0], world.page, "week")
    for week in (5, 6, 9):
        make.make_obligation(quota, f"2024-W{week:02}")
    titles = {
        code: [c.title for c in province_matrix(world.province, period, AFTER).columns]
        for code in ("2024-M02", "2024-Q1", "2024")
        for period in [Period.parse(code)]
    }
    assert [title for title in titles["2024-M02"] if "uần" in title] == ["Tuần 5", "Tuần 6"]
    assert [title for title in titles["2024-Q1"] if "uần" in title] == ["Mỗi tuần"]
    assert [title for title in titles["2024"] if "uần" in title] == ["Mỗi tuần"]


def test_the_report_of_a_year_has_the_table_of_the_screen(world: World) -> None:
    facts = consolidated.gather(world.province, YEAR, AFTER)
    assert facts.matrix == province_table(survey_province(world.province, YEAR, AFTER))
    assert len(facts.matrix.columns) == 6
    assert [line.name for line in facts.channels] == [world.page.name, world.portal.name]
    assert sum((line.score for line in facts.channels), Score()) == facts.total


def test_an_agency_dissolved_in_the_year_owes_what_began_before_it_ended(world: World) -> None:
    gone = world.agencies[1]
    quota = quota_of(gone, world.portal, "quarter")
    for number in range(1, 5):
        make.make_obligation(quota, f"2024-Q{number}")
    gone.dissolved_on = date(2024, 7, 1)
    gone.save()

    def expected(code: str) -> tuple[bool, int]:
        survey = survey_province(world.province, Period.parse(code), AFTER)
        heads = [head for head in survey.heads if head.id == gone.pk]
        return bool(heads), sum(survey.score(head).expected for head in heads)

    before = Obligation.objects.filter(agency=gone, window_end__lt=gone.dissolved_on)
    kept = before.filter(before_issue=False).count()
    assert expected("2024-Q3") == (False, 0)
    assert expected("2024-H2") == (False, 0)
    assert expected("2024-H1") == (True, kept)
    assert expected("2024") == (True, kept)
    assert survey_agency(gone, YEAR, AFTER).matrix.total.expected == kept


def test_a_year_keeps_the_name_that_a_dissolved_agency_had(world: World) -> None:
    gone = world.agencies[1]
    gone.dissolved_on = date(2024, 7, 1)
    gone.save()
    gone.names.update(until=gone.dissolved_on - timedelta(1))
    assert "Sở Tài chính" in names(province_matrix(world.province, YEAR, AFTER))


def test_an_agency_established_in_the_year_is_listed_from_then(world: World) -> None:
    new = make.make_agency(
        world.province, name="Sở Khoa học mới", order=99, established_on=date(2024, 7, 1)
    )
    quota = make.make_quota(make.make_task(make.make_plan(new)), world.portal, per="quarter")
    for number in range(1, 5):
        make.make_obligation(quota, f"2024-Q{number}")
    first = province_matrix(world.province, Period.parse("2024-H1"), AFTER)
    assert "Sở Khoa học mới" not in names(first)
    table = province_matrix(world.province, YEAR, AFTER)
    [row] = [row for row in table.rows if row.cells[0].value == "Sở Khoa học mới"]
    assert row.cells[-3].value == Ratio(0, 2)
