"""Saved views: keep the filters of a list, rename, share, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import User
from agencies.roles import AGENCY_READERS
from cchc.lib.decisions import Refused, require
from outreach.actions import saved_views
from outreach.forms.saved_views import SavedViewForm
from outreach.models import SavedView
from outreach.models.saved_view import ListPage
from outreach.view_policies import may_change
from outreach.views.lists import filters_of

_LISTS = {ListPage.ACTIVITIES: "activity-list", ListPage.PLACEMENTS: "placement-list"}


@post(roles(*AGENCY_READERS))
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the filters that a list shows now."""
    user = signed_in(request)
    asked = request.POST.get("page", "")
    listed = ListPage(asked) if asked in ListPage.values else ListPage.ACTIVITIES
    form = SavedViewForm(request.POST, user=user)
    # Only what the list itself understands is kept.
    query = filters_of(listed, QueryDict(request.POST.get("query", "")), user).query()
    if not form.is_valid():
        messages.error(request, "Hãy đặt tên cho bộ lọc, không quá 80 ký tự.")
        return redirect(_address(listed, query))
    try:
        view = saved_views.save(
            page=listed,
            name=form.cleaned_data["name"],
            query=query,
            share_with=form.share_with(),
            by=user,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã lưu bộ lọc “{view.name}”.")
    return redirect(_address(listed, query))


@page(SIGNED_IN, form=True)
def view_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename one's own saved view, share it or not, or remove it."""
    user = signed_in(request)
    view = _load(user, pk)
    require(may_change(user, view))
    initial = {"name": view.name, "is_shared": view.is_shared}
    form = SavedViewForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved_views.change(
                view=view, name=form.cleaned_data["name"], share_with=form.share_with(), by=user
            )
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "Đã lưu.")
            return redirect(_address(ListPage(view.page), view.query))
    back = _address(ListPage(view.page), view.query)
    context = {"form": form, "view": view, "back": back}
    return render(request, "outreach/saved_view_form.html", context)


@post(SIGNED_IN)
def view_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one's own saved view."""
    user = signed_in(request)
    view = _load(user, pk)
    saved_views.remove(view=view, by=user)
    messages.success(request, f"Đã xóa bộ lọc “{view.name}”.")
    return redirect(_address(ListPage(view.page), ""))


def _load(user: User, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(user).select_related("owner"), pk=pk)


def _address(listed: ListPage, query: str) -> str:
    address = reverse(f"outreach:{_LISTS[listed]}")
    return f"{address}?{query}" if query else address
