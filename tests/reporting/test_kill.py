"""``kill -9`` in the middle of a report: it still appears, exactly once.

Real processes on a database of their own: the embedded worker, and, with a Redis at hand,
a Celery worker with its beat. No mocks; the report is slow because it is large.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings

pytestmark = pytest.mark.core

MANAGE = [sys.executable, "manage.py"]
CELERY = [sys.executable, "-m", "celery", "-A", "cchc"]
# The worker puts the work of every day in the queue as well.
JOB = "SELECT state, attempts, progress_done FROM jobs_job WHERE task = 'reporting.make_run'"
RUN = "SELECT file, sha256, size FROM reporting_run"
COMPLETED = "SELECT count(*) FROM agencies_auditentry WHERE verb = 'reporting.run.complete'"
PATIENCE = 120
REDIS_URL = os.environ.get("REDIS_URL", "")
# bin/test runs the core without a broker and everything with one: there both are killed.
KINDS = ["embedded", "celery"] if REDIS_URL else ["embedded"]


class Stage:
    """A database, a folder for files and the environment of every process of one test."""

    def __init__(self, folder: Path, url: str, redis_url: str) -> None:
        self.folder = folder
        self.url = url
        self.env = os.environ | {
            "DATABASE_URL": url,
            "CCHC_DATA_DIR": str(folder),
            "REDIS_URL": redis_url,
            "JOBS_LEASE_SECONDS": "3",
        }

    def run(self, *command: str) -> None:
        """One command to its end."""
        subprocess.run(command, cwd=settings.BASE_DIR, env=self.env, check=True)

    @contextmanager
    def worker(self, *command: str) -> Iterator[Callable[[], None]]:
        """A process with its children; gives the function that kills them all with SIGKILL."""
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.env, start_new_session=True
        )

        def kill() -> None:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

        try:
            yield kill
        finally:
            kill()

    def ask(self, query: str) -> Any:
        """One row, read beside the processes."""
        if self.url.startswith("sqlite"):
            connection = sqlite3.connect(urlsplit(self.url).path, timeout=20)
        else:
            connection = psycopg2.connect(self.url)
        with closing(connection), closing(connection.cursor()) as cursor:
            cursor.execute(query)
            return cursor.fetchone()

    def wait_for(self, wanted: Callable[[str, int, int], bool]) -> None:
        """Until the job stands as wanted; its last state is named when it never does."""
        end = time.monotonic() + PATIENCE
        while not wanted(*self.ask(JOB)):
            assert time.monotonic() < end, self.ask(JOB)
            time.sleep(0.02)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """An empty database of its own on the same engine as the suite's."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'kill.sqlite3'}"
        return
    name = f"cchc_kill_{os.getpid()}"
    with closing(psycopg2.connect(given)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
            yield urlsplit(given)._replace(path=f"/{name}").geturl()
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def commands(kind: str, folder: Path) -> list[list[str]]:
    """The processes that make reports, the worker first."""
    if kind == "embedded":
        return [[*MANAGE, "run_worker"]]
    schedule = ["-s", str(folder / "beat"), "--pidfile", ""]
    return [
        [*CELERY, "worker", "--pool", "prefork", "-c", "1", "-l", "WARNING"],
        [*CELERY, "beat", "-l", "WARNING", *schedule],
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_worker_loses_nothing(kind: str, database: str, tmp_path: Path) -> None:
    own = urlsplit(REDIS_URL)._replace(path="/9").geturl() if kind == "celery" else ""
    stage = Stage(tmp_path, database, own)
    stage.run(*MANAGE, "migrate", "-v", "0")
    stage.run(
        *MANAGE, "shell", "-v", "0", "-c", "from tests.reporting.kill_world import main; main()"
    )
    reports = tmp_path / "files" / "reports"
    worker, *others = commands(kind, tmp_path)

    with ExitStack() as processes:
        for other in others:
            processes.enter_context(stage.worker(*other))
        kill = processes.enter_context(stage.worker(*worker))
        stage.wait_for(lambda state, _, done: state == "running" and done >= 1)
        kill()
        state, attempts, _ = stage.ask(JOB)
        assert (state, attempts) == ("running", 1)
        assert stage.ask(RUN)[0] == ""
        assert not list(reports.glob("*.pdf"))

        processes.enter_context(stage.worker(*worker))
        stage.wait_for(lambda state, *_: state == "done")

    assert stage.ask(JOB)[1] == 2
    file, sha256, size = stage.ask(RUN)
    content = (tmp_path / "files" / file).read_bytes()
    assert content.startswith(b"%PDF-")
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (sha256, size)
    assert [path.name for path in reports.iterdir()] == [Path(file).name]
    assert stage.ask(COMPLETED)[0] == 1
