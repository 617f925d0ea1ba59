"""Pages of one placement: the moves of its way, each a button or a short form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Decision, Refused, require
from outreach.actions import placements
from outreach.forms import ApproveForm, ClearForm, PublishForm, ReasonForm
from outreach.forms.fields import day_field
from outreach.models import Placement
from outreach.policies import clears, co_edited, edits_channel, may_approve, may_send, takes_down
from outreach.views.outlook import none_because, outlooks
from outreach.workflow import CLEAR, SEND, SUBMIT
from plans.models import Obligation

SENT_AGAIN = "{placement}: đã được gửi lại sau khi anh/chị mở trang; hãy xem lại rồi quyết định."

Who = Callable[[User, Placement], Decision]


@dataclass(frozen=True, slots=True)
class TurnDown:
    """A move with a compulsory reason: what its page says and what it does.

    ``note`` tells what becomes of it; ``day`` is the label of the day, where one is asked.
    """

    who: Who
    act: Callable[..., object]
    heading: str
    button: str
    note: str
    done: str
    day: str = ""


HAND_BACK = TurnDown(
    clears,
    placements.hand_back,
    "Trả lại để sửa",
    "Trả lại để sửa",
    "Người trình sửa rồi trình lại; biên tập viên kênh không thấy lượt này và lý do này.",
    "Đã trả lại “{placement.activity}” để sửa.",
)
RETURN = TurnDown(
    lambda user, placement: edits_channel(user, placement, "trả lại"),
    placements.return_,
    "Trả lại tin, bài",
    "Trả lại",
    "Cơ quan gửi sửa rồi gửi lại được.",
    "Đã trả lại “{placement.activity}”.",
)
REFUSE = TurnDown(
    lambda user, placement: edits_channel(user, placement, "từ chối"),
    placements.refuse,
    "Từ chối tin, bài",
    "Từ chối",
    "Kênh không nhận nội dung này; cơ quan gửi không gửi lại nội dung này lên kênh được nữa. "
    "Chỉ cần sửa thì dùng “Trả lại”.",
    "Đã từ chối “{placement.activity}”.",
)
WITHDRAW = TurnDown(
    takes_down,
    placements.withdraw,
    "Gỡ khỏi kênh",
    "Ghi nhận đã gỡ",
    "Kết quả không còn được tính; báo cáo đã chốt giữ nguyên số liệu.",
    "Đã ghi nhận gỡ “{placement.activity}” khỏi {placement.channel}.",
    "Ngày gỡ",
)


@page(SIGNED_IN, form=True)
def placement_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Clear within the agency: by one click today, or with a day and words for the editors."""
    user = signed_in(request)
    placement = load(user, pk, clears)
    form = ClearForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = {"on": form.cleaned_data["on"], "comment": form.cleaned_data["comment"]}
        if _as_seen(request, placement) and _attempt(
            request, lambda: placements.clear(by=user, placement=placement, **words)
        ):
            where = "gửi đến" if placement.channel.needs_approval else "ghi nhận trên"
            done = f"Đã duyệt nội bộ, {where} {placement.channel}: “{placement.activity}”."
            messages.success(request, done)
        return redirect(_back(request, placement))
    return _page(request, "placement_clear", placement, {"form": form})


@page(SIGNED_IN, form=True)
def placement_hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to its author before any channel has seen it."""
    return _turn_down(request, pk, HAND_BACK)


@post(SIGNED_IN)
def placement_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """The author takes back what nobody has decided on."""
    user = signed_in(request)
    placement = load(user, pk, lambda person, row: may_send(person, row.activity))
    if _attempt(request, lambda: placements.recall(by=user, placement=placement)):
        messages.success(request, f"Đã rút “{placement.activity}” về nháp.")
    return redirect(_back(request, placement))


@page(SIGNED_IN, form=True)
def placement_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve: by one click today, or with a day, words, and what it is not to count for."""
    user = signed_in(request)
    placement = load(user, pk, lambda person, row: edits_channel(person, row, "duyệt"))
    day = _day(request.POST.get("shown_for") or request.GET.get("on"))
    rows = outlooks([placement], day)[placement.pk]
    # What was taken out before stays out until somebody counts it again, with a reason too.
    open_ = [row.prospect.obligation for row in rows if not row.prospect.reason]
    form = ApproveForm(
        request.POST if request.method == "POST" else None,
        obligations=_shown(request, {obligation.pk: obligation for obligation in open_}),
    )
    if request.method == "POST" and form.is_valid():
        act = {
            "on": form.cleaned_data["on"],
            "comment": form.cleaned_data["comment"],
            "not_counting": form.not_counting(),
        }
        if _as_seen(request, placement) and _attempt(
            request, lambda: placements.approve(by=user, placement=placement, **act)
        ):
            done = f"Đã duyệt “{placement.activity}” trên {placement.channel}."
            messages.success(request, done)
        return redirect(_back(request, placement))
    ticks = dict(zip(form.obligations, form.rows(), strict=True))
    context = {
        "form": form,
        "rows": [(row, ticks.get(row.prospect.obligation)) for row in rows],
        "none_because": "" if rows else none_because(placement, day),
        "shown_for": day,
        "may": may_approve(user, placement, co_edited(user)),
    }
    return _page(request, "placement_approve", placement, context)


