"""The pages of figures: who sees which, and what a hostile address gets."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.reporting.world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.core]

PROVINCE, AGENCY, UNIT = (
    "reporting:province-matrix",
    "reporting:agency-matrix",
    "reporting:unit-owes",
)
ORDER, RUNS = "reporting:run-order", "reporting:run-list"


@pytest.fixture
def world() -> World:
    return make_world(3)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("name", [PROVINCE, AGENCY, UNIT, ORDER, RUNS])
def test_a_stranger_logs_in_first(name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.status_code == 302
    assert reverse("agencies:login") in answer.headers["Location"]


@pytest.mark.parametrize(
    ("who", "province", "agency"),
    [
        ("home", 200, 200),
        ("leader", 200, 200),
        ("office", 403, 200),
        ("head", 403, 200),
        ("officer", 403, 200),
        ("editor", 403, 200),
        ("auditor", 403, 200),
        ("admin", 403, 403),
    ],
)
def test_each_role_sees_its_part(world: World, who: str, province: int, agency: int) -> None:
    client = signed_in(world, who)
    for name in (PROVINCE, ORDER, RUNS):
        assert client.get(reverse(name)).status_code == province
    for name in (AGENCY, UNIT):
        assert client.get(reverse(name)).status_code == agency


def test_the_refusal_is_a_sentence(world: World) -> None:
    page = signed_in(world, "office").get(reverse(PROVINCE))
    assert "không theo dõi toàn tỉnh nào" in page.content.decode()


def test_home_affairs_opens_any_agency_of_its_province_only(world: World) -> None:
    other = make_world(1, "KH")
    home = signed_in(world, "home")
    page = home.get(reverse(AGENCY), {"co-quan": world.agencies[2].code, "ky": "2024-Q1"})
    assert "Sở Kế hoạch và Đầu tư" in page.content.decode()
    assert "Giải trình: Thiếu nhân sự (chờ xem xét): Cán bộ phụ trách" in page.content.decode()
    assert home.get(reverse(AGENCY), {"co-quan": other.agencies[0].code}).status_code == 404
    assert home.get(reverse(PROVINCE), {"tinh": "KH"}).status_code == 404
    office = signed_in(world, "office")
    assert office.get(reverse(AGENCY), {"co-quan": world.agencies[1].code}).status_code == 404
    assert office.get(reverse(AGENCY), {"co-quan": world.agencies[0].code}).status_code == 200


def test_without_a_unit_the_page_says_so(world: World) -> None:
    page = signed_in(world, "home").get(reverse(UNIT)).content.decode()
    assert "chưa được phân vào đơn vị nào" in page


def test_the_default_is_the_latest_quarter_that_holds_something(world: World) -> None:
    page = signed_in(world, "home").get(reverse(PROVINCE))
    assert page.context["choice"].period.code == "2024-Q2"
    unit = signed_in(world, "head").get(reverse(UNIT), {"ky": "2024-Q1"})
    assert unit.context["choice"].period.code == "2024-Q1"


@pytest.mark.parametrize("name", [PROVINCE, AGENCY, UNIT, ORDER])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"ky": "2024-Q9"}, "Trang đang hiện kỳ mặc định"),
        ({"ky": "<script>alert(1)</script>"}, "Trang đang hiện kỳ mặc định"),
        ({"ky": "9998-Q4"}, "Trang đang hiện kỳ mặc định"),
        ({"ky": "2024-W05"}, "theo tháng, quý, 6 tháng, 9 tháng hoặc năm"),
        ({"ky": "٢٠٢٤-Q1"}, "Trang đang hiện kỳ mặc định"),
        ({"den-ngay": "31/02/2024"}, "Không đọc được ngày"),
        ({"den-ngay": "2024-04-05"}, "Không đọc được ngày"),
        ({"den-ngay": "01/01/2999"}, "chưa đến"),
        ({"den-ngay": "٠١/٠١/٢٠٢٤"}, "Không đọc được ngày"),
    ],
)
def test_what_cannot_be_read_becomes_a_sentence(
    world: World, name: str, query: dict[str, str], sentence: str
) -> None:
    client = signed_in(world, "home" if name in {PROVINCE, ORDER} else "office")
    page = client.get(reverse(name), query)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("value", ["\x00", "a\x00b", "' OR 1=1", "x" * 5000, "QT CQ1"])
def test_codes_that_cannot_be_are_not_found(world: World, value: str) -> None:
    client = signed_in(world, "home")
    assert client.get(reverse(AGENCY), {"co-quan": value}).status_code == 404
    assert client.get(reverse(PROVINCE), {"tinh": value}).status_code == 404
    for name in (PROVINCE, AGENCY, UNIT, ORDER):
        assert client.get(reverse(name), {"ky": value, "den-ngay": value}).status_code == 200
    assert client.get(reverse(RUNS), {"page": value}).status_code == 200


@pytest.mark.parametrize("year", ["2000-Q1", "2100-Q4", "2000-M01", "2100-M12", "2100-9M", "2000"])
def test_the_edges_of_the_calendar_have_one_neighbour(world: World, year: str) -> None:
    page = signed_in(world, "home").get(reverse(PROVINCE), {"ky": year})
    choice = page.context["choice"]
    assert [choice.previous is None, choice.next is None].count(True) == 1


def test_stepping_keeps_the_rest_of_the_address(world: World) -> None:
    query = {"co-quan": world.agencies[1].code, "ky": "2024-Q1", "den-ngay": "05/04/2024"}
    page = signed_in(world, "home").get(reverse(AGENCY), query).content.decode()
    assert f"?co-quan={world.agencies[1].code}&amp;ky=2024-Q2&amp;den-ngay=05%2F04%2F2024" in page


@pytest.mark.parametrize(("name", "who"), [(PROVINCE, "home"), (AGENCY, "office"), (UNIT, "head")])
def test_pages_take_the_same_number_of_queries_at_one_and_three_agencies(
    name: str, who: str
) -> None:
    counts = []
    for code, agencies in (("MT", 1), ("BA", 3)):
        client = signed_in(make_world(agencies, code), who)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name), {"ky": "2024-Q1"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
    # Two of them are the frame's: what waits for the person, and unread reminders.
    assert counts[0] <= {PROVINCE: 18, AGENCY: 22, UNIT: 18}[name]
