"""The office decides that the numbers in a row's text are no quota, or that they may be one."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from agencies import audit
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.holding import held
from plans.models import DraftSection, Plan, Task

DECIDED = audit.Verb("task.without_quota", "Quyết định giao định mức cho nhiệm vụ")


@transaction.atomic
def decide(*, task: Task, without_quota: bool, by: User) -> Task:
    """Say whether the row goes without a quota; the annex gets a new version by it."""
    plan = held(task.plan_id)
    require(policies.may_write(by, plan))
    locked: Task | None = plan.tasks.select_for_update(of=("self",)).filter(pk=task.pk).first()
    if locked is None:
        raise Refused("Nhiệm vụ này không còn trong phụ lục; hãy tải lại trang.")
    if without_quota and locked.quotas.exists():
        raise Refused(f"Nhiệm vụ {locked.code} đang có định mức; hãy xóa định mức trước.")
    before = locked.without_quota
    locked.without_quota = without_quota
    locked.save(update_fields=["without_quota"])
    _renew_annex(plan, by)
    audit.record(
        DECIDED,
        locked,
        by=by,
        agency=plan.agency,
        before={"without_quota": before},
        after={"without_quota": without_quota},
    )
    return locked


def _renew_annex(plan: Plan, by: User) -> None:
    """The flag is part of the annex: a copy of it read earlier is out of date now."""
    section, _ = DraftSection.objects.get_or_create(
        plan=plan, name="annex", defaults={"saved_at": clock.now(), "saved_by": by}
    )
    section.version = F("version") + 1
    section.saved_at, section.saved_by = clock.now(), by
    section.save(update_fields=["version", "saved_at", "saved_by"])
