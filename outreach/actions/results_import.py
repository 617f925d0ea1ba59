"""A file of results on its way in: taken, checked by a job, asked about, imported whole."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from cchc.jobs import queue
from cchc.jobs.progress import Progress
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from outreach import import_policies as policies
from outreach.import_policies import Authority
from outreach.models import ResultsImport
from outreach.results_check import Checked, compared
from outreach.results_findings import Findings, from_json, to_json
from outreach.results_sheet.deciding import Outcome
from outreach.results_sheet.facts import Reading
from outreach.results_writing import CHANGED_SINCE, Source, write
from plans import import_files

CHECK_TASK = "outreach.check_results"
IMPORT_TASK = "outreach.import_results"
ORDERED = audit.Verb("results.order", "Gửi tệp kết quả để kiểm tra")
ANSWERED = audit.Verb("results.answer", "Trả lời về tên trong tệp kết quả")
CHECKED = audit.Verb("results.check", "Kiểm tra xong tệp kết quả")
IMPORT_ORDERED = audit.Verb("results.import_order", "Yêu cầu nhập tệp kết quả")
CANCELLED = audit.Verb("results.cancel", "Dừng xử lý tệp kết quả")
IMPORTED = audit.Verb("results.import", "Nhập kết quả từ tệp")

HAS_FAULTS = "Tệp còn lỗi nên chưa nhập được; hãy sửa hết lỗi rồi kiểm tra lại."
NOTHING_NEW = "Mọi dòng trong tệp đã được ghi nhận từ trước; không có gì để nhập."


@transaction.atomic
def order_check(*, agency: Agency, name: str, content: bytes, by: User) -> ResultsImport:
    """Take a file or a pasted table and have it checked; an earlier one of the person goes."""
    require(policies.may_import(by, agency))
    number = uuid.uuid4()
    _drop_earlier(agency, by)
    found = ResultsImport.objects.create(
        id=number,
        agency=agency,
        name=name[:200],
        file=import_files.keep(number, content),
        job=queue.enqueue(CHECK_TASK, import_id=str(number)),
        ordered_at=clock.now(),
        ordered_by=by,
    )
    after = {"name": found.name, "size": len(content)}
    audit.record(ORDERED, found, by=by, agency=agency, after=after)
    return found


@transaction.atomic
def answer(
    *, results_import: ResultsImport, answers: Mapping[str, str], sheet: str, by: User
) -> ResultsImport:
    """What each unknown name means, and which sheet is read; check again."""
    found = _locked(results_import)
    require(policies.may_answer(by, found))
    asked = from_json(found.findings).asked if found.findings else ()
    known = {one.question for one in asked} | set(found.answers)
    found.answers = {name: code for name, code in answers.items() if name in known}
    found.sheet = sheet[:200]
    found.findings = None
    found.job = queue.enqueue(CHECK_TASK, import_id=str(found.pk))
    found.save(update_fields=["answers", "sheet", "findings", "job"])
    after = {"answers": found.answers, "sheet": found.sheet}
    audit.record(ANSWERED, found, by=by, agency=found.agency, after=after)
    return found


@transaction.atomic
def complete_check(
    *, results_import: ResultsImport, findings: Findings, progress: Progress, by: User
) -> ResultsImport:
    """Keep what the check found; the findings and the end of the job are one."""
    found = _locked(results_import)
    found.findings = to_json(findings)
    found.save(update_fields=["findings"])
    progress.finish()
    after = {"rows": findings.rows, "faults": findings.fault_count}
    audit.record(CHECKED, found, by=by, agency=found.agency, after=after)
    return found


@transaction.atomic
def order_import(*, results_import: ResultsImport, by: User) -> ResultsImport:
    """Have what was checked imported by a job, all or nothing."""
    found = _locked(results_import)
    require(policies.may_import_checked(by, found))
    findings = from_json(found.findings or {})
    if not findings.is_importable:
        raise Refused(NOTHING_NEW if findings.changes_nothing else HAS_FAULTS)
    found.job = queue.enqueue(IMPORT_TASK, import_id=str(found.pk), username=by.username)
    found.save(update_fields=["job"])
    after = {"new": findings.new, "changed": findings.changed}
    audit.record(IMPORT_ORDERED, found, by=by, agency=found.agency, after=after)
    return found


@transaction.atomic
def cancel(*, results_import: ResultsImport, by: User) -> ResultsImport:
    """Stop its job; an import that was not done yet writes nothing.

    Its row is not locked: an import holds it while it writes, and is stopped by its job.
    """
    found = ResultsImport.objects.select_related("agency", "job").get(pk=results_import.pk)
    require(policies.may_cancel(by, found))
    if not queue.cancel(found.job_id):
        raise Refused(policies.NOT_RUNNING)
    audit.record(CANCELLED, found, by=by, agency=found.agency)
    return found


@transaction.atomic
def import_checked(
    *, results_import: ResultsImport, reading: Reading, sha256: str, progress: Progress, by: User
) -> Checked:
    """Write what the check counted, as the last step of its job; result and end are one."""
    agency = _turnstile(results_import.agency)
    found = _locked(results_import)
    require(policies.may_import_checked(by, found, is_running=True))
    findings = from_json(found.findings or {})
    checked = compared(agency, reading, Authority(by))
    if sha256 != findings.sha256 or _counts(checked) != findings.counts:
        raise Refused(CHANGED_SINCE)
    _imported(checked, Source(agency, by, found.name), found, sha256)
    found.imported_at, found.imported_by = clock.now(), by
    kept, found.file = found.file, ""
    found.save(update_fields=["imported_at", "imported_by", "file"])
    progress.finish()
    transaction.on_commit(lambda: import_files.drop([kept]))
    return checked


@transaction.atomic
def import_file(
    *, agency: Agency, reading: Reading, name: str, sha256: str, by: User, as_administrator: bool
) -> Checked:
    """Write a file at once, from the command line; raises when a row cannot be taken."""
    locked = _turnstile(agency)
    require(policies.may_import(by, locked, as_administrator=as_administrator))
    checked = compared(locked, reading, Authority(by, as_administrator))
    source = Source(locked, by, name, as_administrator)
    _imported(checked, source, locked, sha256)
    return checked


def _imported(
    checked: Checked, source: Source, subject: Agency | ResultsImport, sha256: str
) -> None:
    if not checked.is_clean:
        raise Refused(HAS_FAULTS)
    settled = write(checked.decided, source)
    new, changed, same = _counts(checked)
    after = {
        "file": source.name,
        "sha256": sha256,
        "new": new,
        "changed": changed,
        "unchanged": same,
        "waiting": checked.decided.claims,
        "counted": len(settled.missing),
        "voided": len(settled.wrong),
    }
    audit.record(IMPORTED, subject, by=source.by, agency=source.agency, after=after)


def _counts(checked: Checked) -> tuple[int, int, int]:
    new, changed, same = (checked.decided.count(one) for one in Outcome)
    return new, changed, same


def _turnstile(agency: Agency) -> Agency:
    """One import of an agency at a time: the same file twice must find its own rows."""
    return (
        Agency.objects.select_for_update(of=("self",), no_key=True)
        .select_related("province")
        .get(pk=agency.pk)
    )


def _locked(results_import: ResultsImport) -> ResultsImport:
    return (
        ResultsImport.objects.select_for_update(of=("self",))
        .select_related("agency__province", "job")
        .get(pk=results_import.pk)
    )


def _drop_earlier(agency: Agency, by: User) -> None:
    """One check at a time and person: what was sent before is neither kept nor read.

    An import that writes is waited for; it locks its row before its job, and so does this.
    """
    waiting = ResultsImport.objects.waiting().filter(agency=agency, ordered_by=by)
    earlier = list(waiting.select_for_update().order_by("pk"))
    names = [one.file for one in earlier]
    for one in earlier:
        queue.cancel(one.job_id)
    ResultsImport.objects.filter(pk__in=[one.pk for one in earlier]).update(file="", findings=None)
    transaction.on_commit(lambda: import_files.drop(names))
