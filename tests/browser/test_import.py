"""An annex into a draft in a real browser: pasted from Word, from a workbook, asked, imported."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from agencies.roles import Role
from cchc.jobs import runner
from plans import tasks
from tests import factories as make
from tests.browser.windows import chromium, opened, sign_in
from tests.plans.annex_files import xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["tasks"]
# What Word puts on the clipboard: its own markup, a numbered list, a line wrapped by the column.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>td {mso-x: y}</style></head>
<body lang=VI><!--StartFragment--><p class=MsoNormal>PHỤ LỤC</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'>
<tr style='mso-yfti-irow:0'><td><p class=MsoNormal><b>STT<o:p></o:p></b></p></td>
<td><p><b>Nhiệm vụ</b></p></td><td><p><b>Đơn vị chủ trì</b></p></td>
<td><p style="color:red"><b>Thời gian</b></p></td></tr>
<tr><td><p>I</p></td><td colspan=3><p>Cải cách thể chế</p></td></tr>
<tr><td><p>1</p></td><td><p>Ban hành kế hoạch
tuyên truyền</p></td><td><p>Văn phòng</p></td><td rowspan=2><p>Quý I/2024</p></td></tr>
<tr><td><p>2</p></td><td><p><![if !supportLists]><span>-<span>&nbsp; </span></span><![endif]>Họp
dân</p></td><td><p>Phòng Chuyển đổi số</p></td></tr>
</table><!--EndFragment--></body></html>"""
HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"]
COPY = """html => document.addEventListener("copy", (event) => {
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", "PHỤ LỤC");
  event.preventDefault();
}, {once: true})"""


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """The embedded worker in a thread of its own."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.05):
            runner.run_next()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.fixture
def address(live_server: Any, settings: Any, tmp_path: Path, worker: None) -> str:
    """The import page of an empty draft, on a server beside the test."""
    settings.FILES_DIR = tmp_path
    agency = make.make_agency(name="Sở Thử nghiệm", short_name="Sở TN")
    for name in ("Văn phòng", "Phòng Chuyển đổi số"):
        make.make_unit(agency, name)
    make.make_user(Role.AGENCY_OFFICE, agency, username="van.phong", password=make.PASSWORD)
    plan = make.make_plan(agency, state="draft")
    return f"{live_server.url}{reverse('plans:edit-import', args=[plan.pk])}"


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Signed in on the import page; what the browser complains about fails the test."""
    page, complaints = opened(browser)
    sign_in(page, address)
    yield page
    assert complaints == []


def test_from_the_clipboard_and_from_a_workbook(page: Page, address: str, tmp_path: Path) -> None:
    main = page.get_by_role("main")
    page.wait_for_url(address)
    page.evaluate(COPY, WORD)
    page.keyboard.press("Control+C")
    page.keyboard.press("Control+V")
    expect(main).to_contain_text("Đọc được 2 nhiệm vụ. Chưa ghi gì vào kế hoạch.")
    expect(main).to_contain_text("Nhập được")
    rows = page.get_by_role("row")
    expect(rows.filter(has_text="Ban hành kế hoạch tuyên truyền")).to_contain_text("Quý I/2024")
    expect(rows.filter(has_text="Họp dân")).to_contain_text("Phòng Chuyển đổi số")
    expect(rows.filter(has_text="Cải cách thể chế")).to_have_count(1)

    page.get_by_role("link", name="Gửi tệp khác").click()
    file = tmp_path / "phu_luc.xlsx"
    lead = "Phòng Chuyển đổi"
    file.write_bytes(
        xlsx([HEAD, *([at, f"Việc {at}", "Báo cáo", lead, None, "Quý II/2024"] for at in (1, 2))])
    )
    page.locator("input[type=file]").set_input_files(file)
    expect(main).to_contain_text("Chưa nhập được: 1 lỗi")
    expect(main).to_contain_text("Tên đơn vị chưa biết (1)")
    question = page.get_by_label(f"“{lead}”")
    question.click()
    expect(page.get_by_role("option").first).to_contain_text("Gần giống")
    question.fill("chuyen doi")
    expect(page.get_by_role("option")).to_have_count(1)
    question.press("Enter")
    expect(question).to_have_value("Phòng Chuyển đổi số")
    page.get_by_role("button", name="Kiểm tra lại").click()
    page.get_by_role("button", name="Nhập 2 nhiệm vụ").click()
    expect(main).to_contain_text("Đã nhập 2 nhiệm vụ từ “phu_luc.xlsx”.")
    page.goto(address)
    expect(main).to_contain_text("Phụ lục đang có 2 nhiệm vụ.")
