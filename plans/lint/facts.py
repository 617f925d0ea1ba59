"""What the checks are told about a plan. A date is the span of days that it may mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plans.periods import DateSpan
from plans.quotas import QuotaTerms


@dataclass(frozen=True, slots=True)
class Clause:
    """A heading or an item of the narrative with what stands below it."""

    label: str
    words: str
    items: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """That a document is no longer in force: from which day, and what replaced it."""

    on: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A cited document; the parent plan has ``is_parent`` and, when not cited, the role ``parent``.

    ``role`` is ``basis``, ``implements``, ``cited`` or ``parent``; ``place`` as the plan has it.
    """

    role: str
    place: str
    document_type: str
    reference: str
    dated: DateSpan | None
    abstract: str
    is_parent: bool = False
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach."""

    counted: str
    place: str
    data_source: str


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the content or of the forms."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class ParentItem:
    """A point of the parent plan's content or a task for the agency, and whether it is answered."""

    title: str
    is_covered: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A unit, an agency or a named group; ``since`` and ``until`` are inclusive, None is open."""

    name: str
    since: date | None = None
    until: date | None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Quota:
    """What a task owes on a channel; the units of its turns are bodies."""

    channel: str
    terms: QuotaTerms


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the annex, or a duty of the narrative, with its sub-rows.

    ``time`` is the cell as written; ``meant`` is what its author says that it means.
    """

    code: str
    area: str = ""
    title: str = ""
    products: str = ""
    time: str = ""
    meant: str = ""
    leads: tuple[Body, ...] = ()
    coordinating: tuple[Body, ...] = ()
    quotas: tuple[Quota, ...] = ()
    without_quota: bool = False
    rows: tuple[Task, ...] = ()

    def walk(self) -> Iterator[Task]:
        """The row and everything below it, in order."""
        yield self
        for row in self.rows:
            yield from row.walk()


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A whole plan as far as the checks look at it."""

    starts_on: date
    ends_on: date
    number: str = ""
    symbol: str = ""
    signed: DateSpan | None = None
    signer_name: str = ""
    opening: str = ""
    annex_title: str = ""
    clauses: tuple[Clause, ...] = ()
    documents: tuple[Document, ...] = ()
    targets: tuple[Target, ...] = ()
    content: tuple[Item, ...] = ()
    forms: tuple[Item, ...] = ()
    parent_items: tuple[ParentItem, ...] = ()
    parent_tasks: tuple[ParentItem, ...] = ()
    tasks: tuple[Task, ...] = ()

    def all_tasks(self) -> Iterator[Task]:
        """Every row at every depth, in order."""
        for task in self.tasks:
            yield from task.walk()

    @property
    def issued_from(self) -> date | None:
        """The earliest day on which it can have been issued: not before itself or its parent."""
        parents = [document.dated for document in self.documents if document.is_parent]
        return max((span.start for span in (self.signed, *parents) if span), default=None)

    @property
    def issued_by(self) -> date:
        """The latest day on which it can have been issued."""
        return self.signed.end if self.signed else self.ends_on
