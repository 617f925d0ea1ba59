"""Internal clearance, refusal, recall and withdrawal: who may, what is kept, who sees what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Agency, AuditEntry, Membership, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach import ledger
from outreach.actions import activities, fulfilment, placements
from outreach.actions.activities import Facts
from outreach.models import Activity, CountDecision, Evidence, Fulfilment, Placement
from outreach.moves import Dispatch
from outreach.policies import may_clear, may_recall
from outreach.todo.writing import to_clear
from outreach.workflow import State, known_outside
from tests import factories as make
from tests.outreach.conftest import MARCH, URL, House, counted, published

pytestmark = pytest.mark.core

SENT_ON = date(2024, 3, 5)


@pytest.fixture
def head(house: House) -> User:
    """The head of the officer's unit, where the agency clears internally."""
    Agency.objects.filter(pk=house.agency.pk).update(clears_internally=True)
    house.agency.refresh_from_db()
    return make.make_user(Role.UNIT_HEAD, house.agency, house.unit, full_name="Anh Trưởng phòng")


@pytest.fixture
def office(house: House) -> User:
    return make.make_user(Role.AGENCY_OFFICE, house.agency, full_name="Chị Văn phòng")


def again(placement: Placement) -> Placement:
    return Placement.objects.select_related("activity", "channel", "agency").get(pk=placement.pk)


def submitted(house: House, **facts: object) -> Placement:
    [placement] = house.sent(**facts)  # type: ignore[arg-type]
    assert placement.state == State.SUBMITTED
    return placement


def standing(placement: Placement) -> tuple[str, date | None, date | None, date | None]:
    row = again(placement)
    return row.state, row.submitted_on, row.cleared_on, row.sent_on


# Who clears


def test_an_officer_submits_and_the_head_sends(house: House, head: User) -> None:
    placement = submitted(house)
    assert standing(placement) == (State.SUBMITTED, SENT_ON, None, None)
    with pytest.raises(Refused, match="Chỉ trưởng đơn vị của Văn phòng hoặc Văn phòng cơ quan"):
        placements.clear(by=house.officer, placement=placement)
    placements.clear(by=head, placement=placement, on=date(2024, 3, 6), comment="Bài tốt.")
    row = again(placement)
    assert standing(row) == (State.SENT, SENT_ON, date(2024, 3, 6), date(2024, 3, 6))
    assert (row.activity.author, row.submitted_by, row.cleared_by, row.sent_by) == (
        house.officer,
        house.officer,
        head,
        head,
    )
    assert [(r.move, r.by, r.comment) for r in row.reviews.order_by("pk")] == [
        ("submit", house.officer, ""),
        ("clear", head, "Bài tốt."),
    ]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.reason) == ("placement.clear", "Bài tốt.")


def test_what_the_head_sends_of_somebody_else_s_is_cleared_in_one(house: House, head: User) -> None:
    activity = house.enter()
    [placement] = placements.send(by=head, activity=activity, to=Dispatch([house.page], SENT_ON))
    assert standing(placement) == (State.SENT, None, SENT_ON, SENT_ON)  # never submitted
    assert AuditEntry.objects.latest("pk").verb == "placement.send"


def test_own_work_of_a_head_is_cleared_by_the_office(
    house: House, head: User, office: User
) -> None:
    activity = activities.enter(
        by=head,
        agency=house.agency,
        unit=house.unit,
        facts=Facts("news", "Của trưởng phòng"),
        send=Dispatch([house.page], SENT_ON),
    )
    placement = again(activity.placements.get())
    assert placement.state == State.SUBMITTED
    with pytest.raises(Refused, match="phải do trưởng đơn vị hoặc Văn phòng cơ quan duyệt"):
        placements.clear(by=head, placement=placement)
    placements.clear(by=office, placement=placement)
    assert again(placement).state == State.SENT


def test_what_the_head_handed_in_for_another_is_not_cleared_by_the_head(
    house: House, head: User, office: User
) -> None:
    """Submitted as an officer, head since."""
    placement = submitted(house)
    Placement.objects.filter(pk=placement.pk).update(submitted_by=head)
    assert not may_clear(head, again(placement))
    assert may_clear(office, again(placement))


