"""Pages of reporting regimes: the year's regimes, a new one, the days of one period."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import Agency, Province, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from reporting import report_policies
from reporting.actions import regimes
from reporting.models import PeriodReport, ReportPeriod, ReportRegime
from reporting.models.period_report import ReportState
from reporting.regimes import READY_MADE
from reporting.report_forms import PeriodDaysForm, RegimeForm

_SETTERS = roles(*report_policies.SETTERS)


@page(_SETTERS)
def regime_list(request: HttpRequest) -> HttpResponse:
    """The regimes that the person sees, newest year first, and the ready-made ones."""
    user = signed_in(request)
    rows = (
        ReportRegime.objects.visible_to(user)
        .select_related("province", "agency")
        .prefetch_related("periods")
        .order_by("-year", "agency__order", "id")
    )
    begun = PeriodReport.objects.exclude(state=ReportState.NOT_STARTED)
    used = set(begun.filter(period__regime__in=rows).values_list("period__regime", flat=True))
    return render(
        request,
        "reporting/regime_list.html",
        {
            "regimes": [
                (
                    regime,
                    sorted(regime.periods.all(), key=lambda p: (p.due_on, p.window_end)),
                    regime.pk in used,
                )
                for regime in rows
            ],
            "places": [
                (key, place, [(code, READY_MADE[code].name) for code in _templates(place)])
                for key, place in _places(user).items()
            ],
        },
    )


@page(_SETTERS, form=True)
def regime_add(request: HttpRequest, place: str, template: str) -> HttpResponse:
    """A regime of a year, from a ready-made one."""
    user = signed_in(request)
    where = _places(user).get(place)
    if where is None or template not in _templates(where):
        raise Http404
    agency = where if isinstance(where, Agency) else None
    province = where.province if isinstance(where, Agency) else where
    form = RegimeForm(request.POST or None, template=template, year=clock.today().year)
    if request.method == "POST" and form.is_valid():
        try:
            regimes.set_up(
                province=province,
                agency=agency,
                year=form.cleaned_data["year"],
                terms=form.terms(),
                by=user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "Đã đặt chế độ báo cáo; các kỳ đã mở có trong Báo cáo định kỳ."
            )
            return redirect("reporting:regime-list")
    context = {"form": form, "heading": "Đặt chế độ báo cáo", "lead": str(where)}
    return render(request, "reporting/regime_form.html", context)


@page(_SETTERS, form=True)
def period_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The days of one period as a letter sets them."""
    user = signed_in(request)
    seen = ReportRegime.objects.visible_to(user)
    rows = ReportPeriod.objects.select_related("regime__province", "regime__agency")
    period = get_object_or_404(rows, pk=pk, regime__in=seen)
    require(report_policies.may_change(user, period.regime))
    form = PeriodDaysForm(request.POST or None, period=period)
    if request.method == "POST" and form.is_valid():
        try:
            regimes.change_period(
                period=period, days=form.days(), letter=form.cleaned_data["letter"], by=user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu.")
            return redirect("reporting:regime-list")
    context = {
        "form": form,
        "heading": f"Điều chỉnh kỳ báo cáo {period.label}",
        "lead": str(period.regime),
    }
    return render(request, "reporting/regime_form.html", context)


@post(SIGNED_IN)
def regime_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a regime that nobody has reported under."""
    user = signed_in(request)
    regime = get_object_or_404(ReportRegime.objects.visible_to(user), pk=pk)
    regimes.remove(regime=regime, by=user)
    messages.success(request, "Đã xóa chế độ báo cáo.")
    return redirect("reporting:regime-list")


def _places(user: User) -> dict[str, Province | Agency]:
    """Where the person sets regimes, by a short key of the address."""
    standing = user.standing()
    homes = {p.province_id for p in standing.posts if p.role is Role.HOME_AFFAIRS}
    offices = standing.agencies_as(Role.AGENCY_OFFICE)
    found: dict[str, Province | Agency] = {
        province.code: province for province in Province.objects.filter(pk__in=homes)
    }
    agencies = Agency.objects.filter(pk__in=offices).select_related("province").in_order()
    return found | {agency.code: agency for agency in agencies}


def _templates(place: Province | Agency) -> tuple[str, ...]:
    return ("monthly",) if isinstance(place, Agency) else ("bnv581", "nd09", "calendar")
