"""The channels as the entry page and the page of an activity offer them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from agencies.roles import Role
from cchc.lib import clock
from outreach.actions import placements
from plans.models import Obligation
from tests import factories as make
from tests.outreach.conftest import URL, House
from tests.outreach.test_pages import as_, entry, page, queries, send

pytestmark = pytest.mark.core


def choice(text: str) -> tuple[list[str], list[str]]:
    """Names of the channels in sight, and of those folded away."""
    [fieldset] = re.findall(r'<fieldset class="channel-choice.*?</fieldset>', text, re.S)
    shown, _, folded = fieldset.partition("<details")
    names = re.compile(r'form-check-label"[^>]*>([^<]*?)\s*<')
    return names.findall(shown), names.findall(folded)


def unfolded(text: str) -> bool:
    """Whether the other channels stand open."""
    return bool(re.search(r"<details open>\s*<summary>Kênh khác", text))


def test_channels_on_which_the_agency_owes_come_first_and_the_rest_is_folded(house: House) -> None:
    make.make_channel(house.province, name="Báo tỉnh")
    text = page(as_(house.officer), "activity-add")
    assert choice(text) == (["Chuyên trang CCHC", "Cổng TTĐT của Sở", "Hội nghị"], ["Báo tỉnh"])
    assert not unfolded(text)
    draft = house.enter()
    assert choice(page(as_(house.officer), "activity-detail", draft.pk)) == choice(text)


def test_without_obligations_channels_with_approval_come_first(house: House) -> None:
    agency = make.make_agency(house.province)
    officer = as_(make.make_user(Role.OFFICER, agency))
    text = page(officer, "activity-add")
    assert choice(text) == (["Chuyên trang CCHC", "Cổng TTĐT của Sở"], ["Hội nghị"])
    assert "Ghi nhận ngay, không phải duyệt" in text


def test_a_ticked_channel_is_never_hidden(house: House) -> None:
    paper = make.make_channel(house.province, name="Báo tỉnh")
    officer = as_(house.officer)
    text = send(officer, "activity-add", **entry(house, title="", channels=[paper.pk]))
    assert unfolded(text)
    assert unfolded(page(officer, "activity-add", kenh=str(paper.pk)))
    assert not unfolded(page(officer, "activity-add", kenh="../../"))


def this_year(house: House, **facts: Any) -> Obligation:
    today = clock.today()
    quota = house.obligations["Q1"].quota
    assert quota is not None
    return make.make_obligation(quota, str(today.year), unit=house.unit, **facts)


def test_a_channel_says_what_is_still_owed_on_it(house: House) -> None:
    today = clock.today()
    this_year(house, required=2)
    officer = as_(house.officer)
    due = f"31/12/{today.year}"
    assert f"Năm {today.year}: 0/2, hạn {due}, Văn phòng thực hiện" in page(officer, "activity-add")
    first, _ = house.sent(on=today), house.sent(on=today)
    assert f"0/2, hạn {due}, 2 đang chờ duyệt, đăng" in page(officer, "activity-add")
    for placement in (*first, *house.sent(on=today)):
        placements.approve(by=house.editor, placement=placement)
        placements.publish(
            by=house.editor, placement=placement, on=today, url=f"{URL}{placement.pk}"
        )
    assert f"Năm {today.year}: 2/2, đã đủ" in page(officer, "activity-add")


def test_the_choice_asks_the_same_at_one_obligation_and_at_three(house: House) -> None:
    this_year(house)
    officer = as_(house.officer)
    page(officer, "activity-add")
    one = queries(officer, "activity-add")
    for channel in (house.portal, house.meetings):
        make.make_obligation(
            make.make_quota(house.obligations["Q1"].task, channel), str(clock.today().year)
        )
    assert queries(officer, "activity-add") == one


def test_an_open_obligation_leads_to_its_entry_with_the_channel_ticked(house: House) -> None:
    owed = this_year(house)
    officer = as_(house.officer)
    address = f"{reverse('outreach:activity-add')}?kenh={house.page.pk}"
    assert f'href="{address}"' in page(officer, "obligation-detail", owed.pk)
    text = officer.get(address).content.decode()
    ticked = re.findall(r'<input[^>]*name="channels"[^>]*value="(\d+)"[^>]*checked', text)
    assert ticked == [str(house.page.pk)]
    leader = as_(make.make_user(Role.LEADER, house.agency))
    assert "?kenh=" not in page(leader, "obligation-detail", owed.pk)
    closed = house.obligations["Q1"].pk  # 2024 is over
    assert "?kenh=" not in page(officer, "obligation-detail", closed)
