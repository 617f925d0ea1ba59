"""Results brought in by the browser and by the command: checked by a job, imported whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.roles import Role
from bench import hostile
from cchc.jobs import queue, runner
from cchc.jobs.models import Job
from cchc.lib import clock
from cchc.lib.decisions import Refused
from cchc.lib.sheet_reader import read_file
from outreach import tasks
from outreach.actions.results_import import CHECK_TASK, IMPORT_TASK, cancel, import_file
from outreach.models import Activity, Placement, ResultsImport
from outreach.results_check import directory
from outreach.results_sheet.reading import read
from tests import factories as make
from tests.outreach.conftest import House
from tests.outreach.results_files import HEAD, exported, line, xlsx
from tests.outreach.test_races import race

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "Chuyên trang CCHC"


@pytest.fixture
def clerk(house: House, settings: Any, tmp_path: Path) -> User:
    settings.FILES_DIR = tmp_path
    return make.make_user(Role.AGENCY_OFFICE, house.agency, full_name="Chị Văn phòng")


@pytest.fixture
def client(clerk: User) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def send(client: Client, house: House, content: bytes, name: str = "a.xlsx") -> Any:
    sent = {"agency": house.agency.pk, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("outreach:results-import"), sent)


def newest() -> ResultsImport:
    return ResultsImport.objects.for_page().latest("ordered_at")


def address(name: str) -> str:
    return reverse(f"outreach:results-import-{name}", args=[newest().pk])


def checked(client: Client) -> str:
    assert runner.run_next()
    return client.get(address("detail")).content.decode()


def imported(client: Client) -> str:
    client.post(address("apply"))
    return checked(client)


def test_the_jobs_name_their_tasks() -> None:
    assert (tasks.check_results.name, tasks.import_results.name) == (CHECK_TASK, IMPORT_TASK)


def test_a_file_is_checked_shown_and_imported_and_a_second_time_nothing(
    house: House, client: Client, tmp_path: Path
) -> None:
    content = xlsx(line("Một", PAGE, sent=date(2024, 3, 1)), line("Hai", sent="02/03/2024"))
    send(client, house, content, "ket qua.xlsx")
    waiting = client.get(address("detail")).content.decode()
    assert f'hx-get="{address("progress")}"' in waiting
    assert "Dừng lại" in waiting
    page = checked(client)
    assert "<b>2 dòng</b>: 2 mới, 0 sửa, 0 không đổi, 0 không nhận. Chưa ghi gì." in page
    assert "Nhập 2 lượt mới" in page
    assert Placement.objects.count() == 0
    done = imported(client)
    assert "2 lượt mới, 0 lượt sửa, 0 lượt không đổi." in done
    assert reverse("outreach:activity-list") in done
    assert Placement.objects.filter(state="sent").count() == 2
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert client.post(address("apply")).status_code == 403
    send(client, house, content)
    page = checked(client)
    assert "Không có gì thay đổi" in page
    assert "Nhập 2" not in page
    assert client.post(address("apply")).status_code == 403
    verbs = AuditEntry.objects.filter(verb__startswith="results.").order_by("id")
    assert [entry.verb for entry in verbs] == [
        *("results.order", "results.check", "results.import_order", "results.import"),
        *("results.order", "results.check"),
    ]


def test_faults_questions_and_answers(house: House, client: Client) -> None:
    send(client, house, xlsx(line("Một", "Báo Lạ", unit="Sở"), line("Hai", sent="31/02/2024")))
    page = checked(client)
    assert "Chưa nhập được: 3 lỗi" in page
    assert "Tên chưa biết (2)" in page
    answer: Any = client.get(address("faults"))
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.value for row in book["Lỗi theo dòng"].iter_rows() for cell in row]
    assert {"Báo Lạ", "31/02/2024", "Không có ngày 31/02/2024."} <= set(cells)
    assert client.post(address("apply")).status_code == 403
    odd = {"name": "channel:Báo Lạ", "code": "KHONG"}
    said = client.post(address("answer"), odd, follow=True).content.decode()
    assert "Không có tên nào mang mã “KHONG”." in said
    names = ["channel:Báo Lạ", "unit:Sở"]
    client.post(address("answer"), {"name": names, "code": [house.page.code, "*"]})
    page = checked(client)
    assert "Chưa nhập được: 1 lỗi" in page
    assert newest().answers == {"channel:Báo Lạ": house.page.code, "unit:Sở": ""}


def test_a_table_is_pasted_and_an_empty_form_is_told(house: House, client: Client) -> None:
    form = reverse("outreach:results-import")
    assert "Hãy chọn một tệp" in client.post(form, {"agency": house.agency.pk}).content.decode()
    row = [str(value or "") for value in line("Một", PAGE, sent="01/03/2024")]
    pasted = "\t".join(HEAD) + "\n" + "\t".join(row) + "\n"
    client.post(form, {"agency": house.agency.pk, "pasted": pasted})
    assert "Nhập 1 lượt mới" in checked(client)


def test_somebody_else_sees_nothing_of_it(house: House, client: Client) -> None:
    send(client, house, xlsx(line("Một", PAGE)))
    stranger = Client()
    stranger.force_login(make.make_user(Role.AGENCY_OFFICE, make.make_agency(house.province)))
    assert stranger.get(address("detail")).status_code == 404
    assert stranger.post(address("cancel")).status_code == 404
    other = {"agency": house.agency.pk, "pasted": "x"}
    page = stranger.post(reverse("outreach:results-import"), other)
    assert "Hãy chọn cơ quan." in page.content.decode()
    assert ResultsImport.objects.count() == 1


def test_a_stopped_import_writes_nothing(house: House, client: Client) -> None:
    send(client, house, xlsx(line("Một", PAGE)))
    checked(client)
    client.post(address("apply"))
    client.post(address("cancel"))
    assert not runner.run_next()
    page = client.get(address("detail")).content.decode()
    assert "Việc nhập đã dừng; chưa ghi gì." in page
    assert "Nhập 1 lượt mới" in page
    assert Activity.objects.count() == 0
    assert "1 lượt mới" in imported(client)


def test_an_import_that_lost_its_job_writes_nothing_and_goes_on(
    house: House, client: Client
) -> None:
    send(client, house, xlsx(line("Một", PAGE)))
    checked(client)
    client.post(address("apply"))
    job = queue.claim("một máy sắp tắt")
    assert job is not None
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now().replace(year=2020))
    assert runner.run_next()
    assert Placement.objects.count() == 1
    assert newest().imported_at is not None


def test_what_changed_since_the_check_is_checked_again(house: House, client: Client) -> None:
    send(client, house, xlsx(line("Một", PAGE, sent="01/03/2024")))
    checked(client)
    user = make.make_user(Role.AGENCY_OFFICE, house.agency)
    reading = read([*_grids(line("Một", PAGE, sent="01/03/2024"))], directory(house.agency, {}))
    facts: dict[str, Any] = {"agency": house.agency, "reading": reading, "name": "b", "by": user}
    import_file(sha256="0", as_administrator=False, **facts)
    page = imported(client)
    assert "Trong lúc nhập, có người khác vừa thay đổi kết quả" in page
    assert Placement.objects.count() == 1


def _grids(*rows: list[Any]) -> Any:
    return read_file(xlsx(*rows))


def test_the_same_file_by_two_at_once_is_imported_once(house: House, clerk: User) -> None:
    other = make.make_user(Role.AGENCY_OFFICE, house.agency)
    rows = [line(f"Tin {number}", PAGE, sent="01/03/2024") for number in range(5)]
    reading = read(_grids(*rows), directory(house.agency, {}))
    facts: dict[str, Any] = {"agency": house.agency, "reading": reading, "name": "a"}
    facts |= {"sha256": "0", "as_administrator": False}
    refusals = race(lambda: import_file(by=clerk, **facts), lambda: import_file(by=other, **facts))
    assert refusals == []
    assert (Activity.objects.count(), Placement.objects.count()) == (5, 5)


@pytest.mark.parametrize("case", sorted(hostile.CASES))
def test_hostile_files_are_refused_with_a_sentence(house: House, client: Client, case: str) -> None:
    make_file, sentence = hostile.CASES[case]
    page = send(client, house, make_file())
    if page.status_code == 302:
        assert sentence in checked(client)
    else:
        assert sentence in page.content.decode()
    assert Activity.objects.count() == 0


def test_formulas_are_kept_as_text_and_never_given_out_as_formulas(
    house: House, client: Client
) -> None:
    title = '\'=HYPERLINK("http://xau.vn")'
    send(client, house, xlsx(line(title, PAGE)))
    checked(client)
    imported(client)
    assert Activity.objects.get().title == title


def test_the_template_is_read_and_its_example_is_left_out(house: House, client: Client) -> None:
    answer: Any = client.get(reverse("outreach:results-template", args=[house.agency.pk]))
    content = b"".join(answer.streaming_content)
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["Kết quả", "Hướng dẫn", "Danh mục"]
    assert {"DON_VI", "LOAI", "KENH"} <= set(book.defined_names)
    reading = read(read_file(content), directory(house.agency, {}))
    assert [one.problem for one in reading.faults] == ["Dưới dòng tiêu đề không có kết quả nào."]
    sheet = book["Kết quả"]
    [head] = [row[0].row for row in sheet.iter_rows() if row[0].value == "Mã"]
    for at, value in enumerate(line("Một", PAGE, sent="01/03/2024"), start=1):
        sheet.cell(head + 2, at, value)
    told = BytesIO()
    book.save(told)
    reading = read(read_file(told.getvalue()), directory(house.agency, {}))
    assert [(one.title, one.sent_on) for one in reading.entries] == [("Một", date(2024, 3, 1))]


def test_the_page_asks_as_much_for_one_fault_as_for_many(house: House, client: Client) -> None:
    counts = []
    for number in (1, 3):
        rows = [line(f"Tin {at}", f"Báo {at}", sent="31/02/2024") for at in range(number)]
        send(client, house, xlsx(*rows))
        checked(client)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address("detail"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def command(*arguments: str) -> str:
    told = StringIO()
    call_command("import_results", *arguments, stdout=told)
    return told.getvalue()


def test_the_command_checks_imports_and_changes_nothing_twice(
    house: House, clerk: User, tmp_path: Path
) -> None:
    file = tmp_path / "a.xlsx"
    days = {"sent": "01/03/2024", "decided": "03/03/2024", "published": "05/03/2024"}
    file.write_bytes(xlsx(line("Một", "Trang nhất", url="https://a.gov.vn/1", **days)))
    agency = house.agency.code
    with pytest.raises(CommandError, match="Hãy ghi --by"):
        command(agency, str(file))
    admin = make.make_user(Role.SYSTEM_ADMIN, house.agency)
    with pytest.raises(CommandError, match="Có 1 lỗi; chưa ghi gì"):
        command(agency, str(file), "--check")
    answer = f"--channel=Trang nhất={house.page.code}"
    said = command(agency, str(file), "--check", answer)
    assert said == "Đọc được 1 dòng: 1 mới, 0 sửa, 0 không đổi, 0 không nhận.\n"
    assert Placement.objects.count() == 0
    said = command(agency, str(file), answer)
    assert said.splitlines()[-1].startswith("Đã nhập kết quả của")
    placement = Placement.objects.get()
    assert (placement.state, placement.decided_by) == ("published", admin)
    assert "Cả 1 dòng đã được ghi nhận từ trước" in command(agency, str(file), answer)
    file.write_bytes(xlsx(*exported(house.agency)))
    assert "1 không đổi" in command(agency, str(file), "--check", f"--by={clerk.username}")
    for wrong, sentence in (
        (["KHONG-CO", str(file)], "Không có cơ quan nào mang mã “KHONG-CO”."),
        ([agency, "khong-co.xlsx"], "Không mở được tệp “khong-co.xlsx”."),
        ([agency, str(file), "--by=ai-do"], "Không có tài khoản nào đang dùng tên “ai-do”."),
        ([agency, str(file), "--sheet=Lạ"], "Tệp không có trang nào tên “Lạ”"),
        ([agency, str(file), f"--by={house.officer.username}"], "Chỉ Văn phòng của"),
    ):
        with pytest.raises(CommandError, match=sentence):
            command(*wrong)


def test_an_officer_cannot_import(house: House, clerk: User) -> None:
    reading = read(_grids(line("Một", PAGE)), directory(house.agency, {}))
    with pytest.raises(Refused, match="Chỉ Văn phòng của"):
        import_file(
            agency=house.agency,
            reading=reading,
            name="a",
            sha256="0",
            by=house.officer,
            as_administrator=False,
        )


def test_the_command_reads_text_tables_and_says_what_others_are(
    house: House, clerk: User, tmp_path: Path
) -> None:
    cells = [str(value or "") for value in line("Một", PAGE, sent="01/03/2024")]
    text = "\t".join(HEAD) + "\r\n" + "\t".join(cells) + "\r\n"
    file = tmp_path / "a.csv"
    asked = (house.agency.code, str(file), "--check", f"--by={clerk.username}")
    for content in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        file.write_bytes(content)
        assert command(*asked).startswith("Đọc được 1 dòng: 1 mới")
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\t\t" + b"\t\0" * 99)
    with pytest.raises(CommandError, match="Excel hoặc Word đời cũ"):
        command(*asked)


def test_the_command_cuts_no_sentence(house: House, clerk: User, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx(line("Một", PAGE, sent="01/01/2999", kind="Ca nhạc"), line("x" * 301)))
    said = StringIO()
    with pytest.raises(CommandError):
        call_command(
            *("import_results", house.agency.code, str(file), "--check", f"--by={clerk.username}"),
            stdout=said,
        )
    assert "Niêm yết" in said.getvalue()
    assert "x" * 61 not in said.getvalue()


@pytest.fixture
def writing(house: House, client: Client) -> Iterator[threading.Event]:
    """An import in the middle of its writing, as far as locks go; it ends with the event."""
    send(client, house, xlsx(line("Một", PAGE, sent="01/03/2024")))
    checked(client)
    client.post(address("apply"))
    pk, job = newest().pk, queue.claim("một máy khác")
    assert job is not None
    begun, end = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            row = ResultsImport.objects.select_for_update().get(pk=pk)
            begun.set()
            end.wait(20)
            if queue.finish(job):
                row.imported_at, row.imported_by, row.file = clock.now(), row.ordered_by, ""
                row.save()
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(10)
    yield end
    end.set()
    thread.join(20)


def test_a_writing_import_is_stopped_at_once(client: Client, writing: threading.Event) -> None:
    assert client.post(address("cancel")).status_code == 302
    assert newest().job.state == "cancelled"
    assert not writing.is_set()
    assert newest().imported_at is None


def test_another_file_waits_for_the_import_that_writes(
    house: House, client: Client, writing: threading.Event
) -> None:
    first = newest().pk
    threading.Timer(0.5, writing.set).start()
    assert send(client, house, xlsx(line("Hai", PAGE))).status_code == 302
    done = ResultsImport.objects.get(pk=first)
    assert done.imported_at is not None
    assert done.findings is not None
    assert done.job.state == "done"
    assert "1 mới" in checked(client)


def test_only_the_office_answers_applies_and_stops(house: House, client: Client) -> None:
    send(client, house, xlsx(line("Một", PAGE, sent="01/03/2024")))
    checked(client)
    head = make.make_user(Role.UNIT_HEAD, house.agency, house.unit)
    other = make.make_agency(house.province)
    far = make.make_agency(make.make_province("XX"))
    people = {
        house.officer: {403, 404},
        head: {403, 404},
        house.editor: {403, 404},
        make.make_user(Role.SYSTEM_ADMIN, house.agency): {403, 404},
        make.make_user(Role.AGENCY_OFFICE, other): {404},
        make.make_user(Role.AGENCY_OFFICE, far): {404},
    }
    for user, refused in people.items():
        one = Client()
        one.force_login(user)
        for name in ("answer", "apply"):
            assert one.post(address(name)).status_code in refused, (user, name)
        with pytest.raises(Refused):
            cancel(results_import=newest(), by=user)
        assert one.get(address("faults")).status_code in refused
        form = {"agency": house.agency.pk, "pasted": "Mã\tTiêu đề\n"}
        answer = one.post(reverse("outreach:results-import"), form)
        assert answer.status_code in (200, 403), user
    assert ResultsImport.objects.count() == 1
    assert newest().job.task == CHECK_TASK
    assert Placement.objects.count() == 0


def test_a_replayed_or_overtaken_order_imports_nothing_twice(house: House, client: Client) -> None:
    send(client, house, xlsx(line("Một", PAGE, sent="01/03/2024")))
    checked(client)
    old = address("apply")
    send(client, house, xlsx(line("Hai", PAGE, sent="01/03/2024")))
    assert client.post(old).status_code == 403
    assert client.post(address("apply")).status_code == 403
    checked(client)
    client.post(address("apply"))
    assert client.post(address("apply")).status_code == 403
    assert client.post(address("answer"), {"sheet": "Lạ"}).status_code == 403
    assert runner.run_next()
    assert not runner.run_next()
    assert client.post(address("apply")).status_code == 403
    assert client.post(old).status_code == 403
    assert [one.title for one in Activity.objects.all()] == ["Hai"]
