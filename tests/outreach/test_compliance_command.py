"""``compliance`` and ``recount`` as an administrator calls them."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from outreach.actions import placements
from outreach.models import Fulfilment
from tests import factories as make
from tests.outreach.conftest import URL, House

pytestmark = pytest.mark.core


@pytest.fixture
def told(house: House) -> House:
    """Quarter I: one published in time on the page; one waits on the agency's portal."""
    on_page, _ = house.sent(house.page, house.portal, title="Cắt giảm thủ tục")
    placements.approve(by=house.editor, placement=on_page, on=date(2024, 3, 8))
    placements.publish(by=house.editor, placement=on_page, on=date(2024, 3, 18), url=URL)
    return house


def compliance(*args: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("compliance", "--agency", "ST-STTTT", "--format", "json", *args, stdout=out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]


def test_the_quarter_with_exactly_its_keys(told: House) -> None:
    quarter = told.obligations["Q1"]
    rows = compliance("--period", "2024-Q1", "--as-of", "2024-03-31")
    assert [row for row in rows if row["obligation"] == quarter.pk] == [
        {
            "obligation": quarter.pk,
            "task": "4.1",
            "channel": "CTCCHC",
            "unit": "Văn phòng",
            "period": "2024-Q1",
            "window_start": "2024-01-01",
            "window_end": "2024-03-31",
            "due_on": "2024-03-20",
            "required": 1,
            "counted": 1,
            "state": "met",
            "before_issue": False,
            "placements": [
                {
                    "title": "Cắt giảm thủ tục",
                    "unit": "Văn phòng",
                    "sent_on": "2024-03-05",
                    "decided_on": "2024-03-08",
                    "published_on": "2024-03-18",
                    "url": URL,
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("as_of", "states"),
    [
        ("2024-03-01", {"4.1": ("not_due", 0), "4.2": ("not_due", 0)}),
        ("2024-03-10", {"4.1": ("pending", 0), "4.2": ("pending", 0)}),
        ("2024-03-18", {"4.1": ("met", 1), "4.2": ("pending", 0)}),
        ("2024-04-01", {"4.1": ("met", 1), "4.2": ("missed", 0)}),
    ],
)
def test_each_day_knows_only_what_was_known(
    told: House, as_of: str, states: dict[str, tuple[str, int]]
) -> None:
    rows = compliance("--period", "2024-Q1", "--as-of", as_of)
    assert {row["task"]: (row["state"], row["counted"]) for row in rows} == states


def test_a_period_holds_the_obligations_whose_windows_lie_inside_it(told: House) -> None:
    assert [row["period"] for row in compliance("--period", "2024-M03")] == ["2024-M03"]
    assert [row["period"] for row in compliance("--period", "2024-Q2")] == ["2024-Q2"]
    assert len(compliance("--period", "2024")) == 4
    assert compliance("--period", "2023-Q4") == []


def test_without_a_unit_it_is_null(told: House) -> None:
    [yearly] = [row for row in compliance("--period", "2024") if row["period"] == "2024"]
    assert yearly["unit"] is None


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--agency", "KHONG", "--period", "2024"], "Không có cơ quan nào mang mã “KHONG”."),
        (["--agency", "ST-STTTT", "--period", "2024-Q5"], "Năm 2024 không có quý thứ 5."),
        (
            ["--agency", "ST-STTTT", "--period", "2024", "--as-of", "31/03/2024"],
            "Không đọc được ngày “31/03/2024”: hãy ghi dạng năm-tháng-ngày, ví dụ 2024-03-31.",
        ),
    ],
)
def test_wrong_words_are_refused_with_a_sentence(
    told: House, args: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError) as error:
        call_command("compliance", *args)
    assert str(error.value) == sentence


def test_the_same_number_of_queries_at_one_obligation_and_at_three(
    told: House, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        assert len(compliance("--period", "2024-M03")) == 1
    with django_assert_num_queries(5):
        assert len(compliance("--period", "2024-H1")) == 3


def recount(*args: str) -> str:
    out = StringIO()
    call_command("recount", *args, stdout=out)
    return out.getvalue()


def test_a_right_ledger_passes_the_check(told: House) -> None:
    assert recount("--check") == "Khác biệt: 0.\n"


def test_the_check_lists_and_fails_and_a_recount_repairs(told: House) -> None:
    Fulfilment.objects.all().delete()
    with pytest.raises(CommandError, match="chưa khớp"):
        recount("--check", "--agency", "ST-STTTT")
    assert not Fulfilment.objects.exists()
    lines = recount("--agency", "ST-STTTT").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("ST-STTTT: Thiếu: ")
    assert lines[1] == "Khác biệt: 1."
    assert recount("--check") == "Khác biệt: 0.\n"


def test_an_unknown_agency_is_not_recounted(told: House) -> None:
    with pytest.raises(CommandError, match=r"mang mã “KHONG”\."):
        recount("--agency", "KHONG")


def test_another_agency_is_not_asked(told: House) -> None:
    make.make_agency(told.province, "ST-KHAC")
    Fulfilment.objects.all().delete()
    assert recount("--check", "--agency", "ST-KHAC") == "Khác biệt: 0.\n"
