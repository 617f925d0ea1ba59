"""Pages of the PAR Index scores: the province's year, one agency's sheet, the appraisal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import Agency, Province, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Decision, Refused, require
from cchc.lib.spreadsheets import Sheet
from plans.periods import Period, PeriodKind
from plans.views.workbooks import workbook
from reporting import policies, score_policies, score_tables, scoring
from reporting.actions import runs, scores
from reporting.actions.score_terms import YEARS
from reporting.matrices import LINES_ANCHOR, agency_address
from reporting.models import AgencyScore, Run, ScoreCriterion
from reporting.models.run import ReportKind
from reporting.models.score import Measure
from reporting.score_facts import Found, measured
from reporting.score_forms import AppraisalForm, AsOfForm, NoteForm, WithdrawForm
from reporting.views.choice import chosen_province, other_provinces

WRONG_YEAR = "Không đọc được năm “{text}”; cần dạng 2024, từ 2016 đến 2100. Đang xem năm {year}."


@dataclass(frozen=True, slots=True)
class Shown:
    """One criterion on an agency's sheet.

    ``now`` is what the records would give by now where that is another thing; ``text`` what the
    agency says, or was about to say; ``duties`` the page of the duties behind the points.
    """

    criterion: ScoreCriterion
    score: AgencyScore | None
    bands: list[tuple[str, str]]
    now: str
    text: str
    duties: str
    note: Decision
    appraise: Decision
    withdraw: Decision


@page(SIGNED_IN)
def score_list(request: HttpRequest) -> HttpResponse:
    """The scores of the province that the person oversees; anybody else's own agency."""
    user = signed_in(request)
    require(policies.may_read_some_agency(user))
    if not user.standing().overseen_province_ids:
        return _own_sheet(request, user)
    province = chosen_province(request, user)
    year, problems = chosen_year(request, province)
    found = score_tables.overview(province, year)
    by_place = request.GET.get("xep") == "hang"
    today = clock.today()
    fill = score_policies.may_score_for(user, province, year, today)
    context = {
        "province": province,
        "provinces": other_provinces(user),
        "year": year,
        "years": _years(province, year),
        "problems": problems,
        "found": found,
        "table": score_tables.table(found, by_place=by_place),
        "by_place": by_place,
        "terms_address": _terms_address(province, year),
        "sets": score_policies.sets_terms(user, province.pk),
        "fill": fill if found.criteria and found.unscored else None,
        "form": AsOfForm(day=_last_day(year)),
    }
    return render(request, "reporting/score_list.html", context)


@page(SIGNED_IN)
def score_export(request: HttpRequest) -> HttpResponseBase:
    """The table as it is seen, as a workbook."""
    user = signed_in(request)
    province = chosen_province(request, user)
    year, _ = chosen_year(request, province)
    found = score_tables.overview(province, year)
    shown = score_tables.table(found, by_place=request.GET.get("xep") == "hang")
    sheet = Sheet("Điểm tuyên truyền", shown, (f"TỈNH {province.name.upper()}",))
    title = f"Điểm tuyên truyền CCHC {province.name} {year}"
    return workbook([sheet], title=title, plain=f"Diem-tuyen-truyen-{province.code}-{year}")


