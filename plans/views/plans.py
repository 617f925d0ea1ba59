"""The list of plans, one plan as a document, and its issue."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Decision
from plans import policies
from plans.actions.issue import issue
from plans.actions.warnings import accept
from plans.forms.steps import AcceptForm
from plans.models import Plan, Proposal
from plans.models.uptake import ProposalState
from plans.policies import may_accept_warnings, may_issue
from plans.policies import uptake as uptake_policies
from plans.proofreading import may_stand, remarks_of


@page(SIGNED_IN)
def plan_list(request: HttpRequest) -> HttpResponse:
    """Plans in force in the person's provinces, and drafts of their own agencies."""
    user = signed_in(request)
    own = user.standing().agencies_as(Role.AGENCY_OFFICE)
    waiting = Count("proposals", filter=Q(proposals__state=ProposalState.OPEN, agency__in=own))
    plans = Plan.objects.visible_to(user).for_list().annotate(open_proposals=waiting)
    context = {
        "plans": Paginator(plans, 50).get_page(request.GET.get("page")),
        "may_start": user.standing().holds({Role.AGENCY_OFFICE}),
    }
    return render(request, "plans/plan_list.html", context)


@page(SIGNED_IN)
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole plan: header, bases, narrative, targets, annex and its obligations."""
    user = signed_in(request)
    plan = get_object_or_404(Plan.objects.visible_to(user).for_list(), pk=pk)
    remarks = remarks_of(plan)
    context = {
        "plan": plan,
        "remarks": remarks,
        "accept_decision": may_accept_warnings(user, plan),
        "clauses": plan.clauses.order_by("order").select_related("parent"),
        "bases": plan.bases.order_by("order").select_related("document"),
        "targets": plan.targets.order_by("order"),
        "content_items": plan.content_items.order_by("order"),
        "forms": plan.plan_channels.order_by("order").prefetch_related("channels"),
        "tasks": plan.tasks.for_document(),
        "obligations": plan.obligations.select_related("task", "unit", "channel").order_by(
            "due_on", "id"
        ),
        "children": Plan.objects.visible_to(user).for_list().filter(parent=plan, amends=None),
        "issue_decision": may_issue(user, plan) and may_stand(remark.warning for remark in remarks),
        "steps": _steps(user, plan),
        "signed_file": plan.signed_files.filter(revision=plan.revision, voided_at=None).first(),
        "amendment": Plan.objects.visible_to(user).filter(amends=plan).first(),
        "revision_count": plan.revisions.count(),
        **_others(user, plan),
    }
    return render(request, "plans/plan_detail.html", context)


def _others(user: User, plan: Plan) -> dict[str, object]:
    """What other agencies, the parent and another year have to do with it."""
    deriving = uptake_policies.deriving_agency(user, plan)
    open_proposals = Proposal.objects.filter(
        plan=plan.amends_id or plan.pk, state=ProposalState.OPEN
    )
    return {
        "may_derive": deriving and uptake_policies.may_derive(user, plan, deriving),
        "may_see_uptake": uptake_policies.sees_uptake(user, plan),
        "may_copy": uptake_policies.may_copy(user, plan),
        "open_proposals": open_proposals.count(),
        "unregistered": plan.bases.filter(registered=None, reference__regex=r"[0-9]").count(),
    }


def _steps(user: User, plan: Plan) -> dict[str, Decision]:
    """What the person may do next with the plan, and why not."""
    return {
        "write": policies.may_write(user, plan),
        "submit": policies.may_submit(user, plan),
        "take_back": policies.may_take_back(user, plan),
        "record_number": policies.may_record_number(user, plan),
        "attach_signed": policies.may_attach_signed(user, plan),
        "amend": policies.may_amend(user, plan),
        "issue_amendment": policies.may_issue_amendment(user, plan),
        "close": policies.may_close(user, plan, clock.today()),
        "keep_register": policies.may_keep_register(user, plan.province),
    }


@post(SIGNED_IN)
def plan_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a draft: its quotas become obligations."""
    user = signed_in(request)
    plan = get_object_or_404(Plan.objects.visible_to(user), pk=pk)
    issued = issue(plan=plan, by=user)
    count = issued.obligations.count()
    messages.success(request, f"Đã ban hành kế hoạch và giao {count} đầu việc theo kỳ.")
    return redirect("plans:plan-detail", pk=issued.pk)


@post(SIGNED_IN)
def plan_warning_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a warning of a draft stand, with a reason."""
    user = signed_in(request)
    plan = get_object_or_404(Plan.objects.visible_to(user), pk=pk)
    form = AcceptForm(request.POST)
    if form.is_valid():
        accepted = accept(plan=plan, by=user, **form.cleaned_data)
        messages.success(request, f"Đã chấp nhận cảnh báo tại {accepted.place}.")
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect(f"{reverse('plans:plan-detail', kwargs={'pk': plan.pk})}#ra-soat")
