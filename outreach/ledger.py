"""What is counted beside what should be: reads rows, asks ``outreach.counting``, never writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

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
    return prospects_of([placement], on)[placement.pk]


def prospects_of(placements: Sequence[Placement], on: date) -> dict[int, list[Prospect]]:
    """The prospects of each placement: two queries, however many."""
    found = obligations_for(placements, on)
    obligations = {o.pk: o for rows in found.values() for o in rows}
    ruled = _ruled(CountDecision.objects.filter(placement__in=placements))
    return {
        p.pk: [
            Prospect(obligations[c.obligation_id], c.counted_on, c.why, _refused(ruled, p, c))
            for c in counts(published_by(p, on), [wanted(o) for o in found[place_of(p)]])
        ]
        for p in placements
    }


def obligations_for(
    placements: Iterable[Placement], on: date | None = None
) -> dict[tuple[int, int | None], list[Obligation]]:
    """What is owed by the agencies of the placements on their channels; one query.

    With a day only what may be met until then: windows that have begun and were open since the
    first of the placements.
    """
    places = {place_of(placement) for placement in placements}
    rows = Obligation.objects.filter(
        agency__in={agency for agency, _ in places}, channel__in={channel for _, channel in places}
    )
    if on is not None:
        days = [d for p in placements for d in (p.sent_on, p.published_on, p.activity.held_on) if d]
        rows = rows.filter(window_start__lte=max([on, *days]), window_end__gte=min([on, *days]))
    found: defaultdict[tuple[int, int | None], list[Obligation]] = defaultdict(list)
    for obligation in rows.select_related("task", "unit", "channel", "plan"):
        found[obligation.agency_id, obligation.channel_id].append(obligation)
    return found


def place_of(placement: Placement) -> tuple[int, int | None]:
    """Whose obligations, and on which channel, the placement may count for."""
    return placement.agency_id, placement.channel_id


def published_by(placement: Placement, on: date) -> Placed:
    """The placement as it would stand when approved and published on that day."""
    decided = placement.decided_on or on
    return replace(
        placed(placement),
        sent_on=placement.sent_on or on,
        decided_on=decided,
        published_on=placement.published_on or max(decided, on),
    )


@dataclass(frozen=True, slots=True)
class TakenOut:
    """That a person said with a reason that a placement does not count for an obligation."""

    reason: str
    by: str
    at: datetime


def taken_out(placements: Iterable[Placement]) -> dict[int, dict[int, TakenOut]]:
    """What people took out of the count, and not back since, by placement and obligation."""
    chosen = list(placements)
    found: dict[int, dict[int, TakenOut]] = {p.pk: {} for p in chosen}
    ruled = _ruled(CountDecision.objects.filter(placement__in=chosen).select_related("by"))
    voided = Fulfilment.objects.filter(placement__in=chosen, voided_by__isnull=False)
    for row in voided.select_related("voided_by").order_by("voided_at", "id"):
        decision = ruled.get((row.placement_id, row.obligation_id))
        if row.voided_at and not _is_restored(row, decision):
            told = TakenOut(row.voided_reason, str(row.voided_by), row.voided_at)
            found[row.placement_id][row.obligation_id] = told
    for (placement, obligation), decision in ruled.items():
        if not decision.counts:
            told = TakenOut(decision.reason, str(decision.by), decision.at)
            found[placement][obligation] = told
    return found


def _compare(
    placements: Iterable[Placement],
    obligations: Iterable[Obligation],
    fulfilments: Iterable[Fulfilment],
    decisions: Iterable[CountDecision],
) -> Differences:
    """What should count, less what a person took out with a reason, against what counts.

    What counts is read first: what is published meanwhile is then missing, which does no harm,
    never wrong.
    """
    rows = list(fulfilments)
    expected = _expected(placements, obligations)
    ruled = _ruled(decisions)
    for pair, decision in ruled.items():
        if not decision.counts:
            expected.pop(pair, None)
    wrong: list[Wrong] = []
    for row in rows:
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


def _refused(
    ruled: Mapping[tuple[int, int], CountDecision], placement: Placement, count: Count
) -> str:
    """The reviewer's reason where it is not to count; empty where it is."""
    decision = ruled.get((placement.pk, count.obligation_id))
    return "" if decision is None or decision.counts else decision.reason


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
        by_place[obligation.agency_id, obligation.channel_id].append(wanted(obligation))
    return {
        (placement.pk, count.obligation_id): count
        for placement in placements
        if placement.state not in NEVER_COUNTED
        for count in counts(placed(placement), by_place[placement.agency_id, placement.channel_id])
    }


def placed(placement: Placement) -> Placed:
    """The placement as plain values."""
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


def wanted(obligation: Obligation) -> Wanted:
    """The obligation as plain values."""
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
