"""The summary of a country: equal to the live count, one query, the day beside the figures."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.models import AuditEntry, Province, User
from agencies.roles import Role
from cchc.lib.tables import Ratio, Table, display
from outreach.compliance import Score
from outreach.sums import score
from plans.models import Obligation
from plans.periods import Period
from reporting import summaries
from reporting.actions.summaries import summarise
from reporting.models import ProvinceSummary
from tests.factories import (
    make_agency,
    make_channel,
    make_membership,
    make_obligation,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_user,
)
from tests.outreach import year
from tests.reporting.world import AS_OF, QUARTER, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.core]

ADDRESS = "/bao-cao/toan-quoc/"


def count(*provinces: Province, day: date = AS_OF) -> None:
    for province in provinces:
        for each in summaries.years(province):
            summarise(province=province, year=each, as_of=day, by=None)


def check() -> str:
    told = StringIO()
    call_command("summarise", "--check", stdout=told)
    return told.getvalue().strip()


def test_every_period_of_a_strewn_year_is_summed_as_the_obligations_are() -> None:
    province = year.scatter(7, 5, 3)
    call_command("recount", stdout=StringIO())
    codes = ("", "-M01", "-Q1", "-Q3", "-H2", "-9M")
    for day in (date(year.YEAR, 2, 14), date(year.YEAR, 9, 30), date(year.YEAR + 1, 2, 1)):
        count(province, day=day)
        assert check().endswith("khác: 0.")
        for period in (Period.parse(f"{year.YEAR}{code}") for code in codes):
            owed = Obligation.objects.filter(province=province).within(period)
            found = summaries.country([province], period)
            assert found.total == score(owed, day)
            assert found.total.expected > 0
            [line] = found.lines
            assert sum(line.parts, line.longer) == found.total
            assert line.day == day


def test_a_week_is_summed_in_the_period_and_the_year_in_which_it_ends() -> None:
    agency = make_agency()
    quota = make_quota(make_task(make_plan(agency)), make_channel(agency.province), per="week")
    make_obligation(quota, "2025-W01")  # 30/12/2024 – 5/1/2025
    make_obligation(quota, "2024-W14")  # 1/4 – 7/4
    count(agency.province)
    expected = {
        code: summaries.country([agency.province], Period.parse(code)).total.expected
        for code in ("2024", "2025", "2025-Q1", "2025-M01", "2024-Q1", "2024-Q2", "2024-M04")
    }
    assert expected == {
        "2024": 1,
        "2025": 1,
        "2025-Q1": 1,
        "2025-M01": 1,
        "2024-Q1": 0,
        "2024-Q2": 1,
        "2024-M04": 1,
    }
    assert check() == "Đối chiếu 2 năm của 1 tỉnh; khác: 0."


def test_counting_again_replaces_what_was_counted_and_drops_what_is_owed_no_more() -> None:
    agency = make_agency()
    quota = make_quota(make_task(make_plan(agency)), make_channel(agency.province), per="quarter")
    kept, dropped = make_obligation(quota, "2024-Q1"), make_obligation(quota, "2024-Q2")
    count(agency.province, day=date(2024, 3, 1))
    dropped.delete()
    count(agency.province, day=date(2024, 5, 1))
    [row] = ProvinceSummary.objects.all()
    assert (row.period, row.as_of, summaries.score_of(row)) == (
        kept.period,
        date(2024, 5, 1),
        Score(expected=1, missed=1),
    )
    assert AuditEntry.objects.filter(verb="summary.count").count() == 2


def test_the_check_names_what_differs_and_what_was_never_counted() -> None:
    world, other = make_world(2), make_world(1, code="BB")
    count(world.province)
    row = ProvinceSummary.objects.get(period="2024-Q1")
    row.met += 1
    row.save()
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("summarise", "--check", stdout=told)
    lines = told.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"{other.province.code} 2024",
        f"{world.province.code} 2024-Q1",
        "Đối chiếu 2 năm của 2 tỉnh; khác",
    ]
    call_command("summarise", stdout=StringIO())
    assert check().endswith("khác: 0.")


def test_the_command_knows_its_province() -> None:
    with pytest.raises(CommandError, match="mang mã “XX”"):
        call_command("summarise", "--province", "XX", stdout=StringIO())


def words(table: Table) -> list[list[str]]:
    return [
        [display(c.value, column.kind) for c, column in zip(row.cells, table.columns, strict=True)]
        for row in table.rows
    ]


def test_the_worst_province_comes_first_and_who_owes_nothing_last() -> None:
    idle = make_province(name="An Nhàn")
    good, bad = make_province(name="Chăm"), make_province(name="Lười")
    for province, met in ((good, 9), (bad, 1)):
        ProvinceSummary.objects.create(
            province=province, year=2024, period="2024-Q1", as_of=AS_OF,
            expected=10, met=met, missed=10 - met, waived=1,
        )  # fmt: skip
    found = summaries.country([idle, good, bad], QUARTER)
    table = summaries.country_table(found)
    assert words(table) == [
        ["Lười", "10", "1/10", "10%", "1/10", "10%", "0", "9", "0", "0", "1", "05/04/2024"],
        ["Chăm", "10", "9/10", "90%", "9/10", "90%", "0", "1", "0", "0", "1", "05/04/2024"],
        [
            *("An Nhàn", "0", "không áp dụng", "–", "không áp dụng", "–"),
            *("0", "0", "0", "0", "0", "chưa có"),
        ],
        ["Cộng", "20", "10/20", "50%", "10/20", "50%", "0", "10", "0", "0", "2", ""],
    ]
    assert "tính đến hết ngày 05/04/2024" in table.clock
    assert table.rows[0].cells[0].href == f"/bao-cao/toan-tinh/?tinh={bad.code}&ky=2024-Q1"


def overseer(*provinces: Province) -> tuple[User, Client]:
    homes = [make_agency(province) for province in provinces]
    user = make_user(Role.HOME_AFFAIRS, homes[0])
    for home in homes[1:]:
        make_membership(user, Role.HOME_AFFAIRS, home)
    client = Client()
    client.force_login(user)
    return user, client


def test_the_page_shows_the_provinces_of_the_person_and_no_other() -> None:
    one, two, other = make_world(2), make_world(1, code="BB"), make_world(1, code="CC")
    count(one.province, two.province, other.province)
    _, client = overseer(one.province, two.province)
    page = client.get(ADDRESS, {"ky": "2024-Q1"})
    html = page.content.decode()
    assert one.province.name in html
    assert two.province.name in html
    assert f"tinh={other.province.code}&" not in html
    assert "tính đến hết ngày 05/04/2024" in html
    assert page.context["found"].total == sum(
        (
            score(Obligation.objects.filter(province=w.province).within(QUARTER), AS_OF)
            for w in (one, two)
        ),
        Score(),
    )


def test_the_page_is_refused_to_who_oversees_one_province() -> None:
    _, client = overseer(make_province())
    answer = client.get(ADDRESS)
    assert answer.status_code == 403
    assert "từ hai tỉnh trở lên" in answer.content.decode()


@pytest.mark.parametrize("asked", ["2024-W05", "không", "1999", "9" * 400, "2024-Q7", "\x00"])
def test_a_period_that_cannot_be_shown_is_a_sentence(asked: str) -> None:
    world = make_world(1)
    count(world.province)
    _, client = overseer(world.province, make_province())
    page = client.get(ADDRESS, {"ky": asked})
    assert page.status_code == 200
    assert page.context["period"].code == "2024"
    assert "Trang đang hiện kỳ mặc định." in page.content.decode()


def test_a_country_without_a_summary_says_so() -> None:
    _, client = overseer(make_province(), make_province())
    html = client.get(ADDRESS).content.decode()
    assert "chưa được tổng hợp đến hết hôm qua" in html
    assert "chưa có lần nào" in html


def test_the_number_of_queries_does_not_grow_with_the_provinces() -> None:
    def asked(number: int) -> int:
        worlds = [make_world(1, code=f"T{number}{at}") for at in range(number)]
        count(*(world.province for world in worlds))
        _, client = overseer(*(world.province for world in worlds))
        client.get(ADDRESS)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(ADDRESS).status_code == 200
        return len(queries)

    assert asked(2) == asked(4)


def test_the_workbook_says_what_the_page_says() -> None:
    one, two = make_world(2), make_world(1, code="BB")
    count(one.province, two.province)
    _, client = overseer(one.province, two.province)
    shown = client.get(ADDRESS, {"ky": "2024"}).context["table"]
    answer = client.get(f"{ADDRESS}xuat/", {"ky": "2024"})
    book = load_workbook(BytesIO(b"".join(answer)))
    assert book.sheetnames == ["Theo tỉnh", "Theo từng kỳ"]
    cells = [[cell.value for cell in row] for row in book["Theo tỉnh"].iter_rows()]
    names = [row.cells[0].value for row in shown.rows]
    assert [row[0] for row in cells if row[0] in names] == names
    done = [cell.value for row in shown.rows for cell in row.cells if isinstance(cell.value, Ratio)]
    assert all(any(ratio.done in row for row in cells) for ratio in done)
