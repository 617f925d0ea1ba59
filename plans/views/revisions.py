"""What changed between two revisions of a plan."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.access import SIGNED_IN, page, signed_in
from plans.models import Plan, PlanRevision
from plans.revision_changes import compare
from plans.sections.snapshot import snapshot


@page(SIGNED_IN)
def plan_revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Two revisions side by side, ``?tu=`` and ``?den=``; without them the last two."""
    plan = _visible(request, pk)
    revisions = list(plan.revisions.defer("value").select_related("made_by").order_by("number"))
    context: dict[str, object] = {"plan": plan, "revisions": revisions}
    if len(revisions) > 1:
        numbers = [row.number for row in revisions]
        before = _number(request, "tu", numbers, numbers[-2])
        after = _number(request, "den", numbers, numbers[-1])
        context |= {"before": before, "after": after, "changes": _between(plan, before, after)}
    return render(request, "plans/plan_revisions.html", context)


@page(SIGNED_IN)
def amendment_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the working copy of an amendment would change."""
    draft = _visible(request, pk)
    if draft.amends is None:
        raise Http404
    present = snapshot(draft.amends)
    context = {"plan": draft, "changes": compare(present, snapshot(draft))}
    return render(request, "plans/amendment_changes.html", context)


def _between(plan: Plan, before: int, after: int) -> object:
    values = dict(
        PlanRevision.objects.filter(plan=plan, number__in=(before, after)).values_list(
            "number", "value"
        )
    )
    return compare(values[before], values[after])


def _number(request: HttpRequest, name: str, numbers: list[int], default: int) -> int:
    """The revision that the address names; one that there is not falls back."""
    said = request.GET.get(name, "")
    return int(said) if said in map(str, numbers) else default


def _visible(request: HttpRequest, pk: int) -> Plan:
    plans = Plan.objects.visible_to(signed_in(request)).select_related(
        "agency__province", "parent", "amends__agency__province", "amends__parent"
    )
    return get_object_or_404(plans, pk=pk)
