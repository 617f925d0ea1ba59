"""What the records of a year say for each criterion; a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Greatest

from agencies.models import Agency, Province
from agencies.models.agency import AgencyKind
from outreach import sums
from outreach.compliance import Score
from outreach.kinds import HELD_KINDS
from outreach.models import Placement
from outreach.models.placement import PUBLIC
from outreach.workflow import State
from plans.models import Obligation
from plans.models.channel import ChannelKind
from plans.models.obligation import ObligationQuerySet
from plans.periods import Period, PeriodKind
from reporting.models.score import Measure

KINDS = {Measure.ONLINE: ChannelKind.ONLINE, Measure.TRADITIONAL: ChannelKind.TRADITIONAL}


@dataclass(frozen=True, slots=True)
class Found:
    """``done`` of ``expected``; ``done`` may be more."""

    done: int
    expected: int


def measured(
    agencies: Collection[int], year: int, as_of: date
) -> Mapping[tuple[int, Measure], Found]:
    """What each agency reached by the end of ``as_of``, by every measure; two to four queries.

    Completion counts the obligations whose window lies in the calendar year (clock (a) of
    REGULATIONS §2); diversity what was published or held in it.
    """
    scores = {
        agency: each.score
        for (agency,), each in sums.summed(owed(agencies, year), as_of, "agency_id").items()
    }
    rows = published(agencies, year, as_of).order_by()
    counted = {
        (agency, kind): count
        for agency, kind, count in rows.values_list("agency_id", "channel__kind").annotate(
            count=Count("pk")
        )
    }
    found: dict[tuple[int, Measure], Found] = {}
    for agency in agencies:
        score = scores.get(agency, Score())
        found[agency, Measure.COMPLETION] = Found(score.done, score.expected)
        for measure, kind in KINDS.items():
            found[agency, measure] = Found(counted.get((agency, kind.value), 0), 1)
    return found


def owed(agencies: Collection[int], year: int) -> ObligationQuerySet:
    """The year's obligations."""
    period = Period(PeriodKind.YEAR, year)
    return Obligation.objects.filter(agency__in=agencies).within(period)


def published(agencies: Collection[int], year: int, as_of: date) -> QuerySet[Placement]:
    """What was held or stood approved on a channel on a day of the year, ``told_on``, by ``as_of``.

    The day is that of the period reports (``period_figures.counted_on``). What was taken down by
    then is no result.
    """
    told_on = Case(
        When(activity__kind__in=sorted(HELD_KINDS), then=F("activity__held_on")),
        default=Greatest("decided_on", "published_on"),
    )
    return Placement.objects.annotate(told_on=told_on).filter(
        Q(state=State.PUBLISHED) | Q(withdrawn_on__gt=as_of),
        agency__in=agencies,
        state__in=PUBLIC,
        told_on__gte=date(year, 1, 1),
        told_on__lte=min(as_of, date(year, 12, 31)),
    )


def scored_agencies(province: Province, year: int) -> QuerySet[Agency]:
    """Those that owed something in the year, or were there at its end; not UBND tỉnh itself."""
    period = Period(PeriodKind.YEAR, year)
    owing = Obligation.objects.filter(province=province).within(period).values("agency")
    there = Agency.objects.active_on(period.end).filter(province=province).values("pk")
    rows = Agency.objects.filter(Q(pk__in=owing) | Q(pk__in=there), province=province)
    return rows.exclude(kind=AgencyKind.PROVINCE).in_order()
