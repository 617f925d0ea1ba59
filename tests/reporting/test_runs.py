"""Ordered reports: made by the worker, hashed, downloaded by those who may."""

import hashlib
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEntry
from cchc.jobs import queue, runner
from cchc.jobs.models import Job, JobState
from cchc.jobs.progress import Lost, Progress
from cchc.lib import clock
from cchc.lib.decisions import Refused
from reporting.actions import runs
from reporting.frozen import Frozen, thaw
from reporting.models import Run
from reporting.models.run import FileFormat
from reporting.reports import consolidated, files
from reporting.tasks import make_run
from tests.reporting.world import AS_OF, QUARTER, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_DIR = tmp_path
    return make_world(2)


def order(world: World, who: str = "home", file_format: FileFormat = FileFormat.XLSX) -> Run:
    return runs.order(
        province=world.province,
        period=QUARTER,
        file_format=file_format,
        as_of=AS_OF,
        by=world.users[who],
    )


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_job_names_its_task() -> None:
    assert make_run.name == runs.TASK


def test_a_run_becomes_one_file_with_hash_and_figures(world: World, tmp_path: Path) -> None:
    run = order(world)
    assert AuditEntry.objects.get(verb=runs.ORDERED.code).object_id == str(run.pk)
    assert runner.run_next()
    run.refresh_from_db()
    content = (tmp_path / run.file).read_bytes()
    assert run.sha256 == hashlib.sha256(content).hexdigest()
    assert run.size == len(content)
    assert run.job is not None
    assert (run.job.state, run.job.attempts) == (JobState.DONE, 1)
    facts = consolidated.gather(world.province, QUARTER, AS_OF)
    assert thaw(run.frozen or []) == consolidated.tables(facts)
    assert [path.name for path in (tmp_path / "reports").iterdir()] == [f"{run.pk}.xlsx"]
    assert AuditEntry.objects.filter(verb=runs.COMPLETED.code).count() == 1
    assert not runner.run_next()


@pytest.mark.parametrize("who", ["office", "head", "officer", "editor", "admin", "auditor"])
def test_strangers_may_not_order(world: World, who: str) -> None:
    with pytest.raises(Refused, match="không theo dõi toàn bộ tỉnh"):
        order(world, who)
    assert not Run.objects.exists()
    assert not Job.objects.exists()


def test_home_affairs_of_another_province_may_not_order_or_see(world: World) -> None:
    other = make_world(1, "KH")
    with pytest.raises(Refused):
        runs.order(
            province=world.province,
            period=QUARTER,
            file_format=FileFormat.PDF,
            as_of=AS_OF,
            by=other.users["home"],
        )
    run = order(world)
    client = signed_in(other, "home")
    for name in ("run-detail", "run-progress", "run-download"):
        assert client.get(reverse(f"reporting:{name}", args=[run.pk])).status_code == 404
    assert client.post(reverse("reporting:run-cancel", args=[run.pk])).status_code == 404


def test_the_whole_walk_in_the_browser(world: World, tmp_path: Path) -> None:
    client = signed_in(world, "home")
    page = client.post(
        reverse("reporting:run-order"),
        {"ky": "2024-Q1", "den_ngay": "05/04/2024", "dinh_dang": "pdf"},
        follow=True,
    )
    run = Run.objects.get()
    assert page.redirect_chain[0][0] == reverse("reporting:run-detail", args=[run.pk])
    assert 'hx-trigger="every 1s"' in page.content.decode()
    download = reverse("reporting:run-download", args=[run.pk])
    assert client.get(download).status_code == 403
    assert runner.run_next()
    ended = client.get(reverse("reporting:run-progress", args=[run.pk])).content.decode()
    assert "hx-trigger" not in ended
    assert download in ended
    assert "<html" not in ended
    answer = client.get(download)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="Bao-cao-tong-hop-CCHC-QT-2024-Q1.pdf"')
    assert "Báo cáo tổng hợp tuyên truyền CCHC Quảng Thử QT Quý I-2024.pdf" in unquote(disposition)
    assert (
        "Báo cáo tổng hợp toàn tỉnh, Quý I/2024"
        in client.get(reverse("reporting:run-list")).content.decode()
    )
    (tmp_path / Run.objects.get().file).unlink()
    assert client.get(download).status_code == 404


