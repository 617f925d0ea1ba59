"""Pages of an agency's units: the list, one unit, its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.actions import clearance, units
from agencies.models import Agency, Unit, User
from agencies.models.agency import AgencyQuerySet
from agencies.policies import may_end_unit, may_keep_units, may_switch_clearance
from agencies.roles import Role
from agencies.unit_forms import UnitEndForm, UnitForm
from cchc.lib import clock
from cchc.lib.decisions import Refused, require

_OFFICE = roles(Role.AGENCY_OFFICE)
_MOST_NAMED = 5


@page(_OFFICE)
def unit_list(request: HttpRequest) -> HttpResponse:
    """The units of the agencies whose office the person is."""
    user, today = signed_in(request), clock.today()
    rows = Unit.objects.kept_by(user).with_people(today).select_related("agency").in_order()
    context = {"units": rows, "today": today, "agencies": _offices(user)}
    return render(request, "agencies/unit_list.html", context)


@page(_OFFICE, form=True)
def unit_add(request: HttpRequest) -> HttpResponse:
    """A unit that the agency does not have; its name may come with the address."""
    user = signed_in(request)
    offices = list(_offices(user))
    form = UnitForm(
        request.POST or None,
        agencies=_offices(user) if len(offices) > 1 else None,
        initial={"name": request.GET.get("name", "")[:160], "agency": request.GET.get("agency")},
    )

    def add() -> None:
        agency = form.cleaned_data.get("agency") or offices[0]
        unit = units.add(agency=agency, terms=form.terms(), by=user)
        messages.success(request, f"Đã thêm {unit.name}.")

    if _done(form, add):
        return redirect("agencies:unit-list")
    context = {"form": form, "heading": "Thêm đơn vị", "agency": _only(offices)}
    return render(request, "agencies/unit_form.html", context)


@page(_OFFICE, form=True)
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what is said of a unit."""
    user, unit = signed_in(request), _visible(request, pk)
    require(may_keep_units(user, unit.agency))
    form = UnitForm(request.POST or None, unit=unit)

    def correct() -> None:
        changed = units.correct(unit=unit, terms=form.terms(), by=user)
        messages.success(request, f"Đã sửa {changed.name}.")
        if changed.until and changed.until != unit.until:
            _warn(request, changed, changed.until)

    if _done(form, correct):
        return redirect("agencies:unit-list")
    context = {
        "form": form,
        "heading": "Sửa đơn vị",
        "unit": unit,
        "agency": unit.agency,
        "end_decision": may_end_unit(user, unit),
    }
    return render(request, "agencies/unit_form.html", context)


@page(_OFFICE, form=True)
def unit_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's last day, with what it leaves behind."""
    user, unit, today = signed_in(request), _visible(request, pk), clock.today()
    require(may_end_unit(user, unit))
    form = UnitEndForm(request.POST or None, initial={"until": today})

    def end() -> None:
        ended = units.end(unit=unit, until=form.cleaned_data["until"], by=user)
        messages.success(request, f"Đã ghi {ended.name} kết thúc.")
        _warn(request, ended, form.cleaned_data["until"])

    if _done(form, end):
        return redirect("agencies:unit-list")
    context = {"form": form, "unit": unit, "remarks": _left_behind(unit, today)}
    return render(request, "agencies/unit_end.html", context)


@post(SIGNED_IN)
def unit_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit added by mistake goes away."""
    user, unit = signed_in(request), _visible(request, pk)
    require(may_keep_units(user, unit.agency))
    try:
        units.remove(unit=unit, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("agencies:unit-edit", unit.pk)
    messages.success(request, f"Đã xóa {unit.name}.")
    return redirect("agencies:unit-list")


@post(SIGNED_IN)
def clearance_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Unit heads clear before anything is sent, or no more."""
    user = signed_in(request)
    agency = get_object_or_404(Agency.objects.visible_to(user), pk=pk)
    require(may_switch_clearance(user, agency))
    on = request.POST.get("on") == "1"
    try:
        clearance.switch(agency=agency, on=on, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã {'bật' if on else 'tắt'} duyệt nội bộ của {agency.name}.")
    return redirect("agencies:unit-list")


def _visible(request: HttpRequest, pk: int) -> Unit:
    rows = Unit.objects.visible_to(signed_in(request)).select_related("agency")
    return get_object_or_404(rows, pk=pk)


def _offices(user: User) -> AgencyQuerySet:
    """The agencies whose office the person is."""
    wanted = user.standing().agencies_as(Role.AGENCY_OFFICE)
    return Agency.objects.visible_to(user).filter(pk__in=wanted).in_order()


def _only(agencies: list[Agency]) -> Agency | None:
    return agencies[0] if len(agencies) == 1 else None


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


def _warn(request: HttpRequest, unit: Unit, until: date) -> None:
    for sentence in _left_behind(unit, until):
        messages.warning(request, sentence)


def _left_behind(unit: Unit, until: date) -> list[str]:
    """The people and the turns that a unit still has when it ends."""
    sentences = []
    people = unit.people_on(clock.today())
    if people:
        named = ", ".join(people[:_MOST_NAMED])
        more = f" và {len(people) - _MOST_NAMED} người khác" if len(people) > _MOST_NAMED else ""
        sentences.append(
            f"{len(people)} người đang thuộc {unit.name}: {named}{more}. "
            "Hãy đề nghị quản trị hệ thống chuyển họ sang đơn vị khác."
        )
    if turns := unit.work_due_after(until):
        sentences.append(
            f"{turns} đầu việc của {unit.name} chưa thực hiện, có hạn sau ngày {until:%d/%m/%Y}: "
            "hãy giao đơn vị khác làm thay trên trang kế hoạch."
        )
    return sentences
