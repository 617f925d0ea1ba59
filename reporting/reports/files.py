"""A consolidated report as a file: PDF of the document, XLSX of its tables."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from cchc.lib import pdf
from cchc.lib.spreadsheets import Sheet, write_workbook
from reporting import rendering
from reporting.models.run import FileFormat
from reporting.reports import consolidated
from reporting.reports.consolidated import Facts

_SHEET_NAMES = {
    "channels": "Theo kênh",
    "agencies": "Theo cơ quan",
    "province": "Theo định mức",
    "lapses": "Chưa đạt, trễ hạn",
    "pieces": "Tin, bài được tính",
}


def write(facts: Facts, file_format: FileFormat, path: Path) -> None:
    """Write the report; the same facts give the same bytes."""
    if file_format is FileFormat.PDF:
        pdf.write(rendering.render(consolidated.document(facts)), path)
    else:
        _write_workbook(facts, path)


def part_of(run_id: int, attempt: int) -> Path:
    """Where this attempt writes; the parts that killed attempts left behind are removed."""
    folder: Path = settings.FILES_DIR / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{run_id}.*.part"):
        left.unlink(missing_ok=True)
    return folder / f"{run_id}.{attempt}.part"


def _write_workbook(facts: Facts, path: Path) -> None:
    document = consolidated.document(facts)
    preamble = (
        f"UBND TỈNH {facts.province.upper()}",
        facts.issuer.name.upper(),
    )
    sheets = [
        Sheet(_SHEET_NAMES[table.key], table, preamble) for table in consolidated.tables(facts)
    ]
    made = datetime.combine(facts.as_of, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))
    write_workbook(path, sheets, title=document.title, created=made)
