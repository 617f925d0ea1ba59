"""The page of one obligation: what counts for it and why, what waits, by which clock."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.access import SIGNED_IN, page, signed_in
from cchc.lib import clock
from outreach.compliance import Compliance
from outreach.policies import may_enter
from outreach.tallies import measure, results, waiting
from outreach.views.explanations import account_of
from plans.models import Obligation, TurnChange
from plans.models.quota import CountsWhen
from plans.periods import Period

DONE = frozenset({Compliance.MET, Compliance.MET_LATE, Compliance.WAIVED})


@page(SIGNED_IN)
def obligation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Results on time, results after the due date, and what still waits for the channel."""
    user, today = signed_in(request), clock.today()
    obligation = get_object_or_404(Obligation.objects.visible_to(user).for_matrix(), pk=pk)
    state = measure([obligation], today, row=_one, column=_one).states[obligation.pk]
    counted = results([obligation], today)[obligation.pk]
    undecided = (
        waiting([obligation], today)
        .visible_to(user)
        .filter(channel=obligation.channel_id)
        .select_related("activity", "activity__unit", "channel")
        .order_by("sent_on", "id")
    )
    changes = (
        TurnChange.objects.filter(obligation=obligation)
        .select_related("from_unit", "to_unit", "changed_by", "partner__obligation")
        .order_by("id")
    )
    open_ = obligation.window_start <= today <= obligation.window_end
    may_come = open_ and obligation.counts_when == CountsWhen.APPROVED_PUBLISHED
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
            "waiting": list(undecided) if may_come else [],
            "done": len(counted),
            "missed": state is Compliance.MISSED,
            "today": today,
            "still_open": open_ and today > obligation.due_on,
            "may_add": open_
            and state not in DONE
            and bool(may_enter(user, obligation.agency, obligation.unit)),
        },
    )


def _one(obligation: Obligation) -> int:
    return obligation.pk
