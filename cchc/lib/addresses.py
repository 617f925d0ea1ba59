"""Addresses of the rows of a long table: the pattern is resolved once, not once for each row."""

from __future__ import annotations

from functools import cache

from django.urls import reverse


def numbered(name: str, number: int) -> str:
    """What ``reverse(name, args=[number])`` says, for pages that are found by one number."""
    before, after = _around(name)
    return f"{before}{number}{after}"


@cache
def plain(name: str) -> str:
    """What ``reverse(name)`` says."""
    return reverse(name)


@cache
def _around(name: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[0]).rpartition("0")
    return before, after
