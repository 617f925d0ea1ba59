"""The page of entry in a real browser, on a telephone: kinds, likely duplicates, a photo, sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect

from agencies.roles import Role
from cchc.lib import clock
from tests import factories as make
from tests.browser.windows import PHONE, chromium, opened, sign_in
from tests.outreach import evidence_files as made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Đẩy mạnh dịch vụ công trực tuyến tại xã"


def fields_in_sight(page: Page) -> list[str]:
    return page.locator("[data-field]:visible").evaluate_all("all => all.map(f => f.dataset.field)")  # type: ignore[no-any-return]


def test_from_a_blank_page_to_sent_with_a_photo(
    live_server: Any, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_DIR = tmp_path
    agency = make.make_agency()
    unit = make.make_unit(agency)
    user = make.make_user(Role.OFFICER, agency, unit, username="can.bo", password=make.PASSWORD)
    channel = make.make_channel(agency.province, name="Cổng TTĐT")
    make.make_placement(make.make_activity(user, agency, unit, title=TITLE), channel)
    this = clock.today().replace(month=1, day=1)
    plan = make.make_plan(agency, starts_on=this, ends_on=this.replace(month=12, day=31))
    plan.content_items.create(order=1, title="Dịch vụ công trực tuyến")
    plan.content_items.create(order=2, title="Tổ chức bộ máy")

    with chromium() as browser:
        page, complaints = opened(browser, PHONE)
        sign_in(page, f"{live_server.url}{reverse('outreach:activity-add')}", "can.bo")
        expect(page.locator("#id_title")).to_be_focused()
        assert fields_in_sight(page) == ["author_name", "reach"]
        expect(page.get_by_label("Cổng TTĐT")).to_be_checked()  # as the last time
        page.get_by_text("Văn bản", exact=True).click()
        expect(page.get_by_label("Cổng TTĐT")).not_to_be_checked()
        assert fields_in_sight(page) == ["document_number", "document_on", "task"]
        expect(page.locator("[data-field=document_on] label")).to_have_text("Ngày văn bản*")
        page.locator("[name=kind]:checked").press("ArrowRight")  # round to the first
        page.locator("[name=kind]:checked").press("ArrowRight")
        expect(page.locator("[name=kind]:checked")).to_have_value("article")

        page.locator("#id_title").press_sequentially(TITLE.lower())
        expect(page.locator("#giong")).to_contain_text("Trùng tiêu đề")
        suggested = page.get_by_role("button", name="Dịch vụ công trực tuyến")
        suggested.click()
        expect(suggested).to_have_attribute("aria-pressed", "true")
        page.get_by_label("Cổng TTĐT").check()
        page.locator("input[type=file]").set_input_files(
            [
                FilePayload(name="anh.jpg", mimeType="", buffer=made.picture()),
                FilePayload(name="IMG_1.HEIC", mimeType="", buffer=bytes(8) + b"ftypheic"),
            ]
        )
        expect(page.locator("[data-files]")).to_contain_text(
            "IMG_1.HEIC: ảnh HEIC không nhận được."
        )
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        small = "all => all.filter(one => parseFloat(getComputedStyle(one).fontSize) < 16).length"
        assert page.locator("input.form-control, select").evaluate_all(small) == 0

        page.get_by_role("button", name="Lưu và gửi").click()
        expect(page.get_by_text("Đã lưu và gửi.")).to_be_visible()
        expect(page.get_by_text("Đã thêm minh chứng: anh.jpg.")).to_be_visible()
        expect(page.get_by_text("Không nhận tệp “IMG_1.HEIC”")).to_be_visible()
        expect(page.locator("main")).to_contain_text("Dịch vụ công trực tuyến")
        assert complaints == []
