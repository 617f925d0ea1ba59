"""What the page of an activity says of each of its placements, and the ways back from its forms."""

from __future__ import annotations

import pytest
from django.urls import reverse

from outreach.actions import placements
from tests.outreach.conftest import House
from tests.outreach.test_pages import as_, entry, page, send

pytestmark = pytest.mark.core


def test_the_last_reason_of_a_return_stands_out_until_it_is_sent_again(house: House) -> None:
    [placement] = house.sent()
    officer = as_(house.officer)
    for reason in ("Thiếu ảnh minh họa.", "Ảnh quá mờ."):
        placements.return_(by=house.editor, placement=placement, reason=reason)
        text = page(officer, "activity-detail", placement.activity_id)
        assert f"<strong>Lý do trả lại:</strong> {reason}</p>" in text
        send(
            officer,
            "placement-send",
            placement.activity_id,
            channels=[house.page.pk],
            on="06/03/2024",
        )
        placement.refresh_from_db()
    text = page(officer, "activity-detail", placement.activity_id)
    assert "Lý do trả lại:" not in text


def test_every_form_leads_back(house: House) -> None:
    [placement] = house.sent()
    queue = reverse("outreach:review-queue")
    text = page(as_(house.editor), "placement-return", placement.pk, next=queue)
    assert f'href="{queue}"><svg' in text
    text = page(as_(house.editor), "placement-return", placement.pk, next="https://evil.vn/")
    assert "evil.vn" not in text


def test_a_result_that_counts_for_nothing_names_the_days_that_were_looked_at(
    house: House,
) -> None:
    house.obligations["Y"].delete()
    officer = as_(house.officer)
    facts = {"kind": "meeting", "held_on": "01/03/2024", "channels": [house.meetings.pk]}
    text = send(officer, "activity-add", **entry(house, **facts))
    assert "với kỳ chứa ngày thực hiện 01/03/2024 hay ngày ghi nhận 05/03/2024." in text
