"""The identity of a row in every copy and revision of its plan."""

from __future__ import annotations

import secrets

UID_LENGTH = 16


def new_uid() -> str:
    """16 hexadecimal digits; the browser makes them the same way for rows that it adds."""
    return secrets.token_hex(UID_LENGTH // 2)
