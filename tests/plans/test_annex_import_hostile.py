"""Files that mean harm or nothing: a sentence on the page, nothing stored, never a 500."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from cchc.jobs import runner
from cchc.jobs.models import Job, JobState
from plans import tasks
from plans.models import AnnexImport, Plan, Task
from tests.factories import make_agency, make_plan
from tests.lib.test_uploads import CASES, CRASH, sheet
from tests.plans.annex_files import html, sheet_001, xlsx

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

__all__ = ["tasks"]
HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"]


@pytest.fixture
def draft(settings: Any, tmp_path: Path) -> Plan:
    settings.FILES_DIR = tmp_path
    return make_plan(make_agency(), state="draft")


@pytest.fixture
def client(draft: Plan, office: Callable[[Agency], User]) -> Client:
    client = Client()
    client.force_login(office(draft.agency), "django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, plan: Plan, **sent: Any) -> HttpResponse:
    return client.post(reverse("plans:edit-import", args=[plan.pk]), sent)


def file(content: bytes, name: str = "a.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("name", CASES)
def test_what_is_refused_at_the_door(
    client: Client, draft: Plan, tmp_path: Path, name: str
) -> None:
    make, sentence = CASES[name]
    answer = send(client, draft, file=file(make()))
    assert answer.status_code == 200
    assert sentence in unescape(answer.content.decode())
    assert (AnnexImport.objects.count(), Job.objects.count()) == (0, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Hãy chọn một tệp hoặc dán một bảng."),
        ({"pasted": "  \n"}, "Hãy chọn một tệp hoặc dán một bảng."),
        ({"file": file(b"")}, "Tệp trống, không có gì để đọc"),
        ({"pasted": "a\x00b"}, "Hãy chọn một tệp hoặc dán một bảng."),
    ],
)
def test_what_is_nothing(client: Client, draft: Plan, sent: dict[str, Any], sentence: str) -> None:
    answer = send(client, draft, **sent)
    assert (answer.status_code, AnnexImport.objects.count()) == (200, 0)
    assert sentence in unescape(answer.content.decode())


def test_more_than_is_read(client: Client, draft: Plan) -> None:
    heavy = send(client, draft, file=file(b"PK\x03\x04" + bytes(6 * 1024 * 1024)))
    assert "Tệp nặng 6 MB; chỉ nhận tệp không quá 5 MB." in heavy.content.decode()
    assert send(client, draft, pasted="x" * (6 * 1024 * 1024)).status_code == 400
    assert AnnexImport.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (
            {
                "file": file(
                    sheet(
                        '<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + '</row><row r="39999">'
                        "<c><v>1</v></c></row>"
                    )
                )
            },
            CRASH,
        ),
        ({"pasted": "<table>" + "<tr><td>" * 41_000}, "Bảng trải quá xa"),
        ({"pasted": "<table><tr><td colspan=9999>x"}, "Bảng trải quá xa"),
        ({"pasted": '"a\t' + "x" * 200_000}, "Không tách được các cột"),
    ],
)
def test_what_is_refused_by_the_reader(
    client: Client, draft: Plan, sent: dict[str, Any], sentence: str
) -> None:
    send(client, draft, **sent)
    assert runner.run_next()
    found = AnnexImport.objects.for_page().get()
    assert (found.job.state, found.findings) == (JobState.FAILED, None)
    page = client.get(reverse("plans:import-detail", args=[found.pk])).content.decode()
    assert "Không kiểm tra được" in page
    assert sentence in unescape(page)
    assert "Chưa ghi gì vào kế hoạch." in page
    assert client.post(reverse("plans:import-apply", args=[found.pk])).status_code == 403
    assert Task.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"pasted": "chỉ là một câu"},
        {"pasted": "<table></table>"},
        {"file": file(xlsx([["Họ và tên", "Chức vụ"], ["A", "B"]]))},
        {"file": file(xlsx([HEAD]), "../../../etc/" + "x" * 300 + ".xlsx")},
        {"file": file(xlsx([HEAD, [1, "<script>alert(1)</script>", "", "Lạ", "", "năm"]]))},
        {"pasted": html(*sheet_001()).replace("Văn phòng", '"><img src=x onerror=alert(1)>')},
    ],
)
def test_what_is_no_annex_says_why(
    client: Client, draft: Plan, tmp_path: Path, sent: dict[str, Any]
) -> None:
    send(client, draft, **sent)
    assert runner.run_next()
    found = AnnexImport.objects.for_page().get()
    assert found.job.state == JobState.DONE
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [str(found.pk)]
    page = client.get(reverse("plans:import-detail", args=[found.pk])).content.decode()
    assert "Chưa nhập được" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert client.post(reverse("plans:import-apply", args=[found.pk])).status_code == 403
    assert Task.objects.count() == 0


def test_characters_that_no_database_takes(client: Client, draft: Plan) -> None:
    row = [1, "Việc\x0b một", "", "Các phòng", "", "Năm 2024"]
    told = "\t".join(HEAD) + "\n" + "\t".join(map(str, row)) + "\ufffe\n"
    send(client, draft, pasted=told)
    assert runner.run_next()
    found = AnnexImport.objects.get()
    client.post(reverse("plans:import-apply", args=[found.pk]))
    assert Task.objects.get().title.startswith("Việc")


def test_a_file_that_is_gone_is_said(client: Client, draft: Plan, tmp_path: Path) -> None:
    send(client, draft, file=file(xlsx([HEAD, [1, "Việc", "", "Các phòng", "", "Năm 2024"]])))
    found = AnnexImport.objects.get()
    (tmp_path / found.file).unlink()
    assert runner.run_next()
    page = client.get(reverse("plans:import-detail", args=[found.pk])).content.decode()
    assert "Tệp đã gửi không còn; hãy gửi lại." in page
