"""A plan's annex written in a real browser: by keyboard alone, by two people, through a log-out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from agencies.roles import Role
from tests import factories as make
from tests.browser.windows import DESK, chromium, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNITS = ("Văn phòng", "Phòng Chuyển đổi số", "Phòng Thông tin – Báo chí – Xuất bản")
SAVED = "document.querySelector('[data-grid]').grid.model.value()"
EXCEL = (
    "<table><tr><td>STT</td><td>Nhiệm vụ</td><td>Sản phẩm</td><td>Chủ trì</td></tr>"
    "<tr><td></td><td></td><td>Sản phẩm</td><td>Chủ trì</td></tr>"
    "<tr><td colspan=4 style='mso-x:y'>A. Cải cách thể chế</td></tr>"
    "<tr><td>1</td><td>Rà soát<br>văn bản</td><td>Báo cáo</td><td rowspan=2>Văn phòng</td></tr>"
    "<tr><td>2</td><td>Tập huấn</td><td>Hội nghị</td></tr>"
    "<tr><td>II</td><td>Cải cách công vụ</td><td></td><td></td></tr>"
    "<tr><td>1</td><td>Đào tạo</td><td></td><td>Thanh tra</td></tr></table>"
)
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


class Desk:
    """A signed-in person's window on the annex of the draft."""

    def __init__(self, browser: Browser, address: str, username: str) -> None:
        self.context: BrowserContext = browser.new_context(viewport=DESK, locale="vi-VN")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address, self.username = address, username
        self.enter(self.page)
        self.page.goto(address)

    def enter(self, page: Page) -> None:
        sign_in(page, self.address, self.username)
        expect(page.get_by_role("grid")).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def say(self, *cells: str) -> None:
        """Each text in its cell, Tab between them."""
        for at, cell in enumerate(cells):
            if at:
                self.press("Tab")
            self.page.keyboard.insert_text(cell)

    def cell(self, title: str, field: str) -> Any:
        row = self.page.locator(".gb > .gr").filter(has_text=title)
        return row.locator(f'[data-field="{field}"]')

    @property
    def status(self) -> Any:
        return self.page.locator("[data-soan-status]")

    def is_saved(self) -> None:
        expect(self.status).to_contain_text("Đã lưu")

    def rows(self, *fields: str) -> list[tuple[Any, ...]]:
        """What the server has, read by a page that was never written on."""
        self.is_saved()
        page = self.context.new_page()
        page.goto(self.address)
        found = page.evaluate(SAVED)
        page.close()
        return [tuple(row[field] for field in fields) for row in found]


@pytest.fixture
def address(live_server: Any) -> str:
    """The annex of an empty draft, which two people of its office write."""
    agency = make.make_agency(make.make_province(), name="Sở Thử nghiệm")
    for name in UNITS:
        make.make_unit(agency, name, aliases=["P. TTBCXB"] if "Báo chí" in name else [])
    for username, name in (("van.phong", "Lê Văn Phúc"), ("van.thu", "Trần Thị Lan")):
        make.make_user(
            Role.AGENCY_OFFICE, agency, username=username, full_name=name, password=make.PASSWORD
        )
    plan = make.make_plan(agency, state="draft")
    return f"{live_server.url}/ke-hoach/{plan.pk}/soan/phu-luc/"


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    with chromium() as started:
        yield started


def test_forty_rows_by_keyboard_alone(browser: Browser, address: str) -> None:
    desk = Desk(browser, address, "van.phong")
    loads: list[str] = []
    desk.page.on("load", lambda page: loads.append(page.url))

    desk.page.get_by_role("button", name="Thêm nhiệm vụ").focus()
    desk.press("Enter")
    for number in range(1, 41):
        desk.say(f"Nhiệm vụ {number}", "- Kế hoạch\n- Báo cáo")
        desk.press("Tab")
        desk.page.keyboard.type("ttbcxb" if number % 2 else "van ph")  # completed by the Tab
        desk.press("Tab", "Tab")
        desk.say("- Quý I/2024\n- Ngày 25 hằng tháng")
        if number < 40:
            desk.press("Tab")  # at the end of the last row: a new one

    expect(desk.cell("Nhiệm vụ 7", "time").first).to_contain_text("25 hằng tháng")
    written = desk.rows("code", "title", "products", "lead", "time")
    assert written == [
        (
            str(number),
            f"Nhiệm vụ {number}",
            "- Kế hoạch\n- Báo cáo",
            UNITS[2] if number % 2 else UNITS[0],
            "- Quý I/2024\n- Ngày 25 hằng tháng",
        )
        for number in range(1, 41)
    ]
    assert (loads, desk.complaints) == ([], [])


