"""The pages of figures: the whole province, one agency, one person's units."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import Agency, Unit, User
from agencies.roles import WRITERS, Role
from cchc.lib.decisions import require
from cchc.lib.tables import Kind, display, percent
from outreach.compliance import Compliance, Score
from plans.models import Obligation
from reporting import policies
from reporting.listings import obligation_list
from reporting.matrices import agency_table, province_table, survey_agency, survey_province
from reporting.owed import unit_owes as owes_of
from reporting.views.choice import choose, chosen_code, chosen_province, obligations_of

_UNIT_ROLES = (Role.UNIT_HEAD, Role.OFFICER, Role.AGENCY_OFFICE)


@page(SIGNED_IN)
def province_matrix(request: HttpRequest) -> HttpResponse:
    """Agencies × quotas of the province that the person oversees."""
    province = chosen_province(request, signed_in(request))
    choice = choose(request, obligations_of(province))
    survey = survey_province(province, choice.period, choice.as_of)
    context = {
        "province": province,
        "choice": choice,
        "table": province_table(survey),
        "states": list(Compliance),
        **_figures(survey.matrix.total),
    }
    return render(request, "reporting/province_matrix.html", context)


@page(SIGNED_IN)
def agency_matrix(request: HttpRequest) -> HttpResponse:
    """Units × quotas of one agency, and under it every obligation with its articles."""
    user = signed_in(request)
    require(policies.may_read_some_agency(user))
    agencies = _readable(user)
    agency = _chosen_agency(request, user, agencies)
    choice = choose(request, Obligation.objects.filter(agency=agency))
    survey = survey_agency(agency, choice.period, choice.as_of)
    context = {
        "agency": agency,
        "agencies": agencies,
        "choice": choice,
        "table": agency_table(survey),
        "lines": obligation_list(survey),
        "states": list(Compliance),
        **_figures(survey.matrix.total),
    }
    return render(request, "reporting/agency_matrix.html", context)


@page(SIGNED_IN)
def unit_owes(request: HttpRequest) -> HttpResponse:
    """What the person's units owe: what is missing first, with the days left."""
    user = signed_in(request)
    require(policies.may_read_some_agency(user))
    standing = user.standing()
    unit_ids = standing.units_as(*_UNIT_ROLES)
    units = list(Unit.objects.filter(pk__in=unit_ids).select_related("agency").in_order())
    choice = choose(request, Obligation.objects.filter(unit__in=unit_ids))
    owes = owes_of(units, choice.period, choice.as_of)
    context = {
        "units": units,
        "choice": choice,
        "owes": owes,
        "may_write": standing.holds(WRITERS),
        **_figures(owes.score),
    }
    return render(request, "reporting/unit_owes.html", context)


def _figures(score: Score) -> dict[str, object]:
    """The score above the table, its share already in words."""
    return {
        "score": score,
        "share": display(percent(score.done, score.expected), Kind.PERCENT),
    }


def _readable(user: User) -> QuerySet[Agency]:
    """The agencies whose figures the person may read, in protocol order."""
    standing = user.standing()
    return Agency.objects.filter(
        Q(pk__in=standing.readable_agency_ids) | Q(province__in=standing.overseen_province_ids)
    ).in_order()


def _chosen_agency(request: HttpRequest, user: User, agencies: QuerySet[Agency]) -> Agency:
    """The agency that ``?co-quan=`` names, or the one where the person works."""
    code = chosen_code(request, "co-quan")
    readable = user.standing().readable_agency_ids
    own = [post.agency_id for post in user.standing().posts if post.agency_id in readable]
    agency = (
        agencies.filter(code=code).first()
        if code
        else agencies.filter(pk__in=own[:1]).first() or agencies.first()
    )
    if agency is None:
        raise Http404
    return agency
