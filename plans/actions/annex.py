"""An annex that was read and checked comes into its draft, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.lib.decisions import require
from plans import policies
from plans.models import Plan
from plans.plan_file import TaskFacts
from plans.task_rows import TaskNames, write_tasks

IMPORTED = audit.Verb("plan.import_annex", "Nhập phụ lục kế hoạch")


@transaction.atomic
def import_tasks(*, plan: Plan, tasks: Sequence[TaskFacts], by: User) -> int:
    """Write the tasks into a draft that has none; return how many rows that made."""
    locked = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("agency__province")
        .get(pk=plan.pk)
    )
    require(policies.may_import_annex(by, locked))
    names = TaskNames.around(locked.agency, "Phụ lục")
    made = write_tasks(locked, tasks, names)
    audit.record(IMPORTED, locked, by=by, agency=locked.agency, after={"tasks": made})
    return made
