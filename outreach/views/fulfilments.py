"""Pages of one result: not counted after all, and by the rule again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, signed_in
from cchc.lib.decisions import Refused, require
from outreach import ledger
from outreach.actions import fulfilment as ledger_actions
from outreach.forms import ReasonForm
from outreach.models import Fulfilment, Placement
from outreach.policies import may_count_again, may_void
from outreach.views.placements import back, load
from plans.models import Obligation


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
    here = reverse("outreach:activity-detail", args=[fulfilment.placement.activity_id])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            ledger_actions.void(by=user, fulfilment=fulfilment, reason=reason)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Kết quả không còn được tính cho đầu việc này.")
        return redirect(back(request, here))
    context = {
        "form": form,
        "placement": fulfilment.placement,
        "obligation": fulfilment.obligation,
        "heading": "Không tính kết quả này",
        "told": f"{fulfilment.why}.",
        "note": "Lý do được lưu cùng kết quả; việc tính lại tự động không khôi phục kết quả đã "
        "bỏ. Người biên tập kênh vẫn “Tính lại” được.",
        "back": back(request, here),
    }
    return render(request, "outreach/fulfilment_void.html", context)


@page(SIGNED_IN, form=True)
def fulfilment_count_again(request: HttpRequest, pk: int, obligation: int) -> HttpResponse:
    """Let count by the rule again what somebody took out."""
    user = signed_in(request)
    placement = load(user, pk, may_count_again)
    rows = Obligation.objects.select_related("task", "channel")
    wanted = get_object_or_404(
        rows.filter(agency=placement.agency_id, channel=placement.channel_id), pk=obligation
    )
    here = reverse("outreach:activity-detail", args=[placement.activity_id])
    form = ReasonForm(request.POST or None, button="Tính lại kết quả này")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            counted = ledger_actions.count_again(
                by=user, placement=placement, obligation=wanted, reason=reason
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _counted(bool(counted)))
        return redirect(back(request, here))
    taken = ledger.taken_out([placement])[placement.pk].get(wanted.pk)
    context = {
        "form": form,
        "placement": placement,
        "obligation": wanted,
        "heading": "Tính lại kết quả này",
        "told": f"Đã bỏ tính, {taken.by}: {taken.reason}" if taken else "",
        "note": "Kết quả được tính khi còn đúng quy tắc: đúng kênh và ngày tính nằm trong kỳ.",
        "back": back(request, here),
    }
    return render(request, "outreach/fulfilment_void.html", context)


def _counted(now: bool) -> str:
    if now:
        return "Kết quả lại được tính cho đầu việc này."
    return "Không còn bị bỏ tính; sẽ được tính khi đã đăng và ngày tính nằm trong kỳ."
