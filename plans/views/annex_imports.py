"""Bringing an annex into a draft: send, see what the check found, answer, import."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, signed_in
from cchc.lib.decisions import require
from plans import policies
from plans.actions import annex_imports
from plans.actions.annex import import_checked
from plans.annex_books import fault_table, faults_book, preview_table, template_book
from plans.annex_findings import SHOWN_FAULTS, Findings, from_json, proposal_text
from plans.assignable import Assignable, assignable
from plans.forms.imports import AS_GROUP, AnnexForm, AnswersForm, ImportForm
from plans.models import AnnexImport, Channel
from plans.task_rows import lost_quotas, repeated_codes
from plans.views.editor import closed, draft_of, edit_page
from plans.views.workbooks import workbook

# An annex of this many tasks is imported while the person waits; a larger one by a job.
AT_ONCE = 2_000


@page(SIGNED_IN, form=True)
def edit_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file or paste a table."""
    plan = draft_of(request, pk)
    refusal = closed(request, plan)
    if refusal is not None:
        return refusal
    form = AnnexForm(request.POST, request.FILES) if request.method == "POST" else AnnexForm()
    if form.is_valid():
        found = annex_imports.order_check(
            plan=plan,
            name=form.name,
            content=form.content,
            is_pasted=form.is_pasted,
            by=signed_in(request),
        )
        return redirect("plans:import-detail", found.pk)
    earlier = AnnexImport.objects.filter(plan=plan).for_page().order_by("-ordered_at")[:5]
    context = {"form": form, "earlier": earlier, "tasks": plan.tasks.count()}
    return edit_page(request, plan, "import", "plans/import_form.html", context)


@page(SIGNED_IN)
def import_template(request: HttpRequest, pk: int) -> FileResponse:
    """An empty annex with a guide and lists, made for this plan."""
    plan = draft_of(request, pk)
    require(policies.may_check_annex(signed_in(request), plan))
    channels = list(Channel.objects.filter(province=plan.province_id).order_by("order", "id"))
    book = template_book(plan, assignable(plan), channels)
    plain = f"Mau-phu-luc-{plan.agency.code}-{plan.year}"
    return workbook(book, title=f"Mẫu phụ lục {plan.agency.short_name} {plan.year}", plain=plain)


@page(SIGNED_IN)
def import_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the check found, with every fault and every question of the file."""
    found = _visible(request, pk)
    refusal = closed(request, found.plan)
    if refusal is not None:
        return refusal
    plan = draft_of(request, found.plan_id)
    return edit_page(request, plan, "import", "plans/import_detail.html", _context(found))


@page(SIGNED_IN)
def import_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that asks again until the job has ended."""
    found = _visible(request, pk)
    require(policies.may_check_annex(signed_in(request), found.plan))
    return render(request, "plans/parts/import_state.html", _context(found))


@page(SIGNED_IN)
def import_faults(request: HttpRequest, pk: UUID) -> FileResponse:
    """Every fault of the file as a workbook."""
    found = _visible(request, pk)
    require(policies.may_check_annex(signed_in(request), found.plan))
    if found.findings is None:
        raise Http404
    book = faults_book(found.plan, found.name, from_json(found.findings).faults)
    return workbook(book, title=f"Lỗi của {Path(found.name).stem}", plain="Loi-phu-luc")


@post(SIGNED_IN)
def import_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer the questions of the file, or choose its sheet, and check again."""
    found = _visible(request, pk)
    form = AnswersForm(request.POST, codes=assignable(found.plan).names)
    if form.is_valid():
        annex_imports.answer(
            annex_import=found,
            answers=form.answers,
            sheet=form.cleaned_data["sheet"],
            by=signed_in(request),
        )
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect("plans:import-detail", found.pk)


@post(SIGNED_IN)
def import_apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import all of it or nothing."""
    user, found = signed_in(request), _visible(request, pk)
    form = ImportForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("plans:import-detail", found.pk)
    count = from_json(found.findings).count if found.findings else 0
    if count > AT_ONCE:
        annex_imports.order_import(annex_import=found, mode=form.chosen, by=user)
        return redirect("plans:import-detail", found.pk)
    made = import_checked(annex_import=found, mode=form.chosen, by=user)
    messages.success(request, f"Đã nhập {made} nhiệm vụ từ “{found.name}”.")
    return redirect("plans:edit-annex", found.plan_id)


def _visible(request: HttpRequest, pk: UUID) -> AnnexImport:
    imports = AnnexImport.objects.visible_to(signed_in(request)).for_page()
    return get_object_or_404(imports, pk=pk)


def _context(found: AnnexImport) -> dict[str, object]:
    context: dict[str, object] = {
        "found": found,
        "is_open": found.job.is_open,
        "is_importing": found.job.task == annex_imports.IMPORT_TASK,
    }
    if found.job.is_open or found.imported_at is not None:
        return context
    names = assignable(found.plan)
    questions = {"names": names, "group": AS_GROUP, "questions": _questions(found, names)}
    if found.findings is None:
        return context | questions
    return context | questions | _found(found, from_json(found.findings), names)


def _found(found: AnnexImport, findings: Findings, names: Assignable) -> dict[str, object]:
    hidden = len(findings.faults) - len(findings.shown_faults)
    note = f"{len(findings.shown_faults)} lỗi đầu; tải tệp lỗi để xem đủ." if hidden else ""
    plan = found.plan
    tasks = plan.tasks.count()
    repeated = repeated_codes(plan, findings.tasks) if tasks and findings.is_importable else []
    return {
        "findings": findings,
        "fault_table": fault_table(findings.shown_faults, "Lỗi phải sửa", note),
        "notice_table": fault_table(
            findings.notices[:SHOWN_FAULTS], "Cần xem lại, không cản việc nhập", key="notices"
        ),
        "preview_table": preview_table(findings, names),
        "proposals": [(one.row, one.code, proposal_text(one.quota)) for one in findings.proposals],
        "tasks": tasks,
        "quotas": lost_quotas(plan, findings.tasks) if tasks else 0,
        "repeated": repeated,
    }


def _questions(found: AnnexImport, names: Assignable) -> list[dict[str, object]]:
    """Each unknown name once, those answered before with their answer, which may be changed."""
    answered = [
        {"name": name, "chosen": code or AS_GROUP, "rows": (), "near": ()}
        for name, code in found.answers.items()
    ]
    asked = from_json(found.findings).asked if found.findings else ()
    open_questions = [
        {
            "name": one.name,
            "chosen": "",
            "rows": one.rows,
            "near": [(code, names.names[code]) for code in one.near if code in names.names],
        }
        for one in asked
    ]
    return [*open_questions, *answered]
