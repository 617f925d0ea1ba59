"""What a file of results does: new, filled in, refused; who may record what; all or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.cells import Grid
from cchc.lib.decisions import Refused
from outreach import ledger
from outreach.actions import placements
from outreach.import_policies import Authority
from outreach.models import Activity, Fulfilment, Placement, Review
from outreach.results_check import check
from outreach.workflow import State
from tests import factories as make
from tests.outreach.conftest import URL, House, published
from tests.outreach.results_files import bring, checked, exported, grid, line, problems

pytestmark = [pytest.mark.django_db, pytest.mark.core]

PAGE, PORTAL, MEETINGS = "Chuyên trang CCHC", "Cổng Sở", "Hội nghị"
DAYS: dict[str, Any] = {
    "sent": date(2024, 3, 1),
    "decided": date(2024, 3, 3),
    "published": date(2024, 3, 5),
}


@pytest.fixture
def clerk(house: House) -> User:
    return make.make_user(Role.AGENCY_OFFICE, house.agency, full_name="Chị Văn phòng")


@pytest.fixture
def admin(house: House) -> User:
    return make.make_user(Role.SYSTEM_ADMIN, house.agency)


def states() -> list[tuple[str, str, str]]:
    rows = Placement.objects.select_related("activity", "channel").order_by("id")
    return [(one.activity.title, one.channel.short_name, one.state) for one in rows]


def audited() -> dict[str, Any]:
    after: dict[str, Any] = AuditEntry.objects.get(verb="results.import").after
    return after


def test_an_administrator_records_what_is_on_paper(house: House, admin: User) -> None:
    bring(
        house.agency,
        admin,
        line("Nháp", PAGE),
        line("Đã gửi", PAGE, sent=date(2024, 3, 1)),
        line("Đã duyệt", PAGE, sent=date(2024, 3, 1), decided="03/03/2024"),
        line("Đã đăng", PAGE, **DAYS, url=URL, note="Ảnh kèm theo"),
        line("Họp", MEETINGS, kind="Hội nghị", held=date(2024, 4, 2)),
        admin=True,
    )
    titles = {title: state for title, _, state in states()}
    assert titles == {
        "Nháp": State.DRAFT,
        "Đã gửi": State.SENT,
        "Đã duyệt": State.APPROVED,
        "Đã đăng": State.PUBLISHED,
        "Họp": State.PUBLISHED,
    }
    done = Placement.objects.get(activity__title="Đã đăng")
    assert (done.sent_on, done.decided_on, done.published_on) == tuple(DAYS.values())
    assert (done.sent_by, done.decided_by, done.published_by) == (admin, admin, admin)
    assert done.fingerprint != ""
    assert [(one.move, "Ảnh kèm theo" in one.comment) for one in done.reviews.order_by("id")] == [
        *(("send", True), ("approve", False), ("publish", False))
    ]
    counted = Fulfilment.objects.standing().values_list("obligation_id", "counted_on")
    assert set(counted) == {
        (house.obligations["Q1"].pk, date(2024, 3, 5)),
        (house.obligations["Y"].pk, date(2024, 4, 2)),
    }
    assert not ledger.of_agency(house.agency)
    assert audited() == {
        "file": "a.xlsx",
        "sha256": "0",
        "new": 5,
        "changed": 0,
        "unchanged": 0,
        "waiting": 0,
        "counted": 2,
        "voided": 0,
    }


def test_the_same_file_again_and_the_export_change_nothing(house: House, admin: User) -> None:
    rows = [
        line("Một", PAGE, **DAYS, url=URL),
        line("Một", PORTAL, **DAYS, url="https://so.gov.vn/1"),
        line("Hai", PAGE, published=date(2024, 4, 5), url="https://soctrang.gov.vn/cchc/2"),
        line("Họp", MEETINGS, kind="Hội nghị", held=date(2024, 4, 2)),
        line("Nháp", PAGE),
    ]
    bring(house.agency, admin, *rows, admin=True)
    before = list(Placement.objects.order_by("id").values())
    assert Activity.objects.filter(title="Một").count() == 1
    for again in (rows, exported(house.agency), exported(house.agency)[::-1]):
        done = bring(house.agency, admin, *again, admin=True)
        assert {step.outcome.value for step in done.decided.steps} == {"same"}
    assert list(Placement.objects.order_by("id").values()) == before
    assert Review.objects.count() == 3 + 3 + 3 + 1


def test_the_office_records_no_approval_that_is_anothers(house: House, clerk: User) -> None:
    row = line("Một", PAGE, **DAYS, url=URL)
    found = checked(house.agency, clerk, row)
    assert house.page.run_by is not None
    said = [(one.value, one.problem.partition(":")[0]) for one in found.decided.notices]
    assert said == [(PAGE, f"Kênh này do biên tập viên của {house.page.run_by.short_name} duyệt")]
    bring(house.agency, clerk, row)
    placement = Placement.objects.get()
    assert (placement.state, placement.sent_on, placement.url) == ("sent", date(2024, 3, 1), URL)
    assert (placement.decided_on, placement.published_on) == (None, None)
    assert Fulfilment.objects.count() == 0
    [review] = placement.reviews.all()
    assert (
        "duyệt ngày 03/03/2024, đăng ngày 05/03/2024 tại https://soctrang.gov.vn/cchc/1."
        in review.comment
    )
    assert audited()["waiting"] == 1
    again = bring(house.agency, clerk, row)
    assert [step.outcome.value for step in again.decided.steps] == ["same"]
    assert placement.reviews.count() == 1
    placements.approve(by=house.editor, placement=placement, on=date(2024, 3, 3))
    placements.publish(by=house.editor, placement=placement, on=date(2024, 3, 5), url=URL)
    done = bring(house.agency, clerk, row)
    assert [step.outcome.value for step in done.decided.steps] == ["same"]


def test_nor_on_its_own_portal_unless_it_edits_it_alone(house: House, clerk: User) -> None:
    row = line("Một", PORTAL, **DAYS, url=URL)
    bring(house.agency, clerk, row)
    assert Placement.objects.get().state == State.SENT
    make.make_membership(clerk, Role.CHANNEL_EDITOR, house.agency)
    both = User.objects.get(pk=clerk.pk)
    other = line("Hai", PORTAL, **DAYS, url="https://so.gov.vn/2")
    bring(house.agency, both, other)
    assert Placement.objects.get(activity__title="Hai").state == State.SENT
    house.portal_editor.memberships.update(until=date(2024, 1, 1))
    alone = User.objects.get(pk=clerk.pk)
    bring(house.agency, alone, line("Ba", PORTAL, **DAYS, url="https://so.gov.vn/3"))
    third = Placement.objects.get(activity__title="Ba")
    assert third.state == State.PUBLISHED
    assert "chỉ có một biên tập viên" in third.reviews.get(move="approve").comment


def test_rows_of_other_agencies_and_other_people_are_refused(house: House, clerk: User) -> None:
    other = make.make_agency(house.province)
    foreign = make.make_placement(make.make_activity(clerk, other), house.page)
    make.make_unit(other, "Phòng Nước ngoài")
    [code] = [row[0] for row in exported(other)]
    found = checked(
        house.agency, clerk, line("Một", PAGE, unit="Phòng Nước ngoài"), line("Hai", code=code)
    )
    assert problems(found) == [
        (2, "B", "Đơn vị này không thuộc Sở Thông tin và Truyền thông."),
        (3, "A", "Mã này không phải của Sở Thông tin và Truyền thông."),
    ]
    for stranger in (house.officer, make.make_user(Role.AGENCY_OFFICE, other)):
        with pytest.raises(Refused, match="Chỉ Văn phòng của"):
            bring(house.agency, stranger, line("Một", PAGE))
    assert list(Placement.objects.all()) == [foreign]


def test_a_known_row_is_filled_in_as_far_as_its_state_allows(house: House, admin: User) -> None:
    bring(house.agency, admin, line("Một", PAGE, sent=date(2024, 3, 1)), line("Nháp"), admin=True)
    (sent, draft) = exported(house.agency)
    sent[7], sent[8], sent[9] = date(2024, 3, 3), date(2024, 3, 5), URL
    draft[3] = "Nháp đã sửa"
    found = bring(house.agency, admin, sent, draft, admin=True)
    assert [step.outcome.value for step in found.decided.steps] == ["changed", "changed"]
    one, two = Placement.objects.select_related("activity").order_by("id")
    assert (one.state, one.published_on, one.url) == ("published", date(2024, 3, 5), URL)
    assert two.activity.title == "Nháp đã sửa"
    assert not ledger.of_agency(house.agency)
    wrong = exported(house.agency)
    wrong[0][3], wrong[1][4] = "Đổi tên", PAGE
    assert problems(checked(house.agency, admin, *wrong, admin=True)) == [
        (
            *(2, "D"),
            "Nội dung này đã ở Chuyên trang CCHC với trạng thái “Đã đăng”; chỉ sửa được khi chưa "
            "gửi kênh nào hoặc các kênh đã trả lại.",
        ),
        (3, "E", "Kênh của một lượt đã ghi không đổi được."),
    ]
    moved = exported(house.agency)
    moved[0][8] = date(2024, 3, 6)
    assert problems(checked(house.agency, admin, *moved, admin=True)) == [
        (2, "I", "Lượt này “Đã đăng” với ngày đăng 05/03/2024; không sửa bằng tệp được.")
    ]


def test_days_and_addresses_that_cannot_be(house: House, admin: User) -> None:
    published(house)
    found = checked(
        house.agency,
        admin,
        line("Một", PAGE, sent="05/03/2024", decided="04/03/2024"),
        line("Hai", PAGE, sent="01/01/2999"),
        line("Ba", PAGE, **DAYS),
        line("Bốn", PAGE, **DAYS, url=f"{URL}/?utm_source=zalo"),
        line("Năm", PAGE, **DAYS, url="https://soctrang.gov.vn/cchc/5"),
        line("Sáu", PAGE, **DAYS, url="http://www.soctrang.gov.vn/cchc/5/"),
        line("Họp", MEETINGS, kind="Hội nghị", sent="05/03/2024"),
        line("Họp sau", MEETINGS, kind="Hội nghị", held="05/03/2025", sent="05/03/2024"),
        line("Báo cáo kết quả", PAGE, kind="Văn bản", sent="05/03/2024"),
        line("Tám", PAGE, sent="05/03/2024"),
        line("Tám", PAGE, sent="05/03/2024"),
        line(unit=None),
        admin=True,
    )
    said = [(row, column) for row, column, _ in problems(found)]
    assert said == [
        *((2, "H"), (3, "G"), (4, "J"), (5, "J"), (7, "J"), (8, "F")),
        *((10, "D"), (12, "D"), (13, "B")),
    ]
    told = {row: problem for row, _, problem in problems(found)}
    assert told[5] == "Đường dẫn này đã được ghi cho “Cắt giảm thủ tục” ngày 18/03/2024."
    assert told[7] == "Đường dẫn trùng với dòng 6."
    assert told[12] == "Dòng này trùng với dòng 11."


def test_documents_by_the_number_in_their_title(house: House, admin: User) -> None:
    title = "Kế hoạch số 15/KH-STTTT ngày 05/02/2024 về tuyên truyền"
    bring(house.agency, admin, line(title, PAGE, kind="Văn bản", sent="06/02/2024"), admin=True)
    activity = Activity.objects.get()
    assert (activity.document_number, activity.document_on) == ("15/KH-STTTT", date(2024, 2, 5))


def test_a_clearing_agency_is_cleared_by_its_office(house: House, clerk: User) -> None:
    house.agency.clears_internally = True
    house.agency.save()
    [submitted] = house.sent()
    assert submitted.state == State.SUBMITTED
    rows = exported(house.agency)
    rows[0][6] = date(2024, 3, 6)
    bring(house.agency, clerk, *rows, line("Mới", PAGE, sent="01/03/2024"))
    for placement in Placement.objects.order_by("id"):
        assert (placement.state, placement.cleared_by) == (State.SENT, clerk)
        assert placement.cleared_on == placement.sent_on
        assert "duyệt nội bộ" in placement.reviews.latest("id").comment


def test_a_fault_in_the_last_row_leaves_nothing(house: House, admin: User) -> None:
    rows = [line(f"Tin {number}", PAGE, sent="01/03/2024") for number in range(30)]
    with pytest.raises(Refused, match="Tệp còn lỗi"):
        bring(house.agency, admin, *rows, line("Cuối", PAGE, sent="01/03/2999"), admin=True)
    assert (Activity.objects.count(), Placement.objects.count()) == (0, 0)
    assert not AuditEntry.objects.filter(verb="results.import").exists()


def test_same_title_on_other_days_is_another_article_unless_it_was_held(
    house: House, admin: User
) -> None:
    bring(
        house.agency,
        admin,
        line("Tin tháng", PORTAL, sent="01/03/2024"),
        line("Tin tháng", PORTAL, sent="01/04/2024"),
        line("Tin tháng", PAGE, sent="01/04/2024"),
        line("Họp", MEETINGS, kind="Họp", held="01/03/2024"),
        line("Họp", MEETINGS, kind="Họp", held="01/04/2024"),
        admin=True,
    )
    assert Activity.objects.filter(title="Tin tháng").count() == 2
    assert Activity.objects.filter(title="Họp").count() == 2
    twice = checked(
        house.agency, admin, line("Họp", MEETINGS, kind="Họp", held="01/03/2024"), admin=True
    )
    assert [step.outcome.value for step in twice.decided.steps] == ["same"]


def test_returned_and_withdrawn_rows_are_left_to_their_pages(house: House, admin: User) -> None:
    [placement] = house.sent()
    placements.return_(by=house.editor, placement=placement, reason="Thiếu ảnh.")
    rows = exported(house.agency)
    assert rows[0][-1] == "Bị trả lại"
    assert [s.outcome.value for s in checked(house.agency, admin, *rows).decided.steps] == ["same"]
    rows[0][7] = date(2024, 3, 9)
    assert problems(checked(house.agency, admin, *rows, admin=True)) == [
        (2, "H", "Lượt này “Bị trả lại”; hãy xử lý trên trang của nó.")
    ]


def test_a_file_of_codes_and_days_alone_is_enough(house: House, admin: User) -> None:
    bring(house.agency, admin, line("Một", PAGE, sent="01/03/2024"), admin=True)
    [row] = exported(house.agency)
    short = line("", "", code=row[0], unit=None, kind=None, decided="02/03/2024")
    bring(house.agency, admin, short, admin=True)
    assert Placement.objects.get().state == State.APPROVED


def test_what_is_wrong_with_a_row_names_sheet_code_and_what_is_taken(
    house: House, admin: User
) -> None:
    bring(house.agency, admin, line("Một", PAGE, sent="01/03/2024"), admin=True)
    [code] = [row[0] for row in exported(house.agency)]
    first, second = (
        grid(line("Hai", PAGE, **DAYS, url=URL), line("Một", PAGE, code=code)),
        grid(
            line("Hai", PAGE, **DAYS, url=URL),
            line("Ba", PAGE, **DAYS, url=URL),
            line("Một", PAGE, code=code),
            line("Một", PORTAL, code=code),
            line("Năm", PAGE, sent="01/01/2999"),
        ),
    )
    sheets = [Grid("Tháng 3", first.lines), Grid("Cả năm", second.lines)]
    faults = check(house.agency, sheets, {}, Authority(admin, True)).decided.faults
    told = [(one.row, one.column, one.value, one.problem) for one in faults[:4]]
    assert told == [
        (2, "D", "Hai", "Dòng này trùng với dòng 2 trang “Tháng 3”."),
        (3, "J", URL, "Đường dẫn trùng với dòng 2 trang “Tháng 3”."),
        (4, "A", code, "Mã này đã có ở dòng 3 trang “Tháng 3”."),
        (5, "A", code, "Mã này đã có ở dòng 3 trang “Tháng 3”."),
    ]
    today = clock.today().strftime("%d/%m/%Y")
    assert faults[4].accepted == f"ngày từ hôm nay {today} trở về trước"
    [moved] = checked(
        house.agency, admin, line("Một", PORTAL, code=code), admin=True
    ).decided.faults
    assert (moved.column, moved.value) == ("E", house.portal.name)
