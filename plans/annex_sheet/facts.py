"""What a reading of an annex is made of, besides the tasks themselves."""

from __future__ import annotations

from dataclasses import dataclass

from plans.plan_file import TaskFacts
from plans.quotas import QuotaProposal


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem: where it stands, the value there, what is wrong and what would be accepted.

    ``row`` is 0 and ``column`` empty when the problem is the whole file's. ``sheet`` is said
    when the annex stands on several.
    """

    row: int
    column: str
    value: str
    problem: str
    accepted: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A unit of the agency or another agency of the province, by its code and all its names.

    One without a code is a group that a person has named: "Lãnh đạo Ban".
    """

    code: str
    names: tuple[str, ...]
    is_agency: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The longest texts that can be kept; None is without end."""

    code: int | None = 20
    area: int | None = 200
    title: int | None = 400
    group: int | None = 200
    qualifier: int | None = 120


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """A name that nobody knows, once for the whole file, and the rows where it stands."""

    name: str
    column: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A quota that the text of a task words; a person confirms it before anything is owed."""

    row: int
    code: str
    quota: QuotaProposal


@dataclass(frozen=True, slots=True)
class Reading:
    """The annex as read: its tasks, every fault of the file, and what a person should look at.

    ``notices`` stop nothing: vague times, columns and rows that were left out. ``encoding`` names
    the legacy encoding that the text was converted from, else it is empty.
    """

    drafts: tuple[TaskFacts, ...]
    faults: tuple[Fault, ...]
    unknown_units: tuple[UnknownUnit, ...] = ()
    notices: tuple[Fault, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    encoding: str = ""
