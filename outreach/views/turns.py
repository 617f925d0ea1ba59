"""The rotation of a plan in force: whose turn it was to be, whose it is, and who did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import Unit, User
from cchc.lib import clock
from cchc.lib.decisions import Decision, Refused, require
from cchc.lib.tables import Kind, Ratio, display
from outreach.compliance import Compliance, Matrix, Score
from outreach.forms.turns import Handover, TurnForm
from outreach.models import Fulfilment
from outreach.tallies import measure, results
from plans.actions import turns
from plans.models import Obligation, Plan, Quota, TurnChange
from plans.models.obligation import ObligationQuerySet
from plans.policies import can_be_swapped, may_change_turn, may_change_turns

_Place = tuple[int | None, int | None]  # quota and unit

_DONE = frozenset({Compliance.MET, Compliance.MET_LATE})


@dataclass(frozen=True, slots=True)
class Doer:
    """A unit and how many of the results that count are its own."""

    unit: str
    count: int
    is_stand_in: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One period: ``planned`` should have, ``obligation.unit`` should now, ``doers`` did."""

    obligation: Obligation
    planned: Unit | None
    changes: tuple[TurnChange, ...]
    doers: tuple[Doer, ...]
    done: int
    state: Compliance
    decision: Decision


@dataclass(frozen=True, slots=True)
class Share:
    """How many periods a unit had by the plan and has now, and how many of those count as done."""

    unit: str
    planned: int
    now: int
    done: str


@dataclass(frozen=True, slots=True)
class Rota:
    """The periods of one quota and the shares of the units."""

    quota: Quota
    rows: tuple[Row, ...]
    shares: tuple[Share, ...]


@page(SIGNED_IN)
def plan_turns(request: HttpRequest, pk: int) -> HttpResponse:
    """Every quota of the plan, period by period, with the history of its turns."""
    user = signed_in(request)
    plan = get_object_or_404(Plan.objects.visible_to(user).in_force().for_list(), pk=pk)
    obligations = list(_with_history(user).filter(plan=plan, quota__isnull=False))
    context = {
        "plan": plan,
        "rotas": _rotas(user, obligations),
        "decision": may_change_turns(user, plan),
        "today": clock.today(),
    }
    return render(request, "outreach/plan_turns.html", context)


@page(SIGNED_IN, form=True)
def turn_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Swap the period with another one of its quota, or let another unit take it over."""
    user = signed_in(request)
    obligation = get_object_or_404(_with_history(user).filter(quota__isnull=False), pk=pk)
    siblings = list(_with_history(user).filter(quota=obligation.quota_id))
    rows = _rows(user, siblings, _measured(siblings))
    row = next(row for row in rows if row.obligation.pk == pk)
    require(row.decision)
    form = TurnForm(
        request.POST or None,
        partners=_partners(row, rows),
        units=_takers(row),
        beside=list(Obligation.objects.beside(obligation).select_related("channel")),
    )
    back = f"{reverse('outreach:plan-turns', args=[obligation.plan_id])}#dau-viec-{pk}"
    if request.GET.get("tu") == "dau-viec":
        back = reverse("outreach:obligation-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            changes = _hand_over(obligation, form.handover(), user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            kinds = f" ({len(changes)} định mức)" if len(changes) > 1 else ""
            unit = changes[0].to_unit
            messages.success(request, f"{obligation.period_label}: nay giao {unit}{kinds}.")
            return redirect(back)
    context = {"form": form, "row": row, "back": back}
    return render(request, "outreach/turn_change.html", context)


def _hand_over(obligation: Obligation, given: Handover, by: User) -> list[TurnChange]:
    reason, together = given.reason, given.together
    if given.partner is not None:
        return turns.swap(
            first=obligation, second=given.partner, reason=reason, by=by, together=together
        )
    assert given.unit is not None
    return turns.substitute(
        obligation=obligation, unit=given.unit, reason=reason, by=by, together=together
    )


def _with_history(user: User) -> ObligationQuerySet:
    """Obligations of quotas in the order of the annex, with every change of their turns."""
    history = TurnChange.objects.select_related(
        "from_unit", "to_unit", "changed_by", "partner__obligation"
    ).order_by("id")
    return (
        Obligation.objects.visible_to(user)
        .select_related(
            "quota__channel", "quota__task", "plan__agency", "agency", "unit", "task", "channel"
        )
        .prefetch_related(Prefetch("turn_changes", history))
        .order_by("task__order", "quota__order", "quota_id", "window_start", "id")
    )


def _rotas(user: User, obligations: Sequence[Obligation]) -> list[Rota]:
    found: list[Rota] = []
    matrix = _measured(obligations)
    rows = _rows(user, obligations, matrix)
    for _, group in groupby(rows, key=lambda row: row.obligation.quota_id):
        of_quota = tuple(group)
        quota = of_quota[0].obligation.quota
        assert quota is not None
        found.append(Rota(quota, of_quota, tuple(_shares(of_quota, matrix.row_scores))))
    return found


def _measured(obligations: Sequence[Obligation]) -> Matrix[_Place, int]:
    """States of the obligations and, by quota and unit, their scores."""
    return measure(obligations, clock.today(), row=_place, column=lambda one: one.pk)


def _rows(user: User, obligations: Sequence[Obligation], matrix: Matrix[_Place, int]) -> list[Row]:
    counted = results(obligations, clock.today())
    return [_row(user, one, matrix.states[one.pk], counted[one.pk]) for one in obligations]


def _row(user: User, obligation: Obligation, state: Compliance, counted: list[Fulfilment]) -> Row:
    changes = tuple(obligation.turn_changes.all())
    return Row(
        obligation=obligation,
        planned=changes[0].from_unit if changes else obligation.unit,
        changes=changes,
        doers=tuple(_doers(obligation, counted)),
        done=len(counted),
        state=state,
        decision=may_change_turn(user, obligation, is_done=state in _DONE),
    )


def _doers(obligation: Obligation, counted: list[Fulfilment]) -> Iterator[Doer]:
    units = [row.placement.activity.unit for row in counted]
    for unit, count in Counter(units).items():
        stands_in = obligation.unit_id is not None and (unit is None or unit != obligation.unit)
        yield Doer(unit.name if unit else "Không ghi đơn vị", count, stands_in)


def _shares(rows: Sequence[Row], scores: Mapping[_Place, Score]) -> Iterator[Share]:
    """Units in the order of their first period; done n/N as the matrices count it."""
    planned = Counter(row.planned for row in rows if row.planned)
    now = Counter(row.obligation.unit for row in rows if row.obligation.unit)
    quota_id = rows[0].obligation.quota_id
    for unit in dict.fromkeys([*planned, *now]):
        score = scores.get((quota_id, unit.pk), Score())
        done = display(Ratio(score.done, score.expected), Kind.RATIO)
        yield Share(unit.name, planned[unit], now[unit], done)


def _partners(row: Row, rows: Sequence[Row]) -> list[Obligation]:
    """The periods with which this one can be swapped."""
    today = clock.today()
    return [
        other.obligation
        for other in rows
        if other.decision and can_be_swapped(row.obligation, other.obligation, today)
    ]


def _takers(row: Row) -> list[Unit]:
    units = Unit.objects.active_on(clock.today()).filter(agency=row.obligation.agency_id)
    return [unit for unit in units.in_order() if unit.pk != row.obligation.unit_id]


def _place(obligation: Obligation) -> _Place:
    return obligation.quota_id, obligation.unit_id
