"""Whose calendar a person may look at: their units', an agency's, a whole province's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Max, Min, Q

from agencies.models import Agency, Province, Unit, User
from agencies.models.agency import AgencyQuerySet
from agencies.roles import Role
from outreach.compliance import Compliance
from outreach.models import Activity
from outreach.models.activity import ActivityQuerySet
from outreach.tallies import measure
from plans.models import Obligation
from plans.models.obligation import ObligationQuerySet
from plans.periods import DateSpan

NOTHING_TO_SEE = (
    "Anh/chị chưa được phân công ở cơ quan nào có kế hoạch tuyên truyền, nên chưa có lịch để xem."
)


class Sight(Enum):
    """How wide the calendar looks; the value is its key in an address."""

    UNITS = "don-vi"
    AGENCY = "co-quan"
    PROVINCE = "tinh"


@dataclass(frozen=True, slots=True)
class Scope:
    """One calendar: ``ids`` of units, or of the one agency or province; ``query`` asks for it."""

    sight: Sight
    ids: tuple[int, ...]
    province_id: int
    label: str
    query: str

    def obligations(self) -> ObligationQuerySet:
        """What is owed by those whose calendar it is."""
        owed = Obligation.objects.all()
        if self.sight is Sight.UNITS:
            return owed.filter(unit__in=self.ids)
        if self.sight is Sight.AGENCY:
            return owed.filter(agency__in=self.ids)
        return owed.filter(province__in=self.ids)

    def activities(self, user: User) -> ActivityQuerySet:
        """What they made or held, as far as the person may see it."""
        seen = Activity.objects.visible_to(user)
        if self.sight is Sight.UNITS:
            return seen.of_units(self.ids)
        if self.sight is Sight.AGENCY:
            return seen.filter(agency__in=self.ids)
        return seen.filter(province__in=self.ids)


@dataclass(frozen=True, slots=True)
class Due:
    """An obligation and how it stands; ``outside`` when it is shown but not summed."""

    obligation: Obligation
    state: Compliance
    outside: bool
    done: int

    @property
    def channel(self) -> str:
        """The channel, or what stands in its place."""
        channel = self.obligation.channel
        return channel.short_name if channel else "Nhiệm vụ khác"


def due_within(scope: Scope, user: User, span: DateSpan, today: date) -> list[Due]:
    """What falls due on those days, as far as the person may see it; five queries at most."""
    seen = scope.obligations().visible_to(user).filter(due_on__range=(span.start, span.end))
    owed = list(_to_count(seen) if scope.sight is Sight.PROVINCE else seen.for_matrix())
    matrix = measure(owed, today, row=lambda o: o.pk, column=lambda _: 0)
    cells = ((one, matrix.cells[one.pk, 0]) for one in owed)
    return [Due(one, cell.state, cell.outside, cell.done) for one, cell in cells]


def _to_count(seen: ObligationQuerySet) -> ObligationQuerySet:
    """A whole province is only counted: its thousands of rows share their agencies and plans."""
    return seen.prefetch_related("agency", "plan").order_by(
        "agency__order", "agency_id", "due_on", "id"
    )


def due_around(scope: Scope, user: User, span: DateSpan) -> dict[str, date | None]:
    """The last day before and the first after on which something falls due."""
    return (
        scope.obligations()
        .visible_to(user)
        .aggregate(
            before=Max("due_on", filter=Q(due_on__lt=span.start)),
            after=Min("due_on", filter=Q(due_on__gt=span.end)),
        )
    )


def scopes_of(user: User) -> list[Scope]:
    """The calendars of the person's posts, the one shown first in front; three queries at most."""
    standing = user.standing()
    own = Agency.objects.filter(pk__in=standing.readable_agency_ids).in_order()
    return [*_units(user), *_provinces(user), *map(of_agency, own)]


def agencies_of(user: User) -> AgencyQuerySet:
    """Whose calendar the person may ask for by name: those whose obligations they may see."""
    standing = user.standing()
    return Agency.objects.filter(
        Q(pk__in=standing.readable_agency_ids) | Q(province__in=standing.overseen_province_ids)
    ).in_order()


def of_agency(agency: Agency) -> Scope:
    """The calendar of one agency."""
    return Scope(
        Sight.AGENCY, (agency.pk,), agency.province_id, agency.name, f"co-quan={agency.code}"
    )


def _units(user: User) -> list[Scope]:
    wanted = user.standing().units_as(Role.UNIT_HEAD, Role.OFFICER)
    if not wanted:
        return []
    units = list(Unit.objects.filter(pk__in=wanted).select_related("agency").in_order())
    names = "; ".join(f"{unit.name}, {unit.agency.short_name}" for unit in units)
    ids = tuple(unit.pk for unit in units)
    return [Scope(Sight.UNITS, ids, units[0].agency.province_id, names, "xem=don-vi")]


def _provinces(user: User) -> list[Scope]:
    wanted = user.standing().overseen_province_ids
    if not wanted:
        return []
    return [
        Scope(Sight.PROVINCE, (one.pk,), one.pk, str(one), f"tinh={one.code}")
        for one in Province.objects.filter(pk__in=wanted).order_by("name")
    ]