def test_rows_are_moved_indented_grouped_pasted_and_undone(browser: Browser, address: str) -> None:
    desk = Desk(browser, address, "van.phong")
    desk.page.get_by_role("button", name="Thêm nhiệm vụ").focus()
    desk.press("Enter")
    for title in ("Một", "Hai", "Ba"):
        desk.say(title)
        desk.press("Enter")  # in the last row: a new one below
    desk.say("Bốn")
    desk.press("Alt+ArrowRight")  # 3.1
    desk.press("ArrowUp", "ArrowUp", "Alt+ArrowUp")  # "Ba" with its sub-row before "Hai"
    assert desk.rows("code", "title") == [("1", "Một"), ("2", "Ba"), ("2.1", "Bốn"), ("3", "Hai")]

    desk.press("Control+z", "Control+z")
    assert desk.rows("code", "title") == [("1", "Một"), ("2", "Hai"), ("3", "Ba"), ("4", "Bốn")]
    desk.press("Control+y", "Control+y", "Control+d")  # done again, and "Ba" doubled
    desk.press("Control+g")
    desk.say("Cải cách thủ tục")
    assert desk.rows("area", "code", "title") == [
        ("", "1", "Một"),
        ("", "2", "Ba"),
        ("", "2.1", "Bốn"),
        ("Cải cách thủ tục", "3", "Ba"),
        ("Cải cách thủ tục", "4", "Hai"),
    ]

    desk.press("Enter", "Control+Delete", "Control+Delete")
    desk.page.get_by_role("button", name="Thêm nhiệm vụ").click()
    desk.press("Shift+Tab")  # to the number of the new row
    desk.page.evaluate(PASTE, EXCEL)
    assert desk.rows("area", "code", "title", "products", "lead")[3:] == [
        ("Cải cách thể chế", "1", "Rà soát\nvăn bản", "Báo cáo", "Văn phòng"),
        ("Cải cách thể chế", "2", "Tập huấn", "Hội nghị", ""),
        ("Cải cách công vụ", "1", "Đào tạo", "", "Thanh tra"),
    ]
    assert desk.complaints == []


def test_half_written_words_offered_units_and_letters(browser: Browser, address: str) -> None:
    desk = Desk(browser, address, "van.phong")
    desk.page.get_by_role("button", name="Thêm nhiệm vụ").click()
    # An input method is still writing the word: Enter and Tab neither leave it nor break the line.
    method = desk.context.new_cdp_session(desk.page)
    for text in ("T", "Ti", "Tin"):
        place = {"selectionStart": len(text), "selectionEnd": len(text)}
        method.send("Input.imeSetComposition", {"text": text, **place})
    desk.press("Enter", "Tab")
    method.send("Input.insertText", {"text": "Tin"})
    desk.page.keyboard.type(" quý")
    desk.press("Tab", "Tab")

    # A unit that is offered instead of one that nobody knows; the next cell keeps the focus.
    desk.page.keyboard.type("Phong Chuyen doi sos")
    desk.press("Tab")
    desk.cell("Tin quý", "lead").get_by_role("button", name=UNITS[1]).click()
    desk.page.keyboard.type("van ph")
    desk.press("Tab")
    desk.page.keyboard.type("Quý I")
    for title in ("Tổng kết", "Quý 1", "Quý 2"):
        desk.press("Tab")
        desk.say(title)
        if title.startswith("Quý 1"):
            desk.press("Alt+ArrowRight")
        desk.press("Tab", "Tab", "Tab", "Tab")
    desk.press("Alt+ArrowRight")
    assert desk.rows("code", "title", "lead", "coordinating", "time") == [
        ("1", "Tin quý", UNITS[1], UNITS[0], "Quý I"),
        ("2", "Tổng kết", "", "", ""),
        ("2.1", "Quý 1", "", "", ""),
        ("2.1.a", "Quý 2", "", "", ""),
    ]
    assert desk.complaints == []