@post(SIGNED_IN)
def score_fill(request: HttpRequest) -> HttpResponse:
    """Compute the points of the agencies that have not done so themselves."""
    user = signed_in(request)
    province = chosen_province(request, user)
    require(score_policies.may_set_terms(user, province))
    year, _ = chosen_year(request, province)
    form = AsOfForm(request.POST, day=_last_day(year))
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["as_of"])))
    else:
        try:
            count = scores.score_missing(
                province=province, year=year, as_of=form.cleaned_data["as_of"], by=user
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã tính điểm từ số liệu cho {count} cơ quan.")
    return redirect(f"{reverse('reporting:score-list')}?tinh={province.code}&nam={year}")


@page(SIGNED_IN)
def score_sheet(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One agency's points by criterion, how they come about, and what was said of them."""
    user = signed_in(request)
    return _sheet(request, _agency(user, pk), year_or_404(year))


@post(SIGNED_IN)
def score_compute(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Compute the agency's own points from the records."""
    user = signed_in(request)
    agency = _agency(user, pk)
    require(score_policies.may_score(user, agency, year_or_404(year), clock.today()))
    form = AsOfForm(request.POST, day=_last_day(year))
    if not form.is_valid():
        return _sheet(request, agency, year, form=form)
    try:
        scores.self_score(agency=agency, year=year, as_of=form.cleaned_data["as_of"], by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã tính điểm tự chấm từ số liệu.")
    return _to_sheet(agency.pk, year)


@post(SIGNED_IN)
def score_evidence(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Order the evidence of the agency's year; its run's page leads to the file."""
    user = signed_in(request)
    agency = _agency(user, pk)
    try:
        run = runs.order_evidence(agency=agency, year=year_or_404(year), by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _to_sheet(agency.pk, year)
    return redirect("reporting:run-detail", run.pk)


@post(SIGNED_IN)
def score_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the agency says beside its points; what cannot be kept stays in its field."""
    user = signed_in(request)
    score = _score(user, pk)
    require(score_policies.may_note(user, score))
    form = NoteForm(request.POST)
    try:
        scores.note(score=score, text=form.words(), by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        typed = {pk: request.POST.get("text", "")}
        return _sheet(request, score.agency, score.criterion.year, typed=typed)
    messages.success(request, "Đã lưu giải trình.")
    return _to_sheet(score.agency_id, score.criterion.year)


@page(SIGNED_IN, form=True)
def score_appraise(request: HttpRequest, pk: int) -> HttpResponse:
    """The appraiser's points beside the agency's own."""
    user = signed_in(request)
    score = _score(user, pk)
    require(score_policies.may_appraise(user, score))
    form = AppraisalForm(request.POST or None, score=score)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            scores.appraise(
                score=score,
                points=data["points"],
                reason=data["reason"],
                seen=data["seen"],
                by=user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.look_again()
        else:
            messages.success(request, "Đã lưu kết quả thẩm định.")
            return _to_sheet(score.agency_id, score.criterion.year)
    return render(request, "reporting/score_form.html", {"score": score, "form": form})


@page(SIGNED_IN, form=True)
def score_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an appraisal back, with a reason."""
    user = signed_in(request)
    score = _score(user, pk)
    require(score_policies.may_withdraw(user, score))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            scores.withdraw(score=score, reason=form.cleaned_data["reason"], by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã hủy kết quả thẩm định; cơ quan tự chấm lại được.")
            return _to_sheet(score.agency_id, score.criterion.year)
    context = {"score": score, "form": form, "withdraws": True}
    return render(request, "reporting/score_form.html", context)


def chosen_year(request: HttpRequest, province: Province) -> tuple[int, list[str]]:
    """The year that ``?nam=`` names, or the latest begun one that has criteria."""
    text = request.GET.get("nam", "").strip()[:20]
    today = clock.today().year
    if text.isascii() and text.isdigit() and int(text) in YEARS:
        return int(text), []
    begun = ScoreCriterion.objects.filter(province=province, year__lte=today)
    year = begun.order_by("-year").values_list("year", flat=True).first() or today
    return year, [WRONG_YEAR.format(text=text, year=year)] if text else []


def year_or_404(year: int) -> int:
    """The year of an address."""
    if year not in YEARS:
        raise Http404
    return year


def _terms_address(province: Province, year: int) -> str:
    query = urlencode({"tinh": province.code, "nam": year})
    return f"{reverse('reporting:score-terms')}?{query}"


def _last_day(year: int) -> date:
    """The last day of the year that there is: what came in since still counts on its own day."""
    return min(clock.today(), date(year, 12, 31))


def _years(province: Province, year: int) -> list[int]:
    known = ScoreCriterion.objects.filter(province=province).values_list("year", flat=True)
    return sorted({*known.distinct(), clock.today().year, year}, reverse=True)


def _own_sheet(request: HttpRequest, user: User) -> HttpResponseRedirect:
    """The sheet of the agency where the person works."""
    standing = user.standing()
    pk = next(p.agency_id for p in standing.posts if p.agency_id in standing.readable_agency_ids)
    agency = Agency.objects.select_related("province").get(pk=pk)
    year, _ = chosen_year(request, agency.province)
    return _to_sheet(pk, year)


def _sheet(
    request: HttpRequest,
    agency: Agency,
    year: int,
    form: AsOfForm | None = None,
    typed: dict[int, str] | None = None,
) -> HttpResponse:
    user, today = signed_in(request), clock.today()
    criteria = list(ScoreCriterion.objects.of_year(agency.province, year))
    rows = AgencyScore.objects.filter(agency=agency, criterion__in=criteria)
    known = {row.criterion_id: row for row in rows.select_related("scored_by", "appraised_by")}
    now = measured([agency.pk], year, _last_day(year)) if year <= today.year else {}
    shown = []
    for criterion in criteria:
        score = known.get(criterion.pk)
        if score is not None:
            score.agency, score.criterion = agency, criterion
        found = now.get((agency.pk, Measure(criterion.measure)))
        each = _shown(user, criterion, score, found)
        if typed and score is not None and score.pk in typed:
            each = replace(each, text=typed[score.pk])
        shown.append(each)
    line = score_tables.Line(agency, agency.name, known)
    compute = score_policies.may_score(user, agency, year, today)
    if compute:
        appraised = sum(score.appraised_at is not None for score in known.values())
        compute = score_policies.may_recompute(year, len(criteria), appraised)
    context = {
        "agency": agency,
        "year": year,
        "years": _years(agency.province, year),
        "shown": shown,
        "sums": score_tables.facts(line),
        "compute": compute,
        "office": user.standing().holds({Role.AGENCY_OFFICE}, agency.pk),
        "form": form or AsOfForm(day=_last_day(year)),
        "rounding": scoring.ROUNDING,
        "oversees": agency.province_id in user.standing().overseen_province_ids,
        "packs": _packs(user, agency, year),
    }
    return render(request, "reporting/score_sheet.html", context)


def _shown(
    user: User, criterion: ScoreCriterion, score: AgencyScore | None, now: Found | None
) -> Shown:
    formula = criterion.formula(now.done, now.expected) if now else ""
    none = Decision(False, "")
    return Shown(
        criterion,
        score,
        [
            (scoring.label_of(criterion.scale, band), scoring.given_by(band, criterion.maximum))
            for band in criterion.scale
        ],
        "" if score is not None and score.formula == formula else formula,
        score.self_note if score else "",
        _duties(criterion, score),
        score_policies.may_note(user, score) if score else none,
        score_policies.may_appraise(user, score) if score else none,
        score_policies.may_withdraw(user, score) if score else none,
    )


def _duties(criterion: ScoreCriterion, score: AgencyScore | None) -> str:
    if score is None or criterion.measure != Measure.COMPLETION:
        return ""
    year = Period(PeriodKind.YEAR, criterion.year)
    return agency_address(score.agency.code, year, score.as_of) + LINES_ANCHOR


def _packs(user: User, agency: Agency, year: int) -> list[Run]:
    """The evidence that the person has ordered of that year, newest first."""
    rows = Run.objects.visible_to(user).filter(report=ReportKind.EVIDENCE, agency=agency)
    return list(rows.filter(period=str(year)).for_list()[:5])


def _agency(user: User, pk: int) -> Agency:
    return get_object_or_404(Agency.objects.followed_by(user).select_related("province"), pk=pk)


def _score(user: User, pk: int) -> AgencyScore:
    rows = AgencyScore.objects.visible_to(user).select_related(
        "agency__province", "criterion__province", "scored_by", "appraised_by"
    )
    return get_object_or_404(rows, pk=pk)


def _to_sheet(agency_id: int, year: int) -> HttpResponseRedirect:
    return redirect("reporting:score-sheet", agency_id, year)
