"""Cells of units: known names found longest first, groups and brackets kept, the rest asked about.

A list is never split at a comma or "và" that may belong to a name: one ends only where a known
name, a group ("Các phòng …") or a capital noun of an organisation ("Trung tâm …") follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cchc.lib.text import fold, nfc
from plans.annex_sheet.facts import KnownName
from plans.annex_sheet.wording import Remembered, items, spaced
from plans.plan_file import AssigneeFacts

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_SKIPPED = re.compile(r"(?:[\s,;.&/+:-]|(?:va|cung|cung voi)(?!\w))+")
_BREAK = re.compile(r"[,;/&+]\s*(?:va\s+)?|(?<!\w)(?:va|cung)\s+|\n")
_AFTER_NAME = r"(?=\s*(?:$|[,;.:()/&+\n-]|(?:va|cung)(?!\w)))"
_GROUP = re.compile(r"(?:cac|tat ca|toan the|toan bo|tung)(?!\w)")
_MANY = re.compile(r"(?:cac|tat ca|(?:ubnd|uy ban nhan dan) cac)(?!\w)")
_INNER_GROUP = re.compile(r"(?<!\w)cac(?!\w)")
_NOUN = re.compile(
    r"(?:Phòng|Văn phòng|Ban|Sở|Trung tâm|UBND|Ủy ban|Uỷ ban|Chi cục|Cục|Bộ|Đài|Báo|Thanh tra|"
    r"Công an|Hội|Đoàn|Trường|Viện|Bệnh viện|Công ty|Tổ|Bộ phận|Lãnh đạo|(?:Phó )?Giám đốc|"
    r"(?:Phó )?Chủ tịch|Thường trực|Chánh|Đồng chí|Đ/c|Mặt trận|Liên đoàn|Tòa án|Toà án|Kho bạc|"
    r"Bảo hiểm|Ngân hàng|Học viện|Hiệp hội|Bưu điện|HĐND|BQL|VP)\s+\w"
)
# Not the end of a line of its own: the name goes on in the next.
_GOES_ON = re.compile(r"(?:[,;(&/-]|(?<!\w)(?:thuoc|cua|va|tai|voi|do|cac|truc thuoc))\s*$")
_QUALIFIER = re.compile(r"\s*\(([^)]*)\)")
_PREFIX = re.compile(r"(?:phong\s+|p\.\s*)")


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a cell assigns, in its order, and the names in it that nobody knows.

    ``kept`` are all of them in their order, the unknown names as groups.
    """

    assignees: tuple[AssigneeFacts, ...]
    unknown: tuple[str, ...]
    kept: tuple[AssigneeFacts, ...]


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
        name = f"{_PREFIX.pattern}?(?P<name>{told or '(?!)'}){_AFTER_NAME}"
        self.pattern = re.compile(name)
        # A known name with its bracket, up to where the next name begins.
        self.step = re.compile(rf"{name}(?:\s*\((?P<bracket>[^)]*)\))?(?:{_SKIPPED.pattern})?")
        self.read: dict[str, Assigned] = {}
        self.alone: dict[str, AssigneeFacts] = {}

    def assigned(self, cell: str) -> Assigned:
        """Who stands in a cell."""
        found = self.read.get(cell)
        if found is None:
            found = self.read[cell] = _joined([self._item(item) for item in items(cell)])
        return found

    def _item(self, item: str) -> Assigned:
        """One dash line; its lines are separate names only when each of them is known whole."""
        if "\n" in item:
            item = self._apart(item)
        whole = self._line(spaced(item))
        if whole.unknown and "\n" in item:
            lines = _joined([self._line(spaced(line)) for line in item.split("\n")])
            if not lines.unknown:
                return lines
        return whole

    def _apart(self, item: str) -> str:
        """The item with ";" where a group ends with its line and a name begins with the next."""
        first, *lines = item.split("\n")
        told = first
        for line in lines:
            above, plain = _folded(told.rpartition(";")[2].strip()), _folded(line.strip())
            is_apart = (
                line.strip()[:1].isupper()
                and _GROUP.match(above)
                and not _GOES_ON.search(above)
                and (_MANY.match(plain) or self.pattern.match(plain))
            )
            told += f"{'; ' if is_apart else chr(10)}{line}"
        return told

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
        plain = _folded(text)
        assignees: list[AssigneeFacts] = []
        kept: list[AssigneeFacts] = []
        unknown: list[str] = []
        at = _skip(plain, 0)
        while at < len(text):
            step = self.step.match(plain, at)
            if step is not None:
                told, bracket = step.group("name", "bracket")
                one = self.alone.get(told) if bracket is None else None
                if one is None:
                    first, last = step.span("bracket")
                    one = self._assignee(told, text[at : step.end("name")], text[first:last])
                assignees.append(one)
                at = step.end()
                continue
            end = self._end(text, plain, at)
            bracket = _QUALIFIER.match(text, end)
            name = text[at:end].strip(" .,;-")
            group = AssigneeFacts("", "", name, spaced(bracket[1]) if bracket else "")
            if _is_group(_folded(name)):
                assignees.append(group)
            elif name:
                kept += (*assignees[len(kept) - len(unknown) :], group)
                unknown.append(name)
            at = _skip(plain, bracket.end() if bracket else max(end, at + 1))
        kept += assignees[len(kept) - len(unknown) :]
        return Assigned(tuple(assignees), tuple(unknown), tuple(kept))

    def _assignee(self, told: str, name: str, bracket: str) -> AssigneeFacts:
        """The unit or agency; one without a code is the group of that name."""
        known = self._known(told)
        unit, agency = ("", known.code) if known.is_agency else (known.code, "")
        group = "" if known.code else name.strip(" .,;-")
        one = AssigneeFacts(unit, agency, group, spaced(bracket))
        if known.code and not bracket:
            self.alone[told] = one
        return one

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
    if len(parts) == 1:
        return parts[0]
    return Assigned(
        tuple(one for part in parts for one in part.assignees),
        tuple(name for part in parts for name in part.unknown),
        tuple(one for part in parts for one in part.kept),
    )


def _qualified(found: Assigned, qualifier: str) -> Assigned:
    assignees = tuple(
        AssigneeFacts(one.unit, one.agency, one.group, one.qualifier or qualifier)
        for one in found.assignees
    )
    return Assigned(assignees, (), assignees)


def _skip(plain: str, at: int) -> int:
    match = _SKIPPED.match(plain, at)
    return match.end() if match else at


def _bare(plain: str) -> str:
    """A folded name without a leading "phòng": "Thanh tra" and "Phòng Thanh tra" are one."""
    match = _PREFIX.match(plain)
    return plain[match.end() :] if match else plain


def _folded(text: str) -> str:
    """Lower case without marks, sign for sign, so that places in it are places in the text."""
    return nfc(text).translate(_SIGNS)


def _plain_sign(code: int) -> str:
    sign = chr(code)
    plain = fold(_DASHES.sub("-", sign))
    return plain if len(plain) == 1 else sign


_SIGNS = Remembered(_plain_sign)
