"""The narrative of a plan written with the keyboard alone, as in Word, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agencies.roles import Role
from plans.models import Clause, Plan
from plans.outline import numbered
from tests import factories as make
from tests.browser.windows import chromium, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTED = """IV. TỔ CHỨC THỰC HIỆN
1. Văn phòng theo dõi, đôn đốc.
2. Các phòng báo cáo trước ngày 05 hằng tháng."""
DEPTHS = ([0, 1, 1, 2, 2, 3, 4, 5, 0, 3, 1], [2, 0, -1, 1], [0, *[1] * 12, *[2] * 25], [0] * 12)


@pytest.fixture
def plan() -> Plan:
    agency = make.make_agency(name="Sở Thử nghiệm", short_name="Sở TN")
    make.make_user(Role.AGENCY_OFFICE, agency, username="van.phong", password=make.PASSWORD)
    plan = make.make_plan(agency, state="draft", audiences="Cán bộ, công chức\nNgười dân")
    Clause.objects.create(plan=plan, order=1, label="V", heading="KHÁC")
    return plan


@pytest.fixture
def page(plan: Plan, live_server: Any) -> Iterator[Page]:
    """The outline of the plan in Chromium; anything that the browser complains about fails."""
    with chromium() as browser:
        page, complaints = opened(browser)
        sign_in(page, f"{live_server.url}/ke-hoach/{plan.pk}/soan/noi-dung-van-ban/")
        expect(page.locator(".outline-item")).to_have_count(1)
        yield page
        assert complaints == []


def outline(page: Page) -> list[str]:
    """The items as they stand on the page: ``1 a) Nội dung``, the depth first."""
    items: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".outline-item")].map((item) => [
            item.dataset.depth, item.querySelector(".outline-label").textContent,
            ...[...item.querySelectorAll("textarea:not([hidden])")].map((field) => field.value),
        ].join(" "))"""
    )
    return items


def test_a_narrative_by_keyboard_alone(page: Page) -> None:
    write, press = page.keyboard.type, page.keyboard.press
    # Labels stay as the document has them until something is added among them.
    assert outline(page) == ["0 V. KHÁC"]
    page.locator(".outline-heading").focus()
    press("Control+a")
    write("MỤC ĐÍCH")
    press("Enter")
    write("NỘI DUNG")
    assert outline(page) == ["0 I. MỤC ĐÍCH", "0 II. NỘI DUNG"]
    press("Enter")
    press("Tab")
    write("Đối tượng")
    assert outline(page)[2] == "1 1. Đối tượng"
    expect(page.get_by_text("Tự lấy từ danh sách Đối tượng (2).")).to_be_visible()
    press("Enter")
    press("Control+b")  # a heading no more
    write("Tin bài trên Cổng TTĐT. Phát thanh.")
    press("Enter")
    press("Tab")
    write("Mỗi quý một tin;")
    press("Enter")
    write("Mỗi tháng một bài.")
    below = ["1 2. Tin bài trên Cổng TTĐT. Phát thanh.", "2 a) Mỗi quý một tin;"]
    assert outline(page)[3:] == [*below, "2 b) Mỗi tháng một bài."]

    # Moved with what stands below it, and taken back.
    press("ArrowUp")
    press("ArrowUp")
    press("Alt+ArrowUp")
    moved = ["1 1. Tin bài trên Cổng TTĐT. Phát thanh.", "2 a) Mỗi quý một tin;"]
    assert outline(page)[2:] == [*moved, "2 b) Mỗi tháng một bài.", "1 2. Đối tượng"]
    press("Control+z")
    assert outline(page)[2:4] == ["1 1. Đối tượng", below[0]]
    press("Control+y")
    assert outline(page)[2:4] == moved
    press("Control+z")

    # Outdented with its points; then back.
    press("Shift+Tab")
    outdented = ["0 III. Tin bài trên Cổng TTĐT. Phát thanh.", "1 1. Mỗi quý một tin;"]
    assert outline(page)[3:] == [*outdented, "1 2. Mỗi tháng một bài."]
    press("Tab")
    assert outline(page)[3:] == [*below, "2 b) Mỗi tháng một bài."]

    # Split and joined as in Word.
    press("Home")
    for _ in range(len("Tin bài trên Cổng TTĐT.")):
        press("ArrowRight")
    press("Enter")
    assert outline(page)[3:6] == [
        "1 2. Tin bài trên Cổng TTĐT.",
        "1 3. Phát thanh.",
        "2 a) Mỗi quý một tin;",
    ]
    press("Backspace")
    assert outline(page)[3:5] == below

    # A whole part from Word keeps the labels of its text.
    press("Control+End")
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        PASTED,
    )
    expect(page.get_by_text("Đã thêm 3 mục từ nội dung dán.")).to_be_visible()
    part = ["1 1. Văn phòng theo dõi, đôn đốc."]
    part.append("1 2. Các phòng báo cáo trước ngày 05 hằng tháng.")
    assert outline(page)[6:] == ["0 IV. TỔ CHỨC THỰC HIỆN", *part]
    page.get_by_role("button", name="Đánh số lại").focus()
    press("Enter")
    whole = ["0 I. MỤC ĐÍCH", "0 II. NỘI DUNG", "1 1. Đối tượng", *below]
    whole += ["2 b) Mỗi tháng một bài.", "0 III. TỔ CHỨC THỰC HIỆN", *part]
    assert outline(page) == whole

    # It has saved itself.
    status = page.locator("[data-soan-status]")
    expect(status).to_have_attribute("data-state", "saved")
    expect(status).to_contain_text("Đã lưu lúc")
    page.reload()
    expect(page.locator(".outline-item")).to_have_count(len(whole))
    assert outline(page) == whole

    for depths in DEPTHS:
        assert page.evaluate("(depths) => soan.outline.numbered(depths)", depths) == numbered(
            depths
        )


def test_signs_are_typed_as_in_word(page: Page) -> None:
    write, press = page.keyboard.type, page.keyboard.press
    page.locator(".outline-heading").focus()
    press("End")
    press("Enter")
    press("Tab")
    write("1. Mục tiêu")
    press("Enter")
    press("Tab")
    write("- Nâng cao nhận thức;")
    press("Enter")
    write("Đẩy mạnh thi đua.")
    press("Enter")
    press("Shift+Tab")  # beside a heading: a heading
    write("Yêu cầu")
    expect(page.get_by_label("Tiêu đề mục").last).to_have_value("Yêu cầu")
    assert outline(page) == [
        "0 I. KHÁC",
        "1 1. Mục tiêu",
        "2 - Nâng cao nhận thức;",
        "2 - Đẩy mạnh thi đua.",
        "1 2. Yêu cầu",
    ]
    expect(page.locator("[data-soan-status]")).to_contain_text("Đã lưu lúc")
