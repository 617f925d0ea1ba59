"""The page of quotas and rotation, and the decision that a row goes without a quota."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from cchc.lib.decisions import Refused
from plans.actions.quotas import decide
from plans.models import Task
from plans.sections.fields import cleaned
from plans.views.editor import closed, draft_of, edit_page, section_state
from plans.views.quota_facts import quota_facts


@page(SIGNED_IN)
def edit_quotas(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rows promise, what is owed of it, and whose turn each period is."""
    plan = draft_of(request, pk)
    refused = closed(request, plan)
    if refused is not None:
        return refused
    decide_url = reverse("plans:quota-decide", kwargs={"pk": plan.pk})
    context = {
        "section": section_state(request, plan, "quotas"),
        "facts": {**quota_facts(plan), "decide_url": decide_url},
    }
    return edit_page(request, plan, "quotas", "plans/editor/quotas.html", context)


@post(SIGNED_IN)
def quota_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A row of the annex goes without a quota (``without``), or may have one after all."""
    plan = draft_of(request, pk)
    task: Task = get_object_or_404(plan.tasks, uid=cleaned(request.POST.get("task", ""))[:16])
    without_quota = request.POST.get("without") == "1"
    try:
        decided = decide(task=task, without_quota=without_quota, by=signed_in(request))
    except Refused as refusal:
        return JsonResponse({"reason": str(refusal)}, status=403)
    return JsonResponse({"declined": decided.without_quota})
