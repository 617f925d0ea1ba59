"""What becomes of a parent plan's items in the plan of an agency, and how far the agencies are.

Pure: the plans are read by ``plans.implementing``; the day is an argument.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from cchc.lib.text import fold
from plans.comparing import Difference, same_words, words
from plans.periods import DateSpan


class Uptake(StrEnum):
    """What a derived plan does with an item of its parent."""

    ADOPTED = "adopted"
    ADAPTED = "adapted"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """On screen and in files."""
        return _LABELS[self]


_LABELS = {
    Uptake.ADOPTED: "Đưa vào nguyên văn",
    Uptake.ADAPTED: "Đưa vào, có điều chỉnh",
    Uptake.NOT_APPLICABLE: "Không áp dụng",
    Uptake.MISSING: "Còn thiếu",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the parent's content, or one of its tasks; ``section`` is which."""

    section: str
    pk: int
    label: str
    text: str

    @property
    def key(self) -> tuple[str, int]:
        """The item among content and tasks."""
        return self.section, self.pk


@dataclass(frozen=True, slots=True)
class Own:
    """A row of the derived plan that names an item as its source."""

    pk: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item, what became of it, by which rows or for which reason."""

    item: Item
    uptake: Uptake
    own: tuple[Own, ...] = ()
    reason: str = ""

    @property
    def difference(self) -> Difference:
        """How the agency's words differ from the parent's, where it adapted them."""
        if self.uptake is not Uptake.ADAPTED:
            return ()
        return words(self.item.text, "\n".join(row.text for row in self.own))


@dataclass(frozen=True, slots=True)
class Tally:
    """The four counts; they are never shown as one percentage."""

    adopted: int = 0
    adapted: int = 0
    not_applicable: int = 0
    missing: int = 0

    @property
    def covered(self) -> int:
        """Items that the plan answers: taken up, or left out for a reason."""
        return self.adopted + self.adapted + self.not_applicable

    @property
    def total(self) -> int:
        """Items that concern the agency."""
        return self.covered + self.missing


Owns = Mapping[tuple[str, int], Sequence[Own]]
Reasons = Mapping[tuple[str, int], str]


def lines(items: Iterable[Item], owns: Owns, reasons: Reasons) -> list[Line]:
    """What the derived plan does with each item, in the parent's order."""
    return [_line(item, tuple(owns.get(item.key, ())), reasons.get(item.key, "")) for item in items]


def uptake_of(item: Item, own: Sequence[Own], reason: str) -> Uptake:
    """A row that is there counts before a reason to leave it out."""
    if any(same_words(item.text, row.text) for row in own):
        return Uptake.ADOPTED
    if own:
        return Uptake.ADAPTED
    return Uptake.NOT_APPLICABLE if reason else Uptake.MISSING


def _line(item: Item, own: tuple[Own, ...], reason: str) -> Line:
    uptake = uptake_of(item, own, reason)
    return Line(
        item=item,
        uptake=uptake,
        own=own,
        reason=reason if uptake is Uptake.NOT_APPLICABLE else "",
    )


def tally(uptakes: Iterable[Uptake]) -> Tally:
    """How many of each."""
    found = Counter(uptakes)
    return Tally(**{uptake.value: found[uptake] for uptake in Uptake})


# Who is meant by a named group


@dataclass(frozen=True, slots=True)
class Assigned:
    """Whom a task names: an agency, a named group, or (both blank) a unit of the issuer."""

    agency: int | None = None
    group: str = ""
    leads: bool = True


@dataclass(frozen=True, slots=True)
class Body:
    """An agency as groups know it: its key, its kind and its names."""

    pk: int
    kind: str
    names: tuple[str, ...] = ()


