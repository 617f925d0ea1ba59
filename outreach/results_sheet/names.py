"""Units, kinds and channels by all that they are called. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cchc.lib.text import fold
from outreach.kinds import Kind
from plans.annex_sheet import KnownName

_SIGNS = re.compile(r"[\W_]+")
_PREFIX = re.compile(r"(?:phong|p)\s+(?=\w)")
_LIST = re.compile(r"\s*(?:[;,\n+/&]|\bvà\b)\s*")
_LINES = re.compile(r"\s*[;\n]\s*")
_MARK = re.compile(r"(?:[-+•*–]|\d{1,2}[.)])\s*")

# What people call the kinds besides their names on screen. What may be two of them is not here.
_ALSO = {
    Kind.NEWS: ("tin", "tin tức", "tin ngắn", "bản tin", "tin ảnh"),
    Kind.ARTICLE: ("bài", "bài viết", "bài báo"),
    Kind.REPORTAGE: ("phóng sự", "ký sự"),
    Kind.VIDEO: ("video", "clip", "video clip", "phim"),
    Kind.BROADCAST: (
        *("phát thanh", "truyền hình", "phát thanh truyền hình", "phát sóng"),
        *("chương trình phát thanh", "chương trình truyền hình", "tin phát thanh"),
    ),
    Kind.MEETING: (
        *("hội nghị", "cuộc họp", "họp", "họp cơ quan", "lồng ghép", "họp lồng ghép"),
        *("cuộc họp lồng ghép", "hội nghị cuộc họp", "tập huấn", "hội nghị tập huấn"),
    ),
    Kind.DIALOGUE: ("đối thoại", "họp mặt", "gặp gỡ", "gặp gỡ đối thoại", "hội nghị đối thoại"),
    Kind.CONTEST: ("hội thi", "cuộc thi", "thi"),
    Kind.POSTER: (
        *("pa nô", "pano", "áp phích", "tờ rơi", "băng rôn", "pa nô áp phích", "tờ gấp"),
        *("pano áp phích", "pano áp phích tờ rơi"),
    ),
    Kind.POSTED_PROCEDURES: ("niêm yết", "niêm yết tthc", "niêm yết công khai", "công khai tthc"),
    Kind.DOCUMENT: ("văn bản", "kế hoạch", "báo cáo", "quyết định", "công văn"),
}


def key(name: str) -> str:
    """Two names with the same key are one: case, marks and signs aside."""
    return _SIGNS.sub(" ", fold(name)).strip()


def kinds() -> Iterable[KnownName]:
    """The kinds of activities under all their names."""
    for kind in Kind:
        yield KnownName(kind.value, (kind.label, kind.value, *_ALSO[kind]))


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one sort: the codes that they mean, and those of others, which are refused.

    ``foreign`` are names of somebody else's, such as another agency's; ``answers`` what a person
    said about names that nobody knew.
    """

    known: Mapping[str, str]
    foreign: frozenset[str] = frozenset()
    is_unit: bool = False

    @classmethod
    def of(
        cls,
        known: Iterable[KnownName],
        answers: Mapping[str, str],
        foreign: Iterable[str] = (),
        *,
        is_unit: bool = False,
    ) -> Names:
        """By all that they are called; what is called the same twice is the first."""
        found = {key(name): code for name, code in answers.items()}
        for one in known:
            for name in (*one.names, one.code):
                for spelled in _spellings(name, is_unit=is_unit):
                    found.setdefault(spelled, one.code)
        return cls(found, frozenset(map(key, foreign)) - found.keys(), is_unit)

    def code(self, name: str) -> str | None:
        """The code that a name means; None when nobody knows it."""
        spelled = _spellings(name, is_unit=self.is_unit)
        return next((self.known[one] for one in spelled if one in self.known), None)

    def is_foreign(self, name: str) -> bool:
        """Whether the name is known as somebody else's."""
        return key(name) in self.foreign

    def several(self, cell: str) -> list[str]:
        """The names in a cell when it lists several: all known, or line by line and one known."""
        parts = _parts(_LIST, cell)
        codes = {self.code(part) for part in parts}
        if None not in codes and len(codes) > 1:
            return parts
        parts = _parts(_LINES, cell)
        codes = {self.code(part) for part in parts}
        return parts if len(codes) > 1 else []


def _parts(by: re.Pattern[str], cell: str) -> list[str]:
    parts = (_MARK.sub("", part, count=1).strip() for part in by.split(cell))
    return [part for part in parts if part]


def _spellings(name: str, *, is_unit: bool) -> tuple[str, ...]:
    """A unit with and without its "Phòng"."""
    plain = key(name)
    bare = _PREFIX.sub("", plain, count=1) if is_unit else plain
    return tuple(filter(None, dict.fromkeys((plain, bare))))
