"""The desks of those who decide, as people use them: one click, many at once, nothing lost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from outreach.actions import placements
from outreach.models import CountDecision, Placement
from outreach.moves import Dispatch
from outreach.workflow import State
from tests import factories as make
from tests.outreach.conftest import MARCH, URL, House, counted, published
from tests.outreach.test_pages import as_, page, send

SENT_ON = date(2024, 3, 5)
REASON = "Thiếu ảnh."


@pytest.fixture
def head(house: House) -> User:
    Agency.objects.filter(pk=house.agency.pk).update(clears_internally=True)
    house.agency.refresh_from_db()
    return make.make_user(Role.UNIT_HEAD, house.agency, house.unit, full_name="Anh Trưởng phòng")


def states(*rows: Placement) -> list[str]:
    found = dict(Placement.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def queries(client: Client, name: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page(client, name)
    return len(captured)


# Clearance


def test_one_click_clears_and_sends(house: House, head: User) -> None:
    [placement] = house.sent()
    text = page(as_(head), "clearance-queue")
    for words in ("Chờ duyệt nội bộ (1)", "Cắt giảm thủ tục", "Chị Cán bộ", "trình 05/03/2024"):
        assert words in text
    text = send(as_(head), "placement-clear", placement.pk)
    assert "Đã duyệt nội bộ, gửi đến Chuyên trang CCHC: “Cắt giảm thủ tục”." in text
    assert states(placement) == [State.SENT]
    assert "Không có tin, bài nào chờ anh/chị duyệt nội bộ." in page(as_(head), "clearance-queue")


def test_the_form_of_sending_says_that_it_is_a_submission(house: House, head: User) -> None:
    activity = house.enter()
    text = page(as_(house.officer), "activity-detail", activity.pk)
    assert "Ngày trình" in text
    assert "Lời nhắn cho người duyệt nội bộ" in text
    text = send(
        as_(house.officer),
        "placement-send",
        activity.pk,
        channels=[house.page.pk],
        on="05/03/2024",
        comment="Anh xem giúp.",
    )
    assert "Đã trình duyệt nội bộ: Chuyên trang CCHC." in text
    assert "“Anh xem giúp.”" in page(as_(head), "clearance-queue")
    text = page(as_(head), "activity-detail", activity.pk)
    assert "Ngày gửi" in text  # the head's own sending clears at once


def test_many_are_cleared_at_once_and_own_work_says_why_not(house: House, head: User) -> None:
    make.make_user(Role.AGENCY_OFFICE, house.agency)
    rows = [house.sent(title=f"Bài {n}")[0] for n in range(3)]
    Placement.objects.filter(pk=rows[1].pk).update(submitted_by=head)
    text = page(as_(head), "clearance-queue")
    assert text.count("Của anh/chị") == 1
    sentence = "Tin, bài do chính anh/chị nhập hoặc trình phải do trưởng đơn vị hoặc Văn phòng"
    assert f'disabled title="{sentence}' in text
    text = send(as_(head), "clearance-queue", do="accept", pk=[row.pk for row in rows])
    assert "Đã duyệt nội bộ 2/3 mục." in text
    assert re.search(rf"Bài 1</a> \([^)]*\): {sentence}", text)
    assert states(*rows) == [State.SENT, State.SUBMITTED, State.SENT]
    assert re.search(rf'value="{rows[1].pk}" form="bulk"[^>]* checked', text)  # still chosen


def test_many_are_handed_back_for_one_reason_never_for_none(house: House, head: User) -> None:
    rows = [house.sent(title=f"Bài {n}")[0] for n in range(2)]
    chosen = [row.pk for row in rows]
    text = send(as_(head), "clearance-queue", do="turn_down", pk=chosen, reason=" ")
    assert "Hãy ghi lý do trả lại" in text
    assert text.count(" checked>") == 2
    assert states(*rows) == [State.SUBMITTED] * 2
    text = send(as_(head), "clearance-queue", do="turn_down", pk=chosen, reason=REASON)
    assert "Đã trả lại để sửa 2/2 mục." in text
    assert states(*rows) == [State.RETURNED] * 2
    text = page(as_(house.officer), "activity-detail", rows[0].activity_id)
    assert f"<strong>Lý do trả lại (trong cơ quan):</strong> {REASON}" in text


def test_what_was_taken_back_meanwhile_is_told(house: House, head: User) -> None:
    [placement] = house.sent()
    placements.recall(by=house.officer, placement=placement)
    text = send(as_(head), "clearance-queue", do="accept", pk=[placement.pk, 999_999])
    assert "Đã duyệt nội bộ 0/2 mục." in text
    assert "đang ở trạng thái “Nháp”" in text
    assert "1 mục không còn ở đây" in text


def test_a_hand_back_has_its_page_and_a_recall_its_button(house: House, head: User) -> None:
    [placement] = house.sent()
    assert "Biên tập viên kênh" in page(as_(head), "placement-hand-back", placement.pk).replace(
        "biên tập viên kênh", "Biên tập viên kênh"
    )
    send(as_(head), "placement-hand-back", placement.pk)
    assert states(placement) == [State.SUBMITTED]  # not without a reason
    text = send(as_(house.officer), "placement-recall", placement.pk)
    assert "Đã rút “Cắt giảm thủ tục” về nháp." in text
    page(as_(house.officer), "placement-clear", placement.pk, status=403)
    page(as_(house.editor), "placement-clear", placement.pk, status=404)


# The editors' desk


def test_the_approver_sees_what_it_counts_for_and_whose_turn_it_is(house: House) -> None:
    other = make.make_unit(house.agency, "Phòng Chuyển đổi số")
    q1 = house.obligations["Q1"]
    q1.unit, q1.window_end, q1.due_on = other, date(2999, 12, 31), date(2999, 12, 31)
    q1.save()
    [placement] = house.sent()
    text = page(as_(house.editor), "review-queue")
    assert (
        "Tính cho nhiệm vụ 4.1, Quý I/2024 (0/1, hạn 31/12/2999) · lượt của Phòng Chuyển đổi số"
        in text
    )
    text = page(as_(house.editor), "placement-approve", placement.pk)
    assert "<strong>lượt của Phòng Chuyển đổi số</strong>, vẫn tính cho cơ quan" in text
    assert "đã có 0/1" in text
    placement.activity.joint_units.add(other)
    assert "<strong>lượt của" not in page(as_(house.editor), "placement-approve", placement.pk)


def test_an_untick_needs_its_reason_and_keeps_it(house: House) -> None:
    q1 = house.obligations["Q1"]
    q1.window_end = q1.due_on = date(2999, 12, 31)
    q1.save()
    [placement] = house.sent()
    form = {"on": "08/03/2024", "shown": q1.pk, "comment": ""}
    text = send(as_(house.editor), "placement-approve", placement.pk, **form)
    assert "Hãy ghi lý do không tính cho đầu việc “4.1 · Chuyên trang CCHC · Quý I/2024”" in text
    assert states(placement) == [State.SENT]
    form |= {f"reason-{q1.pk}": "Trùng nội dung."}
    send(as_(house.editor), "placement-approve", placement.pk, **form)
    assert states(placement) == [State.APPROVED]
    assert CountDecision.objects.get().reason == "Trùng nội dung."
    text = page(as_(house.editor), "placement-publish", placement.pk)
    assert "<strong>Không tính:</strong> Trùng nội dung." in text
    text = send(as_(house.editor), "placement-publish", placement.pk, on="18/03/2024", url=URL)
    assert "Chưa tính cho đầu việc nào" in text
    assert "Tính lại…" in text
    assert "Tính lại…" not in page(as_(house.officer), "activity-detail", placement.activity_id)
    text = send(
        as_(house.editor), "fulfilment-count-again", placement.pk, q1.pk, reason="Không trùng."
    )
    assert "Kết quả lại được tính cho đầu việc này." in text
    assert counted(placement) == [(q1.pk, MARCH)]


def test_what_it_counts_for_follows_the_day_that_is_typed(house: House) -> None:
    """An approval of last quarter, noted today: its own quarter may be unticked all the same."""
    q1 = house.obligations["Q1"]
    [placement] = house.sent()
    editor = as_(house.editor)
    assert "Không tính cho đầu việc nào" in page(editor, "placement-approve", placement.pk)
    text = page(editor, "placement-approve", placement.pk, on="08/03/2024")
    assert "(nếu đăng ngày 08/03/2024)" in text
    assert f'name="counts-{q1.pk}" checked' in text
    for typed in ("31/02/2024", "08/03/2999", ""):
        text = page(editor, "placement-approve", placement.pk, on=typed)
        assert "Không tính cho đầu việc nào" in text
    form = {"on": "08/03/2024", "shown_for": "08/03/2024", "shown": q1.pk, "comment": ""}
    text = send(editor, "placement-approve", placement.pk, **form)
    assert "Hãy ghi lý do không tính cho đầu việc" in text
    send(editor, "placement-approve", placement.pk, **form | {f"reason-{q1.pk}": "Trùng nội dung."})
    assert CountDecision.objects.get().obligation == q1


def test_publishing_shows_what_counts_for_the_days_that_are_typed(house: House) -> None:
    [placement] = house.sent()
    placements.approve(by=house.editor, placement=placement)
    editor = as_(house.editor)
    days = {"decided_on": "08/03/2024", "on": "18/03/2024"}
    assert "Không tính cho đầu việc nào" in page(editor, "placement-publish", placement.pk)
    text = page(editor, "placement-publish", placement.pk, **days)
    assert "(nếu đăng ngày 18/03/2024)" in text
    assert "Quý I/2024 (01/01/2024 – 31/03/2024)" in text
    text = send(editor, "placement-publish", placement.pk, **days, url="")
    assert "Quý I/2024 (01/01/2024 – 31/03/2024)" in text


def test_what_was_taken_out_before_a_return_stays_out_and_says_so(house: House) -> None:
    q1 = house.obligations["Q1"]
    q1.window_end = q1.due_on = date(2999, 12, 31)
    q1.save()
    [placement] = house.sent()
    placements.approve(
        by=house.editor, placement=placement, on=SENT_ON, not_counting={q1: "Trùng nội dung."}
    )
    placements.return_(by=house.editor, placement=placement, reason="Sai ảnh.")
    to = Dispatch([house.page], SENT_ON)
    placements.send(by=house.officer, activity=placement.activity, to=to)
    text = page(as_(house.editor), "placement-approve", placement.pk)
    assert "<strong>Không tính:</strong> Trùng nội dung." in text
    assert f"counts-{q1.pk}" not in text
    send(as_(house.editor), "placement-approve", placement.pk, on="08/03/2024")
    send(as_(house.editor), "fulfilment-count-again", placement.pk, q1.pk, reason="Đã viết lại.")
    send(as_(house.editor), "placement-publish", placement.pk, on="18/03/2024", url=URL)
    assert counted(placement) == [(q1.pk, MARCH)]


def test_a_quick_approval_takes_nothing_out(house: House) -> None:
    [placement] = house.sent()
    send(as_(house.editor), "placement-approve", placement.pk)
    assert states(placement) == [State.APPROVED]
    assert not CountDecision.objects.exists()


def test_the_approver_reads_why_it_counts_for_nothing(house: House) -> None:
    [placement] = house.sent()  # today lies years after the windows of 2024
    text = page(as_(house.editor), "placement-approve", placement.pk)
    assert "muộn hơn kỳ gần nhất là Quý II/2024 (01/04/2024 – 30/06/2024)." in text


def test_many_are_approved_or_returned_at_once(house: House) -> None:
    rows = [house.sent(title=f"Bài {n}")[0] for n in range(3)]
    placements.return_(by=house.editor, placement=rows[2], reason="Trước đó.")
    chosen = [row.pk for row in rows]
    text = send(as_(house.editor), "review-queue", do="accept", pk=chosen)
    assert "Đã duyệt 2/3 mục." in text
    assert "đang ở trạng thái “Bị trả lại”" in text
    text = send(as_(house.editor), "review-queue", do="turn_down", pk=chosen[:2], reason=REASON)
    assert "Đã trả lại 2/2 mục." in text
    assert states(*rows) == [State.RETURNED] * 3
    assert AuditEntry.objects.filter(verb="placement.return", reason=REASON).count() == 2


def test_what_was_taken_back_and_sent_again_is_not_decided_on_unseen(house: House) -> None:
    """By one click and among many; what a colleague decided is told as ever."""
    [placement] = house.sent()
    seen = placement.last_word
    placements.recall(by=house.officer, placement=placement)
    to = Dispatch([house.page], SENT_ON)
    placements.send(by=house.officer, activity=placement.activity, to=to)
    sentence = "đã được gửi lại sau khi anh/chị mở trang; hãy xem lại rồi quyết định."
    assert sentence in send(as_(house.editor), "placement-approve", placement.pk, seen=seen)
    many = {"pk": placement.pk, f"seen-{placement.pk}": seen}
    text = send(as_(house.editor), "review-queue", do="accept", **many)
    assert "Đã duyệt 0/1 mục." in text
    assert sentence in text
    assert states(placement) == [State.SENT]
    now = Placement.objects.get(pk=placement.pk).last_word
    assert f'name="seen" value="{now}"' in text
    send(as_(house.editor), "placement-approve", placement.pk, seen=now)
    assert states(placement) == [State.APPROVED]
    text = send(as_(house.editor), "placement-approve", placement.pk, seen=now)
    assert "đang ở trạng thái “Đã duyệt, chờ đăng”" in text


def test_nothing_chosen_is_said(house: House) -> None:
    assert "Hãy chọn ít nhất một mục." in send(as_(house.editor), "review-queue", do="accept")


def test_a_refusal_and_a_withdrawal_have_their_pages(house: House) -> None:
    [placement] = house.sent()
    assert "Từ chối tin, bài" in page(as_(house.editor), "placement-refuse", placement.pk)
    page(as_(house.officer), "placement-refuse", placement.pk, status=403)
    send(as_(house.editor), "placement-refuse", placement.pk, reason="Không phù hợp.")
    text = page(as_(house.officer), "activity-detail", placement.activity_id)
    assert "<strong>Lý do từ chối:</strong> Không phù hợp." in text
    shown = published(house, title="Đã đăng")
    data = {"reason": "Sai số liệu.", "on": "01/04/2024"}
    text = send(as_(house.editor), "placement-withdraw", shown.pk, **data)
    assert "Đã ghi nhận gỡ “Đã đăng” khỏi Chuyên trang CCHC." in text
    assert "<strong>Lý do gỡ:</strong> Sai số liệu." in text
    assert "Không còn được tính cho đầu việc nào: đã gỡ khỏi kênh." in text


# The page of an activity


def test_six_days_stand_apart_and_the_inside_is_for_the_agency(house: House, head: User) -> None:
    [placement] = house.sent()
    placements.hand_back(by=head, placement=placement, reason="Chuyện trong nhà.")
    send(
        as_(house.officer),
        "placement-send",
        placement.activity_id,
        channels=[house.page.pk],
        on="06/03/2024",
    )
    data = {"on": "07/03/2024", "comment": "Gửi ban biên tập."}
    send(as_(head), "placement-clear", placement.pk, **data)
    for shown, hidden in (
        (page(as_(house.officer), "activity-detail", placement.activity_id), False),
        (page(as_(house.editor), "activity-detail", placement.activity_id), True),
    ):
        assert "<dt>Gửi</dt><dd>07/03/2024" in shown
        assert "Gửi ban biên tập." in shown
        assert ("<dt>Trình</dt><dd>05/03/2024" not in shown) == hidden
        assert ("<dt>Duyệt nội bộ</dt><dd>07/03/2024" not in shown) == hidden
        assert ("Chuyện trong nhà." not in shown) == hidden


def test_handed_back_after_a_return_the_channel_still_sees_its_own_return_only(
    house: House, head: User
) -> None:
    [placement] = house.sent()
    placements.clear(by=head, placement=placement, on=SENT_ON)
    placements.return_(by=house.editor, placement=placement, reason="Sai ảnh.")
    send(
        as_(house.officer),
        "placement-send",
        placement.activity_id,
        channels=[house.page.pk],
        on="06/03/2024",
    )
    page(as_(house.editor), "activity-detail", placement.activity_id, status=404)
    send(as_(head), "placement-hand-back", placement.pk, reason="Chuyện trong nhà.")
    text = page(as_(house.editor), "activity-detail", placement.activity_id)
    assert "<strong>Lý do trả lại:</strong> Sai ảnh." in text
    assert "Chuyện trong nhà." not in text
    assert "Anh Trưởng phòng</span></dd></div><div><dt>Trả lại" not in text


# The switch


def test_the_office_switches_the_clearance_and_it_is_recorded(house: House, head: User) -> None:
    office = as_(make.make_user(Role.AGENCY_OFFICE, house.agency))
    units = reverse("agencies:unit-list")
    switch = reverse("agencies:clearance-switch", args=[house.agency.pk])
    assert "Tắt duyệt nội bộ" in office.get(units).content.decode()
    for on, verb in (("0", "agency.send_at_once"), ("1", "agency.clear_internally")):
        assert office.post(switch, {"on": on}).status_code == 302
        assert Agency.objects.get(pk=house.agency.pk).clears_internally == (on == "1")
        assert AuditEntry.objects.latest("pk").verb == verb
    text = office.post(switch, {"on": "1"}, follow=True).content.decode()
    assert "đã bật duyệt nội bộ trước đó" in text
    assert as_(head).post(switch, {"on": "0"}).status_code == 403
    elsewhere = make.make_user(Role.AGENCY_OFFICE, make.make_agency(house.province))
    assert as_(elsewhere).post(switch, {"on": "0"}).status_code == 403


# Queries


def test_the_desks_ask_the_same_at_one_row_and_at_three(house: House, head: User) -> None:
    clients = {"clearance-queue": as_(head), "review-queue": as_(house.editor)}
    [first] = house.sent(title="Một")
    one = {"clearance-queue": queries(clients["clearance-queue"], "clearance-queue")}
    placements.clear(by=head, placement=first)
    one["review-queue"] = queries(clients["review-queue"], "review-queue")
    for title in ("Hai", "Ba"):
        [row] = house.sent(title=title)
        placements.clear(by=head, placement=row)
    for title in ("Bốn", "Năm", "Sáu"):
        [row] = house.sent(title=title)
        Placement.objects.filter(pk=row.pk).update(submitted_by=head)  # own work too
    assert {name: queries(client, name) for name, client in clients.items()} == one
