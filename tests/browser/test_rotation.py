"""A draft's quotas in a real browser: proposed, confirmed, shared out, and saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from agencies.roles import Role
from plans.models import Assignee, Plan
from tests import factories as make
from tests.browser.windows import chromium, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNITS = ("Văn phòng", "Phòng Chuyển đổi số", "Thanh tra")
OWED = "Kế hoạch này giao 4 đầu việc: 4 theo quý."


@pytest.fixture
def draft(live_server: Any) -> Plan:
    """A plan of 2024 whose one row words a quota that three units lead together."""
    agency = make.make_agency()
    units = [make.make_unit(agency, name) for name in UNITS]
    make.make_channel(agency.province, name="Chuyên trang CCHC", short_name="Chuyên trang CCHC")
    plan = make.make_plan(agency, state="draft")
    task = make.make_task(
        plan,
        code="4.1",
        title="Mỗi quý ít nhất 01 tin, bài được duyệt đăng Chuyên trang CCHC",
        timing_text="Chậm nhất ngày 20/3, 20/6, 20/9, 20/12/2024",
    )
    for order, unit in enumerate(units, start=1):
        Assignee.objects.create(task=task, order=order, duty="lead", unit=unit)
    make.make_user(
        Role.AGENCY_OFFICE, agency, units[0], username="van.phong", password=make.PASSWORD
    )
    return plan


@pytest.fixture
def browser(draft: Plan) -> Iterator[Browser]:
    with chromium() as started:
        yield started


def turns(page: Page) -> list[str]:
    """Who stands in each period."""
    return [field.input_value() for field in page.locator(".rota-cell input").all()]


def saved(page: Page) -> Locator:
    """The status line, once everything is saved."""
    line = page.locator("[data-soan-status]")
    expect(line).to_contain_text("Đã lưu lúc")
    return line


def test_a_proposal_becomes_a_quota_whose_turns_are_shared_out(
    browser: Browser, draft: Plan, live_server: Any
) -> None:
    page, complaints = opened(browser)
    sign_in(page, f"{live_server.url}/ke-hoach/{draft.pk}/soan/dinh-muc/")

    # What the row words is proposed, with its question; the office confirms it.
    expect(page.locator("[data-owed]")).to_contain_text("Còn 1 đề xuất chưa xác nhận.")
    main = page.get_by_role("main")
    expect(main).to_contain_text("mỗi quý ít nhất 01 tin, bài được duyệt, đăng trên Chuyên trang")
    expect(main).to_contain_text("20/3, 20/6, 20/9, 20/12/2024")
    expect(main).to_contain_text("Có 3 đơn vị chủ trì")
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator("[data-owed]")).to_have_text(OWED)
    saved(page)

    # The leads are shared out in their order, after one moved up by keyboard.
    page.get_by_role("button", name="Sửa", exact=True).click()
    expect(page.locator(".rota-says")).to_contain_text(
        "Chưa phân công: Quý I, Quý II, Quý III, Quý IV."
    )
    page.get_by_role("button", name="Chia lần lượt…").click()
    page.locator(".rota-order li").nth(2).press("Alt+ArrowUp")
    page.get_by_role("button", name="Chia", exact=True).click()
    assert turns(page) == ["Văn phòng", "Thanh tra", "Phòng Chuyển đổi số", "Văn phòng"]

    # One period is typed without tone marks, the next gets its unit by mouse.
    last = page.locator(".rota-cell input").nth(3)
    last.focus()
    page.keyboard.type("thanh")
    page.keyboard.press("Enter")
    page.locator(".rota-chip").nth(0).drag_to(page.locator(".rota-cell").nth(1))
    assert turns(page) == ["Văn phòng", "Văn phòng", "Phòng Chuyển đổi số", "Thanh tra"]
    expect(page.locator(".rota-says")).to_contain_text(
        "Số lượt: Văn phòng 2 · Phòng Chuyển đổi số 1 · Thanh tra 1."
    )
    page.get_by_label("Ít nhất").fill("2")
    page.get_by_role("button", name="Xong").click()
    saved(page)

    # It is all there for whoever opens the page next.
    page.reload()
    expect(page.locator("[data-owed]")).to_have_text(OWED)
    expect(page.locator(".quota-card")).to_contain_text("Mỗi quý ít nhất 2 tin, bài")
    expect(page.locator(".quota-card")).to_contain_text(
        "Văn phòng: Quý I–Quý II; Phòng Chuyển đổi số: Quý III; Thanh tra: Quý IV."
    )
    assert complaints == []
