"""Which obligations a calendar period shows."""

from __future__ import annotations

import pytest

from plans.models import Obligation
from plans.periods import Period
from tests.factories import (
    make_agency,
    make_channel,
    make_obligation,
    make_plan,
    make_quota,
    make_task,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def shown(period: str) -> list[str]:
    rows = Obligation.objects.within(Period.parse(period))
    return sorted(rows.values_list("period", flat=True))


def test_a_period_shows_what_lies_inside_it_and_the_weeks_that_end_in_it() -> None:
    agency = make_agency()
    quota = make_quota(make_task(make_plan(agency)), make_channel(agency.province))
    for code in ("2024-W13", "2024-W14", "2024-W18", "2024-M03", "2024-M04", "2024-Q1", "2024-Q2"):
        make_obligation(quota, code)
    # Week 13 ends on Sunday 31/3; week 18 begins on 29/4 and ends on 5/5.
    assert shown("2024-M03") == ["2024-M03", "2024-W13"]
    assert shown("2024-M04") == ["2024-M04", "2024-W14"]
    assert shown("2024-M05") == ["2024-W18"]
    assert shown("2024-Q1") == ["2024-M03", "2024-Q1", "2024-W13"]
    assert shown("2024-Q2") == ["2024-M04", "2024-Q2", "2024-W14", "2024-W18"]
