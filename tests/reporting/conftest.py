"""The five real plans, printed once for all tests that lay them beside the decree."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import docx
import pdfplumber
import pytest
from django.conf import settings
from django.db import transaction

from agencies.models import Agency, User
from agencies.roles import Role
from demo import real_plans
from plans.models import Plan
from reporting.letterhead import Document
from reporting.models.run import FileFormat
from reporting.reports import files, plan
from tests.factories import make_user
from tests.reporting.official_plans import WANTED


@dataclass
class Laid:
    """The pages of one file: those of the text and those of the annex."""

    pages: list

    @property
    def body(self) -> list:
        return [page for page in self.pages if page.width < page.height]

    @property
    def annex(self) -> list:
        return [page for page in self.pages if page.width > page.height]


@dataclass
class Printed:
    """One plan's document and its two files; Word's as LibreOffice lays it out."""

    document: Document
    folder: Path
    files: dict[str, Laid] = field(default_factory=dict)

    def laid(self, file: str) -> Laid:
        return self.files[file]

    @property
    def word(self) -> docx.document.Document:
        return docx.Document(next(self.folder.glob("*.docx")))


def office(agency: Agency) -> User:
    name = f"in.{agency.code.lower()}"
    known = User.objects.filter(username=name).first()
    return known or make_user(Role.AGENCY_OFFICE, agency, username=name)


def by_libreoffice(papers: list[Path], folder: Path) -> None:
    """Each DOCX as the PDF that LibreOffice makes of it, in our metrics of Times New Roman."""
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}",
         "--convert-to", "pdf", "--outdir", folder, *papers],
        check=True, capture_output=True, timeout=300,
        env={**os.environ, "FONTCONFIG_FILE": str(settings.BASE_DIR / "static/fonts/fonts.conf")},
    )  # fmt: skip


@pytest.fixture(scope="session")
def printed(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, Printed]]:
    """All five, made once; nothing of them stays in the database."""
    made = {}
    with django_db_blocker.unblock(), transaction.atomic():
        real_plans.load(office)
        for key in WANTED:
            of = files.of_plan(plan.gather(Plan.objects.get(key=key), date(2024, 3, 1)))
            folder = tmp_path_factory.mktemp(key)
            files.write(of, FileFormat.PDF, folder / "plan.pdf")
            files.write(of, FileFormat.DOCX, folder / f"{key}.docx")
            made[key] = Printed(of.document, folder)
        transaction.set_rollback(True)
    folder = tmp_path_factory.mktemp("libreoffice")
    by_libreoffice([made[key].folder / f"{key}.docx" for key in made], folder)
    opened = []
    for key, one in made.items():
        for name, path in (("pdf", one.folder / "plan.pdf"), ("word", folder / f"{key}.pdf")):
            opened.append(pdfplumber.open(path))
            one.files[name] = Laid(list(opened[-1].pages))
    yield made
    for file in opened:
        file.close()
