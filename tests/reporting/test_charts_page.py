"""The page of charts: its figures are those of the matrices, and hostile addresses are answered."""

import re
from collections import Counter
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cchc.lib.tables import Level, Table, display
from outreach.models import Placement
from plans.models import Obligation
from plans.periods import Period, PeriodKind, periods_of
from reporting import trends
from reporting.matrices import survey_agency, survey_province
from tests.outreach.year import scatter
from tests.reporting.world import AS_OF, QUARTER, World, make_world

pytestmark = pytest.mark.django_db

CHARTS, EXPORT = "reporting:charts", "reporting:charts-export"
ON = {"ky": "2024-Q1", "den-ngay": "05/04/2024"}


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], "django.contrib.auth.backends.ModelBackend")
    return client


def words(table: Table) -> list[list[str]]:
    return [
        [display(c.value, col.kind) for c, col in zip(row.cells, table.columns, strict=True)]
        for row in table.rows
        if row.level is not Level.GROUP
    ]


def test_every_period_sums_what_its_matrix_sums() -> None:
    province = scatter(7, 3, 25)
    call_command("recount", stdout=StringIO())
    owed = Obligation.objects.filter(province=province)
    periods = [p for kind in PeriodKind for p in periods_of(kind, 2024) if kind != PeriodKind.WEEK]
    for day in (date(2024, 3, 31), date(2024, 7, 10), date(2025, 1, 5)):
        found = trends.year_scores(owed, 2024, day)
        totals = [survey_province(province, period, day).matrix.total for period in periods]
        assert [found.of(period) for period in periods] == totals
        year = found.of(Period.parse("2024"))
        assert year.expected + year.waived + year.outside == owed.count()
        assert year.met
        months = sum(found.of(month).expected for month in QUARTER.months)
        assert found.of(QUARTER).expected > months


def test_a_channel_counts_what_stood_on_it_that_day() -> None:
    province = scatter(3, 4, 40)
    day = date(2024, 6, 15)
    first_half = Period.parse("2024-H1")
    rows = Placement.objects.filter(province=province, published_on__isnull=False)
    wanted: Counter[str] = Counter()
    days = rows.values_list("channel__name", "state", "published_on", "withdrawn_on")
    for name, state, published_on, withdrawn_on in days:
        taken_down_by = withdrawn_on if state == "withdrawn" else None
        was_up = state == "published" or (taken_down_by is not None and taken_down_by > day)
        if was_up and published_on and first_half.start <= published_on <= day:
            wanted[name] += 1
    found = trends.channel_counts(province, Placement.objects.all(), first_half, day)
    assert {each.name: each.postings for each in found if each.postings} == dict(wanted)
    assert wanted.total() > 20


def test_the_page_of_a_province() -> None:
    world = make_world(4)
    answer = signed_in(world, "home").get(reverse(CHARTS), ON)
    page = answer.content.decode()
    trend, rates, postings, ranking = answer.context["figures"]
    total = survey_province(world.province, QUARTER, AS_OF).matrix.total
    [quarter] = [row for row in words(trend.table) if row[0] == "Quý I/2024"]
    expected, done, on_time = total.expected, total.done, total.met
    assert (expected, done, on_time) == (11, 8, 6)
    assert quarter[1:5] == ["11", "8/11", "72,7%", "6/11"]
    assert ["Quý I/2024", "6/11", "54,5%", ""] in words(rates.table)
    assert words(postings.table)[-1][1] == str(
        Placement.objects.filter(published_on__range=(QUARTER.start, QUARTER.end)).count()
    )
    assert [row[0] for row in words(ranking.table)] == ["1", "2", "3", "4", "–"]
    for figure in answer.context["figures"]:
        assert figure.clock.endswith("tính đến hết ngày 05/04/2024.")
        assert figure.title in page
        for chart in figure.charts:
            assert f'aria-labelledby="{chart.key}-title {chart.key}-desc"' in page
            assert f'<title id="{chart.key}-title">{chart.title}</title>' in page
    assert "style=" not in re.sub(r"<link[^>]*>", "", page.split("<main")[1])


def test_every_name_on_the_page_is_one_thing_and_every_pattern_exists() -> None:
    page = signed_in(make_world(4), "home").get(reverse(CHARTS), ON).content.decode()
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    used = set(re.findall(r"url\(#([^)]+)\)", page))
    assert used
    assert used <= set(names)


