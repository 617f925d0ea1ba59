"""Sums made by the database against the arithmetic of single obligations, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.models import Province
from cchc.lib import clock
from outreach.compliance import Compliance, MatrixCell, Score
from outreach.models import Fulfilment
from outreach.sums import LENGTH, Sum, lapsed, score, summed, total
from outreach.tallies import measure
from plans.models import Obligation, Quota
from plans.models.obligation import ObligationQuerySet
from plans.models.quota import CountsWhen
from tests import factories as make
from tests.outreach import year

pytestmark = [pytest.mark.core, pytest.mark.django_db]

GROUPS: dict[tuple[str, ...], Callable[[Obligation], Hashable]] = {
    ("agency_id", "channel_id", "period"): lambda o: (o.agency_id, o.channel_id, o.period),
    ("agency_id", "channel_id", "length"): lambda o: (o.agency_id, o.channel_id, o.period[5:6]),
    ("province_id", "length"): lambda o: (o.province_id, o.period[5:6]),
    ("unit_id", "counts_when"): lambda o: (o.unit_id, o.counts_when),
}


def strewn(seed: int, agencies: int, items: int) -> Province:
    province = year.scatter(seed, agencies, items)
    call_command("recount", stdout=StringIO())
    year.correct(seed, province)
    call_command("recount", stdout=StringIO())
    return province


def shown(cell: Sum | MatrixCell) -> tuple[object, ...]:
    return cell.done, cell.required, cell.state, cell.outside


def differences(province: Province, as_of: date, by: tuple[str, ...]) -> list[str]:
    """Every cell and score in which the database and the arithmetic part."""
    owed = Obligation.objects.filter(province=province)
    ours = summed(owed.annotate(length=LENGTH), as_of, *by)
    theirs = measure(list(owed.for_matrix()), as_of, row=GROUPS[by], column=lambda _: 0)
    dues = dict(owed.values_list("id", "due_on"))
    found = [
        f"{as_of} {key}: {ours.get(key)} against {cell}"
        for (key, _), cell in theirs.cells.items()
        for one in [ours[key]]
        for days in [[dues[pk] for pk in cell.obligation_ids]]
        if (*shown(one), one.size, one.first_id, one.due_first, one.due_last, one.score)
        != (
            *shown(cell),
            len(cell.obligation_ids),
            min(cell.obligation_ids),
            min(days),
            max(days),
            theirs.row_scores[key],
        )
    ]
    if len(ours) != len(theirs.cells):
        found.append(f"{as_of} {by}: other cells")
    if total(ours.values()) != theirs.total:
        found.append(f"{as_of} {by}: {total(ours.values())} against {theirs.total}")
    return found


@pytest.mark.parametrize("seed", [4, 11])
def test_the_scattered_year_on_any_day_by_any_group(seed: int) -> None:
    province = strewn(seed, agencies=4, items=40)
    rng = Random(seed)
    days = [date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 31), date(2024, 12, 31)]
    days += [date(2023, 12, 1) + timedelta(days=rng.randint(0, 460)) for _ in range(8)]
    owed = Obligation.objects.filter(province=province)
    seen = Score()
    for as_of in days:
        for by in GROUPS:
            assert differences(province, as_of, by) == []
        assert lapses(owed, as_of) == []
        seen += score(owed, as_of)
    assert all(getattr(seen, outcome) for outcome in Score.__slots__)


def lapses(owed: ObligationQuerySet, as_of: date) -> list[int]:
    """Obligations that lapsed by one computation and not by the other."""
    late = {Compliance.MISSED, Compliance.MET_LATE}
    states = measure(list(owed), as_of, row=lambda o: o.pk, column=lambda _: 0).states
    found = set(lapsed(owed, as_of).values_list("pk", flat=True))
    wrong = {pk for pk, state in states.items() if state in late} - found
    return sorted(wrong | {pk for pk in found if states[pk] not in late | {Compliance.PENDING}})


@dataclass(frozen=True)
class Duty:
    """An obligation of any kind, and the days on which something was counted for it."""

    required: int
    due: int
    start: int
    length: int
    when: str
    waived: bool
    early: bool
    counted: tuple[tuple[int, bool], ...]

    def rows(self, quota: Quota, code: str) -> list[Fulfilment]:
        obligation = make.make_obligation(
            quota,
            code,
            counts_when=self.when,
            window_start=day(self.start),
            window_end=day(self.start + self.length),
            due_on=day(self.due),
            required=self.required,
            before_issue=self.early,
        )
        if self.waived:
            obligation.waived_at, obligation.waived_reason = clock.now(), "Được miễn."
            obligation.waived_by = quota.task.plan.issued_by
            obligation.save()
        voided = {"voided_at": clock.now(), "voided_by": quota.task.plan.issued_by}
        voided |= {"voided_reason": "Không đúng."}
        return [
            Fulfilment(obligation=obligation, counted_on=day(at), **({} if stands else voided))
            for at, stands in self.counted
        ]


def day(number: int) -> date:
    return date(2024, 2, 1) + timedelta(days=number)


NUMBER = st.integers(0, 12)
DUTIES = st.lists(
    st.builds(
        Duty,
        required=st.integers(1, 3),
        due=NUMBER,
        start=NUMBER,
        length=NUMBER,
        when=st.sampled_from([moment.value for moment in CountsWhen]),
        waived=st.booleans(),
        early=st.booleans(),
        counted=st.lists(st.tuples(NUMBER, st.booleans()), max_size=4).map(tuple),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(duties=DUTIES, today=NUMBER, waiting=st.integers(0, 3), counted_early=st.booleans())
def test_whatever_is_owed(
    duties: list[Duty], today: int, waiting: int, counted_early: bool
) -> None:
    with transaction.atomic():
        agency, author = make.make_agency(), make.make_user()
        channel = make.make_channel(agency.province)
        plan = make.make_plan(agency, count_before_issue=counted_early)
        for _ in range(waiting):
            article = make.make_activity(author, agency)
            make.make_placement(article, channel, state="sent", sent_on=day(0))
        for at, duty in enumerate(duties, start=1):
            quota = make.make_quota(make.make_task(plan), channel)
            for result in duty.rows(quota, f"2024-M{at:02}"):
                article = make.make_activity(author, agency)
                result.placement = make.make_placement(article, channel)
                result.save()
        for by in GROUPS:
            assert differences(agency.province, day(today), by) == []
        owed = Obligation.objects.filter(agency=agency)
        assert lapses(owed, day(today)) == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("agencies", [1, 3])
def test_three_queries_at_most(agencies: int) -> None:
    owed = Obligation.objects.filter(province=year.scatter(3, agencies, items=20))
    with CaptureQueriesContext(connection) as within_the_year:
        summed(owed, date(2024, 5, 5), "agency_id", "channel_id", "period")
    with CaptureQueriesContext(connection) as long_after:
        summed(owed, date(2026, 5, 5), "agency_id", "channel_id", "period")
    assert (len(within_the_year), len(long_after)) == (3, 1)
    assert summed(owed.none(), date(2024, 5, 5), "agency_id") == {}
    assert total(()) == Score()
