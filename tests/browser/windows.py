"""Windows of a real Chromium, and what it complains about in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests import factories as make

DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium. While it stands this thread runs an event loop: no rows are read beside it."""
    path = shutil.which("chromium")
    assert path is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=Path(path), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def opened(browser: Browser, size: ViewportSize = DESK) -> tuple[Page, list[str]]:
    """A window of its own, and the list of everything that goes wrong in it."""
    page = browser.new_context(viewport=size, locale="vi-VN").new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    # Chromium reports a violated content security policy as an error on the console.
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def sign_in(page: Page, address: str, username: str = "van.phong") -> None:
    """The page at the address, after its log-in."""
    page.goto(address)
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(make.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
