"""A plan copied into a new year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from plans.actions.next_year import copy_to_year
from plans.models import ContentItem, Plan
from plans.next_year import year_copy
from tests.factories import (
    make_agency,
    make_channel,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_turn,
    make_unit,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

S001 = "st-stttt-tuyen-truyen-2024"


@pytest.fixture
def copy(real: dict[str, Plan], office: Callable[[Agency], User]) -> Plan:
    """Plan 001 of 2024 as it would begin in 2025."""
    return copy_to_year(plan=real[S001], year=2025, by=office(real[S001].agency))


def test_the_header_moves_with_the_year(real: dict[str, Plan], copy: Plan) -> None:
    assert (copy.copied_from, copy.state, copy.parent) == (real[S001], "draft", None)
    assert (copy.starts_on, copy.ends_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (copy.number, copy.signed_on, copy.symbol) == ("", None, "KH-STTTT")
    assert copy.title == (
        "Tuyên truyền cải cách hành chính năm 2025 tại Sở Thông tin và Truyền thông tỉnh Sóc Trăng"
    )
    assert "NĂM 2025 TẠI SỞ" in copy.annex_title
    assert copy.signer_name == "Nguyễn Minh Chiến"


def test_texts_move_but_not_what_they_cite(copy: Plan) -> None:
    found = [row.title for row in copy.content_items.order_by("order")]
    assert found[1].endswith(
        "Chương trình tổng thể 2021 - 2030; Nghị quyết của Tỉnh ủy; Kế hoạch CCHC tỉnh năm 2025"
    )
    assert found[2].startswith("Chỉ số CCHC năm 2023")
    assert copy.bases.order_by("order").values_list("reference", "dated_on").first() == (
        "30/KH-UBND",
        date(2024, 2, 21),
    )
    texts = " ".join(copy.clauses.values_list("text", flat=True))
    assert "nhiệm vụ CCHC năm 2025" in texts


def test_times_due_days_and_turns_move(copy: Plan) -> None:
    times = dict(copy.tasks.values_list("code", "timing_text"))
    assert times["1"] == "Năm 2025"
    assert times["4.1.a"] == "Chậm nhất 20/3/2025"
    assert times["4.2"] == "Chậm nhất Ngày 25 hàng tháng"
    quarterly = copy.tasks.get(code="4.1").quotas.order_by("order").first()
    assert quarterly is not None
    assert quarterly.due_dates == {
        "2025-Q1": "2025-03-20",
        "2025-Q2": "2025-06-20",
        "2025-Q3": "2025-09-20",
        "2025-Q4": "2025-12-20",
    }
    turns = {turn.period: turn.unit.code for turn in quarterly.turns.select_related("unit")}
    assert turns == {"2025-Q1": "VP", "2025-Q2": "TTBCXB", "2025-Q3": "CDS", "2025-Q4": "TTRA"}
    monthly = copy.tasks.get(code="4.2").quotas.get()
    assert monthly.turns.filter(unit__code="VP").count() == 3
    assert copy.tasks.get(code="4.2").assignees.filter(duty="lead").count() == 4


def test_it_says_what_moved_and_what_to_look_at(real: dict[str, Plan]) -> None:
    found = year_copy(real[S001], 2025)
    places = [shift.place for shift in found.shifts]
    assert places[:5] == ["Trích yếu", "Tên phụ lục", "Đoạn mở đầu", "Từ ngày", "Đến ngày"]
    assert found.shifts[3].difference == (("removed", "01/01/2024"), ("added", "01/01/2025"))
    assert (
        "Chưa có kế hoạch cấp trên của năm 2025; hãy chọn khi kế hoạch đó ban hành." in found.notes
    )
    assert any("30/KH-UBND là văn bản của năm 2024" in note for note in found.notes)
    assert any("Chỉ số CCHC năm 2023" in note for note in found.notes)
    assert found.turns[0] == (
        "4.1 Chuyên trang CCHC – Quý I/2025: Văn phòng; Quý II/2025: Phòng Thông tin – Báo chí – "
        "Xuất bản; Quý III/2025: Phòng Chuyển đổi số; Quý IV/2025: Thanh tra"
    )
    assert "Tháng 1/2025 – Tháng 3/2025: Văn phòng; " in found.turns[2]


def test_a_copy_is_made_once_for_a_year(
    real: dict[str, Plan], copy: Plan, office: Callable[[Agency], User]
) -> None:
    by = office(copy.agency)
    with pytest.raises(Refused, match="đã được sao sang năm 2025"):
        copy_to_year(plan=real[S001], year=2025, by=by)
    with pytest.raises(Refused, match="phải sau năm 2024"):
        copy_to_year(plan=real[S001], year=2024, by=by)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        copy_to_year(plan=real[S001], year=2026, by=make_user(Role.OFFICER, copy.agency))
    assert AuditEntry.objects.get(verb="plan.copy_to_year").after == {"from": S001, "year": 2025}


def test_units_that_are_gone_are_left_out_with_a_note() -> None:
    agency = make_agency(make_province())
    stays = make_unit(agency, "Văn phòng")
    goes = make_unit(agency, "Thanh tra", until=date(2024, 6, 30))
    plan = make_plan(agency)
    task = make_task(plan, order=1)
    task.assignees.create(order=1, duty="lead", unit=stays)
    task.assignees.create(order=2, duty="lead", unit=goes, qualifier="Quý II")
    quota = make_quota(task, make_channel(agency.province), default_unit=goes)
    make_turn(quota, "2024-Q1", stays)
    make_turn(quota, "2024-Q2", goes)
    found = year_copy(plan, 2025)
    assert found.notes == [
        "Thanh tra không còn hoạt động từ năm 2025: đã bỏ khỏi phân công và lượt luân phiên."
    ]
    made = copy_to_year(plan=plan, year=2025, by=make_user(Role.AGENCY_OFFICE, agency))
    assert [str(one) for one in made.tasks.get().assignees.all()] == ["Văn phòng"]
    copied = made.tasks.get().quotas.get()
    assert copied.default_unit is None
    assert {turn.period: turn.unit for turn in copied.turns.select_related("unit")} == {
        f"2025-Q{quarter}": stays for quarter in range(1, 5)
    }


def test_the_parents_successor_is_followed() -> None:
    province = make_province()
    ubnd = make_agency(province, kind="province")
    agency = make_agency(province)
    old, new = (
        make_plan(ubnd, number=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
        for year in (2024, 2025)
    )
    items = [
        ContentItem.objects.create(plan=plan, order=1, title=f"Kết quả CCHC năm {plan.year}")
        for plan in (old, new)
    ]
    plan = make_plan(agency, parent=old)
    ContentItem.objects.create(plan=plan, order=1, title="Kết quả tại Sở", source=items[0])
    plan.bases.create(
        order=1, role="implements", document_type="Kế hoạch", reference="2024/KH-TN", document=old
    )
    made = copy_to_year(plan=plan, year=2025, by=make_user(Role.AGENCY_OFFICE, agency))
    assert made.parent == new
    assert made.content_items.get().source == items[1]
    assert made.bases.get().document == new
    assert made.bases.get().reference == "2025/KH-TN"


def test_the_page_shows_everything_before_it_is_done(
    client: Client, real: dict[str, Plan], office: Callable[[Agency], User]
) -> None:
    plan = real[S001]
    client.force_login(office(plan.agency))
    address = reverse("plans:copy-year", args=[plan.pk])
    text = client.get(address).content.decode()
    assert "Sao kế hoạch sang năm 2025" in text
    assert "Cần xem lại sau khi sao" in text
    assert "Sao kế hoạch sang năm 2026" in client.get(address, {"nam": "2026"}).content.decode()
    wrong = client.get(address, {"nam": "2023"}).content.decode()
    assert "Năm mới phải sau năm 2024" in wrong
    made = client.post(address, {"nam": "2025"})
    copy = Plan.objects.get(copied_from=plan)
    assert made.headers["Location"] == reverse("plans:plan-detail", args=[copy.pk])
    assert "đã được sao sang năm 2025" in client.get(address).content.decode()
    client.force_login(make_user(Role.OFFICER, plan.agency))
    assert client.get(address).status_code == 403
