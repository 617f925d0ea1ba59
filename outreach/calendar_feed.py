"""A person's calendar as events for a calendar program.

The same calendar as the page shows first: one's units', one's agency's, or for who oversees a
province one event a day that says how much falls due. What is waived or not counted is left out:
there is nothing to do; what is done stays, marked, so that a year can be looked back at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.timezone import make_aware

from agencies.models import User
from cchc.lib.ics import AllDay
from outreach.calendar_scope import Due, Scope, Sight, due_within, scopes_of
from outreach.compliance import Compliance
from outreach.models import Fulfilment
from plans.models.obligation import ObligationQuerySet
from plans.periods import DateSpan, Period

NAME = "Tuyên truyền CCHC"
_MARKS = {
    Compliance.MET: "✓ Đạt: ",
    Compliance.MET_LATE: "✓ Đạt trễ hạn: ",
    Compliance.PENDING: "Chờ duyệt: ",
    Compliance.NOT_DUE: "Đến hạn: ",
    Compliance.MISSED: "✗ Chưa đạt: ",
}
_FAR = 10  # years; nothing is planned further ahead


def feed_of(user: User, today: date, absolute: Callable[[str], str]) -> list[AllDay] | None:
    """The events from the first day of last year on; None for who has no calendar.

    ``absolute`` makes a whole address of a path.
    """
    scopes = scopes_of(user)
    if not scopes:
        return None
    span = DateSpan(date(today.year - 1, 1, 1), date(today.year + _FAR, 12, 31))
    scope = scopes[0]
    if scope.sight is Sight.PROVINCE:
        return _days(scope, user, span, absolute)
    owed = [
        one
        for one in due_within(scope, user, span, today)
        if not one.outside and one.state is not Compliance.WAIVED
    ]
    changed = _changes(owed)
    return [_event(one, changed[one.obligation.pk], absolute) for one in owed]


def _event(due: Due, modified: datetime, absolute: Callable[[str], str]) -> AllDay:
    owed = due.obligation
    unit = owed.unit.name if owed.unit else ""
    period = Period.parse(owed.period).label
    address = absolute(reverse("outreach:obligation-detail", args=[owed.pk]))
    told = (owed.task.code, due.channel, unit)
    return AllDay(
        uid=_uid(f"dau-viec-{owed.pk}", absolute),
        day=owed.due_on,
        summary=f"{_MARKS[due.state]}{' · '.join(filter(None, told))} ({period})",
        description="\n".join(
            (
                owed.task.title,
                f"{period}, hạn {owed.due_on:%d/%m/%Y}; "
                f"tính kết quả từ {owed.window_start:%d/%m/%Y} đến {owed.window_end:%d/%m/%Y}.",
                f"{due.state.label}: {due.done}/{owed.required}.",
                owed.agency.name,
                address,
            )
        ),
        url=address,
        revision=owed.revision,
        modified=modified,
    )


def _days(scope: Scope, user: User, span: DateSpan, absolute: Callable[[str], str]) -> list[AllDay]:
    """For a whole province one event a day, counted by the database; three queries."""
    owed = (
        scope.obligations()
        .visible_to(user)
        .filter(due_on__range=(span.start, span.end), waived_at=None)
        .exclude(before_issue=True, plan__count_before_issue=False)
    )
    done = dict(_per_day(owed.filter(pk__in=owed.fulfilled().values("pk"))))
    results = (
        Fulfilment.objects.filter(obligation__in=owed.values("pk"))
        .order_by()
        .values_list("obligation__due_on")
        .annotate(counted=Max("at"), voided=Max("voided_at"))
    )
    changed = {day: moments for day, *moments in results}
    days = (
        owed.order_by()
        .values("due_on")
        .annotate(
            number=Count("pk"),
            agencies=Count("agency", distinct=True),
            revised=Max("revision"),
            issued=Max("plan__issued_at"),
        )
        .order_by("due_on")
    )
    return [_day_event(scope, one, done.get(one["due_on"], 0), changed, absolute) for one in days]


def _per_day(owed: ObligationQuerySet) -> Iterable[tuple[date, int]]:
    return owed.order_by().values_list("due_on").annotate(number=Count("pk"))


def _day_event(
    scope: Scope,
    sums: Mapping[str, Any],
    done: int,
    changed: Mapping[date, Iterable[datetime | None]],
    absolute: Callable[[str], str],
) -> AllDay:
    day, number = sums["due_on"], sums["number"]
    moments = (sums["issued"], *changed.get(day, ()))
    address = absolute(f"{reverse('outreach:calendar')}?ngay={day:%Y-%m-%d}&{scope.query}")
    return AllDay(
        uid=_uid(f"ngay-{day:%Y%m%d}-{scope.province_id}", absolute),
        day=day,
        summary=f"{'✓ Đạt' if done == number else 'Đến hạn'}: {number} đầu việc của "
        f"{sums['agencies']} cơ quan ({done}/{number} đạt)",
        description=address,
        url=address,
        revision=sums["revised"],
        modified=max((at for at in moments if at), default=_start_of(day)),
    )


def _changes(owed: Sequence[Due]) -> dict[int, datetime]:
    """When each last became what it is: its plan issued, a result counted or voided, missed."""
    results = (
        Fulfilment.objects.filter(obligation__in=[one.obligation.pk for one in owed])
        .order_by()
        .values_list("obligation")
        .annotate(counted=Max("at"), voided=Max("voided_at"))
    )
    known = {pk: (counted, voided) for pk, counted, voided in results}
    return {one.obligation.pk: _changed(one, known.get(one.obligation.pk, ())) for one in owed}


def _changed(due: Due, results: Iterable[datetime | None]) -> datetime:
    owed = due.obligation
    moments = [owed.plan.issued_at, *results]
    if due.state is Compliance.MISSED:
        moments.append(_start_of(owed.due_on + timedelta(days=1)))
    return max((at for at in moments if at), default=_start_of(owed.window_start))


def _start_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _uid(name: str, absolute: Callable[[str], str]) -> str:
    """The same as long as the program is reached by the same name."""
    return f"{name}@{absolute('/').split('/')[2]}"
