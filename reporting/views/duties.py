"""The page of a unit's head: what the unit owes, this month, this quarter and longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import Unit
from agencies.roles import WRITERS, Role
from cchc.lib.decisions import require
from cchc.lib.tables import Kind, Ratio, display, percent
from plans.models import Obligation
from plans.periods import Period, PeriodKind
from reporting import owed_reports, policies
from reporting.owed import Owes, Span, unit_owes
from reporting.views.choice import Choice, choose

_UNIT_ROLES = (Role.UNIT_HEAD, Role.OFFICER, Role.AGENCY_OFFICE)


@dataclass(frozen=True, slots=True)
class Card:
    """One period with its four numbers in words."""

    span: Span
    done: str
    share: str
    on_time: str
    accepted: str


@page(SIGNED_IN)
def unit_page(request: HttpRequest) -> HttpResponse:
    """What the person's units owe: what is missing first, with the days left."""
    user = signed_in(request)
    require(policies.may_read_some_agency(user))
    standing = user.standing()
    unit_ids = standing.units_as(*_UNIT_ROLES)
    units = list(Unit.objects.filter(pk__in=unit_ids).select_related("agency").in_order())
    choice = choose(request, Obligation.objects.filter(unit__in=unit_ids))
    owes = unit_owes(units, choice.period, choice.as_of)
    own = owed_reports.of_units(units)
    context = {
        "units": units,
        "choice": choice,
        "owes": owes,
        "cards": _cards(owes, units, choice),
        "instead_of": instead_of(request, choice),
        "may_write": standing.holds(WRITERS),
        "reports": owed_reports.unwritten(own, choice.today) if choice.is_today else None,
    }
    return render(request, "reporting/unit_owes.html", context)


def _cards(owes: Owes, units: Sequence[Unit], choice: Choice) -> list[Card]:
    periods = [span.period for span in owes.spans]
    accepted = owed_reports.recognised(units, periods, choice.as_of)
    return [_card(span, accepted[span.period.code]) for span in owes.spans]


def _card(span: Span, accepted: str) -> Card:
    score = span.score
    return Card(
        span,
        display(Ratio(score.done, score.expected)),
        display(percent(score.done, score.expected), Kind.PERCENT),
        display(Ratio(score.met, score.expected)),
        accepted,
    )


def instead_of(request: HttpRequest, choice: Choice) -> Period | None:
    """The present quarter, when nothing is owed in it and the page shows an older one."""
    chosen = bool(request.GET.get("ky", "").strip())
    if chosen or choice.period.contains(choice.today):
        return None
    return Period.of(PeriodKind.QUARTER, choice.today)
