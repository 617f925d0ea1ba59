"""Who would be told of what on a day: reads rows, asks ``outreach.reminding``, never writes.

A dozen queries per province, whatever the number of its people and obligations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q

from agencies.models import CalendarDay, Membership, Province
from agencies.roles import Role
from agencies.workdays import is_working
from outreach import reminding
from outreach.models import Digest, Explanation, Placement, Reminder, ReminderSettings
from outreach.models.explanation import ExplanationState
from outreach.reminding import EVERYTHING, Open, Part, Submitted, Wishes
from outreach.workflow import WAITING, State
from plans.models import Obligation
from plans.models.obligation import ObligationQuerySet
from plans.models.plan import PlanState
from plans.periods import Period

_ON_ITS_WAY = (State.SUBMITTED.value, *(state.value for state in WAITING))
# Far enough around a day for the longest holidays.
_AROUND = timedelta(days=60)
_TITLE = 110

Place = tuple[int, int | None]
Names = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of one obligation, in words."""

    obligation_id: int
    due_on: date
    step: str
    text: str

    @property
    def value(self) -> dict[str, object]:
        """As a digest keeps it."""
        return {"text": self.text, "step": self.step, "obligation": self.obligation_id}


@dataclass(slots=True)
class Letter:
    """What one person would be told; without an address only in the program."""

    user_id: int
    name: str
    province_id: int
    email: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    name: str
    email: str


class _People:
    """Who holds which part where, on one day."""

    def __init__(self, province: Province, day: date) -> None:
        self.units: defaultdict[Place, dict[_Person, Part]] = defaultdict(dict)
        self.offices: defaultdict[int, list[_Person]] = defaultdict(list)
        rows = (
            Membership.objects.current(day)
            .filter(
                agency__province=province,
                role__in=(Role.UNIT_HEAD, Role.OFFICER, Role.AGENCY_OFFICE),
                user__is_active=True,
            )
            .order_by("id")
            .values_list(
                "role", "agency", "unit", "user", "user__full_name", "user__username", "user__email"
            )
        )
        for role, agency, unit, pk, name, username, email in rows.iterator():
            person = _Person(pk, name or username, email)
            if role == Role.AGENCY_OFFICE:
                self.offices[agency].append(person)
                continue
            part = Part.HEAD if role == Role.UNIT_HEAD else Part.LEAD
            here = self.units[agency, unit]
            here[person] = max(part, here.get(person, part))

    def of(self, obligation: Open) -> dict[_Person, Part]:
        """The unit's people first; the office instead where there is no unit or nobody in it."""
        lead = self.units.get((obligation.agency_id, obligation.unit_id), {})
        alone = obligation.unit_id is None or not lead
        office = Part.LEAD if alone else Part.OFFICE
        return dict.fromkeys(self.offices[obligation.agency_id], office) | lead


def letters(day: date, provinces: Iterable[Province]) -> list[Letter]:
    """One for each person who is to be told something; nobody who was told that day already."""
    found: dict[int, Letter] = {}
    wishes = ReminderSettings.objects.wishes()
    served = set(Digest.objects.filter(day=day).values_list("user_id", flat=True))
    for province in provinces:
        changes = CalendarDay.objects.changes(province.pk, day - _AROUND, day + _AROUND)
        if is_working(day, changes):
            _add(found, province, day, changes, wishes, served)
    for letter in found.values():
        letter.lines.sort(key=lambda line: (line.due_on, line.obligation_id))
        if not wishes.get(letter.user_id, EVERYTHING).by_email:
            letter.email = ""
    return [found[key] for key in sorted(found)]


