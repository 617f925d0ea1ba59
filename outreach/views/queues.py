"""What waits for one person: internal clearance, and the desk of a channel's editors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import page, roles, signed_in
from agencies.models import User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.decisions import Decision
from outreach import bulk
from outreach.bulk import Outcome
from outreach.models import Placement
from outreach.models.placement import PlacementQuerySet
from outreach.policies import ONE_PERSON, is_own_to_clear, is_own_work
from outreach.views.cards import Colleagues, colleagues, decisions
from outreach.views.outlook import Outlook, outlooks
from outreach.views.placements import sent_again
from outreach.workflow import SUBMIT, State

# More than anybody decides on at once; the rest follows when these are done.
MOST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One placement of a queue; ``own`` when the person wrote or sent it, ``words`` with it."""

    placement: Placement
    moves: dict[str, Decision]
    own: bool
    words: str
    outlooks: Sequence[Outlook]
    ticked: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a decision over many: how many of how many, and each refusal.

    ``fault``: why nothing was tried. ``gone`` are not to be seen any more: taken back meanwhile.
    """

    verb: str = ""
    done: int = 0
    total: int = 0
    refused: Sequence[Outcome] = ()
    gone: int = 0
    fault: str = ""
    reason: str = ""
    ticked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Verbs:
    """The two decisions over many that a queue offers, and what they are called."""

    accepted: str
    turned_down: str
    accept: Callable[[User, Iterable[Placement]], list[Outcome]]
    turn_down: Callable[[User, Iterable[Placement], str], list[Outcome]]


CLEARING = Verbs(
    "Đã duyệt nội bộ",
    "Đã trả lại để sửa",
    lambda user, rows: bulk.clear_many(by=user, placements=rows),
    lambda user, rows, why: bulk.hand_back_many(by=user, placements=rows, reason=why),
)
EDITING = Verbs(
    "Đã duyệt",
    "Đã trả lại",
    lambda user, rows: bulk.approve_many(by=user, placements=rows),
    lambda user, rows, why: bulk.return_many(by=user, placements=rows, reason=why),
)


@page(roles(Role.UNIT_HEAD, Role.AGENCY_OFFICE), form=True)
def clearance_queue(request: HttpRequest) -> HttpResponse:
    """What waits for the internal clearance of the unit head or the agency's office."""
    user = signed_in(request)
    answer = _decide(request, CLEARING)
    waiting = _shown(Placement.objects.to_clear(user))
    others = colleagues(user, waiting)
    rows = [_to_clear(user, placement, others, answer) for placement in waiting]
    context = {
        "rows": rows,
        "answer": answer,
        "total": Placement.objects.to_clear(user).count(),
        "agencies": {p.agency_id for p in waiting},
        "alone": ONE_PERSON,
        "today": clock.today(),
    }
    return render(request, "outreach/clearance_queue.html", context)


@page(roles(Role.CHANNEL_EDITOR), form=True)
def review_queue(request: HttpRequest) -> HttpResponse:
    """What waits for the editor: to be decided on, and to be published; oldest first."""
    user = signed_in(request)
    answer = _decide(request, EDITING)
    awaiting = Placement.objects.awaiting(user)
    to_decide = _shown(awaiting.filter(state=State.SENT))
    to_publish = _shown(awaiting.filter(state=State.APPROVED))
    others = colleagues(user, [])  # nothing that waits here is to be cleared
    today = clock.today()
    found = outlooks([*to_decide, *to_publish], today)

    def row(placement: Placement) -> Row:
        return Row(
            placement,
            decisions(user, placement, others),
            is_own_work(user, placement),
            _words(placement, ("send", "clear")),
            found[placement.pk],
            placement.pk in answer.ticked,
        )

    context = {
        "to_decide": [row(placement) for placement in to_decide],
        "to_publish": [row(placement) for placement in to_publish],
        "answer": answer,
        "shown": len(to_decide) + len(to_publish),
        "totals": {
            "decide": awaiting.filter(state=State.SENT).count(),
            "publish": awaiting.filter(state=State.APPROVED).count(),
        },
        "today": today,
    }
    return render(request, "outreach/review_queue.html", context)


def _shown(rows: PlacementQuerySet) -> list[Placement]:
    return list(rows.prefetch_related("reviews__by")[:MOST])


def _to_clear(user: User, placement: Placement, others: Colleagues, answer: Answer) -> Row:
    return Row(
        placement,
        decisions(user, placement, others),
        is_own_to_clear(user, placement),
        _words(placement, (SUBMIT.code,)),
        (),
        placement.pk in answer.ticked,
    )


def _words(placement: Placement, codes: Iterable[str]) -> str:
    """What the last to hand it in said with it."""
    said = [review for review in placement.reviews.all() if review.move in set(codes)]
    return max(said, key=lambda review: review.pk).comment if said else ""


def _decide(request: HttpRequest, verbs: Verbs) -> Answer:
    """The decision over the ticked ones: each by itself, and nothing is lost on the way."""
    if request.method != "POST":
        return Answer()
    user, accepts = signed_in(request), request.POST.get("do") == "accept"
    keys = frozenset(int(key) for key in request.POST.getlist("pk")[:MOST] if key.isdecimal())
    reason = request.POST.get("reason", "").strip()
    if not keys:
        return Answer(fault="Hãy chọn ít nhất một mục.", reason=reason)
    if not accepts and not reason:
        return Answer(fault="Hãy ghi lý do trả lại; một lý do cho các mục đã chọn.", ticked=keys)
    rows = list(
        Placement.objects.visible_to(user)
        .filter(pk__in=keys)
        .select_related(
            "activity",
            "activity__agency",
            "activity__unit",
            "agency",
            "channel",
            "editing_agency",
        )
        .prefetch_related("reviews")
    )
    news = [Outcome(row, sent_again(row, request.POST.get(f"seen-{row.pk}", ""))) for row in rows]
    changed = [outcome for outcome in news if outcome.refusal]
    as_seen = [outcome.placement for outcome in news if not outcome.refusal]
    outcomes = verbs.accept(user, as_seen) if accepts else verbs.turn_down(user, as_seen, reason)
    refused = [*changed, *(outcome for outcome in outcomes if outcome.refusal)]
    return Answer(
        verb=verbs.accepted if accepts else verbs.turned_down,
        done=sum(not outcome.refusal for outcome in outcomes),
        total=len(keys),
        refused=refused,
        gone=len(keys) - len(rows),
        reason="" if accepts or not refused else reason,
        ticked=frozenset(outcome.placement.pk for outcome in refused),
    )