def test_the_page_of_an_agency_ranks_its_units() -> None:
    world = make_world(3)
    answer = signed_in(world, "office").get(reverse(CHARTS), ON)
    survey = survey_agency(world.agencies[0], QUARTER, AS_OF)
    *_, ranking = answer.context["figures"]
    assert ranking.title == "Xếp hạng đơn vị theo tỷ lệ hoàn thành, Quý I/2024"
    assert {row[1]: row[3] for row in words(ranking.table)} == {
        head.name: f"{survey.score(head).done}/{survey.score(head).expected}"
        for head in survey.heads
    }


@pytest.mark.parametrize(
    ("who", "province", "agency"),
    [
        ("home", "Quảng Thử", 200),
        ("leader", "Quảng Thử", 200),
        ("office", "Sở Thông tin", 404),
        ("auditor", "Sở Thông tin", 404),
    ],
)
def test_each_role_sees_its_part(who: str, province: str, agency: int) -> None:
    world = make_world(3)
    client = signed_in(world, who)
    assert province in client.get(reverse(CHARTS)).context["name"]
    other = {"co-quan": world.agencies[1].code}
    for name in (CHARTS, EXPORT):
        assert client.get(reverse(name), other).status_code == agency
        assert client.get(reverse(name), {"co-quan": "KHONG-CO"}).status_code == 404


@pytest.mark.parametrize(
    ("who", "name", "scope"),
    [
        ("home", "reporting:province-matrix", "tinh=DUONG"),
        ("office", "reporting:agency-matrix", "co-quan=DUONG-CQ1"),
    ],
)
def test_the_matrices_lead_to_the_charts_of_the_same_period(
    who: str, name: str, scope: str
) -> None:
    client = signed_in(make_world(1, "DUONG"), who)
    page = client.get(reverse(name), ON).content.decode()
    address = f"{reverse(CHARTS)}?{scope}&amp;ky=2024-Q1&amp;den-ngay=05/04/2024"
    assert f'href="{address}"' in page
    assert client.get(address.replace("&amp;", "&")).context["choice"].period == QUARTER


def test_who_reads_no_agency_is_refused_in_a_sentence() -> None:
    page = signed_in(make_world(1), "admin").get(reverse(CHARTS))
    assert page.status_code == 403
    assert "chưa được phân công theo dõi cơ quan nào" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"ky": "<script>"}, "Trang đang hiện kỳ mặc định"),
        ({"den-ngay": "31/02/2024"}, "Không đọc được ngày"),
        ({"hang": "'><script>alert(1)</script>"}, "Không có cách xem"),
    ],
)
def test_what_cannot_be_read_becomes_a_sentence(query: dict[str, str], sentence: str) -> None:
    page = signed_in(make_world(1), "home").get(reverse(CHARTS), query)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_a_year_without_plans_has_sentences_for_drawings() -> None:
    page = signed_in(make_world(1), "home").get(reverse(CHARTS), {"ky": "2031-Q1"})
    text = page.content.decode()
    assert "Năm 2031 không có đầu việc nào phải thực hiện." in text
    assert "Quý I/2031 chưa có lượt đăng nào." in text
    assert 'class="chart"' not in text


def test_the_workbook_holds_the_numbers_of_the_page() -> None:
    world = make_world(3)
    client = signed_in(world, "home")
    figures = client.get(reverse(CHARTS), ON).context["figures"]
    answer = client.get(reverse(EXPORT), ON)
    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    assert book.sheetnames == ["Theo kỳ", "Tỷ lệ đúng hạn", "Theo kênh", "Xếp hạng"]
    for figure, sheet in zip(figures, book, strict=True):
        cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
        flat = [text for row in cells for text in row]
        assert figure.clock in flat
        assert figure.title in flat
        for row in figure.table.rows:
            name = next(c.value for c in row.cells if isinstance(c.value, str))
            assert name in flat


@pytest.mark.parametrize("who", ["home", "office"])
def test_the_page_takes_the_same_number_of_queries_at_one_and_three_agencies(who: str) -> None:
    counts = []
    for code, agencies in (("MT", 1), ("BA", 3)):
        client = signed_in(make_world(agencies, code), who)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(CHARTS), ON)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 26
