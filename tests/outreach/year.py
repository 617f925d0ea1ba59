"""A year of many agencies, strewn by a seed: rows made in bulk, exported, and compared."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from agencies.models import Agency, Province, User
from outreach.compliance import Score
from outreach.models import Activity, CountDecision, Fulfilment, Placement
from outreach.tallies import measure
from plans.models import Channel, Obligation, Plan, Quota, Task
from tests import factories as make
from tests.outreach import independent
from tests.outreach.independent import World

YEAR = 2024
FIRST = date(YEAR, 1, 1)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_STATES = (
    *("draft", "submitted", "submitted_again", "sent", "sent", "approved", "approved"),
    *("returned", "handed_back", "refused", "withdrawn", *("published",) * 9),
)
# A channel with two monthly quotas, one of them of two items; quarters, halves, a year.
_QUOTAS = (
    (0, "month", 1, "approved_published"),
    (0, "month", 2, "approved_published"),
    (1, "month", 1, "approved_published"),
    (1, "quarter", 2, "approved_published"),
    (1, "half", 1, "sent"),
    (2, "year", 3, "held"),
    (2, "month", 1, "held"),
)


def scatter(seed: int, agencies: int, items: int) -> Province:
    """Agencies with a year of obligations, and ``items`` activities each in every state."""
    rng = Random(seed)
    province = make.make_province()
    channels = [make.make_channel(province) for _ in range(3)]
    author = make.make_user()
    rows = [
        Agency(
            province=province,
            code=f"{province.code}-{n}",
            kind="department",
            name=f"Sở số {n}",
            short_name=f"Sở {n}",
            place="Sóc Trăng",
            order=n,
        )
        for n in range(agencies)
    ]
    for agency in Agency.objects.bulk_create(rows):
        _owe(rng, agency, channels, author)
    _do(rng, list(Agency.objects.filter(province=province)), channels, author, items)
    return province


def _owe(rng: Random, agency: Agency, channels: list[Channel], author: User) -> None:
    plan = make.make_plan(agency, issued_by=author, count_before_issue=rng.random() < 0.3)
    tasks = Task.objects.bulk_create(
        Task(plan=plan, order=at, code=f"4.{at}", title=f"Nhiệm vụ {at}")
        for at in range(len(_QUOTAS))
    )
    quotas = Quota.objects.bulk_create(
        Quota(
            task=tasks[at],
            order=at,
            channel=channels[channel],
            per=per,
            due_kind="period_end",
            minimum=minimum,
            counts_when=when,
        )
        for at, (channel, per, minimum, when) in enumerate(_QUOTAS)
    )
    Obligation.objects.bulk_create(
        obligation for quota in quotas for obligation in _periods(rng, plan, quota, author)
    )


def _periods(rng: Random, plan: Plan, quota: Quota, author: User) -> Iterator[Obligation]:
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[quota.per]
    letter = {"month": "-M", "quarter": "-Q", "half": "-H", "year": ""}[quota.per]
    for at in range(12 // months):
        code = f"{at + 1:02}" if quota.per == "month" else f"{at + 1}" if letter else ""
        last = (at + 1) * months
        end = date(YEAR, last, monthrange(YEAR, last)[1])
        facts: dict[str, Any] = {}
        if rng.random() < 0.06:
            facts = {
                "waived_at": datetime(YEAR, 2, 1, tzinfo=ZONE),
                "waived_by": author,
                "waived_reason": "Được miễn.",
            }
        yield Obligation(
            province_id=plan.province_id,
            agency_id=plan.agency_id,
            plan=plan,
            task_id=quota.task_id,
            quota=quota,
            channel_id=quota.channel_id,
            counts_when=quota.counts_when,
            period=f"{YEAR}{letter}{code}",
            window_start=date(YEAR, last - months + 1, 1),
            window_end=end,
            due_on=end - timedelta(days=rng.randint(-6, 20)),
            required=quota.minimum,
            before_issue=rng.random() < 0.05,
            **facts,
        )


def _do(
    rng: Random, agencies: list[Agency], channels: list[Channel], author: User, items: int
) -> None:
    activities = Activity.objects.bulk_create(
        (
            Activity(
                province_id=agency.province_id,
                agency=agency,
                kind="news",
                title=f"Bài {n}",
                folded_title=f"bai {n}",
                author=author,
                held_on=_after(rng, FIRST - timedelta(days=40), 440)
                if rng.random() < 0.6
                else None,
            )
            for agency in agencies
            for n in range(items)
        ),
        batch_size=500,
    )
    Placement.objects.bulk_create(
        (
            Placement(
                province_id=activity.province_id,
                agency_id=activity.agency_id,
                editing_agency_id=activity.agency_id,
                activity=activity,
                channel=channel,
                **_course(rng, author),
            )
            for activity in activities
            for channel in rng.sample(channels, rng.choice((1, 1, 1, 2)))
        ),
        batch_size=500,
    )


def _course(rng: Random, by: User) -> dict[str, Any]:
    """How far a placement came: its state with the days that such a state has."""
    came = rng.choice(_STATES)
    sent = _after(rng, FIRST - timedelta(days=30), 400)
    decided = _after(rng, sent, 25)
    published = _after(rng, decided, 25)
    facts: dict[str, Any] = {"state": {"handed_back": "returned"}.get(came, came.split("_")[0])}
    if "submitted" in came or (came not in {"draft", "sent"} and rng.random() < 0.5):
        facts |= {"submitted_on": _after(rng, sent, 0), "submitted_by": by}
    if came not in {"draft", "submitted", "handed_back"}:
        facts |= {"sent_on": sent, "sent_by": by}
    if came in {"approved", "returned", "handed_back", "refused", "withdrawn", "published"}:
        facts |= {"decided_on": decided, "decided_by": by}
    if came in {"withdrawn", "published"}:
        facts |= {"published_on": published, "published_by": by}
    if came == "withdrawn":
        facts |= {"withdrawn_on": _after(rng, published, 60), "withdrawn_by": by}
    return facts


def _after(rng: Random, first: date, most: int) -> date:
    return first + timedelta(days=rng.randint(0, most))


def correct(seed: int, province: Province) -> None:
    """People take results out, let some count again, and rule on what still waits."""
    rng = Random(seed)
    by = make.make_user()
    counted = list(
        Fulfilment.objects.standing().filter(placement__province=province).order_by("id")
    )
    rulings = []
    for row in rng.sample(counted, len(counted) // 12):
        at = datetime.combine(_after(rng, row.counted_on, 30), time(9), ZONE)
        row.voided_at, row.voided_by, row.voided_reason = at, by, "Không đúng nội dung."
        row.save()
        if rng.random() < 0.3:
            again = at + timedelta(days=rng.choice((-1, 1)))
            rulings.append(_ruling(row.placement_id, row.obligation_id, True, again, by))
    waiting = Placement.objects.filter(province=province, state__in=("sent", "approved"))
    for placement in rng.sample(list(waiting), waiting.count() // 3):
        owed = Obligation.objects.filter(agency=placement.agency_id, channel=placement.channel_id)
        for obligation in rng.sample(list(owed), min(6, len(owed))):
            at = datetime.combine(obligation.window_start, time(9), ZONE)
            for counts in rng.choice(((False,), (False, True), (True,), (True, False))):
                rulings.append(_ruling(placement.pk, obligation.pk, counts, at, by))
    for row in rng.sample(counted, len(counted) // 20):
        at = datetime.combine(row.counted_on, time(9), ZONE)
        rulings.append(_ruling(row.placement_id, row.obligation_id, False, at, by))
    CountDecision.objects.bulk_create(rulings, batch_size=500)


def _ruling(placement: int, obligation: int, counts: bool, at: datetime, by: User) -> CountDecision:
    return CountDecision(
        placement_id=placement,
        obligation_id=obligation,
        counts=counts,
        reason="Lý do.",
        at=at,
        by=by,
    )


def export(province: Province) -> World:
    """Everything that compliance is computed from, as plain values."""
    return World(
        _named(
            Placement.objects.filter(province=province),
            id="id",
            agency="agency_id",
            channel="channel_id",
            state="state",
            held="activity__held_on",
            sent="sent_on",
            decided="decided_on",
            published="published_on",
        ),
        [
            row | {"waived": row["waived"] is not None, "outside": row["early"] and not row["all"]}
            for row in _named(
                Obligation.objects.filter(province=province),
                id="id",
                agency="agency_id",
                channel="channel_id",
                when="counts_when",
                period="period",
                start="window_start",
                end="window_end",
                due="due_on",
                required="required",
                waived="waived_at",
                early="before_issue",
                all="plan__count_before_issue",
            )
        ],
        _named(
            Fulfilment.objects.filter(placement__province=province, voided_by__isnull=False),
            placement="placement_id",
            obligation="obligation_id",
            at="voided_at",
        ),
        _named(
            CountDecision.objects.filter(placement__province=province),
            id="id",
            placement="placement_id",
            obligation="obligation_id",
            counts="counts",
            at="at",
        ),
    )


def _named(rows: Any, **names: str) -> list[dict[str, Any]]:
    values = rows.order_by("id").values_list(*names.values())
    return [dict(zip(names, row, strict=True)) for row in values]


def differences(world: World, province: Province, as_of: date) -> list[str]:
    """Every cell, score and state in which the two computations part."""
    rows = list(Obligation.objects.filter(province=province).for_matrix())
    ours = measure(rows, as_of, row=lambda o: o.agency_id, column=lambda o: o.window_end.month)
    for owed in world.obligations:
        owed["month"] = owed["end"].month  # type: ignore[index]
    cells, scores = independent.matrix(world, as_of, "month")
    found = [
        f"{where}: {ours.cells.get(where)} against {cell}"
        for where, cell in cells.items()
        for one in [ours.cells[where]]
        if (one.done, one.required, one.state.value, sorted(one.obligation_ids), one.outside)
        != (cell.done, cell.required, cell.state, sorted(cell.ids), cell.outside)
    ]
    found += [
        f"agency {agency}: {ours.row_scores[agency]} against {score}"
        for agency, score in scores.items()
        if Score(**score) != ours.row_scores[agency]
    ]
    verdicts = independent.verdicts(world, as_of)
    found += [
        f"obligation {pk}: {state} against {verdicts[pk]}"
        for pk, state in ours.states.items()
        if state.value != verdicts[pk].state
    ]
    if set(cells) != set(ours.cells):
        found.append("other cells")
    return found
