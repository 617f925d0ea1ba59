"""A generated year of placements: the command against a computation that shares no code with it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command

from outreach.models import Placement
from plans.models import Obligation
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]

FIRST = date(2024, 1, 1)
AS_OF = [
    date(2024, 1, 31),
    date(2024, 3, 20),
    date(2024, 3, 21),
    date(2024, 7, 1),
    date(2025, 1, 5),
]


def day_of(rng: Random, first: date, most: int) -> date:
    return first + timedelta(days=rng.randint(0, most))


def scatter(rng: Random) -> None:
    """Two agencies, two channels, three kinds of quotas, many placements in every state."""
    province = make.make_province()
    channels = [make.make_channel(province) for _ in range(2)]
    for code in ("A", "B"):
        agency = make.make_agency(province, code)
        author = make.make_user()
        plan = make.make_plan(agency)
        for channel, per, codes, when in (
            (channels[0], "quarter", [f"2024-Q{n}" for n in range(1, 5)], "approved_published"),
            (channels[1], "month", [f"2024-M{n:02}" for n in range(1, 13)], "approved_published"),
            (channels[1], "half", ["2024-H1", "2024-H2"], "sent"),
            (channels[0], "year", ["2024"], "held"),
        ):
            quota = make.make_quota(make.make_task(plan), channel, per=per, counts_when=when)
            for period in codes:
                obligation = make.make_obligation(quota, period, required=rng.randint(1, 2))
                obligation.due_on = obligation.window_end - timedelta(days=rng.randint(-3, 25))
                obligation.save()
        for _ in range(90):
            sent = day_of(rng, FIRST - timedelta(days=20), 380)
            decided = day_of(rng, sent, 15)
            state = rng.choice(["draft", "sent", "returned", "approved", "published", "published"])
            facts: dict[str, Any] = {"state": state}
            if state != "draft":
                facts["sent_on"] = sent
            if state in {"returned", "approved", "published"}:
                facts["decided_on"] = decided
            if state == "published":
                facts["published_on"] = day_of(rng, decided, 15)
            held = rng.choice([None, day_of(rng, sent, 10)])
            activity = make.make_activity(author, agency, held_on=held)
            make.make_placement(activity, rng.choice(channels), **facts)


def expected(obligation: Obligation, rows: list[Placement], today: date) -> tuple[str, int]:
    """By the words of REGULATIONS §3 and decision 0003, straight from the placements."""
    mine = [
        row
        for row in rows
        if row.state != "draft"
        and row.agency_id == obligation.agency_id
        and row.channel_id == obligation.channel_id
    ]
    moments = [
        {
            "sent": row.sent_on,
            "held": row.activity.held_on,
            "approved_published": row.published_on,
        }[obligation.counts_when]
        for row in mine
    ]
    start, end = obligation.window_start, min(obligation.window_end, today)
    days = [day for day in moments if day and start <= day <= end]
    if sum(day <= obligation.due_on for day in days) >= obligation.required:
        return "met", len(days)
    if len(days) >= obligation.required:
        return "met_late", len(days)
    could = len(days) + sum(waits(row, today) for row in mine) >= obligation.required
    open_now = start <= today <= obligation.window_end
    if could and open_now and obligation.counts_when == "approved_published":
        return "pending", len(days)
    return ("not_due" if today <= obligation.due_on else "missed"), len(days)


def waits(row: Placement, today: date) -> bool:
    closed_on = {"published": row.published_on, "returned": row.decided_on}.get(row.state)
    return row.sent_on <= today and (closed_on is None or closed_on > today)


@pytest.mark.parametrize("seed", range(3))
def test_against_an_independent_computation(seed: int) -> None:
    scatter(Random(seed))
    call_command("recount", stdout=StringIO())
    rows = list(Placement.objects.select_related("activity"))
    seen = set()
    for code in ("A", "B"):
        for as_of in AS_OF:
            out = StringIO()
            call_command(
                "compliance", agency=code, period="2024", as_of=as_of.isoformat(), stdout=out
            )
            for line in json.loads(out.getvalue()):
                wanted = expected(Obligation.objects.get(pk=line["obligation"]), rows, as_of)
                assert (line["state"], line["counted"]) == wanted
                assert len(line["placements"]) == line["counted"]
                seen.add(line["state"])
    assert seen == {"met", "met_late", "missed", "pending", "not_due"}
    assert "Khác biệt: 0." in _check()


def _check() -> str:
    out = StringIO()
    call_command("recount", check=True, stdout=out)
    return out.getvalue()
