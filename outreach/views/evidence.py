"""Evidence of an activity: added, given out as attachments only, voided with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import User
from cchc.lib import vault
from cchc.lib.decisions import Refused, require
from cchc.lib.filetypes import FileType
from outreach.actions import evidence as actions
from outreach.forms import ReasonForm
from outreach.forms.evidence import FilesForm, LinkForm
from outreach.models import Evidence
from outreach.policies import may_prove, may_void_evidence
from outreach.views.activities import load, show
from outreach.views.proofs import Sent
from outreach.views.proving import add_files


@post(SIGNED_IN)
def evidence_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep every file of the post that is what it should be; say of the others why not."""
    user = signed_in(request)
    activity = load(user, pk)
    require(may_prove(user, activity))
    form = FilesForm(files=request.FILES)
    if not form.is_valid():
        return show(request, activity, sent=Sent(files_form=form))
    sent = add_files(user, activity, form.cleaned_data["file"])
    if sent.refused:
        return show(request, activity, sent=sent)
    messages.success(request, f"Đã thêm minh chứng: {', '.join(sent.kept)}.")
    return redirect(_panel(activity.pk))


@post(SIGNED_IN)
def evidence_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Note an address."""
    user = signed_in(request)
    activity = load(user, pk)
    require(may_prove(user, activity))
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            added = actions.add_link(by=user, activity=activity, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("url", str(refusal))
        else:
            messages.success(request, f"Đã thêm minh chứng: {added}.")
            return redirect(_panel(activity.pk))
    return show(request, activity, sent=Sent(link_form=form))


@page(SIGNED_IN)
def evidence_download(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself: saved, never shown, and never guessed at by the browser."""
    evidence = _evidence(signed_in(request), pk)
    path = vault.path_of(evidence.sha256)
    if not evidence.sha256 or not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=evidence.title,
        content_type=FileType(evidence.file_type).media,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(SIGNED_IN, form=True)
def evidence_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Say with a reason that it does not hold."""
    user = signed_in(request)
    evidence = _evidence(user, pk)
    require(may_void_evidence(user, evidence))
    form = ReasonForm(request.POST or None, button="Hủy minh chứng")
    if request.method == "POST" and form.is_valid():
        actions.void(by=user, evidence=evidence, reason=form.cleaned_data["reason"])
        messages.success(request, f"Đã hủy minh chứng “{evidence}”.")
        return redirect(_panel(evidence.activity_id))
    context = {"form": form, "evidence": evidence, "back": _panel(evidence.activity_id)}
    return render(request, "outreach/evidence_void.html", context)


def _evidence(user: User, pk: int) -> Evidence:
    rows = Evidence.objects.visible_to(user).select_related("activity__agency", "activity__unit")
    return get_object_or_404(rows, pk=pk)


def _panel(activity_id: int) -> str:
    return f"{reverse('outreach:activity-detail', args=[activity_id])}#minh-chung"
