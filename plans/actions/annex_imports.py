"""An annex on its way into a draft: the file is taken, checked by a job, asked about, imported."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.jobs import queue
from cchc.jobs.models import Job
from cchc.jobs.progress import Progress
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import import_files, policies
from plans.annex_findings import Findings, Mode, from_json, to_json
from plans.models import AnnexImport, Plan

CHECK_TASK = "plans.check_annex"
IMPORT_TASK = "plans.import_annex"
ORDERED = audit.Verb("plan.annex.order", "Gửi phụ lục để kiểm tra")
ANSWERED = audit.Verb("plan.annex.answer", "Trả lời về tên đơn vị trong phụ lục")
CHECKED = audit.Verb("plan.annex.check", "Kiểm tra xong phụ lục")
IMPORT_ORDERED = audit.Verb("plan.annex.import_order", "Yêu cầu nhập phụ lục")


@transaction.atomic
def order_check(*, plan: Plan, name: str, content: bytes, is_pasted: bool, by: User) -> AnnexImport:
    """Take a file or a pasted table and have it checked; an earlier one of the person goes."""
    locked = _plan(plan)
    require(policies.may_check_annex(by, locked))
    number = uuid.uuid4()
    _drop_earlier(locked, by)
    found = AnnexImport.objects.create(
        id=number,
        plan=locked,
        name=name[:200],
        file=import_files.keep(number, content),
        is_pasted=is_pasted,
        job=_enqueued(number),
        ordered_at=clock.now(),
        ordered_by=by,
    )
    after = {"name": found.name, "size": len(content)}
    audit.record(ORDERED, found, by=by, agency=locked.agency, after=after)
    return found


@transaction.atomic
def answer(
    *, annex_import: AnnexImport, answers: Mapping[str, str], sheet: str, by: User
) -> AnnexImport:
    """Which unit each unknown name means, "" for a group, and which sheet is read; check again."""
    found = _import(annex_import)
    require(policies.may_answer(by, found))
    asked = {one.name for one in from_json(found.findings).asked} if found.findings else set()
    found.answers = {
        name: code for name, code in answers.items() if name in asked or name in found.answers
    }
    found.sheet = sheet[:200]
    found.findings = None
    found.job = _enqueued(found.pk)
    found.save(update_fields=["answers", "sheet", "findings", "job"])
    after = {"answers": found.answers, "sheet": found.sheet}
    audit.record(ANSWERED, found, by=by, agency=found.plan.agency, after=after)
    return found


@transaction.atomic
def complete_check(
    *, annex_import: AnnexImport, findings: Findings, progress: Progress, by: User
) -> AnnexImport:
    """Keep what the check found; the findings and the end of the job are one."""
    found = _import(annex_import)
    found.findings = to_json(findings)
    found.save(update_fields=["findings"])
    progress.finish()
    after = {"tasks": findings.count, "faults": len(findings.faults)}
    audit.record(CHECKED, found, by=by, agency=found.plan.agency, after=after)
    return found


@transaction.atomic
def order_import(*, annex_import: AnnexImport, mode: Mode, by: User) -> AnnexImport:
    """Have a large annex imported by a job, all or nothing."""
    found = _import(annex_import)
    require(policies.may_import_checked(by, found, mode))
    if not from_json(found.findings or {}).is_importable:
        raise Refused("Phụ lục còn lỗi nên chưa nhập được; hãy sửa hết lỗi rồi kiểm tra lại.")
    found.job = queue.enqueue(
        IMPORT_TASK, import_id=str(found.pk), mode=mode.value, username=by.username
    )
    found.save(update_fields=["job"])
    after = {"mode": mode.value}
    audit.record(IMPORT_ORDERED, found, by=by, agency=found.plan.agency, after=after)
    return found


def _plan(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("agency").get(pk=plan.pk)


def _import(annex_import: AnnexImport) -> AnnexImport:
    return (
        AnnexImport.objects.select_for_update(of=("self",))
        .select_related("plan__agency", "job")
        .get(pk=annex_import.pk)
    )


def _enqueued(number: uuid.UUID) -> Job:
    return queue.enqueue(CHECK_TASK, import_id=str(number))


def _drop_earlier(plan: Plan, by: User) -> None:
    """One check of a plan at a time and person: what was sent before is neither kept nor read."""
    earlier = list(AnnexImport.objects.waiting().filter(plan=plan, ordered_by=by))
    names = [one.file for one in earlier]
    for one in earlier:
        queue.cancel(one.job_id)
    AnnexImport.objects.filter(pk__in=[one.pk for one in earlier]).update(file="", findings=None)
    transaction.on_commit(lambda: import_files.drop(names))
