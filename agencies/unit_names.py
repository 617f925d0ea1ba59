"""How the names of an agency's units are compared: as annexes are read."""

from __future__ import annotations

import re

from cchc.lib.names import key

_ROOM = re.compile(r"(?:ph[oò]ng\s+|p\.\s*)(?=\w)", re.IGNORECASE)


def bare(name: str) -> str:
    """The name without its "Phòng"."""
    match = _ROOM.match(name)
    return name[match.end() :] if match else name


def spoken_name(name: str) -> str:
    """What two units may not share: "Thanh tra" and "Phòng Thanh tra" are one."""
    return bare(key(name))
