"""The buttons of a plan's page that order its document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from agencies.access import SIGNED_IN, post, signed_in
from plans.models import Plan
from reporting.actions import runs
from reporting.models.run import FileFormat


@post(SIGNED_IN)
def plan_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the plan as PDF; its run's page leads to the file."""
    return _ordered(request, pk, FileFormat.PDF)


@post(SIGNED_IN)
def plan_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the plan as DOCX; its run's page leads to the file."""
    return _ordered(request, pk, FileFormat.DOCX)


def _ordered(request: HttpRequest, pk: int, file_format: FileFormat) -> HttpResponse:
    user = signed_in(request)
    plan = get_object_or_404(Plan.objects.visible_to(user).select_related("province"), pk=pk)
    run = runs.order_plan(plan=plan, file_format=file_format, by=user)
    return redirect("reporting:run-detail", run.pk)
