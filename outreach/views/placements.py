"""Pages of channel editors: the queue, and the moves of one placement."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach.actions import fulfilment as ledger_actions
from outreach.actions import placements
from outreach.forms import ApproveForm, PublishForm, ReasonForm
from outreach.models import Fulfilment, Placement
from outreach.policies import co_edited, edits_channel, may_void
from outreach.views.cards import decisions
from outreach.workflow import State


@page(roles(Role.CHANNEL_EDITOR))
def review_queue(request: HttpRequest) -> HttpResponse:
    """What waits for the editor: to be decided on, and to be published; oldest first."""
    user = signed_in(request)
    shared = co_edited(user)
    waiting = [(p, decisions(user, p, shared)) for p in Placement.objects.awaiting(user)]
    return render(
        request,
        "outreach/review_queue.html",
        {
            "to_decide": [entry for entry in waiting if entry[0].state == State.SENT],
            "to_publish": [entry for entry in waiting if entry[0].state == State.APPROVED],
            "today": clock.today(),
        },
    )


@post(SIGNED_IN)
def placement_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, today or on the day given."""
    user = signed_in(request)
    placement = _load(user, pk, "duyệt")
    form = ApproveForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    elif _attempt(
        request,
        lambda: placements.approve(
            by=user,
            placement=placement,
            on=form.cleaned_data["on"],
            comment=form.cleaned_data["comment"],
        ),
    ):
        messages.success(request, f"Đã duyệt “{placement.activity}” trên {placement.channel}.")
    return redirect(_back(request, placement))


@page(SIGNED_IN, form=True)
def placement_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back with a reason."""
    user = signed_in(request)
    placement = _load(user, pk, "trả lại")
    form = ReasonForm(request.POST or None, button="Trả lại")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _attempt(
            request, lambda: placements.return_(by=user, placement=placement, reason=reason)
        ):
            messages.success(request, f"Đã trả lại “{placement.activity}”.")
        return redirect(_back(request, placement))
    return render(
        request,
        "outreach/placement_return.html",
        {"form": form, "placement": placement, "back": _back(request, placement)},
    )


@page(SIGNED_IN, form=True)
def placement_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Record since when and where it stands on the channel."""
    user = signed_in(request)
    placement = _load(user, pk, "đăng")
    form = PublishForm(request.POST or None, placement=placement)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            counted = placements.publish(
                by=user,
                placement=placement,
                on=data["on"],
                url=data["url"],
                decided_on=data["decided_on"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _published(placement, len(counted)))
            return redirect(_back(request, placement))
    return render(
        request,
        "outreach/placement_publish.html",
        {"form": form, "placement": placement, "back": _back(request, placement)},
    )


@page(SIGNED_IN, form=True)
def fulfilment_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Say with a reason that a placement does not count for an obligation."""
    user = signed_in(request)
    rows = Fulfilment.objects.filter(
        placement__in=Placement.objects.visible_to(user)
    ).select_related(
        "obligation__task",
        "obligation__channel",
        "placement__activity",
        "placement__agency",
        "placement__channel",
        "placement__editing_agency",
    )
    fulfilment = get_object_or_404(rows, pk=pk)
    require(may_void(user, fulfilment))
    form = ReasonForm(request.POST or None, button="Không tính kết quả này")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        ledger_actions.void(by=user, fulfilment=fulfilment, reason=reason)
        messages.success(request, "Kết quả không còn được tính cho đầu việc này.")
        return redirect(_back(request, fulfilment.placement))
    return render(
        request,
        "outreach/fulfilment_void.html",
        {"form": form, "row": fulfilment, "back": _back(request, fulfilment.placement)},
    )


def _load(user: User, pk: int, verb: str) -> Placement:
    """The placement, for one who edits its channel; its state is for the action to judge."""
    rows = Placement.objects.visible_to(user).select_related(
        "activity", "activity__unit", "agency", "channel", "editing_agency"
    )
    placement = get_object_or_404(rows, pk=pk)
    require(edits_channel(user, placement, verb))
    return placement


def _attempt(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Do it, or say why not: a colleague may have been faster."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _published(placement: Placement, counted: int) -> str:
    done = f"Đã ghi nhận “{placement.activity}” đăng trên {placement.channel}."
    if counted:
        return f"{done} Tính cho {counted} đầu việc."
    return f"{done} Chưa tính cho đầu việc nào của cơ quan gửi."


def _back(request: HttpRequest, placement: Placement) -> str:
    """Where the person came from when that is a page of ours, else the activity."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("outreach:activity-detail", args=[placement.activity_id])
