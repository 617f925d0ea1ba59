"""The bases found as one types, put in order and kept; the header as it will be printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agencies.roles import Role
from plans.models import Plan
from tests import factories as make
from tests.browser.windows import PHONE, chromium, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DECREE = "Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ về chế độ báo cáo"
LAW = "Luật Tổ chức chính quyền địa phương ngày 19/02/2025"
PLAN_30 = "Kế hoạch số 30/KH-UBND ngày 21/02/2024 của UBND tỉnh về tuyên truyền năm 2024"


@pytest.fixture
def plan(live_server: Any) -> Plan:
    agency = make.make_agency(name="Sở Thử nghiệm", short_name="Sở TN")
    office = make.make_agency(agency.province, short_name="UBND tỉnh", name="UBND tỉnh")
    make.make_user(Role.AGENCY_OFFICE, agency, username="van.phong", password=make.PASSWORD)
    newer = make.make_document(agency.province, "Nghị định số 99/2030/NĐ-CP của Chính phủ")
    make.make_document(agency.province, DECREE, force="replaced", replaced_by=newer)
    make.make_plan(office, number="30", symbol="KH-UBND", title="Tuyên truyền CCHC năm 2024")
    return make.make_plan(agency, state="draft", signed_precision="none")


@pytest.fixture
def page(plan: Plan, live_server: Any) -> Iterator[Page]:
    """Chromium, signed in; anything that it complains about fails."""
    with chromium() as browser:
        page, complaints = opened(browser, PHONE)
        sign_in(page, f"{live_server.url}/ke-hoach/{plan.pk}/soan/can-cu/")
        yield page
        assert complaints == []


def kept(page: Page) -> None:
    """It has saved itself, and is not wider than the telephone."""
    status = page.locator("[data-soan-status]")
    expect(status).to_contain_text("Đã lưu lúc")
    expect(status).to_have_attribute("data-state", "saved")
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0


def test_bases_and_header(page: Page) -> None:
    printed = page.locator(".basis-printed")
    add, offered = page.get_by_label("Thêm văn bản"), page.locator(".complete-list li")
    expect(page.get_by_text("Chưa có văn bản nào.")).to_be_visible()
    # From the register by its number, a plan by its words without tone marks, a line typed freely.
    add.press_sequentially("09/2019")
    expect(offered).to_contain_text(["Đã được thay thế bằng Nghị định số 99"])
    page.keyboard.press("Enter")
    expect(printed).to_have_count(1)
    add.press_sequentially("tuyen truyen")
    expect(offered).to_contain_text(["Kế hoạch số 30/KH-UBND của UBND tỉnh"])
    page.keyboard.press("Enter")
    expect(printed).to_have_count(2)
    add.fill(f"Căn cứ {LAW};")
    page.keyboard.press("Enter")
    decree, law = f"Căn cứ {DECREE}", f"Căn cứ {LAW}"
    parent = "Căn cứ Kế hoạch số 30/KH-UBND ngày [...] của UBND tỉnh về tuyên truyền CCHC năm 2024"
    expect(printed).to_have_text([f"{decree};", f"{parent};", f"{law}."])
    expect(page.get_by_text("Đã được thay thế bằng Nghị định số 99/2030/NĐ-CP.")).to_be_visible()

    # By rank; then one row by the keyboard; what the register lacks goes there by a button.
    page.get_by_role("button", name="Sắp theo thứ bậc").click()
    expect(printed).to_have_text([f"{law};", f"{decree};", f"{parent}."])
    page.locator(".basis").nth(2).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(printed).to_have_text([f"{law};", f"{parent};", f"{decree}."])
    page.get_by_role("button", name="Thêm vào sổ", exact=True).first.click()
    expect(page.get_by_text("Đã ghi Luật Tổ chức chính quyền địa phương vào sổ.")).to_be_visible()
    kept(page)
    page.reload()
    expect(printed).to_have_text([f"{law};", f"{parent};", f"{decree}."])

    page.get_by_role("link", name="Thông tin chung").click()
    page.get_by_label("Tháng").fill("2")
    page.get_by_label("Năm", exact=True).fill("2024")
    page.get_by_label("Quyền hạn", exact=True).select_option("KT.")
    page.get_by_label("Tập thể, người được ký thay").fill("Giám đốc")
    page.get_by_label("Chức vụ người ký").fill("Phó giám đốc")
    page.get_by_role("textbox", name="Nơi nhận").fill("Sở Nội vụ\n- Lãnh đạo Sở;\nLưu: VT")
    upper = page.get_by_label("Kế hoạch cấp trên")
    upper.press_sequentially("30")
    page.keyboard.press("Enter")
    expect(upper).to_have_value("Kế hoạch số 30/KH-UBND của UBND tỉnh")
    kept(page)
    page.reload()
    expect(upper).to_have_value("Kế hoạch số 30/KH-UBND của UBND tỉnh")
    expect(page.locator("[data-print=date]")).to_contain_text("tháng 02 năm 2024")
    signer = page.locator("[data-print=signer] span")
    expect(signer.first).to_have_text("KT. GIÁM ĐỐC")
    expect(page.locator("[data-print=recipients] span")).to_have_text(
        ["Nơi nhận:", "- Sở Nội vụ;", "- Lãnh đạo Sở;", "- Lưu: VT."]
    )
