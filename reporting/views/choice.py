"""Which province, period and day a page shows: what the address asks for, or a sensible default.

Addresses are hostile: whatever cannot be read becomes a sentence on the page, never a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from agencies.models import Province, User
from cchc.lib import clock
from cchc.lib.decisions import require
from plans.models import Obligation
from plans.models.obligation import ObligationQuerySet
from plans.periods import Period, PeriodError, PeriodKind, periods_of
from reporting import policies

_KINDS = (PeriodKind.QUARTER, PeriodKind.MONTH)
_YEARS = range(2000, 2101)
_CODE = re.compile(r"[\w-]{1,24}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class YearOptions:
    """One year of the period switcher."""

    year: int
    quarters: tuple[Period, ...]
    months: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown, what may be chosen instead, and what could not be read."""

    period: Period
    as_of: date
    today: date
    years: tuple[YearOptions, ...]
    problems: tuple[str, ...] = ()

    @property
    def previous(self) -> Period | None:
        """The period before, within the calendar that the program knows."""
        return self.period.previous() if self.period.start > date(_YEARS[0], 1, 1) else None

    @property
    def next(self) -> Period | None:
        """The period after, within the calendar that the program knows."""
        return self.period.next() if self.period.end < date(_YEARS[-1], 12, 31) else None

    @property
    def is_today(self) -> bool:
        """Whether the figures are those of the present day."""
        return self.as_of == self.today


def choose(request: HttpRequest, obligations: ObligationQuerySet) -> Choice:
    """The period and the day that the page shows; one query."""
    today = clock.today()
    held = _held(obligations)
    problems: list[str] = []
    period = _asked_period(request, problems) or _default_period(held, today)
    as_of = _asked_day(request, today, problems) or today
    years = {held_period.year for held_period in held} | {today.year, period.year}
    options = tuple(_year_options(year) for year in sorted(years, reverse=True))
    return Choice(period, as_of, today, options, tuple(problems))


def chosen_province(request: HttpRequest, user: User) -> Province:
    """The overseen province that ``?tinh=`` names, or the first; refused to everybody else."""
    require(policies.may_oversee_some(user))
    overseen = Province.objects.filter(pk__in=user.standing().overseen_province_ids)
    code = chosen_code(request, "tinh")
    province = overseen.filter(code=code).first() if code else overseen.order_by("name").first()
    if province is None:
        raise Http404
    return province


def chosen_code(request: HttpRequest, name: str) -> str:
    """The code in the address, empty when there is none; 404 when it cannot be a code."""
    code = request.GET.get(name, "").strip()
    if code and not _CODE.fullmatch(code):
        raise Http404
    return code


def obligations_of(province: Province) -> ObligationQuerySet:
    """All obligations of a province, as the scope of a choice."""
    return Obligation.objects.filter(province=province)


def _held(obligations: ObligationQuerySet) -> list[Period]:
    """The months and quarters for which something is owed."""
    codes = obligations.order_by().values_list("period", flat=True).distinct()
    return [period for period in map(Period.parse, codes) if period.kind in _KINDS]


def _default_period(held: Iterable[Period], today: date) -> Period:
    """The current quarter; when it holds nothing, the latest begun one that does."""
    current = Period.of(PeriodKind.QUARTER, today)
    begun = [Period.of(PeriodKind.QUARTER, p.end) for p in held if p.start <= current.end]
    return max(begun, default=current)


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
            f"Trang này xem theo tháng hoặc quý, trong các năm {_YEARS[0]}–{_YEARS[-1]}; "
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


def _year_options(year: int) -> YearOptions:
    return YearOptions(
        year, periods_of(PeriodKind.QUARTER, year), periods_of(PeriodKind.MONTH, year)
    )
