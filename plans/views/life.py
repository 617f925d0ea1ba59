"""The steps of a plan's life: signature, number, signed paper, amendment, end."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, signed_in
from cchc.lib import clock, vault
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.actions import amend, life, signed_files
from plans.forms.steps import NumberForm, ReasonForm, SignedFileForm
from plans.models import Plan, SignedFile


@post(SIGNED_IN)
def plan_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft for signature."""
    plan = life.submit(plan=_visible(request, pk), by=signed_in(request))
    messages.success(request, "Đã ghi trình ký; nội dung được khóa đến khi ban hành hoặc rút về.")
    return redirect("plans:plan-detail", plan.pk)


@page(SIGNED_IN, form=True)
def plan_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a draft again, with a reason."""
    user, plan = signed_in(request), _visible(request, pk)
    require(policies.may_take_back(user, plan))
    form = ReasonForm(request.POST or None, button="Rút về dự thảo")
    if _done(form, lambda: life.take_back(plan=plan, reason=form.cleaned_data["reason"], by=user)):
        messages.success(request, "Đã rút kế hoạch về dự thảo.")
        return redirect("plans:plan-detail", plan.pk)
    return _form(request, plan, form, "Rút kế hoạch về dự thảo")


@page(SIGNED_IN, form=True)
def plan_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the number and the day that the clerk gave."""
    user, plan = signed_in(request), _visible(request, pk)
    require(policies.may_record_number(user, plan))
    initial = {"number": plan.number, "signed_on": clock.today()}
    form = NumberForm(request.POST or None, initial=initial)
    if _done(form, lambda: life.record_number(plan=plan, by=user, **form.cleaned_data)):
        messages.success(request, "Đã ghi số và ngày ban hành.")
        return redirect("plans:plan-detail", plan.pk)
    return _form(request, plan, form, f"Ghi số, ngày ban hành (ký hiệu {plan.symbol or 'chưa có'})")


@post(SIGNED_IN)
def plan_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a plan whose time is over."""
    plan = life.close(plan=_visible(request, pk), by=signed_in(request))
    messages.success(request, "Đã kết thúc kế hoạch.")
    return redirect("plans:plan-detail", plan.pk)


@page(SIGNED_IN, form=True)
def plan_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the working copy of an amendment, with its reason."""
    user, plan = signed_in(request), _visible(request, pk)
    require(policies.may_amend(user, plan))
    form = ReasonForm(request.POST or None, button="Lập dự thảo sửa đổi")
    opened: list[Plan] = []
    if _done(
        form,
        lambda: opened.append(
            amend.open_amendment(plan=plan, reason=form.cleaned_data["reason"], by=user)
        ),
    ):
        messages.success(
            request, "Đã lập dự thảo sửa đổi; kế hoạch đang có hiệu lực chưa thay đổi gì."
        )
        return redirect("plans:plan-detail", opened[0].pk)
    return _form(request, plan, form, "Sửa đổi kế hoạch")


@post(SIGNED_IN)
def amendment_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the working copy in the plan's place."""
    plan, done = amend.issue_amendment(copy=_visible(request, pk), by=signed_in(request))
    messages.success(request, f"Đã ban hành bản sửa đổi lần {plan.revision}: {done}.")
    return redirect("plans:plan-detail", plan.pk)


@post(SIGNED_IN)
def amendment_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the working copy away."""
    plan = amend.give_up(copy=_visible(request, pk), by=signed_in(request))
    messages.success(request, "Đã bỏ dự thảo sửa đổi; kế hoạch giữ nguyên.")
    return redirect("plans:plan-detail", plan.pk)


@page(SIGNED_IN, form=True)
def signed_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the signed paper."""
    user, plan = signed_in(request), _visible(request, pk)
    require(policies.may_attach_signed(user, plan))
    form = SignedFileForm(request.POST or None, request.FILES or None)
    if _done(form, lambda: _attach(plan, form.cleaned_data["file"], request)):
        messages.success(request, "Đã đính kèm bản ký.")
        return redirect("plans:plan-detail", plan.pk)
    return _form(request, plan, form, "Đính kèm bản ký")


@page(SIGNED_IN)
def signed_download(request: HttpRequest, pk: int) -> FileResponse:
    """The signed paper itself, as an attachment."""
    signed = _signed(request, pk)
    path = vault.path_of(signed.sha256)
    if signed.voided_at or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"ban-ky.pdf\"; filename*=UTF-8''{quote(signed.name)}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@page(SIGNED_IN, form=True)
def signed_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a wrong paper, with a reason."""
    user, signed = signed_in(request), _signed(request, pk)
    require(policies.may_attach_signed(user, signed.plan))
    form = ReasonForm(request.POST or None, button="Hủy bản ký")
    if _done(
        form, lambda: signed_files.void(signed=signed, reason=form.cleaned_data["reason"], by=user)
    ):
        messages.success(request, "Đã hủy bản ký.")
        return redirect("plans:plan-detail", signed.plan_id)
    return _form(request, signed.plan, form, f"Hủy bản ký “{signed.name}”")


def _attach(plan: Plan, file: UploadedFile, request: HttpRequest) -> None:
    if (file.size or 0) > signed_files.MAX_BYTES:
        raise Refused(signed_files.TOO_LARGE)
    signed_files.attach(
        plan=plan, name=file.name or "ban-ky.pdf", content=file.read(), by=signed_in(request)
    )


def _done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was sent, was right and was done; a refusal is said at the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _visible(request: HttpRequest, pk: int) -> Plan:
    plans = Plan.objects.visible_to(signed_in(request)).select_related("agency", "amends")
    return get_object_or_404(plans, pk=pk)


def _signed(request: HttpRequest, pk: int) -> SignedFile:
    visible = Plan.objects.visible_to(signed_in(request))
    files = SignedFile.objects.filter(plan__in=visible).select_related("plan__agency")
    return get_object_or_404(files, pk=pk)


def _form(request: HttpRequest, plan: Plan, form: forms.Form, title: str) -> HttpResponse:
    return render(request, "plans/step_form.html", {"plan": plan, "form": form, "title": title})
