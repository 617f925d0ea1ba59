"""Typed readers of the environment; a secret may also come from the file named ``NAME_FILE``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.FileAwareEnv()


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that ``NAME_FILE`` names, or ``default``."""
    return str(_env.str(name, default=default)).strip()


def required(name: str, purpose: str) -> str:
    """The variable; ImproperlyConfigured with its purpose when it is missing or empty."""
    value = text(name)
    if not value:
        raise _missing(name, purpose)
    return value


def items(name: str) -> list[str]:
    """A comma-separated list without empty items."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


def required_items(name: str, purpose: str) -> list[str]:
    """A comma-separated list; ImproperlyConfigured with its purpose when nothing is in it."""
    values = items(name)
    if not values:
        raise _missing(name, purpose)
    return values


def number(name: str, default: int) -> int:
    """A whole number."""
    return int(_env.int(name, default=default))


def made(folder: Path) -> Path:
    """The absolute folder, made when it does not exist."""
    path = folder.resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def database(name: str) -> dict[str, Any]:
    """Django's database dictionary from a database URL; empty when none is given."""
    url = text(name)
    return dict(_env.db_url_config(url)) if url else {}


def email(name: str, default: str) -> dict[str, Any]:
    """Django's EMAIL_* settings from the address of a mail server, such as ``smtp+tls://…``."""
    return dict(_env.email_url_config(text(name) or default))


def _missing(name: str, purpose: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"Set {name} (or {name}_FILE): {purpose}.")
