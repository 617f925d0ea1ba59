"""A warning that stands in a draft is accepted, with a reason."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.models import AcceptedWarning, Plan
from plans.proofreading import warnings_of

ACCEPTED = audit.Verb("plan.accept_warning", "Chấp nhận cảnh báo của kế hoạch")


@transaction.atomic
def accept(*, plan: Plan, code: str, place: str, reason: str, by: User) -> AcceptedWarning:
    """Let the warning of that code and place stand; what makes a document false cannot."""
    locked = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("agency__province", "parent")
        .get(pk=plan.pk)
    )
    require(policies.may_accept_warnings(by, locked))
    _check_standing(locked, code, place)
    if not reason.strip():
        raise Refused("Hãy ghi lý do chấp nhận cảnh báo.")
    if AcceptedWarning.objects.filter(plan=locked, code=code, place=place).exists():
        raise Refused(f"Cảnh báo tại {place} đã được chấp nhận trước đó.")
    accepted = AcceptedWarning.objects.create(
        plan=locked,
        code=code,
        place=place,
        reason=reason.strip(),
        accepted_at=clock.now(),
        accepted_by=by,
    )
    audit.record(
        ACCEPTED,
        locked,
        by=by,
        agency=locked.agency,
        reason=accepted.reason,
        after={"code": code, "place": place},
    )
    return accepted


def _check_standing(plan: Plan, code: str, place: str) -> None:
    standing = {(found.code, found.place): found for found in warnings_of(plan)}
    found = standing.get((code, place))
    if found is None:
        raise Refused("Kế hoạch không còn cảnh báo này; hãy tải lại trang.")
    if found.blocks:
        raise Refused(f"{place}: {found.sentence} Lỗi này phải sửa, không thể chấp nhận.")