def test_two_people_at_once_and_neither_loses_text(browser: Browser, address: str) -> None:
    first = Desk(browser, address, "van.phong")
    first.page.get_by_role("button", name="Thêm nhiệm vụ").click()
    for title in ("Rà soát văn bản", "Tập huấn", "Tổng kết"):
        first.say(title)
        first.press("Enter")
    first.is_saved()
    second = Desk(browser, address, "van.thu")

    # What only one of them changed is merged without a question.
    first.cell("Rà soát văn bản", "products").click()
    first.say("Báo cáo")
    first.is_saved()
    second.cell("Tập huấn", "products").click()
    second.say("Hội nghị")
    expect(second.page.get_by_text("Đã gộp thay đổi của Lê Văn Phúc")).to_be_visible()
    merged = [("Rà soát văn bản", "Báo cáo"), ("Tập huấn", "Hội nghị"), ("Tổng kết", "")]
    assert second.rows("title", "products") == merged

    # What both changed is asked, cell by cell.
    first.cell("Tổng kết", "products").click()
    first.say("Báo cáo của Phúc")
    expect(first.page.get_by_text("Đã gộp thay đổi của Trần Thị Lan")).to_be_visible()
    first.is_saved()
    second.cell("Tổng kết", "products").click()
    second.say("Báo cáo của Lan")
    dialog = second.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Lê Văn Phúc đã lưu lúc")
    dialog.get_by_role("button", name="Xem hai bản").click()
    expect(dialog).to_contain_text("Báo cáo của Phúc")
    expect(dialog).to_contain_text("Báo cáo của Lan")
    dialog.get_by_role("button", name="Lấy bản của Lê Văn Phúc").click()
    assert second.rows("title", "products")[2] == ("Tổng kết", "Báo cáo của Phúc")
    second.page.get_by_role("button", name="Khôi phục bản của tôi").click()
    expect(second.cell("Tổng kết", "products")).to_contain_text("Báo cáo của Lan")
    assert second.rows("title", "products")[2] == ("Tổng kết", "Báo cáo của Lan")
    assert first.complaints + second.complaints == []


def test_an_expired_log_in_and_a_lost_connection_lose_nothing(
    browser: Browser, address: str
) -> None:
    desk = Desk(browser, address, "van.phong")
    desk.context.clear_cookies(name="sessionid")
    desk.page.get_by_role("button", name="Thêm nhiệm vụ").click()
    desk.say("Viết khi phiên đã hết hạn")
    expect(desk.status).to_contain_text("phiên đăng nhập đã hết hạn")

    with desk.context.expect_page() as opened:
        desk.page.get_by_role("button", name="Đăng nhập lại").click()
    desk.enter(opened.value)  # in another tab
    opened.value.close()
    desk.page.bring_to_front()
    desk.page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert desk.rows("title") == [("Viết khi phiên đã hết hạn",)]

    # Without a connection the text is kept on this machine, also when the tab is closed.
    desk.context.set_offline(True)
    desk.page.get_by_role("button", name="Thêm nhiệm vụ").click()
    desk.say("Viết khi mất mạng")
    expect(desk.status).to_contain_text("mất kết nối")
    desk.page.close()
    desk.context.set_offline(False)
    desk.page = desk.context.new_page()
    desk.page.goto(desk.address)
    desk.page.get_by_role("button", name="Khôi phục").click()
    assert desk.rows("title") == [("Viết khi phiên đã hết hạn",), ("Viết khi mất mạng",)]
    assert desk.complaints == []
