"""Every kind of file of issue 4 posted to the pages themselves, and who sees evidence when."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from outreach.actions import evidence as actions
from outreach.actions import placements
from outreach.models import Activity, Evidence, Placement
from outreach.moves import Dispatch
from tests import factories as make
from tests.outreach import evidence_files as made
from tests.outreach.conftest import House, published

pytestmark = pytest.mark.core

PNG, JPEG = made.picture("PNG"), made.picture()
DOCX, XLSX = made.docx(), made.xlsx()
ZIP = made.zipped({"a.txt": b"a"})
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
MACRO = made.with_parts(DOCX, {"word/vbaProject.bin": b"x"})
# 60,000 by 60,000 pixels that nobody unpacks: kept as the few bytes that it is.
VAST = (
    PNG[:8] + made.chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)) + PNG[33:]
)

GOOD = {
    "tot.pdf": made.PDF,
    "tot.jpg": JPEG,
    "tot.png": PNG,
    "tot.webp": made.picture("WEBP"),
    "tot.docx": DOCX,
    "tot.xlsx": XLSX,
    "rộng.png": VAST,
}
BAD = {
    "anh.svg": SVG,
    "anh.png": SVG,
    "trang.html": HTML,
    "trang.pdf": HTML,
    "ghep-zip.pdf": made.PDF + ZIP,
    "ghep-html.jpg": JPEG + HTML,
    "ghep-php.jpg": JPEG + b"<?php system('id'); ?>",
    "macro.docm": MACRO,
    "macro.xlsm": made.with_parts(XLSX, {"xl/vbaProject.bin": b"x"}),
    "macro.docx": MACRO,
    "macro-doi-ten.docx": made.with_parts(DOCX, {"[Content_Types].xml": b"<T>vba&#80;roject</T>"}),
    "mau-tu-xa.docx": made.related("attachedTemplate", "https://x.vn/a.dotm"),
    "sai-duoi.docx": XLSX,
    "hai-duoi.pdf.exe": made.PDF,
    "rong.pdf": b"",
    "iphone.heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "bom.docx": made.with_parts(DOCX, {"word/a.xml": b" " * 60_000_000}),
    "nen.zip": ZIP,
    "cu.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "chay.exe": b"MZ\x90\x00",
    "phim.mp4": b"\x00\x00\x00\x14ftypmp42",
    "cut.jpg": JPEG[:-40],
}


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: User, activity: Activity, sent: dict[str, bytes]) -> str:
    parts = [SimpleUploadedFile(name, content) for name, content in sent.items()]
    address = reverse("outreach:evidence-add", args=[activity.pk])
    return as_(user).post(address, {"file": parts}, follow=True).content.decode()


def test_of_everything_posted_at_once_the_good_are_kept_and_each_bad_has_its_sentence(
    house: House, files: Path
) -> None:
    activity = house.enter()
    text = post(house.officer, activity, BAD | GOOD)
    assert f"{len(BAD)} tệp không được nhận:" in text
    for name in BAD:
        assert f"<li><b>{name}</b>: " in text
    assert list(Evidence.objects.order_by("id").values_list("title", flat=True)) == list(GOOD)
    kept = sorted(path.read_bytes() for path in (files / "vault").rglob("*") if path.is_file())
    assert kept == sorted(GOOD.values())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../../etc/cron.d/a.png", "a.png"),
        ("..\\..\\windows\\a.png", "a.png"),
        ("/etc/passwd\x00.png", "passwd.png"),
        ("hoa-don\u202egnp.exe.png", "hoa-dongnp.exe.png"),
        ("a.html.png", "a.html.png"),
        ("\u2066a\u200b.png", "a.png"),
        ("Ảnh\r\nSet-Cookie: a=b.png", "Ảnh Set-Cookie: a=b.png"),
        ("x" * 400 + ".png", "x" * 196 + ".png"),
        (".htaccess", "htaccess.png"),
    ],
)
def test_a_name_is_text_and_never_a_path(house: House, files: Path, given: str, kept: str) -> None:
    actions.add_file(by=house.officer, activity=house.enter(), name=given, content=PNG)
    evidence = Evidence.objects.get()
    assert evidence.title == kept
    [stored] = [path for path in files.rglob("*") if path.is_file()]
    assert stored.name == evidence.sha256
    response = download(house.officer, evidence)
    assert "\n" not in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("attachment; filename")


def download(user: User, evidence: Evidence) -> Any:
    return as_(user).get(reverse("outreach:evidence-download", args=[evidence.pk]))


# Sight


def sees(user: User, evidence: Evidence) -> tuple[int, int]:
    """The status of the file, and of the page of its activity."""
    page = reverse("outreach:activity-detail", args=[evidence.activity_id])
    return download(user, evidence).status_code, as_(user).get(page).status_code


SEEN, HIDDEN = (200, 200), (404, 404)


@pytest.fixture
def people(house: House) -> dict[str, User]:
    """Everybody who might look, at home and elsewhere."""
    elsewhere = make.make_agency(make.make_province())
    neighbour = make.make_agency(house.province)
    return {
        "colleague": make.make_user(Role.OFFICER, house.agency, make.make_unit(house.agency)),
        "leader": make.make_user(Role.LEADER, house.agency),
        "editor": house.editor,
        "other editor": make.make_user(Role.CHANNEL_EDITOR, neighbour),
        "home affairs": make.make_user(Role.HOME_AFFAIRS, make.make_agency(house.province)),
        "neighbour": make.make_user(Role.AGENCY_OFFICE, neighbour),
        "other province": make.make_user(Role.HOME_AFFAIRS, elsewhere),
        "system admin": make.make_user(Role.SYSTEM_ADMIN, house.agency),
    }


def looks(people: dict[str, User], evidence: Evidence) -> set[str]:
    """Who sees it; whoever sees the file sees the page, and the other way round."""
    found = {name: sees(user, evidence) for name, user in people.items()}
    assert set(found.values()) <= {SEEN, HIDDEN}
    return {name for name, seen in found.items() if seen == SEEN}


INSIDE = {"colleague", "leader"}


def test_what_is_only_submitted_inside_the_agency_stays_inside(
    house: House, people: dict[str, User]
) -> None:
    house.agency.clears_internally = True
    house.agency.save()
    head = make.make_user(Role.UNIT_HEAD, house.agency, house.unit)
    activity = house.enter()
    evidence = actions.add_file(by=house.officer, activity=activity, name="a.png", content=PNG)
    assert looks(people, evidence) == INSIDE
    placements.send(
        by=house.officer, activity=activity, to=Dispatch([house.page], date(2024, 3, 5))
    )
    assert placement_of(activity).state == "submitted"
    assert looks(people, evidence) == INSIDE
    placements.hand_back(by=head, placement=placement_of(activity), reason="Thiếu ảnh.")
    assert looks(people, evidence) == INSIDE
    placements.send(
        by=house.officer, activity=activity, to=Dispatch([house.page], date(2024, 3, 6))
    )
    placements.clear(by=head, placement=placement_of(activity), on=date(2024, 3, 6))
    assert looks(people, evidence) == INSIDE | {"editor"}
    placements.recall(by=house.officer, placement=placement_of(activity))
    assert looks(people, evidence) == INSIDE


def placement_of(activity: Activity) -> Placement:
    return Placement.objects.select_related(
        "activity__agency", "activity__unit", "channel", "agency", "editing_agency"
    ).get(activity=activity)


def test_published_it_is_seen_by_home_affairs_and_voided_only_at_home(
    house: House, people: dict[str, User]
) -> None:
    activity = published(house).activity
    evidence = actions.add_file(by=house.officer, activity=activity, name="a.png", content=PNG)
    assert looks(people, evidence) == INSIDE | {"editor", "home affairs"}
    actions.void(by=house.officer, evidence=evidence, reason="Nhầm ảnh.")
    assert sees(people["leader"], evidence) == SEEN
    for name in ("editor", "home affairs"):
        assert sees(people[name], evidence) == (404, 200)
    for name in ("other editor", "neighbour", "other province", "system admin"):
        assert sees(people[name], evidence) == HIDDEN
    placement = placement_of(activity)
    other = actions.add_file(by=house.officer, activity=activity, name="b.jpg", content=JPEG)
    placements.withdraw(by=house.editor, placement=placement, reason="Sai số liệu.")
    assert looks(people, other) == INSIDE | {"editor", "home affairs"}


def test_nobody_adds_or_reads_without_logging_in(house: House) -> None:
    activity = published(house).activity
    evidence = actions.add_file(by=house.officer, activity=activity, name="a.png", content=PNG)
    for address in (
        reverse("outreach:evidence-download", args=[evidence.pk]),
        reverse("outreach:evidence-add", args=[activity.pk]),
    ):
        response = Client().post(address) if "add" in address else Client().get(address)
        assert response.status_code in {302, 403, 405}
    vault = f"/files/vault/{evidence.sha256[:2]}/{evidence.sha256}"
    for guess in (vault, f"/static/{vault}", f"/media/{vault}", f"/data{vault}"):
        assert as_(house.officer).get(guess).status_code == 404
