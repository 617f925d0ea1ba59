"""The units of an agency, kept by its office: added, renamed, ended, never ambiguous."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.actions import units
from agencies.actions.units import UnitTerms
from agencies.models import Agency, AuditEntry, Unit, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused
from plans.annex_check import known_names
from plans.annex_sheet.units import Units
from tests.factories import (
    make_agency,
    make_channel,
    make_membership,
    make_obligation,
    make_plan,
    make_quota,
    make_task,
    make_unit,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

LIST = "/tai-khoan/don-vi/"
TYPED = {"name": "Phòng Cải cách hành chính", "aliases": "", "order": "", "since": "", "until": ""}


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def clerk(agency: Agency) -> User:
    return make_user(Role.AGENCY_OFFICE, agency)


@pytest.fixture
def at(client: Client, clerk: User) -> Client:
    return entered(client, clerk)


def entered(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def form_says(response: HttpResponse) -> list[str]:
    form = response.context["form"]
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]


def post(at: Client, page: str, /, *args: int, **typed: str) -> HttpResponse:
    return at.post(reverse(f"agencies:{page}", args=args), {**TYPED, **typed})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Phòng Cải cách hành chính", "CCHC"),
        ("Trung tâm Công nghệ số", "TTCNS"),
        ("Phòng KHTH", "KHTH"),
        ("Phòng QL Quy hoạch, XD và môi trường", "QLQHXDMT"),
        ("Ban Biên tập Cổng TTĐT của Sở", "BBTCTTDTS"),
        ("Văn phòng", "VP2"),
        ("Đội 1", "D1"),
        ("Дирекция", "DV"),
    ],
)
def test_the_code_is_made_from_the_name_and_nobody_elses(
    at: Client, agency: Agency, name: str, code: str
) -> None:
    make_unit(agency, "Vụ Pháp", code="vp")
    assert post(at, "unit-add", name=name).status_code == 302
    assert agency.units.get(name=name).code == code


def test_an_added_unit_is_read_in_annexes_under_all_its_names(
    at: Client, agency: Agency, clerk: User
) -> None:
    make_unit(agency, "Văn phòng", order=7)
    answer = post(
        at,
        "unit-add",
        name="  Phòng\u200b Cải cách \u00a0hành chính\x00 ",
        aliases="Phòng CCHC\r\n\r\nphong cai cach hanh chinh\r\nPhòng CCHC\r\nBộ phận Một cửa",
        since="1/3/2024",
    )
    assert answer.headers["Location"] == LIST
    unit = agency.units.get(code="CCHC")
    assert (unit.name, unit.aliases) == (
        "Phòng Cải cách hành chính",
        ["Phòng CCHC", "Bộ phận Một cửa"],
    )
    assert (unit.order, unit.since, unit.until) == (8, date(2024, 3, 1), None)
    read = Units(list(known_names(make_plan(agency))))
    for cell in ("phòng CCHC", "Bộ phận một cửa", "Cải cách hành chính"):
        assert [one.unit for one in read.assigned(cell).assignees] == ["CCHC"]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.agency, entry.by) == ("unit.add", agency, clerk)
    page = at.get(LIST).content.decode()
    assert "Phòng CCHC; Bộ phận Một cửa" in page
    assert "Đã thêm Phòng Cải cách hành chính." in page


def test_a_renamed_unit_is_still_known_by_its_former_name(at: Client, agency: Agency) -> None:
    unit = make_unit(agency, "Phòng Chuyển đổi số", code="CDS", order=3)
    typed = {"name": "Phòng Kinh tế số", "aliases": "Phòng KTS", "order": "3"}
    assert post(at, "unit-edit", unit.pk, **typed).status_code == 302
    unit.refresh_from_db()
    assert (unit.code, unit.name) == ("CDS", "Phòng Kinh tế số")
    assert unit.aliases == ["Phòng KTS", "Phòng Chuyển đổi số"]
    read = Units(list(known_names(make_plan(agency))))
    assert [one.unit for one in read.assigned("Phòng Chuyển đổi số").assignees] == ["CDS"]
    # Only marks and capitals put right: nothing to remember. Without an order it stays in place.
    typed = {"name": "PHÒNG KINH TẾ SỐ", "aliases": "\n".join(unit.aliases), "order": ""}
    assert post(at, "unit-edit", unit.pk, **typed).status_code == 302
    unit.refresh_from_db()
    assert unit.aliases == ["Phòng KTS", "Phòng Chuyển đổi số"]
    assert unit.order == 3
    entry = AuditEntry.objects.order_by("id")[0]
    assert (entry.before["name"], entry.after["name"]) == (
        "Phòng Chuyển đổi số",
        "Phòng Kinh tế số",
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Phòng Thanh tra"},
        {"name": "THANH TRA."},
        {"name": "phong thanh  tra"},
        {"name": "Phòng Thông tin - Báo chí"},
        {"name": "Phòng Mới", "aliases": "Tổ Mới\nP. Thanh tra"},
        {"name": "Ban Kiểm tra"},
    ],
)
def test_a_name_never_means_two_units(at: Client, agency: Agency, typed: dict[str, str]) -> None:
    make_unit(agency, "Thanh tra", aliases=["Ban Kiểm tra"], until=date(2020, 1, 1))
    make_unit(agency, "Phòng Thông tin – Báo chí")
    other = make_unit(agency, "Đơn vị khác", code="KHAC")
    for name, args in (("unit-add", ()), ("unit-edit", (other.pk,))):
        sentences = form_says(post(at, name, *args, **typed))
        assert len(sentences) == 1
        assert "mỗi tên chỉ dùng cho một đơn vị" in sentences[0]
    assert agency.units.count() == 3
    # Another agency has its own.
    elsewhere = make_agency(agency.province)
    units.add(
        agency=elsewhere,
        terms=UnitTerms("Thanh tra"),
        by=make_user(Role.AGENCY_OFFICE, elsewhere),
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Hãy ghi mục này."),
        ({"name": " \u200b "}, "Hãy ghi mục này."),
        ({"name": "---"}, "Hãy ghi tên bắt đầu bằng chữ hoặc số, ít nhất 2 ký tự."),
        ({"name": "- Văn phòng"}, "Hãy ghi tên bắt đầu bằng chữ hoặc số, ít nhất 2 ký tự."),
        ({"name": "123"}, "Hãy ghi tên bắt đầu bằng chữ hoặc số, ít nhất 2 ký tự."),
        (
            {"aliases": "CCHC\n!!!"},
            "“!!!” không phải là một tên; mỗi dòng ghi một tên, ít nhất 2 ký tự.",
        ),
        ({"aliases": "a" * 161}, f"“{'a' * 40}…” dài quá 160 ký tự."),
        ({"aliases": "\n".join(f"Tổ {n}" for n in range(41))}, "Ghi nhiều nhất 40 tên gọi khác."),
        ({"since": "31/02/2024"}, "Không đọc được ngày; hãy ghi dạng dd/mm/yyyy."),
        (
            {"since": "02/01/2024", "until": "01/01/2024"},
            "Ngày kết thúc không được trước ngày bắt đầu.",
        ),
    ],
)
def test_what_is_no_name_or_day_is_sent_back(
    at: Client, typed: dict[str, str], sentence: str
) -> None:
    assert form_says(post(at, "unit-add", **typed)) == [sentence]
    assert Unit.objects.count() == 0


def test_hostile_input_is_refused_or_shown_as_text(at: Client, agency: Agency) -> None:
    for typed in ({"name": "A" * 161}, {"order": "-1"}, {"order": "10000"}, {"order": "x"}):
        assert post(at, "unit-add", **typed).status_code == 200
    assert Unit.objects.count() == 0
    evil = "Tổ <script>alert(1)</script>"
    assert post(at, "unit-add", name=evil, aliases='x"><img src=x>').status_code == 302
    page = at.get(LIST).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    prefilled = at.get(reverse("agencies:unit-add"), {"name": evil, "agency": "'; --"})
    assert "<script>alert" not in prefilled.content.decode()
    assert prefilled.context["form"]["name"].value() == evil
    # An agency that is not asked for is not listened to.
    stranger = make_agency(agency.province)
    assert post(at, "unit-add", name="Tổ lạ", agency=str(stranger.pk)).status_code == 302
    assert Unit.objects.get(name="Tổ lạ").agency == agency


def test_a_unit_ends_with_a_word_about_what_it_leaves_behind(at: Client, agency: Agency) -> None:
    today = clock.today()
    unit = make_unit(agency, "Phòng Báo chí")
    make_user(Role.OFFICER, agency, unit, full_name="Lê Thị An")
    gone = make_user(full_name="Trần Đã Chuyển")
    make_membership(gone, Role.OFFICER, agency, unit, until=date(2020, 1, 1))
    quota = make_quota(make_task(make_plan(agency)), make_channel(agency.province))
    late = {"unit": unit, "due_on": today + timedelta(days=20)}
    make_obligation(quota, "2024-Q1", unit=unit)
    make_obligation(quota, "2024-Q2", **late)
    waived = {"waived_at": clock.now(), "waived_by": gone, "waived_reason": "Thôi"}
    make_obligation(quota, "2024-Q3", **late, **waived)
    people = (
        "1 người đang thuộc Phòng Báo chí: Lê Thị An. "
        "Hãy đề nghị quản trị hệ thống chuyển họ sang đơn vị khác."
    )
    turns = (
        f"1 đầu việc của Phòng Báo chí chưa thực hiện, có hạn sau ngày {today:%d/%m/%Y}: "
        "hãy giao đơn vị khác làm thay trên trang kế hoạch."
    )
    address = reverse("agencies:unit-end", args=[unit.pk])
    page = at.get(address)
    assert page.context["remarks"] == [people, turns]
    assert people in page.content.decode()
    answer = at.post(address, {"until": f"{today:%d/%m/%Y}"})
    assert answer.status_code == 302
    assert said(answer) == ["Đã ghi Phòng Báo chí kết thúc.", people, turns]
    unit.refresh_from_db()
    assert unit.until == today
    assert AuditEntry.objects.get().verb == "unit.end"
    again = at.post(address, {"until": f"{today:%d/%m/%Y}"})
    assert again.status_code == 403
    assert "muốn đổi ngày hoặc mở lại thì sửa đơn vị" in again.content.decode()
    # Opened again by correcting it.
    assert post(at, "unit-edit", unit.pk, name=unit.name).status_code == 302
    unit.refresh_from_db()
    assert unit.until is None


def test_a_unit_does_not_end_before_it_began(at: Client, agency: Agency) -> None:
    unit = make_unit(agency, "Phòng Báo chí", since=date(2024, 3, 1))
    address = reverse("agencies:unit-end", args=[unit.pk])
    assert form_says(at.post(address, {"until": "29/02/2024"})) == [
        "Phòng Báo chí hoạt động từ ngày 01/03/2024; ngày kết thúc không được trước ngày đó."
    ]
    assert form_says(at.post(address, {"until": ""})) == ["Hãy ghi ngày."]


def test_only_a_unit_that_nothing_points_to_goes_away(at: Client, agency: Agency) -> None:
    wrong, used = make_unit(agency, "Ghi nhầm"), make_unit(agency, "Có người")
    make_user(Role.OFFICER, agency, used)
    answer = at.post(reverse("agencies:unit-remove", args=[used.pk]))
    assert said(answer) == [
        "Có người đã có người, công việc hoặc tin, bài nên không xóa được; "
        "nếu không còn hoạt động thì ghi ngày kết thúc."
    ]
    assert at.post(reverse("agencies:unit-remove", args=[wrong.pk])).headers["Location"] == LIST
    assert list(agency.units.all()) == [used]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_id) == ("unit.remove", str(wrong.pk))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENCY_OFFICE])
def test_nobody_but_the_office_keeps_the_units(client: Client, agency: Agency, role: Role) -> None:
    unit = make_unit(agency, "Văn phòng")
    user = make_user(role, agency, unit)
    at = entered(client, user)
    refused = f"Chỉ Văn phòng của {agency.name} được ghi đơn vị của cơ quan này."
    with pytest.raises(Refused, match=refused):
        units.add(agency=agency, terms=UnitTerms("Tổ mới"), by=user)
    for act in (
        lambda: units.correct(unit=unit, terms=UnitTerms("Tổ mới"), by=user),
        lambda: units.end(unit=unit, until=date(2024, 1, 1), by=user),
        lambda: units.remove(unit=unit, by=user),
    ):
        with pytest.raises(Refused, match=refused):
            act()
    assert at.get(LIST).status_code == 403
    for name in ("unit-edit", "unit-end", "unit-remove"):
        assert post(at, name, unit.pk, until="01/01/2024").status_code == 403
    assert list(agency.units.values_list("name", "until")) == [("Văn phòng", None)]


def test_another_offices_units_are_not_ours(at: Client, agency: Agency) -> None:
    beside, far = make_unit(make_agency(agency.province)), make_unit(make_agency())
    for name in ("unit-edit", "unit-end", "unit-remove"):
        assert post(at, name, beside.pk, until="01/01/2024").status_code == 403
        assert post(at, name, far.pk, until="01/01/2024").status_code == 404
    assert list(at.get(LIST).context["units"]) == []


def test_an_office_of_two_agencies_says_which(at: Client, agency: Agency, clerk: User) -> None:
    second = make_agency(agency.province, order=0)
    make_membership(clerk, Role.AGENCY_OFFICE, second)
    assert form_says(post(at, "unit-add")) == ["Hãy chọn cơ quan."]
    assert post(at, "unit-add", agency=str(make_agency(agency.province).pk)).status_code == 200
    assert post(at, "unit-add", agency=str(second.pk)).status_code == 302
    assert second.units.get().name == TYPED["name"]
    make_unit(agency, "Văn phòng")
    page = at.get(LIST).content.decode()
    assert page.index(f"<h2>{second.name}</h2>") < page.index(f"<h2>{agency.name}</h2>")


def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    at: Client, agency: Agency
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert at.get(LIST).status_code == 200
        return len(asked)

    make_user(Role.OFFICER, agency, make_unit(agency))
    once = queries()
    for _ in range(2):
        make_user(Role.OFFICER, agency, make_unit(agency))
    assert queries() == once


def test_the_office_finds_its_units_in_the_navigation(at: Client, client: Client) -> None:
    groups = at.get(LIST).context["nav"]
    labels = [item.label for group in groups for item in group.items if item.active]
    assert labels == ["Đơn vị"]
