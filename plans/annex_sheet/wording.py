"""The words of a cell: values as text, wrapped lines joined, numbers of rows taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cchc.lib.cells import Value
from cchc.lib.text import nfc, squeeze

K = TypeVar("K")
V = TypeVar("V")

_ODD = re.compile("[\r\t\x0b\xa0\xad\u200b-\u200f\u2060\ufeff]|_x000D_")
_LEFT_OVER = re.compile("_x000D_|\r(?=\n)|[\xad\u200b-\u200f\u2060\ufeff]")
_SPACES = str.maketrans({"\xa0": " ", "\t": " ", "\x0b": "\n", "\r": "\n"})
BULLET = re.compile(r"[-+•*–—]\s*(?=\S)")
_ENUMERATED = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2})*[.)]|\d{1,3}(?:\.\d{1,2})+|[a-zđ][.)/])\s*(?=[^\W\d])"
)
_ENDS = (".", ";", ":", "!", "?")
_FRACTION = re.compile(r"(?<=\d),(?=\d)")
_GROUP = r"(?:[IVX]{1,7}|[A-HĐ])\."
_NUMBER = re.compile(rf"\(?((?:{_GROUP})?\d{{1,3}}(?:\.\d{{1,2}}){{0,5}})[.)]?")
_LETTER = re.compile(r"\(?([a-zđ])[.)/]?")
_ROMAN = re.compile(r"([IVX]{1,7})[.)/]?")
_CAPITAL = re.compile(r"([A-HĐ])[.)/]?")
_LEADING = re.compile(
    rf"(?P<mark>{_GROUP}\d{{1,3}}(?:\.\d{{1,2}}){{0,4}}\.?(?=\s+[^\W\d])|"
    r"\d{1,3}(?:\.\d{1,2})+\.?(?![\d/-])|\d{1,3}[.)](?=\s*[^\W\d_])|[a-zđ][.)/](?=\s*\S)|"
    r"[IVX]{1,7}[.)/](?=\s*\S)|[A-HĐ][.)](?=\s*\S))\s*"
)


class Remembered(dict[K, V]):
    """What a function makes of each value, made once: the cells of an annex repeat each other."""

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: K) -> V:
        made = self[key] = self.make(key)
        return made


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a row: ``number`` 4.1, ``letter`` a, ``roman`` II or ``capital`` A."""

    kind: str
    text: str


def text_of(value: Value) -> str:
    """The value as it reads: NFC, line breaks kept, dates as day/month/year."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return cleaned(str(value))


def cleaned(text: str) -> str:
    """NFC with plain spaces and line breaks, and nothing that is not seen."""
    plain = nfc(text)
    if _ODD.search(plain):
        plain = _LEFT_OVER.sub("", plain).translate(_SPACES)
    return plain.strip()


def code_of(value: Value) -> str:
    """The value of the number column; a spreadsheet holds 4.1 as a fraction and may show 4,1."""
    if isinstance(value, float):
        return f"{value:g}"
    return _FRACTION.sub(".", squeeze(text_of(value)))


def spaced(text: str) -> str:
    """The cleaned text with every run of white space as one space."""
    return " ".join(text.split())


def unwrapped(text: str) -> str:
    """Lines that only the width of the column broke, joined; dashes and numbers begin new ones."""
    if "\n" not in text:
        return spaced(text)
    lines: list[str] = []
    for raw in text.split("\n"):
        line = spaced(raw)
        if not line:
            continue
        begins = BULLET.match(line) or _ENUMERATED.match(line)
        if lines and not begins and not lines[-1].endswith(_ENDS):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def items(text: str) -> list[str]:
    """The dash lines of a cell, without their dashes; a cell without any is one item."""
    if "\n" not in text and not BULLET.match(text):
        return [spaced(text)] if text else []
    found: list[str] = []
    for raw in text.split("\n"):
        line = spaced(raw)
        bullet = BULLET.match(line)
        if bullet or not found:
            found.append(line[bullet.end() :] if bullet else line)
        elif line:
            found[-1] = f"{found[-1]}\n{line}"
    return [item.strip() for item in found if item.strip()]


def mark_of(code: str) -> Mark | None:
    """What the number column says; None when that is no number of a row."""
    for kind, pattern in (
        ("number", _NUMBER),
        ("roman", _ROMAN),
        ("capital", _CAPITAL),
        ("letter", _LETTER),
    ):
        match = pattern.fullmatch(code)
        if match:
            return Mark(kind, match[1])
    return None


def leading_mark(title: str) -> tuple[Mark | None, str]:
    """The number that a text begins with, and the rest of it."""
    match = _LEADING.match(title)
    if match is None:
        return None, title
    return mark_of(match["mark"]), title[match.end() :]
