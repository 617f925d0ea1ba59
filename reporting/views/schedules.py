"""The pages of reports that are made again and again."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import Province, User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from reporting import policies, recurrence, run_policies
from reporting.actions import schedules
from reporting.models import Run, ScheduledRun
from reporting.readers import overseers
from reporting.run_forms import ScheduleForm
from reporting.views.choice import chosen_province, other_provinces


@page(SIGNED_IN)
def schedule_list(request: HttpRequest) -> HttpResponse:
    """Every schedule of the provinces that the person oversees."""
    user = signed_in(request)
    require(policies.may_oversee_some(user))
    rows = list(ScheduledRun.objects.visible_to(user).for_list())
    runs = Run.objects.newest_of(rows).for_list().defer("frozen")
    last = {run.schedule_id: run for run in runs}
    lines = [
        {
            "schedule": row,
            "turn": recurrence.of_day(row.kind, row.after_days, row.next_on),
            "may_keep": run_policies.may_keep(user, row),
            "last": last.get(row.pk),
        }
        for row in rows
    ]
    return render(request, "reporting/schedule_list.html", {"lines": lines})


@page(SIGNED_IN, form=True)
def schedule_add(request: HttpRequest) -> HttpResponse:
    """A new schedule of a province."""
    user = signed_in(request)
    province = chosen_province(request, user)
    require(run_policies.may_schedule(user, province))
    form = ScheduleForm(request.POST or None, readers=_readers(province), schedule=None)
    if request.method == "POST" and form.is_valid():
        try:
            made = schedules.add(province=province, terms=form.terms(), by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã đặt lịch; lần lập đầu tiên: {made.next_on:%d/%m/%Y}.")
            return redirect("reporting:schedule-list")
    heading = "Đặt lịch lập báo cáo"
    lead = f"Báo cáo tổng hợp toàn tỉnh {province.name}"
    return _form_page(request, form, heading, lead, province)


@page(SIGNED_IN, form=True)
def schedule_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other terms for a schedule."""
    user, schedule = signed_in(request), _visible(request, pk)
    require(run_policies.may_keep(user, schedule))
    initial = {
        "every": schedule.every,
        "after_days": schedule.after_days,
        "file_format": schedule.format,
        "recipients": schedule.recipients.all(),
    }
    readers = _readers(schedule.province)
    form = ScheduleForm(request.POST or None, readers=readers, schedule=schedule, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            schedules.change(schedule=schedule, terms=form.terms(), by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu lịch.")
            return redirect("reporting:schedule-list")
    return _form_page(request, form, "Sửa lịch lập báo cáo", str(schedule))


@post(SIGNED_IN)
def schedule_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Make nothing for a while."""
    schedules.pause(schedule=_visible(request, pk), by=signed_in(request))
    messages.success(request, "Đã tạm dừng lịch.")
    return redirect("reporting:schedule-list")


@post(SIGNED_IN)
def schedule_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on, in one's own name."""
    try:
        resumed = schedules.resume(schedule=_visible(request, pk), by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Lịch chạy lại; lần lập tới: {resumed.next_on:%d/%m/%Y}.")
    return redirect("reporting:schedule-list")


@post(SIGNED_IN)
def schedule_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Make no more."""
    schedules.remove(schedule=_visible(request, pk), by=signed_in(request))
    messages.success(request, "Đã xóa lịch; các báo cáo đã lập vẫn còn.")
    return redirect("reporting:schedule-list")


def _visible(request: HttpRequest, pk: int) -> ScheduledRun:
    rows = ScheduledRun.objects.visible_to(signed_in(request)).with_people()
    return get_object_or_404(rows, pk=pk)


def _readers(province: Province) -> QuerySet[User]:
    return overseers(province, clock.today())


def _form_page(
    request: HttpRequest,
    form: ScheduleForm,
    heading: str,
    lead: str,
    province: Province | None = None,
) -> HttpResponse:
    """The form; of a new schedule with the way to another ``province``."""
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "back": reverse("reporting:schedule-list"),
        "province": province,
        "provinces": other_provinces(signed_in(request)) if province else [],
    }
    return render(request, "reporting/schedule_form.html", context)
