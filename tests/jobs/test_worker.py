"""Servers that fail: the embedded worker outlives its database, an order outlives the broker."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings

pytestmark = pytest.mark.core

GIVEN = os.environ.get("DATABASE_URL", "")
MANAGE = [sys.executable, "manage.py"]
ORDER = (
    "INSERT INTO jobs_job (id, task, arguments, state, version, attempts, worker, progress_done, "
    "progress_total, progress_note, error, queued_at) VALUES "
    "('{id}', 'nobody.knows', '{{}}', 'queued', 0, 0, '', 0, 0, '', '', CURRENT_TIMESTAMP)"
)


class Stage:
    """An empty database of the suite's engine, and one worker on it without a broker."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        self.env = os.environ | {"DATABASE_URL": url, "REDIS_URL": "", "CCHC_DATA_DIR": str(folder)}

    def run(self, *command: str) -> None:
        subprocess.run([*MANAGE, *command], cwd=settings.BASE_DIR, env=self.env, check=True)

    def sql(self, statement: str) -> Any:
        if self.url.startswith("sqlite"):
            opened: Any = sqlite3.connect(urlsplit(self.url).path, timeout=20)
        else:
            opened = psycopg2.connect(self.url)
        with closing(opened) as connection, connection, closing(connection.cursor()) as cursor:
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None

    def order(self) -> str:
        """A job that no task answers to; ordered under its returned name."""
        name = str(uuid.uuid4())
        plain = name.replace("-", "") if self.url.startswith("sqlite") else name
        self.sql(ORDER.format(id=plain))
        return plain

    def fails(self, job: str) -> bool:
        return until(
            lambda: self.sql(f"SELECT state FROM jobs_job WHERE id = '{job}'")[0] == "failed"
        )


def until(truth: Callable[[], object], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not truth():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    if not GIVEN.startswith("postgres"):
        yield Stage(tmp_path, f"sqlite:///{tmp_path / 'worker.sqlite3'}")
        return
    name = f"cchc_worker_{os.getpid()}"
    with closing(psycopg2.connect(GIVEN)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
            yield Stage(tmp_path, urlsplit(GIVEN)._replace(path=f"/{name}").geturl())
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_it_waits_for_its_tables_and_goes_on_when_the_database_went_away(
    stage: Stage, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    with said.open("wb") as output:
        worker = subprocess.Popen(
            [*MANAGE, "run_worker"], cwd=settings.BASE_DIR, env=stage.env, stderr=output
        )
    try:
        assert until(lambda: "the database does not answer" in said.read_text())
        stage.run("migrate", "-v", "0")
        assert stage.fails(stage.order())
        if stage.url.startswith("postgres"):
            stage.sql(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert stage.fails(stage.order())
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    finally:
        worker.kill()
        worker.wait()


def test_a_broker_that_is_silent_keeps_nobody_waiting(tmp_path: Path) -> None:
    announce = "import uuid; from cchc.jobs import queue; queue.announce(uuid.uuid4())"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        told = subprocess.run(
            [*MANAGE, "shell", "-v", "0", "-c", announce],
            cwd=settings.BASE_DIR,
            env=os.environ | {"REDIS_URL": url, "CCHC_DATA_DIR": str(tmp_path)},
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        )
    assert "was not announced: Timeout" in told.stderr
