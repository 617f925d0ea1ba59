"""The Celery doors of this floor: an id comes in, one action is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.db import transaction

from agencies.models import User
from cchc.jobs.progress import Progress
from cchc.lib.cells import Grid
from cchc.lib.clipboard import read_pasted
from cchc.lib.decisions import Refused
from cchc.lib.facts import FactsError
from cchc.lib.sheet_reader import read_file
from cchc.lib.uploads import UploadRefused
from plans import annex_findings, import_files
from plans.actions import annex, annex_imports
from plans.actions.proposals import propose
from plans.annex_check import check
from plans.annex_findings import Mode
from plans.assignable import assignable
from plans.models import AnnexImport, Plan, PlanRevision

_STEPS = 3


@shared_task(name=annex_imports.CHECK_TASK)
def check_annex(progress: Progress, import_id: str) -> None:
    """Read one file in its limited process and check all of it; nothing is written to the plan."""
    found = AnnexImport.objects.for_page().get(pk=import_id)
    progress.step(0, _STEPS, "Đang đọc tệp")
    with _sentences():
        grids = _grids(found)
        progress.step(1, _STEPS, "Đang kiểm tra từng dòng")
        chosen = [grid for grid in grids if found.sheet in ("", grid.name)]
        reading = check(found.plan, chosen, found.answers)
    names = assignable(found.plan)
    findings = annex_findings.gathered(reading, grids, names.names, found.plan.year)
    progress.step(2, _STEPS, "Đang ghi kết quả")
    annex_imports.complete_check(
        annex_import=found, findings=findings, progress=progress, by=found.ordered_by
    )


@shared_task(name=annex_imports.IMPORT_TASK)
def import_annex(progress: Progress, import_id: str, mode: str, username: str) -> None:
    """Import a large annex that was checked."""
    found = AnnexImport.objects.for_page().get(pk=import_id)
    by = User.objects.get(username=username, is_active=True)
    progress.step(0, 1, "Đang nhập phụ lục")
    annex.import_checked(annex_import=found, mode=Mode(mode), by=by, progress=progress)


def _grids(found: AnnexImport) -> list[Grid]:
    try:
        content = import_files.path_of(found.file).read_bytes()
    except OSError as error:
        raise UploadRefused("Tệp đã gửi không còn; hãy gửi lại.") from error
    return read_pasted(content.decode()) if found.is_pasted else read_file(content)


@contextmanager
def _sentences() -> Iterator[None]:
    """What a file or an answer does wrong becomes the job's sentence."""
    try:
        yield
    except (UploadRefused, FactsError) as error:
        raise Refused(str(error)) from error


@shared_task(name="plans.propose_changes")
def propose_changes(progress: Progress, plan_id: int, revision: int) -> None:
    """Put an amendment before the plans that implement the amended one."""
    parent = Plan.objects.get(pk=plan_id)
    by = PlanRevision.objects.select_related("made_by").get(plan=parent, number=revision).made_by
    progress.step(0, 1, "Đang đề xuất cho kế hoạch triển khai")
    with transaction.atomic():
        propose(parent=parent, revision=revision, by=by)
        progress.finish()
