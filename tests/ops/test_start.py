"""bin/start as a newcomer runs it: serves, survives a killed worker, stops, keeps its data."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THEIRS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "PORT"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(truth: Callable[[], object], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not truth():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as page:
            return page.status == 200 and page.read().strip() == b"ok"
    except OSError:
        return False


class Start:
    """One run of bin/start in a session of its own, so that its processes can be counted."""

    def __init__(self, data: Path, *arguments: str) -> None:
        env = {name: value for name, value in os.environ.items() if name not in THEIRS}
        self.port = free_port()
        self.output = data.with_name(f"said-on-{self.port}")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [ROOT / "bin/start", f"--port={self.port}", "--data", data, *arguments],
                cwd="/",
                env=env,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def serves(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/"
        until(lambda: address in self.said() or self.process.poll() is not None, 60)
        return address in self.said() and answers(self.port)

    def processes(self) -> dict[int, str]:
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            pid = int(folder.name)
            try:
                if os.getsid(pid) == self.process.pid:
                    found[pid] = (folder / "cmdline").read_text().replace("\0", " ")
            except (OSError, ProcessLookupError):
                continue
        return {pid: line for pid, line in found.items() if line}

    def only(self, words: str) -> int | None:
        pids = [
            pid
            for pid, line in self.processes().items()
            if words in line and not line.startswith(("bash", "setpriv"))
        ]
        return pids[0] if len(pids) == 1 else None

    def interrupt(self) -> int:
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Start]]:
    started: list[Start] = []

    def run(*arguments: str) -> Start:
        started.append(Start(tmp_path / "dữ liệu", *arguments))
        return started[-1]

    yield run
    for one in started:
        for pid in one.processes():
            os.kill(pid, signal.SIGKILL)
        one.process.wait()


def test_it_serves_and_survives_and_stops_and_keeps_its_data(
    start: Callable[..., Start], tmp_path: Path
) -> None:
    first = start()
    assert first.serves(), first.said()
    accounts = (tmp_path / "dữ liệu" / "demo-accounts.txt").read_text("utf-8").strip()
    assert len(accounts.splitlines()) > 1
    assert accounts in first.said()

    assert until(lambda: first.only("manage.py run_worker")), first.processes()
    worker = first.only("manage.py run_worker")
    assert worker
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: first.only("manage.py run_worker") not in {None, worker}, 10)
    assert answers(first.port)

    assert first.interrupt() == 0, first.said()
    assert until(lambda: not first.processes(), 2), first.processes()
    assert "Traceback" not in first.said()
    assert first.said().count("A background process stopped") == 1

    secret = tmp_path / "dữ liệu" / "secret"
    assert secret.stat().st_mode & 0o077 == 0
    kept = secret.read_text()
    second = start()
    assert second.serves(), second.said()
    assert "Loading the demo" in first.said()
    assert "Loading the demo" not in second.said()
    assert secret.read_text() == kept

    gunicorn = min(pid for pid, line in second.processes().items() if "gunicorn" in line)
    os.kill(gunicorn, signal.SIGKILL)
    assert second.process.wait(30) == 1
    assert "The web server stopped by itself." in second.said()
    assert until(lambda: not second.processes(), 5), second.processes()


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = subprocess.run(
            [ROOT / "bin/start", "--port", str(port), "--data", tmp_path / "data"],
            check=False,
            capture_output=True,
            text=True,
            timeout=10,
        )
    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.startswith(f"Port {port} is taken")
    assert len(told.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()
