"""Pages of the days off: a year's calendar, and a province's own changes to it."""

from __future__ import annotations

import re
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.actions import calendar
from agencies.calendar_forms import DayForm, DaysForm
from agencies.models import CalendarDay, Province, User
from agencies.policies import may_keep_calendar
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused, require

_KEEPERS = roles(Role.HOME_AFFAIRS, Role.SYSTEM_ADMIN)
_YEARS = range(2000, 2101)
_YEAR = re.compile(r"\d{4}", re.ASCII)


@page(SIGNED_IN)
def day_list(request: HttpRequest) -> HttpResponse:
    """The year's days off and days worked in exchange: the law's and the province's own."""
    user = signed_in(request)
    provinces = _provinces(user)
    province = _chosen(request, provinces)
    year = _year(request)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = CalendarDay.objects.named(province.pk if province else 0, first, last)
    context = {
        "year": year,
        "previous": year - 1 if year > _YEARS[0] else None,
        "next": year + 1 if year < _YEARS[-1] else None,
        "this_year": clock.today().year,
        "days": days,
        "own": sum(1 for day in days if day.own),
        "province": province,
        "provinces": provinces,
        "may_keep": province is not None and bool(may_keep_calendar(user, province)),
    }
    return render(request, "agencies/calendar_day_list.html", context)


@page(_KEEPERS, form=True)
def day_add(request: HttpRequest) -> HttpResponse:
    """Write down one day or paste several."""
    user = signed_in(request)
    province = _chosen(request, _kept(user))
    if province is None:
        raise Refused("Anh/chị chưa được ghi ngày nghỉ của tỉnh nào.")
    form = DaysForm(request.POST or None)
    if form.is_valid():
        off, worked = form.days()
        try:
            made = calendar.add(province=province, off=off, worked=worked, by=user)
        except Refused as refusal:
            form.add_error("lines", str(refusal))
        else:
            messages.success(request, f"Đã ghi {len(made)} ngày vào lịch.")
            return _to_list(made[0])
    return render(request, "agencies/calendar_day_add.html", {"form": form, "province": province})


@page(_KEEPERS, form=True)
def day_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right one of the province's own days."""
    user, row = signed_in(request), _visible(request, pk)
    require(may_keep_calendar(user, row.province))
    form = DayForm(request.POST or None, calendar_day=row)
    if form.is_valid():
        try:
            changed = calendar.correct(calendar_day=row, terms=form.terms(), by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã sửa ngày {changed.day:%d/%m/%Y}.")
            return _to_list(changed)
    return render(request, "agencies/calendar_day_edit.html", {"form": form, "row": row})


@post(_KEEPERS)
def day_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the province's own days out of the calendar."""
    row = _visible(request, pk)
    calendar.remove(calendar_day=row, by=signed_in(request))
    messages.success(request, f"Đã bỏ ngày {row.day:%d/%m/%Y} khỏi lịch.")
    return _to_list(row)


def _visible(request: HttpRequest, pk: int) -> CalendarDay:
    rows = CalendarDay.objects.visible_to(signed_in(request)).select_related("province")
    return get_object_or_404(rows, pk=pk)


def _provinces(user: User) -> list[Province]:
    wanted = user.standing().province_ids
    return list(Province.objects.filter(pk__in=wanted).order_by("name"))


def _kept(user: User) -> list[Province]:
    return [one for one in _provinces(user) if may_keep_calendar(user, one)]


def _chosen(request: HttpRequest, provinces: list[Province]) -> Province | None:
    """The one that ``?tinh=`` names, or the first; a person without a post has none."""
    code = request.GET.get("tinh", "")
    named = (one for one in provinces if one.code == code)
    return next(named, provinces[0] if provinces else None)


def _year(request: HttpRequest) -> int:
    """The year in the address; this one when it cannot be read."""
    asked = request.GET.get("nam", "")
    year = int(asked) if _YEAR.fullmatch(asked) else 0
    return year if year in _YEARS else clock.today().year


def _to_list(row: CalendarDay) -> HttpResponse:
    query = f"?nam={row.day.year}&tinh={row.province.code}"
    return redirect(reverse("agencies:calendar-day-list") + query)
