"""Labels in a row: I II III, 1 2 3, a b c d đ e; where one jumps or stands twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# The letters of points in Vietnamese order, as documents use them: no f, j, w, z, no ă â ê ô ơ ư.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN = re.compile(r"(?=.)L?X{0,3}(?:IX|IV|V?I{0,3})|XL(?:IX|IV|V?I{0,3})")


@dataclass(frozen=True, slots=True)
class Fault:
    """The label at ``index``: what it repeats or follows, and what would be accepted."""

    index: int
    is_repeat: bool
    before: str
    expected: str


def bare(label: str) -> str:
    """``V`` for ``V.``, ``a`` for ``a)``."""
    return label.strip().rstrip(".)/:").strip()


def faults(labels: Iterable[str]) -> Iterator[Fault]:
    """Labels that do not follow the one before; what has no number (a dash) is passed over."""
    seen: dict[str, tuple[int, str]] = {}
    lettered = False
    for index, label in enumerate(labels):
        name = bare(label)
        lettered = lettered or name == "A"
        system, number = _read(name, lettered)
        if not system:
            continue
        last, before = seen.get(system, (0, ""))
        if number != last + 1:
            expected = _write(system, last + 1, name)
            yield Fault(index, is_repeat=number == last, before=before, expected=expected)
        seen[system] = (number, name)


def _read(name: str, lettered: bool) -> tuple[str, int]:
    """The system of numbering and the place in it; a letter outside the alphabet has place 0."""
    last = name.rpartition(".")[2]
    if last.isascii() and last.isdecimal():
        return "arabic", int(last)
    if lettered and len(last) == 1 and last.isupper():
        return "capital", _LETTERS.find(last.lower()) + 1
    if _ROMAN.fullmatch(last):
        return "roman", _roman(last)
    if len(last) == 1 and last.islower():
        return "letter", _LETTERS.find(last) + 1
    return "", 0


def _roman(text: str) -> int:
    values = [_ROMAN_DIGITS[digit] for digit in text]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _write(system: str, number: int, name: str) -> str:
    """The label that was expected, with the numbers that stand before it in ``1.2``."""
    return "".join(name.rpartition(".")[:2]) + _WRITERS[system](number)


def _to_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return ("", "X", "XX", "XXX", "XL", "L")[min(tens, 5)] + units[ones]


def _letter(number: int) -> str:
    return _LETTERS[(number - 1) % len(_LETTERS)]


def _capital(number: int) -> str:
    return _letter(number).upper()


_WRITERS: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "roman": _to_roman,
    "letter": _letter,
    "capital": _capital,
}
