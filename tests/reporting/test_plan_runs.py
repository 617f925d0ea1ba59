"""A plan's document is ordered from its page, made by the worker, and taken by who may."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import unquote

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from cchc.jobs import runner
from cchc.lib.decisions import Refused
from plans.citation_text import citation
from plans.models import Assignee, Clause, LegalBasis, Plan
from reporting.actions import runs
from reporting.models import Run
from reporting.models.run import FileFormat
from reporting.reports import files, plan
from reporting.tasks import make_run
from tests.factories import make_agency, make_plan, make_province, make_task, make_unit, make_user

pytestmark = [pytest.mark.core, pytest.mark.django_db]

ON = date(2024, 3, 1)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def made(settings, tmp_path: Path) -> tuple[Plan, User]:
    """A plan of an agency, and the person of its office."""
    settings.FILES_DIR = tmp_path
    agency = make_agency(make_province(), code="ST-SKH", short_name="Sở KH")
    return make_plan(agency, number="07", symbol="KH-SKH"), make_user(Role.AGENCY_OFFICE, agency)


def document(of: Plan):
    return files.of_plan(plan.gather(of, ON)).document


@pytest.mark.parametrize(
    ("name", "start", "content_type"),
    [
        ("pdf", b"%PDF-", "application/pdf"),
        ("docx", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_from_the_button_to_the_file(made, name, start, content_type):
    of, user = made
    client = signed_in(user)
    page = client.get(reverse("plans:plan-detail", args=[of.pk])).content.decode()
    order = reverse(f"reporting:plan-{name}", args=[of.pk])
    assert order in page
    answer = client.post(order)
    run = Run.objects.get()
    assert answer.headers["Location"] == reverse("reporting:run-detail", args=[run.pk])
    waiting = client.get(answer.headers["Location"]).content.decode()
    assert of.title in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert Run.objects.get().job.task == make_run.name
    assert runner.run_next()
    taken = client.get(reverse("reporting:run-download", args=[run.pk]))
    assert b"".join(taken.streaming_content).startswith(start)
    assert taken.headers["Content-Type"] == content_type
    disposition = unquote(taken.headers["Content-Disposition"])
    assert f'filename="Ke-hoach-ST-SKH-2024.{name}"' in disposition
    assert f"Kế hoạch 07-KH-SKH Sở KH 2024.{name}" in disposition


def test_a_draft_is_printed_for_its_own_agency_only_and_says_so(made, tmp_path):
    of, user = made
    draft = make_plan(of.agency, state="draft")
    colleague = make_user(Role.OFFICER, make_agency(of.province))
    address = reverse("reporting:plan-docx", args=[draft.pk])
    assert signed_in(colleague).post(address).status_code == 404
    with pytest.raises(Refused, match="không được xem kế hoạch này"):
        runs.order_plan(plan=draft, file_format=FileFormat.PDF, by=colleague)
    assert signed_in(user).post(address).status_code == 302
    assert runner.run_next()
    word = docx.Document(str(tmp_path / Run.objects.get().file))
    assert word.tables[0].cell(0, 0).text == "DỰ THẢO"
    assert document(draft).letterhead.mark == "DỰ THẢO"
    assert document(of).letterhead.mark == ""


def test_a_run_belongs_to_who_ordered_it(made):
    of, user = made
    run = runs.order_plan(plan=of, file_format=FileFormat.PDF, by=user)
    neighbour = signed_in(make_user(Role.AGENCY_OFFICE, of.agency))
    overseer = signed_in(make_user(Role.HOME_AFFAIRS, of.agency))
    for client in (neighbour, overseer):
        assert client.get(reverse("reporting:run-detail", args=[run.pk])).status_code == 404
    assert of.title not in overseer.get(reverse("reporting:run-list")).content.decode()
    answer = signed_in(user).post(reverse("reporting:run-cancel", args=[run.pk]))
    assert answer.status_code == 302


def test_a_plan_known_by_citation_has_no_document(made):
    of, user = made
    cited = make_plan(of.agency, known_by_citation=True)
    page = signed_in(user).get(reverse("plans:plan-detail", args=[cited.pk])).content.decode()
    assert "Tải Word" not in page
    with pytest.raises(Refused, match="chỉ được biết qua viện dẫn"):
        runs.order_plan(plan=cited, file_format=FileFormat.PDF, by=user)


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"document_type": "Nghị quyết", "reference": "06-NQ/TU"},
            "Nghị quyết số 06-NQ/TU ngày [...] của [...] về [...]",
        ),
        (
            {"document_type": "Kế hoạch", "issuer": "UBND tỉnh", "abstract": "Về CCHC năm 2024"},
            "Kế hoạch số [...] ngày [...] của UBND tỉnh về CCHC năm 2024",
        ),
        (
            {"document_type": "Nghị định", "reference": "09/2019/NĐ-CP", "issuer": "Chính phủ",
             "abstract": "Quy định về chế độ báo cáo"},
            "Nghị định số 09/2019/NĐ-CP ngày [...] của Chính phủ quy định về chế độ báo cáo",
        ),
        (
            {"document_type": "Công văn", "reference": "581/BNV-CCHC", "issuer": "Bộ Nội vụ",
             "abstract": "CCHC", "dated_on": date(2024, 2, 1), "date_precision": "month"},
            "Công văn số 581/BNV-CCHC tháng 02/2024 của Bộ Nội vụ về CCHC",
        ),
        (
            {"document_type": "Luật", "abstract": "Tổ chức chính quyền địa phương",
             "dated_on": date(2015, 6, 19), "date_precision": "day"},
            "Luật Tổ chức chính quyền địa phương ngày 19/06/2015",
        ),
    ],
)  # fmt: skip
def test_a_citation_shows_what_is_missing(facts, text):
    assert citation(LegalBasis(**facts)) == text


def test_a_document_named_in_the_opening_is_not_said_twice(made):
    of, _ = made
    of.opening = "Thực hiện Kế hoạch số 30/KH-UBND ngày 21/02/2024, Sở xây dựng kế hoạch như sau:"
    for order, (role, reference) in enumerate(
        [("implements", "30/KH-UBND"), ("basis", "76/NQ-CP"), ("cited", "1/QĐ-TTg")]
    ):
        of.bases.create(order=order, role=role, document_type="Kế hoạch", reference=reference)
    texts = [block.text for block in document(of).blocks]
    assert texts == [
        "Căn cứ Kế hoạch số 76/NQ-CP ngày [...] của [...] về [...].",
        "Thực hiện Kế hoạch số 30/KH-UBND ngày 21/02/2024, Sở xây dựng kế hoạch như sau:./.",
    ]


def test_a_clause_with_words_of_its_own_keeps_them(made):
    of, _ = made
    of.audiences = "Nhân dân\nDoanh nghiệp"
    first = Clause.objects.create(plan=of, order=1, label="I", heading="ĐỐI TƯỢNG", text="Tất cả.")
    Clause.objects.create(plan=of, order=2, label="II", heading="ĐỐI TƯỢNG, PHẠM VI")
    assert [block.text for block in document(of).blocks] == [
        "I. ĐỐI TƯỢNG", "Tất cả.", "II. ĐỐI TƯỢNG, PHẠM VI", "- Nhân dân;", "- Doanh nghiệp./.",
    ]  # fmt: skip
    first.delete()


def test_the_annex_prints_every_cell_of_a_task(made):
    of, _ = made
    unit = make_unit(of.agency, "Văn phòng")
    task = make_task(of, code="4.1", area="Thể chế", title="Rà soát", conditional=True,
                     products="- Kế hoạch\n- Báo cáo", timing_text="Quý I/2024")  # fmt: skip
    Assignee.objects.create(task=task, order=1, duty="lead", unit=unit, qualifier="kế toán")
    Assignee.objects.create(task=task, order=2, duty="lead", group="Các phòng chuyên môn")
    Assignee.objects.create(task=task, order=1, duty="coordinating", agency=of.agency)
    [annex] = document(of).annexes
    assert annex.title == f"Phân công nhiệm vụ {of.title[:1].lower()}{of.title[1:]}"
    assert [[cell.value for cell in row.cells] for row in annex.table.rows] == [
        ["Thể chế"],
        ["4.1", "Rà soát (nếu có)", "- Kế hoạch\n- Báo cáo",
         "- Văn phòng (kế toán)\n- Các phòng chuyên môn", of.agency.name, "Quý I/2024"],
    ]  # fmt: skip


def test_the_facts_take_the_same_number_of_queries_at_one_and_three_tasks(made):
    of, _ = made
    counts = []
    for more in (1, 2):
        for _ in range(more):
            task = make_task(of)
            Assignee.objects.create(task=task, order=1, duty="lead", unit=make_unit(of.agency))
            Assignee.objects.create(task=task, order=2, duty="lead", agency=of.agency)
        again = Plan.objects.select_related("agency__parent", "province").get(pk=of.pk)
        with CaptureQueriesContext(connection) as queries:
            document(again)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_department_without_a_province_above_names_none(made):
    of, _ = made
    assert document(of).letterhead.parent_agency == ""
    government = make_agency(of.province, kind="province", name=f"UBND tỉnh {of.province.name}")
    of.agency.parent = government
    assert document(of).letterhead.parent_agency == f"UBND tỉnh {of.province.name}"
    of.agency.parent = make_agency(of.province, name=f"Sở Công Thương tỉnh {of.province.name}")
    assert document(of).letterhead.parent_agency == "Sở Công Thương"
