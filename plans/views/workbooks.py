"""A workbook as an answer, made while the person waits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.http import FileResponse

from cchc.lib import clock
from cchc.lib.spreadsheets import Sheet, write_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(sheets: Sequence[Sheet], *, title: str, plain: str) -> FileResponse:
    """An attachment with an ASCII and a Vietnamese name; gone from the disk once it is sent."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_workbook(path, sheets, title=title, created=clock.now())
        file = path.open("rb")
    response = FileResponse(file, content_type=_XLSX)
    named = quote(" ".join(title.replace("/", "-").split()))
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.xlsx\"; filename*=UTF-8''{named}.xlsx"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
