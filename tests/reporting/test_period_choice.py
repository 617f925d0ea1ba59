"""The period switcher and the order form: every length, every year in which something is owed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from reporting.models import Run
from tests import factories as make
from tests.reporting.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(2)


@pytest.mark.parametrize(
    ("code", "lengths"),
    [
        ("2024-Q3", ["2024-M09", "2024-Q3", "2024-H2", "2024-9M", "2024"]),
        ("2024", ["2024-M12", "2024-Q4", "2024-H2", "2024-9M", "2024"]),
        ("2024-9M", ["2024-M09", "2024-Q3", "2024-H2", "2024-9M", "2024"]),
        ("2024-M02", ["2024-M02", "2024-Q1", "2024-H1", "2024-9M", "2024"]),
    ],
)
def test_the_switcher_leads_to_every_length(world: World, code: str, lengths: list[str]) -> None:
    client = Client()
    client.force_login(world.users["home"])
    page = client.get(reverse("reporting:province-matrix"), {"ky": code, "tinh": "QT"})
    choice = page.context["choice"]
    assert [length.period.code for length in choice.lengths] == lengths
    assert [length.period.code for length in choice.lengths if length.is_chosen] == [code]
    assert {p.kind for year in choice.alike for p in year.periods} == {choice.period.kind}
    for length in lengths:
        assert f'href="?ky={length}&amp;tinh=QT"' in page.content.decode()


def test_every_year_in_which_something_is_owed_may_be_chosen(world: World) -> None:
    plan = Plan.objects.get(agency=world.agencies[0], kind="outreach")
    quota = make.make_quota(make.make_task(plan, order=100), world.page, per="month")
    make.make_obligation(quota, "2022-M05")
    client = Client()
    client.force_login(world.users["home"])
    choice = client.get(reverse("reporting:province-matrix")).context["choice"]
    years = [year.year for year in choice.years]
    assert years[-3:] == [2024, 2023, 2022]
    assert years == sorted(years, reverse=True)
    codes = [period.code for period in choice.years[-1].periods]
    assert codes[:5] == ["2022", "2022-9M", "2022-H1", "2022-H2", "2022-Q1"]
    assert choice.period.code == "2024-Q2"


@pytest.mark.parametrize("code", ["2024-H1", "2024-9M", "2024"])
def test_a_report_of_a_long_period_can_be_ordered(world: World, code: str) -> None:
    client = Client()
    client.force_login(world.users["home"])
    asked = {"ky": code, "den_ngay": "10/01/2025", "dinh_dang": "xlsx"}
    assert client.post(reverse("reporting:run-order"), asked).status_code == 302
    assert Run.objects.get().period == code
