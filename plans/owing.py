"""What the quotas of a plan owe, as obligation rows that are not saved yet, and their rewriting."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from agencies.models import Unit
from plans.implementing import own_duties
from plans.models import Obligation, Plan, Quota
from plans.models.plan import DatePrecision
from plans.proofreading import terms_of
from plans.quotas import Duty, expand

# What an amendment may change of an obligation; quota and period are what it is.
_TERMS = (
    "task_id",
    "unit_id",
    "channel_id",
    "counts_when",
    "window_start",
    "window_end",
    "due_on",
    "required",
    "before_issue",
)


def owed_by(plan: Plan) -> Iterator[Obligation]:
    """One obligation for each period of each quota that the agency itself owes; seven queries.

    A task that others lead is owed by them, through the plans that they derive.
    """
    quotas = (
        Quota.objects.filter(task__plan=plan, task__removed_in=None)
        .select_related("task", "channel", "default_unit")
        .prefetch_related("turns__unit")
        .order_by("task__order", "order")
    )
    issued_on = _known_issue(plan)
    is_own = own_duties(plan)
    for quota in quotas:
        units = _units(quota)
        if not (units or is_own(quota.task_id)):
            continue
        for duty in _duties(quota, plan, issued_on):
            yield Obligation(
                province=plan.province,
                agency=plan.agency,
                plan=plan,
                task=quota.task,
                quota=quota,
                unit=units.get(duty.unit),
                channel=quota.channel,
                counts_when=quota.counts_when,
                period=duty.period.code,
                window_start=duty.window.start,
                window_end=duty.window.end,
                due_on=duty.due_on,
                required=duty.required,
                before_issue=duty.before_issue,
                revision=plan.revision,
            )


@dataclass(slots=True)
class Rewriting:
    """What an amendment does to the obligations: the past and what was begun stay."""

    created: list[Obligation] = field(default_factory=list)
    changed: list[Obligation] = field(default_factory=list)
    dropped: list[Obligation] = field(default_factory=list)
    kept: int = 0

    def __str__(self) -> str:
        return (
            f"{len(self.created)} đầu việc thêm, {len(self.changed)} sửa, "
            f"{len(self.dropped)} bỏ, {self.kept} giữ nguyên"
        )


def rewriting(
    present: Iterable[Obligation], owed: Iterable[Obligation], touched: set[int], today: date
) -> Rewriting:
    """Compare what stands with what the amended quotas owe; nothing is saved.

    Only an obligation that is due today or later and that nobody has touched is changed or
    dropped, and only one due today or later is created: nobody is given work in the past.
    ``touched`` holds the ids of those that have results, explanations, waivers or changed turns.
    """
    wanted = {(row.quota_id, row.period): row for row in owed}
    found = Rewriting()
    for row in present:
        new = wanted.pop((row.quota_id, row.period), None)
        if row.due_on < today or row.pk in touched:
            found.kept += 1
        elif new is None:
            found.dropped.append(row)
        elif _differs(row, new):
            found.changed.append(_changed(row, new))
        else:
            found.kept += 1
    found.created = [row for row in wanted.values() if row.due_on >= today]
    return found


def _differs(row: Obligation, new: Obligation) -> bool:
    return any(getattr(row, name) != getattr(new, name) for name in _TERMS)


def _changed(row: Obligation, new: Obligation) -> Obligation:
    for name in _TERMS:
        setattr(row, name, getattr(new, name))
    row.revision = new.revision
    return row


def _known_issue(plan: Plan) -> date | None:
    """The earliest day on which the plan can have been issued, by the days that are written.

    The later of its own and its parent's day of signing: 001 leaves its day blank, but cannot
    be older than its parent of 21/02/2024, so only its January (25/01) was due before it.
    """
    known = [
        signed.signed_on
        for signed in (plan, plan.parent)
        if signed and signed.signed_on and signed.signed_precision == DatePrecision.DAY
    ]
    return max(known, default=None)


def _units(quota: Quota) -> dict[Hashable, Unit]:
    units: dict[Hashable, Unit] = {turn.unit_id: turn.unit for turn in quota.turns.all()}
    if quota.default_unit:
        units[quota.default_unit.pk] = quota.default_unit
    return units


def _duties(quota: Quota, plan: Plan, issued_on: date | None) -> list[Duty]:
    terms = terms_of(quota, attrgetter("pk"))
    return expand(terms, starts_on=plan.starts_on, ends_on=plan.ends_on, issued_on=issued_on)
