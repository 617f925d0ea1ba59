"""The page of an activity, and sending it to channels."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach.actions import placements
from outreach.forms import SendForm
from outreach.models import Activity, Placement
from outreach.policies import may_edit, may_send
from outreach.views.cards import cards
from outreach.views.proofs import Sent, proofs
from outreach.workflow import State


@page(SIGNED_IN)
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: where each placement stands, what was said, and what it counts for."""
    return show(request, load(signed_in(request), pk))


@post(SIGNED_IN)
def placement_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an activity to the channels that were ticked."""
    user = signed_in(request)
    activity = load(user, pk)
    require(may_send(user, activity))
    form = SendForm(
        request.POST, user=user, activity=activity, placements=_every_placement(activity)
    )
    if form.is_valid():
        try:
            sent = placements.send(by=user, activity=activity, to=form.dispatch())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            names = ", ".join(str(placement.channel) for placement in sent)
            messages.success(request, f"{_done(sent)}: {names}.")
            return redirect("outreach:activity-detail", pk=activity.pk)
    return show(request, activity, form)


def _done(sent: Sequence[Placement]) -> str:
    """What became of what was sent, in the words of its channels."""
    states = {State(placement.state) for placement in sent}
    if State.SUBMITTED in states:
        return "Đã trình duyệt nội bộ"
    words = {State.SENT: "gửi", State.PUBLISHED: "ghi nhận"}
    return f"Đã {', '.join(said for state, said in words.items() if state in states)}"


def show(
    request: HttpRequest,
    activity: Activity,
    form: SendForm | None = None,
    sent: Sent | None = None,
) -> HttpResponse:
    """The page of an activity, after a post with the form or the files that were refused."""
    user = signed_in(request)
    shown = list(Placement.objects.for_page(user).filter(activity=activity))
    for placement in shown:
        placement.activity = activity  # loaded with its agency, unit and author
    ours = activity.agency_id in user.standing().readable_agency_ids
    may = may_send(user, activity)
    if form is None:
        form = SendForm(user=user, activity=activity, placements=shown)
    return render(
        request,
        "outreach/activity_detail.html",
        {
            "activity": activity,
            "content_items": activity.content_items.select_related("plan").order_by("order"),
            "cards": cards(user, shown),
            "proofs": proofs(user, activity, sent),
            "ours": ours,
            "edit": may_edit(user, activity, shown),
            "may_send": may,
            "send_form": form if may and form.has_channels else None,
            "today": clock.today(),
        },
    )


def load(user: User, pk: int) -> Activity:
    """An activity that the person may see."""
    return get_object_or_404(Activity.objects.visible_to(user).for_list(), pk=pk)


def _every_placement(activity: Activity) -> list[Placement]:
    return list(activity.placements.select_related("channel").order_by("pk"))