@page(SIGNED_IN, form=True)
def placement_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back with a reason."""
    return _turn_down(request, pk, RETURN)


@page(SIGNED_IN, form=True)
def placement_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say with a reason that the channel does not take it."""
    return _turn_down(request, pk, REFUSE)


@page(SIGNED_IN, form=True)
def placement_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Record since when and where it stands on the channel."""
    user = signed_in(request)
    placement = load(user, pk, lambda person, row: edits_channel(person, row, "đăng"))
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
    context = {"form": form} | _if_published(placement, request.POST or request.GET)
    return _page(request, "placement_publish", placement, context)


@page(SIGNED_IN, form=True)
def placement_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Note with a reason and a day that it no longer stands there."""
    return _turn_down(request, pk, WITHDRAW)


def _turn_down(request: HttpRequest, pk: int, way: TurnDown) -> HttpResponse:
    user = signed_in(request)
    placement = load(user, pk, way.who)
    form = ReasonForm(request.POST or None, button=way.button, day=way.day)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if _attempt(request, lambda: way.act(by=user, placement=placement, **said)):
            messages.success(request, way.done.format(placement=placement))
        return redirect(_back(request, placement))
    return _page(request, "placement_reason", placement, {"form": form, "way": way})


def load(user: User, pk: int, who: Who) -> Placement:
    """The placement, for one who has the part in it; its state is for the action to judge."""
    rows = Placement.objects.visible_to(user).select_related(
        "activity",
        "activity__agency",
        "activity__unit",
        "activity__author",
        "agency",
        "channel",
        "editing_agency",
    )
    placement = get_object_or_404(rows, pk=pk)
    require(who(user, placement))
    return placement


def _shown(request: HttpRequest, now: Mapping[int, Obligation]) -> list[Obligation]:
    """The obligations that the person was shown: a quick button shows none."""
    if request.method != "POST":
        return list(now.values())
    shown = {int(key) for key in request.POST.getlist("shown") if key.isdecimal()}
    return [obligation for key, obligation in now.items() if key in shown]


def _day(typed: str | None) -> date:
    """The day that was typed; today where it is none or has not come."""
    today = clock.today()
    try:
        day: date = day_field("").clean(typed)
    except ValidationError:
        return today
    return min(day, today)


def _if_published(placement: Placement, typed: Mapping[str, str]) -> dict[str, object]:
    """What it would count for by the days that were typed so far; the placement stays as it is."""
    day = _day(typed.get("on"))
    then = copy(placement)
    if typed.get("decided_on"):
        then.decided_on = _day(typed["decided_on"])
    rows = outlooks([then], day)[then.pk]
    because = "" if rows else none_because(then, day)
    return {"rows": [(row, None) for row in rows], "none_because": because, "shown_for": day}


def _page(
    request: HttpRequest, name: str, placement: Placement, context: Mapping[str, object]
) -> HttpResponse:
    told = {"placement": placement, "back": _back(request, placement), "today": clock.today()}
    return render(request, f"outreach/{name}.html", told | dict(context))


def _as_seen(request: HttpRequest, placement: Placement) -> bool:
    """Whether nobody took it back and sent it again since the page was shown, or say so."""
    fault = sent_again(placement, request.POST.get("seen", ""))
    if fault:
        messages.error(request, fault)
    return not fault


def sent_again(placement: Placement, seen: str) -> str:
    """The sentence that it is not as it was seen: ``seen`` is the last word of that time."""
    if not seen.isdecimal() or int(seen) == placement.last_word:
        return ""
    # What a colleague decided meanwhile is for the action to say.
    news = placement.reviews.filter(pk__gt=int(seen), move__in=_HANDED_IN)
    return SENT_AGAIN.format(placement=placement) if news.exists() else ""


_HANDED_IN = (SUBMIT.code, SEND.code, CLEAR.code)


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
    return back(request, reverse("outreach:activity-detail", args=[placement.activity_id]))


def back(request: HttpRequest, otherwise: str) -> str:
    """Where the person came from when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return otherwise
