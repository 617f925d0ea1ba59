"""How wide a text is in bold Times New Roman. Pure."""

from __future__ import annotations

from unicodedata import normalize

_POINT = 25.4 / 72
# Widths of bold Times New Roman in thousandths of its size; a letter with marks is as wide.
_WIDTHS = {
    letter: width
    for width, letters in (
        (250, " ,.\u00a0"), (278, "il/'"), (333, "fjt-;:()"), (389, "Is"), (444, "cerz"),
        (500, "Jagovxy0123456789"), (611, "FP"), (667, "BELTZ"), (722, "ACDNRUVXYwĐ"),
        (778, "GHKOQ"), (833, "m"), (944, "M"), (1000, "W"),
    )
    for letter in letters
}  # fmt: skip


def longest_line(text: str, size: float, room: float) -> float:
    """How wide the longest line of a bold text is when it breaks at spaces, in millimetres."""
    longest = reached = 0.0
    space = _width(" ", size)
    for word in text.split(" "):
        width = _width(word, size)
        reached = reached + space + width if reached and reached + space + width <= room else width
        longest = max(longest, reached)
    return longest


def _width(text: str, size: float) -> float:
    letters = (normalize("NFD", letter)[0] for letter in text)
    return sum(_WIDTHS.get(letter, 556) for letter in letters) * size / 1000 * _POINT
