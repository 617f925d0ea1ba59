"""Reporting regimes: which reports a year has, which days each gathers, when it is due.

Pure arithmetic over what a province's letters say. Clock (c) of REGULATIONS §2: neither the
calendar period in which a quota counts nor the quota's own due date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from plans.periods import DateSpan, Period, PeriodKind, WindowRule, month_end

IsWorking = Callable[[date], bool]


class DueRule(StrEnum):
    """From where the due day of a report is counted."""

    LAST_MONTH = "last_month"
    NEXT_MONTH = "next_month"
    AFTER_CUT_OFF = "after_cut_off"

    @property
    def label(self) -> str:
        """The rule's name on screen; the number of days stands before it."""
        return _DUE_LABELS[self]


class Shift(StrEnum):
    """What becomes of a due day that is a day off."""

    KEEP = "keep"
    BEFORE = "before"
    AFTER = "after"

    @property
    def label(self) -> str:
        """The rule's name on screen."""
        return _SHIFT_LABELS[self]


_DUE_LABELS = {
    DueRule.LAST_MONTH: "Ngày trong tháng cuối kỳ",
    DueRule.NEXT_MONTH: "Ngày trong tháng sau kỳ",
    DueRule.AFTER_CUT_OFF: "Số ngày làm việc sau ngày chốt số liệu",
}
_SHIFT_LABELS = {
    Shift.KEEP: "Giữ nguyên ngày đã ghi",
    Shift.BEFORE: "Lùi về ngày làm việc liền trước",
    Shift.AFTER: "Chuyển sang ngày làm việc liền sau",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What one regime asks for.

    ``kinds`` are the kinds of periods, ``quarters`` which of the quarters (all when empty).
    ``due_day`` is a day of the month, or a number of working days after the cut-off.
    ``closes_after`` days after it is due nothing is taken any more without an exception; None:
    the period closes when the report is accepted.
    """

    name: str
    kinds: tuple[PeriodKind, ...]
    window_rule: WindowRule
    due_rule: DueRule
    due_day: int
    quarters: tuple[int, ...] = ()
    shift: Shift = Shift.KEEP
    closes_after: int | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One report of a year: what it gathers, what it gathers since the year began, by when.

    ``cumulative`` begins where the year's own window begins.
    """

    period: Period
    window: DateSpan
    cumulative: DateSpan
    due_on: date
    closes_on: date | None


def reports_of(terms: Terms, year: int, is_working: IsWorking) -> list[Due]:
    """The year's reports in the order in which they are due."""
    periods = sorted(
        Period(kind, year, index) for kind in terms.kinds for index in _indexes(terms, kind)
    )
    return [_due(terms, period, is_working) for period in periods]


def _indexes(terms: Terms, kind: PeriodKind) -> Iterable[int]:
    match kind:
        case PeriodKind.MONTH:
            return range(1, 13)
        case PeriodKind.QUARTER:
            return terms.quarters or range(1, 5)
        case PeriodKind.HALF:
            # The second half is the year's report.
            return (1,) if PeriodKind.YEAR in terms.kinds else (1, 2)
        case PeriodKind.WEEK:
            raise ValueError("no regime asks for weekly reports")
        case _:
            return (1,)


def _due(terms: Terms, period: Period, is_working: IsWorking) -> Due:
    window = period.window(terms.window_rule)
    whole = Period(PeriodKind.YEAR, period.year).window(terms.window_rule)
    due_on = shifted(_named_day(terms, period, window, is_working), terms.shift, is_working)
    closes_on = None if terms.closes_after is None else due_on + timedelta(terms.closes_after)
    return Due(period, window, replace(whole, end=window.end), due_on, closes_on)


def _named_day(terms: Terms, period: Period, window: DateSpan, is_working: IsWorking) -> date:
    match terms.due_rule:
        case DueRule.AFTER_CUT_OFF:
            # Nghị định 09/2019/NĐ-CP, Điều 8 khoản 5: no sooner than one working day after it.
            day = window.end
            for _ in range(terms.due_day):
                day = shifted(day + timedelta(1), Shift.AFTER, is_working)
            return day
        case DueRule.LAST_MONTH:
            return _in_month(period.end, terms.due_day)
        case DueRule.NEXT_MONTH:
            return _in_month(period.end + timedelta(1), terms.due_day)


def _in_month(month: date, day: int) -> date:
    """That day of the month, or its last one where the month is shorter."""
    return month.replace(day=min(day, month_end(month.year, month.month).day))


def shifted(day: date, shift: Shift, is_working: IsWorking) -> date:
    """The day, or the working day that takes its place."""
    if shift is Shift.KEEP:
        return day
    step = timedelta(-1 if shift is Shift.BEFORE else 1)
    while not is_working(day):
        day += step
    return day


def report_that_counts(day: date, reports: Iterable[Due]) -> Due | None:
    """The first report whose own window holds the day; None when the regime has none for it."""
    return next((due for due in reports if due.window.contains(day)), None)


# Ready-made; a province edits a copy of its own for each year.
CALENDAR = Terms(
    name="Theo dương lịch: quý, 6 tháng, 9 tháng, năm",
    kinds=(PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE_MONTHS, PeriodKind.YEAR),
    window_rule=WindowRule.CALENDAR,
    due_rule=DueRule.NEXT_MONTH,
    due_day=5,
)
ND09 = Terms(
    name="Nghị định 09/2019/NĐ-CP: quý, 6 tháng, năm",
    kinds=(PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR),
    window_rule=WindowRule.ND09,
    due_rule=DueRule.AFTER_CUT_OFF,
    due_day=3,
    letter="09/2019/NĐ-CP",
)
# Four reports a year, each by day 20 of its last month.
BNV581 = Terms(
    name="581/BNV-CCHC: quý I, 6 tháng, quý III, năm",
    kinds=(PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR),
    quarters=(1, 3),
    window_rule=WindowRule.ND09,
    due_rule=DueRule.LAST_MONTH,
    due_day=20,
    letter="581/BNV-CCHC",
)
# Plan 001, part V: departments to their Văn phòng by day 05 of the next month.
MONTHLY = Terms(
    name="Tháng, các phòng gửi Văn phòng",
    kinds=(PeriodKind.MONTH,),
    window_rule=WindowRule.CALENDAR,
    due_rule=DueRule.NEXT_MONTH,
    due_day=5,
)
READY_MADE = {"calendar": CALENDAR, "nd09": ND09, "bnv581": BNV581, "monthly": MONTHLY}
