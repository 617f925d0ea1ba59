"""The heading of an annex: where it stands and which column is which, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cchc.lib.cells import Grid, Line
from cchc.lib.text import fold, squeeze
from plans.annex_sheet.wording import code_of, mark_of, text_of


class Field(StrEnum):
    """What a column holds; the value is its usual heading."""

    CODE = "STT"
    AREA = "Nhiệm vụ chung"
    TITLE = "Nhiệm vụ"
    PRODUCTS = "Sản phẩm"
    LEAD = "Đơn vị chủ trì"
    COORDINATING = "Đơn vị phối hợp"
    TIME = "Thời gian thực hiện"
    END = "Thời gian kết thúc"


REQUIRED = (Field.TITLE, Field.LEAD, Field.TIME)

_SYNONYMS = (
    (Field.CODE, r"(?:s?tt|so tt|so thu tu|ma(?: so)?(?: nhiem vu)?|tt\.?|so|no|#|№)"),
    # "Đơn vị chủ trì, phối hợp" alone holds both and is read as who leads; above two columns it
    # stands before the name of each.
    (
        Field.COORDINATING,
        r"(?!.*\bchu tri\b).*\bphoi hop\b.*|.*\bphoi hop\b.*\bphoi hop\b.*",
    ),
    (
        Field.TIME,
        r".*\b(?:thoi (?:gian|han|diem)|tien do|(?:ngay|han|thoi han) hoan thanh|lo trinh)\b.*|"
        r"(?:tg|han)(?: (?:thuc hien|hoan thanh|xu ly|trinh|nop))?",
    ),
    (
        Field.LEAD,
        r".*\b(?:chu tri|phu trach|trach nhiem|tham muu|dau moi)\b.*|"
        r".*\b(?:don vi|co quan|phong|bo phan|ca nhan|to chuc|nguoi|dv)\b.*\bthuc hien\b.*|"
        r"phan cong.*",
    ),
    (Field.PRODUCTS, r".*\b(?:san pham|ket qua|dau ra)\b.*|sp(?:\W.*)?"),
    (Field.AREA, r"nhiem vu chung|nhom(?: .*)?|linh vuc.*|noi dung chinh|nhiem vu trong tam"),
    (Field.TITLE, r".*\b(?:nhiem vu|noi dung|cong viec|hoat dong|dau viec|giai phap|hang muc)\b.*"),
)
_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in _SYNONYMS)
# Of two columns for one field, the one whose heading says this is meant.
_MEANT = {
    Field.LEAD: re.compile(r"\bchu tri\b"),
    Field.PRODUCTS: re.compile(r"\b(?:san pham|dau ra)\b"),
}
_BEGINS, _ENDS = re.compile(r"\b(?:bat dau|tu)\b"), re.compile(r"\b(?:hoan thanh|ket thuc|den)\b")
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

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.texts)

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
    return best and _with_numbers(best, grid.lines[best.first + best.height :])


def annexes(grids: Iterable[Grid]) -> Iterator[tuple[Grid, Heading]]:
    """The tables with the heading of an annex, and those right below that only go on."""
    before: Heading | None = None
    for grid in grids:
        before = find(grid) or (before and _continued(before, grid))
        if before is not None:
            yield grid, before


def _continued(heading: Heading, grid: Grid) -> Heading | None:
    """The heading of the table before for a table without one, whose numbered rows go on."""
    number_at = heading.places.get(Field.CODE)
    lines = [line for line in grid.lines if any(map(text_of, line.values))]
    if number_at is None or not lines or len(lines[0].values) != heading.width:
        return None
    marks = [mark_of(code_of(line.values[number_at])) for line in lines]
    if marks[0] is None or 2 * sum(mark is not None for mark in marks) < len(marks):
        return None
    return replace(heading, first=0, height=0)


def _with_numbers(heading: Heading, lines: Sequence[Line]) -> Heading:
    """A column of numbers to the left of the tasks that has no heading is their numbers."""
    at = min(heading.places.values()) - 1
    if Field.CODE in heading.places or at < 0 or heading.texts[at] != {""}:
        return heading
    codes = list(filter(None, (code_of(line.values[at]) for line in lines)))
    if not codes or not all(map(mark_of, codes)):
        return heading
    return replace(heading, places={**heading.places, Field.CODE: at})


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
    """The column of each field, and the columns that are none. Usually the first one counts."""
    places: dict[Field, int] = {}
    for at, title in enumerate(titles):
        field = _field(title)
        if field is None:
            continue
        if field not in places:
            places[field] = at
            continue
        rival = titles[places[field]]
        if field is Field.TITLE and Field.AREA not in places and _is_beside(places, at):
            places[Field.AREA], places[field] = places[field], at
        elif field in _MEANT and _says(_MEANT[field], title) > _says(_MEANT[field], rival):
            places[field] = at
        elif field is Field.TIME and _says(_ENDS, title) and _says(_BEGINS, rival):
            places[Field.END] = at
    if Field.TITLE not in places and Field.AREA in places:
        places[Field.TITLE] = places.pop(Field.AREA)
    taken = set(places.values())
    return places, {at: title for at, title in enumerate(titles) if title and at not in taken}


def _is_beside(places: Mapping[Field, int], at: int) -> bool:
    """Whether between the column of tasks and this one there is at most that of the numbers."""
    between = set(range(places[Field.TITLE] + 1, at))
    return between <= {places.get(Field.CODE, -1)}


def _says(pattern: re.Pattern[str], title: str) -> bool:
    return pattern.search(fold(title)) is not None


def _field(title: str) -> Field | None:
    plain = fold(title).strip(" .:*")
    found = (field for field, pattern in _PATTERNS if pattern.fullmatch(plain))
    return next(found, None)
