"""The evidence of a scored year: one archive whose index leads from criterion to file."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agencies.models import User
from cchc.jobs import runner
from cchc.lib import archive, vault
from cchc.lib.archive import SUMS, Entry
from cchc.lib.decisions import Refused
from cchc.lib.tables import display
from outreach.models import Activity, Evidence, Placement
from outreach.models.link import LinkState
from reporting.actions import runs, score_terms, scores
from reporting.models import Run
from reporting.reports import evidence, files
from reporting.tasks import make_run
from tests.factories import make_agency, make_user
from tests.reporting.house import at
from tests.reporting.world import World, make_world, send

pytestmark = [pytest.mark.django_db, pytest.mark.core]

YEAR_END = date(2024, 12, 31)
LATER = date(2025, 1, 10)
PHOTO, MINUTES = b"\xff\xd8\xff anh hoi nghi", b"%PDF-1.7 bien ban"
INDEX = "00-Muc-luc-tai-lieu-kiem-chung"


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_DIR = tmp_path
    world = make_world(2)
    home = world.users["home"]
    score_terms.adopt(province=world.province, year=2024, source=None, letter="12/QĐ-UBND", by=home)
    return world


def prove(activity: Activity, title: str, content: bytes = b"", url: str = "") -> Evidence:
    facts = {"url": url, "link_state": LinkState.UNCHECKED}
    if content:
        kept = vault.keep(content)
        kind = title.rpartition(".")[2]
        facts = {"sha256": kept.sha256, "size": kept.size, "file_type": kind}
    return Evidence.objects.create(
        activity=activity, title=title, added_by=activity.author, **facts
    )


def articles(world: World) -> list[Activity]:
    """Of the first agency, by the day of publication: 20/1, 20/2, 18/3, 20/3."""
    rows = Placement.objects.filter(agency=world.agencies[0]).order_by("published_on")
    return [row.activity for row in rows.select_related("activity__author")]


def packed(world: World, who: str = "office") -> tuple[Run, zipfile.ZipFile]:
    with at(LATER):
        run = runs.order_evidence(agency=world.agencies[0], year=2024, by=world.users[who])
        assert run.job.task == make_run.name
        assert runner.run_next()
    run.refresh_from_db()
    assert run.file, run.job.error
    return run, zipfile.ZipFile(files.settings.FILES_DIR / run.file)


def rows_of(pack: zipfile.ZipFile, sheet: str) -> list[list[object]]:
    book = load_workbook(io.BytesIO(pack.read(f"{INDEX}.xlsx")))
    return [[cell for cell in row if cell is not None] for row in book[sheet].values]


def test_the_pack_holds_each_file_once_under_its_criterion_with_its_hash(world: World) -> None:
    january, february, quarter, march = articles(world)
    prove(february, "Ảnh hội nghị (1).jpg", PHOTO)
    prove(quarter, "Biên bản.pdf", MINUTES)
    prove(quarter, "Ảnh chép lại.jpg", PHOTO)
    prove(march, "Bài trên trang chủ", url="https://cchc.example.gov.vn/bai")
    voided = prove(march, "Nhầm.pdf", b"%PDF-1.7 nham")
    Evidence.objects.filter(pk=voided.pk).update(
        voided_at=voided.added_at, voided_by=voided.added_by, voided_reason="Nhầm"
    )
    run, pack = packed(world)
    folder = "TC1-muc-do-hoan-thanh-ke-hoach-tuyen-truyen"
    # Obligations stand in the order of their windows: quarter I begins before February.
    assert pack.namelist() == [
        f"{INDEX}.pdf",
        f"{INDEX}.xlsx",
        f"{folder}/0001-bien-ban.pdf",
        f"{folder}/0002-anh-chep-lai.jpg",
        SUMS,
    ]
    assert pack.testzip() is None
    sums = dict(reversed(line.split("  ")) for line in pack.read(SUMS).decode().splitlines())
    assert sums == {
        name: hashlib.sha256(pack.read(name)).hexdigest()
        for name in pack.namelist()
        if name != SUMS
    }
    assert pack.read(f"{folder}/0002-anh-chep-lai.jpg") == PHOTO
    assert (run.format, run.as_of) == ("zip", LATER)
    assert january.evidence.count() == 0


def test_the_index_leads_from_criterion_to_duty_article_address_and_hash(world: World) -> None:
    _, february, quarter, _ = articles(world)
    prove(february, "Ảnh hội nghị (1).jpg", PHOTO)
    with at(LATER):
        scores.self_score(
            agency=world.agencies[0], year=2024, as_of=YEAR_END, by=world.users["office"]
        )
    run, pack = packed(world)
    assert run.as_of == YEAR_END  # the day of the agency's own score
    duties = {row[1]: row for row in rows_of(pack, "Tiêu chí 1") if len(row) > 4}
    [line] = [row for name, row in duties.items() if str(name).endswith("Hạn 25/02/2024")]
    address = Placement.objects.get(activity=february).url
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    assert line[1] == (
        "4.2. Tin, bài đăng trên Cổng TTĐT của cơ quan\nCổng TTĐT cơ quan, Tháng 2/2024\n"
        "Hạn 25/02/2024"
    )
    assert line[3:] == [
        f"{february.title}\nVăn phòng",
        "Gửi 20/02/2024\nDuyệt 20/02/2024\nĐăng 20/02/2024\nTính 20/02/2024",
        address,
        f"Tệp 0001: Ảnh hội nghị (1).jpg\nSHA-256: {sha256}",
    ]
    pages = pdfplumber.open(io.BytesIO(pack.read(f"{INDEX}.pdf"))).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "KẾT QUẢ TỰ CHẤM ĐIỂM" in text
    assert "3/5 = 60% (dưới 90%): 0,00 điểm" in text
    # Columns are narrow: the hash stands on several lines of its cell.
    cells = [
        re.sub(r"\s", "", cell or "") for page in pages for row in page.extract_table() or []
        for cell in row
    ]  # fmt: skip
    assert f"Tệp0001:Ảnhhộinghị(1).jpgSHA-256:{sha256}" in cells
    assert re.sub(r"\s", "", quarter.title) + "PhòngNghiệpvụ" in cells


def test_what_is_lost_or_altered_in_the_vault_is_said_and_not_packed(world: World) -> None:
    _, february, quarter, _ = articles(world)
    lost = prove(february, "Mất.pdf", b"%PDF-1.7 mat")
    vault.path_of(lost.sha256).unlink()
    altered = prove(quarter, "Sửa.jpg", PHOTO)
    vault.path_of(altered.sha256).write_bytes(b"khac")
    _, pack = packed(world)
    assert [name for name in pack.namelist() if name.startswith("TC")] == []
    said = [row[-1] for row in rows_of(pack, "Danh mục tệp") if len(row) == 6][1:]
    assert said == [
        "Không đưa vào gói: nội dung trong kho không khớp mã SHA-256 đã ghi",
        "Không đưa vào gói: không còn trong kho tệp",
    ]


def test_the_same_facts_give_the_same_bytes_but_for_the_stated_time(world: World) -> None:
    prove(articles(world)[1], "Ảnh.jpg", PHOTO)
    moment = time_machine.travel("2025-01-10T09:00:00+07:00", tick=False)
    contents = []
    for _ in range(2):
        with moment:
            run, _ = packed(world)
        contents.append((run.sha256, run.frozen_sha256))
    assert contents[0] == contents[1]


def test_home_affairs_packs_only_what_it_may_see(world: World) -> None:
    """What counts from its sending is not public: the agency's own pack names it."""
    duty = world.obligation(world.agencies[0], world.page, "2024-Q2")
    waiting = send(duty, date(2024, 4, 2), "Bài chưa đăng")
    duty.fulfilments.create(placement=waiting, counted_on=date(2024, 4, 2), why="gửi trong kỳ")
    prove(waiting.activity, "Bản thảo.pdf", MINUTES)
    own, theirs = (packed(world, who)[1] for who in ("office", "home"))
    assert [n for n in own.namelist() if "ban-thao" in n] != []
    assert [n for n in theirs.namelist() if "ban-thao" in n] == []
    cells = {str(cell) for row in rows_of(theirs, "Tiêu chí 1") for cell in row}
    assert "Kết quả chưa công khai, không thuộc phạm vi xem của người lập tài liệu" in cells
    assert not any("Bài chưa đăng" in cell for cell in cells)


