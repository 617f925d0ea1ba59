"""A plan copied into a new year: what would change, then the copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, signed_in
from cchc.lib.decisions import require
from plans.actions.next_year import copy_to_year
from plans.forms.uptake import YearForm
from plans.models import Plan
from plans.next_year import present_copy, year_copy
from plans.policies import uptake as uptake_policies


@page(SIGNED_IN, form=True)
def copy_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Every text that moves with the year, and what stays to be looked at."""
    user = signed_in(request)
    plans = Plan.objects.visible_to(user).for_list().select_related("agency__province")
    plan = get_object_or_404(plans, pk=pk)
    require(uptake_policies.may_copy(user, plan))
    data = request.POST if request.method == "POST" else request.GET
    form = YearForm(data if "nam" in data else {"nam": plan.year + 1}, after=plan.year)
    year = form.cleaned_data["nam"] if form.is_valid() else plan.year + 1
    present = present_copy(plan, year)
    if request.method == "POST" and form.is_valid() and present is None:
        made = copy_to_year(plan=plan, year=year, by=user)
        messages.success(request, f"Đã sao thành dự thảo năm {year}; số và ngày để trống.")
        return redirect("plans:plan-detail", made.pk)
    context = {
        "plan": plan,
        "form": form,
        "year": year,
        "present": present,
        "copy": year_copy(plan, year) if present is None else None,
    }
    return render(request, "plans/copy_year.html", context)
