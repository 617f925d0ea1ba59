"""The pages of days off: who reads, who writes, what is explained, two provinces."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies import calendar_lines
from agencies.models import AuditEntry, CalendarDay, Province, User
from agencies.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return make.make_province("ST")


@pytest.fixture
def keeper(province: Province) -> User:
    return make.make_user(Role.HOME_AFFAIRS, make.make_agency(province))


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def listed(user: User, year: str = "2024") -> str:
    response = as_(user).get(reverse("agencies:calendar-day-list"), {"nam": year})
    assert response.status_code == 200
    return response.content.decode()


def add(user: User, lines: str, kind: str = "off") -> str:
    data = {"kind": kind, "lines": lines}
    return as_(user).post(reverse("agencies:calendar-day-add"), data, follow=True).content.decode()


def rows(province: Province) -> list[str]:
    found = CalendarDay.objects.filter(province=province).order_by("day")
    return [f"{row} {row.is_working}" for row in found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12/02/2024 Nghỉ Tết", [("2024-02-12", "2024-02-12", "Nghỉ Tết")]),
        ("8-2-2024: Đi làm", [("2024-02-08", "2024-02-08", "Đi làm")]),
        ("08/02/2024 - 14/02/2024 Tết", [("2024-02-08", "2024-02-14", "Tết")]),
        ("8.2.2024 đến 9.2.2024, Tết", [("2024-02-08", "2024-02-09", "Tết")]),
        ("\n  \n01/03/2024 A\n", [("2024-03-01", "2024-03-01", "A")]),
    ],
)
def test_lines_are_read_as_people_write_them(text: str, said: list[tuple[str, str, str]]) -> None:
    lines, faults = calendar_lines.read(text)
    assert ([(f"{x.first}", f"{x.last}", x.note) for x in lines], faults) == (said, [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31/02/2024 Nghỉ", "Dòng 1: không có ngày 31/02/2024."),
        ("29/02/2023 Nghỉ", "Dòng 1: không có ngày 29/02/2023."),
        ("01/01/0024 Nghỉ", "Dòng 1: năm 0024 nằm ngoài 2000–2100."),
        ("14/02/2024 - 08/02/2024 Tết", "Dòng 1: ngày 08/02/2024 đứng trước ngày 14/02/2024."),
        (
            "01/01/2024 - 31/12/2024 Tết",
            "Dòng 1: mỗi dòng ghi tối đa 31 ngày; hãy kiểm tra lại ngày cuối.",
        ),
        (
            "\n12/02/2024",
            "Dòng 2: thiếu nội dung; hãy ghi “dd/mm/yyyy nội dung”, "
            "ví dụ “12/02/2024 Nghỉ Tết Nguyên đán”.",
        ),
        (
            "hôm nay nghỉ",
            "Dòng 1: không đọc được “hôm nay nghỉ”; hãy ghi “dd/mm/yyyy nội dung”, "
            "ví dụ “12/02/2024 Nghỉ Tết Nguyên đán”.",
        ),
        ("12/02/2024 " + "a" * 161, "Dòng 1: nội dung dài 161 ký tự, tối đa 160."),
    ],
)
def test_a_line_that_cannot_be_read_is_explained(text: str, fault: str) -> None:
    assert calendar_lines.read(text) == ([], [fault])


def test_several_lines_are_pasted_at_once(province: Province, keeper: User) -> None:
    text = add(keeper, "15/02/2024 - 19/02/2024 Nghỉ thêm (TB 12/TB-UBND)\n01/03/2024 Nghỉ khác")
    assert "Đã ghi 4 ngày vào lịch." in text
    assert rows(province) == [
        "15/02/2024: Nghỉ thêm (TB 12/TB-UBND) False",
        "16/02/2024: Nghỉ thêm (TB 12/TB-UBND) False",
        "19/02/2024: Nghỉ thêm (TB 12/TB-UBND) False",
        "01/03/2024: Nghỉ khác False",
    ]
    entry = AuditEntry.objects.get(verb="calendar.add")
    assert (entry.province, entry.after["01/03/2024"]) == (province, "Nghỉ: Nghỉ khác")


def test_a_saturday_is_worked_in_exchange(province: Province, keeper: User) -> None:
    add(keeper, "24/02/2024 Làm bù cho ngày 16/02", kind="worked")
    assert rows(province) == ["24/02/2024: Làm bù cho ngày 16/02 True"]


@pytest.mark.parametrize(
    ("lines", "kind", "sentence"),
    [
        ("16/02/2024 A\n31/04/2024 B", "off", "Dòng 2: không có ngày 31/04/2024."),
        ("16/02/2024 A\n16/02/2024 B", "off", "Ngày 16/02/2024 được ghi hai lần."),
        (
            "17/02/2024 A",
            "off",
            "Thứ Bảy 17/02/2024 vốn là ngày nghỉ cuối tuần, không cần ghi.",
        ),
        (
            "16/02/2024 A",
            "worked",
            "Thứ Sáu 16/02/2024 vốn là ngày làm việc, không cần ghi.",
        ),
        (
            "17/02/2024 - 18/02/2024 A",
            "off",
            "Chưa có ngày nào để ghi: các ngày này vốn đã là ngày nghỉ cuối tuần.",
        ),
    ],
)
def test_what_changes_nothing_or_is_wrong_writes_nothing(
    province: Province, keeper: User, lines: str, kind: str, sentence: str
) -> None:
    assert sentence in add(keeper, lines, kind)
    assert rows(province) == []


def test_a_day_stands_once(province: Province, keeper: User) -> None:
    add(keeper, "16/02/2024 Một")
    text = add(keeper, "16/02/2024 Hai")
    assert "Ngày 16/02/2024: Một đã có trong lịch; hãy sửa dòng đó." in text
    assert rows(province) == ["16/02/2024: Một False"]


def test_the_list_shows_what_the_law_said_and_what_the_province_says(
    province: Province, keeper: User
) -> None:
    add(keeper, "14/02/2024 Đi làm sớm một ngày", kind="worked")
    text = listed(keeper)
    assert "Thay cho: Tết Nguyên đán" in text
    assert "Nghỉ hoán đổi (làm bù ngày 04/05/2024)" in text
    assert "Thứ Bảy" in text


def test_own_days_are_put_right_and_taken_out(province: Province, keeper: User) -> None:
    add(keeper, "16/02/2024 Nghi nham")
    row = CalendarDay.objects.get()
    client = as_(keeper)
    edit = reverse("agencies:calendar-day-edit", args=[row.pk])
    data = {"day": "31/02/2024", "kind": "off", "note": "Nghỉ"}
    assert "Ngày không đọc được" in client.post(edit, data).content.decode()
    client.post(edit, data | {"day": "19/02/2024"})
    assert rows(province) == ["19/02/2024: Nghỉ False"]
    client.post(reverse("agencies:calendar-day-remove", args=[row.pk]))
    assert rows(province) == []
    verbs = AuditEntry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["calendar.add", "calendar.correct", "calendar.remove"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.AGENCY_OFFICE, Role.AUDITOR])
def test_others_read_and_do_not_write(province: Province, keeper: User, role: Role) -> None:
    add(keeper, "16/02/2024 Nghỉ thêm")
    reader = make.make_user(role, make.make_agency(province))
    text = listed(reader)
    assert "Nghỉ thêm" in text
    assert "Ghi ngày nghỉ" not in text
    assert as_(reader).get(reverse("agencies:calendar-day-add")).status_code == 403


def test_a_system_administrator_writes(province: Province) -> None:
    add(make.make_user(Role.SYSTEM_ADMIN, make.make_agency(province)), "16/02/2024 Nghỉ thêm")
    assert rows(province) == ["16/02/2024: Nghỉ thêm False"]


def test_another_province_neither_sees_nor_changes(province: Province, keeper: User) -> None:
    add(keeper, "16/02/2024 Nghỉ thêm")
    other = make.make_user(Role.HOME_AFFAIRS, make.make_agency(make.make_province("HG")))
    assert "Nghỉ thêm" not in listed(other)
    row = CalendarDay.objects.get()
    for name in ("edit", "remove"):
        address = reverse(f"agencies:calendar-day-{name}", args=[row.pk])
        assert as_(other).post(address).status_code == 404
    as_(other).post(
        f"{reverse('agencies:calendar-day-add')}?tinh=ST",
        {"kind": "off", "lines": "19/02/2024 Lẻn"},
    )
    assert rows(province) == ["16/02/2024: Nghỉ thêm False"]


@pytest.mark.parametrize("asked", ["", "abc", "9999", "20 24", "٢٠٢٤", "-1"])
def test_a_year_that_cannot_be_read_is_this_year(keeper: User, asked: str) -> None:
    with time_machine.travel(datetime.fromisoformat("2024-12-31T23:59:00+07:00"), tick=False):
        assert "năm 2024" in listed(keeper, asked)
    with time_machine.travel(datetime.fromisoformat("2025-01-01T00:00:00+07:00"), tick=False):
        assert "năm 2025" in listed(keeper, asked)


def test_a_person_without_a_post_reads_the_law() -> None:
    assert "Tết Nguyên đán" in listed(make.make_user())


def test_the_same_number_of_queries_at_one_row_and_at_three(
    province: Province, keeper: User
) -> None:
    client = as_(keeper)
    address = reverse("agencies:calendar-day-list") + "?nam=2024"
    client.get(address)
    counts = []
    for day in (15, 16, 19):
        CalendarDay.objects.create(province=province, day=date(2024, 2, day), note="Nghỉ")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert len(set(counts)) == 1
