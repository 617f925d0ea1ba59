"""The settings of an installation, read by a process of its own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from django.conf import settings

THEIRS = {"DATABASE_URL", "REDIS_URL", "CSRF_TRUSTED_ORIGINS"}


def manage(folder: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in THEIRS}
    env |= {
        "CCHC_MODE": "production",
        "CCHC_DATA_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "cchc.tinh.gov.vn, tuyentruyen.tinh.gov.vn,",
        **given,
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=env, check=False, capture_output=True, text=True
    )


def test_django_has_nothing_to_say_against_it(tmp_path: Path) -> None:
    told = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    found = told.stdout + told.stderr
    assert found == "System check identified no issues (2 silenced).\n"


def test_host_names_may_stand_apart(tmp_path: Path) -> None:
    code = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    told = manage(tmp_path, "shell", "-v", "0", "-c", code)
    assert told.stdout == "['cchc.tinh.gov.vn', 'tuyentruyen.tinh.gov.vn']\n"


def test_it_does_not_start_without_its_host_names(tmp_path: Path) -> None:
    told = manage(tmp_path, "check", ALLOWED_HOSTS=" , ")
    assert told.returncode == 1
    assert "Set ALLOWED_HOSTS (or ALLOWED_HOSTS_FILE): the host names" in told.stderr
