"""A plan begins; an unwanted draft goes."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import Agency, User
from agencies.models.agency import AgencyKind
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused
from plans.actions.start import MULTI_YEARS, discard, start
from plans.forms.start import COPIED, DERIVED, OWN, StartForm, proposed_title
from plans.models import Plan
from plans.models.plan import PlanKind, PlanQuerySet
from plans.policies import may_start

OFFICES = roles(Role.AGENCY_OFFICE)


@page(OFFICES, form=True)
def plan_start(request: HttpRequest) -> HttpResponse:
    """Whose plan, of what kind and year, written anew or from another plan."""
    user = signed_in(request)
    agencies = _agencies(user)
    form = _form(request, user, agencies)
    if form.is_valid():
        try:
            return redirect(_begun(form, user))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "plans/plan_start.html", {"form": form, "years": MULTI_YEARS})


@post(SIGNED_IN)
def plan_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft that was never sent for signature."""
    user = signed_in(request)
    plan = get_object_or_404(Plan.objects.visible_to(user), pk=pk)
    discard(plan=plan, by=user)
    messages.success(request, f"Đã xóa dự thảo “{plan.title}”.")
    return redirect("plans:plan-list")


def _agencies(user: User) -> list[Agency]:
    """Those whose office the person is and that may still issue plans."""
    keys = user.standing().agencies_as(Role.AGENCY_OFFICE)
    rows = Agency.objects.filter(pk__in=keys).select_related("province").in_order()
    return [agency for agency in rows if may_start(user, agency)] or list(rows)


def _form(request: HttpRequest, user: User, agencies: list[Agency]) -> StartForm:
    parents, sources = _parents(user, agencies), _sources(agencies)
    year = clock.today().year + (clock.today().month > 6)
    kind = PlanKind.OUTREACH.value
    present = {DERIVED: parents.exists(), COPIED: sources.exists()}
    return StartForm(
        request.POST or None,
        agencies=agencies,
        parents=parents,
        sources=sources,
        ways=[OWN, *(way for way, is_there in present.items() if is_there)],
        initial={"kind": kind, "year": year, "title": proposed_title(kind, year, year)},
    )


def _parents(user: User, agencies: list[Agency]) -> PlanQuerySet:
    """Plans in force of the province and of the agencies right above."""
    provinces = {agency.province_id for agency in agencies}
    above = {agency.parent_id for agency in agencies if agency.parent_id}
    issuers = Q(agency__kind=AgencyKind.PROVINCE, province__in=provinces) | Q(agency__in=above)
    plans = Plan.objects.visible_to(user).in_force().filter(issuers, amends=None)
    own = [agency.pk for agency in agencies] if len(agencies) == 1 else []
    return plans.exclude(agency__in=own).for_list()


def _sources(agencies: list[Agency]) -> PlanQuerySet:
    rows = Plan.objects.filter(agency__in=agencies, known_by_citation=False, amends=None)
    return rows.in_force().for_list()


def _begun(form: StartForm, user: User) -> str:
    """The page on which the plan goes on."""
    data = form.cleaned_data
    agency = data["agency"]
    if data["way"] == DERIVED:
        address = reverse("plans:derive", kwargs={"pk": data["parent"].pk})
        return f"{address}?co-quan={agency.code}"
    if data["way"] == COPIED:
        return reverse("plans:copy-year", kwargs={"pk": data["source"].pk})
    plan = start(agency=agency, kind=data["kind"], title=data["title"], year=data["year"], by=user)
    return _edit_page(plan)


def _edit_page(plan: Plan) -> str:
    try:
        return reverse("plans:edit-header", kwargs={"pk": plan.pk})
    except NoReverseMatch:
        return reverse("plans:plan-detail", kwargs={"pk": plan.pk})
