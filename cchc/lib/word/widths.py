"""How wide a text is in bold Times New Roman, and where it breaks best. Pure."""

from __future__ import annotations

import math
from unicodedata import normalize

_POINT = 25.4 / 72
_REGULAR = 0.95
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


# A line of a title begins with such a word and does not end with it.
_JOINTS = {
    "các", "cho", "của", "do", "đến", "ở", "tại", "theo", "thuộc", "trên", "trong", "từ", "và",
    "về", "với",
}  # fmt: skip


def balanced(text: str, size: float, room: float) -> str:
    """A bold text whose lines are about as long, broken before ``tại``, ``và`` and not after."""
    words = text.split(" ")
    if _width(text, size) <= room or any(_width(word, size) > room for word in words):
        return text

    def cost(first: int, last: int) -> float:
        width = _width(" ".join(words[first:last]), size)
        if width > room:
            return math.inf
        joint = last < len(words) and words[last - 1].lower() in _JOINTS
        smooth = last == len(words) or words[last].lower() in _JOINTS
        return (1 - width / room) ** 2 + 0.5 * joint + 0.05 * (not smooth) + 1

    best: list[tuple[float, int]] = [(0, 0)]
    for last in range(1, len(words) + 1):
        best.append(min((best[first][0] + cost(first, last), first) for first in range(last)))
    lines: list[str] = []
    at = len(words)
    while at:
        first = best[at][1]
        lines.insert(0, " ".join(words[first:at]))
        at = first
    return "\n".join(lines)


def longest_line(text: str, size: float, room: float) -> float:
    """How wide the longest line of a bold text is when it breaks at spaces, in millimetres."""
    return max(_longest(line, size, room) for line in text.split("\n"))


def line_count(text: str, size: float, room: float) -> int:
    """How many lines a regular text takes, which is a little narrower than a bold one."""
    count, reached = 1, 0.0
    for word in text.split():
        width = _width(word, size) * _REGULAR
        reached += width + (_width(" ", size) if reached else 0)
        if reached > room and reached != width:
            count, reached = count + 1, width
    return count


def _longest(text: str, size: float, room: float) -> float:
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
