"""System checks: the program refuses to start when a view declares no access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from agencies.access import declared


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every URL pattern of the project, includes unfolded."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def every_view_declares_access(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """One error for each view without ``@page`` or ``@post``."""
    return [
        Error(
            f"The view of '{pattern.pattern}' declares no access.",
            hint="Decorate it with agencies.access.page or agencies.access.post.",
            obj=pattern.callback,
            id="cchc.E001",
        )
        for pattern in patterns()
        if declared(pattern.callback) is None
    ]
