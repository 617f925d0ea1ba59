"""Cells of units: one assignee a line, known by name or kept as a named group."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cchc.lib.text import fold
from plans.annex_check import known_names
from plans.annex_sheet.facts import KnownName
from plans.annex_sheet.units import Units
from plans.models import Plan
from plans.plan_file import AssigneeFacts

_MOST_NAMED = 3
# Names are compared with every known one, which is worth it for the first few.
_MOST_COMPARED = 20


@dataclass
class Assigning:
    """The names of a plan's agency and province, loaded when first asked for."""

    plan: Plan

    @cached_property
    def known(self) -> tuple[KnownName, ...]:
        """Units of the agency, then agencies of the province; three queries."""
        return tuple(known_names(self.plan))

    @cached_property
    def names(self) -> Mapping[tuple[str, bool], str]:
        """The name on paper by code, and whether it is an agency's."""
        return {(one.code, one.is_agency): one.names[0] for one in self.known}

    @cached_property
    def units(self) -> Units:
        """The known names."""
        return Units(self.known)

    def assigned(self, cells: Iterable[str]) -> dict[str, tuple[AssigneeFacts, ...]]:
        """Who stands in each cell; what nobody knows is a group of that name."""
        return {
            cell: tuple(
                one for part in _parts(self.units, cell) for one in self.units.assigned(part).kept
            )
            for cell in cells
            if cell
        }

    def unknown(self, cell: str) -> tuple[str, ...]:
        """The names in a cell that nobody knows."""
        return tuple(
            name for part in _parts(self.units, cell) for name in self.units.assigned(part).unknown
        )

    def text(self, assignees: Iterable[AssigneeFacts]) -> str:
        """The cell as it is read again."""
        return "\n".join(map(self._line, assignees))

    def _line(self, one: AssigneeFacts) -> str:
        name = one.group or self.names[one.unit or one.agency, bool(one.agency)]
        return f"{name} ({one.qualifier})" if one.qualifier else name

    def note(self, cell: str, asked: set[str]) -> dict[str, Any] | None:
        """What to say about a cell with unknown names; ``asked`` are those compared so far."""
        unknown = self.unknown(cell)
        if not unknown:
            return None
        named = ", ".join(f"“{name}”" for name in unknown)
        text = f"{named} chưa có trong danh bạ, được ghi như một nhóm đơn vị"
        near = self._near(unknown[0], asked) if len(unknown) == 1 else []
        choices = [cell.replace(unknown[0], name) for name in near]
        return {"text": text, "tone": "ask", "choices": choices}

    def _near(self, name: str, asked: set[str]) -> list[str]:
        if name not in asked and len(asked) >= _MOST_COMPARED:
            return []
        asked.add(name)
        known = {fold(one.names[0]): one.names[0] for one in self.known}
        near = difflib.get_close_matches(fold(name), known, n=_MOST_NAMED, cutoff=0.5)
        return [known[plain] for plain in near]


def _parts(units: Units, cell: str) -> list[str]:
    """Its lines, or the whole cell when only the width of a column broke a known name."""
    lines = [line for line in cell.split("\n") if line.strip()]
    if len(lines) > 1 and any(units.assigned(line).unknown for line in lines):
        whole = units.assigned(cell)
        if not whole.unknown and not any(one.group for one in whole.assignees):
            return [cell]
    return lines
