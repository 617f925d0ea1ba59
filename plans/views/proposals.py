"""What an amended parent proposes to a plan, and what its author makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, signed_in
from cchc.lib.decisions import Decision
from plans import proposing
from plans.actions import proposals as actions
from plans.draft_rows import read_rows
from plans.forms.uptake import AcceptProposalForm, DeclineProposalForm
from plans.models import NotApplicable, Plan, Proposal
from plans.policies import uptake as uptake_policies
from plans.proposals_for import draft_of, source_of
from plans.proposing import FieldDifference


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal on screen: what changed, what the agency has, whether a choice is needed."""

    proposal: Proposal
    section: str
    fields: list[FieldDifference]
    own: str
    left_out: str
    accept: Decision
    decide: Decision

    @property
    def needs_choice(self) -> bool:
        """Whether the agency's own words stand against the parent's."""
        return any(field.is_adapted for field in self.fields)


@page(SIGNED_IN)
def plan_proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """Open proposals first, then those decided on."""
    user = signed_in(request)
    plans = Plan.objects.visible_to(user).for_list()
    plan = get_object_or_404(plans, pk=pk)
    holder = plan.amends or plan
    draft = draft_of(holder)
    if draft is not None and not Plan.objects.visible_to(user).filter(pk=draft.pk).exists():
        draft = None
    rows = {name: read_rows(draft or holder, name) for name in proposing.FIELDS}
    found = holder.proposals.select_related("plan__agency", "decided_by").order_by(
        "-revision", "section", "pk"
    )
    left_out = NotApplicable.objects.filter(plan=draft or holder)
    reasons = {(row.content_item_id, row.task_id): row.reason for row in left_out}
    cards = []
    for proposal in found:
        own = proposing.own_row(
            proposal.section, proposal.before, source_of(proposal), rows[proposal.section]
        )
        cards.append(
            Card(
                proposal,
                proposing.SECTION_LABELS[proposal.section],
                proposing.differences(proposal.section, proposal.before, proposal.after, own),
                str(own[proposing.MAIN[proposal.section]]) if own else "",
                reasons.get((proposal.content_item_id, proposal.task_id), ""),
                uptake_policies.may_accept(user, proposal, draft),
                uptake_policies.may_decide(user, proposal),
            )
        )
    context = {
        "plan": plan,
        "holder": holder,
        "draft": draft,
        "open": [card for card in cards if card.proposal.state == "open"],
        "decided": [card for card in cards if card.proposal.state != "open"],
    }
    return render(request, "plans/plan_proposals.html", context)


@post(SIGNED_IN)
def proposal_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the parent's change into the draft."""
    proposal = _visible(request, pk)
    form = AcceptProposalForm(request.POST)
    if form.is_valid():
        choice = form.cleaned_data["choice"]
        actions.accept(proposal=proposal, choice=choice, by=signed_in(request))
        messages.success(request, "Đã tiếp thu đề xuất.")
    else:
        messages.error(request, "Hãy chọn lời văn được giữ.")
    return redirect("plans:plan-proposals", proposal.plan_id)


@post(SIGNED_IN)
def proposal_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the plan as it is, with a reason."""
    proposal = _visible(request, pk)
    form = DeclineProposalForm(request.POST)
    if form.is_valid():
        actions.decline(proposal=proposal, by=signed_in(request), **form.cleaned_data)
        messages.success(request, "Đã ghi không tiếp thu.")
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect("plans:plan-proposals", proposal.plan_id)


def _visible(request: HttpRequest, pk: int) -> Proposal:
    plans = Plan.objects.visible_to(signed_in(request))
    return get_object_or_404(Proposal.objects.filter(plan__in=plans), pk=pk)
