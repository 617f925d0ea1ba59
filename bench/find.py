"""The first page of a list of a million titles, by words of the titles, on PostgreSQL.

``CCHC_FIND_TITLES`` says how many titles (1,000,000 unless told). What is counted is the time for
which the database is at work on a page: on the processor, so that a busy machine does not show.
"""

from __future__ import annotations

import json
import os
import pwd
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.measuring import Measure

TITLES = int(os.environ.get("CCHC_FIND_TITLES", "1000000"))
SEARCHES = 400
_BOUND = 2.0  # milliseconds
_RUN = "import django; django.setup(); from bench import find_world; find_world.main()"


def measures() -> list[Measure]:
    """Of an overseer, of somebody in an agency, of an editor."""
    with _postgres() as url:
        environment = os.environ | {"DATABASE_URL": url}
        asked = [sys.executable, "-c", _RUN, str(TITLES), str(SEARCHES)]
        done = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return [
        Measure(
            f"{who}, {TITLES} titles: {name}", taken, _BOUND, 1.0 if name == "p95" else None, "ms"
        )
        for who, cuts in found.items()
        for name, taken in cuts.items()
    ]


@contextmanager
def _postgres() -> Iterator[str]:
    """The address of a database on a server of its own."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not homes:
        raise RuntimeError("PostgreSQL is not installed: bin/test installs it.")
    programs = homes[-1].parent
    account = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses root
    with (
        tempfile.TemporaryDirectory(prefix="cchc-find.", dir="/tmp") as folder,
        socket.socket() as free,
    ):
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        if account:
            os.chown(folder, pwd.getpwnam(account).pw_uid, -1)
        data = Path(folder) / "data"
        free.close()
        _run(account, programs / "initdb", "-D", data, "-U", "cchc", "-A", "trust", "-E", "UTF8")
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, "-c", "fsync=off"],
            user=account,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(programs, port)
            _run(
                account, programs / "createdb", "-h", folder, "-p", str(port), "-U", "cchc", "cchc"
            )
            yield f"postgres://cchc:cchc@127.0.0.1:{port}/cchc"
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=20)


def _run(account: str | None, *command: str | Path) -> None:
    subprocess.run(command, user=account, check=True, stdout=subprocess.DEVNULL)


def _wait(programs: Path, port: int) -> None:
    for _ in range(100):
        asked = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        if subprocess.run(asked, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start.")
