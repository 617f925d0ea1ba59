"""A report as a file: PDF and DOCX of its document, XLSX of its tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localtime

from cchc.lib import archive, pdf
from cchc.lib.archive import Entry
from cchc.lib.spreadsheets import Sheet, write_workbook
from cchc.lib.tables import Table
from plans.periods import Period
from reporting import provenance, rendering, report_policies, word_rendering
from reporting.frozen import Frozen
from reporting.letterhead import Document
from reporting.models import Run
from reporting.models.run import FileFormat
from reporting.reports import consolidated, evidence, period, plan

_SHEET_NAMES = {
    "channels": "Theo kênh",
    "agencies": "Theo cơ quan",
    "province": "Theo định mức",
    "lapses": "Chưa đạt, trễ hạn",
    "pieces": "Tin, bài được tính",
    "annex": "Phụ lục",
    "figures": "Số liệu báo cáo",
    "issuance": "Ban hành kế hoạch",
    "reports": "Nộp báo cáo",
    "provenance": "Nguồn số liệu",
    "points": "Điểm",
    "criterion": "Tiêu chí",
    "files": "Danh mục tệp",
}
_INDEX = "00-Muc-luc-tai-lieu-kiem-chung"


@dataclass(frozen=True, slots=True)
class Report:
    """What is said, and the tables behind it.

    ``frozen_at`` where the figures were frozen before the file was asked for, ``draft`` where
    they may still change; ``stamp`` what the last page says of them. ``enclosed`` are the stored
    files that are packed with it.
    """

    document: Document
    tables: tuple[Table, ...]
    frozen_at: datetime | None = None
    draft: bool = False
    stamp: provenance.Stamp | None = None
    enclosed: tuple[Entry, ...] = ()


def of_run(run: Run) -> Report:
    """What the run asks for, read now."""
    if run.plan is not None:
        return of_plan(plan.gather(run.plan, run.as_of))
    if run.period_report is not None:
        drafts = report_policies.reads_drafts(run.ordered_by, run.period_report)
        facts = period.gather(run.period_report, run.as_of, drafts=drafts)
        document = period.document(facts)
        return Report(document, (facts.figures,), facts.frozen_at, facts.draft)
    if run.agency is not None:
        return of_evidence(
            evidence.gather(run.agency, Period.parse(run.period).year, run.as_of, run.ordered_by)
        )
    return of_province(consolidated.gather(run.province, Period.parse(run.period), run.as_of))


def of_province(facts: consolidated.Facts) -> Report:
    """The consolidated report of a province."""
    return Report(consolidated.document(facts), consolidated.tables(facts))


def of_evidence(facts: evidence.Facts) -> Report:
    """The index of an agency's evidence, and the files."""
    enclosed = tuple(evidence.enclosed(facts))
    return Report(evidence.document(facts), evidence.tables(facts), enclosed=enclosed)


def of_plan(facts: plan.Facts) -> Report:
    """A plan as the agency signs it."""
    return Report(plan.document(facts), (facts.annex,) if facts.annex else ())


def stamped(report: Report, frozen: Frozen, read_at: datetime) -> Report:
    """The report whose last page says when its figures were frozen, and their hash.

    Figures that nothing froze before are frozen by being read.
    """
    at = localtime(report.frozen_at or read_at)
    stamp = provenance.Stamp(at, frozen.sha256, report.draft)
    said = " ".join(filter(None, (report.document.provenance, stamp.sentence)))
    return replace(report, document=replace(report.document, provenance=said), stamp=stamp)


def write(
    report: Report, file_format: FileFormat, path: Path, on_chunk: pdf.OnChunk | None = None
) -> None:
    """Write the report; the same report gives the same bytes.

    ``on_chunk(done, total)`` hears how far a long PDF got, every second, and may raise to stop it.
    """
    match file_format:
        case FileFormat.PDF:
            pdf.write_parts(rendering.parts(report.document), path, on_chunk or _go_on)
        case FileFormat.DOCX:
            word_rendering.write(report.document, path)
        case FileFormat.XLSX:
            _write_workbook(report, path)
        case FileFormat.ZIP:
            _write_pack(report, path, on_chunk or _go_on)


def _go_on(_done: int, _total: int) -> None:
    """Whoever asked has no part in how far it got."""


def part_of(run_id: int, attempt: int) -> Path:
    """Where this attempt writes; the parts that killed attempts left behind are removed."""
    folder: Path = settings.FILES_DIR / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{run_id}.*.part"):
        left.unlink(missing_ok=True)
    return folder / f"{run_id}.{attempt}.part"


def _write_pack(report: Report, path: Path, on_chunk: pdf.OnChunk) -> None:
    """The index as PDF and XLSX before the enclosed files; gone from the disk once it is packed.

    Laying out the index is half of what ``on_chunk`` hears, packing the other.
    """
    with TemporaryDirectory(dir=path.parent) as folder:
        index = []
        for kind in (FileFormat.PDF, FileFormat.XLSX):
            made = Path(folder) / f"{_INDEX}.{kind}"
            write(report, kind, made, lambda done, of: on_chunk(done, 2 * of))
            index.append(Entry(made.name, made))
        entries = [*index, *report.enclosed]
        of = len(entries)
        archive.write(
            path,
            entries,
            made_on=report.document.created,
            on_entry=lambda done: on_chunk(of + done, 2 * of),
        )


def _sheet_name(table: Table) -> str:
    """``Tiêu chí 2`` for the table of a criterion."""
    name, _, number = table.key.partition("-")
    return f"{_SHEET_NAMES[name]} {number}".strip()


def _write_workbook(report: Report, path: Path) -> None:
    head = report.document.letterhead
    preamble = tuple(name.upper() for name in (head.parent_agency, head.agency) if name)
    sheets = [Sheet(_sheet_name(table), table, preamble) for table in report.tables]
    if report.stamp is not None:
        source = provenance.sheet(report.stamp, report.document.title)
        sheets.append(Sheet(_SHEET_NAMES[source.key], source, preamble, plain=True))
    made = datetime.combine(report.document.created, time(), ZoneInfo(settings.TIME_ZONE))
    write_workbook(path, sheets, title=report.document.title, created=made)
