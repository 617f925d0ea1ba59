"""The document of a period report: the frozen figures and words, in the official layout."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command

from agencies.roles import Role
from cchc.lib.decisions import Refused
from outreach.actions import fulfilment
from reporting.actions import period_reports as reports
from reporting.actions import regimes, runs
from reporting.frozen import Frozen
from reporting.letterhead import BLANK
from reporting.models import PeriodReport, Run
from reporting.models.run import FileFormat
from reporting.regimes import BNV581
from reporting.reports import files
from tests import factories as make

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(autouse=True)
def files_in(tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture
def report(db: None) -> PeriodReport:
    """Handed in on 18/6/2024: one article on time, one period missed."""
    province = make.make_province(name="Sóc Trăng")
    agency = make.make_agency(province, name="Sở Thử nghiệm tỉnh Sóc Trăng")
    unit = make.make_unit(agency, "Văn phòng")
    page = make.make_channel(province, short_name="Chuyên trang")
    plan = make.make_plan(agency, number="5", symbol="KH-STN", signer_position="GIÁM ĐỐC")
    task = make.make_task(plan, code="4.1", title="Viết tin, bài")
    quota = make.make_quota(task, page)
    for code, due in (("2024-Q1", date(2024, 3, 20)), ("2024-Q2", date(2024, 6, 10))):
        make.make_obligation(quota, code, unit=unit, due_on=due)
    author = make.make_user(Role.OFFICER, agency, unit)
    make.make_placement(
        make.make_activity(author, agency, unit),
        page,
        state="published",
        sent_on=date(2024, 3, 10),
        decided_on=date(2024, 3, 15),
        published_on=date(2024, 3, 18),
    )
    fulfilment.recount(by=None, agency=agency)
    home = make.make_user(Role.HOME_AFFAIRS, make.make_agency(province))
    office = make.make_user(Role.AGENCY_OFFICE, agency, full_name="Lê Văn Phúc")
    with time_machine.travel(datetime(2024, 6, 18, 9, 5, tzinfo=HANOI), tick=False):
        regimes.set_up(province=province, agency=None, year=2024, terms=BNV581, by=home)
        found = PeriodReport.objects.get(agency=agency, period__code="2024-H1")
        reports.begin(report=found, by=office)
        return reports.submit(report=found, by=office)


def test_what_it_says(report: PeriodReport) -> None:
    office = report.submitted_by
    assert office is not None
    run = runs.order_report(report=report, file_format=FileFormat.PDF, by=office)
    document = files.of_run(Run.objects.for_list().get(pk=run.pk)).document
    head = document.letterhead
    assert (head.parent_agency, head.agency, head.mark) == (
        "UBND tỉnh Sóc Trăng",
        "Sở Thử nghiệm",
        "",
    )
    assert head.number_text == f"Số: {BLANK}/BC-STN"
    assert head.subject == "Kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2024"
    texts = [block.text for block in document.blocks]  # type: ignore[union-attr]
    assert texts[texts.index("III. ĐÁNH GIÁ CHUNG") :][3:5] == [
        "2. Tồn tại, hạn chế",
        "- Còn 1/2 đầu việc (50%) chưa đạt: Văn phòng (1).",
    ]
    assert document.signature.position == "GIÁM ĐỐC"
    assert document.provenance == ("Từng con số tra được đến tin, bài, hoạt động trên hệ thống.")
    table = document.annexes[0].table
    total = [cell.value for cell in table.rows[-1].cells]
    assert [str(value) for value in total] == [
        "Tổng cộng", "1", "2", "1", "1", "0", "1", "50.0", "1", "2", "1", "1", "0", "1", "50.0",
    ]  # fmt: skip


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_the_worker_makes_it_in_every_format(report: PeriodReport, file_format: FileFormat) -> None:
    office = report.submitted_by
    assert office is not None
    run = runs.order_report(report=report, file_format=file_format, by=office)
    call_command("run_worker", once=True)
    run.refresh_from_db()
    assert (run.file, run.frozen is not None) == (f"reports/{run.pk}.{file_format}", True)


@pytest.mark.parametrize("file_format", [FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX])
def test_what_was_handed_in_gives_the_same_bytes_whenever_it_is_printed(
    report: PeriodReport, file_format: FileFormat
) -> None:
    office = report.submitted_by
    assert office is not None
    made = []
    for day in (20, 25):
        with time_machine.travel(datetime(2024, 6, day, 9, tzinfo=HANOI), tick=False):
            run = runs.order_report(report=report, file_format=file_format, by=office)
            call_command("run_worker", once=True)
        run.refresh_from_db()
        made.append((run.sha256, run.frozen_sha256, run.frozen_at))
    assert made[0] == made[1]
    assert made[0][2] == report.submitted_at


def test_made_again_it_is_the_same_file_and_only_for_its_readers(report: PeriodReport) -> None:
    office = report.submitted_by
    assert office is not None
    first = runs.order_report(report=report, file_format=FileFormat.XLSX, by=office)
    call_command("run_worker", once=True)
    first = Run.objects.for_list().get(pk=first.pk)
    again = runs.order_again(run=first, by=office)
    call_command("run_worker", once=True)
    again.refresh_from_db()
    assert (again.remake_of_id, again.sha256) == (first.pk, first.sha256)
    stranger = make.make_user(Role.AGENCY_OFFICE, make.make_agency(report.agency.province))
    with pytest.raises(Refused):
        runs.order_again(run=first, by=stranger)


def test_the_last_line_tells_a_draft_from_what_was_handed_in(report: PeriodReport) -> None:
    office = report.submitted_by
    assert office is not None
    read_at = datetime(2024, 6, 25, 9, tzinfo=HANOI)

    def last_line() -> str:
        run = runs.order_report(report=report, file_format=FileFormat.PDF, by=office)
        made = files.of_run(Run.objects.for_list().get(pk=run.pk))
        return files.stamped(made, Frozen.of(made.tables), read_at).document.provenance

    assert "Lập từ số liệu chốt lúc 09:05 ngày 18/06/2024; mã SHA-256 của số liệu: " in last_line()
    home = make.make_user(Role.HOME_AFFAIRS, make.make_agency(report.agency.province))
    report = reports.return_(report=report, reason="Bổ sung.", sections={}, by=home)
    assert "Lập từ số liệu chưa chốt, đọc lúc 09:00 ngày 25/06/2024; mã" in last_line()


def test_a_draft_is_its_agency_s_alone(report: PeriodReport) -> None:
    home = make.make_user(Role.HOME_AFFAIRS, make.make_agency(report.agency.province))
    report = reports.return_(report=report, reason="Bổ sung.", sections={}, by=home)
    with pytest.raises(Refused) as refusal:
        runs.order_report(report=report, file_format=FileFormat.PDF, by=home)
    assert str(refusal.value) == "Báo cáo chưa nộp nên chưa xem được văn bản."


def test_a_print_ordered_before_it_was_returned_tells_no_draft(report: PeriodReport) -> None:
    home = make.make_user(Role.HOME_AFFAIRS, make.make_agency(report.agency.province))
    office = report.submitted_by
    assert office is not None
    taken = report.report_sections.get(key="next").text
    run = runs.order_report(report=report, file_format=FileFormat.PDF, by=home)
    reports.return_(report=report, reason="Bổ sung.", sections={}, by=home)
    reports.write(report=report, key="next", text="Bản nháp.", before=taken, by=office)
    document = files.of_run(Run.objects.for_list().get(pk=run.pk)).document
    texts = [block.text for block in document.blocks]  # type: ignore[union-attr]
    assert "Bản nháp." not in texts
    assert document.letterhead.mark == ""
