"""Vietnamese text: normal form, folding for search, and the order of the alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"[^\W_]+")
_TONES = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}  # huyền hỏi ngã sắc nặng
# Letters with a hat or a horn stand after the bare one: each of the five carries a digit.
_SHAPES = {
    "a": "a0", "a\u0306": "a1", "a\u0302": "a2", "d": "d0", "đ": "d1", "e": "e0", "e\u0302": "e1",
    "o": "o0", "o\u0302": "o1", "o\u031b": "o2", "u": "u0", "u\u031b": "u1",
}  # fmt: skip
_MARKS = frozenset("\u0306\u0302\u031b")


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


def words(text: str) -> list[str]:
    """The words of a text, folded, without signs: ``36/KH-UBND`` is three."""
    return _WORDS.findall(fold(text))


def search_text(text: str) -> str:
    """What search looks into: folded words with a space before and after each."""
    return f" {' '.join(words(text))} "


def order_key(text: str) -> str:
    """A key that puts texts in the order of the Vietnamese alphabet, under any collation.

    a ă â b c d đ e ê … are letters of their own; tones (ngang, huyền, hỏi, ngã, sắc, nặng) decide
    between texts of the same letters; case and signs decide nothing. Only digits and small Latin
    letters: a space is 0, a digit 1 and itself, other alphabets follow z.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in _WORDS.findall(squeeze(text).casefold()):
        spelled, tone = _spelled(word)
        letters.append(spelled)
        tones.append(str(tone))
    return f"{'0'.join(letters)}00{''.join(tones)}"


@lru_cache(maxsize=8192)
def _spelled(word: str) -> tuple[str, int]:
    """A word's letters as key, and its tone: a syllable has one, wherever it is written."""
    keys: list[str] = []
    base, tone = "", 1
    for sign in [*unicodedata.normalize("NFD", word), ""]:
        if sign in _TONES:
            tone = _TONES[sign]
        elif sign in _MARKS and base + sign in _SHAPES:
            base += sign
        elif not unicodedata.combining(sign or "a"):
            keys.append(_letter(base))
            base = sign
    return "".join(keys), tone


def _letter(base: str) -> str:
    if base in _SHAPES:
        return _SHAPES[base]
    if base.isascii():
        return f"1{base}" if base.isdigit() else base
    return f"z9{ord(base):06x}"
