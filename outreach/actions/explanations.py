"""Why an obligation was missed or late, and whether that is accepted; no figure changes."""

from __future__ import annotations

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach import policies
from outreach.models import Explanation
from outreach.models.explanation import ExplanationReason, ExplanationState
from outreach.tallies import measure
from plans.models import Obligation

EXPLAINED = Verb("explanation.give", "Giải trình")
ACCEPTED = Verb("explanation.accept", "Chấp nhận giải trình")
REFUSED = Verb("explanation.refuse", "Không chấp nhận giải trình")

REASON_NEEDED = "Hãy chọn nguyên nhân trong danh sách."
TEXT_NEEDED = "Hãy ghi nội dung giải trình."
WHY_NEEDED = "Hãy ghi lý do không chấp nhận."


@transaction.atomic
def explain(*, obligation: Obligation, reason: str, text: str, by: User) -> Explanation:
    """Say why; the newer explanation takes the place of one that is not accepted, which stays."""
    locked = _locked(obligation.pk)
    today = clock.today()
    state = measure([locked], today, row=_one, column=_one).states[locked.pk]
    current = Explanation.objects.filter(obligation=locked).current().first()
    require(policies.may_explain(by, locked, state, today, current))
    if reason not in ExplanationReason.values:
        raise Refused(REASON_NEEDED)
    if not text.strip():
        raise Refused(TEXT_NEEDED)
    explanation = Explanation.objects.create(
        obligation=locked,
        reason=reason,
        text=text.strip(),
        unit=locked.unit,
        by_office=policies.explains_for_office(by, locked),
        given_at=clock.now(),
        given_by=by,
    )
    record(
        EXPLAINED,
        explanation,
        by=by,
        agency=locked.agency,
        after={"reason": reason, "text": explanation.text, "state": state.value},
    )
    return explanation


@transaction.atomic
def accept(*, explanation: Explanation, by: User) -> Explanation:
    """Accept it; the obligation stays missed or late."""
    locked = _to_decide(explanation, ExplanationState.ACCEPTED, by)
    before = locked.state
    locked.accepted_at, locked.accepted_by = clock.now(), by
    locked.state = ExplanationState.ACCEPTED
    locked.save(update_fields=["accepted_at", "accepted_by", "state"])
    _record(ACCEPTED, locked, before, by)
    return locked


@transaction.atomic
def refuse(*, explanation: Explanation, reason: str, by: User) -> Explanation:
    """Do not accept it, with a reason; another one may then be given."""
    locked = _to_decide(explanation, ExplanationState.REFUSED, by)
    if not reason.strip():
        raise Refused(WHY_NEEDED)
    before = locked.state
    locked.refused_at, locked.refused_by = clock.now(), by
    locked.refused_reason = reason.strip()
    locked.state = ExplanationState.REFUSED
    locked.save(update_fields=["refused_at", "refused_by", "refused_reason", "state"])
    _record(REFUSED, locked, before, by, locked.refused_reason)
    return locked


def _to_decide(explanation: Explanation, verdict: ExplanationState, by: User) -> Explanation:
    """As it stands now; no newer one comes before this is over."""
    _locked(explanation.obligation_id)
    locked = Explanation.objects.select_related("obligation__agency__province").get(
        pk=explanation.pk
    )
    is_current = Explanation.objects.current().filter(pk=locked.pk).exists()
    require(policies.may_decide(by, locked, verdict, is_current=is_current))
    return locked


def _record(verb: Verb, explanation: Explanation, before: str, by: User, reason: str = "") -> None:
    record(
        verb,
        explanation,
        by=by,
        agency=explanation.obligation.agency,
        reason=reason,
        before={"state": before},
        after={"state": explanation.state},
    )


def _locked(obligation_id: int) -> Obligation:
    """The obligation's row is the turnstile: one explanation, one decision at a time."""
    return (
        Obligation.objects.select_for_update(of=("self",))
        .for_matrix()
        .select_related("agency__province")
        .get(pk=obligation_id)
    )


def _one(obligation: Obligation) -> int:
    return obligation.pk
