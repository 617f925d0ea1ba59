"""What the check of results found, as JSON that outlives the check. Pure.

The rows themselves are not kept: the file is, and it is read again when it is imported.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from cchc.lib.cells import Grid
from cchc.lib.text import fold
from outreach.kinds import Kind
from outreach.results_sheet.deciding import Decided, Outcome, Step
from outreach.results_sheet.facts import Asking, Fault, Reading
from outreach.results_sheet.headings import results
from plans.annex_sheet import KnownName

KEPT_FAULTS = 2_000
SHOWN_FAULTS = 500
_KEPT_NOTICES = 200
_KEPT_QUESTIONS = 100
_SHOWN_ROWS = 12
_ROWS_NAMED = 12
_MOST_SUGGESTED = 3
_NEAR = 0.5
_LONGEST_VALUE = 300
_NOT_STORED = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that nobody knows, where it stands, and the codes of the names nearest to it."""

    asking: Asking
    name: str
    column: str
    rows: tuple[int | str, ...]
    more: int
    near: tuple[str, ...]

    @property
    def question(self) -> str:
        """What an answer to it is kept under."""
        return f"{self.asking.value}:{self.name}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it would come in."""

    row: str
    what: str
    unit: str
    kind: str
    title: str
    channel: str
    state: str
    day: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All of it; of faults and notices the first, with how many there are."""

    sha256: str
    rows: int
    new: int
    changed: int
    same: int
    claims: int
    faults: tuple[Fault, ...]
    fault_count: int
    notices: tuple[Fault, ...]
    asked: tuple[Asked, ...]
    sheets: tuple[tuple[str, int, bool], ...]
    shown: tuple[Shown, ...]
    encoding: str = ""

    @property
    def refused(self) -> int:
        """How many rows cannot be taken."""
        return self.rows - self.new - self.changed - self.same

    @property
    def is_importable(self) -> bool:
        """Whether there is something to write and nothing against it."""
        return not self.fault_count and bool(self.new + self.changed)

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is recorded already."""
        return not self.fault_count and bool(self.same) and not self.new + self.changed

    @property
    def counts(self) -> tuple[int, int, int]:
        """New, changed, unchanged."""
        return (self.new, self.changed, self.same)

    @property
    def read_sheets(self) -> list[str]:
        """The sheets that have the heading of results."""
        return [name for name, _, is_read in self.sheets if is_read]


def gathered(
    reading: Reading,
    decided: Decided,
    grids: Sequence[Grid],
    names: Mapping[Asking, Sequence[KnownName]],
    sha256: str,
) -> Findings:
    """The findings of one check; ``names`` are what may be suggested."""
    read = {grid.name for grid, _ in results(grids)}
    near = {asking: _by_name(known) for asking, known in names.items()}
    titles = {asking: {one.code: one.names[0] for one in ones} for asking, ones in names.items()}
    changed = [step for step in decided.steps if step.outcome is not Outcome.SAME]
    return Findings(
        sha256=sha256,
        rows=reading.rows,
        new=decided.count(Outcome.NEW),
        changed=decided.count(Outcome.CHANGED),
        same=decided.count(Outcome.SAME),
        claims=sum(bool(step.reach.claim) for step in changed),
        faults=decided.faults[:KEPT_FAULTS],
        fault_count=len(decided.faults),
        notices=decided.notices[:_KEPT_NOTICES],
        asked=tuple(
            Asked(
                one.asking,
                one.name,
                one.column,
                one.rows[:_ROWS_NAMED],
                max(len(one.rows) - _ROWS_NAMED, 0),
                _nearest(one.name, near[one.asking]),
            )
            for one in reading.unknown[:_KEPT_QUESTIONS]
        ),
        sheets=tuple((grid.name, len(grid.lines), grid.name in read) for grid in grids),
        shown=tuple(_shown(step, titles) for step in (changed or decided.steps)[:_SHOWN_ROWS]),
        encoding=reading.encoding,
    )


def to_json(findings: Findings) -> dict[str, Any]:
    """JSON values only, with nothing in them that a database refuses."""
    plain: dict[str, Any] = _plain(asdict(findings))
    return plain


def from_json(data: Mapping[str, Any]) -> Findings:
    """What ``to_json`` wrote."""
    said = dict(data)
    said["faults"] = tuple(Fault(**one) for one in said["faults"])
    said["notices"] = tuple(Fault(**one) for one in said["notices"])
    said["asked"] = tuple(Asked(**one | {"asking": Asking(one["asking"])}) for one in said["asked"])
    said["sheets"] = tuple(tuple(one) for one in said["sheets"])
    said["shown"] = tuple(Shown(**one) for one in said["shown"])
    return Findings(**{one.name: said[one.name] for one in fields(Findings)})


def _shown(step: Step, titles: Mapping[Asking, Mapping[str, str]]) -> Shown:
    entry, days = step.entry, step.reach.days
    day = days.published or days.decided or days.sent or entry.held_on
    return Shown(
        row=f"{entry.sheet}: {entry.row}" if entry.sheet else str(entry.row),
        what=step.outcome.label,
        unit=titles[Asking.UNIT].get(entry.unit or "", ""),
        kind=Kind(entry.kind).label,
        title=entry.title,
        channel=titles[Asking.CHANNEL].get(entry.channel, ""),
        state=step.reach.state.label,
        day=day.strftime("%d/%m/%Y") if day else "",
    )


def _by_name(known: Sequence[KnownName]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in known:
        for name in one.names:
            found.setdefault(fold(name), one.code)
    return found


def _nearest(name: str, by_name: Mapping[str, str]) -> tuple[str, ...]:
    near = difflib.get_close_matches(fold(name), by_name, n=_MOST_SUGGESTED, cutoff=_NEAR)
    return tuple(dict.fromkeys(by_name[one] for one in near))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        text = _NOT_STORED.sub("", value)
        return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
