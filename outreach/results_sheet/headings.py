"""The heading of a results sheet: where it stands and which column is which, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc.lib.cells import Grid, Line
from cchc.lib.text import fold, squeeze
from outreach.results_sheet.columns import SIDE_SHEETS
from outreach.results_sheet.facts import Field
from plans.annex_sheet.wording import text_of

_DAY = r"(?:ngay|thoi gian|thoi diem)(?: thang)?"
_SYNONYMS = (
    (Field.ORDINAL, r"s?tt|so tt|so thu tu|no|#"),
    (Field.CODE, r"ma(?: so)?(?: (?:luot|ket qua|he thong|tin|bai|dang|gui|chuong trinh))*|id"),
    (Field.DATED, rf"{_DAY} (?:ra |cua )?van ban|{_DAY} (?:ky|ban hanh)(?: van ban)?"),
    (Field.NUMBER, r"so(?:,| va)? ky hieu.*|so van ban|so hieu.*"),
    (
        Field.HELD,
        rf"{_DAY} (?:thuc hien|to chuc|dien ra|phat song|phat|treo|niem yet|tien hanh).*",
    ),
    (Field.SENT, rf"{_DAY} (?:gui|nop|chuyen)\b.*"),
    (Field.DECIDED, rf"{_DAY} (?:duoc )?(?:duyet|phe duyet|chap thuan)\b.*"),
    (Field.PUBLISHED, rf"{_DAY} (?:duoc )?(?:dang|phat hanh|xuat ban|cong bo)\b.*"),
    (Field.URL, r".*\b(?:duong dan|duong link|link|url|lien ket|dia chi)\b.*"),
    (Field.NOTE, r"(?:ghi chu|chu thich)\b.*"),
    (Field.CHANNEL, r".*\b(?:kenh|noi dang|phuong tien)\b.*|dang (?:tai )?tren"),
    (Field.KIND, r"(?:the )?loai\b.*|hinh thuc(?: (?:tuyen truyen|the hien))?"),
    (Field.UNIT, r".*\b(?:don vi|phong|bo phan)\b.*"),
    (Field.TITLE, r".*\b(?:tieu de|ten|tin,? bai|noi dung|trich yeu|hoat dong)\b.*"),
)
_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in _SYNONYMS)
_NEEDED = (Field.UNIT, Field.KIND, Field.TITLE, Field.CHANNEL)
_MAX_HEIGHT = 2
_SEARCHED = 80
_LONGEST = 80
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines of the heading, the column of each field, and the columns that are none."""

    first: int
    height: int
    places: dict[Field, int]
    left_out: dict[int, str]
    twice: dict[int, str]
    words: frozenset[str]

    @property
    def missing(self) -> list[Field]:
        """What a new row cannot do without; rows with a code need no more than that."""
        return [] if Field.CODE in self.places else [f for f in _NEEDED if f not in self.places]


def find(grid: Grid) -> Heading | None:
    """The heading that recognises most columns; of equal ones the highest and shortest."""
    best: Heading | None = None
    for first in range(min(len(grid.lines), _SEARCHED)):
        for height in range(1, _MAX_HEIGHT + 1):
            heading = _heading(grid.lines[first : first + height], first)
            if heading is not None and (best is None or len(heading.places) > len(best.places)):
                best = heading
    return best


def results(grids: Sequence[Grid]) -> Iterator[tuple[Grid, Heading]]:
    """The sheets with the heading of results; lists of names can look like one, ours do."""
    for grid in grids:
        heading = find(grid)
        if heading is not None and not (heading.missing and grid.name in SIDE_SHEETS):
            yield grid, heading


def _heading(lines: Sequence[Line], first: int) -> Heading | None:
    parts = [[squeeze(text_of(value)) for value in line.values] for line in lines]
    if any(len(text) > _LONGEST for part in parts for text in part) or not all(map(any, parts)):
        return None
    titles = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*parts, strict=True)]
    places: dict[Field, int] = {}
    twice: dict[int, str] = {}
    for at, title in enumerate(titles):
        field = field_of(title)
        if field in places:
            twice[at] = title
        elif field is not None:
            places[field] = at
    told = set(places) - {Field.ORDINAL, Field.NOTE}
    if len(told) < _ENOUGH or not told & {Field.TITLE, Field.CODE}:
        return None
    taken = set(places.values()) | set(twice)
    left_out = {at: title for at, title in enumerate(titles) if title and at not in taken}
    told_as = {
        title.casefold()
        for at in places.values()
        for title in {titles[at], *(p[at] for p in parts)}
    }
    return Heading(first, len(lines), places, left_out, twice, frozenset(told_as))


def field_of(title: str) -> Field | None:
    """What a heading names."""
    plain = fold(title).strip(" .:*()")
    return next((field for field, pattern in _PATTERNS if pattern.fullmatch(plain)), None)
