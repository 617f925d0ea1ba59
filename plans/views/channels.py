"""The channels of a province: the list, a new one, one put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import Agency, Province, User
from agencies.models.agency import AgencyQuerySet
from agencies.roles import Role
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.actions import channel_book
from plans.forms.channels import ChannelForm
from plans.models import Channel, Plan, PlanChannel, Quota

KEEPERS = roles(Role.HOME_AFFAIRS)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel, and how many plans and quotas that the reader may see use it."""

    channel: Channel
    plans: int
    quotas: int
    is_kept: bool


@page(SIGNED_IN)
def channel_list(request: HttpRequest) -> HttpResponse:
    """The channels of the person's provinces."""
    user = signed_in(request)
    context = {"rows": _rows(user), "keeps": user.standing().holds(KEEPERS.roles)}
    return render(request, "plans/channel_list.html", context)


@page(KEEPERS, form=True)
def channel_add(request: HttpRequest) -> HttpResponse:
    """A channel that the province does not have."""
    user = signed_in(request)
    province = _province(user)
    form = ChannelForm(request.POST or None, agencies=_agencies(province))

    def add() -> None:
        channel = channel_book.add(province=province, terms=form.terms(), by=user)
        messages.success(request, f"Đã thêm kênh {channel}.")

    if _done(form, add):
        return redirect("plans:channel-list")
    context = {"form": form, "heading": "Thêm kênh", "province": province}
    return render(request, "plans/channel_form.html", context)


@page(KEEPERS, form=True)
def channel_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what is said of a channel."""
    user, channel = signed_in(request), _visible(request, pk)
    require(policies.may_keep_channels(user, channel.province))
    form = ChannelForm(
        request.POST or None,
        agencies=_agencies(channel.province),
        channel=channel,
        fixed=policies.may_move_channel(user, channel).reason,
    )

    def correct() -> None:
        changed = channel_book.correct(channel=channel, terms=form.terms(), by=user)
        messages.success(request, f"Đã sửa kênh {changed}.")

    if _done(form, correct):
        return redirect("plans:channel-list")
    context = {
        "form": form,
        "heading": "Sửa kênh",
        "province": channel.province,
        "channel": channel,
    }
    return render(request, "plans/channel_form.html", context)


@post(SIGNED_IN)
def channel_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A channel added by mistake goes away."""
    user, channel = signed_in(request), _visible(request, pk)
    require(policies.may_keep_channels(user, channel.province))
    try:
        channel_book.remove(channel=channel, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:channel-edit", channel.pk)
    messages.success(request, f"Đã xóa kênh {channel}.")
    return redirect("plans:channel-list")


def _rows(user: User) -> list[ChannelRow]:
    channels = Channel.objects.visible_to(user).select_related("run_by").in_order()
    seen = Plan.objects.visible_to(user)
    using: defaultdict[int, set[int]] = defaultdict(set)
    quotas: defaultdict[int, int] = defaultdict(int)
    told = PlanChannel.objects.filter(plan__in=seen, channels__isnull=False)
    for key, plan in told.values_list("channels", "plan").distinct():
        using[key].add(plan)
    for key, plan in Quota.objects.filter(task__plan__in=seen).values_list("channel", "task__plan"):
        using[key].add(plan)
        quotas[key] += 1
    kept = {post.province_id for post in user.standing().posts if post.role in KEEPERS.roles}
    return [
        ChannelRow(one, len(using[one.pk]), quotas[one.pk], one.province_id in kept)
        for one in channels
    ]


def _visible(request: HttpRequest, pk: int) -> Channel:
    rows = Channel.objects.visible_to(signed_in(request))
    return get_object_or_404(rows.select_related("province", "run_by"), pk=pk)


def _province(user: User) -> Province:
    """Where the person keeps the channels."""
    posts = (post for post in user.standing().posts if post.role in KEEPERS.roles)
    return Province.objects.get(pk=next(posts).province_id)


def _agencies(province: Province) -> AgencyQuerySet:
    return Agency.objects.filter(province=province).in_order()


def _done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was right and the action done; its refusal stands above the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
