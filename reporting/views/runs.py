"""The pages of ordered reports: list, order, progress, file."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import User
from cchc.lib.decisions import require
from reporting import policies, run_policies
from reporting.actions import runs
from reporting.forms import OrderForm
from reporting.frozen import changes, digest, thaw
from reporting.models import Run, ScheduledRun
from reporting.models.run import FileFormat
from reporting.run_forms import CheckForm
from reporting.views.choice import choose, chosen_province, obligations_of, other_provinces

_CONTENT_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.ZIP: "application/zip",
}
_SENT_TO_ME = "cho-toi"
# PDF, DOCX and XLSX of the same figures have the same hash of figures.
_FOUND = 6
# The tables of the report that its page shows; the rest is in the file.
_SHOWN_TABLES = 3


@page(SIGNED_IN)
def run_list(request: HttpRequest) -> HttpResponse:
    """Every ordered report of the provinces that the person oversees, newest first."""
    user = signed_in(request)
    require(policies.may_oversee_some(user))
    reports = Run.objects.visible_to(user).reports().for_list().defer("frozen")
    mine = request.GET.get("loc") == _SENT_TO_ME
    if mine:
        reports = reports.sent_to(user)
    context = {
        "page": Paginator(reports, 30).get_page(request.GET.get("page")),
        "mine": mine,
        "query": f"loc={_SENT_TO_ME}&" if mine else "",
        "stopped": ScheduledRun.objects.visible_to(user).stopped().filter(owner=user),
    }
    return render(request, "reporting/run_list.html", context)


@page(SIGNED_IN, form=True)
def run_order(request: HttpRequest) -> HttpResponse:
    """Order the consolidated report of a period."""
    user = signed_in(request)
    province = chosen_province(request, user)
    require(policies.may_order(user, province))
    choice = choose(request, obligations_of(province))
    form = OrderForm(
        request.POST or None,
        years={year.year: year.periods for year in choice.years},
        today=choice.today,
        initial={"ky": choice.period.code, "den_ngay": choice.as_of},
    )
    if request.method == "POST" and form.is_valid():
        run = runs.order(
            province=province,
            period=form.period,
            file_format=form.file_format,
            as_of=form.as_of,
            by=user,
        )
        return redirect("reporting:run-detail", run.pk)
    context = {
        "form": form,
        "province": province,
        "provinces": other_provinces(user),
        "choice": choice,
    }
    return render(request, "reporting/run_order.html", context)


@page(SIGNED_IN)
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One ordered report: how far it is, then its file and the figures it was made from."""
    context = _context(signed_in(request), _visible(request, pk))
    return render(request, "reporting/run_detail.html", context)


@page(SIGNED_IN)
def run_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that asks again every second until the job has ended."""
    context = _context(signed_in(request), _visible(request, pk))
    return render(request, "reporting/parts/run_state.html", context)


@page(SIGNED_IN)
def run_download(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, as an attachment."""
    run = _visible(request, pk)
    require(policies.may_download(run))
    try:
        file = (settings.FILES_DIR / run.file).open("rb")
    except FileNotFoundError as error:  # it may expire between the question and the answer
        raise Http404 from error
    response = FileResponse(file, content_type=_CONTENT_TYPES[FileFormat(run.format)])
    response.headers["Content-Disposition"] = _disposition(run)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@post(SIGNED_IN)
def run_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a report that is still being made."""
    runs.cancel(run=_visible(request, pk), by=signed_in(request))
    return redirect("reporting:run-detail", pk)


@post(SIGNED_IN)
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same order once more; its page compares the figures."""
    again = runs.order_again(run=_visible(request, pk), by=signed_in(request))
    return redirect("reporting:run-detail", again.pk)


@page(SIGNED_IN, form=True)
def run_check(request: HttpRequest) -> HttpResponse:
    """Whether a file, or the hash printed on a report, is of the system, and of which run.

    Whoever holds the one or the other may ask; only those who may see the run are led to it.
    """
    user = signed_in(request)
    is_sent = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if is_sent else CheckForm()
    context: dict[str, object] = {"form": form}
    if is_sent and form.is_valid():
        sha256 = form.sha256
        # Who sees some is not told of others' runs, whose figures may be equal by chance.
        seen = Run.objects.visible_to(user).with_hash(sha256).for_list()[:_FOUND]
        found = seen or Run.objects.with_hash(sha256).for_list()[:_FOUND]
        context |= {
            "form": CheckForm(),
            "sha256": sha256,
            "found": [
                {
                    "run": run,
                    "is_file": run.sha256 == sha256,
                    "intact": digest(run.frozen or []) == run.frozen_sha256,
                    "is_seen": bool(seen),
                }
                for run in found
            ],
        }
    return render(request, "reporting/run_check.html", context)


def _visible(request: HttpRequest, pk: int) -> Run:
    return get_object_or_404(Run.objects.visible_to(signed_in(request)).for_list(), pk=pk)


def _context(user: User, run: Run) -> dict[str, object]:
    # The tables of evidence are as wide as they are long: they are for paper.
    tables = thaw(run.frozen or [])[: 1 if run.agency_id else _SHOWN_TABLES]
    return {
        "run": run,
        "tables": tables,
        "is_open": run.job is not None and run.job.is_open,
        "can_download": policies.may_download(run),
        "can_repeat": run_policies.may_order_again(user, run),
        "made_at": run.job.finished_at if run.job else None,
        "before": _before(run),
    }


def _before(run: Run) -> dict[str, object] | None:
    """The run that this one repeats, and which figures are not the same any more."""
    if run.remake_of is None or run.frozen is None:
        return None
    before = run.remake_of.frozen
    return {"run": run.remake_of, "changed": changes(before, run.frozen) if before else ()}


def _disposition(run: Run) -> str:
    """An ASCII name for old readers and the Vietnamese one for the rest (RFC 6266)."""
    if run.plan:
        plain = f"Ke-hoach-{run.plan.agency.code}-{run.plan.year}"
        full = f"Kế hoạch {run.plan.reference} {run.plan.agency.short_name} {run.plan.year}"
    elif run.period_report:
        report = run.period_report
        code = report.unit.code if report.unit else report.agency.code
        plain = f"Bao-cao-CCHC-{code}-{run.period}"
        full = f"Báo cáo tuyên truyền CCHC {run.subject}"
    elif run.agency:
        plain = f"Tai-lieu-kiem-chung-{run.agency.code}-{run.period}"
        full = f"Tài liệu kiểm chứng {run.agency.short_name} {run.period}"
    else:
        plain = f"Bao-cao-tong-hop-CCHC-{run.province.code}-{run.period}"
        full = f"Báo cáo tổng hợp tuyên truyền CCHC {run.province.name} {run.subject}"
    named = quote(" ".join(full.replace("/", "-").split()))
    return f"attachment; filename=\"{plain}.{run.format}\"; filename*=UTF-8''{named}.{run.format}"