def test_a_pack_is_seen_by_whoever_ordered_it(world: World) -> None:
    run, _ = packed(world)
    seen = {
        who: Run.objects.visible_to(User.objects.get(pk=world.users[who].pk)).count()
        for who in ("office", "home", "leader", "head")
    }
    assert seen == {"office": 1, "home": 0, "leader": 0, "head": 0}
    client = Client()
    client.force_login(world.users["office"], "django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("reporting:run-download", args=[run.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert hashlib.sha256(content).hexdigest() == run.sha256
    assert answer.headers["Content-Type"] == "application/zip"
    assert "Tai-lieu-kiem-chung-QT-CQ1-2024.zip" in answer.headers["Content-Disposition"]
    page = client.get(reverse("reporting:run-detail", args=[run.pk])).content.decode()
    assert "Về chấm điểm" in page


def test_nobody_else_orders_it_and_no_year_without_criteria(world: World) -> None:
    stranger = make_user()
    with pytest.raises(Refused, match="Anh/chị không theo dõi"):
        runs.order_evidence(agency=world.agencies[0], year=2024, by=stranger)
    with pytest.raises(Refused, match="chưa đặt tiêu chí chấm điểm năm 2023"):
        runs.order_evidence(agency=world.agencies[0], year=2023, by=world.users["office"])


def test_an_agency_that_owes_nothing_has_a_pack_that_says_so(world: World) -> None:
    facts = evidence.gather(make_agency(world.province), 2024, YEAR_END, world.users["home"])
    report = files.of_evidence(facts)
    assert [table.rows for table in report.tables[1:]] == [(), (), (), ()]
    values = [display(cell.value, column.kind)
              for cell, column in zip(report.tables[0].rows[0].cells, report.tables[0].columns,
                                      strict=True)]  # fmt: skip
    assert values[2:5] == ["không áp dụng", "1,00", "không áp dụng"]


def test_gathering_costs_the_same_whatever_there_is(world: World) -> None:
    counts = []
    for number in range(2):
        for at_, activity in enumerate(articles(world)[: 1 + 2 * number]):
            prove(activity, f"{number}-{at_}.jpg", b"\xff\xd8\xff" + bytes([number, at_]))
        office = User.objects.get(pk=world.users["office"].pk)
        with CaptureQueriesContext(connection) as queries:
            evidence.gather(world.agencies[0], 2024, YEAR_END, office)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_entry_that_is_not_what_it_promises_stops_the_archive(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(archive.Altered):
        archive.write(
            tmp_path / "x.zip", [Entry("a.jpg", tmp_path / "a", "0" * 64)], made_on=YEAR_END
        )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ảnh hội nghị (1)", "anh-hoi-nghi-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("\u202egpj.exe", "gpj-exe"),
        ("???", "tep"),
        ("a" * 90, "a" * 60),
    ],
)
def test_names_are_safe_on_every_system(text: str, name: str) -> None:
    assert archive.safe_name(text) == name
