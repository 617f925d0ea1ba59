"""What becomes of a run: made again, compared, expired, and recognised by its hash."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEntry
from cchc.jobs import runner
from cchc.jobs.models import Job, JobState
from cchc.lib import clock
from cchc.lib.decisions import Refused
from plans.models import Obligation
from plans.periods import PeriodKind
from reporting.actions import runs, schedules
from reporting.frozen import Frozen, digest
from reporting.models import Run
from reporting.models.run import FileFormat
from reporting.reports import files
from reporting.tasks import expire_runs
from tests.reporting.world import AS_OF, QUARTER, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_DIR = tmp_path
    return make_world(2)


def made(world: World, who: str = "home") -> Run:
    run = runs.order(
        province=world.province,
        period=QUARTER,
        file_format=FileFormat.XLSX,
        as_of=AS_OF,
        by=world.users[who],
    )
    return finished(run)


def finished(run: Run) -> Run:
    assert runner.run_next()
    return Run.objects.for_list().get(pk=run.pk)


def client_of(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], "django.contrib.auth.backends.ModelBackend")
    return client


def page(world: World, run: Run, who: str = "home") -> str:
    answer = client_of(world, who).get(reverse("reporting:run-detail", args=[run.pk]))
    return " ".join(answer.content.decode().split())


def check(world: World, who: str = "home", **data: object) -> str:
    answer = client_of(world, who).post(reverse("reporting:run-check"), data)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.core
def test_the_stated_hash_is_that_of_what_is_kept(world: World, tmp_path: Path) -> None:
    run = made(world)
    assert run.frozen is not None
    assert run.frozen_sha256 == digest(run.frozen)
    assert run.frozen_at is not None
    report = files.of_run(run)
    report = files.stamped(report, Frozen.of(report.tables), run.frozen_at)
    files.write(report, FileFormat.XLSX, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / run.file).read_bytes()
    assert run.expires_on == clock.today() + timedelta(400)


@pytest.mark.core
def test_the_same_order_again_says_that_the_figures_are_the_same(world: World) -> None:
    first = made(world)
    client = client_of(world, "leader")
    answer = client.post(reverse("reporting:run-again", args=[first.pk]))
    again = Run.objects.get(remake_of=first)
    assert answer.headers["Location"] == reverse("reporting:run-detail", args=[again.pk])
    again = finished(again)
    assert (again.period, again.as_of, again.format) == (first.period, first.as_of, first.format)
    assert again.ordered_by == world.users["leader"]
    assert again.frozen_sha256 == first.frozen_sha256
    assert "số liệu <strong>giống hệt</strong> lần lập trước" in page(world, again)


def test_figures_that_changed_since_are_named(world: World) -> None:
    first = made(world)
    waived = Obligation.objects.get(pk=world.obligations["QT-CQ1", "CTTDT", "2024-M01"].pk)
    waived.waived_at, waived.waived_by = clock.now(), world.users["home"]
    waived.waived_reason = "Cổng bảo trì."
    waived.save()
    again = finished(runs.order_again(run=first, by=world.users["home"]))
    assert again.frozen_sha256 != first.frozen_sha256
    shown = page(world, again)
    assert "số liệu <strong>đã thay đổi</strong> so với lần lập trước" in shown
    assert "dòng khác" in shown


@pytest.mark.core
@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_what_failed_or_was_cancelled_is_ordered_again(world: World, state: JobState) -> None:
    run = runs.order(
        province=world.province,
        period=QUARTER,
        file_format=FileFormat.XLSX,
        as_of=AS_OF,
        by=world.users["home"],
    )
    with pytest.raises(Refused, match="đang được lập"):
        runs.order_again(run=Run.objects.for_list().get(pk=run.pk), by=world.users["home"])
    Job.objects.filter(run=run).update(state=state, error="Lỗi.")
    run = Run.objects.for_list().get(pk=run.pk)
    again = finished(runs.order_again(run=run, by=world.users["home"]))
    assert again.file
    assert "lượt đó không có tệp" in page(world, again)


@pytest.mark.core
@pytest.mark.parametrize("who", ["office", "head", "officer", "editor", "admin", "auditor"])
def test_only_who_may_order_orders_again(world: World, who: str) -> None:
    run = made(world)
    with pytest.raises(Refused):
        runs.order_again(run=run, by=world.users[who])
    again = client_of(world, who).post(reverse("reporting:run-again", args=[run.pk]))
    assert again.status_code == 404


@pytest.mark.core
def test_a_file_is_kept_until_its_day_and_its_figures_for_good(
    world: World, tmp_path: Path
) -> None:
    run = made(world)
    kept, today = tmp_path / run.file, clock.today()
    with pytest.raises(Refused, match="chưa hết hạn lưu"):
        runs.expire(run=run, day=today + timedelta(400), by=None)
    Run.objects.update(expires_on=today - timedelta(1))
    for _ in range(2):
        Job.objects.create(task=expire_runs.name)
        assert runner.run_next()
    assert not kept.exists()
    run.refresh_from_db()
    assert run.expired_at is not None
    assert (run.frozen is not None, bool(run.sha256), bool(run.frozen_sha256)) == (True,) * 3
    assert AuditEntry.objects.filter(verb=runs.EXPIRED.code).count() == 1
    client = client_of(world, "home")
    assert client.get(reverse("reporting:run-download", args=[run.pk])).status_code == 403
    shown = page(world, run)
    assert "Tệp đã hết hạn lưu và được xóa" in shown
    assert "Lập lại" in shown
    assert run.frozen_sha256 in shown
    assert "đã hết hạn lưu" in client.get(reverse("reporting:run-list")).content.decode()


def test_a_file_that_is_ours_is_known_and_one_byte_makes_it_another(
    world: World, tmp_path: Path
) -> None:
    run = made(world)
    content = (tmp_path / run.file).read_bytes()
    ours = check(world, file=SimpleUploadedFile("bao-cao.xlsx", content))
    assert "Đúng là của hệ thống." in ours
    assert "nguyên vẹn từng byte" in ours
    assert reverse("reporting:run-detail", args=[run.pk]) in ours
    assert "còn nguyên vẹn (tính lại" in ours
    other = check(world, file=SimpleUploadedFile("bao-cao.xlsx", content + b" "))
    assert "Không có tệp nào" in other
    assert hashlib.sha256(content + b" ").hexdigest() in other


def test_the_printed_hash_is_known_however_it_is_typed(world: World) -> None:
    run = made(world)
    typed = f" {run.frozen_sha256[:20].upper()}\n {run.frozen_sha256[20:]}. "
    assert "cùng số liệu" in check(world, code=typed)
    assert "nguyên vẹn từng byte" in check(world, code=run.sha256)


def test_whoever_holds_a_file_may_ask_but_is_led_only_to_what_they_may_see(world: World) -> None:
    run = made(world)
    for who in ("officer", "admin"):
        shown = check(world, who, code=run.sha256)
        assert "Đúng là của hệ thống." in shown
        assert reverse("reporting:run-detail", args=[run.pk]) not in shown


def test_figures_that_were_tampered_with_in_the_database_are_told(world: World) -> None:
    run = made(world)
    assert run.frozen is not None
    run.frozen[0]["title"] = "Đã sửa"
    run.save(update_fields=["frozen"])
    assert "không còn khớp mã đã ghi" in check(world, code=run.sha256)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Hãy chọn tệp hoặc nhập mã cần kiểm tra."),
        ({"code": "abc"}, "gồm đúng 64 ký tự"),
        ({"code": "z" * 64}, "gồm đúng 64 ký tự"),
        ({"code": "\x00" * 10}, "invalid-feedback"),
    ],
)
def test_what_cannot_be_a_hash_is_said(world: World, data: dict[str, str], sentence: str) -> None:
    shown = check(world, **data)
    assert sentence in shown
    assert "Đúng là của hệ thống" not in shown


def test_a_file_that_is_too_large_is_told_another_way(world: World) -> None:
    large = SimpleUploadedFile("a.pdf", bytes(20 * 1024 * 1024 + 1))
    assert "certutil -hashfile" in check(world, file=large)


def test_an_empty_file_is_a_file(world: World) -> None:
    assert "Không có tệp nào" in check(world, file=SimpleUploadedFile("a.pdf", b""))


def test_what_was_sent_to_me(world: World) -> None:
    leader, home = world.users["leader"], world.users["home"]
    schedule = schedules.add(
        province=world.province,
        terms=schedules.Terms(PeriodKind.QUARTER, 1, FileFormat.XLSX, [leader]),
        by=home,
    )
    sent = schedules.look(schedule=schedule, day=schedule.next_on, by=None)
    assert sent is not None
    made(world)
    address = reverse("reporting:run-list") + "?loc=cho-toi"
    mine = client_of(world, "leader").get(address)
    assert list(mine.context["page"]) == [sent]
    assert "theo lịch" in mine.content.decode()
    assert list(client_of(world, "home").get(address).context["page"]) == []


def form(**data: object) -> dict[str, object]:
    return {"every": "quarter", "after_days": "1", "file_format": "pdf"} | data


def test_the_pages_of_schedules(world: World) -> None:
    client, leader = client_of(world, "home"), world.users["leader"]
    listed = reverse("reporting:schedule-list")
    assert "Chưa đặt lịch nào" in client.get(listed).content.decode()
    answer = client.post(reverse("reporting:schedule-add"), form(recipients=[leader.pk]))
    assert answer.headers["Location"] == listed
    schedule = world.province.scheduled_runs.get()
    shown = client.get(listed).content.decode()
    assert f"ngày {schedule.next_on:%d/%m/%Y}" in shown
    assert str(leader) in shown
    again = client.post(reverse("reporting:schedule-add"), form()).content.decode()
    assert "đã có lịch" in again
    change = reverse("reporting:schedule-change", args=[schedule.pk])
    assert "checked" in client.get(change).content.decode()
    assert client.post(change, form(every="month")).status_code == 302
    for name, state in (("pause", "Tạm dừng"), ("resume", "Đang chạy")):
        client.post(reverse(f"reporting:schedule-{name}", args=[schedule.pk]))
        assert state in client.get(listed).content.decode()
    client.post(reverse("reporting:schedule-remove", args=[schedule.pk]))
    assert not world.province.scheduled_runs.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"every": "day"},
        {"after_days": "0"},
        {"after_days": "61"},
        {"after_days": "x"},
        {"every": "week", "after_days": "8"},
        {"file_format": "zip"},
        {"recipients": ["999999"]},
        {"recipients": ["x"]},
    ],
)
def test_wrong_terms_are_explained(world: World, wrong: dict[str, object]) -> None:
    page = client_of(world, "home").post(reverse("reporting:schedule-add"), form(**wrong))
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not world.province.scheduled_runs.exists()


def test_only_people_who_oversee_the_province_can_be_chosen(world: World) -> None:
    make_world(1, "KH")
    page = client_of(world, "home").get(reverse("reporting:schedule-add"))
    offered = set(page.context["form"].fields["recipients"].queryset)
    assert offered == {world.users["home"], world.users["leader"]}


def test_the_list_takes_the_same_number_of_queries_at_one_and_three_schedules(
    world: World,
) -> None:
    client, counts = client_of(world, "home"), []
    for every in (["quarter"], ["month", "year"]):
        for kind in every:
            schedule = schedules.add(
                province=world.province,
                terms=schedules.Terms(PeriodKind(kind), 1, FileFormat.PDF, [world.users["home"]]),
                by=world.users["home"],
            )
            schedules.look(schedule=schedule, day=date(2100, 1, 1), by=None)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reporting:schedule-list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
