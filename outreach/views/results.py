"""Bringing results in from a file: send, see what the check found, answer, import."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import Agency, Unit, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Decision, Refused, require
from outreach.actions import results_import
from outreach.forms.results import AGENCY_ITSELF, AnswersForm, ResultsForm
from outreach.import_policies import may_cancel, may_import
from outreach.models import ResultsImport
from outreach.results_books import (
    faults_book,
    faults_table,
    notices_table,
    preview_table,
    template_book,
)
from outreach.results_check import known_names
from outreach.results_findings import from_json
from outreach.results_sheet.facts import Asking
from plans.models import Channel
from plans.views.workbooks import workbook

_OFFICE = roles(Role.AGENCY_OFFICE)
_ASKED = {Asking.UNIT: "Đơn vị", Asking.KIND: "Loại", Asking.CHANNEL: "Kênh"}


@page(_OFFICE, form=True)
def results_import_form(request: HttpRequest) -> HttpResponse:
    """Send a file or paste a table."""
    user = signed_in(request)
    agencies = _agencies(user)
    posted = request.method == "POST"
    form = ResultsForm(
        request.POST if posted else None, request.FILES if posted else None, agencies=agencies
    )
    if form.is_valid():
        found = results_import.order_check(
            agency=form.cleaned_data["agency"], name=form.name, content=form.content, by=user
        )
        return redirect("outreach:results-import-detail", found.pk)
    earlier = ResultsImport.objects.visible_to(user).for_page().order_by("-ordered_at")[:5]
    context = {"form": form, "agencies": agencies, "earlier": earlier}
    return render(request, "outreach/results/form.html", context)


@page(_OFFICE)
def results_template(request: HttpRequest, pk: int) -> FileResponse:
    """An empty sheet with a guide and lists, made for this agency."""
    user = signed_in(request)
    agency = get_object_or_404(Agency.objects.visible_to(user), pk=pk)
    require(may_import(user, agency))
    units = list(Unit.objects.filter(agency=agency).active_on(clock.today()).in_order())
    channels = list(Channel.objects.filter(province=agency.province_id).in_order())
    book = template_book(agency, units, channels)
    title = f"Mẫu kết quả tuyên truyền {agency.short_name}"
    return workbook(book, title=title, plain=f"Mau-ket-qua-{agency.code}")


@page(_OFFICE)
def results_import_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the check found, with every fault and every question of the file."""
    found, _ = _visible(request, pk)
    return render(request, "outreach/results/detail.html", _context(request, found))


@page(_OFFICE)
def results_import_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that asks again until the job has ended."""
    found, _ = _visible(request, pk)
    return render(request, "outreach/results/_state.html", _context(request, found))


@page(_OFFICE)
def results_import_faults(request: HttpRequest, pk: UUID) -> FileResponse:
    """The faults of the file as a workbook."""
    found, may = _visible(request, pk)
    require(may)
    if found.findings is None:
        raise Http404
    book = faults_book(found.agency, found.name, from_json(found.findings))
    return workbook(book, title=f"Lỗi của {Path(found.name).stem}", plain="Loi-ket-qua")


@post(SIGNED_IN)
def results_import_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer the questions of the file, or choose its sheet, and check again."""
    found, _ = _visible(request, pk)
    names = known_names(found.agency)
    codes = {asking: frozenset(one.code for one in ones) for asking, ones in names.items()}
    form = AnswersForm(request.POST, codes=codes)
    if form.is_valid():
        results_import.answer(
            results_import=found,
            answers=form.answers,
            sheet=form.cleaned_data["sheet"],
            by=signed_in(request),
        )
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect("outreach:results-import-detail", found.pk)


@post(SIGNED_IN)
def results_import_apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import all of it or nothing, by a job."""
    found, _ = _visible(request, pk)
    results_import.order_import(results_import=found, by=signed_in(request))
    return redirect("outreach:results-import-detail", found.pk)


@post(SIGNED_IN)
def results_import_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the check or the import."""
    found, _ = _visible(request, pk)
    try:
        results_import.cancel(results_import=found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("outreach:results-import-detail", found.pk)


def _agencies(user: User) -> list[Agency]:
    offices = user.standing().agencies_as(Role.AGENCY_OFFICE)
    return list(Agency.objects.filter(pk__in=offices).in_order())


def _visible(request: HttpRequest, pk: UUID) -> tuple[ResultsImport, Decision]:
    user = signed_in(request)
    found = get_object_or_404(ResultsImport.objects.visible_to(user).for_page(), pk=pk)
    return found, may_import(user, found.agency)


def _context(request: HttpRequest, found: ResultsImport) -> dict[str, object]:
    user = signed_in(request)
    context: dict[str, object] = {
        "found": found,
        "is_open": found.job.is_open,
        "is_importing": found.job.task == results_import.IMPORT_TASK,
        "may_import": may_import(user, found.agency),
        "may_cancel": may_cancel(user, found),
    }
    findings = from_json(found.findings) if found.findings else None
    context["findings"] = findings
    if found.job.is_open or found.imported_at is not None:
        return context
    context["questions"] = _questions(found)
    if findings is None:
        return context
    return context | {
        "fault_table": faults_table(findings),
        "notice_table": notices_table(findings),
        "preview_table": preview_table(findings),
    }


def _questions(found: ResultsImport) -> list[dict[str, object]]:
    """Each unknown name once, those answered before with their answer, which may be changed."""
    asked = from_json(found.findings).asked if found.findings else ()
    if not asked and not found.answers:
        return []
    names = {
        asking: {one.code or AGENCY_ITSELF: one.names[0] for one in ones}
        for asking, ones in known_names(found.agency).items()
    }
    questions: list[dict[str, object]] = [
        {
            "question": one.question,
            "column": _ASKED[one.asking],
            "name": one.name,
            "rows": one.rows,
            "more": one.more,
            "chosen": "",
            "near": [(code, names[one.asking][code]) for code in _codes(one.near)],
            "choices": names[one.asking].items(),
        }
        for one in asked
    ]
    for question, code in found.answers.items():
        said, _, name = question.partition(":")
        asking = Asking(said)
        questions.append(
            {
                "question": question,
                "column": _ASKED[asking],
                "name": name,
                "rows": (),
                "chosen": code or AGENCY_ITSELF,
                "choices": names[asking].items(),
            }
        )
    return questions


def _codes(near: tuple[str, ...]) -> list[str]:
    return [code or AGENCY_ITSELF for code in near]
