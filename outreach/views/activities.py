"""Pages of activities: the list, entry, correction, and the page of one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Min, Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import User
from agencies.roles import AGENCY_READERS, WRITERS
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach.actions import activities, placements
from outreach.forms import ActivityForm, EntryForm, FilterForm, SendForm
from outreach.models import Activity, Placement
from outreach.models.activity import ActivityQuerySet
from outreach.policies import may_edit, may_enter, may_send
from outreach.views.cards import badge, cards
from outreach.views.proofs import Sent, proofs
from outreach.workflow import State

PAGE_SIZE = 50


@page(roles(*AGENCY_READERS))
def activity_list(request: HttpRequest) -> HttpResponse:
    """Activities that the person may see, newest first, filtered by the address."""
    user = signed_in(request)
    visible = Activity.objects.visible_to(user)
    form = FilterForm(request.GET, first_year=_first_year(user))
    form.is_valid()
    seen = Placement.objects.visible_to(user).select_related("channel").order_by("channel__order")
    rows = _filtered(visible, form).for_list().prefetch_related(Prefetch("placements", seen))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "outreach/activity_list.html",
        {
            "page": shown,
            "rows": [(a, [(p, badge(p)) for p in a.placements.all()]) for a in shown],
            "filters": form,
            "filtered": any(form.cleaned_data.values()),
            "query": _query_without_page(request),
            "may_enter": user.standing().holds(WRITERS),
        },
    )


@page(roles(*WRITERS), form=True)
def activity_add(request: HttpRequest) -> HttpResponse:
    """Enter an activity, and send it at once if wanted."""
    user = signed_in(request)
    wanted = {"channels": request.GET.getlist("kenh")}  # the page of an obligation asks for its own
    form = EntryForm(request.POST or None, user=user, initial=wanted)
    if request.method == "POST" and form.is_valid():
        agency, unit = form.place()
        require(may_enter(user, agency, unit))
        send = form.dispatch()
        try:
            activity = activities.enter(
                by=user,
                agency=agency,
                unit=unit,
                facts=form.facts(),
                send=send,
                drafts=form.cleaned_data["channels"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu nháp." if send is None else "Đã lưu và gửi.")
            return redirect("outreach:activity-detail", pk=activity.pk)
    return render(request, "outreach/activity_form.html", {"form": form, "activity": None})


@page(SIGNED_IN, form=True)
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an activity that no channel holds."""
    user = signed_in(request)
    activity = load(user, pk)
    require(may_edit(user, activity, _every_placement(activity)))
    form = ActivityForm(request.POST or None, user=user, activity=activity)
    if request.method == "POST" and form.is_valid():
        activities.edit(by=user, activity=activity, facts=form.facts())
        messages.success(request, "Đã lưu.")
        return redirect("outreach:activity-detail", pk=activity.pk)
    return render(request, "outreach/activity_form.html", {"form": form, "activity": activity})


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
            messages.success(request, f"Đã gửi, ghi nhận: {names}.")
            return redirect("outreach:activity-detail", pk=activity.pk)
    return show(request, activity, form)


def show(
    request: HttpRequest,
    activity: Activity,
    form: SendForm | None = None,
    sent: Sent | None = None,
) -> HttpResponse:
    """The page of an activity, after a post with the form or the files that were refused."""
    user = signed_in(request)
    shown = list(Placement.objects.for_page(user).filter(activity=activity))
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


def _filtered(rows: ActivityQuerySet, form: FilterForm) -> ActivityQuerySet:
    text, period, state = form.cleaned_data.get("q"), form.period(), form.state()
    if text:
        rows = rows.titled(text)
    if period is not None:
        rows = rows.dated(period.start, period.end)
    if state is not None:
        rows = rows.in_state(State(state))
    return rows


def _first_year(user: User) -> int:
    """The year that the choice of periods goes back to, at most ten."""
    this = clock.today().year
    first = Placement.objects.visible_to(user).aggregate(day=Min("sent_on"))["day"]
    return max(min(this - 1, first.year if first else this), this - 10)


def _query_without_page(request: HttpRequest) -> str:
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    encoded = query.urlencode()
    return f"{encoded}&" if encoded else ""
