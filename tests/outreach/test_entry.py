"""The page of entry: each kind's fields, habits, proof, joint units, to whom it goes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused
from cchc.lib.filetypes import MAX_BYTES
from outreach.actions import activities
from outreach.actions.activities import Facts
from outreach.forms.choices import places
from outreach.forms.clearance import to_whom
from outreach.kinds import KIND_FIELDS, Kind
from outreach.models import Activity, Evidence, Placement
from outreach.policies import submits
from outreach.workflow import State
from tests import factories as make
from tests.outreach import evidence_files as made
from tests.outreach.conftest import URL, House
from tests.outreach.test_pages import as_, entry, page, queries, send

pytestmark = pytest.mark.django_db

ALL = {
    "author_name": "Chị  Lan",
    "reach": "1.200",
    "held_on": "01/03/2024",
    "venue": "Hội trường Sở",
    "attendance": "45",
    "quantity": "30",
    "document_number": "5/bc-stttt",
    "document_on": "29/02/2024",
}
KEPT = {
    "author_name": "Chị Lan",
    "reach": 1200,
    "held_on": date(2024, 3, 1),
    "venue": "Hội trường Sở",
    "attendance": 45,
    "quantity": 30,
    "document_number": "05/BC-STTTT",
    "document_on": date(2024, 2, 29),
}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path


def draft(house: House, **data: Any) -> dict[str, Any]:
    return entry(house, then="draft", **data)


# Kinds and their fields


@pytest.mark.parametrize("kind", Kind)
def test_the_server_keeps_what_the_kind_has_and_nothing_else(house: House, kind: Kind) -> None:
    send(as_(house.officer), "activity-add", **draft(house, kind=kind.value, **ALL))
    activity = Activity.objects.get()
    for name in KIND_FIELDS:
        value = getattr(activity, name)
        assert (value or None) == (KEPT.get(name) if name in kind.fields else None)
    text = page(as_(house.officer), "activity-detail", activity.pk)
    for label, value in activity.particulars:
        assert label in text
        assert unescape(value) in unescape(text)


def test_each_kind_says_to_the_page_which_fields_it_has(house: House) -> None:
    text = page(as_(house.officer), "activity-add")
    told = re.findall(r'data-fields="([^"]*)" data-needs="([^"]*)"[^>]*>.*?value="(\w+)"', text)
    assert {
        kind: (json.loads(unescape(fields)), json.loads(unescape(needs)))
        for fields, needs, kind in told
    } == {kind.value: (kind.fields, sorted(kind.needs)) for kind in Kind}
    assert re.findall(r'data-field="(\w+)"', text) == list(KIND_FIELDS)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "meeting"}, "Hãy ghi ngày tổ chức: loại này được tính theo ngày đó."),
        ({"kind": "document"}, "Hãy ghi số, ký hiệu của văn bản."),
        ({"kind": "document", "document_number": "15/BC-X"}, "Hãy ghi ngày của văn bản."),
        ({"kind": "document", "document_number": "số 15"}, "Hãy ghi số và ký hiệu như trên"),
        ({"kind": "document", "document_on": "01/01/2999"}, "Ngày văn bản 01/01/2999 chưa tới."),
        ({"kind": "meeting", "attendance": "-5"}, "Chỉ ghi số nguyên không âm"),
        ({"kind": "meeting", "attendance": "1,5"}, "Chỉ ghi số nguyên không âm"),
        ({"kind": "meeting", "attendance": "nhiều"}, "Chỉ ghi số nguyên không âm"),
        ({"kind": "meeting", "attendance": "1.00"}, "Chỉ ghi số nguyên không âm"),
        ({"kind": "meeting", "attendance": "9" * 19}, "chỉ nhận đến 2.000.000."),
        ({"kind": "meeting", "attendance": "9" * 5000}, "Chỉ ghi số nguyên không âm"),
        ({"kind": "meeting", "held_on": "01/03/2999"}, "chỉ nhận trong vòng một năm tới."),
        ({"kind": "meeting", "held_on": "01/03/0204"}, "lâu quá"),
        ({"kind": "video", "reach": "99999999999"}, "chỉ nhận đến 2.000.000.000."),
        ({"kind": "<script>"}, "&lt;script&gt;"),
        ({"kind": ""}, "Hãy chọn loại."),
        ({"title": "a" * 301}, "300"),
        ({"title": "a\x00b"}, "id_title_error"),
        ({"task": "999999"}, ""),
    ],
)
def test_wrong_input_is_refused_beside_its_field(
    house: House, data: dict[str, Any], sentence: str
) -> None:
    kind = {} if "kind" in data else {"kind": "document"}
    assert sentence in send(as_(house.officer), "activity-add", **entry(house, **kind, **data))
    assert not Activity.objects.exists()


def test_what_the_kind_has_not_is_not_looked_at(house: House) -> None:
    wrong = {"attendance": "nhiều", "held_on": "hôm qua", "document_number": "x", "task": "9"}
    send(as_(house.officer), "activity-add", **entry(house, **wrong))
    assert Activity.objects.get().placements.count() == 2


def test_a_draft_may_lack_what_only_sending_needs(house: House) -> None:
    send(as_(house.officer), "activity-add", **draft(house, kind="document", channels=[]))
    activity = Activity.objects.get()
    text = send(
        as_(house.officer),
        "placement-send",
        activity.pk,
        channels=[house.page.pk],
        on="06/03/2024",
    )
    assert "Hãy ghi số, ký hiệu của văn bản." in text
    assert not activity.placements.exclude(state=State.DRAFT).exists()


def test_what_is_still_to_be_held_is_entered_but_not_recorded(house: House) -> None:
    ahead = (clock.today() + timedelta(days=30)).strftime("%d/%m/%Y")
    meeting = {
        "kind": "meeting",
        "held_on": ahead,
        "channels": [house.meetings.pk],
        "sent_on": clock.today().strftime("%d/%m/%Y"),
    }
    text = send(as_(house.officer), "activity-add", **entry(house, **meeting))
    assert f"Ngày thực hiện {ahead} chưa tới" in text
    assert not Activity.objects.exists()
    send(as_(house.officer), "activity-add", **draft(house, **meeting))
    assert Activity.objects.get().placements.get().state == State.DRAFT


def test_the_action_refuses_what_the_form_would_not_let_through(house: House) -> None:
    foreign = make.make_task(make.make_plan(make.make_agency(house.province)))
    unit = make.make_unit(make.make_agency(house.province))
    for facts, sentence in (
        (Facts("meeting", "Họp", attendance=-1), "không thể là số âm"),
        (Facts("document", "Báo cáo", document_number="x"), "Hãy ghi số và ký hiệu"),
        (Facts("document", "Báo cáo", task=foreign), "không thuộc kế hoạch của"),
        (Facts("news", "Tin", joint_units=[unit]), "phải thuộc Sở Thông tin và Truyền thông"),
    ):
        with pytest.raises(Refused, match=sentence):
            activities.enter(by=house.officer, agency=house.agency, unit=house.unit, facts=facts)
    assert not Activity.objects.exists()


# Documents and their tasks


def test_a_document_is_the_product_of_a_task_of_the_plan(house: House) -> None:
    task = house.obligations["Q1"].task
    officer = as_(house.officer)
    text = page(officer, "activity-add")
    [select] = re.findall(r'<select name="task".*?</select>', text, re.S)
    assert re.findall(r'<optgroup label="([^"]*)"', select) == [str(task.plan)]
    assert f'<option value="{task.pk}">{task}</option>' in select
    document = {
        "kind": "document",
        "document_number": "15/BC-STTTT",
        "document_on": "01/03/2024",
        "task": task.pk,
    }
    send(officer, "activity-add", **entry(house, **document))
    activity = Activity.objects.get()
    assert activity.task == task
    assert task.title in page(officer, "activity-detail", activity.pk)
    assert AuditEntry.objects.latest("id").after["task"] == str(task)


def test_tasks_of_other_agencies_are_not_offered(house: House) -> None:
    foreign = make.make_task(make.make_plan(make.make_agency(house.province)))
    text = send(
        as_(house.officer), "activity-add", **draft(house, kind="document", task=foreign.pk)
    )
    assert not Activity.objects.exists()
    assert str(foreign) not in text


def test_a_correction_keeps_the_task_and_the_contents_of_an_older_plan(house: House) -> None:
    plan = house.obligations["Q1"].plan
    item = plan.content_items.create(order=1, title="Dịch vụ công trực tuyến")
    activity = house.enter(kind="document", task=plan.tasks.first(), content_items=[item])
    this = clock.today().year
    newer = make.make_plan(house.agency, starts_on=date(this, 1, 1), ends_on=date(this, 12, 31))
    make.make_task(newer)
    newer.content_items.create(order=1, title="Nội dung mới")
    officer = as_(house.officer)
    text = page(officer, "activity-edit", activity.pk)
    form = dict(re.findall(r'<option value="(\d+)" (selected)', text))
    assert form == {str(activity.task_id): "selected"}
    send(
        officer,
        "activity-edit",
        activity.pk,
        kind="document",
        title="Báo cáo",
        task=activity.task_id,
        content_items=[item.pk],
    )
    activity.refresh_from_db()
    assert activity.title == "Báo cáo"
    assert list(activity.content_items.all()) == [item]


def test_without_contents_of_its_own_a_plan_offers_those_above_it(house: House) -> None:
    above = make.make_plan(make.make_agency(house.province))
    above.content_items.create(order=1, title="Nội dung của tỉnh")
    plan = house.obligations["Q1"].plan
    plan.parent = above
    plan.save()
    assert "Nội dung của tỉnh" in page(as_(house.officer), "activity-add")
    plan.content_items.create(order=1, title="Nội dung của Sở")
    text = page(as_(house.officer), "activity-add")
    assert "Nội dung của Sở" in text
    assert "Nội dung của tỉnh" not in text


# Habits


def ticked(text: str, name: str) -> list[str]:
    return re.findall(rf'<input[^>]*name="{name}"[^>]*value="(\w+)"[^>]*checked', text)


def test_the_page_begins_with_the_last_kind_and_channels_of_the_person(house: House) -> None:
    officer = as_(house.officer)
    text = page(officer, "activity-add")
    assert (ticked(text, "kind"), ticked(text, "channels")) == (["news"], [])
    send(officer, "activity-add", **entry(house, kind="video", channels=[house.portal.pk]))
    text = page(officer, "activity-add")
    assert (ticked(text, "kind"), ticked(text, "channels")) == (["video"], [str(house.portal.pk)])
    text = page(officer, "activity-add", kenh=str(house.page.pk))
    assert (ticked(text, "kind"), ticked(text, "channels")) == (["video"], [str(house.page.pk)])
    assert "data-channels" not in text
    send(officer, "activity-add", **entry(house, channels=[house.page.pk]))
    text = page(officer, "activity-add")
    usual = dict(re.findall(r'data-channels="([^"]*)">.*?value="(\w+)"', text))
    assert {kind: channels for channels, kind in usual.items() if channels != "[]"} == {
        "news": f"[{house.page.pk}]",
        "video": f"[{house.portal.pk}]",
    }
    other = as_(make.make_user(Role.OFFICER, house.agency, house.unit))
    assert ticked(page(other, "activity-add"), "channels") == []


def test_the_office_begins_with_the_unit_that_it_entered_for_last(house: House) -> None:
    office = as_(make.make_user(Role.AGENCY_OFFICE, house.agency))
    make.make_unit(house.agency)
    whole = f"{house.agency.pk}:"
    assert f'<option value="{whole}" selected' not in page(office, "activity-add")
    send(office, "activity-add", **draft(house, place=whole))
    assert f'<option value="{whole}" selected' in page(office, "activity-add")


# Joint units


def test_a_joint_unit_has_it_too_and_it_is_one_activity(house: House) -> None:
    joint = make.make_unit(house.agency, "Thanh tra")
    third = make.make_unit(house.agency, "Phòng Chuyển đổi số")
    ended = make.make_unit(house.agency, "Phòng cũ", until=date(2020, 1, 1))
    foreign = make.make_unit(make.make_agency(house.province), "Phòng Sở khác")
    officer = as_(house.officer)
    text = page(officer, "activity-add")
    names = re.findall(r'name="joint_units".*?<label[^>]*>\s*(.*?)\s*</label>', text, re.S)
    assert names == ["Thanh tra", "Phòng Chuyển đổi số"]
    send(officer, "activity-add", **entry(house, joint_units=[joint.pk]))
    activity = Activity.objects.get()
    assert activity.shared_with == ["Thanh tra"]
    assert "Thanh tra" in page(officer, "activity-detail", activity.pk)
    for units, found in (
        ([house.unit.pk], 1),
        ([joint.pk], 1),
        ([house.unit.pk, joint.pk], 1),
        ([third.pk], 0),
        ([], 0),
    ):
        assert Activity.objects.of_units(units).count() == found
    waiting = Placement.objects.of_units([joint])
    assert waiting.count() == activity.placements.count()
    for unit in (ended, foreign, house.unit):
        send(officer, "activity-add", **entry(house, joint_units=[unit.pk]))
        assert Activity.objects.count() == 1


def test_the_office_s_own_unit_is_not_joint_with_itself(house: House) -> None:
    office = as_(make.make_user(Role.AGENCY_OFFICE, house.agency))
    place = f"{house.agency.pk}:{house.unit.pk}"
    send(office, "activity-add", **draft(house, place=place, joint_units=[house.unit.pk]))
    assert Activity.objects.get().shared_with == []


# To whom it goes first


def officials(house: House) -> Iterator[User]:
    second = make.make_unit(house.agency, "Phòng hai người")
    lone = make.make_unit(house.agency, "Phòng một người")
    yield house.officer
    yield make.make_user(Role.UNIT_HEAD, house.agency, house.unit)
    yield make.make_user(Role.OFFICER, house.agency, second)
    yield make.make_user(Role.UNIT_HEAD, house.agency, lone)
    yield make.make_user(Role.OFFICER, house.agency)
    yield make.make_user(Role.AGENCY_OFFICE, house.agency)
    yield make.make_user(Role.AGENCY_OFFICE, house.agency, house.unit)


@pytest.mark.parametrize("clears", [True, False])
def test_the_page_says_beforehand_what_sending_will_do(house: House, clears: bool) -> None:
    house.agency.clears_internally = clears
    house.agency.save()
    people: list[User] = []
    for person in officials(house):
        people.append(person)
        for user in people:
            user.__dict__.pop("_standing", None)
            offered = places(user)
            whom = to_whom(user, offered)
            assert {key: bool(words) for key, words in whom.items()} == {
                key: submits(user, Activity(agency=agency, unit=unit, author=user))
                for key, (agency, unit) in offered.items()
            }


def test_the_button_and_the_message_say_that_it_is_submitted_first(house: House) -> None:
    house.agency.clears_internally = True
    house.agency.save()
    make.make_user(Role.UNIT_HEAD, house.agency, house.unit, full_name="Anh Trưởng")
    make.make_user(Role.AGENCY_OFFICE, house.agency, full_name="Chị Văn")
    officer = as_(house.officer)
    text = page(officer, "activity-add")
    assert ">Lưu và trình duyệt</button>" in text
    assert "Ngày trình" in text
    assert "trưởng đơn vị Anh Trưởng hoặc Văn phòng cơ quan: Chị Văn." in text
    assert "Đã lưu và trình duyệt nội bộ." in send(officer, "activity-add", **entry(house))
    assert set(Activity.objects.get().placements.values_list("state", flat=True)) == {"submitted"}


def test_without_internal_clearance_it_is_sent(house: House) -> None:
    text = page(as_(house.officer), "activity-add")
    assert ">Lưu và gửi</button>" in text
    assert "Trình duyệt nội bộ trước" not in text


# Proof in the same form


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_and_a_link_are_kept_with_the_activity(house: House) -> None:
    files = [upload("anh 1.jpg", made.picture()), upload("bien-ban.pdf", made.PDF)]
    text = send(
        as_(house.officer),
        "activity-add",
        **entry(house, proof_files=files, proof_url="https://soctrang.gov.vn/tin/1"),
    )
    assert "Đã lưu và gửi." in text
    assert "Đã thêm minh chứng: anh 1.jpg, bien-ban.pdf." in text
    activity = Activity.objects.get()
    assert [e.title for e in activity.evidence.order_by("id")] == [
        "anh 1.jpg",
        "bien-ban.pdf",
        "soctrang.gov.vn/tin/1",
    ]


def test_a_refused_file_is_named_and_the_rest_is_kept(house: House) -> None:
    heic = b"\x00\x00\x00\x18ftypheic" + bytes(64)
    files = [
        upload("anh.jpg", made.picture()),
        upload("IMG_0001.HEIC", heic),
        upload("trong.pdf", b""),
        upload("ve.svg", b"<svg onload='alert(1)'/>"),
        upload("lon.jpg", made.picture() + bytes(MAX_BYTES)),
        upload("anh lan nua.jpg", made.picture()),
    ]
    text = unescape(send(as_(house.officer), "activity-add", **draft(house, proof_files=files)))
    assert "Đã lưu nháp." in text
    assert "Đã thêm minh chứng: anh.jpg." in text
    for sentence in (
        "Không nhận tệp “IMG_0001.HEIC”: Đây là ảnh HEIC (trên iPhone: Cài đặt › Camera › Định "
        "dạng › Tương thích nhất).",
        "Không nhận tệp “trong.pdf”: Tệp trống (0 byte)",
        "Không nhận tệp “ve.svg”: Đây là ảnh SVG.",
        "Không nhận tệp “lon.jpg”: Tệp nặng 20",
        "Không nhận tệp “anh lan nua.jpg”: Tệp này đã có trong minh chứng với tên “anh.jpg”.",
    ):
        assert sentence in text
    assert [e.title for e in Evidence.objects.all()] == ["anh.jpg"]


def test_a_photo_of_twelve_megabytes_is_taken(house: House) -> None:
    segments = (b"\xff\xfe\xff\xff" + b"x" * 0xFFFD) * 190
    heavy = made.picture()[:2] + segments + made.picture()[2:]
    assert len(heavy) > 12_000_000
    text = send(
        as_(house.officer), "activity-add", **draft(house, proof_files=[upload("a.jpg", heavy)])
    )
    assert "Đã thêm minh chứng: a.jpg." in text


def test_a_wrong_link_does_not_lose_the_activity(house: House) -> None:
    text = send(as_(house.officer), "activity-add", **draft(house, proof_url="ftp://x.vn"))
    assert "Đường dẫn phải bắt đầu bằng http:// hoặc https://" in text
    assert not Activity.objects.exists()


def test_a_page_that_comes_back_says_that_the_files_must_be_chosen_again(house: House) -> None:
    files = [upload("anh.jpg", made.picture())]
    text = send(as_(house.officer), "activity-add", **entry(house, title="", proof_files=files))
    assert "Tệp minh chứng chưa được gửi: hãy chọn lại." in text
    assert not Evidence.objects.exists()
    text = send(as_(house.officer), "activity-add", **entry(house, title=""))
    assert "hãy chọn lại" not in text


def test_many_refused_files_are_told_in_few_words(house: House) -> None:
    files = [upload(f"{n}.svg", b"<svg/>") for n in range(14)]
    text = send(as_(house.officer), "activity-add", **draft(house, proof_files=files))
    assert text.count("Không nhận tệp") == 10
    assert "Không nhận 4 tệp khác nữa." in text


# Figures that are known later


def test_figures_are_noted_after_publication_and_the_words_stay(house: House) -> None:
    [placement] = house.sent()
    activity = placement.activity
    officer = as_(house.officer)
    page(officer, "activity-edit", activity.pk, status=403)
    assert 'name="reach"' in page(officer, "activity-detail", activity.pk)
    text = send(officer, "activity-measure", activity.pk, reach="1.250", title="Tiêu đề khác")
    assert "Đã ghi số liệu." in text
    assert "1.250" in text
    activity.refresh_from_db()
    assert (activity.reach, activity.title) == (1250, "Cắt giảm thủ tục")
    entry_ = AuditEntry.objects.latest("id")
    assert (entry_.verb, entry_.before, entry_.after) == (
        "activity.measure",
        {"reach": None},
        {"reach": 1250},
    )
    send(officer, "activity-measure", activity.pk, reach="")
    activity.refresh_from_db()
    assert activity.reach is None


@pytest.mark.parametrize("value", ["-1", "1e9", "abc", "99999999999"])
def test_wrong_figures_are_refused_on_their_page(house: House, value: str) -> None:
    [placement] = house.sent()
    text = send(as_(house.officer), "activity-measure", placement.activity_id, reach=value)
    assert "invalid-feedback" in text
    placement.activity.refresh_from_db()
    assert placement.activity.reach is None


def test_figures_are_the_writers(house: House) -> None:
    [placement] = house.sent()
    for user in (house.editor, make.make_user(Role.LEADER, house.agency)):
        text = send(as_(user), "activity-measure", placement.activity_id, reach="5", status=403)
        assert "mới được nhập và gửi tin, bài" in text
        assert "so-lieu-reach" not in page(as_(user), "activity-detail", placement.activity_id)
    with pytest.raises(Refused, match="Tin không có số liệu này"):
        activities.measure(by=house.officer, activity=placement.activity, figures={"attendance": 5})


# Likely duplicates


def alike(user: User, **query: str) -> str:
    response = as_(user).get(reverse("outreach:activity-likenesses"), query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_a_similar_title_is_shown_with_where_it_stands(house: House) -> None:
    title = "Đẩy mạnh cắt giảm thủ tục đất đai"
    [placement] = house.sent(title=title)
    text = alike(house.officer, title="day manh cat giam thu tuc dat dai")
    assert "Trùng tiêu đề" in text
    assert "Chuyên trang CCHC: Chờ duyệt" in text
    detail = reverse("outreach:activity-detail", args=[placement.activity_id])
    assert f'href="{detail}#gui"' in text
    assert "Tiêu đề tương tự" in alike(house.officer, title=f"Sở TTTT {title}")
    assert alike(house.officer, title="Ra quân trồng cây").strip() == ""
    assert alike(house.officer, title=title, tru=str(placement.activity_id)).strip() == ""


def test_the_same_address_is_found_in_any_spelling_and_any_state(house: House) -> None:
    waiting = {"channels": [house.page.pk], "url": f"{URL}/?utm_source=zalo"}
    send(as_(house.officer), "activity-add", **entry(house, **waiting))
    for url in (URL, f"https://www.{URL.removeprefix('https://')}/#top"):
        assert "Cùng đường dẫn" in alike(house.officer, url=url)
    for url in ("https://soctrang.gov.vn/cchc/2", "javascript:alert(1)", "x" * 600, "http://["):
        assert "Cùng đường dẫn" not in alike(house.officer, url=url)


def test_the_same_number_of_a_document_is_found(house: House) -> None:
    house.enter("Báo cáo quý I", kind="document", document_number="15/BC-STTTT")
    assert "Cùng số, ký hiệu" in alike(house.officer, document_number="15/bc-stttt")
    assert alike(house.officer, document_number="16/BC-STTTT").strip() == ""


def test_nothing_of_other_agencies_is_revealed(house: House) -> None:
    stranger_agency = make.make_agency(house.province)
    stranger = make.make_user(Role.OFFICER, stranger_agency)
    house.enter("Đẩy mạnh cắt giảm thủ tục đất đai")
    assert alike(stranger, title="Đẩy mạnh cắt giảm thủ tục đất đai").strip() == ""


def test_another_unit_s_work_is_shown_but_not_sent_further(house: House) -> None:
    house.enter("Đẩy mạnh cắt giảm thủ tục đất đai")
    colleague = make.make_user(Role.OFFICER, house.agency, make.make_unit(house.agency))
    text = alike(colleague, title="Đẩy mạnh cắt giảm thủ tục đất đai")
    assert "Trùng tiêu đề" in text
    assert "Gửi thêm kênh" not in text


def test_contents_named_by_the_title_are_offered(house: House) -> None:
    plan = house.obligations["Q1"].plan
    for order, title in enumerate(("Dịch vụ công trực tuyến", "Tổ chức bộ máy"), 1):
        plan.content_items.create(order=order, title=title)
    item = plan.content_items.get(order=1)
    text = alike(house.officer, title="Nộp hồ sơ dịch vụ công")
    assert f'data-tick="{item.pk}"' in text
    assert "Tổ chức bộ máy" not in text


def test_titles_are_escaped(house: House) -> None:
    house.enter("<script>alert(1)</script> cắt giảm thủ tục")
    text = page(
        as_(house.officer),
        "activity-likenesses",
        title="<script>alert(1)</script> cắt giảm thủ tục",
    )
    assert "<script>" not in text
    assert "Trùng tiêu đề" in text


def test_likenesses_ask_the_same_of_the_database_at_one_and_at_three(house: House) -> None:
    plan = house.obligations["Q1"].plan
    plan.content_items.create(order=1, title="Thủ tục đất đai")
    client = as_(house.officer)
    seen = []
    for number in range(3):
        house.sent(
            house.page, house.portal, title=f"Cắt giảm thủ tục đất đai tại xã {'A' * number}"
        )
        address = reverse("outreach:activity-likenesses") + "?title=Cắt giảm thủ tục đất đai tại xã"
        client.get(address)
        seen.append(count(client, address))
    assert seen[0] == seen[2]


def test_the_page_of_entry_asks_the_same_at_one_task_and_unit_and_at_many(house: House) -> None:
    office = as_(make.make_user(Role.AGENCY_OFFICE, house.agency))
    make.make_unit(house.agency)
    page(office, "activity-add")
    one = queries(office, "activity-add")
    plan = house.obligations["Q1"].plan
    for _ in range(3):
        make.make_unit(house.agency)
        make.make_task(plan)
    assert queries(office, "activity-add") == one


def count(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
