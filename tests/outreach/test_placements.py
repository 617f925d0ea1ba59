"""A placement's way over a channel, what it counts for, and who may do what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agencies.models import AuditEntry, Membership, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach.actions import activities, fulfilment, placements
from outreach.actions.activities import Facts
from outreach.models import Fulfilment, Placement
from outreach.moves import Dispatch
from outreach.policies import co_edited, may_approve, may_enter
from outreach.workflow import State
from tests import factories as make
from tests.outreach.conftest import MARCH, URL, House, counted, published

pytestmark = pytest.mark.core

# The main road


def test_an_article_on_two_channels_counts_once_on_each(house: House) -> None:
    on_page, on_portal = house.sent(house.page, house.portal)
    for editor, placement, url in (
        (house.editor, on_page, URL),
        (house.portal_editor, on_portal, "https://stttt.soctrang.gov.vn/1"),
    ):
        placements.approve(by=editor, placement=placement, on=date(2024, 3, 8))
        placements.publish(by=editor, placement=placement, on=MARCH, url=url)
    assert counted(on_page) == [(house.obligations["Q1"].pk, MARCH)]
    assert counted(on_portal) == [(house.obligations["M03"].pk, MARCH)]
    row = Fulfilment.objects.get(placement=on_page)
    assert row.why == (
        "Đăng ngày 18/03/2024 trên Chuyên trang CCHC, trong kỳ Quý I/2024, trước hạn 20/03/2024"
    )
    assert row.by == house.editor


def test_nothing_counts_before_it_is_published(house: House) -> None:
    [placement] = house.sent()
    placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 8))
    assert counted(placement) == []


def test_every_move_keeps_its_words_and_one_audit_entry(house: House) -> None:
    placement = published(house)
    assert list(placement.reviews.order_by("id").values_list("move", "by")) == [
        ("send", house.officer.pk),
        ("approve", house.editor.pk),
        ("publish", house.editor.pk),
    ]
    assert list(AuditEntry.objects.order_by("id").values_list("verb", "agency")) == [
        ("activity.enter_and_send", house.agency.pk),
        ("placement.approve", house.agency.pk),
        ("placement.publish", house.agency.pk),
    ]
    assert AuditEntry.objects.latest("id").after == {
        "state": "published",
        "url": URL,
        "sent_on": "2024-03-05",
        "decided_on": "2024-03-08",
        "published_on": "2024-03-18",
        "counts_for": [house.obligations["Q1"].pk],
    }


def test_a_return_says_why_and_the_author_sends_again(house: House) -> None:
    [placement] = house.sent()
    placements.return_(by=house.editor, placement=placement, reason="Thiếu ảnh.")
    placement.refresh_from_db()
    assert placement.state == State.RETURNED
    activities.edit(by=house.officer, activity=placement.activity, facts=Facts("news", "Đã sửa"))
    to = Dispatch([house.page], date(2024, 4, 2), comment="Đã thêm ảnh.")
    placements.send(by=house.officer, activity=placement.activity, to=to)
    placement.refresh_from_db()
    assert (placement.state, placement.decided_on, placement.decided_by) == (
        State.SENT,
        None,
        None,
    )
    assert placement.sent_on == date(2024, 3, 5)  # the first sending
    assert list(placement.reviews.order_by("id").values_list("move", "comment")) == [
        ("send", ""),
        ("return", "Thiếu ảnh."),
        ("send", "Đã thêm ảnh."),
    ]


def test_what_was_approved_may_still_be_returned(house: House) -> None:
    [placement] = house.sent()
    placements.approve(by=house.editor, placement=placement)
    placements.return_(by=house.editor, placement=placement, reason="Trùng tin.")
    assert Placement.objects.get(pk=placement.pk).state == State.RETURNED


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_return_without_a_reason_is_refused(house: House, reason: str) -> None:
    [placement] = house.sent()
    with pytest.raises(Refused, match="Hãy ghi lý do trả lại"):
        placements.return_(by=house.editor, placement=placement, reason=reason)


def test_a_meeting_is_recorded_as_held_without_anybody_s_approval(house: House) -> None:
    held = date(2024, 2, 20)
    activity = house.enter("Hội nghị quý I", kind="meeting", held_on=held)
    to = Dispatch([house.meetings], date(2024, 2, 21))
    [placement] = placements.send(by=house.officer, activity=activity, to=to)
    assert placement.state == State.PUBLISHED
    assert counted(placement) == [(house.obligations["Y"].pk, held)]


def test_a_quota_of_what_was_sent_counts_at_sending_and_after_a_return(house: House) -> None:
    sent_quota = make.make_quota(
        house.obligations["Q1"].task, house.portal, counts_when="sent", per="quarter"
    )
    wanted = make.make_obligation(sent_quota, "2024-Q1")
    [placement] = house.sent(house.portal)
    assert counted(placement) == [(wanted.pk, date(2024, 3, 5))]
    placements.return_(by=house.portal_editor, placement=placement, reason="Sửa câu.")
    to = Dispatch([house.portal], date(2024, 4, 9))
    placements.send(by=house.officer, activity=placement.activity, to=to)
    assert counted(placement) == [(wanted.pk, date(2024, 3, 5))]


# Days and addresses


def test_days_in_the_wrong_order_are_refused_with_what_is_accepted(house: House) -> None:
    [placement] = house.sent()
    with pytest.raises(Refused, match=r"Ngày duyệt 04/03/2024 .* ngày gửi 05/03/2024 trở đi"):
        placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 4))
    placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 8))
    with pytest.raises(Refused, match=r"Ngày đăng 07/03/2024 .* ngày duyệt 08/03/2024 trở đi"):
        placements.publish(by=house.editor, placement=placement, on=date(2024, 3, 7), url=URL)
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Refused, match="chưa tới"):
        placements.publish(by=house.editor, placement=placement, on=tomorrow, url=URL)
    with pytest.raises(Refused, match="chưa tới"):
        house.sent(on=tomorrow)
    assert Placement.objects.get(pk=placement.pk).state == State.APPROVED


def test_an_online_channel_asks_for_a_web_address(house: House) -> None:
    [placement] = house.sent()
    placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 8))
    with pytest.raises(Refused, match="Hãy ghi đường dẫn của tin, bài trên Chuyên trang CCHC"):
        placements.publish(by=house.editor, placement=placement, on=MARCH)
    with pytest.raises(Refused, match="phải bắt đầu bằng http:// hoặc https://"):
        placements.publish(by=house.editor, placement=placement, on=MARCH, url="javascript:1")


def test_a_repost_of_the_same_address_never_counts_twice(house: House) -> None:
    first = published(house, title="Bài gốc")
    [second] = house.sent(title="Bài đăng lại")
    placements.approve(by=house.editor, placement=second, on=date(2024, 3, 9))
    with pytest.raises(Refused) as refusal:
        placements.publish(
            by=house.editor,
            placement=second,
            on=MARCH,
            url="http://www.soctrang.gov.vn/cchc/1/?utm_source=zalo#x",
        )
    assert str(refusal.value) == (
        "Đường dẫn này đã được ghi cho “Bài gốc” trên Chuyên trang CCHC ngày 18/03/2024; một tin, "
        "bài đăng lại không được tính hai lần."
    )
    assert counted(first) == [(house.obligations["Q1"].pk, MARCH)]
    assert counted(second) == []


def test_sending_needs_a_channel_of_the_province_and_one_per_address(house: House) -> None:
    activity = house.enter()
    stranger = make.make_channel(make.make_province())
    for to, sentence in (
        (Dispatch([], MARCH), "Hãy chọn ít nhất một kênh"),
        (Dispatch([stranger], MARCH), "không thuộc tỉnh của cơ quan gửi"),
        (Dispatch([house.page, house.portal], MARCH, URL), "Đường dẫn chỉ thuộc một kênh"),
        (Dispatch([house.page], MARCH, "ftp://x.vn"), "phải bắt đầu bằng http"),
    ):
        with pytest.raises(Refused, match=sentence):
            placements.send(by=house.officer, activity=activity, to=to)
    assert not activity.placements.exists()


def test_a_meeting_without_its_day_or_before_it_is_refused(house: House) -> None:
    to = Dispatch([house.meetings], clock.today())
    for held_on, sentence in (
        (None, "Hãy ghi ngày tổ chức: loại này được tính theo ngày đó."),
        (clock.today() + timedelta(days=2), "chưa ghi nhận là đã thực hiện được"),
    ):
        activity = house.enter(kind="meeting", held_on=held_on)
        with pytest.raises(Refused, match=sentence):
            placements.send(by=house.officer, activity=activity, to=to)


# Who may


def test_strangers_and_the_wrong_roles_are_refused_with_a_sentence(house: House) -> None:
    [placement] = house.sent()
    with pytest.raises(Refused) as refusal:
        placements.approve(by=house.officer, placement=placement)
    assert str(refusal.value) == (
        "Chỉ biên tập viên của Chuyên trang CCHC (Văn phòng UBND tỉnh) mới được duyệt."
    )
    with pytest.raises(Refused, match="mới được nhập và gửi tin, bài của đơn vị này"):
        placements.send(
            by=house.editor, activity=placement.activity, to=Dispatch([house.portal], MARCH)
        )
    row = Fulfilment(placement=placement, obligation=house.obligations["Q1"])
    with pytest.raises(Refused, match=r"Chuyên trang CCHC .* mới được bỏ tính"):
        fulfilment.void(by=house.officer, fulfilment=row, reason="x")


def test_who_enters_for_whom(house: House) -> None:
    other_unit = make.make_unit(house.agency)
    office = make.make_user(Role.AGENCY_OFFICE, house.agency)
    leader = make.make_user(Role.LEADER, house.agency)
    foreign_unit = make.make_unit(make.make_agency(house.province))
    assert may_enter(house.officer, house.agency, house.unit)
    assert may_enter(office, house.agency, other_unit)
    assert may_enter(office, house.agency, None)
    assert not may_enter(house.officer, house.agency, other_unit)
    assert not may_enter(house.officer, house.agency, None)
    assert not may_enter(leader, house.agency, house.unit)
    assert may_enter(office, house.agency, foreign_unit).reason == (
        f"Đơn vị {foreign_unit} không thuộc Sở Thông tin và Truyền thông."
    )


def test_an_approval_recorded_late_gets_its_true_day_at_publication(house: House) -> None:
    [placement] = house.sent()
    placements.approve(by=house.editor, placement=placement)  # today, long after
    published = {"by": house.editor, "on": date(2024, 3, 18), "url": "https://cchc.example/1"}
    with pytest.raises(Refused, match=r"Ngày đăng 18/03/2024 sớm quá"):
        placements.publish(placement=placement, **published)
    [counted] = placements.publish(placement=placement, decided_on=date(2024, 3, 15), **published)
    placement.refresh_from_db()
    assert (placement.decided_on, placement.published_on, counted.counted_on) == (
        date(2024, 3, 15),
        date(2024, 3, 18),
        date(2024, 3, 18),
    )


def test_what_a_channel_holds_is_not_edited(house: House) -> None:
    [placement] = house.sent()
    with pytest.raises(Refused, match=r"đã ở Chuyên trang CCHC với trạng thái “Chờ duyệt”"):
        activities.edit(by=house.officer, activity=placement.activity, facts=Facts("news", "Khác"))


def test_own_work_is_approved_by_a_colleague(house: House) -> None:
    make.make_membership(house.officer, Role.CHANNEL_EDITOR, house.agency)
    [placement] = house.sent(house.portal)
    officer = User.objects.get(pk=house.officer.pk)
    decision = may_approve(officer, placement, co_edited(officer))
    assert decision.reason == (
        "Tin, bài do chính anh/chị nhập hoặc gửi phải do biên tập viên khác của Cổng TTĐT của Sở "
        "duyệt."
    )
    with pytest.raises(Refused, match="phải do biên tập viên khác"):
        placements.approve(by=officer, placement=placement)
    placements.approve(by=house.portal_editor, placement=placement)


def test_the_only_editor_approves_own_work_and_it_shows(house: House) -> None:
    Membership.objects.filter(user=house.portal_editor).delete()
    make.make_membership(house.officer, Role.CHANNEL_EDITOR, house.agency)
    [placement] = house.sent(house.portal)
    officer = User.objects.get(pk=house.officer.pk)
    placements.approve(by=officer, placement=placement, comment="Đủ ảnh.")
    sentence = "Người gửi tự duyệt vì kênh chỉ có một biên tập viên. Đủ ảnh."
    assert placement.reviews.latest("id").comment == sentence
    assert AuditEntry.objects.latest("id").reason == sentence


def test_an_e_mail_to_colleagues_has_no_address_and_is_recorded_without_one(house: House) -> None:
    mail = make.make_channel(
        house.province, kind="online", needs_approval=False, without_addresses=True
    )
    activity = house.enter()
    placements.send(by=house.officer, activity=activity, to=Dispatch([mail], MARCH))
    placement = activity.placements.get()
    assert (placement.state, placement.url) == ("published", "")


def test_what_is_recorded_on_a_page_says_where_it_stands(house: House) -> None:
    page = make.make_channel(
        house.province, kind="online", needs_approval=False, name="Trang Facebook"
    )
    activity = house.enter()
    with pytest.raises(Refused) as refusal:
        placements.send(by=house.officer, activity=activity, to=Dispatch([page], MARCH))
    assert str(refusal.value) == "Hãy ghi đường dẫn của tin, bài trên Trang Facebook."
