"""Vietnamese text: normal form, folding for search, and alphabetical order."""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: index for index, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
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


def sort_key(text: str) -> str:
    """A key of hexadecimal digits whose order is Vietnamese alphabetical order in any collation.

    Letters go a ă â b c d đ e ê …; tones (level, huyền, hỏi, ngã, sắc, nặng) break ties.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in squeeze(text).casefold():
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(m for m in parts if m not in _TONES))
        code = _RANK[base] + 0x100 if base in _RANK else min(ord(base[0]), 0xFF)
        letters.append(f"{code:03x}")
        tones.append(str(tone))
    return "".join(letters) + "000" + "".join(tones)