_ALL = re.compile(
    r"(?:cac|tat ca|moi|toan the|tung)\s+(?:cac\s+)?(?:co quan|don vi|cap|nganh)"
    r"(?:\s*[,;]|\s+(?:va|thuoc|trong|tren)\b|$)"
)
_KINDS = {
    "department": re.compile(r"(?<!mot )\bso\b|ban[ ,-]+nganh|co quan chuyen mon"),
    "service": re.compile(r"don vi su nghiep"),
    "district": re.compile(r"\bhuyen\b|thi xa|(?<!tai )dia phuong"),
    "commune": re.compile(r"\bxa\b(?<!thi xa)|phuong, dac khu|(?<!tai )dia phuong"),
    "press": re.compile(r"bao chi|bao,? dai|thong tan|truyen thong dai chung"),
    "other": re.compile(r"co quan trung uong|nganh doc|doan the"),
}
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\bsố\b", re.IGNORECASE)  # without its accents it would read "sở"
_CONCERNED = "lien quan"  # "các đơn vị có liên quan": who that is, the parent does not say


def concerns(assigned: Sequence[Assigned], body: Body) -> bool:
    """Whether a task is the agency's too: it is named, its group leads, or nobody is named."""
    return not assigned or any(_names(one, body) for one in assigned)


def _names(assigned: Assigned, body: Body) -> bool:
    if assigned.agency is not None:
        return assigned.agency == body.pk
    return assigned.leads and bool(assigned.group) and is_in_group(assigned.group, body)


def is_own_duty(assigned: Sequence[Assigned], issuer: Body, below: Sequence[Body]) -> bool:
    """Whether the issuer of a plan does the task itself: nobody leads, or it or a unit of it does.

    A province's plan gives its tasks to agencies; a group in the plan of an agency is one of its
    own units, unless an agency below it or the administration of districts and communes is meant.
    """
    leads = [one for one in assigned if one.leads]
    return not leads or any(_is_issuers(one, issuer, below) for one in leads)


def _is_issuers(one: Assigned, issuer: Body, below: Sequence[Body]) -> bool:
    if one.agency is not None or not one.group:
        return one.agency in (None, issuer.pk)
    if issuer.kind == "province":
        return any(_worded(one.group) == _worded(name) for name in issuer.names)
    if is_in_group(one.group, issuer):
        return True
    is_local = any(_KINDS[kind].search(_folded(one.group)) for kind in ("district", "commune"))
    return not is_local and not any(is_in_group(one.group, body) for body in below)


def is_in_group(group: str, body: Body) -> bool:
    """Whether a group such as "Các sở, ban, ngành; UBND cấp xã" has the agency in it."""
    plain = _folded(group)
    if any(_worded(name) in _worded(group) for name in body.names if name):
        return True
    kind = _KINDS.get(body.kind)
    is_meant = bool(_ALL.match(plain)) or bool(kind and kind.search(plain))
    return is_meant and _CONCERNED not in plain


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(_NUMBER.sub(" ", text))


@lru_cache(maxsize=4096)
def _worded(text: str) -> str:
    """The folded words with one space around each, so that whole words are found in them."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


# Time


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Whether the derived plan came in time: a state, its words and the days that it is late."""

    state: str
    days_late: int = 0


def timeliness(issued: DateSpan | None, derive_by: date | None, today: date) -> Timeliness:
    """Against the parent's term; a day that is not written may leave it open."""
    if derive_by is None:
        return Timeliness("no_term")
    if issued is None:
        late = max((today - derive_by).days, 0)
        return Timeliness("overdue" if late else "not_issued", late)
    if issued.end <= derive_by:
        return Timeliness("on_time")
    if issued.start <= derive_by:
        return Timeliness("unclear")
    return Timeliness("late", (issued.start - derive_by).days)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one agency is."""

    timeliness: Timeliness
    is_issued: bool
    tally: Tally

    @property
    def worst_first(self) -> tuple[bool, int, int]:
        """Not issued before issued, then the more missing, then the later."""
        return self.is_issued, -self.tally.missing, -self.timeliness.days_late
