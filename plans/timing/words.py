"""The words of a time cell: one spelling for each, numbers read, and a cursor over them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from cchc.lib.text import nfc

T = TypeVar("T")

BLANK = "…"

_SPELLINGS = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"\.{2,}|_{2,}|[…]+[.…]*", f" {BLANK} "),
        (r"[\u2010-\u2015\u2212\u00ad→⟶]|[-=]>", "-"),
        (r"\b(?:quí|qúy|qúi)", "quý"),
        (r"\bq\.? ?(?=(?:\d|i{1,3}\b|iv\b|v\b))", "quý "),
        (r"\bquý(?=i{1,3}\b|iv\b|v\b)", "quý "),
        (r"\bt\.?(?=\d{1,2}\b)", "tháng "),
        (r"\bhàng(?= +(?:\d|ngày|tuần|tháng|quý|năm|k[ỳì]))", "hằng"),
        (r"\bkì\b", "kỳ"),
    )
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_WIDE = re.compile(r"[\uff01-\uff5e\u2160-\u217f]+")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S")
_UNITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_UNITS_AFTER_TEN = _UNITS | {"mốt": 1, "tư": 4, "lăm": 5, "năm": 5}
_UNITS_AFTER_NOUN = _UNITS | {"tư": 4}
_MAX_DIGITS = 9
_EDGES = ' "“”«»'


@dataclass(frozen=True)
class Token:
    """One word, number or mark; ``value`` is what a number says, ``width`` its digits."""

    text: str
    value: int | None = None
    width: int = 0


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in lower case NFC with one spelling for each word."""
    visible = _WIDE.sub(_narrow, _INVISIBLE.sub("", nfc(text)))
    plain = " ".join(visible.lower().split())
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return tuple(_numbers_read(_TOKEN.findall(plain.strip(_EDGES).rstrip(" .;,:" + _EDGES))))


def _narrow(match: re.Match[str]) -> str:
    """Full-width figures and letters, and Roman numerals of one sign, as typed by keyboard."""
    return unicodedata.normalize("NFKC", match.group())


def _numbers_read(words: list[str]) -> Iterable[Token]:
    at = 0
    while at < len(words):
        value, used = _number_at(words, at)
        if value is None:
            yield Token(words[at])
        else:
            text = words[at]
            yield Token(text, value, len(text) if _is_number(text) else 2)
        at += used


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _number_at(words: list[str], at: int) -> tuple[int | None, int]:
    """The number that starts at a word, and how many words spell it."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if _is_number(word):
        return (int(word), 1) if len(word) <= _MAX_DIGITS else (None, 1)
    if word == "mười":
        extra = _UNITS_AFTER_TEN.get(following, 0)
        if following == "năm" and not _is_five(words, at + 1):
            extra = 0
        return 10 + extra, 2 if extra else 1
    if word in _UNITS and following in ("mươi", "chục"):
        return _tens_at(words, at)
    if word == "năm":
        return (5, 1) if _is_five(words, at) else (None, 1)
    if word == "tư":
        return (4, 1) if at and words[at - 1] in ("tháng", "quý", "thứ") else (None, 1)
    return _UNITS.get(word), 1


def _tens_at(words: list[str], at: int) -> tuple[int, int]:
    tens = 10 * _UNITS[words[at]]
    unit = _UNITS_AFTER_TEN.get(words[at + 2], 0) if at + 2 < len(words) else 0
    return tens + unit, 3 if unit else 2


def _is_five(words: list[str], at: int) -> bool:
    """Whether "năm" is the number five and not the word for year.

    "thứ năm" always is; "tháng năm" is May only when no number or count stands before it and a
    year or nothing follows: "6 tháng, năm" and "ngày … tháng năm 2024" are about the year.
    """
    previous = words[at - 1] if at else ""
    following = words[at + 1] if at + 1 < len(words) else ""
    if previous == "thứ":
        return True
    before = words[at - 2] if at > 1 else ""
    is_counted = before in ("hằng", "mỗi", "từng", "ngày", BLANK) or _is_number(before)
    return previous == "tháng" and not is_counted and following in ("", "năm", "/")


@lru_cache(maxsize=1024)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, list[str]]]]:
    """The phrases with their words, the longest first, by the word that they begin with."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = phrase.split()
        if words:
            found.setdefault(words[0], []).append((phrase, words))
    return found


class Cursor:
    """A place in a list of tokens, moved by the productions of the grammar.

    ``year`` is the year of the plan, which a time without a year means.
    """

    def __init__(self, tokens: tuple[Token, ...], year: int) -> None:
        self.tokens = tokens
        self.texts = [token.text for token in tokens]
        self.year = year
        self.at = 0

    @property
    def is_done(self) -> bool:
        """Whether every token has been read."""
        return self.at == len(self.tokens)

    def peek(self, ahead: int = 0) -> str:
        """The text of a token ahead; empty beyond the end."""
        place = self.at + ahead
        return self.texts[place] if place < len(self.texts) else ""

    def peek_back(self) -> str:
        """The text of the token read last; empty at the beginning."""
        return self.tokens[self.at - 1].text if self.at else ""

    def take(self, *phrases: str) -> str:
        """Read the longest of the phrases that stands here; empty when none does."""
        at, texts = self.at, self.texts
        if at == len(texts):
            return ""
        for phrase, words in _by_first_word(phrases).get(texts[at], ()):
            if texts[at : at + len(words)] == words:
                self.at += len(words)
                return phrase
        return ""

    def number(self, width: int = 2) -> int | None:
        """Read a number of at most ``width`` digits."""
        if self.is_done:
            return None
        token = self.tokens[self.at]
        if token.value is None or token.width > width:
            return None
        self.at += 1
        return token.value

    def year_number(self) -> int | None:
        """Read a number of exactly four digits."""
        if self.is_done or self.tokens[self.at].width != len("2024"):
            return None
        self.at += 1
        return self.tokens[self.at - 1].value

    def attempt(self, production: Callable[[Cursor], T | None]) -> T | None:
        """What a production reads here; nothing is consumed when it reads nothing."""
        mark = self.at
        found = production(self)
        if found is None:
            self.at = mark
        return found

    def first(self, *productions: Callable[[Cursor], T | None]) -> T | None:
        """What the first production that fits reads here."""
        for production in productions:
            found = self.attempt(production)
            if found is not None:
                return found
        return None


def unwrapped(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens inside a bracket that holds the whole cell."""
    marks = [token.text for token in tokens if token.text in ("(", ")")]
    is_whole = marks == ["(", ")"] and tokens[0].text == "(" and tokens[-1].text == ")"
    return tokens[1:-1] if is_whole else tokens


def split_at(tokens: tuple[Token, ...], marks: tuple[str, ...]) -> list[tuple[Token, ...]]:
    """The runs of tokens between the marks, brackets kept whole."""
    runs: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.text in marks:
            runs.append([])
        else:
            runs[-1].append(token)
    return [tuple(run) for run in runs if run]


def whole(
    tokens: tuple[Token, ...], year: int, production: Callable[[Cursor], T | None]
) -> T | None:
    """What a production reads when it reads every token, else nothing."""
    cursor = Cursor(tokens, year)
    found = production(cursor)
    return found if cursor.is_done else None
