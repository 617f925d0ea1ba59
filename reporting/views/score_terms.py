"""Pages of the criteria of a year: the whole set, one criterion, what its bands would give."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import Province, User
from cchc.lib import clock
from cchc.lib.decisions import Decision, Refused, require
from reporting import score_policies, scoring
from reporting.actions import score_terms as actions
from reporting.models import AgencyScore, ScoreCriterion
from reporting.score_forms import AdoptForm, CriterionForm
from reporting.views.choice import chosen_province
from reporting.views.scores import chosen_year


@page(SIGNED_IN)
def terms(request: HttpRequest) -> HttpResponse:
    """The criteria of a year with their bands and what these would give."""
    province = _set_by(request)
    year, problems = chosen_year(request, province)
    for problem in problems:
        messages.error(request, problem)
    return _show(request, province, year)


@post(SIGNED_IN)
def terms_adopt(request: HttpRequest) -> HttpResponse:
    """The whole set of a year at once."""
    province, year = _chosen(request)
    form = AdoptForm(request.POST, years=_earlier(province, year))
    if not form.is_valid():
        return _show(request, province, year, form)
    try:
        actions.adopt(
            province=province,
            year=year,
            source=form.year(),
            letter=form.cleaned_data["letter"],
            by=signed_in(request),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, province, year, form)
    messages.success(request, f"Đã đặt bộ tiêu chí năm {year}; sửa được từng tiêu chí.")
    return _to_terms(province, year)


@page(SIGNED_IN, form=True)
def criterion_add(request: HttpRequest) -> HttpResponse:
    """One more criterion."""
    province, year = _chosen(request)
    form = CriterionForm(request.POST or None, criterion=None)
    if _wants_saving(request) and form.is_valid():
        try:
            actions.add(province=province, year=year, terms=form.terms(), by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã thêm tiêu chí.")
            return _to_terms(province, year)
    return _form(request, form, f"Thêm tiêu chí năm {year}", province, year)


@page(SIGNED_IN, form=True)
def criterion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a criterion otherwise; the agencies' own points follow."""
    user = signed_in(request)
    criterion = _criterion(user, pk)
    province, year = criterion.province, criterion.year
    form = CriterionForm(request.POST or None, criterion=criterion)
    if _wants_saving(request) and form.is_valid():
        try:
            count = actions.change(criterion=criterion, terms=form.terms(), by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            more = f" Đã tính lại điểm tự chấm của {count} cơ quan." if count else ""
            messages.success(request, f"Đã lưu tiêu chí.{more}")
            return _to_terms(province, year)
    return _form(request, form, f"Sửa tiêu chí năm {year}", province, year, criterion)


@post(SIGNED_IN)
def criterion_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a criterion that nobody was scored by."""
    user = signed_in(request)
    criterion = _criterion(user, pk)
    try:
        actions.remove(criterion=criterion, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã xóa tiêu chí.")
    return _to_terms(criterion.province, criterion.year)


def _show(
    request: HttpRequest, province: Province, year: int, form: AdoptForm | None = None
) -> HttpResponse:
    criteria = list(ScoreCriterion.objects.of_year(province, year))
    years = ScoreCriterion.objects.filter(province=province).values_list("year", flat=True)
    this = clock.today().year
    context = {
        "province": province,
        "year": year,
        "years": sorted({*years.distinct(), this, this + 1, year}, reverse=True),
        "criteria": [
            (
                criterion,
                [
                    (
                        scoring.label_of(criterion.scale, band),
                        scoring.given_by(band, criterion.maximum),
                    )
                    for band in criterion.scale
                ],
                scoring.preview(criterion.scale, criterion.maximum),
            )
            for criterion in criteria
        ],
        "maximum": scoring.shown(scoring.total(c.maximum for c in criteria)),
        "change": _may_change(signed_in(request), province, year),
        "rounding": scoring.ROUNDING,
        "form": None if criteria else form or AdoptForm(years=_earlier(province, year)),
    }
    return render(request, "reporting/score_terms.html", context)


def _form(
    request: HttpRequest,
    form: CriterionForm,
    heading: str,
    province: Province,
    year: int,
    criterion: ScoreCriterion | None = None,
) -> HttpResponse:
    """The form, beside it what the bands give: as typed when they can be used."""
    shown = None
    if form.is_bound and form.is_valid():
        shown = scoring.preview(form.bands(), form.cleaned_data["maximum"])
    elif criterion is not None and not form.is_bound:
        shown = scoring.preview(criterion.scale, criterion.maximum)
    context = {
        "form": form,
        "heading": heading,
        "province": province,
        "year": year,
        "preview": shown,
        "change": _may_change(signed_in(request), province, year),
        "rounding": scoring.ROUNDING,
    }
    return render(request, "reporting/score_criterion.html", context)


def _wants_saving(request: HttpRequest) -> bool:
    return request.method == "POST" and "xem" not in request.POST


def _may_change(user: User, province: Province, year: int) -> Decision:
    given = AgencyScore.objects.filter(criterion__province=province, criterion__year=year)
    appraised = given.filter(appraised_at__isnull=False).count()
    return score_policies.may_change_terms(user, province, year, appraised)


def _chosen(request: HttpRequest) -> tuple[Province, int]:
    """The province and year of the address, where criteria are set: never those of another year."""
    province = _set_by(request)
    year, problems = chosen_year(request, province)
    if problems:
        raise Http404
    return province, year


def _set_by(request: HttpRequest) -> Province:
    """The province of the address, for whoever sets its criteria."""
    user = signed_in(request)
    province = chosen_province(request, user)
    require(score_policies.may_set_terms(user, province))
    return province


def _criterion(user: User, pk: int) -> ScoreCriterion:
    rows = ScoreCriterion.objects.visible_to(user).select_related("province")
    criterion = get_object_or_404(rows, pk=pk)
    require(score_policies.may_set_terms(user, criterion.province))
    return criterion


def _earlier(province: Province, year: int) -> list[int]:
    """Years with criteria that may be copied, the nearest first."""
    known = ScoreCriterion.objects.filter(province=province).exclude(year=year)
    years = set(known.values_list("year", flat=True))
    return sorted(years, key=lambda each: (abs(each - year), each))


def _to_terms(province: Province, year: int) -> HttpResponseRedirect:
    return redirect(f"{reverse('reporting:score-terms')}?tinh={province.code}&nam={year}")
