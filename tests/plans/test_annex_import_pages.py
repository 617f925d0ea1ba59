"""An annex brought in by the browser: sent, checked by the job, asked about, imported whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.jobs import runner
from cchc.jobs.models import Job, JobState
from demo import real_plans
from plans import tasks
from plans.actions.annex_imports import CHECK_TASK, IMPORT_TASK
from plans.models import AnnexImport, DraftSection, Plan, Quota, Task
from plans.views import annex_imports
from tests.factories import make_agency, make_channel, make_plan, make_quota, make_task, make_user
from tests.plans.annex_files import Rows, html, sheet_004, word, xlsx

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"]
WRONG_TIME = "trước ngày 31/02/2024"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def draft(settings: Any, tmp_path: Path, office: Callable[[Agency], User]) -> Plan:
    settings.FILES_DIR = tmp_path
    real_plans.install_directory(django_settings.BASE_DIR / "fixtures/directory/soc_trang.yaml")
    agency = Agency.objects.get(code="ST-BQLKCN")
    office(agency)
    return make_plan(agency, state="draft")


@pytest.fixture
def client(draft: Plan, office: Callable[[Agency], User]) -> Client:
    return signed_in(office(draft.agency))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def send(client: Client, plan: Plan, content: bytes, name: str = "phu_luc.xlsx") -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("plans:edit-import", args=[plan.pk]), {"file": file})


def paste(client: Client, plan: Plan, text: str) -> HttpResponse:
    return client.post(reverse("plans:edit-import", args=[plan.pk]), {"pasted": text})


def newest() -> AnnexImport:
    return AnnexImport.objects.for_page().latest("ordered_at")


def address(name: str, found: AnnexImport) -> str:
    return reverse(f"plans:{name}", args=[found.pk])


def checked(client: Client) -> str:
    """The result page of the newest import after its job has run."""
    assert runner.run_next()
    return client.get(address("import-detail", newest())).content.decode()


def apply(client: Client, mode: str = "") -> HttpResponse:
    return client.post(address("import-apply", newest()), {"mode": mode}, follow=True)


def stored(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def workbook(*rows: list[Any], head: list[str] | None = None) -> bytes:
    return xlsx([head or HEAD, *rows])


def test_the_jobs_name_their_tasks() -> None:
    assert (tasks.check_annex.name, tasks.import_annex.name) == (CHECK_TASK, IMPORT_TASK)


@pytest.mark.parametrize(
    ("name", "content"),
    [("phu_luc.docx", word(*sheet_004())), ("phu_luc.xlsx", xlsx(*sheet_004()))],
)
def test_a_file_is_checked_and_imported_whole(
    client: Client, draft: Plan, tmp_path: Path, name: str, content: bytes
) -> None:
    answer = send(client, draft, content, name)
    found = newest()
    assert answer.headers["Location"] == address("import-detail", found)
    assert stored(tmp_path) == [str(found.pk)]
    waiting = client.get(address("import-detail", found)).content.decode()
    assert f'hx-get="{address("import-progress", found)}"' in waiting
    assert "Chưa ghi gì vào kế hoạch." in waiting
    page = checked(client)
    assert "Đọc được <b>27 nhiệm vụ</b>. Chưa ghi gì vào kế hoạch." in page
    assert "Nhập 27 nhiệm vụ" in page
    assert "hx-get" not in page
    assert Task.objects.count() == 0
    done = apply(client)
    assert done.redirect_chain[0][0] == reverse("plans:edit-annex", args=[draft.pk])
    assert f"Đã nhập 27 nhiệm vụ từ “{name}”." in done.content.decode()
    assert Task.objects.filter(plan=draft).count() == 27
    assert stored(tmp_path) == []
    entries = AuditEntry.objects.filter(verb__startswith="plan.").order_by("id")
    assert [entry.verb for entry in entries] == [
        *("plan.annex.order", "plan.annex.check", "plan.import_annex")
    ]
    assert "đã nhập phụ lục này" in client.get(address("import-detail", found)).content.decode()
    assert apply(client).status_code == 403
    assert Task.objects.filter(plan=draft).count() == 27


def test_a_table_is_pasted_from_word_and_from_plain_text(client: Client, draft: Plan) -> None:
    paste(client, draft, html(*sheet_004()))
    assert "Nhập 27 nhiệm vụ" in checked(client)
    assert newest().name == "Bảng dán vào"
    paste(client, draft, "\t".join(HEAD) + "\n1\tViệc\tKế hoạch\tVăn phòng\t\tNăm 2024\n")
    assert "Nhập 1 nhiệm vụ" in checked(client)


def test_every_fault_is_listed_at_once_and_as_a_workbook(client: Client, draft: Plan) -> None:
    rows: Rows = [
        [1, "Việc một", None, "Văn phòng", None, WRONG_TIME],
        [1, "Việc hai", None, "Văn phòng", None, "cuối năm 2024"],
        [3, None, None, "Phòng Lạ", None, "trước ngày 30/02/2024"],
    ]
    send(client, draft, workbook(*rows))
    page = checked(client)
    assert "Chưa nhập được: 5 lỗi" in page
    for said in (WRONG_TIME, "Số thứ tự 1 đã có ở dòng 2.", "Chưa ghi nội dung nhiệm vụ."):
        assert said in page
    assert "Cần xem lại, không cản việc nhập" in page
    assert "Nhập 3 nhiệm vụ" not in page
    answer = client.get(address("import-faults", newest()))
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Lỗi theo dòng", "Lỗi theo loại"]
    lines = [[cell.value for cell in row] for row in book["Lỗi theo dòng"].iter_rows(min_row=7)]
    assert sorted(line[:3] for line in lines) == [
        ["2", "F", WRONG_TIME],
        ["3", "A", "1"],
        ["4", "B", None],
        ["4", "D", "Phòng Lạ"],
        ["4", "F", "trước ngày 30/02/2024"],
    ]
    kinds = [[cell.value for cell in row] for row in book["Lỗi theo loại"].iter_rows(min_row=6)]
    assert [line[1:3] for line in kinds] == [[2, "2, 4"], [1, "3"], [1, "4"], [1, "4"]]
    assert apply(client).status_code == 403
    assert Task.objects.count() == 0


def test_an_unknown_name_is_asked_once_for_the_whole_file(client: Client, draft: Plan) -> None:
    rows: Rows = [
        [1, "Việc một", None, "Phòng Kế hoạch TH", None, "Năm 2024"],
        [2, "Việc hai", None, "Văn phòng", "Phòng Kế hoạch TH; Lãnh đạo Ban", "Năm 2024"],
    ]
    send(client, draft, workbook(*rows))
    page = checked(client)
    assert "Tên đơn vị chưa biết (2)" in page
    assert page.count('name="name"') == 2
    found = newest()
    names = ["Phòng Kế hoạch TH", "Lãnh đạo Ban"]
    answer = address("import-answer", found)
    client.post(answer, {"name": names, "code": ["KHTH", "*"]})
    assert runner.run_next()
    page = client.get(address("import-detail", found)).content.decode()
    assert "Nhập 2 nhiệm vụ" in page
    assert newest().answers == {"Phòng Kế hoạch TH": "KHTH", "Lãnh đạo Ban": ""}
    client.post(answer, {"name": [*names, "Tên khác"], "code": ["KHTH", "ST-SNV", "VP"]})
    assert runner.run_next()
    apply(client)
    task = Task.objects.get(code="2")
    assert [str(one) for one in task.assignees.order_by("-duty", "order")] == [
        *("Văn phòng", "Phòng KHTH", "Sở Nội vụ tỉnh Sóc Trăng")
    ]


def test_answers_that_make_no_sense(client: Client, draft: Plan) -> None:
    send(client, draft, workbook([1, "Việc", None, "Phòng Lạ", None, "Năm 2024"]))
    checked(client)
    answer = address("import-answer", newest())
    said = client.post(answer, {"name": "Phòng Lạ", "code": "ABC"}, follow=True).content.decode()
    assert "Không có đơn vị hay cơ quan nào mang mã “ABC”." in said
    said = client.post(answer, {"name": "Phòng Lạ"}, follow=True).content.decode()
    assert "Câu trả lời gửi lên bị thiếu" in said
    client.post(answer, {"name": "Phòng Lạ", "code": ""})
    assert client.post(answer, {"name": "Phòng Lạ", "code": "*"}).status_code == 403  # at work
    assert "Chưa nhập được: 1 lỗi" in checked(client)


def test_text_of_old_fonts_is_shown_before_and_after(client: Client, draft: Plan) -> None:
    head = ["TT", "NhiÖm vô", "S¶n phÈm", "§¬n vÞ chñ tr×", "§¬n vÞ phèi hîp", "Thêi gian"]
    row = [1, "X©y dùng kÕ ho¹ch tuyªn truyÒn", "KÕ ho¹ch", "V¨n phßng", None, "Quý I/2024"]
    send(client, draft, workbook(row, head=head))
    page = checked(client)
    assert "Chữ trong tệp ở mã TCVN3 (ABC), đã đổi sang Unicode" in page
    assert "<td>X©y dùng kÕ ho¹ch tuyªn truyÒn</td><td>Xây dựng kế hoạch tuyên truyền</td>" in page


def test_one_of_several_tables_is_chosen(client: Client, draft: Plan) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook([1, "Một", "", "Văn phòng", "", "Năm 2024"])))
    book.create_sheet("Năm trước")
    for row in (HEAD, [2, "Hai", "", "Văn phòng", "", "cuối năm 2023"]):
        book["Năm trước"].append(row)
    book.create_sheet("Ghi chú").append(["Họ và tên"])
    stream = BytesIO()
    book.save(stream)
    send(client, draft, stream.getvalue())
    page = checked(client)
    assert "Tệp có 2 bảng giống phụ lục" in page
    assert "Đọc được <b>2 nhiệm vụ</b>" in page
    assert "Năm trước: 2" in page  # the row of what is to be looked at
    client.post(address("import-answer", newest()), {"sheet": "Năm trước"})
    assert "Đọc được <b>1 nhiệm vụ</b>" in checked(client)
    apply(client)
    assert Task.objects.get().title == "Hai"


def test_quotas_are_proposed_and_not_given(client: Client, draft: Plan) -> None:
    title = "Mỗi tháng có ít nhất 01 tin, bài viết được duyệt và đăng trên Cổng TTĐT của Sở"
    send(client, draft, workbook([1, title, None, "Văn phòng", None, "Năm 2024"]))
    page = checked(client)
    assert "Định mức đề xuất (1)" in page
    assert "ít nhất 1 tin, bài viết mỗi tháng trên Cổng TTĐT Sở" in page


def test_into_a_plan_that_has_tasks(client: Client, draft: Plan) -> None:
    kept = make_task(draft, code="1", title="Việc một", explanation="Theo chỉ đạo")
    gone = make_task(draft, code="9", title="Việc chín", parent=kept)
    for task in (kept, gone):
        make_quota(task, make_channel(draft.province))
    send(client, draft, workbook([1, "Việc một", "Báo cáo", "Văn phòng", None, "Năm 2024"]))
    page = checked(client)
    assert "Phụ lục của kế hoạch đang có 2 nhiệm vụ" in page
    assert "Không nối vào sau được vì kế hoạch đã có nhiệm vụ mang số thứ tự 1" in page
    assert "1 định mức của các dòng không còn sẽ bị xóa" in page
    assert apply(client).status_code == 403  # neither said
    assert apply(client, "append").status_code == 403
    assert set(Task.objects.all()) == {kept, gone}
    apply(client, "replace")
    task = Task.objects.get()
    assert (task, task.uid, task.explanation) == (kept, kept.uid, "Theo chỉ đạo")
    assert (task.products, task.timing_text) == ("Báo cáo", "Năm 2024")
    assert [str(one) for one in task.assignees.all()] == ["Văn phòng"]
    assert [quota.task for quota in Quota.objects.all()] == [kept]
    send(client, draft, workbook([2, "Việc hai", None, "Văn phòng", None, "Năm 2024"]))
    checked(client)
    apply(client, "append")
    assert [one.code for one in Task.objects.order_by("order")] == ["1", "2"]
    assert DraftSection.objects.get(plan=draft, name="annex").version == 2


def test_what_became_of_the_plan_since_the_check(client: Client, draft: Plan) -> None:
    send(client, draft, workbook([1, "Việc", None, "Phòng KHTH", None, "Năm 2024"]))
    checked(client)
    draft.starts_on, draft.ends_on = date(2025, 1, 1), date(2025, 12, 31)
    draft.save()
    assert "Năm của kế hoạch đã đổi" in apply(client).content.decode()
    draft.starts_on, draft.ends_on = date(2024, 1, 1), date(2024, 12, 31)
    draft.save()
    draft.agency.units.filter(code="KHTH").delete()
    assert "Danh bạ đã đổi từ lúc kiểm tra" in apply(client).content.decode()
    assert Task.objects.count() == 0
    assert newest().file


def test_a_newer_file_takes_the_place_of_the_older(
    client: Client, draft: Plan, tmp_path: Path
) -> None:
    send(client, draft, workbook([1, "Việc", None, "Văn phòng", None, "Năm 2024"]))
    older = newest()
    send(client, draft, workbook([2, "Việc", None, "Văn phòng", None, "Năm 2024"]))
    assert stored(tmp_path) == [str(newest().pk)]
    assert Job.objects.get(pk=older.job_id).state == JobState.CANCELLED
    assert "Đã có lần gửi mới hơn" in client.get(address("import-detail", older)).content.decode()
    assert client.post(address("import-apply", older)).status_code == 403
    assert "Nhập 1 nhiệm vụ" in checked(client)
    assert not runner.run_next()


def test_a_large_annex_is_imported_by_a_job(
    client: Client, draft: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annex_imports, "AT_ONCE", 26)
    send(client, draft, xlsx(*sheet_004()))
    checked(client)
    page = apply(client).content.decode()
    assert "Đang nhập" in page
    assert Task.objects.count() == 0
    assert runner.run_next()
    assert Task.objects.filter(plan=draft).count() == 27
    found = newest()
    assert (found.job.state, stored(tmp_path)) == (JobState.DONE, [])
    assert found.imported_by == found.ordered_by


def test_who_gets_at_it(client: Client, draft: Plan) -> None:
    send(client, draft, workbook([1, "Việc", None, "Văn phòng", None, "Năm 2024"]))
    checked(client)
    found = newest()
    posts = {"import-answer", "import-apply"}
    names = {"import-detail", "import-progress", "import-faults", *posts}
    colleague = make_user(Role.OFFICER, draft.agency)
    stranger = make_user(Role.AGENCY_OFFICE, make_agency(draft.province))
    for user, status in ((colleague, 403), (stranger, 404)):
        other = signed_in(user)
        answers = {
            name: (other.post if name in posts else other.get)(address(name, found)).status_code
            for name in names
        }
        assert answers == dict.fromkeys(names, status)
        assert send(other, draft, b"x").status_code == status
        template = reverse("plans:import-template", args=[draft.pk])
        assert other.get(template).status_code == status
    assert Task.objects.count() == 0
