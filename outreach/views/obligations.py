"""The page of one obligation: what counts for it and why, what waits, by which clock."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.access import SIGNED_IN, page, signed_in
from agencies.models import User
from cchc.lib import clock
from outreach.compliance import Compliance
from outreach.models import Placement
from outreach.policies import may_enter
from outreach.tallies import measure, results
from outreach.views.cards import Badge, badge
from outreach.views.explanations import account_of
from outreach.workflow import INTERNAL, OPEN, WAITING
from plans.models import Obligation, TurnChange
from plans.periods import Period
from plans.policies import may_change_turn

DONE = frozenset({Compliance.MET, Compliance.MET_LATE, Compliance.WAIVED})


@page(SIGNED_IN)
def obligation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Results on time, results after the due date, and what still waits for the channel."""
    user, today = signed_in(request), clock.today()
    rows = Obligation.objects.visible_to(user).for_matrix().select_related("plan__agency")
    obligation = get_object_or_404(rows, pk=pk)
    state = measure([obligation], today, row=_one, column=_one).states[obligation.pk]
    counted = results([obligation], today)[obligation.pk]
    changes = (
        TurnChange.objects.filter(obligation=obligation)
        .select_related("from_unit", "to_unit", "changed_by", "partner__obligation")
        .order_by("id")
    )
    open_ = obligation.window_start <= today <= obligation.window_end
    may_enter_here = bool(may_enter(user, obligation.agency, obligation.unit))
    return render(
        request,
        "outreach/obligation_detail.html",
        {
            "obligation": obligation,
            "period": Period.parse(obligation.period),
            "state": state,
            "changes": list(changes),
            "account": account_of(user, obligation, state, today),
            "early": [row for row in counted if row.counted_on <= obligation.due_on],
            "late": [row for row in counted if row.counted_on > obligation.due_on],
            "coming": _coming(user, obligation) if open_ else [],
            "done": len(counted),
            "missed": state is Compliance.MISSED,
            "today": today,
            "still_open": open_ and today > obligation.due_on,
            "may_add": open_ and state not in DONE and may_enter_here,
            "turn": may_change_turn(user, obligation, is_done=state in DONE),
            "shows_turn": obligation.quota_id is not None and may_enter_here,
        },
    )


def _coming(user: User, obligation: Obligation) -> list[tuple[Placement, Badge]]:
    """What may still count: on the way to the channel, or with its own unit; oldest first."""
    unsent = Q(state__in=[state.value for state in OPEN])
    if obligation.unit_id is not None:
        unsent &= Q(activity__unit=obligation.unit_id)
    sent = Q(state__in=[state.value for state in (WAITING | INTERNAL) - OPEN])
    rows = (
        Placement.objects.visible_to(user)
        .filter(unsent | sent, agency=obligation.agency_id, channel=obligation.channel_id)
        .exclude(pk__in=obligation.fulfilments.filter(voided_at=None).values("placement"))
        .select_related("activity", "activity__unit", "channel", "editing_agency")
        .order_by("sent_on", "submitted_on", "id")
    )
    return [(row, badge(row)) for row in rows]


def _one(obligation: Obligation) -> int:
    return obligation.pk
