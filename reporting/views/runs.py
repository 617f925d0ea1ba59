"""The pages of ordered reports: list, order, progress, file."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, signed_in
from cchc.lib.decisions import require
from reporting import policies
from reporting.actions import runs
from reporting.forms import OrderForm
from reporting.frozen import thaw
from reporting.models import Run
from reporting.models.run import FileFormat
from reporting.views.choice import choose, chosen_province, obligations_of

_CONTENT_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The tables of the report that its page shows; the rest is in the file.
_SHOWN_TABLES = 3


@page(SIGNED_IN)
def run_list(request: HttpRequest) -> HttpResponse:
    """Every ordered report of the provinces that the person oversees, newest first."""
    user = signed_in(request)
    require(policies.may_oversee_some(user))
    reports = Run.objects.visible_to(user).reports().for_list()
    page_of_runs = Paginator(reports, 30).get_page(request.GET.get("page"))
    return render(request, "reporting/run_list.html", {"page": page_of_runs})


@page(SIGNED_IN, form=True)
def run_order(request: HttpRequest) -> HttpResponse:
    """Order the consolidated report of a period."""
    user = signed_in(request)
    province = chosen_province(request, user)
    require(policies.may_order(user, province))
    choice = choose(request, obligations_of(province))
    form = OrderForm(
        request.POST or None,
        years={year.year: (*year.quarters, *year.months) for year in choice.years},
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
    context = {"form": form, "province": province, "choice": choice}
    return render(request, "reporting/run_order.html", context)


@page(SIGNED_IN)
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One ordered report: how far it is, then its file and the figures it was made from."""
    return render(request, "reporting/run_detail.html", _context(_visible(request, pk)))


@page(SIGNED_IN)
def run_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that asks again every second until the job has ended."""
    return render(request, "reporting/parts/run_state.html", _context(_visible(request, pk)))


@page(SIGNED_IN)
def run_download(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, as an attachment."""
    run = _visible(request, pk)
    require(policies.may_download(run))
    path = settings.FILES_DIR / run.file
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=_CONTENT_TYPES[FileFormat(run.format)])
    response.headers["Content-Disposition"] = _disposition(run)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@post(SIGNED_IN)
def run_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a report that is still being made."""
    runs.cancel(run=_visible(request, pk), by=signed_in(request))
    return redirect("reporting:run-detail", pk)


def _visible(request: HttpRequest, pk: int) -> Run:
    return get_object_or_404(Run.objects.visible_to(signed_in(request)).for_list(), pk=pk)


def _context(run: Run) -> dict[str, object]:
    tables = thaw(run.frozen or [])[:_SHOWN_TABLES]
    return {
        "run": run,
        "tables": tables,
        "is_open": run.job is not None and run.job.is_open,
        "can_download": policies.may_download(run),
    }


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
    else:
        plain = f"Bao-cao-tong-hop-CCHC-{run.province.code}-{run.period}"
        full = f"Báo cáo tổng hợp tuyên truyền CCHC {run.province.name} {run.subject}"
    named = quote(" ".join(full.replace("/", "-").split()))
    return f"attachment; filename=\"{plain}.{run.format}\"; filename*=UTF-8''{named}.{run.format}"
