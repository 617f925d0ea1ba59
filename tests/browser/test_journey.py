"""One article's walk in a real browser: entered, cleared, returned, published, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, ViewportSize, expect

from agencies.roles import Role
from cchc.lib import clock
from plans.periods import Period
from tests import factories as make
from tests.browser.windows import DESK, PHONE, chromium, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Sở <b>cắt giảm</b> 30% thời gian giải quyết thủ tục"
ADDRESS = "https://soctrang.gov.vn/cchc/cat-giam-thoi-gian"
REASON = "Đề nghị bổ sung ảnh minh họa."


class Screen:
    """A signed-in person's window, and everything that the browser complains about in it."""

    def __init__(self, browser: Browser, address: str, viewport: ViewportSize) -> None:
        self.page: Page = browser.new_context(viewport=viewport, locale="vi-VN").new_page()
        self.page.set_default_timeout(10_000)
        self.address = address
        self.complaints: list[str] = []
        # Chromium reports a violated content security policy as an error on the console.
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "response",
            lambda r: self.complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None,
        )

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def enter(self, username: str) -> None:
        sign_in(self.page, self.address, username)

    def sees(self, *texts: str) -> None:
        """The texts stand on the page, and the page is not wider than the window."""
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)
        root = "document.documentElement"
        assert self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
        assert self.complaints == []

    def panel(self, channel: str) -> Any:
        """The part of an activity's page that is about one channel."""
        heading = self.page.get_by_role("heading", name=channel, exact=True)
        return self.page.locator("section.panel").filter(has=heading)


def quarter(today: date) -> Period:
    return Period.parse(f"{today.year}-Q{(today.month + 2) // 3}")


@pytest.fixture
def address(live_server: Any) -> str:
    """A server beside the test, on an agency that owes one article on each of two channels."""
    today = clock.today()
    province = make.make_province()
    office = make.make_agency(province, name="Văn phòng UBND tỉnh", short_name="VP UBND")
    agency = make.make_agency(
        province, name="Sở Thử nghiệm", short_name="Sở TN", clears_internally=True
    )
    unit = make.make_unit(agency, "Phòng Chuyển đổi số")
    portal, site, _ = (
        make.make_channel(province, name=name, short_name=name, run_by=office)
        for name in ("Chuyên trang CCHC", "Cổng TTĐT tỉnh", "Báo tỉnh")
    )
    year = {"starts_on": date(today.year, 1, 1), "ends_on": date(today.year, 12, 31)}
    task = make.make_task(make.make_plan(agency, **year), code="4.1")
    for channel in (portal, site):
        make.make_obligation(make.make_quota(task, channel), quarter(today).code, unit=unit)
    for name, role, at, of in (
        ("can.bo", Role.OFFICER, agency, unit),
        ("bien.tap", Role.CHANNEL_EDITOR, office, None),
        ("truong.phong", Role.UNIT_HEAD, agency, unit),
    ):
        make.make_user(role, at, of, username=name, password=make.PASSWORD)
    return str(live_server.url)


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    with chromium() as started:
        yield started


def test_an_article_from_the_officer_to_the_unit_head(browser: Browser, address: str) -> None:
    today, this = clock.today(), quarter(clock.today())

    # The officer, on a telephone, enters the article for the two channels owed.
    officer = Screen(browser, address, PHONE)
    officer.enter("can.bo")
    officer.sees("Việc cần làm", "đã đạt 0/2 đầu việc")
    officer.page.get_by_role("link", name="Việc của đơn vị trong quý").click()
    officer.sees("Chuyên trang CCHC", "Cổng TTĐT tỉnh", "0/1")
    officer.page.get_by_role("link", name="Nhập tin, bài").click()
    officer.sees(f"{this.label}: 0/1, hạn {this.end:%d/%m/%Y}")
    expect(officer.page.get_by_label("Báo tỉnh")).to_be_hidden()  # nothing is owed on it
    officer.page.get_by_label("Tiêu đề").fill(TITLE)
    officer.page.get_by_label("Chuyên trang CCHC").check()
    officer.page.get_by_label("Cổng TTĐT tỉnh").check()
    officer.page.get_by_role("button", name="Lưu và trình duyệt").click()
    officer.sees("Đã lưu và trình duyệt nội bộ.", TITLE, "Chờ duyệt nội bộ")
    article = officer.page.url

    # The unit head, on a telephone too, clears both at once.
    head = Screen(browser, address, PHONE)
    head.enter("truong.phong")
    head.sees("Còn phải làm 2 đầu việc")
    head.page.goto(address + reverse("outreach:todo"))
    head.sees("Việc cần làm", TITLE)
    head.page.goto(address + reverse("outreach:clearance-queue"))
    head.page.get_by_label("Chọn tất cả (2)").check()
    head.page.get_by_role("button", name="Duyệt các mục đã chọn (2)").click()
    head.sees("Đã duyệt nội bộ 2/2 mục.", "Không có tin, bài nào chờ")

    # The editor approves and publishes it on one, and returns it from the other with a reason.
    editor = Screen(browser, address, DESK)
    editor.enter("bien.tap")
    editor.sees("Chờ duyệt (2)", TITLE)
    row = editor.page.get_by_role("listitem").filter(has_text="Chuyên trang CCHC")
    row.get_by_role("button", name="Duyệt").dblclick()  # twice, as people do
    editor.sees(f"Đã duyệt “{TITLE}” trên Chuyên trang CCHC.", "Đã duyệt, chờ đăng (1)")
    row = editor.page.get_by_role("listitem").filter(has_text="Cổng TTĐT tỉnh")
    row.get_by_role("link", name="Trả lại").click()
    editor.page.get_by_role("button", name="Trả lại").click()
    editor.sees("Trả lại tin, bài")  # not without a reason
    editor.page.get_by_label("Lý do").fill(REASON)
    editor.page.get_by_role("button", name="Trả lại").click()
    editor.sees(f"Đã trả lại “{TITLE}”.")
    row = editor.page.get_by_role("listitem").filter(has_text="Chuyên trang CCHC")
    row.get_by_role("link", name="Đăng").click()
    editor.page.get_by_label("Đường dẫn").fill(ADDRESS)
    editor.page.get_by_role("button", name="Ghi nhận đã đăng").click()
    editor.sees("Tính cho 1 đầu việc.", "Không có tin, bài nào đang chờ")

    # The officer sees what it counts for and why, and why the other came back.
    officer.page.goto(article)
    why = f"Đăng ngày {today:%d/%m/%Y} trên Chuyên trang CCHC, trong kỳ {this.label}"
    expect(officer.panel("Chuyên trang CCHC")).to_contain_text(why)
    expect(officer.panel("Chuyên trang CCHC")).to_contain_text("Đúng hạn")
    expect(officer.panel("Cổng TTĐT tỉnh")).to_contain_text(f"Lý do trả lại: {REASON}")
    officer.sees("Nhiệm vụ 4.1", ADDRESS)
    officer.page.get_by_role("link", name="Nhiệm vụ 4.1 – Phòng Chuyển đổi số").click()
    officer.sees("1/1", "Đúng hạn (1)", TITLE, why)

    # The unit head sees the one done and the other still owed.
    head.page.goto(address + reverse("reporting:unit-owes"))
    done = head.page.locator("li").filter(has_text="Chuyên trang CCHC").filter(has_text="1/1")
    owed = head.page.locator("li").filter(has_text="Cổng TTĐT tỉnh").filter(has_text="0/1")
    expect(done).to_contain_text("Đạt")
    expect(owed).to_have_count(1)
    head.sees("Việc của đơn vị")
