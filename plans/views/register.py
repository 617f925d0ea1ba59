"""The register of legal documents: the list, one document, its force, and pasted lines."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import Province, User
from agencies.roles import Role
from cchc.lib.decisions import Refused, require
from plans import citing
from plans.actions import register
from plans.citations import parse_lines
from plans.forms.register import DocumentForm, EndForm, LinesForm
from plans.models import LegalDocument, Plan
from plans.policies import may_keep_register
from plans.sections.fields import cleaned
from plans.views.typed import faults, texts

KEEPERS = roles(Role.AGENCY_OFFICE, Role.HOME_AFFAIRS)
PAGE_SIZE = 50
_MOST = 12


@page(SIGNED_IN)
def register_list(request: HttpRequest) -> HttpResponse:
    """The register of the person's provinces, looked up by the words in the address."""
    user = signed_in(request)
    text = cleaned(request.GET.get("q", ""))
    visible = LegalDocument.objects.visible_to(user).select_related("replaced_by")
    rows = visible.looked_up(text)
    seen = Plan.objects.visible_to(user)
    cited = Count("citations__plan", filter=Q(citations__plan__in=seen), distinct=True)
    context = {
        "page": Paginator(rows.annotate(cited=cited), PAGE_SIZE).get_page(request.GET.get("page")),
        "text": text,
        "query": f"{urlencode({'q': text})}&" if text else "",
        "keeps": _keeps(user),
    }
    return render(request, "plans/register_list.html", context)


@page(SIGNED_IN)
def register_search(request: HttpRequest) -> HttpResponse:
    """The first documents that fit what is being typed."""
    text = cleaned(request.GET.get("q", "")[:200])
    rows = LegalDocument.objects.visible_to(signed_in(request)).select_related("replaced_by")
    found = rows.looked_up(text)[:_MOST] if text.strip() else []
    return JsonResponse({"documents": [citing.entry(document) for document in found]})


@page(SIGNED_IN)
def register_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document, and the plans that cite it."""
    user, document = signed_in(request), _visible(request, pk)
    context = {
        "document": document,
        "plans": citing.plans_citing(document, user),
        "replaces": document.replaces.in_order(),
        "keep_decision": may_keep_register(user, document.province),
    }
    return render(request, "plans/register_detail.html", context)


@page(KEEPERS, form=True)
def register_add(request: HttpRequest) -> HttpResponse:
    """A document that the register does not have."""
    user = signed_in(request)
    province = _province(user)
    form = DocumentForm(request.POST or None)
    if _done(form, lambda: register.add(province=province, citation=form.citation(), by=user)):
        messages.success(request, "Đã ghi văn bản vào sổ.")
        return redirect("plans:register-list")
    return _form(request, form, "Thêm văn bản vào sổ")


@page(KEEPERS, form=True)
def register_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what the register says of a document."""
    user, document = signed_in(request), _visible(request, pk)
    require(may_keep_register(user, document.province))
    form = DocumentForm(request.POST or None, document=document)
    if _done(form, lambda: register.correct(document=document, citation=form.citation(), by=user)):
        messages.success(request, "Đã sửa văn bản trong sổ.")
        return redirect("plans:register-detail", document.pk)
    return _form(request, form, "Sửa văn bản trong sổ", document)


@page(KEEPERS, form=True)
def register_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the document is no longer in force."""
    user, document = signed_in(request), _visible(request, pk)
    require(may_keep_register(user, document.province))
    others = LegalDocument.objects.filter(province=document.province).exclude(pk=document.pk)
    form = EndForm(request.POST or None, document=document, others=others.in_order())
    if _done(form, lambda: register.mark_ended(document=document, by=user, **form.cleaned_data)):
        messages.success(request, "Đã ghi văn bản hết hiệu lực; kế hoạch viện dẫn sẽ được nhắc.")
        return redirect("plans:register-detail", document.pk)
    return _form(request, form, "Văn bản hết hiệu lực", document)


@post(SIGNED_IN)
def register_reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """The document is in force after all."""
    document = register.reinstate(document=_visible(request, pk), by=signed_in(request))
    messages.success(request, "Đã ghi văn bản còn hiệu lực.")
    return redirect("plans:register-detail", document.pk)


@page(KEEPERS, form=True)
def register_paste(request: HttpRequest) -> HttpResponse:
    """Lines of căn cứ: first how they were read, then, by the button, into the register."""
    user = signed_in(request)
    form = LinesForm(request.POST or None)
    found = parse_lines(form.cleaned_data["lines"]) if form.is_valid() else None
    readings = citing.preview(found or [], _province(user))
    if found and "write" in request.POST:
        whole = [citation for citation in found if citing.is_whole(citation)]
        register.add_cited(province=_province(user), citations=whole, by=user)
        count = sum(reading.is_new for reading in readings)
        messages.success(request, f"Đã ghi {count} văn bản vào sổ.")
        return redirect("plans:register-list")
    context = {
        "form": form,
        "readings": readings,
        "is_read": found is not None,
        "count": sum(reading.is_new for reading in readings),
    }
    return render(request, "plans/register_paste.html", context)


@post(KEEPERS)
def register_file(request: HttpRequest) -> JsonResponse:
    """A basis typed freely in a plan goes into the register."""
    user = signed_in(request)
    form = DocumentForm(texts(request))
    if not form.is_valid():
        return JsonResponse({"reason": " ".join(faults(form))}, status=400)
    found = register.add_cited(province=_province(user), citations=[form.citation()], by=user)
    return JsonResponse(citing.entry(found[0]))


@post(SIGNED_IN)
def register_cited(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the documents that a plan cites into the register."""
    user = signed_in(request)
    plan = get_object_or_404(Plan.objects.visible_to(user), pk=pk)
    count = register.register_cited(plan=plan, by=user)
    said = f"Đã ghi {count} văn bản vào sổ." if count else "Sổ đã có đủ văn bản của kế hoạch này."
    messages.success(request, said)
    return redirect("plans:plan-detail", plan.pk)


def _visible(request: HttpRequest, pk: int) -> LegalDocument:
    rows = LegalDocument.objects.visible_to(signed_in(request))
    return get_object_or_404(rows.select_related("province", "replaced_by", "plan"), pk=pk)


def _keeps(user: User) -> bool:
    return user.standing().holds(KEEPERS.roles)


def _province(user: User) -> Province:
    """Where the person keeps the register."""
    posts = (post for post in user.standing().posts if post.role in KEEPERS.roles)
    return Province.objects.get(pk=next(posts).province_id)


def _done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was right and the action done; its refusal stands above the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _form(
    request: HttpRequest, form: forms.Form, heading: str, document: LegalDocument | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "document": document}
    return render(request, "plans/register_form.html", context)
