"""Vietnamese text: normal form, and folding for search."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """The text in NFC, as TCVN 6909:2001 stores Vietnamese."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC with every run of white space as one space and none at the ends."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: what search compares (``so noi vu``)."""
    bare = unicodedata.normalize("NFD", squeeze(text).casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d")
