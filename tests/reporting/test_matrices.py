"""Matrices: the figures of the invented quarter, and a constant number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, AgencyName
from cchc.lib.tables import Kind, Level, Ratio, Row, Table, display
from outreach.compliance import Compliance
from outreach.models import Placement, Review
from outreach.todo import days_left
from reporting.listings import obligation_list
from reporting.matrices import agency_matrix, province_matrix, survey_agency, within_province
from reporting.owed import unit_owes
from tests.reporting.world import AS_OF, MARCH, QUARTER, World, make_world, publish, send

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def world() -> World:
    return make_world(4)


def words(row: Row, table: Table) -> list[str]:
    """The row as a person reads it."""
    return [
        " ".join(filter(None, (display(cell.value, column.kind), cell.mark)))
        for cell, column in zip(row.cells, table.columns, strict=True)
    ]


def test_province_quarter_has_every_state(world: World) -> None:
    table = province_matrix(world.province, QUARTER, AS_OF)
    assert [(column.group, column.title) for column in table.columns] == [
        ("", "Cơ quan"),
        ("Chuyên trang CCHC", "Quý I"),
        ("Cổng TTĐT cơ quan", "T1"),
        ("Cổng TTĐT cơ quan", "T2"),
        ("Cổng TTĐT cơ quan", "T3"),
        ("Đầu việc theo kỳ", "Hoàn thành"),
        ("Đầu việc theo kỳ", "Đúng hạn"),
        ("Đầu việc theo kỳ", "Tỷ lệ"),
    ]
    assert [words(row, table) for row in table.rows] == [
        ["Sở Nội vụ", "–", "–", "–", "–", "–", "–", "không áp dụng"],
        [
            "Sở Thông tin và Truyền thông",
            "1/1 Đạt",
            "1/1 Đạt*",
            "1/1 Đạt",
            "1/1 Đạt",
            "3/3",
            "3/3",
            "100%",
        ],
        [
            "Sở Tài chính",
            "1/1 Đạt trễ hạn",
            "0/1 Chưa đạt*",
            "1/1 Đạt",
            "1/1 Đạt trễ hạn",
            "3/3",
            "1/3",
            "100%",
        ],
        [
            "Sở Kế hoạch và Đầu tư",
            "0/1 Chưa đạt",
            "0/1 Chưa đạt*",
            "1/1 Đạt",
            "0/1 Được miễn",
            "1/2",
            "1/2",
            "50%",
        ],
        [
            "Sở Giáo dục và Đào tạo",
            "0/1 Chưa đạt",
            "0/1 Chưa đạt*",
            "1/1 Đạt",
            "0/1 Chưa đạt",
            "1/3",
            "1/3",
            "33,3%",
        ],
        [
            "Tổng cộng (đầu việc hoàn thành)",
            "2/4",
            "không áp dụng",
            "4/4",
            "2/3",
            "8/11",
            "6/11",
            "72,7%",
        ],
    ]
    assert table.rows[-1].level is Level.TOTAL
    late = table.rows[2].cells[1]
    assert (late.value, late.tone, late.mark) == (Ratio(1, 1), "met_late", "Đạt trễ hạn")
    assert late.note == "Hạn 20/03/2024"
    assert table.rows[2].cells[2].tone == ""
    assert table.clock == (
        "Kỳ: Quý I/2024 (dương lịch, từ 01/01/2024 đến 31/03/2024); tính theo ngày đăng; "
        "hạn theo kế hoạch; tính đến hết ngày 05/04/2024. "
        "Dấu *: đến hạn trước khi kế hoạch ban hành, không tính vào mẫu số."
    )


def test_what_waits_and_what_is_not_due_before_the_quarter_ends(world: World) -> None:
    table = province_matrix(world.province, QUARTER, date(2024, 3, 15))
    assert words(table.rows[4], table)[1] == "0/1 Chờ duyệt"
    assert words(table.rows[1], table)[1] == "0/1 Chưa đến hạn"


def test_month_matrix_shows_only_that_month(world: World) -> None:
    table = province_matrix(world.province, MARCH, AS_OF)
    assert [column.title for column in table.columns[1:-3]] == ["T3"]
    assert words(table.rows[-1], table)[1:] == ["2/3", "2/3", "1/3", "66,7%"]


def test_names_are_those_of_the_period(world: World) -> None:
    agency = world.agencies[1]
    AgencyName.objects.filter(agency=agency).update(until=date(2025, 2, 28))
    AgencyName.objects.create(
        agency=agency, name="Sở Tài chính mới", short_name="Sở TC", since=date(2025, 3, 1)
    )
    Agency.objects.filter(pk=agency.pk).update(name="Sở Tài chính mới")
    table = province_matrix(world.province, QUARTER, AS_OF)
    assert table.rows[2].cells[0].value == "Sở Tài chính"


def test_names_drop_the_province_that_everybody_is_in(world: World) -> None:
    suffix = f" tỉnh {world.province.name}"
    for name, short in (
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("Văn phòng Ủy ban nhân dân", "Văn phòng Ủy ban nhân dân tỉnh"),
    ):
        assert within_province(name + suffix, world.province) == short
    assert within_province("Ủy ban nhân dân xã An Thạnh", world.province) == (
        "Ủy ban nhân dân xã An Thạnh"
    )


def test_cells_lead_to_the_obligation_and_names_to_the_agency(world: World) -> None:
    table = province_matrix(world.province, QUARTER, AS_OF)
    first = world.obligation(world.agencies[0], world.page, "2024-Q1")
    assert str(first.pk) in table.rows[1].cells[1].href
    assert f"co-quan={world.agencies[0].code}" in table.rows[1].cells[0].href
    assert "ky=2024-Q1" in table.rows[1].cells[0].href


def test_agency_matrix_stands_units_against_quotas(world: World) -> None:
    agency = world.agencies[1]
    table = agency_matrix(agency, QUARTER, AS_OF)
    assert [words(row, table) for row in table.rows] == [
        ["Văn phòng", "–", "–", "1/1 Đạt", "–", "1/1", "1/1", "100%"],
        [
            "Phòng Nghiệp vụ",
            "1/1 Đạt trễ hạn",
            "0/1 Chưa đạt*",
            "–",
            "1/1 Đạt trễ hạn",
            "2/2",
            "0/2",
            "100%",
        ],
        [
            "Tổng cộng (đầu việc hoàn thành)",
            "1/1",
            "không áp dụng",
            "1/1",
            "1/1",
            "3/3",
            "1/3",
            "100%",
        ],
    ]


def test_an_obligation_without_unit_has_its_own_row(world: World) -> None:
    obligation = world.obligation(world.agencies[0], world.page, "2024-Q1")
    obligation.unit = None
    obligation.save()
    table = agency_matrix(world.agencies[0], QUARTER, AS_OF)
    assert table.rows[2].cells[0].value == "Chưa giao đơn vị"
    assert words(table.rows[2], table)[1] == "1/1 Đạt"


def test_the_list_names_articles_and_notes(world: World) -> None:
    table = obligation_list(survey_agency(world.agencies[1], QUARTER, AS_OF))
    rows = [words(row, table) for row in table.rows]
    assert [(row[3], row[4], row[5], row[6], row[7]) for row in rows] == [
        ("Tháng 1/2024", "25/01/2024", "1", "0", "Chưa đạt"),
        ("Tháng 2/2024", "25/02/2024", "1", "1", "Đạt"),
        ("Quý I/2024", "20/03/2024", "1", "1", "Đạt trễ hạn"),
        ("Tháng 3/2024", "25/03/2024", "1", "2", "Đạt trễ hạn"),
    ]
    assert rows[0][9] == "Đến hạn trước khi kế hoạch ban hành, không tính vào mẫu số."
    assert "; Bài thứ hai trong tháng" in rows[3][8]
    assert table.columns[5].kind is Kind.INTEGER
    explained = obligation_list(survey_agency(world.agencies[2], QUARTER, AS_OF))
    notes = [row.cells[9].value for row in explained.rows]
    said = "Giải trình: Thiếu nhân sự (chờ xem xét): Cán bộ phụ trách nghỉ thai sản"
    assert any(said in str(note) for note in notes)
    assert any("Được miễn: Cổng TTĐT" in str(note) for note in notes)


def test_a_unit_sees_what_is_missing_first(world: World) -> None:
    unit = world.agencies[3].units.get(code="NV")
    owes = unit_owes([unit], QUARTER, date(2024, 3, 27))
    assert [(section.title, len(section.duties)) for section in owes.sections] == [
        ("Quá hạn, vẫn còn kịp làm trong kỳ", 1),
        ("Đã gửi, chờ biên tập viên", 1),
        ("Không tính vào mẫu số", 1),
    ]
    assert owes.sections[0].duties[0].days == "quá hạn 2 ngày"
    assert [placement.channel.code for placement in owes.waiting] == ["CCHC"]
    assert owes.upcoming == "Quý II/2024: 1 đầu việc, hạn sớm nhất 20/06/2024."
    assert owes.score.expected == 2


def test_a_unit_sees_what_came_back_and_why(world: World) -> None:
    obligation = world.obligation(world.agencies[1], world.page, "2024-Q1")
    placement = send(obligation, date(2024, 2, 1), "Bài cần bổ sung số liệu")
    home = world.users["home"]
    Placement.objects.filter(pk=placement.pk).update(
        state="returned", decided_on=date(2024, 2, 5), decided_by=home
    )
    Review.objects.create(placement=placement, move="return", by=home, comment="Thiếu số liệu.")
    owes = unit_owes([obligation.unit], QUARTER.next(), AS_OF)
    assert [(str(p.activity), p.return_reason) for p in owes.returned] == [
        ("Bài cần bổ sung số liệu", "Thiếu số liệu.")
    ]
    other = unit_owes([world.agencies[2].units.get(code="NV")], QUARTER, AS_OF)
    assert other.returned == ()


def test_a_miss_of_a_period_that_is_over_counts_no_days(world: World) -> None:
    unit = world.agencies[3].units.get(code="NV")
    owes = unit_owes([unit], QUARTER, date(2026, 3, 27))
    assert {duty.days for duty in owes.sections[0].duties} == {"đã hết kỳ"}


def test_days_left_in_words() -> None:
    assert days_left(date(2024, 3, 20), date(2024, 3, 8)) == "còn 12 ngày"
    assert days_left(date(2024, 3, 20), date(2024, 3, 20)) == "hạn hôm nay"
    assert days_left(date(2024, 3, 20), date(2024, 3, 23)) == "quá hạn 3 ngày"


def test_an_empty_period_says_so(world: World) -> None:
    table = province_matrix(world.province, QUARTER.previous(), AS_OF)
    assert [row.cells[-1].value for row in table.rows] == [None] * len(table.rows)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count: int) -> None:
    world = make_world(count)
    unit = world.agencies[0].units.get(code="NV")
    with CaptureQueriesContext(
        connection,
    ) as province:
        province_matrix(world.province, QUARTER, AS_OF)
    with CaptureQueriesContext(connection) as agency:
        obligation_list(survey_agency(world.agencies[0], QUARTER, AS_OF))
    with CaptureQueriesContext(connection) as owed:
        unit_owes([unit], QUARTER, AS_OF)
    assert (len(province), len(agency), len(owed)) == (5, 10, 7)


def test_a_late_extra_article_does_not_turn_a_met_obligation_late(world: World) -> None:
    publish(world.obligation(world.agencies[0], world.page, "2024-Q1"), date(2024, 3, 30))
    table = province_matrix(world.province, QUARTER, AS_OF)
    assert table.rows[1].cells[1].tone == Compliance.MET
