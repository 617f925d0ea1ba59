"""Many reviewers at once on PostgreSQL: nobody counts twice, waits in a ring, or loses a reason."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.db import connection

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from outreach import bulk, ledger
from outreach.actions import fulfilment, placements
from outreach.models import Activity, CountDecision, Fulfilment, Placement, Review
from outreach.moves import Dispatch
from outreach.workflow import State
from tests import factories as make
from tests.outreach.conftest import MARCH, URL, House
from tests.outreach.test_races import seen_by

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]

SENT_ON = date(2024, 3, 5)
# Each has a connection of its own: PostgreSQL has a hundred as it comes, the tests need some.
CROWD = 80 if connection.vendor == "postgresql" else 8


def together(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Everybody at once where the database has many writers; results, or the refusal's words.

    Anything else that goes wrong, such as a deadlock, is raised.
    """
    results: list[object] = [None] * len(acts)
    faults: list[BaseException] = []

    def run(place: int) -> None:
        try:
            results[place] = acts[place]()
        except Refused as refusal:
            results[place] = str(refusal)
        except BaseException as fault:
            faults.append(fault)

    if connection.vendor == "postgresql":
        _in_threads(run, len(acts))
    else:
        for place in range(len(acts)):
            run(place)
    if faults:
        raise faults[0]
    return results


