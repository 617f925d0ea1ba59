"""What the check of an annex found, as JSON that outlives the check: faults, questions, tasks.

Pure. The tasks are kept with the faults, so that what is imported later is exactly what was
checked, whatever has become of the file or of the directory since.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import Any

from cchc.lib.cells import Grid
from cchc.lib.legacy_text import detect
from cchc.lib.text import fold, squeeze
from plans.annex_sheet import Fault, Proposal, Reading
from plans.annex_sheet.headings import annexes
from plans.periods import PeriodKind
from plans.plan_file import AssigneeFacts, TaskFacts
from plans.quotas import QuotaProposal

SHOWN_FAULTS = 500
_SHOWN_TASKS = 12
_SHOWN_CONVERTED = 5
_MOST_SUGGESTED = 3
_LONGEST_VALUE = 400
_NEAR = 0.5
_NOT_STORED = re.compile("[\x00\ud800-\udfff]")


class Mode(StrEnum):
    """Where the tasks of an annex go in a draft."""

    EMPTY = ""
    APPEND = "append"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class SheetFound:
    """A sheet or table of the file, and whether it has the heading of an annex."""

    name: str
    rows: int
    is_annex: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that nobody knows, where it stands, and the codes of the names nearest to it."""

    name: str
    column: str
    rows: tuple[int, ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Converted:
    """A text of the file before and after its conversion to Unicode."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All of it; ``year`` is the plan's, with which the times were read."""

    year: int
    tasks: tuple[TaskFacts, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...]
    asked: tuple[Asked, ...]
    proposals: tuple[Proposal, ...]
    sheets: tuple[SheetFound, ...]
    encoding: str = ""
    converted: tuple[Converted, ...] = ()

    @property
    def count(self) -> int:
        """How many tasks there are, sub-rows included."""
        return sum(1 for _ in flat(self.tasks))

    @property
    def is_importable(self) -> bool:
        """Whether there is something to import and nothing against it."""
        return bool(self.tasks) and not self.faults

    @property
    def shown_faults(self) -> tuple[Fault, ...]:
        """Those that the page shows; the workbook has all."""
        return self.faults[:SHOWN_FAULTS]

    @property
    def first_tasks(self) -> list[TaskFacts]:
        """The beginning of the annex, to be looked at before it is imported."""
        return list(islice(flat(self.tasks), _SHOWN_TASKS))

    @property
    def annexes(self) -> list[SheetFound]:
        """The sheets that are read when none is chosen."""
        return [sheet for sheet in self.sheets if sheet.is_annex]


def flat(tasks: Iterable[TaskFacts]) -> Iterator[TaskFacts]:
    """The tasks and what stands below them, in the order of the annex."""
    for task in tasks:
        yield task
        yield from flat(task.rows)


def gathered(
    reading: Reading, grids: Sequence[Grid], names: Mapping[str, str], year: int
) -> Findings:
    """The findings of one reading of the file; ``names`` are what may be suggested, by code."""
    near = _Nearest(names)
    read = {grid.name for grid, _ in annexes(grids)}
    return Findings(
        year=year,
        tasks=reading.drafts,
        faults=reading.faults,
        notices=reading.notices,
        asked=tuple(
            Asked(one.name, one.column, one.rows, near.codes(one.name))
            for one in reading.unknown_units
        ),
        proposals=reading.proposals,
        sheets=tuple(SheetFound(grid.name, len(grid.lines), grid.name in read) for grid in grids),
        encoding=reading.encoding,
        converted=_converted(grids) if reading.encoding else (),
    )


def proposal_text(quota: QuotaProposal) -> str:
    """A quota as a person reads it: "ít nhất 1 tin, bài mỗi tháng trên Cổng TTĐT Sở"."""
    bound = {">=": "ít nhất ", "<=": "không quá "}.get(quota.op, "")
    number = f"{quota.low}–{quota.high}" if quota.high else str(quota.count)
    per = f" mỗi {PeriodKind(quota.per).label}" if quota.per else ""
    where = f" trên {quota.channel}" if quota.channel else ""
    return f"{bound}{number} {quota.unit}{per}{where}"


def to_json(findings: Findings) -> dict[str, Any]:
    """JSON values only, with nothing in them that a database refuses."""
    return {
        "year": findings.year,
        "tasks": [_task_out(task) for task in findings.tasks],
        "faults": [_fault_out(fault) for fault in findings.faults],
        "notices": [_fault_out(fault) for fault in findings.notices],
        "asked": [
            [_plain(one.name), one.column, list(one.rows), list(one.near)] for one in findings.asked
        ],
        "proposals": [[one.row, one.code, asdict(one.quota)] for one in findings.proposals],
        "sheets": [[_plain(one.name), one.rows, one.is_annex] for one in findings.sheets],
        "encoding": findings.encoding,
        "converted": [[_plain(one.before), _plain(one.after)] for one in findings.converted],
    }


def from_json(data: Mapping[str, Any]) -> Findings:
    """What ``to_json`` wrote."""
    return Findings(
        year=data["year"],
        tasks=tuple(map(_task_in, data["tasks"])),
        faults=tuple(Fault(*fault) for fault in data["faults"]),
        notices=tuple(Fault(*fault) for fault in data["notices"]),
        asked=tuple(
            Asked(name, column, tuple(rows), tuple(near))
            for name, column, rows, near in data["asked"]
        ),
        proposals=tuple(
            Proposal(row, code, QuotaProposal(**quota)) for row, code, quota in data["proposals"]
        ),
        sheets=tuple(SheetFound(*sheet) for sheet in data["sheets"]),
        encoding=data["encoding"],
        converted=tuple(Converted(*one) for one in data["converted"]),
    )


class _Nearest:
    """Known names by likeness to one that is not known."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.codes_by_name: dict[str, str] = {}
        for code, name in names.items():
            self.codes_by_name.setdefault(fold(name), code)

    def codes(self, name: str) -> tuple[str, ...]:
        near = difflib.get_close_matches(
            fold(name), self.codes_by_name, n=_MOST_SUGGESTED, cutoff=_NEAR
        )
        return tuple(self.codes_by_name[one] for one in near)


def _converted(grids: Iterable[Grid]) -> tuple[Converted, ...]:
    """The longest of the first texts that conversion changed: a person recognises a sentence."""
    texts = [
        value
        for line in chain.from_iterable(grid.lines for grid in grids)
        for value in line.values
        if isinstance(value, str) and not value.isascii()
    ]
    legacy = detect(texts)
    if legacy is None:
        return ()
    pairs = ((squeeze(text), squeeze(legacy.to_unicode(text))) for text in dict.fromkeys(texts))
    changed = list(islice((pair for pair in pairs if pair[0] != pair[1]), 40))
    longest = sorted(changed, key=lambda pair: -min(len(pair[0]), 120))[:_SHOWN_CONVERTED]
    return tuple(Converted(_short(before), _short(after)) for before, after in longest)


def _fault_out(fault: Fault) -> list[Any]:
    texts = (fault.value, fault.problem, fault.accepted)
    told = [fault.row, fault.column, *(_plain(_short(text)) for text in texts)]
    return [*told, _plain(fault.sheet)] if fault.sheet else told


def _task_out(task: TaskFacts) -> list[Any]:
    """Quotas are not among it: of an annex they are only proposed."""
    return [
        *(_plain(task.area), _plain(task.code), _plain(task.title), task.conditional),
        *(_plain(task.products), _plain(task.time)),
        [_assignee_out(one) for one in task.lead],
        [_assignee_out(one) for one in task.coordinating],
        [_task_out(row) for row in task.rows],
    ]


def _task_in(said: Sequence[Any]) -> TaskFacts:
    area, code, title, conditional, products, time, lead, coordinating, rows = said
    return TaskFacts(
        area=area,
        code=code,
        title=title,
        conditional=conditional,
        products=products,
        time=time,
        lead=tuple(AssigneeFacts(*one) for one in lead),
        coordinating=tuple(AssigneeFacts(*one) for one in coordinating),
        quotas=(),
        rows=tuple(map(_task_in, rows)),
    )


def _assignee_out(one: AssigneeFacts) -> list[str]:
    return [one.unit, one.agency, _plain(one.group), _plain(one.qualifier)]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


def _plain(text: str) -> str:
    return _NOT_STORED.sub("", text)
