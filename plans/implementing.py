"""Parent plans and the plans that implement them, read into what ``plans.uptake`` knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.timezone import localtime

from agencies.models import Agency
from agencies.models.agency import AgencyKind, AgencyQuerySet
from plans import uptake
from plans.models import ContentItem, NotApplicable, Plan, Proposal, Task
from plans.models.plan import IN_FORCE, DatePrecision, PlanState
from plans.models.task import AssigneeDuty
from plans.periods import DateSpan, month_end
from plans.uptake import Assigned, Body, Item, Line, Own, Progress, Tally, Uptake

CONTENT = "content"
ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent plan's items, and whom each of its tasks names; read once for every agency."""

    plan: Plan
    content: tuple[Item, ...]
    tasks: tuple[tuple[Item, tuple[Assigned, ...]], ...]

    def items_for(self, body: Body) -> tuple[Item, ...]:
        """Its content, and the tasks that concern the agency."""
        tasks = (item for item, named in self.tasks if uptake.concerns(named, body))
        return (*self.content, *tasks)

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything, whomever it concerns."""
        return (*self.content, *(item for item, _ in self.tasks))


@dataclass(frozen=True, slots=True)
class Implementation:
    """One agency that should implement the parent: its plan in force, how late, how far."""

    agency: Agency
    plan: Plan | None
    progress: Progress
    lines: tuple[Line, ...]
    proposals: dict[str, int]

    @property
    def missing(self) -> list[Item]:
        """What the plan does not answer."""
        return [line.item for line in self.lines if line.uptake is Uptake.MISSING]


def parent_of(plan: Plan) -> Parent:
    """Three queries; a plan known only by citation has no items."""
    if plan.known_by_citation:
        return Parent(plan, (), ())
    content = tuple(
        Item(CONTENT, row.pk, row.label or str(place), row.title)
        for place, row in enumerate(plan.content_items.order_by("order"), start=1)
    )
    return Parent(plan, content, tuple(_tasks(plan)))


def _tasks(plan: Plan) -> Iterable[tuple[Item, tuple[Assigned, ...]]]:
    """The rows that are work: rows with rows below them only head these."""
    rows = list(plan.tasks.order_by("order").prefetch_related("assignees"))
    heads = {row.parent_id for row in rows}
    named = assigned_to(rows)
    for row in rows:
        if row.pk not in heads and row.title:
            yield Item(ANNEX, row.pk, row.code, row.title), named[row.pk]


def assigned_to(rows: Iterable[Task]) -> dict[int, tuple[Assigned, ...]]:
    """Whom each task names; one that names nobody has those of the row above it."""
    named: dict[int, tuple[Assigned, ...]] = {}
    for row in rows:
        own = tuple(
            Assigned(one.agency_id, one.group, one.duty == AssigneeDuty.LEAD)
            for one in row.assignees.all()
        )
        above = named.get(row.parent_id, ()) if row.parent_id else ()
        named[row.pk] = own or above
    return named


def is_led_by(named: Sequence[Assigned], body: Body) -> bool:
    """Whether a task is the agency's to do, or everybody's, and not only to help with."""
    return uptake.concerns([one for one in named if one.leads], body)


def own_duties(plan: Plan) -> Callable[[int], bool]:
    """Whether a task, by its key, is a duty of the issuing agency and not of others; 3 queries."""
    named = assigned_to(plan.tasks.order_by("order").prefetch_related("assignees"))
    below = [body_of(agency) for agency in Agency.objects.filter(parent=plan.agency_id)]
    body = body_of(plan.agency)
    return lambda pk: uptake.is_own_duty(named.get(pk, ()), body, below)


def body_of(agency: Agency) -> Body:
    """The agency as named groups know it."""
    return Body(agency.pk, agency.kind, (agency.name, agency.short_name))


def items_of(plan: Plan) -> tuple[Item, ...]:
    """The items of its parent that concern a derived plan's agency."""
    if plan.parent is None:
        return ()
    return parent_of(plan.parent).items_for(body_of(plan.agency))


def lines_of(plan: Plan) -> list[Line]:
    """What a derived plan does with its parent's items; without a parent, nothing."""
    return _Answers.of([plan]).lines(plan, items_of(plan))


def expected_agencies(parent: Plan) -> AgencyQuerySet:
    """Who should implement the plan: of a province everybody else, else whoever stands below.

    An agency that ended before the term is asked for nothing; what it had issued stays in sight.
    """
    below = (
        Agency.objects.filter(province=parent.province_id).exclude(kind=AgencyKind.PROVINCE)
        if parent.agency.kind == AgencyKind.PROVINCE
        else Agency.objects.filter(parent=parent.agency_id)
    )
    return (
        below.exclude(pk=parent.agency_id)
        .filter(
            Q(established_on=None) | Q(established_on__lte=parent.ends_on),
            Q(dissolved_on=None)
            | Q(dissolved_on__gt=max(parent.starts_on, parent.derive_by or parent.starts_on))
            | Q(plans__in=parent.children.filter(state__in=IN_FORCE, amends=None)),
        )
        .distinct()
        .in_order()
    )


