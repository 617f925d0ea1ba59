"""An annex that was read and checked comes into its draft, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from agencies import audit
from agencies.models import User
from cchc.jobs.progress import Progress
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from cchc.lib.facts import FactsError
from plans import import_files, policies
from plans.annex_findings import Mode, from_json
from plans.models import AnnexImport, DraftSection, Plan, Task
from plans.plan_file import TaskFacts
from plans.task_rows import TaskNames, make_place, repeated_codes, write_tasks

IMPORTED = audit.Verb("plan.import_annex", "Nhập phụ lục kế hoạch")
# What an open editor shows of these is no longer what stands in the plan.
_REWRITTEN = ("annex", "quotas")
_MOST_NAMED = 8


@transaction.atomic
def import_tasks(*, plan: Plan, tasks: Sequence[TaskFacts], by: User) -> int:
    """Write the tasks into a draft that has none; return how many rows that made."""
    locked = _locked(plan)
    require(policies.may_import_annex(by, locked))
    return _imported(locked, tasks, Mode.EMPTY, by)


@transaction.atomic
def import_checked(
    *, annex_import: AnnexImport, mode: Mode, by: User, progress: Progress | None = None
) -> int:
    """Write exactly the tasks that the check kept; return how many rows that made.

    As the last step of a job it is done with the job's ``progress``, in one transaction.
    """
    plan = _locked(annex_import.plan)
    found = (
        AnnexImport.objects.select_for_update(of=("self",))
        .select_related("job", "plan__agency__province")
        .get(pk=annex_import.pk)
    )
    require(policies.may_import_checked(by, found, mode, is_running=progress is not None))
    findings = from_json(found.findings or {})
    if not findings.is_importable:
        raise Refused("Phụ lục còn lỗi nên chưa nhập được; hãy sửa hết lỗi rồi kiểm tra lại.")
    if findings.year != plan.year:
        raise Refused("Năm của kế hoạch đã đổi từ lúc kiểm tra; hãy kiểm tra lại.")
    try:
        made = _imported(plan, findings.tasks, mode, by)
    except FactsError as error:
        raise Refused(f"{error} Danh bạ đã đổi từ lúc kiểm tra; hãy kiểm tra lại.") from error
    found.imported_at, found.imported_by = clock.now(), by
    kept, found.file = found.file, ""
    found.findings = None
    found.save(update_fields=["imported_at", "imported_by", "file", "findings"])
    if progress is not None:
        progress.finish()
    transaction.on_commit(lambda: import_files.drop([kept]))
    return made


def _locked(plan: Plan) -> Plan:
    return (
        Plan.objects.select_for_update(of=("self",))
        .select_related("agency__province")
        .get(pk=plan.pk)
    )


def _imported(plan: Plan, tasks: Sequence[TaskFacts], mode: Mode, by: User) -> int:
    before = plan.tasks.count()
    if mode is Mode.APPEND:
        _require_other_codes(plan, tasks)
    kept = make_place(plan, tasks) if mode is Mode.REPLACE else {}
    last = Task.everything.filter(plan=plan).aggregate(last=Max("order"))["last"] or 0
    names = TaskNames.around(plan.agency, "Phụ lục")
    made = write_tasks(plan, tasks, names, after=last, kept=kept)
    after = {"tasks": made} | ({"mode": mode.value, "before": before} if before else {})
    _renew_sections(plan, by)
    audit.record(IMPORTED, plan, by=by, agency=plan.agency, after=after)
    return made


def _require_other_codes(plan: Plan, tasks: Sequence[TaskFacts]) -> None:
    """A number stands once in its group, as within one file."""
    repeated = repeated_codes(plan, tasks)
    if repeated:
        more = "…" if len(repeated) > _MOST_NAMED else ""
        named = ", ".join(repeated[:_MOST_NAMED])
        raise Refused(
            f"Không nối vào sau được: kế hoạch đã có nhiệm vụ mang số thứ tự {named}{more}."
        )


def _renew_sections(plan: Plan, by: User) -> None:
    now = clock.now()
    for name in _REWRITTEN:
        section, _ = DraftSection.objects.get_or_create(
            plan=plan, name=name, defaults={"saved_at": now, "saved_by": by}
        )
        section.version += 1
        section.saved_at, section.saved_by = now, by
        section.save(update_fields=["version", "saved_at", "saved_by"])
