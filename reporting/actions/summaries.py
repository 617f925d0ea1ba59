"""Counting a province's year for the pages of a country."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Province, User
from cchc.lib.decisions import require
from outreach.compliance import Score
from reporting import policies
from reporting.models import ProvinceSummary
from reporting.summaries import OUTCOMES, live

SUMMARISED = Verb("summary.count", "Tổng hợp số liệu của tỉnh")


@transaction.atomic
def summarise(*, province: Province, year: int, as_of: date, by: User | None) -> int:
    """Keep how the year's obligations stood at the end of the day; how many periods there are.

    ``by`` None is the nightly clockwork.
    """
    if by is not None:
        require(policies.may_oversee(by, province))
    # One count of a province at a time; not its key, which all that is saved meanwhile names.
    Province.objects.select_for_update(no_key=True).get(pk=province.pk)
    scores = live(province, year, as_of)
    kept = ProvinceSummary.objects.filter(province=province, year=year)
    kept.exclude(period__in=scores).delete()
    ProvinceSummary.objects.bulk_create(
        [_row(province, year, as_of, code, score) for code, score in sorted(scores.items())],
        update_conflicts=True,
        unique_fields=("province", "period"),
        update_fields=("year", "as_of", *OUTCOMES),
    )
    after = {"year": year, "as_of": as_of.isoformat(), "periods": len(scores)}
    record(SUMMARISED, province, by=by, province=province, after=after)
    return len(scores)


def _row(province: Province, year: int, as_of: date, code: str, score: Score) -> ProvinceSummary:
    outcomes = {name: getattr(score, name) for name in OUTCOMES}
    return ProvinceSummary(province=province, year=year, period=code, as_of=as_of, **outcomes)
