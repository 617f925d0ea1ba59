"""What is counted beside what should be: reads rows, asks ``outreach.counting``, never writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from agencies.models import Agency
from outreach.counting import Count, Placed, Wanted, counts
from outreach.models import CountDecision, Fulfilment, Placement
from outreach.workflow import State
from plans.models import Obligation, Plan
from plans.periods import Period

# Not sent, or taken down from its channel.
NEVER_COUNTED = (State.DRAFT.value, State.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class Missing:
    """A result that should be counted and is not."""

    placement_id: int
    obligation_id: int
    counted_on: date
    why: str

    def __str__(self) -> str:
        return (
            f"Thiếu: lượt đăng {self.placement_id} tính cho đầu việc {self.obligation_id}. "
            f"{self.why}."
        )


@dataclass(frozen=True, slots=True)
class Wrong:
    """A result that is counted and should not be."""

    fulfilment_id: int
    placement_id: int
    obligation_id: int
    counted_on: date

    def __str__(self) -> str:
        return (
            f"Thừa: lượt đăng {self.placement_id} đang tính cho đầu việc {self.obligation_id} "
            f"vào ngày {self.counted_on:%d/%m/%Y}."
        )


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that a recount would change; false when the ledger is right."""

    missing: tuple[Missing, ...] = ()
    wrong: tuple[Wrong, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.wrong)

    def lines(self) -> list[str]:
        """One sentence per difference."""
        return [str(difference) for difference in (*self.wrong, *self.missing)]


def of_placement(placement: Placement) -> Differences:
    """What is wrong with the results of one placement."""
    return _compare(
        [placement],
        Obligation.objects.filter(agency=placement.agency_id, channel=placement.channel_id),
        Fulfilment.objects.filter(placement=placement),
        CountDecision.objects.filter(placement=placement),
    )


def of_agency(agency: Agency, plan: Plan | None = None) -> Differences:
    """What is wrong with all results of an agency, or with those of one plan of it."""
    placements = (
        Placement.objects.filter(agency=agency)
        .exclude(state__in=NEVER_COUNTED)
        .select_related("activity", "channel")
        .order_by("id")
    )
    if plan is None:
        return _compare(
            placements,
            Obligation.objects.filter(agency=agency),
            Fulfilment.objects.filter(placement__agency=agency),
            CountDecision.objects.filter(placement__agency=agency),
        )
    return _compare(
        placements,
        Obligation.objects.filter(agency=agency, plan=plan),
        Fulfilment.objects.filter(obligation__plan=plan),
        CountDecision.objects.filter(obligation__plan=plan),
    )


@dataclass(frozen=True, slots=True)
class Prospect:
    """An obligation that a placement would count for once published on a day, and why.

    ``reason`` of the reviewer when it is not to count.
    """

    obligation: Obligation
    counted_on: date
    why: str
    reason: str = ""


def prospects(placement: Placement, on: date) -> list[Prospect]:
    """What the placement counts for when it is approved and published by that day."""
    obligations = {
        o.pk: o
        for o in Obligation.objects.filter(
            agency=placement.agency_id, channel=placement.channel_id
        ).select_related("task", "unit", "channel", "plan")
    }
    decided = placement.decided_on or on
    placed = replace(
        _placed(placement),
        sent_on=placement.sent_on or on,
        decided_on=decided,
        published_on=placement.published_on or max(decided, on),
    )
    ruled = _ruled(CountDecision.objects.filter(placement=placement))
    return [
        Prospect(
            obligations[count.obligation_id],
            count.counted_on,
            count.why,
            ruled[placement.pk, count.obligation_id].reason
            if (placement.pk, count.obligation_id) in ruled
            and not ruled[placement.pk, count.obligation_id].counts
            else "",
        )
        for count in counts(placed, [_wanted(o) for o in obligations.values()])
    ]


def _compare(
    placements: Iterable[Placement],
    obligations: Iterable[Obligation],
    fulfilments: Iterable[Fulfilment],
    decisions: Iterable[CountDecision],
) -> Differences:
    """What should count, less what a person took out with a reason, against what counts."""
    expected = _expected(placements, obligations)
    ruled = _ruled(decisions)
    for pair, decision in ruled.items():
        if not decision.counts:
            expected.pop(pair, None)
    wrong: list[Wrong] = []
    for row in fulfilments:
        pair = (row.placement_id, row.obligation_id)
        if row.voided_at is not None:
            if row.voided_by_id is not None and not _is_restored(row, ruled.get(pair)):
                expected.pop(pair, None)
            continue
        count = expected.get(pair)
        if count is not None and count.counted_on == row.counted_on:
            del expected[pair]
        else:
            wrong.append(Wrong(row.pk, *pair, row.counted_on))
    missing = (
        Missing(placement_id, count.obligation_id, count.counted_on, count.why)
        for (placement_id, _), count in expected.items()
    )
    return Differences(tuple(missing), tuple(wrong))


def _ruled(decisions: Iterable[CountDecision]) -> dict[tuple[int, int], CountDecision]:
    """The newest decision of each placement and obligation."""
    rows = sorted(decisions, key=lambda decision: decision.pk)
    return {(row.placement_id, row.obligation_id): row for row in rows}


def _is_restored(row: Fulfilment, decision: CountDecision | None) -> bool:
    """Whether somebody let it count again after it was voided."""
    return (
        decision is not None
        and decision.counts
        and row.voided_at is not None
        and decision.at >= row.voided_at
    )


def _expected(
    placements: Iterable[Placement], obligations: Iterable[Obligation]
) -> dict[tuple[int, int], Count]:
    by_place: defaultdict[tuple[int, int | None], list[Wanted]] = defaultdict(list)
    for obligation in obligations:
        by_place[obligation.agency_id, obligation.channel_id].append(_wanted(obligation))
    return {
        (placement.pk, count.obligation_id): count
        for placement in placements
        if placement.state not in NEVER_COUNTED
        for count in counts(_placed(placement), by_place[placement.agency_id, placement.channel_id])
    }


def _placed(placement: Placement) -> Placed:
    return Placed(
        id=placement.pk,
        agency_id=placement.agency_id,
        channel_id=placement.channel_id,
        channel=placement.channel.short_name,
        held_on=placement.activity.held_on,
        sent_on=placement.sent_on,
        decided_on=placement.decided_on,
        published_on=placement.published_on,
    )


def _wanted(obligation: Obligation) -> Wanted:
    source = ("task", obligation.task_id)
    if obligation.quota_id is not None:
        source = ("quota", obligation.quota_id)
    return Wanted(
        id=obligation.pk,
        source=source,
        agency_id=obligation.agency_id,
        channel_id=obligation.channel_id,
        counts_when=obligation.counts_when,
        period=Period.parse(obligation.period).label,
        window_start=obligation.window_start,
        window_end=obligation.window_end,
        due_on=obligation.due_on,
        waived=obligation.waived_at is not None,
    )