@dataclass(frozen=True, slots=True)
class Survey:
    """A parent plan and every agency that should implement it, worst first."""

    parent: Parent
    rows: tuple[Implementation, ...]

    def item_tallies(self) -> list[tuple[Item, Tally]]:
        """For each item, what the agencies that it concerns did with it."""
        found: dict[tuple[str, int], list[Uptake]] = defaultdict(list)
        for row in self.rows:
            for line in row.lines:
                found[line.item.key].append(line.uptake)
        return [(item, uptake.tally(found[item.key])) for item in self.parent.items]


def survey(plan: Plan, today: date) -> Survey:
    """A constant number of queries, however many agencies; drafts are nobody else's business."""
    parent = parent_of(plan)
    in_force = _in_force(plan)
    found = _Answers.of(list(in_force.values()))
    proposals = _proposals([child.pk for child in in_force.values()])
    rows = [
        _implementation(agency, in_force.get(agency.pk), parent, found, proposals, today)
        for agency in expected_agencies(plan)
    ]
    return Survey(parent, tuple(sorted(rows, key=lambda row: row.progress.worst_first)))


def _implementation(
    agency: Agency,
    plan: Plan | None,
    parent: Parent,
    found: _Answers,
    proposals: dict[int, dict[str, int]],
    today: date,
) -> Implementation:
    items = parent.items_for(body_of(agency))
    lines = found.lines(plan, items) if plan else uptake.lines(items, {}, {})
    return Implementation(
        agency=agency,
        plan=plan,
        progress=Progress(
            uptake.timeliness(_issue_span(plan), parent.plan.derive_by, today),
            plan is not None,
            uptake.tally(line.uptake for line in lines),
        ),
        lines=tuple(lines),
        proposals=proposals.get(plan.pk, {}) if plan else {},
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """What some derived plans have from their parents, by plan: rows and reasons."""

    owns: dict[int, dict[tuple[str, int], list[Own]]]
    reasons: dict[int, dict[tuple[str, int], str]]

    @classmethod
    def of(cls, plans: Sequence[Plan]) -> _Answers:
        """Three queries."""
        keys = [plan.pk for plan in plans]
        owns: dict[int, dict[tuple[str, int], list[Own]]] = defaultdict(lambda: defaultdict(list))
        content = ContentItem.objects.filter(plan__in=keys, source__isnull=False)
        tasks = Task.objects.filter(plan__in=keys, source__isnull=False)
        for section, rows in ((CONTENT, content), (ANNEX, tasks)):
            for row in rows.order_by("order").values_list("plan_id", "source_id", "pk", "title"):
                plan_id, source_id, pk, title = row
                owns[plan_id][section, source_id].append(Own(pk, title))
        reasons: dict[int, dict[tuple[str, int], str]] = defaultdict(dict)
        for left in NotApplicable.objects.filter(plan__in=keys):
            key = (CONTENT, left.content_item_id) if left.content_item_id else (ANNEX, left.task_id)
            reasons[left.plan_id][key[0], key[1] or 0] = left.reason
        return cls(owns, reasons)

    def lines(self, plan: Plan, items: Sequence[Item]) -> list[Line]:
        """The plan's answer to each item."""
        return uptake.lines(items, self.owns.get(plan.pk, {}), self.reasons.get(plan.pk, {}))


def _proposals(keys: Sequence[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    counted = Proposal.objects.filter(plan__in=keys).values_list("plan_id", "state")
    for plan_id, state, number in counted.annotate(number=Count("pk")).order_by("plan_id"):
        found[plan_id][state] = number
    return found


def _in_force(parent: Plan) -> dict[int, Plan]:
    """Of each agency the latest plan in force under the parent."""
    plans = Plan.objects.filter(parent=parent, state__in=IN_FORCE, amends=None).order_by("pk")
    return {plan.agency_id: plan for plan in plans}


def _issue_span(plan: Plan | None) -> DateSpan | None:
    """The days on which it can have been issued; the day of its record is the last possible."""
    if plan is None or plan.issued_at is None:
        return None
    recorded = localtime(plan.issued_at).date()
    unwritten = DateSpan(min(plan.starts_on, recorded), recorded)
    return written_days(plan.signed_on, plan.signed_precision) or unwritten


def written_days(first: date | None, precision: str) -> DateSpan | None:
    """The days that a date may mean as far as it is written."""
    if first is None:
        return None
    last = {
        DatePrecision.MONTH.value: month_end(first.year, first.month),
        DatePrecision.YEAR.value: date(first.year, 12, 31),
    }
    return DateSpan(first, last.get(precision, first))


def derived_plan(parent: Plan, agency: Agency) -> Plan | None:
    """The plan that the agency has under the parent already, in force or as a draft."""
    return (
        Plan.objects.filter(parent=parent, agency=agency, amends=None)
        .exclude(state=PlanState.CLOSED)
        .order_by("-pk")
        .first()
    )
