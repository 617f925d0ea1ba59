"""A report as a file: PDF and DOCX of its document, XLSX of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from cchc.lib import pdf
from cchc.lib.spreadsheets import Sheet, write_workbook
from cchc.lib.tables import Table
from plans.periods import Period
from reporting import rendering, report_policies, word_rendering
from reporting.letterhead import Document
from reporting.models import Run
from reporting.models.run import FileFormat
from reporting.reports import consolidated, period, plan

_SHEET_NAMES = {
    "channels": "Theo kênh",
    "agencies": "Theo cơ quan",
    "province": "Theo định mức",
    "lapses": "Chưa đạt, trễ hạn",
    "pieces": "Tin, bài được tính",
    "annex": "Phụ lục",
    "figures": "Số liệu báo cáo",
    "reports": "Nộp báo cáo",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What is said, and the tables behind it."""

    document: Document
    tables: tuple[Table, ...]


def of_run(run: Run) -> Report:
    """What the run asks for, read now."""
    if run.plan is not None:
        return of_plan(plan.gather(run.plan, run.as_of))
    if run.period_report is not None:
        drafts = report_policies.reads_drafts(run.ordered_by, run.period_report)
        facts = period.gather(run.period_report, run.as_of, drafts=drafts)
        return Report(period.document(facts), (facts.figures,))
    return of_province(consolidated.gather(run.province, Period.parse(run.period), run.as_of))


def of_province(facts: consolidated.Facts) -> Report:
    """The consolidated report of a province."""
    return Report(consolidated.document(facts), consolidated.tables(facts))


def of_plan(facts: plan.Facts) -> Report:
    """A plan as the agency signs it."""
    return Report(plan.document(facts), (facts.annex,) if facts.annex else ())


def write(report: Report, file_format: FileFormat, path: Path) -> None:
    """Write the report; the same report gives the same bytes."""
    match file_format:
        case FileFormat.PDF:
            pdf.write(rendering.render(report.document), path)
        case FileFormat.DOCX:
            word_rendering.write(report.document, path)
        case FileFormat.XLSX:
            _write_workbook(report, path)


def part_of(run_id: int, attempt: int) -> Path:
    """Where this attempt writes; the parts that killed attempts left behind are removed."""
    folder: Path = settings.FILES_DIR / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{run_id}.*.part"):
        left.unlink(missing_ok=True)
    return folder / f"{run_id}.{attempt}.part"


def _write_workbook(report: Report, path: Path) -> None:
    head = report.document.letterhead
    preamble = tuple(name.upper() for name in (head.parent_agency, head.agency) if name)
    sheets = [Sheet(_SHEET_NAMES[table.key], table, preamble) for table in report.tables]
    made = datetime.combine(report.document.created, time(), ZoneInfo(settings.TIME_ZONE))
    write_workbook(path, sheets, title=report.document.title, created=made)