def _add(
    found: dict[int, Letter],
    province: Province,
    day: date,
    changes: Mapping[date, bool],
    wishes: Mapping[int, Wishes],
    served: set[int],
) -> None:
    """What the province's obligations give each of its people to do."""
    rows = _owed(province, day, reminding.last_due(day, changes))
    told = set(
        Reminder.objects.filter(obligation__in=rows.order_by().values("pk")).values_list(
            "user_id", "obligation_id", "due_on", "step"
        )
    )
    people = _People(province, day)
    for obligation, names in _open(rows, province, day):
        text = ""
        for person, part in people.of(obligation).items():
            wish = wishes.get(person.id, EVERYTHING)
            step = reminding.step_on(day, obligation.due_on, part, wish, changes)
            due = (person.id, obligation.id, obligation.due_on, step)
            if not step or person.id in served or due in told:
                continue
            text = text or reminding.words(obligation, day, names=names, changes=changes)
            letter = found.get(person.id)
            if letter is None:
                letter = Letter(person.id, person.name, province.pk, person.email)
                found[person.id] = letter
            letter.lines.append(Line(obligation.id, obligation.due_on, step, text))


def _results(day: date) -> Count:
    standing = Q(fulfilments__voided_at=None, fulfilments__counted_on__lte=day)
    return Count("fulfilments", filter=standing)


def _owed(province: Province, day: date, last_due: date) -> ObligationQuerySet:
    """Not met, not waived, in force and near enough; not what nobody sums."""
    return (
        Obligation.objects.filter(
            province=province,
            waived_at=None,
            due_on__lte=last_due,
            plan__state=PlanState.ISSUED,
            plan__ends_on__gte=day - reminding.AFTER_PLAN,
        )
        .exclude(before_issue=True, plan__count_before_issue=False)
        .alias(results=_results(day))
        .filter(results__lt=F("required"))
        .order_by("due_on", "id")
    )


def _open(rows: ObligationQuerySet, province: Province, day: date) -> list[tuple[Open, Names]]:
    """Those for which somebody has something to do, with the names of their line."""
    explained = _explained(province)
    found = [
        (_plain(row, explained), _names(row))
        for row in rows.annotate(counted=_results(day))
        .values(
            "id",
            "quota_id",
            "task_id",
            "agency_id",
            "unit_id",
            "channel_id",
            "counts_when",
            "window_start",
            "window_end",
            "due_on",
            "required",
            "counted",
            "period",
            "task__code",
            "task__title",
            "channel__short_name",
            "unit__name",
            "agency__short_name",
        )
        .iterator()
    ]
    on_the_way = reminding.covered((one for one, _ in found), _submitted(province), day)
    return [
        (one, names)
        for one, names in found
        if one.id not in on_the_way and not reminding.is_over(one, day)
    ]


def _plain(row: dict[str, Any], explained: set[int]) -> Open:
    quota = row["quota_id"]
    return Open(
        id=row["id"],
        source=("quota", quota) if quota else ("task", row["task_id"]),
        agency_id=row["agency_id"],
        unit_id=row["unit_id"],
        channel_id=row["channel_id"],
        counts_when=row["counts_when"],
        window_start=row["window_start"],
        window_end=row["window_end"],
        due_on=row["due_on"],
        missing=row["required"] - row["counted"],
        explained=row["id"] in explained,
    )


def _names(row: dict[str, Any]) -> Names:
    title = f"Nhiệm vụ {row['task__code']} – {row['task__title']}"
    short = title if len(title) <= _TITLE else f"{title[:_TITLE].rsplit(' ', 1)[0]}…"
    whose = row["unit__name"] or row["agency__short_name"]
    period = Period.parse(str(row["period"])).label
    return short, str(row["channel__short_name"] or ""), period, str(whose)


def _submitted(province: Province) -> list[Submitted]:
    rows = Placement.objects.filter(province=province, state__in=_ON_ITS_WAY).values_list(
        "agency_id", "channel_id", "state", "submitted_on", "sent_on", "activity__held_on"
    )
    return [
        Submitted(
            agency,
            channel,
            min(on for on in (submitted, sent) if on),
            state == State.SUBMITTED,
            held,
        )
        for agency, channel, state, submitted, sent, held in rows.iterator()
    ]


def _explained(province: Province) -> set[int]:
    """Obligations whose newest explanation was not turned down."""
    rows = Explanation.objects.current().filter(obligation__province=province)
    return set(rows.exclude(state=ExplanationState.REFUSED).values_list("obligation_id", flat=True))
