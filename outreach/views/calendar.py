"""The calendar: a month, one of its days, and a person's own feed of it."""

from __future__ import annotations

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import CalendarDay, User
from agencies.models.calendar_day import NamedDay
from agencies.workdays import WEEKDAYS, is_working, on_or_before, weekday, working_days_between
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach.calendar_entries import Entries, Entry, entries
from outreach.calendar_scope import (
    NOTHING_TO_SEE,
    Scope,
    agencies_of,
    due_around,
    of_agency,
    scopes_of,
)
from outreach.compliance import Compliance
from plans.periods import DateSpan, Period, PeriodKind

_YEARS = range(2000, 2101)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_CODE = re.compile(r"[\w-]{1,24}", re.ASCII)
_IN_CELL = 4
_IN_AGENDA = 12


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the month as its cell and its place in the agenda show it."""

    day: date
    outside: bool
    is_today: bool
    is_working: bool
    named: NamedDay | None
    lines: list[Entry]
    more: int
    agenda: list[Entry]
    agenda_more: int

    @property
    def weekday(self) -> str:
        """Its name in the week."""
        return weekday(self.day)

    @property
    def is_told(self) -> bool:
        """Whether the agenda has something to say of it."""
        return not self.outside and bool(self.agenda or self.named)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the cells of one month are made from."""

    shown: Period
    today: date
    named: dict[date, NamedDay]
    changes: dict[date, bool]
    found: Entries


@page(SIGNED_IN)
def month(request: HttpRequest) -> HttpResponse:
    """A month of what falls due, what is held, and the days off."""
    user, today = signed_in(request), clock.today()
    scopes = scopes_of(user)
    scope = _chosen(request, user, scopes)
    problems: list[str] = []
    asked = _asked_day(request, problems)
    if asked is not None:
        return _one_day(request, user, scope, asked)
    shown = _asked_month(request, problems) or Period.of(PeriodKind.MONTH, today)
    weeks = Calendar().monthdatescalendar(shown.year, shown.index)
    span = DateSpan(shown.start, shown.end)
    found = entries(scope, user, span, today, reverse("outreach:calendar"))
    known = CalendarDay.objects.named(scope.province_id, weeks[0][0], weeks[-1][-1])
    named = {one.day: one for one in known}
    changes = _changes(named)
    look = _Look(shown, today, named, changes, found)
    cells = [[_cell(day, look) for day in week] for week in weeks]
    nearest = due_around(scope, user, span)
    return render(
        request,
        "outreach/calendar.html",
        {
            **_switches(user, scope, scopes),
            "problems": problems,
            "shown": shown,
            "today": today,
            "is_this_month": shown.contains(today),
            "previous": _within_years(shown.previous()),
            "next": _within_years(shown.next()),
            "weekdays": WEEKDAYS,
            "weeks": cells,
            "agenda": [cell for week in cells for cell in week if cell.is_told],
            "is_empty": not found.lines,
            **nearest,
            "working_days": len(working_days_between(span.start, span.end, changes)),
            "states": list(Compliance),
        },
    )


def _one_day(request: HttpRequest, user: User, scope: Scope, day: date) -> HttpResponse:
    today = clock.today()
    found = entries(scope, user, DateSpan(day, day), today, reverse("outreach:calendar"))
    first = date(day.year - 1, 12, 1)
    named = {one.day: one for one in CalendarDay.objects.named(scope.province_id, first, day)}
    changes = _changes(named)
    lines = found.lines.get(day, ())
    return render(
        request,
        "outreach/calendar_day.html",
        {
            **_switches(user, scope, []),
            "day": day,
            "weekday": weekday(day),
            "named": named.get(day),
            "last_worked": _said(on_or_before(day, changes)),
            "lines": lines,
            "due_on_day_off": not is_working(day, changes) and any(line.tone for line in lines),
            "month": f"{day:%Y-%m}",
        },
    )


def _cell(day: date, look: _Look) -> DayCell:
    lines = list(look.found.shown(day))
    cut = len(lines) > _IN_CELL
    return DayCell(
        day=day,
        outside=not look.shown.contains(day),
        is_today=day == look.today,
        is_working=is_working(day, look.changes),
        named=look.named.get(day),
        lines=lines[: _IN_CELL - 1] if cut else lines,
        more=len(lines) - _IN_CELL + 1 if cut else 0,
        agenda=lines[:_IN_AGENDA],
        agenda_more=max(0, len(lines) - _IN_AGENDA),
    )


def _said(day: date) -> str:
    name = weekday(day)
    return f"{name[0].lower()}{name[1:]}, {day:%d/%m/%Y}"


def _changes(named: dict[date, NamedDay]) -> dict[date, bool]:
    return {day: one.is_working for day, one in named.items()}


def _chosen(request: HttpRequest, user: User, scopes: list[Scope]) -> Scope:
    """The calendar that the address names, or the first of the person's own."""
    if not scopes:
        raise Refused(NOTHING_TO_SEE)
    if code := request.GET.get("co-quan", ""):
        if not _CODE.fullmatch(code):
            raise Http404
        return of_agency(get_object_or_404(agencies_of(user), code=code))
    if request.GET.get("tinh") or request.GET.get("xem"):
        query = {f"{key}={request.GET.get(key)}" for key in ("tinh", "xem")}
        named = [scope for scope in scopes if scope.query in query]
        if not named:
            raise Http404
        return named[0]
    return scopes[0]


def _switches(user: User, scope: Scope, scopes: list[Scope]) -> dict[str, Any]:
    """Whose calendar it is, and which others the person may turn to."""
    oversees = bool(user.standing().overseen_province_ids)
    return {
        "scope": scope,
        "scopes": [one for one in scopes if one.query != scope.query],
        "agencies": agencies_of(user) if oversees and scopes else (),
    }


def _asked_month(request: HttpRequest, problems: list[str]) -> Period | None:
    asked = request.GET.get("thang", "")[:20]
    match = _MONTH.fullmatch(asked)
    if match and int(match[1]) in _YEARS and 1 <= int(match[2]) <= 12:
        return Period(PeriodKind.MONTH, int(match[1]), int(match[2]))
    if asked:
        problems.append(
            f"Không xem được tháng “{asked}”; cần dạng 2024-03, trong các năm "
            f"{_YEARS[0]}–{_YEARS[-1]}. Trang đang hiện tháng này."
        )
    return None


def _asked_day(request: HttpRequest, problems: list[str]) -> date | None:
    asked = request.GET.get("ngay", "")[:20]
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = date.min
    if day.year in _YEARS:
        return day
    problems.append(f"Không có ngày “{asked}”; cần dạng 2024-03-31. Trang đang hiện tháng này.")
    return None


def _within_years(month: Period) -> Period | None:
    return month if month.year in _YEARS else None
