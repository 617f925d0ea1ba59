"""The pages as people use them: enter, send, approve, return, publish, and see what counts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from cchc.lib import clock
from outreach.actions import placements
from outreach.models import Activity, Fulfilment, Placement
from outreach.workflow import State
from tests import factories as make
from tests.outreach.conftest import MARCH, URL, House

pytestmark = pytest.mark.core


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    response = client.get(reverse(f"outreach:{name}", args=args), query)
    assert response.status_code == status
    return response.content.decode()


def send(
    client: Client, name: str, *args: object, status: int = 200, query: str = "", **data: Any
) -> str:
    response = client.post(reverse(f"outreach:{name}", args=args) + query, data, follow=True)
    assert response.status_code == status
    return response.content.decode()


def entry(house: House, **data: Any) -> dict[str, Any]:
    return {
        "kind": "news",
        "title": "Cắt giảm thủ tục",
        "channels": [house.page.pk, house.portal.pk],
        "sent_on": "05/03/2024",
        "then": "send",
        **data,
    }


def test_an_article_from_entry_to_its_obligation(house: House) -> None:
    officer, editor, board = as_(house.officer), as_(house.editor), as_(house.portal_editor)
    text = send(officer, "activity-add", **entry(house))
    assert "Đã lưu và gửi." in text
    activity = Activity.objects.get()
    on_page = activity.placements.get(channel=house.page)
    on_portal = activity.placements.get(channel=house.portal)

    assert "Cắt giảm thủ tục" in page(editor, "review-queue")
    text = send(editor, "placement-approve", on_page.pk, on="08/03/2024")
    assert "Đã duyệt “Cắt giảm thủ tục” trên Chuyên trang CCHC." in text
    text = send(board, "placement-return", on_portal.pk, reason="Thiếu ảnh minh họa.")
    assert "Thiếu ảnh minh họa." in text
    text = send(editor, "placement-publish", on_page.pk, on="18/03/2024", url=URL)
    assert "Tính cho 1 đầu việc." in text

    text = page(officer, "activity-detail", activity.pk)
    for sentence in (
        "Đăng ngày 18/03/2024 trên Chuyên trang CCHC, trong kỳ Quý I/2024, trước hạn 20/03/2024.",
        "Thiếu ảnh minh họa.",
        "Bị trả lại",
        URL,
    ):
        assert sentence in text
    text = page(officer, "obligation-detail", house.obligations["Q1"].pk)
    for sentence in (
        "1/1",
        "Đúng hạn (1)",
        "Cắt giảm thủ tục",
        "theo lịch (01/01/2024 – 31/03/2024)",
    ):
        assert sentence in text


def test_a_draft_keeps_its_channels_and_is_sent_from_its_page(house: House) -> None:
    officer = as_(house.officer)
    send(officer, "activity-add", **entry(house, then="draft", channels=[house.page.pk]))
    activity = Activity.objects.get()
    assert activity.placements.get().state == State.DRAFT
    text = page(officer, "activity-detail", activity.pk)
    ticked = re.findall(r'<input[^>]*name="channels"[^>]*value="(\d+)"[^>]*checked', text)
    assert ticked == [str(house.page.pk)]
    text = send(
        officer,
        "placement-send",
        activity.pk,
        channels=[house.page.pk],
        on="6/3/2024",
        comment="Gấp",
    )
    assert "Đã gửi: Chuyên trang CCHC." in text
    assert activity.placements.get().sent_on == date(2024, 3, 6)
    assert activity.placements.get().reviews.get().comment == "Gấp"


def test_the_entry_page_asks_for_no_more_than_it_needs(house: House) -> None:
    make.make_agency(house.province)
    text = page(as_(house.officer), "activity-add")
    assert "Văn phòng – " in text  # the unit is known
    assert 'name="place"' not in text
    assert clock.today().strftime("%d/%m/%Y") in text
    office = make.make_user(Role.AGENCY_OFFICE, house.agency)
    assert 'name="place"' in page(as_(office), "activity-add")


def test_an_officer_of_a_unit_that_has_ended_is_told_so(house: House) -> None:
    ended = make.make_unit(house.agency, until=date(2024, 1, 1))
    officer = as_(make.make_user(Role.OFFICER, house.agency, ended))
    text = send(officer, "activity-add", **entry(house))
    assert "không gắn với đơn vị nào đang hoạt động" in text
    assert not Activity.objects.exists()


def test_the_office_enters_for_a_unit(house: House) -> None:
    office = as_(make.make_user(Role.AGENCY_OFFICE, house.agency))
    place = f"{house.agency.pk}:{house.unit.pk}"
    send(office, "activity-add", **entry(house, place=place))
    assert Activity.objects.get().unit == house.unit
    text = send(office, "activity-add", **entry(house, place="999:999"))
    assert Activity.objects.count() == 1
    assert "999:999" in text


def test_content_items_of_the_plan_are_offered_and_kept(house: House) -> None:
    plan = house.obligations["Q1"].plan
    item = plan.content_items.create(order=1, title="Dịch vụ công trực tuyến")
    officer = as_(house.officer)
    assert "Dịch vụ công trực tuyến" in page(officer, "activity-add")
    send(officer, "activity-add", **entry(house, content_items=[item.pk]))
    activity = Activity.objects.get()
    assert list(activity.content_items.all()) == [item]
    assert "Dịch vụ công trực tuyến" in page(officer, "activity-detail", activity.pk)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"title": "  "}, "Hãy ghi tiêu đề."),
        ({"channels": []}, "Hãy chọn ít nhất một kênh, hoặc bấm “Lưu nháp”."),
        ({"sent_on": "31/02/2024"}, "hãy ghi dạng dd/mm/yyyy, ví dụ 18/03/2024."),
        ({"sent_on": "01/01/2999"}, "Ngày gửi 01/01/2999 chưa tới"),
        ({"kind": "meeting"}, "Hãy ghi ngày tổ chức: loại này được tính theo ngày đó."),
        ({"url": "javascript:alert(1)"}, "Đường dẫn phải bắt đầu bằng http:// hoặc https://"),
        ({"url": URL}, "Đường dẫn chỉ thuộc một kênh"),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_nothing_is_kept(
    house: House, data: dict[str, Any], sentence: str
) -> None:
    assert sentence in send(as_(house.officer), "activity-add", **entry(house, **data))
    assert not Activity.objects.exists()


def test_wrong_days_of_a_publication_are_said_on_its_page(house: House) -> None:
    [placement] = house.sent()
    editor = as_(house.editor)
    send(editor, "placement-approve", placement.pk, on="08/03/2024")
    text = send(editor, "placement-publish", placement.pk, on="07/03/2024", url=URL)
    assert "chỉ nhận ngày từ ngày duyệt 08/03/2024 trở đi." in text
    assert Placement.objects.get().state == State.APPROVED


def test_a_colleague_was_faster(house: House) -> None:
    [placement] = house.sent()
    placements.approve(by=house.editor, placement=placement)
    text = send(as_(house.editor), "placement-approve", placement.pk)
    assert "Lượt gửi đang ở trạng thái “Đã duyệt, chờ đăng”" in text
    text = send(as_(house.editor), "placement-approve", placement.pk, on="hôm qua")
    assert "hãy ghi dạng dd/mm/yyyy" in text


def test_from_the_queue_back_to_the_queue_but_never_elsewhere(house: House) -> None:
    [placement] = house.sent()
    queue = reverse("outreach:review-queue")
    client = as_(house.editor)
    address = reverse("outreach:placement-approve", args=[placement.pk])
    assert client.post(address, {"next": queue}).headers["Location"] == queue
    address = reverse("outreach:placement-return", args=[placement.pk])
    response = client.post(f"{address}?next=https://evil.vn/", {"reason": "Trùng."})
    assert response.headers["Location"] == reverse(
        "outreach:activity-detail", args=[placement.activity_id]
    )


def test_correcting_a_draft(house: House) -> None:
    activity = house.enter("Tieu de cu")
    officer = as_(house.officer)
    assert "Tieu de cu" in page(officer, "activity-edit", activity.pk)
    send(officer, "activity-edit", activity.pk, kind="article", title="Tiêu đề  mới")
    activity.refresh_from_db()
    assert (activity.kind, activity.title, activity.folded_title) == (
        "article",
        "Tiêu đề mới",
        " tieu de moi ",
    )


def test_taking_a_result_out(house: House) -> None:
    [placement] = house.sent()
    placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 8))
    placements.publish(by=house.editor, placement=placement, on=date(2024, 3, 18), url=URL)
    row = Fulfilment.objects.get()
    assert "trước hạn 20/03/2024" in page(as_(house.editor), "fulfilment-void", row.pk)
    text = send(as_(house.editor), "fulfilment-void", row.pk, reason="Không đúng chủ đề.")
    assert "không còn được tính" in text
    assert not Fulfilment.objects.standing().exists()


# Who sees what


def test_strangers_find_nothing(house: House) -> None:
    [placement] = house.sent()
    stranger_agency = make.make_agency(house.province)
    for role in (Role.OFFICER, Role.CHANNEL_EDITOR):
        unit = make.make_unit(stranger_agency) if role is Role.OFFICER else None
        client = as_(make.make_user(role, stranger_agency, unit))
        page(client, "activity-detail", placement.activity_id, status=404)
        page(client, "obligation-detail", house.obligations["Q1"].pk, status=404)
        page(client, "placement-publish", placement.pk, status=404)
        send(client, "placement-approve", placement.pk, status=404)
        send(client, "placement-send", placement.activity_id, status=404)
        assert "Cắt giảm thủ tục" not in page(client, "activity-list")


def test_a_draft_is_not_yet_the_channel_s_business(house: House) -> None:
    activity = house.enter()
    make.make_placement(activity, house.page)
    page(as_(house.editor), "activity-detail", activity.pk, status=404)


def test_an_editor_sees_what_was_sent_beside_a_draft_for_another_channel(house: House) -> None:
    [placement] = house.sent()
    make.make_placement(placement.activity, house.portal)
    text = page(as_(house.editor), "activity-detail", placement.activity_id)
    assert "Chuyên trang CCHC" in text
    assert "Cổng TTĐT của Sở" not in text


def test_the_wrong_role_is_refused_with_the_sentence(house: House) -> None:
    [placement] = house.sent()
    leader = as_(make.make_user(Role.LEADER, house.agency))
    sentence = "Chỉ biên tập viên của Chuyên trang CCHC (Văn phòng UBND tỉnh) mới được duyệt."
    assert sentence in send(leader, "placement-approve", placement.pk, status=403)
    assert "không có vai trò đó" in page(leader, "review-queue", status=403)
    assert "không có vai trò đó" in page(leader, "activity-add", status=403)
    assert "mới được nhập và gửi tin, bài" in page(
        leader, "activity-edit", placement.activity_id, status=403
    )
    assert "mới được nhập và gửi tin, bài" in send(
        leader, "placement-send", placement.activity_id, status=403
    )


def test_a_disabled_button_says_why(house: House) -> None:
    [placement] = house.sent()
    text = page(as_(house.officer), "activity-detail", placement.activity_id)
    sentence = "Chỉ biên tập viên của Chuyên trang CCHC (Văn phòng UBND tỉnh) mới được duyệt."
    assert f'disabled title="{sentence}"' in text
    assert f">{sentence}</p>" in text


def test_what_took_place_is_done_not_published(house: House) -> None:
    """Where nobody approves, all words of the page say so."""
    activity = house.enter(kind="meeting", held_on=MARCH)
    text = send(
        as_(house.officer),
        "placement-send",
        activity.pk,
        channels=[house.meetings.pk],
        on="18/03/2024",
    )
    assert "Đã ghi nhận: Hội nghị." in text
    assert "Nội dung này đã ở Hội nghị với trạng thái “Đã thực hiện”" in text
    assert "Đã đăng" not in text


def test_a_button_is_not_a_link(house: House) -> None:
    [placement] = house.sent()
    page(as_(house.officer), "placement-recall", placement.pk, status=405)
    page(as_(house.editor), "placement-approve", placement.pk)
    assert Placement.objects.get().state == State.SENT


# The list


def test_the_filters_of_the_list(house: House) -> None:
    house.sent(title="Đẩy mạnh dịch vụ công")
    house.enter("Bản nháp tháng Năm")
    officer = as_(house.officer)
    for query, shown, hidden in (
        ({"q": "day manh"}, "Đẩy mạnh", "Bản nháp"),
        ({"trang_thai": "sent"}, "Đẩy mạnh", "Bản nháp"),
        ({"trang_thai": "draft"}, "Bản nháp", "Đẩy mạnh"),
        ({"ky": "2024-Q1"}, "Đẩy mạnh", "Bản nháp"),
    ):
        text = page(officer, "activity-list", **query)
        assert shown in text
        assert hidden not in text
    assert "Không có tin, bài nào phù hợp" in page(officer, "activity-list", ky="2024-Q3")
    assert "Bản nháp" in page(officer, "activity-list", trang_thai="x", ky="x", page="x")


def queries(client: Client, name: str, *args: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page(client, name, *args)
    return len(seen)


@pytest.mark.parametrize("name", ["activity-list", "review-queue"])
def test_lists_ask_the_same_number_of_queries_at_one_row_and_at_three(
    house: House, name: str
) -> None:
    client = as_(house.officer if name == "activity-list" else house.editor)
    house.sent(house.page, house.portal)
    page(client, name)
    one = queries(client, name)
    for title in ("Hai", "Ba"):
        house.sent(house.page, house.portal, title=title)
    assert queries(client, name) == one


def test_the_page_of_an_activity_asks_the_same_at_one_placement_and_at_two(house: House) -> None:
    client = as_(house.officer)
    one = queries(client, "activity-detail", house.sent()[0].activity_id)
    both = house.sent(house.page, house.portal)
    assert queries(client, "activity-detail", both[0].activity_id) == one


def test_the_page_of_an_obligation_asks_the_same_at_one_result_and_at_three(house: House) -> None:
    client = as_(house.officer)
    seen = []
    for number in range(3):
        [placement] = house.sent(title=f"Tin {number}")
        placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 8))
        placements.publish(
            by=house.editor, placement=placement, on=date(2024, 3, 18), url=f"{URL}-{number}"
        )
        seen.append(queries(client, "obligation-detail", house.obligations["Q1"].pk))
    assert seen[0] == seen[2]


def test_an_obligation_tells_early_late_and_waiting_apart(house: House) -> None:
    today = clock.today()
    quota = house.obligations["Q1"].quota
    now = make.make_obligation(
        quota,
        str(today.year),
        window_start=date(today.year, 1, 1),
        window_end=date(today.year, 12, 31),
        due_on=date(today.year, 1, 1),
        required=3,
    )
    for title, day in (("Sớm", date(today.year, 1, 1)), ("Muộn", today)):
        [placement] = house.sent(on=date(today.year, 1, 1), title=title)
        placements.approve(by=house.editor, placement=placement, on=date(today.year, 1, 1))
        placements.publish(by=house.editor, placement=placement, on=day, url=f"{URL}-{title}")
    house.sent(on=today, title="Đang chờ")
    text = page(as_(house.officer), "obligation-detail", now.pk)
    late = 0 if today == date(today.year, 1, 1) else 1
    assert f"Đúng hạn ({2 - late})" in text
    assert (f"Sau hạn, trong kỳ ({late})" in text) is bool(late)
    assert "Đang thực hiện, chưa được tính (1)" in text
    assert "Chờ duyệt" in text
