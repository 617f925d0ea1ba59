"""A PostgreSQL server of our own in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# Nothing that is written here must outlive the run.
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    programs: Path
    folder: str
    port: int

    def database(self, name: str) -> str:
        """Make an empty database; its address."""
        place = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "cchc")
        subprocess.run([self.programs / "createdb", *place, name], check=True)
        return f"postgres://cchc:cchc@127.0.0.1:{self.port}/{name}"


@contextmanager
def postgres(**settings: str) -> Iterator[Server]:
    """A server with these settings beside those that make it forgetful and quick to write."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not homes:
        raise RuntimeError("PostgreSQL is not installed: bin/test installs it.")
    programs = homes[-1].parent
    account = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses root
    with tempfile.TemporaryDirectory(prefix="cchc-bench.", dir="/tmp") as folder:
        if account:
            os.chown(folder, pwd.getpwnam(account).pw_uid, -1)
        data = Path(folder) / "data"
        _run(account, programs / "initdb", "-D", data, "-U", "cchc", "-A", "trust", *_TEXT)
        port = _free_port()
        told = [f"--{name}={value}" for name, value in (_CARELESS | settings).items()]
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, *told],
            user=account,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(programs, port)
            yield Server(programs, folder, port)
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=60)


_TEXT = ("-E", "UTF8", "--locale", "C.UTF-8", "--no-sync")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _run(account: str | None, *command: str | Path) -> None:
    subprocess.run(command, user=account, check=True, stdout=subprocess.DEVNULL)


def _wait(programs: Path, port: int) -> None:
    for _ in range(100):
        asked = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        if subprocess.run(asked, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start.")
