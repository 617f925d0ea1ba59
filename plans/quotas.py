"""Quotas: how a quota, its due rule and its rotation of units become what is owed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plans.periods import DateSpan, Period, PeriodKind, month_end, periods_of
from plans.quota_text import QuotaProposal, parse_quota, parse_quotas

__all__ = [
    "DueKind",
    "DueRule",
    "Duty",
    "QuotaError",
    "QuotaProposal",
    "QuotaTerms",
    "Turn",
    "expand",
    "owed_periods",
    "parse_quota",
    "parse_quotas",
    "rotation_faults",
]


class QuotaError(ValueError):
    """Terms that say no due day for a period; the text is a Vietnamese sentence."""


class DueKind(StrEnum):
    """How a quota's due day is found."""

    PERIOD_END = "period_end"
    DAY_OF_MONTH = "day_of_month"
    FIXED = "fixed"


@dataclass(frozen=True)
class DueRule:
    """When the work of a period is due.

    - ``period_end``: the period's last day;
    - ``day_of_month``: ``day`` of the period's last month, or of its first when
      ``in_first_month``, ``months_later`` months on; beyond the month's end, its last day;
    - ``fixed``: the written day of each period, by its code.
    """

    kind: DueKind
    day: int = 0
    in_first_month: bool = False
    months_later: int = 0
    fixed: Mapping[str, date] = field(default_factory=dict, hash=False)

    def due_on(self, period: Period) -> date:
        """The due day of a period; ``QuotaError`` when the rule gives it none."""
        if self.kind is DueKind.PERIOD_END:
            return period.end
        if self.kind is DueKind.FIXED:
            return self._written(period)
        return self._day_of_month(period)

    def _written(self, period: Period) -> date:
        days = {Period.parse(code): day for code, day in self.fixed.items()}
        if period not in days:
            raise QuotaError(f"Định mức chưa ghi hạn của {period.label}.")
        return days[period]

    def _day_of_month(self, period: Period) -> date:
        if not period.months or not 1 <= self.day <= 31:
            raise QuotaError(f"Không tính được hạn ngày {self.day} trong tháng của {period.label}.")
        month = period.months[0 if self.in_first_month else -1]
        for _ in range(self.months_later):
            month = month.next()
        last = month_end(month.year, month.index)
        return last.replace(day=min(self.day, last.day))


@dataclass(frozen=True)
class Turn:
    """The periods, by code, that one unit answers for; a quarter stands for its months."""

    periods: tuple[str, ...]
    unit: Hashable

    def covers(self, period: Period) -> bool:
        """Whether the period falls in this turn."""
        return any(Period.parse(code).encloses(period) for code in self.periods)


@dataclass(frozen=True)
class QuotaTerms:
    """So much in each period, by when, by whose turn; ``default_unit`` where no turn falls."""

    per: PeriodKind
    count: int
    due: DueRule
    turns: tuple[Turn, ...] = ()
    default_unit: Hashable | None = None

    def unit_of(self, period: Period) -> Hashable | None:
        """The unit whose turn it is."""
        units = (turn.unit for turn in self.turns if turn.covers(period))
        return next(units, self.default_unit)


@dataclass(frozen=True)
class Duty:
    """What one unit owes in one period; ``window`` is the calendar period it counts in."""

    period: Period
    window: DateSpan
    due_on: date
    required: int
    unit: Hashable | None
    before_issue: bool


def expand(
    terms: QuotaTerms, *, starts_on: date, ends_on: date, issued_on: date | None
) -> list[Duty]:
    """The duties of a quota on one channel while its plan is valid, in order of period.

    A period belongs to the plan in whose validity it ends: a quarter that began earlier is owed,
    one that the plan does not live to see closed is not. Duties due before the issue are kept
    and marked, as 001 owes January on 25/01 under a plan of 21/02.
    """
    return [
        _duty(terms, period, issued_on) for period in owed_periods(terms.per, starts_on, ends_on)
    ]


def owed_periods(per: PeriodKind, starts_on: date, ends_on: date) -> tuple[Period, ...]:
    """The periods of a kind that end while the plan is valid."""
    validity = DateSpan(starts_on, ends_on)
    return tuple(
        period
        for year in range(starts_on.year, ends_on.year + 1)
        for period in periods_of(per, year)
        if validity.contains(period.end)
    )


def rotation_faults(turns: Sequence[Turn], periods: Sequence[Period]) -> list[str]:
    """Sentences on periods without a unit or with several, and on turns outside the periods."""
    faults: list[str] = []
    for period in periods:
        units = list(dict.fromkeys(str(turn.unit) for turn in turns if turn.covers(period)))
        if not units:
            faults.append(f"{period.label} chưa phân công đơn vị nào.")
        elif len(units) > 1:
            faults.append(
                f"{period.label} phân công trùng cho {len(units)} đơn vị: {', '.join(units)}."
            )
    codes = dict.fromkeys(code for turn in turns for code in turn.periods)
    for named in map(Period.parse, codes):
        if not any(named.encloses(period) for period in periods):
            faults.append(f"{named.label} không thuộc các kỳ của định mức.")
    return faults


def _duty(terms: QuotaTerms, period: Period, issued_on: date | None) -> Duty:
    due_on = terms.due.due_on(period)
    return Duty(
        period=period,
        window=DateSpan(period.start, period.end),
        due_on=due_on,
        required=terms.count,
        unit=terms.unit_of(period),
        before_issue=issued_on is not None and due_on < issued_on,
    )
