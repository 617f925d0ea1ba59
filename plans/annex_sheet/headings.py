"""The heading of an annex: where it stands and which column is which, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cchc.lib.cells import Grid, Line
from cchc.lib.text import fold, squeeze
from plans.annex_sheet.wording import text_of


class Field(StrEnum):
    """What a column holds; the value is its usual heading."""

    CODE = "STT"
    AREA = "Nhiệm vụ chung"
    TITLE = "Nhiệm vụ"
    PRODUCTS = "Sản phẩm"
    LEAD = "Đơn vị chủ trì"
    COORDINATING = "Đơn vị phối hợp"
    TIME = "Thời gian thực hiện"


REQUIRED = (Field.TITLE, Field.LEAD, Field.TIME)

_SYNONYMS = (
    (Field.CODE, r"(?:s?tt|so tt|so thu tu|ma(?: so)?(?: nhiem vu)?|tt\.?)"),
    (Field.COORDINATING, r".*\bphoi hop\b.*"),
    (
        Field.TIME,
        r".*\b(?:thoi (?:gian|han|diem)|tien do|(?:ngay|han|thoi han) hoan thanh|lo trinh)\b.*",
    ),
    (
        Field.LEAD,
        r".*\b(?:chu tri|phu trach|trach nhiem|tham muu)\b.*|"
        r".*\b(?:don vi|co quan|phong|bo phan|ca nhan|to chuc)\b.*\bthuc hien\b.*|phan cong.*",
    ),
    (Field.PRODUCTS, r".*\b(?:san pham|ket qua|dau ra)\b.*"),
    (Field.AREA, r"nhiem vu chung|nhom(?: .*)?|linh vuc.*|noi dung chinh|nhiem vu trong tam"),
    (Field.TITLE, r".*\b(?:nhiem vu|noi dung|cong viec|hoat dong|dau viec|giai phap)\b.*"),
)
_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in _SYNONYMS)
_MAX_HEIGHT = 3
_SEARCHED = 80
_LONGEST = 80
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines of the heading and the column of each field."""

    first: int
    height: int
    places: dict[Field, int]
    left_out: dict[int, str]
    texts: dict[int, frozenset[str]]

    def repeats(self, said: Mapping[int, str], folded: Mapping[str, str]) -> bool:
        """Whether the texts of a line, by column, are the heading again, as on a further page."""
        for at, text in said.items():
            if len(text) > _LONGEST * _MAX_HEIGHT or folded[text] not in self.texts.get(at, ()):
                return False
        return True


def find(grid: Grid) -> Heading | None:
    """The heading that recognises most columns; of equal ones the highest and shortest."""
    best: Heading | None = None
    for first in range(min(len(grid.lines), _SEARCHED)):
        for heading in _candidates(grid.lines, first):
            if best is None or len(heading.places) > len(best.places):
                best = heading
        if best is not None and first > best.first + _MAX_HEIGHT:
            break
    return best


def _candidates(lines: Sequence[Line], first: int) -> Iterator[Heading]:
    for height in range(1, _MAX_HEIGHT + 1):
        heading = _heading(lines[first : first + height], first)
        if heading is not None:
            yield heading


def _heading(lines: Sequence[Line], first: int) -> Heading | None:
    parts = [[squeeze(text_of(value)) for value in line.values] for line in lines]
    titles = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*parts, strict=True)]
    if any(len(text) > _LONGEST for part in parts for text in part) or not all(map(any, parts)):
        return None
    places, left_out = _places(titles)
    if Field.TITLE not in places or len(places) < _ENOUGH:
        return None
    texts = {
        at: frozenset(map(fold, [title, *(part[at] for part in parts)]))
        for at, title in enumerate(titles)
    }
    return Heading(first, len(lines), places, left_out, texts)


def _places(titles: Sequence[str]) -> tuple[dict[Field, int], dict[int, str]]:
    """The first column of each field. Of two columns of tasks the left one names the groups."""
    places: dict[Field, int] = {}
    left_out: dict[int, str] = {}
    for at, title in enumerate(titles):
        field = _field(title)
        if field is Field.TITLE and field in places and Field.AREA not in places:
            places[Field.AREA] = places[field]
            places[field] = at
        elif field is not None and field not in places:
            places[field] = at
        elif title:
            left_out[at] = title
    if Field.TITLE not in places and Field.AREA in places:
        places[Field.TITLE] = places.pop(Field.AREA)
    return places, left_out


def _field(title: str) -> Field | None:
    plain = fold(title).strip(" .:*")
    found = (field for field, pattern in _PATTERNS if pattern.fullmatch(plain))
    return next(found, None)
