"""The directory of a province as data: its agencies with dated names, and their units.

Pure: reads a mapping (one file of ``fixtures/directory/``) into frozen facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cchc.lib.facts import Section

KINDS = frozenset({"province", "department", "district", "commune", "press", "service", "other"})


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What an agency was called from ``since`` to ``until``, both inclusive; None is open."""

    name: str
    short_name: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit with its other spellings."""

    code: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """An agency; its last name is the present one. ``parent`` is a code that stands before it.

    ``clears_internally``: its unit heads clear what goes to channels.
    """

    code: str
    kind: str
    parent: str
    place: str
    established_on: date | None
    dissolved_on: date | None
    clears_internally: bool
    names: tuple[NameFacts, ...]
    units: tuple[UnitFacts, ...]


@dataclass(frozen=True, slots=True)
class DirectoryFacts:
    """A province and its agencies in protocol order."""

    code: str
    name: str
    agencies: tuple[AgencyFacts, ...]


def read(data: Mapping[str, object], source: str = "Danh bạ cơ quan") -> DirectoryFacts:
    """The facts of a directory; ``FactsError`` says what is wrong and where."""
    root = Section(data, source)
    province = root.section("province")
    facts = DirectoryFacts(
        code=province.text("code"),
        name=province.text("name"),
        agencies=root.each("agencies", _agency),
    )
    province.close()
    root.close()
    _check_parents(root, facts)
    return facts


def _agency(part: Section) -> AgencyFacts:
    facts = AgencyFacts(
        code=part.text("code"),
        kind=part.choice("kind", KINDS),
        parent=part.text_or_blank("parent"),
        place=part.text("place"),
        established_on=part.day_or_none("established_on"),
        dissolved_on=part.day_or_none("dissolved_on"),
        clears_internally=part.flag("clears_internally"),
        names=part.each("names", _name),
        units=part.each("units", _unit),
    )
    if not facts.names:
        raise part.fault("cần ít nhất một tên trong “names”")
    return facts


def _name(part: Section) -> NameFacts:
    return NameFacts(
        name=part.text("name"),
        short_name=part.text("short_name"),
        since=part.day_or_none("since"),
        until=part.day_or_none("until"),
    )


def _unit(part: Section) -> UnitFacts:
    return UnitFacts(code=part.text("code"), name=part.text("name"), aliases=part.lines("aliases"))


def _check_parents(root: Section, facts: DirectoryFacts) -> None:
    seen: set[str] = set()
    for agency in facts.agencies:
        if agency.parent and agency.parent not in seen:
            raise root.fault(
                f"cơ quan {agency.code} ghi cấp trên {agency.parent}, "
                "nhưng cơ quan ấy không đứng trước trong danh bạ"
            )
        seen.add(agency.code)
