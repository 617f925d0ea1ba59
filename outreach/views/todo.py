"""What waits for the person: one page for every role, empty when everything is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import Unit, User
from agencies.roles import WRITERS
from cchc.lib import clock
from outreach import todo
from outreach.compliance import Score
from outreach.tallies import measure
from plans.models import Obligation
from plans.periods import Period, PeriodKind

PAGE_SIZE = 50
DONE = "Không còn việc nào chờ anh/chị."
ONLY_READS = "Vai trò của anh/chị không có việc phải xử lý ở đây."
NO_POST = (
    "Tài khoản của anh/chị hiện không giữ vai trò nào nên không có việc nào chờ. Nếu chưa đúng, "
    "hãy báo quản trị hệ thống."
)


@dataclass(frozen=True, slots=True)
class Quarter:
    """How far the person's units are this quarter, as the page of what they owe counts it."""

    label: str
    units: str
    score: Score

    @property
    def left(self) -> int:
        """What is still missing, overdue or not."""
        return self.score.expected - self.score.done


@page(SIGNED_IN)
def todo_page(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the first of each sort; with ``?muc=`` all of one sort."""
    user, today = signed_in(request), clock.today()
    if code := request.GET.get("muc", ""):
        return _whole(request, user, code)
    sections = todo.sections(user, today)
    context = {
        "sections": sections,
        "total": sum(section.total for section in sections),
        "quarter": _quarter(user),
        "empty": _empty(user, has_role=todo.concerns(user, today)),
    }
    return render(request, "outreach/todo.html", context)


def _empty(user: User, *, has_role: bool) -> str:
    """Why there is nothing: done, or nothing for such a role, or no role."""
    if not user.standing().posts:
        return NO_POST
    return DONE if has_role else ONLY_READS


def _whole(request: HttpRequest, user: User, code: str) -> HttpResponse:
    work = todo.whole(user, clock.today(), code)
    if work is None:
        raise Http404
    shown = Paginator(work.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": work.title,
        "page": shown,
        "items": [work.tell(row) for row in shown],
        "query": f"muc={work.code}&",
    }
    return render(request, "outreach/todo_section.html", context)


def _quarter(user: User) -> Quarter | None:
    """The quarter of the units in which the person works; None without a unit."""
    today = clock.today()
    unit_ids = user.standing().units_as(*WRITERS)
    if not unit_ids:
        return None
    period = Period.of(PeriodKind.QUARTER, today)
    obligations = tuple(
        Obligation.objects.filter(unit__in=unit_ids).within(period).select_related("plan")
    )
    units = Unit.objects.filter(pk__in=unit_ids).in_order().values_list("name", flat=True)
    score = measure(obligations, today, row=lambda o: o.pk, column=lambda _: 0).total
    return Quarter(period.label, ", ".join(units), score)
