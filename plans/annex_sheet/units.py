"""Cells of units: known names found longest first, groups and brackets kept, the rest asked about.

A list is never split at a comma or "và" that may belong to a name: one ends only where a known
name, a group ("Các phòng …") or a capital noun of an organisation ("Trung tâm …") follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc.lib.text import fold, nfc, squeeze
from plans.annex_sheet.facts import KnownName
from plans.annex_sheet.wording import items
from plans.plan_file import AssigneeFacts

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_SKIPPED = re.compile(r"(?:[\s,;.&/+:-]|(?:va|cung|cung voi)(?!\w))+")
_BREAK = re.compile(r"[,;/&+]\s*(?:va\s+)?|(?<!\w)(?:va|cung)\s+|\n")
_AFTER_NAME = r"(?=\s*(?:$|[,;.:()/&+\n-]|(?:va|cung)(?!\w)))"
_GROUP = re.compile(r"(?:cac|tat ca|toan the|toan bo|tung)(?!\w)")
_INNER_GROUP = re.compile(r"(?<!\w)cac(?!\w)")
_NOUN = re.compile(
    r"(?:Phòng|Văn phòng|Ban|Sở|Trung tâm|UBND|Ủy ban|Uỷ ban|Chi cục|Cục|Bộ|Đài|Báo|Thanh tra|"
    r"Công an|Hội|Đoàn|Trường|Viện|Bệnh viện|Công ty|Tổ|Bộ phận)\s+\w"
)
_QUALIFIER = re.compile(r"\s*\(([^)]*)\)")
_PREFIX = re.compile(r"(?:phong\s+|p\.\s*)")


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a cell assigns, in its order, and the names in it that nobody knows."""

    assignees: tuple[AssigneeFacts, ...]
    unknown: tuple[str, ...]


class Units:
    """The names of an agency's units and of other agencies; cells are read once each."""

    def __init__(self, known: Sequence[KnownName]) -> None:
        self.by_name: dict[str, KnownName] = {}
        for one in known:
            for name in one.names:
                self.by_name.setdefault(_bare(_folded(name)), one)
        names = sorted(filter(None, self.by_name), key=len, reverse=True)
        spellings = (re.escape(name).replace(r"\ \-\ ", r"\s*-\s*") for name in names)
        told = "|".join(spelling.replace(r"\ ", r"\s+") for spelling in spellings)
        self.pattern = re.compile(f"{_PREFIX.pattern}?(?P<name>{told or '(?!)'}){_AFTER_NAME}")
        self.read: dict[str, Assigned] = {}

    def assigned(self, cell: str) -> Assigned:
        """Who stands in a cell."""
        if cell not in self.read:
            parts = [self._item(item) for item in items(cell)]
            self.read[cell] = _joined(parts)
        return self.read[cell]

    def _item(self, item: str) -> Assigned:
        """One dash line; its lines are separate names only when each of them is known whole."""
        whole = self._line(squeeze(item))
        if whole.unknown and "\n" in item:
            lines = _joined([self._line(squeeze(line)) for line in item.split("\n")])
            if not lines.unknown:
                return lines
        return whole

    def _line(self, line: str) -> Assigned:
        label, _, named = line.partition(":")
        if named.strip():
            for qualifier, rest in ((label, named), (named, label)):
                found = self._names(rest.strip())
                if not found.unknown:
                    return _qualified(found, qualifier.strip(" ."))
        return self._names(line)

    def _names(self, line: str) -> Assigned:
        text = _DASHES.sub("-", line)
        assignees: list[AssigneeFacts] = []
        unknown: list[str] = []
        for name, known, qualifier in self._pieces(text):
            if known is not None and known.code:
                unit, agency = ("", known.code) if known.is_agency else (known.code, "")
                assignees.append(AssigneeFacts(unit, agency, "", qualifier))
            elif known is not None or _is_group(_folded(name)):
                assignees.append(AssigneeFacts("", "", name, qualifier))
            else:
                unknown.append(name)
        return Assigned(tuple(assignees), tuple(unknown))

    def _pieces(self, text: str) -> Iterator[tuple[str, KnownName | None, str]]:
        plain = _folded(text)
        at = _skip(plain, 0)
        while at < len(text):
            match = self.pattern.match(plain, at)
            end = match.end() if match else self._end(text, plain, at)
            known = self._known(match["name"]) if match else None
            bracket = _QUALIFIER.match(text, end)
            name = text[at:end].strip(" .,;-")
            if name:
                yield name, known, squeeze(bracket[1]) if bracket else ""
            at = _skip(plain, bracket.end() if bracket else max(end, at + 1))

    def _known(self, name: str) -> KnownName:
        return self.by_name.get(name) or self.by_name[re.sub(r"\s*-\s*", " - ", name)]

    def _end(self, text: str, plain: str, at: int) -> int:
        """Where a group or an unknown name ends."""
        bracket = plain.find("(", at)
        last = bracket if bracket > at else len(text)
        for stop in _BREAK.finditer(plain, at, last):
            follows = stop.end()
            is_name = self.pattern.match(plain, follows) or _GROUP.match(plain, follows)
            if ";" in stop.group() or is_name or _NOUN.match(text, follows):
                return stop.start()
        return last


def _is_group(plain: str) -> bool:
    return bool(_GROUP.match(plain) or _INNER_GROUP.search(plain))


def _joined(parts: Sequence[Assigned]) -> Assigned:
    return Assigned(
        tuple(one for part in parts for one in part.assignees),
        tuple(name for part in parts for name in part.unknown),
    )


def _qualified(found: Assigned, qualifier: str) -> Assigned:
    assignees = (
        AssigneeFacts(one.unit, one.agency, one.group, one.qualifier or qualifier)
        for one in found.assignees
    )
    return Assigned(tuple(assignees), ())


def _skip(plain: str, at: int) -> int:
    match = _SKIPPED.match(plain, at)
    return match.end() if match else at


def _bare(plain: str) -> str:
    """A folded name without a leading "phòng": "Thanh tra" and "Phòng Thanh tra" are one."""
    match = _PREFIX.match(plain)
    return plain[match.end() :] if match else plain


def _folded(text: str) -> str:
    """Lower case without marks, sign for sign, so that places in it are places in the text."""
    return "".join(map(_plain_sign, _DASHES.sub("-", nfc(text))))


_SIGNS: dict[str, str] = {}


def _plain_sign(sign: str) -> str:
    if sign not in _SIGNS:
        plain = fold(sign)
        _SIGNS[sign] = plain if len(plain) == 1 else sign
    return _SIGNS[sign]
