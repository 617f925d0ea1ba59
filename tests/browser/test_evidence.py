"""Evidence in a real browser: chosen, dropped, refused beside its name, uploaded, given out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, Page, ViewportSize, expect, sync_playwright

from agencies.roles import Role
from tests import factories as make
from tests.outreach import evidence_files as made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = ViewportSize(width=390, height=844)
DROP = """content => {
  const data = new DataTransfer();
  data.items.add(new File([content], "tha-vao.pdf"));
  document.querySelector("[data-drop]").dispatchEvent(
    new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def address(live_server: Any, settings: Any, tmp_path: Path) -> str:
    settings.FILES_DIR = tmp_path
    agency = make.make_agency()
    unit = make.make_unit(agency)
    user = make.make_user(Role.OFFICER, agency, unit, username="can.bo", password=make.PASSWORD)
    activity = make.make_activity(user, agency, unit)
    return f"{live_server.url}{reverse('outreach:activity-detail', args=[activity.pk])}"


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """A telephone, logged in, on the page of an activity."""
    path = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
        page.goto(address)
        page.get_by_label("Tên đăng nhập").fill("can.bo")
        page.get_by_label("Mật khẩu").fill(make.PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        yield page
        browser.close()


def test_chosen_photographed_and_dropped_files_travel_together(page: Page) -> None:
    panel = page.locator("#minh-chung")
    choice, camera = panel.locator("input[type=file]").all()
    choice.set_input_files(
        [
            FilePayload(name="to.pdf", mimeType="", buffer=b"%PDF-1.7" + bytes(21 * 1024 * 1024)),
            FilePayload(name="ve.svg", mimeType="", buffer=b"<svg/>"),
        ]
    )
    expect(panel).to_contain_text("to.pdf: nặng 21,0 MB; mỗi tệp không quá 20 MB, không gửi.")
    camera.set_input_files(FilePayload(name="image.jpg", mimeType="", buffer=made.picture()))
    page.evaluate(DROP, made.PDF.decode())
    panel.get_by_role("button", name="Tải lên 3 tệp").click()
    expect(panel).to_contain_text("1 tệp không được nhận:")
    expect(panel).to_contain_text("ve.svg: Đây là ảnh SVG.")
    expect(panel).to_contain_text("Đã nhận 2 tệp khác: image.jpg, tha-vao.pdf.")
    with page.expect_download() as given:
        panel.get_by_role("link", name="image.jpg").click()
    assert Path(given.value.path()).read_bytes() == made.picture()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
