"""Reminders in the program: one's own digests, how one wants them, and the log of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agencies.access import SIGNED_IN, page, roles, signed_in
from agencies.actions import accounts
from agencies.models import User
from agencies.roles import Role
from cchc.lib import clock
from outreach.actions import digests
from outreach.compliance import Compliance
from outreach.forms.reminders import LogForm, ReminderSettingsForm
from outreach.models import Digest, Reminder, ReminderSettings
from outreach.models.digest import ReminderQuerySet
from outreach.tallies import measure
from plans.models import Obligation

LOG_READERS = (Role.AGENCY_OFFICE, Role.HOME_AFFAIRS, Role.SYSTEM_ADMIN)
_DIGESTS, _LINES = 10, 50


@dataclass(frozen=True, slots=True)
class Told:
    """A line as it was told, and how its obligation stands by now."""

    text: str
    obligation_id: int
    state: Compliance | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One day's digest as it is shown."""

    digest: Digest
    is_new: bool
    lines: tuple[Told, ...]


@page(SIGNED_IN)
def digest_list(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first; seeing it is reading it."""
    user, today = signed_in(request), clock.today()
    rows = Digest.objects.visible_to(user).order_by("-day", "-id")
    shown = Paginator(rows, _DIGESTS).get_page(request.GET.get("page"))
    sheets = _sheets(user, list(shown), today)
    if request.method == "GET":
        digests.read(by=user, on=today)
    return render(
        request,
        "outreach/digests/digest_list.html",
        {
            "page": shown,
            "sheets": sheets,
            "reads_log": bool(user.standing().roles & frozenset(LOG_READERS)),
        },
    )


@page(SIGNED_IN, form=True)
@transaction.atomic
def reminder_settings(request: HttpRequest) -> HttpResponse:
    """By e-mail or not, where to, which steps."""
    user = signed_in(request)
    wishes = ReminderSettings.objects.of(user)
    initial = {
        "email": user.email,
        "by_email": wishes.by_email,
        "days_before": sorted(wishes.days_before),
        "after_due": wishes.after_due,
    }
    form = ReminderSettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        digests.choose(wishes=form.wishes, by=user)
        if form.cleaned_data["email"] != user.email:
            accounts.change_email(email=form.cleaned_data["email"], by=user)
        messages.success(request, "Đã lưu cách nhắc việc.")
        return redirect("outreach:digest-list")
    return render(request, "outreach/digests/reminder_settings.html", {"form": form})


@page(roles(*LOG_READERS))
def reminder_log(request: HttpRequest) -> HttpResponse:
    """Who was told what, when, and what became of the letter."""
    form = LogForm(request.GET or None)
    rows = Reminder.objects.visible_to(signed_in(request)).for_log()
    rows = _filtered(rows, form) if form.is_valid() else rows
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "outreach/digests/reminder_log.html",
        {
            "form": form,
            "rows": Paginator(rows, _LINES).get_page(request.GET.get("page")),
            "query": f"{query.urlencode()}&" if query else "",
        },
    )


def _sheets(user: User, rows: Sequence[Digest], today: date) -> list[Sheet]:
    ids = {line["obligation"] for row in rows for line in row.lines}
    known = list(Obligation.objects.visible_to(user).filter(pk__in=ids).for_matrix())
    states = measure(known, today, row=lambda o: o.pk, column=lambda _: 0).states
    return [
        Sheet(
            row,
            row.read_on is None,
            tuple(
                Told(
                    line["text"],
                    line["obligation"],
                    states.get(line["obligation"]),
                )
                for line in row.lines
            ),
        )
        for row in rows
    ]


def _filtered(rows: ReminderQuerySet, form: LogForm) -> ReminderQuerySet:
    data = form.cleaned_data
    if data["ngay"]:
        rows = rows.filter(digest__day=data["ngay"])
    if data["thu"]:
        rows = rows.filter(digest__mail_state=data["thu"])
    if data["nguoi"]:
        rows = rows.filter(user__full_name__icontains=data["nguoi"].strip())
    return rows
