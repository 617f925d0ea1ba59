"""The shell of the plan's editor: its tabs, its sections and who may write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime

from agencies.access import signed_in
from plans.models import (
    Clause,
    ContentItem,
    DraftSection,
    LegalBasis,
    Plan,
    PlanChannel,
    Quota,
    Target,
    Task,
)
from plans.policies import may_write
from plans.proofreading import remarks_of
from plans.sections import SECTIONS

# What each page is called and which rows its tab counts.
_TABS: tuple[tuple[str, str, tuple[type[Model], ...]], ...] = (
    ("header", "Thông tin chung", ()),
    ("bases", "Căn cứ", (LegalBasis,)),
    ("clauses", "Nội dung văn bản", (Clause,)),
    ("targets", "Mục tiêu, chỉ tiêu", (Target,)),
    ("content", "Nội dung, hình thức", (ContentItem, PlanChannel)),
    ("annex", "Phụ lục", (Task,)),
    ("quotas", "Định mức, luân phiên", (Quota,)),
    ("import", "Nhập phụ lục", ()),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the editor; ``count`` is None where rows are not counted."""

    label: str
    url: str
    count: int | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section as it stands now, for ``plans/editor/_section.html`` and its json_script."""

    name: str
    version: int
    saved: str
    user_id: int
    save_url: str
    value: Any

    @property
    def value_id(self) -> str:
        """The id of the JSON that the page carries."""
        return f"section-{self.name}"


def section_state(request: HttpRequest, plan: Plan, name: str) -> SectionState:
    """A section's value with its version; the version first, so that it is never too new."""
    row = plan.draft_sections.filter(name=name).select_related("saved_by").first()
    return SectionState(
        name=name,
        version=row.version if row else 0,
        saved=_saved(row) if row else "",
        user_id=signed_in(request).pk,
        save_url=reverse("plans:section-save", kwargs={"pk": plan.pk, "name": name}),
        value=SECTIONS[name].read(plan),
    )


def draft_of(request: HttpRequest, pk: int) -> Plan:
    """The plan of a page of the editor; 404 when the person does not see it."""
    plans = Plan.objects.visible_to(signed_in(request)).for_list()
    return get_object_or_404(plans.select_related("agency__province", "amends"), pk=pk)


def closed(request: HttpRequest, plan: Plan) -> HttpResponse | None:
    """The page that says why the plan is not written and how it is changed, if so."""
    decision = may_write(signed_in(request), plan)
    if decision:
        return None
    context = {"plan": plan, "reason": decision.reason}
    return render(request, "plans/editor/closed.html", context, status=403)


def edit_page(
    request: HttpRequest, plan: Plan, here: str, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """A page of the editor in its shell; ``here`` is the name of its tab."""
    shell = {
        "plan": plan,
        "tabs": _tabs(plan, here),
        "saves": here != "import",
        "open_remarks": sum(remark.accepted is None for remark in remarks_of(plan)),
        "last_saved": _last_saved(plan),
    }
    return render(request, template, {**shell, **context})


def _tabs(plan: Plan, here: str) -> list[Tab]:
    return [
        Tab(
            label=label,
            url=reverse(f"plans:edit-{name}", kwargs={"pk": plan.pk}),
            count=sum(_count(model, plan) for model in models) if models else None,
            is_here=name == here,
        )
        for name, label, models in _TABS
    ]


def _count(model: type[Model], plan: Plan) -> int:
    rows = model._default_manager
    of_plan = (
        rows.filter(task__plan=plan, task__removed_in=None)
        if model is Quota
        else rows.filter(plan=plan)
    )
    return int(of_plan.aggregate(rows=Count("pk"))["rows"])


def _last_saved(plan: Plan) -> str:
    row = plan.draft_sections.select_related("saved_by").order_by("-saved_at").first()
    return _saved(row) if row else ""


def _saved(row: DraftSection) -> str:
    return f"{localtime(row.saved_at):%H:%M %d/%m/%Y}, {row.saved_by}"
