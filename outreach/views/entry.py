"""Pages on which activities are written: entry, correction, figures that are known later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agencies.access import SIGNED_IN, page, roles, signed_in
from agencies.models import User
from agencies.roles import WRITERS
from cchc.lib.decisions import Refused, require
from outreach.actions import activities, evidence
from outreach.forms import ActivityForm, EntryForm
from outreach.forms.choices import habits
from outreach.forms.figures import FiguresForm
from outreach.models import Activity
from outreach.policies import may_edit, may_enter, may_measure
from outreach.views.activities import load
from outreach.views.proving import add_files
from outreach.workflow import State

MOST_TOLD = 10


@page(roles(*WRITERS), form=True)
def activity_add(request: HttpRequest) -> HttpResponse:
    """Enter an activity with what proves it, and send it at once if wanted."""
    user = signed_in(request)
    asked = request.GET.getlist("kenh")  # the page of an obligation asks for its own
    begun = habits(user) | ({"channels": asked, "usual": None} if asked else {})
    form = EntryForm(request.POST or None, request.FILES or None, user=user, initial=begun)
    if request.method == "POST" and form.is_valid():
        activity = _entered(user, form)
        if activity is not None:
            messages.success(request, _told(activity, form))
            _prove(request, activity, form)
            return redirect("outreach:activity-detail", pk=activity.pk)
    return render(request, "outreach/activity_form.html", {"form": form, "activity": None})


@page(SIGNED_IN, form=True)
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an activity that no channel holds."""
    user = signed_in(request)
    activity = load(user, pk)
    placements = activity.placements.select_related("channel").order_by("pk")
    require(may_edit(user, activity, list(placements)))
    form = ActivityForm(request.POST or None, user=user, activity=activity)
    if request.method == "POST" and form.is_valid():
        activities.edit(by=user, activity=activity, facts=form.facts())
        messages.success(request, "Đã lưu.")
        return redirect("outreach:activity-detail", pk=activity.pk)
    return render(request, "outreach/activity_form.html", {"form": form, "activity": activity})


@page(SIGNED_IN, form=True)
def activity_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how many came or how often it was seen, also after it was sent or published."""
    user = signed_in(request)
    activity = load(user, pk)
    require(may_measure(user, activity))
    form = FiguresForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        activities.measure(by=user, activity=activity, figures=form.cleaned_data)
        messages.success(request, "Đã ghi số liệu.")
        return redirect("outreach:activity-detail", pk=activity.pk)
    return render(request, "outreach/activity_measure.html", {"form": form, "activity": activity})


def _entered(user: User, form: EntryForm) -> Activity | None:
    """The activity, or nothing and the form says why."""
    agency, unit = form.place()
    require(may_enter(user, agency, unit))
    try:
        return activities.enter(
            by=user,
            agency=agency,
            unit=unit,
            facts=form.facts(),
            send=form.dispatch(),
            drafts=form.cleaned_data["channels"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _told(activity: Activity, form: EntryForm) -> str:
    if not form.sends:
        return "Đã lưu nháp."
    is_submitted = activity.placements.filter(state=State.SUBMITTED).exists()
    return "Đã lưu và trình duyệt nội bộ." if is_submitted else "Đã lưu và gửi."


def _prove(request: HttpRequest, activity: Activity, form: EntryForm) -> None:
    """The activity is kept; of what came with it, what is refused is named on the next page."""
    user, data = signed_in(request), form.cleaned_data
    sent = add_files(user, activity, data["proof_files"])
    if sent.kept:
        messages.success(request, f"Đã thêm minh chứng: {', '.join(sent.kept)}.")
    for one in sent.refused[:MOST_TOLD]:
        messages.warning(request, f"Không nhận tệp “{one.name}”: {one.reason}")
    if rest := sent.refused[MOST_TOLD:]:
        messages.warning(request, f"Không nhận {len(rest)} tệp khác nữa.")
    if data["proof_url"]:
        try:
            evidence.add_link(by=user, activity=activity, url=data["proof_url"])
        except Refused as refusal:
            messages.warning(request, f"Không nhận đường dẫn minh chứng: {refusal}")
