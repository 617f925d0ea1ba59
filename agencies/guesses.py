"""Which wrong passwords django-axes counts together: those for one account from one address."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def account(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str | None:
    """The account that was tried, whatever the case it was written in."""
    name: str | None = (credentials or request.POST).get("username")
    return name.lower() if name else None


def address(request: HttpRequest) -> str | None:
    """Where the guess came from; behind our proxy that is what it noted last.

    Entries before the last are the client's own words and may be lies.
    """
    direct: str | None = request.META.get("REMOTE_ADDR")
    noted = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    if not settings.SECURE_PROXY_SSL_HEADER:
        return direct
    try:
        return str(ip_address(noted))
    except ValueError:
        return direct
