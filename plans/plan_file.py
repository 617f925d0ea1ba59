"""A plan as data: what its document says, with blanks where the document is blank.

Pure: reads a mapping (one file of ``fixtures/plans/``) into frozen facts. Agencies, units,
channels and other plans are named by their codes and keys; ``fixtures/README.md`` shows the
shape of a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc.lib.facts import Section
from plans.periods import Period, PeriodError, PeriodKind

PLAN_KINDS = frozenset({"outreach", "reform", "multi_year"})
BASIS_ROLES = frozenset({"basis", "implements", "cited"})
OPERATORS = frozenset({"=", ">=", "<="})
COUNTS_WHEN = frozenset({"approved_published", "sent", "held"})
PER = frozenset(kind.value for kind in PeriodKind)

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class KnownDate:
    """A date as far as it is written: ``on`` is the first day of what ``precision`` names."""

    on: date | None = None
    precision: str = "none"


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """The signing block, as far as it is printed."""

    authority: str
    position: str
    name: str


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """A heading or an item of the narrative with what stands below it."""

    label: str
    heading: str
    text: str
    items: tuple[ClauseFacts, ...]


@dataclass(frozen=True, slots=True)
class BasisFacts:
    """A cited document; ``plan`` is the key of the plan that it is, when that is known."""

    role: str
    place_in_plan: str
    document_type: str
    reference: str
    dated: KnownDate
    issuer: str
    abstract: str
    plan: str


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A figure to reach; ``data_source`` when the document says where it is read."""

    operator: str
    value: Decimal
    measure: str
    counted: str
    place_in_plan: str
    data_source: str = ""


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """A point of the content."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A point of the forms and the codes of the channels that it means."""

    label: str
    title: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssigneeFacts:
    """Exactly one of a unit's code, an agency's code and the name of a group."""

    unit: str
    agency: str
    group: str
    qualifier: str


@dataclass(frozen=True, slots=True)
class DueFacts:
    """How the due date of a period is found; ``dates`` pairs period codes with days."""

    kind: str
    day: int | None = None
    month_offset: int = 0
    dates: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaFacts:
    """How many items on a channel in each period; ``turns`` pairs period codes with units."""

    channel: str
    counts_when: str
    minimum: int
    per: str
    due: DueFacts
    turns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A row of the annex or a duty of the narrative, with its sub-rows."""

    area: str
    code: str
    title: str
    conditional: bool
    products: str
    time: str
    lead: tuple[AssigneeFacts, ...]
    coordinating: tuple[AssigneeFacts, ...]
    quotas: tuple[QuotaFacts, ...]
    rows: tuple[TaskFacts, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A whole plan."""

    key: str
    agency: str
    kind: str
    parent: str
    number: str
    symbol: str
    signed: KnownDate
    place: str
    title: str
    opening: str
    audiences: tuple[str, ...]
    scopes: tuple[str, ...]
    annex_title: str
    starts_on: date
    ends_on: date
    signer: SignerFacts
    recipients: tuple[str, ...]
    known_by_citation: bool
    clauses: tuple[ClauseFacts, ...]
    bases: tuple[BasisFacts, ...]
    targets: tuple[TargetFacts, ...]
    content: tuple[ContentFacts, ...]
    forms: tuple[FormFacts, ...]
    tasks: tuple[TaskFacts, ...]


def read(data: Mapping[str, object], source: str = "Kế hoạch") -> PlanFacts:
    """The facts of one plan; ``FactsError`` says what is wrong and where."""
    root = Section(data, source)
    facts = _plan(root)
    root.close()
    return facts


def read_all(data: Mapping[str, object], source: str = "Kế hoạch") -> tuple[PlanFacts, ...]:
    """The facts of every plan in a file that lists several under ``plans``."""
    root = Section(data, source)
    facts = root.each("plans", _plan)
    root.close()
    return facts


def _plan(part: Section) -> PlanFacts:
    facts = PlanFacts(
        key=part.text("key"),
        agency=part.text("agency"),
        kind=part.choice("kind", PLAN_KINDS),
        parent=part.text_or_blank("parent"),
        number=part.text_or_blank("number"),
        symbol=part.text_or_blank("symbol"),
        signed=_known_date(part, "signed"),
        place=part.text_or_blank("place"),
        title=part.text("title"),
        opening=part.text_or_blank("opening"),
        audiences=part.lines("audiences"),
        scopes=part.lines("scopes"),
        annex_title=part.text_or_blank("annex_title"),
        starts_on=part.day("starts_on"),
        ends_on=part.day("ends_on"),
        signer=_signer(part.section("signer")),
        recipients=part.lines("recipients"),
        known_by_citation=part.flag("known_by_citation"),
        clauses=part.each("clauses", _clause),
        bases=part.each("bases", _basis),
        targets=part.each("targets", _target),
        content=part.each("content", _content),
        forms=part.each("forms", _form),
        tasks=tuple(task for area in part.each("tasks", _area) for task in area),
    )
    if facts.ends_on < facts.starts_on:
        raise part.fault("“ends_on” phải không sớm hơn “starts_on”")
    return facts