def test_a_unit_of_one_clears_its_own_and_it_shows(house: House, head: User) -> None:
    Membership.objects.filter(user=house.officer).delete()
    activity = activities.enter(
        by=head,
        agency=house.agency,
        unit=house.unit,
        facts=Facts("news", "Một người"),
        send=Dispatch([house.page], SENT_ON),
    )
    placement = activity.placements.get()
    assert placement.state == State.SENT
    words = "Người nhập tự duyệt nội bộ vì đơn vị chỉ có một người."
    assert [r.comment for r in placement.reviews.all()] == [words]


def test_a_head_beside_the_office_in_one_unit_is_not_alone(house: House, head: User) -> None:
    """The unit "Văn phòng" has its head and the person of the agency's office."""
    Membership.objects.filter(user=house.officer).delete()
    office = make.make_user(Role.AGENCY_OFFICE, house.agency, house.unit)
    placement = activities.enter(
        by=head,
        agency=house.agency,
        unit=house.unit,
        facts=Facts("news", "Hai người"),
        send=Dispatch([house.page], SENT_ON),
    ).placements.get()
    assert placement.state == State.SUBMITTED
    assert not may_clear(head, again(placement))
    assert may_clear(office, again(placement))
    assert list(to_clear(head, clock.today())) == []
    assert list(to_clear(office, clock.today())) == [placement]


def test_an_office_without_anybody_else_clears_its_own_and_it_shows(
    house: House, head: User, office: User
) -> None:
    """Without a unit, only offices clear: with a second one it waits for that one."""
    other = make.make_user(Role.AGENCY_OFFICE, house.agency)
    facts = Facts("news", "Của văn phòng")
    to = Dispatch([house.page], SENT_ON)

    def sent() -> Placement:
        activity = activities.enter(by=office, agency=house.agency, unit=None, facts=facts, send=to)
        return activity.placements.get()

    assert sent().state == State.SUBMITTED
    other.is_active = False
    other.save()
    alone = sent()
    assert alone.state == State.SENT
    assert alone.reviews.get().comment == (
        "Người nhập tự duyệt nội bộ vì cơ quan không có người khác được duyệt nội bộ."
    )


def test_the_head_of_another_unit_clears_nothing(house: House, head: User) -> None:
    stranger = make.make_user(Role.UNIT_HEAD, house.agency, make.make_unit(house.agency))
    placement = submitted(house)
    assert not may_clear(stranger, placement)
    assert list(Placement.objects.to_clear(stranger)) == []
    assert list(Placement.objects.to_clear(head)) == [placement]


# Back and forth


def test_a_hand_back_needs_a_reason_and_a_resubmission_keeps_the_first_day(
    house: House, head: User
) -> None:
    placement = submitted(house)
    with pytest.raises(Refused, match="Hãy ghi lý do trả lại"):
        placements.hand_back(by=head, placement=placement, reason=" ")
    placements.hand_back(by=head, placement=placement, reason="Thiếu số liệu.")
    assert again(placement).return_reason == "Thiếu số liệu."
    to = Dispatch([house.page], date(2024, 3, 12), comment="Đã thêm.")
    placements.send(by=house.officer, activity=placement.activity, to=to)
    assert standing(placement) == (State.SUBMITTED, SENT_ON, None, None)
    placements.clear(by=head, placement=again(placement), on=date(2024, 3, 13))
    placements.return_(by=house.editor, placement=again(placement), reason="Sai ảnh.")
    to = Dispatch([house.page], date(2024, 4, 20))
    placements.send(by=house.officer, activity=placement.activity, to=to)
    placements.clear(by=head, placement=again(placement), on=date(2024, 4, 22))
    assert standing(placement) == (
        State.SENT,
        SENT_ON,
        date(2024, 4, 22),
        date(2024, 3, 13),  # the first sending
    )


def test_the_author_takes_back_what_nobody_has_decided_on(house: House, head: User) -> None:
    placement = submitted(house)
    placements.recall(by=house.officer, placement=placement)
    assert standing(placement) == (State.DRAFT, None, None, None)
    [sent] = placements.send(
        by=head, activity=placement.activity, to=Dispatch([house.page], SENT_ON)
    )
    placements.recall(by=house.officer, placement=again(sent))
    assert standing(placement) == (State.DRAFT, None, None, None)
    [sent] = placements.send(
        by=head, activity=placement.activity, to=Dispatch([house.page], SENT_ON)
    )
    placements.approve(by=house.editor, placement=again(sent), on=SENT_ON)
    assert not may_recall(house.officer, again(sent))


