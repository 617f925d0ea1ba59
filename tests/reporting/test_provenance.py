"""The last page says when the figures were frozen, and their hash; nothing else depends on it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pdfplumber
import pytest

from reporting.frozen import Frozen, changes, digest, freeze, thaw
from reporting.models.run import FileFormat
from reporting.reports import consolidated, files
from tests.reporting.world import AS_OF, QUARTER, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.core]
FORMATS = (FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX)
AT, LATER = datetime(2024, 4, 5, 2, 7, tzinfo=UTC), datetime(2024, 4, 6, 8, 30, tzinfo=UTC)
SAID, SAID_LATER = "09:07 ngày 05/04/2024", "15:30 ngày 06/04/2024"


@pytest.fixture
def facts() -> consolidated.Facts:
    return consolidated.gather(make_world(3).province, QUARTER, AS_OF)


def made(facts: consolidated.Facts, at: datetime, file_format: FileFormat, path: Path) -> Path:
    path = path.with_suffix(f".{file_format}")
    report = files.of_province(facts)
    files.write(files.stamped(report, Frozen.of(report.tables), at), file_format, path)
    return path


def words(path: Path, file_format: FileFormat) -> str:
    """All that a reader reads, without line breaks and blanks: a long hash is broken."""
    if file_format == FileFormat.PDF:
        with pdfplumber.open(path) as pdf:
            text = "".join(page.extract_text() for page in pdf.pages)
    elif file_format == FileFormat.DOCX:
        text = "".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    else:
        book = openpyxl.load_workbook(path)
        text = "".join(str(v) for s in book for row in s.values for v in row if v is not None)
    return "".join(text.split())


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_facts_give_the_same_bytes_apart_from_the_stated_time(
    facts: consolidated.Facts, tmp_path: Path, file_format: FileFormat
) -> None:
    once = made(facts, AT, file_format, tmp_path / "1")
    again = made(facts, AT, file_format, tmp_path / "2")
    later = made(facts, LATER, file_format, tmp_path / "3")
    assert once.read_bytes() == again.read_bytes()
    assert once.read_bytes() != later.read_bytes()
    said, said_later = "".join(SAID.split()), "".join(SAID_LATER.split())
    assert words(once, file_format).count(said) == 1
    assert words(later, file_format) == words(once, file_format).replace(said, said_later)


@pytest.mark.parametrize("file_format", [FileFormat.DOCX, FileFormat.XLSX])
def test_only_the_line_differs_inside_the_file(
    facts: consolidated.Facts, tmp_path: Path, file_format: FileFormat
) -> None:
    parts = []
    for name, at in (("1", AT), ("2", LATER)):
        with ZipFile(made(facts, at, file_format, tmp_path / name)) as archive:
            parts.append({entry: archive.read(entry) for entry in archive.namelist()})
    once, later = parts
    assert list(once) == list(later)
    different = {entry for entry in once if once[entry] != later[entry]}
    assert len(different) == 1
    entry = different.pop()
    assert once[entry].replace(SAID.encode(), SAID_LATER.encode()) == later[entry]


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_hash_is_that_of_the_frozen_tables(
    facts: consolidated.Facts, tmp_path: Path, file_format: FileFormat
) -> None:
    tables = consolidated.tables(facts)
    sha256 = digest(freeze(tables))
    assert sha256 in words(made(facts, AT, file_format, tmp_path / "2"), file_format)
    assert digest(freeze(thaw(freeze(tables)))) == sha256


def test_the_line_stands_on_the_last_page(facts: consolidated.Facts, tmp_path: Path) -> None:
    with pdfplumber.open(made(facts, AT, FileFormat.PDF, tmp_path / "1")) as pdf:
        saying = ["Lập từ số liệu chốt lúc" in page.extract_text() for page in pdf.pages]
    assert saying == [False] * (len(saying) - 1) + [True]
    word = docx.Document(str(made(facts, AT, FileFormat.DOCX, tmp_path / "2")))
    assert f"Lập từ số liệu chốt lúc {SAID}" in word.paragraphs[-1].text
    book = openpyxl.load_workbook(made(facts, AT, FileFormat.XLSX, tmp_path / "3"))
    assert book.sheetnames[-1] == "Nguồn số liệu"


def test_a_database_that_keeps_keys_in_another_order_changes_no_hash() -> None:
    one, other = {"a": 1, "b": [{"c": "Sở", "d": 2}]}, {"b": [{"d": 2, "c": "Sở"}], "a": 1}
    assert digest([one]) == digest([other])
    assert digest([one]) != digest([{**one, "a": 2}])
    assert digest([]) == ""


def test_what_differs_between_two_frozen_reports_is_named() -> None:
    def table(key: str, *rows: str) -> dict[str, object]:
        return {"key": key, "title": f"Bảng {key}", "rows": [{"cells": [row]} for row in rows]}

    before = [table("a", "1", "2", "2"), table("b", "1"), table("c", "1")]
    after = [table("a", "2", "1", "3"), table("b", "1"), {**table("c", "1"), "clock": "khác"}]
    assert changes(before, before) == ()
    assert changes(before, [*after, table("d")]) == (
        "Bảng a: 1 dòng khác",
        "Bảng c: khác tiêu đề hoặc chú giải",
        "Bảng d: chỉ có ở một lần lập",
    )
