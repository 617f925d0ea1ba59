"""A plan derived in a real browser: every item of its parent is answered, on a telephone too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agencies.roles import Role
from plans.models import ContentItem, Plan
from tests import factories as make
from tests.browser.windows import DESK, PHONE, chromium, opened, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def parent() -> Plan:
    """A province's plan in force, and an office below it that has no plan yet."""
    ubnd = make.make_agency(name="UBND tỉnh Thử", short_name="UBND tỉnh", kind="province")
    plan = make.make_plan(ubnd, number="12")
    for order, title in enumerate(("Ý nghĩa của CCHC", "Văn hóa công vụ"), start=1):
        ContentItem.objects.create(plan=plan, order=order, title=title)
    own = make.make_agency(ubnd.province, name="Sở Thử nghiệm", short_name="Sở TN")
    make.make_user(Role.AGENCY_OFFICE, own, username="van.phong", password=make.PASSWORD)
    return plan


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: Any, parent: Plan, live_server: Any) -> Iterator[Page]:
    """The parent's page in Chromium; anything that the browser complains about fails."""
    with chromium() as browser:
        page, complaints = opened(browser, request.param)
        sign_in(page, f"{live_server.url}/ke-hoach/{parent.pk}/")
        yield page
        assert complaints == []


def test_from_the_parent_to_an_answer_for_each_item(page: Page) -> None:
    main = page.get_by_role("main")
    page.get_by_role("button", name="Thao tác khác").click()
    page.get_by_role("link", name="Lập kế hoạch triển khai").click()
    expect(main).to_contain_text("Nội dung tuyên truyền (2)")
    page.get_by_role("button", name="Lập dự thảo").click()
    expect(main).to_contain_text("Đã xử lý 2/2 nội dung, nhiệm vụ: 2 nguyên văn")
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
