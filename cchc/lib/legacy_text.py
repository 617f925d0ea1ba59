"""Vietnamese typed with the fonts of before Unicode: TCVN3 (ABC, .VnTime) and VNI (VNI-Times).

Such text reaches us as Latin letters ("KÕ ho¹ch", "Keá hoaïch"). It is recognised by whole
syllables: converted words must be Vietnamese, unconverted ones must not be, and text with a
letter that only Unicode has (ă, đ, ơ, ư, ế …) is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cchc.lib.text import nfc


class Encoding(StrEnum):
    """A legacy encoding, by the name that people know."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_BREVE = {"ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"}
_VNI_HATS = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_ALONE = {
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "ô": "ơ",
    "ö": "ư",
    "î": "ỵ",
    "ñ": "đ",
}


def _vni() -> dict[str, str]:
    """Two signs for most letters; the second follows the case of the first or stands small."""
    small = dict(_VNI_ALONE)
    for base in "aeouy":
        small |= {base + sign: nfc(base + mark) for sign, mark in _VNI_MARKS.items()}
    for sign, mark in _VNI_MARKS.items():
        small["ô" + sign] = nfc("ơ" + mark)
        small["ö" + sign] = nfc("ư" + mark)
    small |= {"a" + sign: letter for sign, letter in _VNI_BREVE.items()}
    for base, hat in (("a", "â"), ("e", "ê"), ("o", "ô")):
        small |= {base + sign: nfc(hat + mark) for sign, mark in _VNI_HATS.items()}
    capital = {pair.upper(): letter.upper() for pair, letter in small.items()}
    mixed = {pair[0].upper() + pair[1:]: letter.upper() for pair, letter in small.items()}
    return mixed | capital | small


_VNI = _vni()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TCVN3_TABLE = str.maketrans(_TCVN3)
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0309\u0323]")
_TELLING = re.compile("[\xa1-\xff]")
_RUN = re.compile("[A-Za-z\xa1-\xff]+")
_WORD = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    "(?:ngh?|[gkpt]h|gi|qu|ch|tr|nh|kh|ph|th|[bcdđghklmnprstvx])?"
    "(?:[aăâeêioôơuưy]|[iu][aêeoôơyâă]|ươ|ưa|ưu|ươ[iu]|[aâeêioôơuưy][iouy]|o[aăeo]|uy[aêeu]?|"
    "iêu|yê|yêu|uâ[ny]?|uô[im]?|o[ae][ioy]|u[êơ]|uya|u[âa]y)"
    "(?:ch|ng|nh|[cmnpt])?"
)
_PLAIN = re.compile("[A-Za-z]")
_NEAR = 20
_MIN_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Legacy:
    """The encoding of a document; ``is_mixed`` when a part of it is Unicode already."""

    encoding: Encoding
    is_mixed: bool = False

    def to_unicode(self, text: str) -> str:
        """The text in Unicode NFC; what is Unicode already stays as it is."""
        if not _needs_look(text) or (self.is_mixed and _share(_accented(text)) == 1):
            return text
        return _convert(text, self.encoding)


def detect(texts: Iterable[str]) -> Legacy | None:
    """How a document is encoded, by what most of its accented words are; None when in Unicode."""
    kept = list(texts)
    words = _accented(" ".join(text for text in kept if _needs_look(text)))
    if not words or _share(words) >= _MIN_SHARE:
        return None
    shares = {one: _share([_convert(word, one) for word in words]) for one in Encoding}
    best = max(shares, key=shares.__getitem__)
    if shares[best] < _MIN_SHARE:
        return None
    return Legacy(best, any(_UNICODE_ONLY.search(text) for text in kept))


def _convert(text: str, encoding: Encoding) -> str:
    if encoding is Encoding.VNI:
        return nfc(_VNI_LETTER.sub(lambda letter: _VNI[letter.group()], text))
    return nfc(_RUN.sub(lambda run: _from_tcvn3(run, text), text))


def _accented(text: str) -> list[str]:
    return [word for word in _RUN.findall(text) if _TELLING.search(word)]


def _needs_look(text: str) -> bool:
    return bool(_TELLING.search(text)) and not _UNICODE_ONLY.search(text)


def _from_tcvn3(run: re.Match[str], text: str) -> str:
    """A word; in capitals when its plain letters are: the font of capitals has the same codes."""
    word = run.group()
    said = word.translate(_TCVN3_TABLE)
    plain = [letter for letter in word if letter.isascii()]
    is_capital = bool(plain) and all(letter.isupper() for letter in plain)
    if is_capital and (len(plain) > 1 or _stands_in_capitals(run, text)):
        return said.upper()
    return said


def _stands_in_capitals(run: re.Match[str], text: str) -> bool:
    """Whether the plain letters around a word of one plain letter are capitals."""
    after = _PLAIN.findall(text[run.end() : run.end() + _NEAR])[:2]
    before = _PLAIN.findall(text[max(run.start() - _NEAR, 0) : run.start()])[-1:]
    near = after + before
    return bool(near) and all(letter.isupper() for letter in near)


def _share(words: list[str]) -> float:
    """How many of the words are Vietnamese syllables with at most one tone."""
    good = sum(all(map(_is_syllable, _WORD.findall(word))) and _is_pure(word) for word in words)
    return good / len(words)


def _is_pure(word: str) -> bool:
    return _WORD.fullmatch(word) is not None


def _is_syllable(word: str) -> bool:
    if word not in (word.lower(), word.upper(), word.capitalize()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    toneless = nfc(_TONES.sub("", apart))
    return len(_TONES.findall(apart)) <= 1 and _SYLLABLE.fullmatch(toneless) is not None
