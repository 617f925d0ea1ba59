"""Uploaded files at rest: outside the web root, each content once, under its SHA-256."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Kept:
    """What a stored content is found by; ``size`` in bytes."""

    sha256: str
    size: int


def keep(content: bytes) -> Kept:
    """Store the content; one that is there already is not written again."""
    kept = Kept(hashlib.sha256(content).hexdigest(), len(content))
    path = path_of(kept.sha256)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: two threads may keep the same content in the same moment.
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    return kept


def path_of(sha256: str) -> Path:
    """Where a content of that hash lies, whether or not it is there."""
    folder: Path = settings.FILES_DIR
    return folder / "vault" / sha256[:2] / sha256