def _in_threads(run: Callable[[int], None], count: int) -> None:
    barrier = threading.Barrier(count)

    def run_together(place: int) -> None:
        connection.ensure_connection()
        barrier.wait(60)
        run(place)
        connection.close()

    threads = [threading.Thread(target=run_together, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)


def sent(house: House, count: int) -> list[Placement]:
    return [house.sent(title=f"Bài {n}")[0] for n in range(count)]


def editors(house: House, count: int) -> list[User]:
    return [make.make_user(Role.CHANNEL_EDITOR, house.page.run_by) for _ in range(count)]


def test_a_crowd_approves_the_same_rows_and_each_is_approved_once(house: House) -> None:
    """Each approver takes them in an order of his own and gives a reason of his own."""
    rows = sent(house, 5)
    q1 = house.obligations["Q1"]
    said = random.Random(4)
    crowd = editors(house, 8)

    def approver(number: int) -> Callable[[], list[str]]:
        by = crowd[number % len(crowd)]
        mine = [seen_by(by, row) for row in rows]
        said.shuffle(mine)

        def approve() -> list[str]:
            refusals = []
            for row in mine:
                try:
                    placements.approve(
                        by=by, placement=row, on=SENT_ON, not_counting={q1: f"Lý do {number}"}
                    )
                except Refused as refusal:
                    refusals.append(str(refusal))
            return refusals

        return approve

    refusals = [
        words
        for answer in together([approver(n) for n in range(CROWD)])
        if isinstance(answer, list)
        for words in answer
    ]
    assert len(refusals) == (CROWD - 1) * len(rows)
    assert all("vừa có người khác xử lý" in words for words in refusals)
    assert set(Placement.objects.values_list("state", flat=True)) == {State.APPROVED}
    once = dict.fromkeys([row.pk for row in rows], 1)
    approvals = Review.objects.filter(move="approve").values_list("placement_id", flat=True)
    assert Counter(approvals) == once
    decisions = CountDecision.objects.order_by("placement_id")
    assert Counter(decisions.values_list("placement_id", flat=True)) == once
    kept = {row.placement_id: {str(q1.pk): row.reason} for row in decisions}
    entries = AuditEntry.objects.filter(verb="placement.approve")
    assert sorted(entry.after["not_counting"][str(q1.pk)] for entry in entries) == sorted(
        reason[str(q1.pk)] for reason in kept.values()
    )


def test_bulk_approvals_and_returns_in_opposite_orders(house: House) -> None:
    """No ring, and every return that was done left its reason."""
    rows = sent(house, 6)
    crowd = editors(house, 8)

    def decider(number: int) -> Callable[[], object]:
        by = crowd[number % len(crowd)]
        mine = [seen_by(by, row) for row in (rows if number % 2 else rows[::-1])]
        if number % 4 < 2:
            return lambda: bulk.approve_many(by=by, placements=mine)
        return lambda: bulk.return_many(by=by, placements=mine, reason=f"Lý do {number}.")

    answers = together([decider(n) for n in range(min(CROWD, 24))])
    done = sum(not outcome.refusal for answer in answers for outcome in answer)  # type: ignore[attr-defined]
    reviews = Review.objects.exclude(move="send")
    assert (
        reviews.count() == done == AuditEntry.objects.exclude(verb__startswith="activity").count()
    )
    by_row = Counter(reviews.values_list("placement_id", "move"))
    assert set(by_row.values()) == {1}
    for row in Placement.objects.all():
        last = row.reviews.latest("pk")
        assert row.state == {"approve": State.APPROVED, "return": State.RETURNED}[last.move]
        assert row.decided_by_id == last.by_id
    assert not reviews.filter(move="return", comment="").exists()


def test_publishing_recounting_and_sending_at_once_counts_each_once(house: House) -> None:
    """A recount that reads while others publish neither misses, doubles nor voids."""
    rows = sent(house, 8)
    office = make.make_user(Role.AGENCY_OFFICE, house.agency)
    for row in rows:
        placements.approve(by=house.editor, placement=row, on=SENT_ON)
    crowd = [house.editor, *editors(house, 2)]
    acts: list[Callable[[], object]] = []

    def publisher(by: User, row: Placement, url: str) -> Callable[[], object]:
        return lambda: placements.publish(by=by, placement=row, on=MARCH, url=url)

    def sender(activity: Activity) -> Callable[[], object]:
        channels = Dispatch([house.page, house.portal], SENT_ON)
        return lambda: placements.send(by=office, activity=activity, to=channels)

    for number, row in enumerate(rows):
        # Placed on the second channel first: their keys do not follow their channels'.
        activity = house.enter(f"Hai kênh {number}")
        placements.send(by=office, activity=activity, to=Dispatch([house.portal], SENT_ON))
        placements.recall(by=office, placement=activity.placements.select_related("channel").get())
        acts.append(sender(Activity.objects.get(pk=activity.pk)))
        acts += [publisher(by, seen_by(by, row), f"{URL}/{number}") for by in crowd]
        acts.append(lambda: fulfilment.recount(by=None, agency=house.agency))
    random.Random(7).shuffle(acts)
    together(acts)
    pairs = Fulfilment.objects.standing().values_list("placement_id", "obligation_id")
    assert sorted(pairs) == [(row.pk, house.obligations["Q1"].pk) for row in rows]
    assert not Fulfilment.objects.exclude(voided_at=None).exists()
    assert not ledger.of_agency(house.agency)


def test_a_withdrawal_and_a_counting_again_leave_the_ledger_right(house: House) -> None:
    rows = sent(house, 6)
    q1 = house.obligations["Q1"]
    acts: list[Callable[[], object]] = []

    def withdraws(row: Placement) -> Callable[[], object]:
        return lambda: placements.withdraw(by=house.editor, placement=row, reason="Sai.")

    def restores(row: Placement) -> Callable[[], object]:
        return lambda: fulfilment.count_again(
            by=house.editor, placement=row, obligation=q1, reason="Xem lại."
        )

    for number, row in enumerate(rows):
        placements.approve(by=house.editor, placement=row, on=SENT_ON, not_counting={q1: "Trùng."})
        placements.publish(by=house.editor, placement=row, on=MARCH, url=f"{URL}/{number}")
        acts += [withdraws(seen_by(house.editor, row)), restores(seen_by(house.editor, row))]
        acts.append(restores(seen_by(house.editor, row)))
    together(acts)
    assert set(Placement.objects.values_list("state", flat=True)) == {State.WITHDRAWN}
    assert not Fulfilment.objects.standing().exists()
    assert CountDecision.objects.filter(counts=True).count() == len(rows)  # one of two each
    assert not ledger.of_agency(house.agency)
