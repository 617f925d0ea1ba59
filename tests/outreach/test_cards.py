"""What the page of an activity says of each of its placements, and the ways back from its forms."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cchc.lib import clock
from outreach.actions import placements
from plans.models import Obligation
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


def test_what_counts_for_nothing_says_why(house: House) -> None:
    """The nearest window, early or late; nothing owed there; let go."""
    officer = as_(house.officer)
    year = house.obligations["Y"]
    owed = "Chưa tính cho đầu việc nào: "
    for held_on, change, sentence in (
        (
            "28/12/2023",
            {},
            "Thực hiện ngày 28/12/2023, ghi nhận trên {name}, sớm hơn kỳ gần nhất là Năm 2024 "
            "(01/01/2024 – 31/12/2024).",
        ),
        (
            "05/03/2024",
            {"window_end": date(2024, 1, 31)},
            "Thực hiện ngày 05/03/2024, ghi nhận trên {name}, muộn hơn kỳ gần nhất là Năm 2024 "
            "(01/01/2024 – 31/01/2024).",
        ),
        (
            "05/01/2024",
            {
                "waived_at": clock.now(),
                "waived_by": house.editor,
                "waived_reason": "Dịch bệnh.",
            },
            "đầu việc của kỳ Năm 2024 (01/01/2024 – 31/01/2024) đã được miễn.",
        ),
        ("05/01/2024", {"channel": house.page}, "cơ quan không có đầu việc nào trên {name}."),
    ):
        Obligation.objects.filter(pk=year.pk).update(**change)
        facts = {"kind": "meeting", "held_on": held_on, "channels": [house.meetings.pk]}
        title = f"Hội nghị {held_on} {len(change)}"
        text = send(officer, "activity-add", **entry(house, title=title, **facts))
        assert owed + sentence.format(name=house.meetings.short_name) in text
