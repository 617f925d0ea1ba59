"""The files of annexes on their way in: below FILES_DIR, for as long as they are needed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cchc.jobs import queue
from plans.models import AnnexImport

_FOLDER = "imports"


def keep(number: UUID, content: bytes) -> str:
    """Store the content under that number; its name below FILES_DIR."""
    name = f"{_FOLDER}/{number}"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return name


def path_of(name: str) -> Path:
    """Where a stored file lies."""
    folder: Path = settings.FILES_DIR
    return folder / name


def forget(imports: Iterable[AnnexImport]) -> None:
    """What goes with its draft: its checks stop, its files go when the deletion is done."""
    rows = list(imports)
    for row in rows:
        queue.cancel(row.job_id)
    transaction.on_commit(lambda: drop(row.file for row in rows))


def drop(names: Iterable[str]) -> None:
    """Delete stored files; one that is gone already is no matter."""
    for name in names:
        path_of(name).unlink(missing_ok=True)
