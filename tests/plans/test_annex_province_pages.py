"""Annexes of other provinces through the pages: sent, checked, asked about once, imported whole."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from cchc.jobs import runner
from plans import tasks
from plans.models import AnnexImport, Plan, Task
from tests.factories import make_agency, make_plan, make_unit
from tests.plans.annex_files import Rows, html, xlsx

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

__all__ = ["tasks"]
HEAD = ["TT", "Nội dung công việc", "Đơn vị thực hiện", None, "Thời gian", None, "SP"]
SECOND = [None, None, "Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành", None]
ROWS: Rows = [
    ["I", "CHỈ ĐẠO, ĐIỀU HÀNH"],
    ["I.1", "Ban hành kế hoạch", "Văn phòng", "Các phòng\nThanh tra", "01/2024", "3/2024", "KH"],
    ["a", "Góp ý", "-nt-", None, None, "31/01/2024", "Văn bản"],
    ["II", "KIỂM TRA"],
    ["II.1", "Kiểm tra", "Phòng lạ và Lãnh đạo Ban", None, "Quý II", "Quý III", "BC"],
]
SPANS = [(0, 2, 0, 3), (0, 4, 0, 5), (0, 0, 1, 0), (0, 1, 1, 1), (0, 6, 1, 6)]


@pytest.fixture
def draft(settings: Any, tmp_path: Path) -> Plan:
    settings.FILES_DIR = tmp_path
    agency = make_agency()
    make_unit(agency, code="VP", name="Văn phòng")
    make_unit(agency, code="TTRA", name="Thanh tra")
    return make_plan(agency, state="draft")


@pytest.fixture
def client(draft: Plan, office: Callable[[Agency], User]) -> Client:
    client = Client()
    client.force_login(office(draft.agency), "django.contrib.auth.backends.ModelBackend")
    return client


def cut_in_two() -> bytes:
    """Word has ended the first table at the foot of a page; the second one has no heading."""
    document = docx.Document()
    document.add_table(1, 2).cell(0, 0).text = "UBND TỈNH HÀ GIANG"
    for rows in ([HEAD, SECOND, *ROWS[:3]], ROWS[3:]):
        table = document.add_table(len(rows), len(HEAD))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text or ""
        if rows[0] is HEAD:
            for top, left, bottom, right in SPANS:
                table.cell(top, left).merge(table.cell(bottom, right))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "sent",
    [
        {"file": ("a.xlsx", xlsx([HEAD, SECOND, *ROWS], SPANS))},
        {"file": ("a.docx", cut_in_two())},
        {"pasted": html([HEAD, SECOND, *ROWS], SPANS)},
    ],
)
def test_an_annex_of_another_province(client: Client, draft: Plan, sent: dict[str, Any]) -> None:
    files = {name: SimpleUploadedFile(*told) for name, told in sent.items() if name == "file"}
    client.post(reverse("plans:edit-import", args=[draft.pk]), sent | files)
    assert runner.run_next()
    found = AnnexImport.objects.get()
    page = unescape(client.get(reverse("plans:import-detail", args=[found.pk])).content.decode())
    assert "Tên đơn vị chưa biết (2)" in page
    assert "Ô này được hiểu là như ô bên trên: “Văn phòng”." in page
    names = {"name": ["Phòng lạ", "Lãnh đạo Ban"], "code": ["TTRA", "*"]}
    client.post(reverse("plans:import-answer", args=[found.pk]), names)
    assert runner.run_next()
    client.post(reverse("plans:import-apply", args=[found.pk]))
    assert [
        (task.area, task.code, task.title, task.timing_text)
        for task in Task.objects.order_by("order")
    ] == [
        ("CHỈ ĐẠO, ĐIỀU HÀNH", "I.1", "Ban hành kế hoạch", "Từ 01/2024 đến 3/2024"),
        ("CHỈ ĐẠO, ĐIỀU HÀNH", "I.1.a", "Góp ý", "31/01/2024"),
        ("KIỂM TRA", "II.1", "Kiểm tra", "Từ Quý II đến Quý III"),
    ]
    who = [
        [str(one) for one in task.assignees.order_by("-duty", "order")]
        for task in Task.objects.order_by("order")
    ]
    assert who == [
        ["Văn phòng", "Các phòng", "Thanh tra"],
        ["Văn phòng"],
        ["Thanh tra", "Lãnh đạo Ban"],
    ]
    assert Task.objects.get(code="I.1.a").parent == Task.objects.get(code="I.1")
