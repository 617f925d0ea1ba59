"""Which province, period and day a page shows: what the address asks for, or a sensible default.

Addresses are hostile: whatever cannot be read becomes a sentence on the page, never a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, QuerySet
from django.http import Http404, HttpRequest

from agencies.models import Province, User
from cchc.lib import clock
from cchc.lib.decisions import require
from plans.models import Obligation
from plans.models.obligation import ObligationQuerySet
from plans.periods import Period, PeriodError, PeriodKind, periods_of
from reporting import policies

_KINDS = {
    PeriodKind.MONTH: "Tháng",
    PeriodKind.QUARTER: "Quý",
    PeriodKind.HALF: "6 tháng",
    PeriodKind.NINE_MONTHS: "9 tháng",
    PeriodKind.YEAR: "Năm",
}
# The longest first, as a year is told.
_LISTED = tuple(reversed(_KINDS))
# What has a period of its own no longer than a quarter.
_SHORT = Q(period__contains="-M") | Q(period__contains="-Q") | Q(period__contains="-W")
_YEARS = range(2000, 2101)
_CODE = re.compile(r"[\w-]{1,24}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class YearOptions:
    """The periods of one year that may be chosen."""

    year: int
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """A way to the period of another length; ``label`` is the length."""

    label: str
    period: Period
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown, the years that may be chosen instead, and what could not be read."""

    period: Period
    as_of: date
    today: date
    known_years: tuple[int, ...]
    problems: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[YearOptions, ...]:
        """All periods of each year, the longest first."""
        return self._years(*_LISTED)

    @property
    def alike(self) -> tuple[YearOptions, ...]:
        """The periods as long as the one that is shown."""
        return self._years(self.period.kind)

    @property
    def lengths(self) -> tuple[Length, ...]:
        """From the month to the year: the period of that length around the day shown."""
        return tuple(
            Length(label, self._of_length(kind), kind is self.period.kind)
            for kind, label in _KINDS.items()
        )

    @property
    def previous(self) -> Period | None:
        """The period before, within the calendar that the program knows."""
        before = self.period.previous()
        return before if before.year in _YEARS else None

    @property
    def next(self) -> Period | None:
        """The period after, within the calendar that the program knows."""
        following = self.period.next()
        return following if following.year in _YEARS else None

    @property
    def is_today(self) -> bool:
        """Whether the figures are those of the present day."""
        return self.as_of == self.today

    def _years(self, *kinds: PeriodKind) -> tuple[YearOptions, ...]:
        return tuple(
            YearOptions(year, tuple(p for kind in kinds for p in periods_of(kind, year)))
            for year in self.known_years
        )

    def _of_length(self, kind: PeriodKind) -> Period:
        """The last of the shown period's that had begun by the day; the same one for its own."""
        if kind is self.period.kind:
            return self.period
        if kind is PeriodKind.NINE_MONTHS:
            return Period(kind, self.period.year)
        day = self.as_of if self.period.contains(self.as_of) else self.period.end
        return Period.of(kind, day)


def choose(request: HttpRequest, obligations: ObligationQuerySet) -> Choice:
    """The period and the day that the page shows; one query, two where no period is asked for."""
    today = clock.today()
    problems: list[str] = []
    period = _asked_period(request, problems) or _default_period(obligations, today)
    as_of = _asked_day(request, today, problems) or today
    years = {*_held_years(obligations), today.year, period.year}
    return Choice(period, as_of, today, tuple(sorted(years, reverse=True)), tuple(problems))


def chosen_province(request: HttpRequest, user: User) -> Province:
    """The overseen province that ``?tinh=`` names, or the first; refused to everybody else."""
    require(policies.may_oversee_some(user))
    overseen = _overseen(user)
    code = chosen_code(request, "tinh")
    province = overseen.filter(code=code).first() if code else overseen.order_by("name").first()
    if province is None:
        raise Http404
    return province


def other_provinces(user: User) -> list[Province]:
    """Those between which the person may switch; none where there is one only, and no query."""
    several = len(user.standing().overseen_province_ids) > 1
    return list(_overseen(user).order_by("name")) if several else []


def chosen_code(request: HttpRequest, name: str) -> str:
    """The code in the address, empty when there is none; 404 when it cannot be a code."""
    code = request.GET.get(name, "").strip()
    if code and not _CODE.fullmatch(code):
        raise Http404
    return code


def obligations_of(province: Province) -> ObligationQuerySet:
    """All obligations of a province, as the scope of a choice."""
    return Obligation.objects.filter(province=province)


def _overseen(user: User) -> QuerySet[Province]:
    return Province.objects.filter(pk__in=user.standing().overseen_province_ids)


def _held_years(obligations: ObligationQuerySet) -> Iterator[int]:
    """From the first to the last year in which something is owed: the two ends of an index."""
    ends = obligations.order_by().aggregate(first=Min("window_end"), last=Max("window_end"))
    if ends["first"] is None:
        return iter(())
    return iter(range(max(ends["first"].year, _YEARS[0]), min(ends["last"].year, _YEARS[-1]) + 1))


def _default_period(obligations: ObligationQuerySet, today: date) -> Period:
    """The current quarter; when it holds nothing, the latest begun one that does."""
    current = Period.of(PeriodKind.QUARTER, today)
    begun = obligations.filter(_SHORT, window_end__lte=current.end).order_by("-window_end")
    newest = begun.values_list("window_end", flat=True).first()
    return current if newest is None else Period.of(PeriodKind.QUARTER, newest)


def _asked_period(request: HttpRequest, problems: list[str]) -> Period | None:
    code = request.GET.get("ky", "").strip()[:20]
    if not code:
        return None
    try:
        period = Period.parse(code)
    except PeriodError as error:
        problems.append(f"{error} Trang đang hiện kỳ mặc định.")
        return None
    if period.kind not in _KINDS or period.year not in _YEARS:
        problems.append(
            f"Trang này xem theo tháng, quý, 6 tháng, 9 tháng hoặc năm, trong các năm "
            f"{_YEARS[0]}–{_YEARS[-1]}; "
            f"không xem được kỳ “{code}”. Trang đang hiện kỳ mặc định."
        )
        return None
    return period


def _asked_day(request: HttpRequest, today: date, problems: list[str]) -> date | None:
    text = request.GET.get("den-ngay", "").strip()[:20]
    if not text:
        return None
    day = _read_day(text)
    if day is None:
        problems.append(
            f"Không đọc được ngày “{text}”; cần dạng 05/04/2024. Số liệu tính đến hôm nay."
        )
    elif day > today:
        problems.append(f"Ngày {text} chưa đến; số liệu tính đến hôm nay.")
        return None
    return day


def _read_day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