@pytest.mark.parametrize("who", ["office", "head", "officer", "editor", "admin", "auditor"])
def test_strangers_do_not_download(world: World, who: str) -> None:
    run = order(world)
    runner.run_next()
    client = signed_in(world, who)
    assert client.get(reverse("reporting:run-download", args=[run.pk])).status_code == 404
    assert client.get(reverse("reporting:run-detail", args=[run.pk])).status_code == 404
    assert client.get(reverse("reporting:run-list")).status_code == 403


def test_the_leader_of_the_province_reads_and_downloads(world: World) -> None:
    run = order(world)
    runner.run_next()
    client = signed_in(world, "leader")
    assert client.get(reverse("reporting:run-detail", args=[run.pk])).status_code == 200
    assert client.get(reverse("reporting:run-download", args=[run.pk])).status_code == 200


def test_a_cancelled_run_writes_nothing(world: World, tmp_path: Path) -> None:
    run = order(world)
    assert run.job is not None
    job = queue.claim("worker", run.job.pk)
    assert job is not None
    client = signed_in(world, "home")
    assert client.post(reverse("reporting:run-cancel", args=[run.pk])).status_code == 302
    part = files.part_of(run.pk, job.version)
    part.write_bytes(b"made in vain")
    with pytest.raises(Lost):
        runs.complete(
            run=run,
            frozen=Frozen.of(()),
            frozen_at=clock.now(),
            part=part,
            progress=Progress(job),
            by=None,
        )
    run.refresh_from_db()
    assert (run.file, run.frozen) == ("", None)
    assert not (tmp_path / "reports" / f"{run.pk}.xlsx").exists()
    assert AuditEntry.objects.filter(verb=runs.CANCELLED.code).count() == 1
    again = client.post(reverse("reporting:run-cancel", args=[run.pk]))
    assert again.status_code == 403
    assert (
        "đã được hủy" in client.get(reverse("reporting:run-detail", args=[run.pk])).content.decode()
    )


def test_parts_of_killed_attempts_are_removed(world: World, tmp_path: Path) -> None:
    run = order(world)
    left = tmp_path / "reports" / f"{run.pk}.99.part"
    left.parent.mkdir()
    left.write_bytes(b"half")
    assert runner.run_next()
    assert [path.name for path in left.parent.iterdir()] == [f"{run.pk}.xlsx"]


def test_a_file_renamed_by_an_attempt_that_died_before_its_commit_is_replaced(
    world: World, tmp_path: Path
) -> None:
    run = order(world)
    orphan = tmp_path / "reports" / f"{run.pk}.xlsx"
    orphan.parent.mkdir()
    orphan.write_bytes(b"renamed, never committed")
    assert runner.run_next()
    run.refresh_from_db()
    assert run.sha256 == hashlib.sha256(orphan.read_bytes()).hexdigest()
    assert list(orphan.parent.iterdir()) == [orphan]


def test_a_province_without_home_affairs_fails_with_a_sentence(world: World) -> None:
    run = order(world)
    world.users["home"].memberships.filter(role="home_affairs").delete()
    assert runner.run_next()
    run.refresh_from_db()
    assert run.job is not None
    assert run.job.state == JobState.FAILED
    assert "chưa có cơ quan nào giữ vai trò Sở Nội vụ" in run.job.error
    page = signed_in(world, "leader").get(reverse("reporting:run-detail", args=[run.pk]))
    assert "Lập lại" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ky", "2024-Q9"),
        ("ky", ""),
        ("ky", "1999-Q1"),
        ("den_ngay", "31/02/2024"),
        ("den_ngay", "01/01/2999"),
        ("den_ngay", "2024-04-05"),
        ("dinh_dang", "exe"),
    ],
)
def test_a_wrong_order_is_explained(world: World, field: str, value: str) -> None:
    data = {"ky": "2024-Q1", "den_ngay": "05/04/2024", "dinh_dang": "pdf", field: value}
    page = signed_in(world, "home").post(reverse("reporting:run-order"), data)
    assert page.status_code == 200
    assert "invalid-feedback" in page.content.decode()
    assert not Run.objects.exists()


def test_the_list_takes_the_same_number_of_queries_at_one_and_three_runs(world: World) -> None:
    client = signed_in(world, "home")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            order(world)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reporting:run-list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
