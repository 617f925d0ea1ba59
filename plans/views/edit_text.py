"""Pages of the editor for the header, the bases and the narrative, and what their scripts ask."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import Province, User
from agencies.models.agency import AgencyKind
from cchc.lib.text import fold
from plans import citing
from plans.citation_text import LAWS, OPENINGS
from plans.citations import TYPES, parse_lines
from plans.forms.header import HeaderForm
from plans.models import Plan
from plans.outline import parse
from plans.policies import may_keep_register
from plans.views.editor import closed, draft_of, edit_page, section_state
from plans.views.typed import posted, texts

_MOST_ROWS = 500
# Far above a long plan.
_LONGEST = 200_000


@page(SIGNED_IN)
def edit_header(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, title, time, audiences, signing block and recipients."""
    plan = draft_of(request, pk)
    refusal = closed(request, plan)
    if refusal is not None:
        return refusal
    section = section_state(request, plan, "header")
    is_province = plan.agency.kind == AgencyKind.PROVINCE
    context = {
        "section": section,
        "form": HeaderForm(section.value, place=plan.agency.place, sets_deadline=is_province),
        "parents": [citing.plan_option(row) for row in _citable(request, plan)],
    }
    return edit_page(request, plan, "header", "plans/editor/header.html", context)


@page(SIGNED_IN)
def edit_bases(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents that the plan stands on, implements or cites."""
    plan = draft_of(request, pk)
    refusal = closed(request, plan)
    if refusal is not None:
        return refusal
    section = section_state(request, plan, "bases")
    context = {
        "section": section,
        "facts": {
            "plans": [citing.plan_row(row) for row in _citable(request, plan)],
            "types": TYPES,
            "laws": LAWS,
            "roles": [*OPENINGS.items(), ("cited", "Viện dẫn")],
            "known": citing.known(section.value, plan.province),
            "urls": {
                "search": reverse("plans:register-search"),
                "read": reverse("plans:bases-read"),
                "look": reverse("plans:bases-look"),
                "file": reverse("plans:register-file"),
            },
            "may_file": bool(may_keep_register(signed_in(request), plan.province)),
            "opening": plan.opening,
        },
    }
    return edit_page(request, plan, "bases", "plans/editor/bases.html", context)


@page(SIGNED_IN)
def edit_clauses(request: HttpRequest, pk: int) -> HttpResponse:
    """The narrative as an outline."""
    plan = draft_of(request, pk)
    refusal = closed(request, plan)
    if refusal is not None:
        return refusal
    context = {"section": section_state(request, plan, "clauses"), "lists": _fillings(plan)}
    return edit_page(request, plan, "clauses", "plans/editor/clauses.html", context)


@post(SIGNED_IN)
def outline_parse(request: HttpRequest) -> JsonResponse:
    """A text pasted from Word as the items of an outline."""
    text = texts(request).get("text", "")
    if len(text) > _LONGEST:
        return _too_long(text, _LONGEST)
    return JsonResponse({"items": [asdict(item) for item in parse(text)]})


@post(SIGNED_IN)
def bases_read(request: HttpRequest) -> JsonResponse:
    """Pasted or typed lines as rows of the bases, joined to the register."""
    text = texts(request).get("text", "")
    if len(text) > _LONGEST:
        return _too_long(text, _LONGEST)
    province = _province(signed_in(request))
    return JsonResponse({"rows": citing.joined(parse_lines(text)[:_MOST_ROWS], province)})


@post(SIGNED_IN)
def bases_look(request: HttpRequest) -> JsonResponse:
    """How the rows of the page will be printed, their rank, and what the register knows of them."""
    rows = posted(request).get("rows")
    named = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    found = citing.known(named[:_MOST_ROWS], _province(signed_in(request)))
    return JsonResponse({"rows": found})


def _too_long(text: str, longest: int) -> JsonResponse:
    """Nothing is cut off in silence."""
    reason = f"Nội dung dán dài {len(text)} ký tự; mỗi lần chỉ đọc được {longest} ký tự."
    return JsonResponse({"reason": f"{reason} Hãy chia ra mà dán."}, status=400)


def _province(user: User) -> Province | None:
    """Where the person works; None for somebody who works nowhere."""
    return Province.objects.filter(pk__in=user.standing().province_ids).order_by("pk").first()


def _citable(request: HttpRequest, plan: Plan) -> list[Plan]:
    """Plans in force that the person sees, the newest first: what this plan may implement."""
    seen = Plan.objects.visible_to(signed_in(request)).in_force().for_list()
    own = (plan.pk, plan.amends_id or plan.pk)
    return list(seen.filter(province=plan.province_id).exclude(pk__in=own))


def _fillings(plan: Plan) -> dict[str, Any]:
    """Which lists of the plan a bare heading takes when it is printed, and how long they are."""
    counts = (
        ("doi tuong", "Đối tượng", len(plan.audiences.splitlines())),
        ("pham vi", "Phạm vi", len(plan.scopes.splitlines())),
        ("noi dung", "Nội dung tuyên truyền", plan.content_items.count()),
        ("hinh thuc", "Hình thức tuyên truyền", plan.plan_channels.count()),
    )
    areas: dict[str, int] = {}
    if not plan.annex_title:
        for area in plan.tasks.exclude(area="").values_list("area", flat=True):
            areas[fold(area)] = areas.get(fold(area), 0) + 1
    lists = [{"word": word, "label": label, "count": count} for word, label, count in counts]
    return {"lists": lists, "areas": areas}
