"""The list of plans, one plan as a document, and its issue."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from plans.actions.issue import issue
from plans.actions.warnings import accept
from plans.forms import AcceptForm
from plans.models import Plan
from plans.policies import may_accept_warnings, may_issue
from plans.proofreading import may_stand, remarks_of


@page(SIGNED_IN)
def plan_list(request: HttpRequest) -> HttpResponse:
    """Plans in force in the person's provinces, and drafts of their own agencies."""
    plans = Plan.objects.visible_to(signed_in(request)).for_list()
    plans_page = Paginator(plans, 50).get_page(request.GET.get("page"))
    return render(request, "plans/plan_list.html", {"plans": plans_page})


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
        "children": Plan.objects.visible_to(user).for_list().filter(parent=plan),
        "issue_decision": may_issue(user, plan) and may_stand(remark.warning for remark in remarks),
    }
    return render(request, "plans/plan_detail.html", context)


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
