"""The template of an annex: what it offers, and that filling it in gives no fault."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from cchc.lib.sheet_reader import read_file
from demo import real_plans
from plans import annex_guide as guide
from plans.annex_check import check
from plans.annex_sheet.headings import find
from plans.annex_sheet.rows import EXAMPLE
from plans.models import Plan
from plans.timing import TimingKind, parse_timing
from tests.factories import make_channel, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.core]

UNCLEAR = {TimingKind.INVALID, TimingKind.VAGUE, TimingKind.PLACEHOLDER}


@pytest.fixture
def draft(db: None, office: Callable[[Agency], User]) -> Plan:
    real_plans.install_directory(settings.BASE_DIR / "fixtures/directory/soc_trang.yaml")
    agency = Agency.objects.get(code="ST-BQLKCN")
    make_channel(agency.province, name="Chuyên trang CCHC")
    return make_plan(agency, state="draft")


@pytest.fixture
def template(draft: Plan, office: Callable[[Agency], User]) -> bytes:
    client = Client()
    client.force_login(office(draft.agency), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("plans:import-template", args=[draft.pk]))
    assert answer.headers["Content-Disposition"].startswith(
        'attachment; filename="Mau-phu-luc-ST-BQLKCN-2024.xlsx"'
    )
    return b"".join(answer.streaming_content)


def filled_in(template: bytes, *rows: list[Any]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(template))
    sheet = book[guide.SHEET]
    for at, row in enumerate(rows, start=6):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_the_template_offers(template: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(template))
    assert book.sheetnames == [guide.SHEET, guide.GUIDE, guide.DIRECTORY]
    sheet = book[guide.SHEET]
    assert [cell.value for cell in sheet[4]] == [column.title for column in guide.COLUMNS]
    assert sheet["A5"].value == EXAMPLE
    assert sheet.freeze_panes == "C5"
    assert {sheet.cell(row, 1).number_format for row in (6, 205)} == {"@"}
    said = {
        (str(one.sqref), one.type, one.formula1, one.showErrorMessage)
        for one in sheet.data_validations.dataValidation
        if one.type == "list"
    }
    assert said == {
        ("D6:D205", "list", guide.UNIT_LIST, False),
        ("E6:E205", "list", guide.UNIT_LIST, False),
    }
    assert all(one.prompt for one in sheet.data_validations.dataValidation)
    directory = book[guide.DIRECTORY]
    (named,) = (one.attr_text for one in book.defined_names.values())
    assert named is not None
    units = [row[0].value for row in directory[named.rpartition("!")[2].replace("$", "")]]
    assert units == [
        "Văn phòng",
        "Phòng KHTH",
        "Phòng QL Quy hoạch, XD và môi trường",
        "Trung tâm Hạ tầng và Dịch vụ KCN Sóc Trăng",
    ]


def test_only_the_annex_of_the_template_is_read(template: bytes) -> None:
    grids = read_file(template)
    assert [grid.name for grid in grids if find(grid) is not None] == [guide.SHEET]


def test_filling_in_the_template_gives_no_fault(draft: Plan, template: bytes) -> None:
    content = filled_in(
        template,
        ["I", "Cải cách thể chế"],
        ["1", "Ban hành kế hoạch", "Kế hoạch", "Văn phòng", "Phòng KHTH", "Quý I/2024"],
        ["2", "Tuyên truyền", None, "Phòng KHTH\nVăn phòng (kế toán)", None, "Thường xuyên"],
        ["2.10", "Việc con", "- Kế hoạch\n- Báo cáo", "Văn phòng", "Các phòng", "Năm 2024"],
        ["II", "Cải cách thủ tục hành chính"],
        *(
            [str(at), "Việc", None, "Văn phòng", None, said.format(year=2024)]
            for at, (said, _) in enumerate(guide.TIMES, start=1)
        ),
    )
    reading = check(draft, read_file(content), {})
    assert (reading.faults, reading.unknown_units) == ((), ())
    codes = [(task.area[:16], task.code, len(task.rows)) for task in reading.drafts]
    assert codes == [
        ("Cải cách thể chế", "1", 0),
        ("Cải cách thể chế", "2", 1),
        *(("Cải cách thủ tục", str(at), 0) for at in range(1, len(guide.TIMES) + 1)),
    ]
    assert reading.drafts[1].rows[0].code == "2.10"


def test_the_example_is_not_a_task(draft: Plan, template: bytes) -> None:
    reading = check(draft, read_file(template), {})
    assert reading.drafts == ()
    assert [fault.problem for fault in reading.faults] == [
        "Dưới dòng tiêu đề không có nhiệm vụ nào."
    ]


@pytest.mark.parametrize("said", [said for said, _ in guide.TIMES])
def test_the_guide_names_times_that_are_understood(said: str) -> None:
    timing = parse_timing(said.format(year=2024), 2024)
    assert not {part.kind for part in (timing, *timing.parts)} & UNCLEAR


@pytest.mark.parametrize("said", guide.VAGUE_TIMES)
def test_the_guide_names_times_that_are_not(said: str) -> None:
    assert parse_timing(said, 2024).kind is TimingKind.VAGUE
