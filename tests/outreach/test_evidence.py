"""Evidence: who adds and reads it, what is kept once, what is refused beside its file."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib import vault
from cchc.lib.decisions import Refused
from outreach.actions import evidence as actions
from outreach.actions import placements
from outreach.addresses import is_private
from outreach.models import Activity, Evidence
from tests import factories as make
from tests.outreach import evidence_files as made
from tests.outreach.conftest import URL, House, counted, published

pytestmark = pytest.mark.core

PNG = made.picture("PNG")


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: User, activity: Activity, files: dict[str, bytes], status: int = 200) -> str:
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    address = reverse("outreach:evidence-add", args=[activity.pk])
    response = as_(user).post(address, {"file": sent}, follow=True)
    assert response.status_code == status
    return response.content.decode()


def link(user: User, activity: Activity, status: int = 200, **data: str) -> str:
    address = reverse("outreach:evidence-link", args=[activity.pk])
    response = as_(user).post(address, data, follow=True)
    assert response.status_code == status
    return response.content.decode()


def shown(user: User, activity: Activity, status: int = 200) -> str:
    response = as_(user).get(reverse("outreach:activity-detail", args=[activity.pk]))
    assert response.status_code == status
    return response.content.decode()


def download(user: User, evidence: Evidence) -> Any:
    return as_(user).get(reverse("outreach:evidence-download", args=[evidence.pk]))


def add(house: House, activity: Activity, content: bytes = PNG, name: str = "a.png") -> Evidence:
    return actions.add_file(by=house.officer, activity=activity, name=name, content=content)


def stored(files: Path) -> list[Path]:
    return [path for path in (files / "vault").rglob("*") if path.is_file()]


# Adding


def test_files_of_one_post_are_listed_with_all_that_is_known_of_them(
    house: House, files: Path
) -> None:
    activity = house.enter()
    sent = {
        "Biên bản.pdf": made.PDF,
        "anh.png": PNG,
        "ds.xlsx": made.xlsx(),
        "bb.docx": made.docx(),
    }
    text = post(house.officer, activity, sent)
    assert "Đã thêm minh chứng: Biên bản.pdf, anh.png, ds.xlsx, bb.docx." in text
    assert "Minh chứng (4)" in text
    rows = list(Evidence.objects.order_by("id"))
    assert [(r.title, r.file_type, r.size) for r in rows] == [
        (name, name.split(".")[1], len(content)) for name, content in sent.items()
    ]
    for row in rows:
        assert f'SHA-256 <code title="{row.sha256}">{row.sha256[:12]}</code>' in text
        assert row.added_by == house.officer
    assert "Chị Cán bộ" in text
    assert len(stored(files)) == 4
    entries = AuditEntry.objects.filter(verb="evidence.add_file").order_by("id")
    assert [entry.after["name"] for entry in entries] == list(sent)


def test_the_bad_are_refused_beside_their_names_and_the_good_are_kept(house: House) -> None:
    activity = house.enter()
    text = post(
        house.officer,
        activity,
        {"tot.png": PNG, "that.pdf": PNG, "x.svg": b"<svg/>", "rong.pdf": b"", "cu.pdf": made.PDF},
    )
    for sentence in (
        "3 tệp không được nhận:",
        "<b>that.pdf</b>: Tên tệp có đuôi .pdf nhưng nội dung là ảnh PNG:",
        "<b>x.svg</b>: Đây là ảnh SVG. Chỉ nhận PDF",
        "<b>rong.pdf</b>: Tệp trống (0 byte)",
        "Đã nhận 2 tệp khác:</strong> tot.png, cu.pdf.",
    ):
        assert sentence in text
    assert [row.title for row in Evidence.objects.order_by("id")] == ["tot.png", "cu.pdf"]


def test_a_hostile_name_is_only_text(house: House) -> None:
    activity = house.enter()
    text = post(house.officer, activity, {'<img src=x onerror="a()">.svg': b"<svg/>"})
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


def test_a_content_is_stored_once_whatever_its_name_and_activity(house: House, files: Path) -> None:
    first, second = house.enter(), house.enter("Bài khác")
    add(house, first)
    add(house, second, name="b.png")
    assert len(stored(files)) == 1
    text = post(house.officer, first, {"ten-khac.png": PNG})
    assert "<b>ten-khac.png</b>: Tệp này đã có trong minh chứng với tên “a.png”." in text
    assert Evidence.objects.count() == 2


def test_two_threads_keep_the_same_content_at_once(files: Path) -> None:
    content = b"x" * 5_000_000
    faults: list[BaseException] = []

    def keep() -> None:
        try:
            vault.keep(content)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=keep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [path.stat().st_size for path in stored(files)] == [len(content)]


def test_nothing_chosen_is_said(house: House) -> None:
    assert "Hãy chọn ít nhất một tệp." in post(house.officer, house.enter(), {})


def test_at_most_fifty(house: House) -> None:
    activity = house.enter()
    Evidence.objects.bulk_create(
        Evidence(
            activity=activity,
            title="A",
            url=f"https://a.vn/{n}",
            link_state="unchecked",
            added_by=house.officer,
        )
        for n in range(50)
    )
    with pytest.raises(Refused, match="Hoạt động đã có 50 minh chứng"):
        add(house, activity)


# Links


def test_a_link_is_noted_once_under_its_normalised_address(house: House) -> None:
    activity = house.enter()
    text = link(house.officer, activity, url=URL, title="  Cắt giảm  thủ tục ")
    assert "Đã thêm minh chứng: Cắt giảm thủ tục." in text
    assert f'href="{URL}" rel="noopener noreferrer" target="_blank">Cắt giảm thủ tục</a>' in text
    assert "Chưa kiểm tra" in text
    text = link(house.officer, activity, url="http://www.soctrang.gov.vn/cchc/1/?fbclid=1#x")
    assert "Đường dẫn này đã có trong minh chứng: “Cắt giảm thủ tục”." in text
    text = link(house.officer, activity, url="javascript:alert(1)")
    assert "Đường dẫn phải bắt đầu bằng http:// hoặc https://" in text
    assert Evidence.objects.get().link_state == "unchecked"


def test_a_private_address_is_kept_as_text(house: House) -> None:
    activity = house.enter()
    text = link(house.officer, activity, url="http://10.1.2.3/tin/1")
    assert "Địa chỉ nội bộ, chỉ lưu chữ" in text
    assert 'href="http://10.1.2.3' not in text
    assert Evidence.objects.get().title == "10.1.2.3/tin/1"


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://soctrang.gov.vn/1", False),
        ("https://103.28.36.1/1", False),
        ("http://127.0.0.1/", True),
        ("http://127.1/", True),
        ("http://0x7f.0.0.1/", True),
        ("http://0177.0.0.1/", True),
        ("http://192.168.1.1:8080/a", True),
        ("http://169.254.169.254/latest/meta-data", True),
        ("http://100.64.0.1/", True),
        ("http://[::1]/", True),
        ("http://[fd00::1]/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("http://may-chu.local/", True),
        ("http://a.LOCALHOST./", True),
        ("http://intranet/", True),
    ],
)
def test_private_addresses_are_known_by_their_looks(url: str, private: bool) -> None:
    assert is_private(url) is private


# Who


def test_whoever_may_write_the_activity_adds_in_every_state(house: House) -> None:
    activity = published(house).activity
    office = make.make_user(Role.AGENCY_OFFICE, house.agency)
    head = make.make_user(Role.UNIT_HEAD, house.agency, house.unit)
    for number, user in enumerate([house.officer, office, head]):
        text = post(user, activity, {f"{number}.png": made.picture("PNG", f"#00000{number}")})
        assert f"Đã thêm minh chứng: {number}.png." in text
    assert Evidence.objects.count() == 3


def test_evidence_never_changes_what_counts(house: House) -> None:
    placement = published(house)
    before = counted(placement)
    evidence = add(house, placement.activity)
    actions.void(by=house.officer, evidence=evidence, reason="Nhầm ảnh.")
    assert counted(placement) == before != []


def test_the_others_are_refused_with_a_sentence_or_find_nothing(house: House) -> None:
    activity = published(house).activity
    evidence = add(house, activity)
    sentence = (
        f"Chỉ cán bộ, trưởng đơn vị của {house.unit} hoặc Văn phòng cơ quan mới được thêm, hủy "
        "minh chứng của hoạt động này."
    )
    other_unit = make.make_user(Role.OFFICER, house.agency, make.make_unit(house.agency))
    for user in (house.editor, other_unit, make.make_user(Role.LEADER, house.agency)):
        assert sentence in post(user, activity, {"b.png": PNG}, status=403)
        assert sentence in link(user, activity, status=403, url=URL)
        with pytest.raises(Refused, match="mới được thêm, hủy"):
            actions.void(by=user, evidence=evidence, reason="x")
    other_agency = make.make_agency(house.province)
    stranger = make.make_user(Role.OFFICER, other_agency, make.make_unit(other_agency))
    post(stranger, activity, {"b.png": PNG}, status=404)
    link(stranger, activity, status=404, url=URL)
    shown(stranger, activity, status=404)
    assert download(stranger, evidence).status_code == 404
    void = reverse("outreach:evidence-void", args=[evidence.pk])
    assert as_(stranger).post(void, {"reason": "x"}).status_code == 404
    assert Evidence.objects.get().voided_at is None


def test_readers_see_it_with_the_activity_and_drafts_stay_inside(house: House) -> None:
    home_affairs = make.make_user(Role.HOME_AFFAIRS, make.make_agency(house.province, "ST-SNV"))
    [placement] = house.sent()
    draft = add(house, house.enter("Nháp"))
    sent = add(house, placement.activity)
    assert download(house.editor, sent).status_code == 200
    assert download(house.editor, draft).status_code == 404
    assert download(home_affairs, draft).status_code == 404
    done = add(house, published(house, url=f"{URL}/2").activity)
    assert download(home_affairs, done).status_code == 200
    assert "a.png" in shown(home_affairs, done.activity)
    assert "Tải lên" not in shown(home_affairs, done.activity)


# Given out


def test_a_file_is_given_out_as_an_attachment_with_safe_headers(house: House) -> None:
    evidence = add(house, house.enter(), name="Ảnh “họp”.png")
    response = download(house.officer, evidence)
    assert b"".join(response.streaming_content) == PNG
    headers = {name: response.headers[name] for name in response.headers}
    assert headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E1%BA%A2nh")
    assert headers["Content-Type"] == "image/png"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_link_is_not_a_file(house: House) -> None:
    evidence = actions.add_link(by=house.officer, activity=house.enter(), url=URL)
    assert download(house.officer, evidence).status_code == 404


# Voided


def test_it_is_voided_with_a_reason_once_and_stays_for_the_agency(
    house: House, files: Path
) -> None:
    activity = published(house).activity
    evidence = add(house, activity)
    address = reverse("outreach:evidence-void", args=[evidence.pk])
    client = as_(house.officer)
    assert "Hãy ghi lý do." in client.post(address, {"reason": " "}).content.decode()
    text = client.post(address, {"reason": "Nhầm ảnh."}, follow=True).content.decode()
    assert "Đã hủy minh chứng “a.png”." in text
    assert "Chị Cán bộ: Nhầm ảnh." in text
    assert client.post(address, {"reason": "x"}).status_code == 403
    assert download(house.officer, evidence).status_code == 200
    assert download(house.editor, evidence).status_code == 404
    assert "a.png" not in shown(house.editor, activity)
    assert "Chưa có minh chứng." in shown(house.editor, activity)
    assert len(stored(files)) == 1
    assert AuditEntry.objects.get(verb="evidence.void").reason == "Nhầm ảnh."
    add(house, activity)  # the same content may be added again
    with pytest.raises(Refused, match="Minh chứng này đã bị hủy trước đó"):
        actions.void(by=house.officer, evidence=evidence, reason="x")


def test_voiding_in_the_same_moment_keeps_the_first_reason(house: House) -> None:
    evidence = add(house, house.enter())
    also = Evidence.objects.select_related("activity__agency", "activity__unit").get()
    actions.void(by=house.officer, evidence=evidence, reason="Một.")
    with pytest.raises(Refused, match="đã bị hủy trước đó"):
        actions.void(by=house.officer, evidence=also, reason="Hai.")
    assert Evidence.objects.get().voided_reason == "Một."


def test_the_page_asks_the_same_at_one_and_at_three(house: House) -> None:
    activity = house.enter()
    add(house, activity)
    client, address = as_(house.officer), reverse("outreach:activity-detail", args=[activity.pk])
    asked = []
    for colour in ("blue", "green"):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        asked.append(len(seen))
        add(house, activity, made.picture("PNG", colour))
        add(house, activity, made.picture("JPEG", colour), "b.jpg")
    assert asked[0] == asked[1]


def test_editors_see_evidence_while_they_decide(house: House) -> None:
    [placement] = house.sent()
    add(house, placement.activity)
    placements.approve(by=house.editor, placement=placement)
    assert "a.png" in shown(house.editor, placement.activity)
