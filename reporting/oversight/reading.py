"""The lines of a province, read with a constant number of queries beside those of its survey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agencies.models import Agency, Province
from agencies.models.agency import AgencyKind
from outreach.models import Explanation
from outreach.sums import summed
from plans.models import Obligation, Plan
from plans.periods import Period
from reporting.matrices import Survey
from reporting.models import ReportPeriod
from reporting.oversight.handing_in import asked, handed
from reporting.oversight.issuing import issued, plans_in_force
from reporting.oversight.lines import Line


@dataclass(frozen=True, slots=True)
class Oversight:
    """All agencies of the province in protocol order.

    ``asked`` is the report of the period, ``parent`` the province's plan that the others implement.
    """

    lines: tuple[Line, ...]
    asked: ReportPeriod | None
    parent: Plan | None = None

    @property
    def is_begun(self) -> bool:
        """Whether there is nothing more to come: rows of the report are there, or none is asked."""
        return self.asked is None or any(line.report for line in self.lines)

    @property
    def kinds(self) -> list[AgencyKind]:
        """The kinds of agencies that there are, in the order of the enumeration."""
        there = {line.kind for line in self.lines}
        return [kind for kind in AgencyKind if kind in there]


def oversee(province: Province, survey: Survey) -> Oversight:
    """Plans, reports and explanations beside the figures of a survey of the whole province."""
    in_force = plans_in_force(province, survey.period, survey.as_of)
    plans = issued(in_force)
    parents = [plan for plan in in_force if plan.agency.kind == AgencyKind.PROVINCE]
    explained = _explained(province, survey.period, survey.as_of)
    period = asked(province, survey.period)
    reports = handed(period, survey.as_of) if period else {}
    agencies = Agency.objects.filter(province=province).values_list("pk", "kind", "short_name")
    known = {pk: (AgencyKind(kind), short_name) for pk, kind, short_name in agencies}
    return Oversight(
        tuple(
            Line(
                head=head,
                kind=known[head.id][0],
                short_name=known[head.id][1],
                score=survey.score(head),
                explained=explained.get(head.id, 0),
                plan=plans.get(head.id),
                report=reports.get(head.id),
            )
            for head in survey.heads
        ),
        period,
        parents[-1] if parents else None,
    )


def _explained(province: Province, period: Period, as_of: date) -> dict[int, int]:
    """How many of each agency's misses somebody explained; one query, or three while some wait."""
    given = Explanation.objects.filter(obligation__province=province).values("obligation")
    rows = Obligation.objects.filter(province=province, pk__in=given).within(period)
    found = summed(rows, as_of, "agency_id")
    return {agency_id: each.score.missed for (agency_id,), each in found.items()}