def test_what_was_refused_is_not_sent_there_again(house: House) -> None:
    [placement] = house.sent()
    with pytest.raises(Refused, match="Hãy ghi lý do từ chối"):
        placements.refuse(by=house.editor, placement=placement, reason="")
    placements.refuse(by=house.editor, placement=placement, reason="Không thuộc chuyên trang.")
    with pytest.raises(Refused, match="đang ở trạng thái “Bị từ chối”"):
        placements.send(
            by=house.officer, activity=placement.activity, to=Dispatch([house.page], MARCH)
        )
    activities.edit(by=house.officer, activity=placement.activity, facts=Facts("news", "Viết lại"))
    placements.send(
        by=house.officer, activity=placement.activity, to=Dispatch([house.portal], MARCH)
    )


def test_a_withdrawal_takes_the_results_and_frees_the_address(house: House) -> None:
    placement = published(house)
    [row] = Fulfilment.objects.standing()
    with pytest.raises(Refused, match="Hãy ghi lý do gỡ"):
        placements.withdraw(by=house.editor, placement=placement, reason="")
    with pytest.raises(Refused, match=r"Ngày gỡ 17/03/2024 .* ngày đăng 18/03/2024 trở đi"):
        placements.withdraw(
            by=house.editor, placement=placement, reason="Sai tên.", on=date(2024, 3, 17)
        )
    placements.withdraw(
        by=house.editor, placement=placement, reason="Sai tên.", on=date(2024, 4, 2)
    )
    row.refresh_from_db()
    assert (row.voided_reason, row.voided_by) == ("Đã gỡ khỏi kênh ngày 02/04/2024.", None)
    assert not ledger.of_agency(house.agency)
    other = published(house, title="Bản đúng")  # the same address
    assert counted(other) == [(house.obligations["Q1"].pk, MARCH)]


def test_what_its_agency_noted_itself_its_author_takes_down(house: House, head: User) -> None:
    """A channel that nobody approves, after clearance: the day that its author gave counts."""
    activity = house.enter("Hội nghị", kind="meeting", held_on=date(2024, 2, 20))
    to = Dispatch([house.meetings], date(2024, 2, 21))
    [placement] = placements.send(by=house.officer, activity=activity, to=to)
    assert (placement.state, counted(placement)) == (State.SUBMITTED, [])
    placements.clear(by=head, placement=again(placement))
    row = again(placement)
    assert (row.state, row.published_on) == (State.PUBLISHED, date(2024, 2, 21))
    assert counted(row) == [(house.obligations["Y"].pk, date(2024, 2, 20))]
    placements.withdraw(by=house.officer, placement=row, reason="Ghi nhầm.")
    assert counted(row) == []


def test_a_clearer_corrects_what_waits_and_the_new_day_counts(house: House, head: User) -> None:
    """The page of the clearer was loaded before the correction: the ledger reads the row anew."""
    activity = house.enter("Hội nghị", kind="meeting", held_on=date(2023, 12, 20))
    to = Dispatch([house.meetings], date(2024, 2, 21))
    [placement] = placements.send(by=house.officer, activity=activity, to=to)
    seen = again(placement)
    told = Facts("meeting", "Hội nghị", held_on=date(2024, 2, 20))
    activities.edit(by=head, activity=Activity.objects.get(pk=activity.pk), facts=told)
    placements.clear(by=head, placement=seen)
    assert counted(placement) == [(house.obligations["Y"].pk, date(2024, 2, 20))]
    assert not ledger.of_agency(house.agency)


def test_switched_off_what_was_submitted_is_not_stranded(
    house: House, head: User, office: User
) -> None:
    rows = [submitted(house, title=title) for title in ("Một", "Hai", "Ba")]
    Agency.objects.filter(pk=house.agency.pk).update(clears_internally=False)
    one, two, three = map(again, rows)
    placements.clear(by=head, placement=one)
    placements.hand_back(by=office, placement=two, reason="Sửa tít.")
    placements.recall(by=house.officer, placement=three)
    activity = Activity.objects.get(pk=two.activity_id)
    placements.send(by=house.officer, activity=activity, to=Dispatch([house.page], MARCH))
    assert [again(row).state for row in rows] == [State.SENT, State.SENT, State.DRAFT]


# Who sees what


def hand_back(house: House, head: User, placement: Placement) -> None:
    placements.hand_back(by=head, placement=again(placement), reason="Bí mật.")