def _known_date(part: Section, key: str) -> KnownDate:
    """``2024-02-21`` is a day, ``2024-02`` a month, ``2024`` a year; left out is none."""
    if not part.has(key):
        return KnownDate()
    value = part.raw(key)
    if type(value) is date:
        return KnownDate(value, "day")
    month = _MONTH.fullmatch(str(value))
    try:
        if month:
            return KnownDate(date(int(month[1]), int(month[2]), 1), "month")
        if type(value) is int:
            return KnownDate(date(value, 1, 1), "year")
    except ValueError:
        pass
    raise part.fault(f"“{key}” phải là ngày, tháng hoặc năm: 2024-02-21, 2024-02, 2024")


def _signer(part: Section) -> SignerFacts:
    facts = SignerFacts(
        authority=part.text_or_blank("authority"),
        position=part.text_or_blank("position"),
        name=part.text_or_blank("name"),
    )
    part.close()
    return facts


def _clause(part: Section) -> ClauseFacts:
    facts = ClauseFacts(
        label=part.text_or_blank("label"),
        heading=part.text_or_blank("heading"),
        text=part.text_or_blank("text"),
        items=part.each("items", _clause),
    )
    if not (facts.heading or facts.text):
        raise part.fault("mục phải có “heading” hoặc “text”")
    return facts


def _basis(part: Section) -> BasisFacts:
    return BasisFacts(
        role=part.choice("role", BASIS_ROLES),
        place_in_plan=part.text("at"),
        document_type=part.text("type"),
        reference=part.text_or_blank("reference"),
        dated=_known_date(part, "date"),
        issuer=part.text_or_blank("issuer"),
        abstract=part.text_or_blank("about"),
        plan=part.text_or_blank("plan"),
    )


def _target(part: Section) -> TargetFacts:
    return TargetFacts(
        operator=part.choice("operator", OPERATORS),
        value=Decimal(part.whole("value")),
        measure=part.text_or_blank("measure") or "%",
        counted=part.text("counted"),
        place_in_plan=part.text("at"),
        data_source=part.text_or_blank("source"),
    )


def _content(part: Section) -> ContentFacts:
    return ContentFacts(label=part.text_or_blank("label"), title=part.text("title"))


def _form(part: Section) -> FormFacts:
    return FormFacts(
        label=part.text_or_blank("label"),
        title=part.text("title"),
        channels=part.lines("channels"),
    )


def _area(part: Section) -> tuple[TaskFacts, ...]:
    area = part.text_or_blank("area")
    return part.each("rows", lambda row: _task(row, area))


def _task(part: Section, area: str) -> TaskFacts:
    return TaskFacts(
        area=area,
        code=part.text("code"),
        title=part.text("title"),
        conditional=part.flag("conditional"),
        products=part.text_or_blank("products"),
        time=part.text_or_blank("time"),
        lead=part.each("lead", _assignee, bare="unit"),
        coordinating=part.each("coordinating", _assignee, bare="unit"),
        quotas=part.each("quotas", _quota),
        rows=part.each("rows", lambda row: _task(row, area)),
    )


def _assignee(part: Section) -> AssigneeFacts:
    facts = AssigneeFacts(
        unit=part.text_or_blank("unit"),
        agency=part.text_or_blank("agency"),
        group=part.text_or_blank("group"),
        qualifier=part.text_or_blank("qualifier"),
    )
    if [facts.unit, facts.agency, facts.group].count("") != 2:
        raise part.fault("cần đúng một trong “unit”, “agency”, “group”")
    return facts


def _quota(part: Section) -> QuotaFacts:
    return QuotaFacts(
        channel=part.text("channel"),
        counts_when=part.choice("counts_when", COUNTS_WHEN, "approved_published"),
        minimum=part.whole("minimum", 1),
        per=part.choice("per", PER),
        due=_due(part.section("due")),
        turns=_turns(part.section("rotation")),
    )


def _due(part: Section) -> DueFacts:
    """Days per period, one day of the month, or (nothing said) the period's last day."""
    if part.has("dates"):
        days = part.section("dates")
        dates = tuple((_period(days, code), days.day(code)) for code in days.names())
        facts = DueFacts("fixed", dates=dates)
    elif part.has("day"):
        facts = DueFacts("day_of_month", part.whole("day"), part.whole("month_offset", 0))
    else:
        facts = DueFacts("period_end")
    part.close()
    return facts


def _turns(part: Section) -> tuple[tuple[str, str], ...]:
    """Period and unit of every turn, from the lists of periods that stand beside each unit."""
    turns: dict[str, str] = {}
    for unit in part.names():
        for code in part.lines(unit):
            period = _period(part, code)
            if period in turns:
                raise part.fault(f"kỳ {period} được giao cho cả {turns[period]} và {unit}")
            turns[period] = unit
    return tuple(turns.items())


def _period(part: Section, code: str) -> str:
    try:
        return Period.parse(code).code
    except PeriodError as error:
        raise part.fault(str(error).rstrip(".")) from error
