"""A plan derived from its parent, and what became of the parent's items in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import User
from cchc.lib.decisions import require
from plans.actions import uptake as answers
from plans.actions.derive import derive as derive_plan
from plans.comparing import same_words
from plans.deriving import derivation
from plans.forms.uptake import ItemForm, LeaveOutForm, LinkForm
from plans.implementing import ANNEX, CONTENT, derived_plan, lines_of
from plans.models import Plan
from plans.policies import uptake as uptake_policies
from plans.uptake import Line, Uptake, tally


@page(SIGNED_IN, form=True)
def derive(request: HttpRequest, pk: int) -> HttpResponse:
    """What an agency's plan under this one would begin with; the button makes it."""
    user = signed_in(request)
    parent = _visible(user, pk)
    agency = uptake_policies.deriving_agency(user, parent, request.GET.get("co-quan", ""))
    if agency is None:
        raise Http404
    require(uptake_policies.may_derive(user, parent, agency))
    present = derived_plan(parent, agency)
    if request.method == "POST" and present is None:
        plan = derive_plan(parent=parent, agency=agency, by=user)
        messages.success(request, "Đã lập dự thảo; hãy soạn tiếp rồi rà soát việc tiếp thu.")
        return redirect("plans:plan-uptake", plan.pk)
    context = {
        "parent": parent,
        "agency": agency,
        "present": present,
        "found": derivation(parent, agency) if present is None else None,
    }
    return render(request, "plans/derive.html", context)


@page(SIGNED_IN)
def plan_uptake(request: HttpRequest, pk: int) -> HttpResponse:
    """Each item of the parent beside what the plan has for it."""
    user = signed_in(request)
    plan = _visible(user, pk)
    if plan.parent is None:
        raise Http404
    lines = lines_of(plan)
    only = next((one for one in Uptake if one.value == request.GET.get("loc")), None)
    decision = uptake_policies.may_answer(user, plan)
    own = _unlinked(plan)
    context = {
        "plan": plan,
        "lines": [line for line in lines if only in (None, line.uptake)],
        "tally": tally(line.uptake for line in lines),
        "filters": [(one, sum(line.uptake is one for line in lines)) for one in Uptake],
        "total": len(lines),
        "only": only,
        "decision": decision,
        "amendment": Plan.objects.visible_to(user).filter(amends=plan).first(),
        "own": own,
        "has_same": decision and _has_same(lines, own),
    }
    return render(request, "plans/plan_uptake.html", context)


@post(SIGNED_IN)
def uptake_leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The item does not concern the agency."""
    return _answer(request, pk, LeaveOutForm, answers.leave_out, "Đã ghi không áp dụng.")


@post(SIGNED_IN)
def uptake_reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """Take that back."""
    return _answer(request, pk, ItemForm, answers.reconsider, "Đã bỏ ghi không áp dụng.")


@post(SIGNED_IN)
def uptake_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The item comes into the draft."""
    return _answer(request, pk, ItemForm, answers.take_up, "Đã đưa nội dung vào dự thảo.")


@post(SIGNED_IN)
def uptake_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A row of the draft answers the item."""
    return _answer(request, pk, LinkForm, answers.link, "Đã gắn với nội dung của cấp trên.")


@post(SIGNED_IN)
def uptake_link_same(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows written in the items' own words answer them."""
    user = signed_in(request)
    plan = _visible(user, pk)
    found = answers.link_same(plan=plan, by=user)
    messages.success(request, f"Đã gắn {found} dòng giống lời kế hoạch cấp trên.")
    return redirect("plans:plan-uptake", plan.pk)


def _answer(
    request: HttpRequest, pk: int, form_class: type[forms.Form], action: Any, done: str
) -> HttpResponse:
    user = signed_in(request)
    plan = _visible(user, pk)
    form = form_class(request.POST)
    if form.is_valid():
        action(plan=plan, by=user, **form.cleaned_data)
        messages.success(request, done)
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    only = request.GET.get("loc", "")
    query = f"?loc={only}" if only in set(Uptake) else ""
    return redirect(f"{reverse('plans:plan-uptake', args=[plan.pk])}{query}")


def _unlinked(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    """Rows written by hand, which may answer an item: uid and words, by section."""
    content = plan.content_items.filter(source=None).order_by("order")
    tasks = plan.tasks.filter(source=None).exclude(title="").order_by("order")
    return {
        CONTENT: [(row.uid, row.title) for row in content],
        ANNEX: [(row.uid, row.title) for row in tasks],
    }


def _has_same(lines: list[Line], own: dict[str, list[tuple[str, str]]]) -> bool:
    """Whether a missing item stands in the plan already, in its own words but not linked."""
    return any(
        same_words(line.item.text, text)
        for line in lines
        if line.uptake is Uptake.MISSING
        for _, text in own[line.item.section]
    )


def _visible(user: User, pk: int) -> Plan:
    plans = Plan.objects.visible_to(user).for_list()
    return get_object_or_404(plans.select_related("agency__province", "province"), pk=pk)