def recall(house: House, head: User, placement: Placement) -> None:
    placements.recall(by=house.officer, placement=again(placement))


def nothing(house: House, head: User, placement: Placement) -> None:
    pass


@pytest.mark.parametrize("then", [nothing, hand_back, recall])
def test_the_channel_s_editors_see_nothing_of_what_was_not_cleared(
    house: House, head: User, then: Callable[[House, User, Placement], None]
) -> None:
    placement = submitted(house)
    Evidence.objects.create(
        activity=placement.activity,
        title="A",
        url="https://a.vn",
        link_state="unchecked",
        added_by=house.officer,
    )
    then(house, head, placement)
    for noun in (Activity, Placement, Evidence):
        assert not noun.objects.visible_to(house.editor).exists()  # type: ignore[attr-defined]
    assert not Placement.objects.awaiting(house.editor).exists()


def test_what_is_said_inside_stays_inside() -> None:
    way = ["submit", "hand_back", "submit", "recall", "submit", "clear", "return", "submit"]
    assert known_outside(way) == [False, False, False, False, False, True, True, False]
    assert known_outside(["send", "recall", "send", "approve", "publish"]) == [True] * 5


# What counts


def test_a_reviewer_takes_out_with_a_reason_and_no_recount_brings_it_back(house: House) -> None:
    q1 = house.obligations["Q1"]
    [placement] = house.sent()
    with pytest.raises(Refused, match="Hãy ghi lý do không tính cho đầu việc"):
        placements.approve(by=house.editor, placement=placement, not_counting={q1: " "})
    assert again(placement).state == State.SENT
    assert not CountDecision.objects.exists()
    placements.approve(
        by=house.editor, placement=again(placement), on=SENT_ON, not_counting={q1: "Trùng ý."}
    )
    placements.publish(by=house.editor, placement=again(placement), on=MARCH, url=URL)
    assert counted(placement) == []
    assert not fulfilment.recount(by=None, agency=house.agency)
    assert counted(placement) == []
    told = ledger.taken_out([placement])[placement.pk]
    assert [(key, out.reason, out.by) for key, out in told.items()] == [
        (q1.pk, "Trùng ý.", "Anh Biên tập")
    ]
    row = again(placement)
    with pytest.raises(Refused, match="Hãy ghi lý do tính lại"):
        fulfilment.count_again(by=house.editor, placement=row, obligation=q1, reason="")
    fulfilment.count_again(by=house.editor, placement=row, obligation=q1, reason="Xem lại.")
    assert counted(placement) == [(q1.pk, MARCH)]
    with pytest.raises(Refused, match="đang được tính hoặc chưa từng bị bỏ tính"):
        fulfilment.count_again(by=house.editor, placement=row, obligation=q1, reason="Nữa.")
    [now] = Fulfilment.objects.standing()
    fulfilment.void(by=house.editor, fulfilment=now, reason="Vẫn trùng.")
    assert not fulfilment.recount(by=None, agency=house.agency)
    assert counted(placement) == []


def test_a_reviewer_adds_nothing_that_the_rule_does_not_count(house: House) -> None:
    """Neither another agency's obligation nor one outside its window."""
    stranger = make.make_obligation(
        make.make_quota(
            make.make_task(make.make_plan(make.make_agency(house.province))), house.page
        )
    )
    [placement] = house.sent()
    with pytest.raises(Refused, match="không thuộc cơ quan gửi trên kênh này"):
        placements.approve(by=house.editor, placement=placement, not_counting={stranger: "X"})
    placement = published(house, url=f"{URL}2", title="Khác")
    q2 = house.obligations["Q2"]
    with pytest.raises(Refused, match="chưa từng bị bỏ tính"):
        fulfilment.count_again(by=house.editor, placement=placement, obligation=q2, reason="X")


def test_counted_again_while_it_is_taken_down_counts_nothing(house: House) -> None:
    """What the page showed as published was withdrawn meanwhile."""
    placement = published(house)
    [row] = Fulfilment.objects.standing()
    fulfilment.void(by=house.editor, fulfilment=row, reason="Trùng.")
    seen = again(placement)
    placements.withdraw(by=house.editor, placement=again(placement), reason="Sai.")
    q1 = house.obligations["Q1"]
    assert not fulfilment.count_again(
        by=house.editor, placement=seen, obligation=q1, reason="Xem lại."
    )
    assert counted(placement) == []
    assert not ledger.of_agency(house.agency)
