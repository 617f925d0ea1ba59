"""The page of figures of one agency."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import Agency, User
from cchc.lib.decisions import require
from outreach.compliance import Compliance
from plans.models import Obligation
from reporting import owed_reports, policies
from reporting.listings import obligation_list
from reporting.matrices import LINES_ANCHOR, Survey, agency_address, agency_table, survey_agency
from reporting.owed_reports import Unwritten
from reporting.unit_lines import UNIT_KEY, of_unit, unit_lines, unit_table, worst_first
from reporting.views.choice import Choice, choose, chosen_code
from reporting.views.duties import instead_of
from reporting.views.numbers import Number, four_numbers

_BY_ORDER = "thu-tu"


@page(SIGNED_IN)
def agency_matrix(request: HttpRequest) -> HttpResponse:
    """Units × quotas of one agency, and under it every obligation with its articles."""
    user = signed_in(request)
    require(policies.may_read_some_agency(user))
    agencies = Agency.objects.followed_by(user).in_order()
    agency = _chosen_agency(request, user, agencies)
    choice = choose(request, Obligation.objects.filter(agency=agency))
    survey = survey_agency(agency, choice.period, choice.as_of)
    lines = unit_lines(agency, survey)
    asked = chosen_code(request, UNIT_KEY)
    only = next((head for head in survey.heads if str(head.id) == asked), None)
    by_order = chosen_code(request, "xep") == _BY_ORDER
    context = {
        "agency": agency,
        "agencies": agencies,
        "choice": choice,
        "numbers": _numbers(agency, survey),
        "units": unit_table(agency, survey, lines if by_order else worst_first(lines)),
        "only": only,
        "all_units": f"{agency_address(agency.code, choice.period, choice.as_of)}{LINES_ANCHOR}",
        "by_order": by_order,
        "instead_of": instead_of(request, choice),
        "behind": [line for line in worst_first(lines) if line.score.missed],
        "next_due": min((line.next_due for line in lines if line.next_due), default=None),
        "reports": _reports(agency, choice),
        "table": agency_table(survey),
        "lines": obligation_list(of_unit(survey, only) if only else survey),
        "states": list(Compliance),
        "score": survey.matrix.total,
    }
    return render(request, "reporting/agency_matrix.html", context)


def _reports(agency: Agency, choice: Choice) -> Unwritten | None:
    """What is still to be handed in: of the present day only."""
    own = owed_reports.of_agency(agency)
    return owed_reports.unwritten(own, choice.today) if choice.is_today else None


def _numbers(agency: Agency, survey: Survey) -> list[Number]:
    said = owed_reports.recognised_of(agency, survey.period, survey.as_of)
    figure, beside = {
        owed_reports.NOT_ASKED: (said, "kỳ này không yêu cầu báo cáo"),
        owed_reports.NOT_YET: ("chưa có", "báo cáo của kỳ chưa được tiếp nhận"),
    }.get(said, (said, "theo báo cáo Sở Nội vụ đã tiếp nhận"))
    return four_numbers(survey.matrix.total, Number("Được công nhận", figure, beside))


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
