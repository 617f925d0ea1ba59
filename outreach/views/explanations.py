"""Explain a missed or late obligation, accept or not, waive: from the obligation's own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, post, roles, signed_in
from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Decision, Refused, require
from outreach.actions import explanations
from outreach.compliance import Compliance
from outreach.forms.explanations import ExplanationForm
from outreach.forms.placements import ReasonForm
from outreach.models import Explanation
from outreach.models.explanation import ExplanationState
from outreach.policies import may_decide, may_explain
from outreach.tallies import measure
from plans.actions import waivers
from plans.models import Obligation
from plans.policies import may_undo_waiver, may_waive

_DONE = frozenset({Compliance.MET, Compliance.MET_LATE})
_WAIVERS = (waivers.WAIVED.code, waivers.UNDONE.code)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the user may say to an explanation."""

    explanation: Explanation
    accept: Decision
    refuse: Decision


@dataclass(frozen=True, slots=True)
class Account:
    """What is said about a miss, newest first, and what the user may do about it."""

    current: Verdicts | None
    earlier: tuple[Explanation, ...]
    explain: Decision
    waive: Decision
    undo_waiver: Decision
    waivers: QuerySet[AuditEntry]

    @property
    def is_due(self) -> bool:
        """Whether there is anything to show or to do under the heading of explanations."""
        return bool(self.current or self.explain)


def account_of(user: User, obligation: Obligation, state: Compliance, today: date) -> Account:
    """For the obligation's page; ``waivers`` only for those who read its audit trail."""
    rows = list(Explanation.objects.filter(obligation=obligation).for_list().order_by("-id"))
    current = rows[0] if rows else None
    return Account(
        current=_verdicts(user, current) if current else None,
        earlier=tuple(rows[1:]),
        explain=may_explain(user, obligation, state, today, current),
        waive=may_waive(user, obligation, is_done=state in _DONE),
        undo_waiver=may_undo_waiver(user, obligation),
        waivers=AuditEntry.objects.visible_to(user)
        .filter(
            object_type=Obligation._meta.label_lower,
            object_id=str(obligation.pk),
            verb__in=_WAIVERS,
        )
        .order_by("id"),
    )


@page(roles(Role.AGENCY_OFFICE, Role.HOME_AFFAIRS))
def explanation_list(request: HttpRequest) -> HttpResponse:
    """What waits for the user's word, the oldest first."""
    user = signed_in(request)
    rows = Explanation.objects.awaiting(user).for_list().order_by("given_at", "id")
    context = {"waiting": [_verdicts(user, row) for row in rows]}
    return render(request, "outreach/explanation_list.html", context)


@page(SIGNED_IN, form=True)
def obligation_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why it was missed or late."""
    user, today = signed_in(request), clock.today()
    obligation = _obligation(user, pk)
    state = measure([obligation], today, row=_one, column=_one).states[pk]
    current = Explanation.objects.filter(obligation=obligation).current().first()
    require(may_explain(user, obligation, state, today, current))
    form = ExplanationForm(request.POST or None)
    return _step(
        request,
        obligation,
        form,
        lambda: explanations.explain(obligation=obligation, by=user, **form.cleaned_data),
        title="Giải trình",
        done="Đã ghi giải trình.",
        current=current,
    )


@post(SIGNED_IN)
def explanation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept it; the figure stays."""
    user = signed_in(request)
    explanation = _explanation(user, pk)
    explanations.accept(explanation=explanation, by=user)
    messages.success(request, "Đã chấp nhận giải trình; con số và trạng thái không đổi.")
    if request.POST.get("back") == "list":
        return redirect("outreach:explanation-list")
    return redirect(_address(explanation.obligation_id))


@page(SIGNED_IN, form=True)
def explanation_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not accept it, with a reason."""
    user = signed_in(request)
    explanation = _explanation(user, pk)
    newest = Explanation.objects.current().filter(pk=pk).exists()
    require(may_decide(user, explanation, ExplanationState.REFUSED, is_current=newest))
    form = ReasonForm(request.POST or None, button="Không chấp nhận")
    return _step(
        request,
        explanation.obligation,
        form,
        lambda: explanations.refuse(explanation=explanation, by=user, **form.cleaned_data),
        title="Không chấp nhận giải trình",
        done="Đã ghi không chấp nhận giải trình.",
        current=explanation,
    )


@page(SIGNED_IN, form=True)
def obligation_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Waive it with a reason."""
    user = signed_in(request)
    obligation = _obligation(user, pk)
    is_done = Obligation.objects.filter(pk=pk).fulfilled().exists()
    require(may_waive(user, obligation, is_done=is_done))
    form = ReasonForm(request.POST or None, button="Miễn đầu việc này")
    return _step(
        request,
        obligation,
        form,
        lambda: waivers.waive(obligation=obligation, by=user, **form.cleaned_data),
        title="Miễn đầu việc",
        done="Đã miễn đầu việc; đầu việc không còn tính vào mẫu số.",
        hint="Đầu việc được miễn không tính vào mẫu số của mọi bảng và báo cáo; lý do được in kèm "
        "và Sở Nội vụ xem được.",
    )


@page(SIGNED_IN, form=True)
def obligation_undo_waiver(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it again, with a reason."""
    user = signed_in(request)
    obligation = _obligation(user, pk)
    require(may_undo_waiver(user, obligation))
    form = ReasonForm(request.POST or None, button="Bỏ miễn")
    return _step(
        request,
        obligation,
        form,
        lambda: waivers.undo(obligation=obligation, by=user, **form.cleaned_data),
        title="Bỏ miễn đầu việc",
        done="Đã bỏ miễn; đầu việc lại được tính.",
        hint=f"Đã miễn với lý do: {obligation.waived_reason}",
    )


def _step(
    request: HttpRequest,
    obligation: Obligation,
    form: Form,
    act: Callable[[], object],
    *,
    title: str,
    done: str,
    current: Explanation | None = None,
    hint: str = "",
) -> HttpResponse:
    """Do what the form says, or show it with what was wrong."""
    back = _address(obligation.pk)
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    return render(
        request,
        "outreach/explanation_form.html",
        {
            "obligation": obligation,
            "form": form,
            "back": back,
            "title": title,
            "current": current,
            "hint": hint,
        },
    )


def _verdicts(user: User, newest: Explanation) -> Verdicts:
    return Verdicts(
        newest,
        may_decide(user, newest, ExplanationState.ACCEPTED, is_current=True),
        may_decide(user, newest, ExplanationState.REFUSED, is_current=True),
    )


def _obligation(user: User, pk: int) -> Obligation:
    rows = Obligation.objects.visible_to(user).for_matrix().select_related("plan__agency")
    return get_object_or_404(rows, pk=pk)


def _explanation(user: User, pk: int) -> Explanation:
    return get_object_or_404(Explanation.objects.visible_to(user).for_list(), pk=pk)


def _address(obligation_id: int) -> str:
    return reverse("outreach:obligation-detail", args=[obligation_id])


def _one(obligation: Obligation) -> int:
    return obligation.pk
