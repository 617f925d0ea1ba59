"""docker-compose.yml without an engine: read, checked, and every command run as it stands."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
DOT_ENV = {
    "SECRET_KEY": secrets.token_urlsafe(48),
    "POSTGRES_PASSWORD": "abc",
    "ALLOWED_HOSTS": "cchc.test",
}
CELERY = ("worker", "beat")
OURS = ("web", *CELERY, "migrate")

needs_servers = pytest.mark.skipif(
    not (DATABASE_URL.startswith("postgres") and REDIS_URL), reason="needs bin/test's servers"
)


def interpolated(node: Any, values: dict[str, str]) -> Any:
    """Compose's own ${NAME:-default}, ${NAME:?error} and $$, in every string of the file."""
    if isinstance(node, dict):
        return {key: interpolated(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [interpolated(value, values) for value in node]
    if not isinstance(node, str):
        return node

    def value(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        given = values.get(match["name"], "")
        if match["mark"] == "?" and not given:
            raise KeyError(match["name"])
        return given or (match["rest"] if match["mark"] == "-" else "")

    return re.sub(r"\$\$|\$\{(?P<name>\w+)(?::(?P<mark>[-?])(?P<rest>[^}]*))?\}", value, node)


def compose(values: dict[str, str]) -> dict[str, Any]:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    return dict(interpolated(yaml.safe_load(text), values))


SERVICES: dict[str, dict[str, Any]] = compose(DOT_ENV)["services"]


def test_it_has_exactly_the_services_of_the_product() -> None:
    assert set(SERVICES) == {"db", "redis", *OURS}


@pytest.mark.parametrize("name", sorted({"db", "redis", *OURS}))
def test_a_service_is_pinned_modest_and_watched(name: str) -> None:
    service = SERVICES[name]
    assert re.search(r":\d+(\.\d+)*(-\w+)?$", service["image"]), service["image"]
    assert service["user"].split(":")[0] not in {"root", "0"}
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert ("ports" in service) == (name == "web")
    if name == "migrate":
        assert service["restart"] == "no"
        assert "healthcheck" not in service
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", ["web", *CELERY])
def test_the_program_waits_for_its_database(name: str) -> None:
    assert {key: value["condition"] for key, value in SERVICES[name]["depends_on"].items()} == {
        "db": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


@pytest.mark.parametrize("missing", sorted(DOT_ENV))
def test_nothing_starts_without_its_secrets(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        compose({**DOT_ENV, missing: ""})


def test_the_example_names_what_compose_asks_for() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    example = (ROOT / ".env.example").read_text("utf-8")
    assert asked == set(re.findall(r"^#?([A-Z_]+)=", example, re.M))
    assert not re.search(r"^(SECRET_KEY|POSTGRES_PASSWORD)=.", example, re.M)


def test_the_image_is_pinned_and_runs_as_nobody_in_particular() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    words = [line.split() for line in lines if line]
    assert words[0] == ["FROM", "python:3.11-slim-bookworm"]
    assert [line[1] for line in words if line[0] == "USER"] == [SERVICES["web"]["user"]]
    assert any(line[0] == "HEALTHCHECK" for line in words)
    assert any("--require-hashes" in line for line in words)
    command = next(line for line in lines if line.startswith("CMD"))
    assert yaml.safe_load(command.removeprefix("CMD")) == SERVICES["web"]["command"]


def test_the_static_files_can_be_collected_for_production(tmp_path: Path) -> None:
    (tmp_path / "collecting.py").write_text(
        f"from cchc.settings import *\nSTATIC_ROOT = {str(tmp_path / 'static')!r}\n", "utf-8"
    )
    env = {
        **os.environ,
        "CCHC_MODE": "production",
        "SECRET_KEY": "only-for-collectstatic",
        "ALLOWED_HOSTS": "localhost",
        "CCHC_DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "collecting",
        "PYTHONPATH": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static/staticfiles.json").exists()


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    name = f"compose_{secrets.token_hex(4)}"
    connection = psycopg2.connect(DATABASE_URL)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield DATABASE_URL.rsplit("/", 1)[0] + f"/{name}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


class Service:
    """A service outside its container: its own command and environment, but our servers."""

    def __init__(self, name: str, database: str, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        self.command = SERVICES[name]["command"]
        self.health = SERVICES[name].get("healthcheck", {}).get("test")
        self.log = folder / f"{name}.log"
        self.env = {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(folder),
            "HOSTNAME": socket.gethostname(),
            **{key: str(value) for key, value in SERVICES[name]["environment"].items()},
            "DATABASE_URL": database,
            "REDIS_URL": REDIS_URL.rsplit("/", 1)[0] + "/9",
            "CCHC_DATA_DIR": str(folder),
            "BIND_ADDRESS": "127.0.0.1",
            "PORT": port,
        }

    def __enter__(self) -> Service:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def is_healthy(self) -> bool:
        kind, *words = self.health
        command = ["sh", "-c", *words] if kind == "CMD-SHELL" else words
        done = subprocess.run(command, cwd=ROOT, env=self.env, check=False, capture_output=True)
        return done.returncode == 0

    def becomes_healthy(self) -> bool:
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.is_healthy():
                return True
            time.sleep(0.3)
        return False


@pytest.fixture(scope="module")
def service(database: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Service]:
    folder = tmp_path_factory.mktemp("compose")
    with Service("migrate", database, folder) as migrate:
        assert migrate.process.wait(120) == 0, migrate.log.read_text()
    return lambda name: Service(name, database, folder)


@needs_servers
@pytest.mark.parametrize("name", ["web", *CELERY])
def test_the_command_serves_and_its_health_check_tells(
    name: str, service: Callable[[str], Service]
) -> None:
    with service(name) as running:
        assert running.becomes_healthy(), running.log.read_text()
        assert running.process.poll() is None
        if name == "beat":  # the file tells only after minutes; the process must have stayed
            time.sleep(2)
            assert running.process.poll() is None, running.log.read_text()
        running.process.terminate()
        running.process.wait(20)
        assert name != "web" or not running.is_healthy()
