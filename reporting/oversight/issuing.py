"""Which agencies have issued their plan, by its number and day as the document has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agencies.models import Province
from cchc.lib.addresses import numbered
from plans.models import Plan
from plans.models.plan import DatePrecision, PlanKind
from plans.periods import Period
from reporting.letterhead import number_and_symbol

_DAY_FORMATS = {DatePrecision.DAY: "%d/%m/%Y", DatePrecision.MONTH: "%m/%Y"}


@dataclass(frozen=True, slots=True)
class Issued:
    """An agency's outreach plan in force in the period: the last one, and how many others."""

    number: str
    signed: str
    title: str
    href: str
    others: int = 0

    @property
    def words(self) -> str:
        """``05/KH-STTTT, 05/02/2024``; what the document leaves blank is said."""
        dated = f", {self.signed}" if self.signed else ""
        more = f" (và {self.others} kế hoạch khác)" if self.others else ""
        return f"{self.number}{dated}{more}"


def plans_in_force(province: Province, period: Period, as_of: date) -> list[Plan]:
    """The outreach plans in force in the period, UBND tỉnh's first; one query.

    Not what was signed after ``as_of``: on that day it had not been issued.
    """
    return list(
        Plan.objects.in_force()
        .filter(
            province=province,
            kind=PlanKind.OUTREACH,
            starts_on__lte=period.end,
            ends_on__gte=period.start,
        )
        .exclude(signed_on__gt=as_of)
        .select_related("agency")
        .order_by("agency__order", "signed_on", "id")
    )


def issued(plans: list[Plan]) -> dict[int, Issued]:
    """By agency, the plan that was signed last."""
    found: dict[int, Issued] = {}
    for plan in plans:
        others = found[plan.agency_id].others + 1 if plan.agency_id in found else 0
        found[plan.agency_id] = Issued(
            plan_number(plan),
            signed_day(plan.signed_on, plan.signed_precision),
            plan.title,
            numbered("plans:plan-detail", plan.pk),
            others,
        )
    return found


def plan_number(plan: Plan) -> str:
    """``05/KH-STTTT``; one whose number is not written yet says so."""
    return number_and_symbol(plan.number, plan.symbol) if plan.number else "Chưa ghi số"


def signed_day(day: date | None, precision: str) -> str:
    """``05/02/2024``, ``02/2024``, ``2024``: as much as the document gives."""
    if day is None:
        return ""
    return day.strftime(_DAY_FORMATS.get(DatePrecision(precision), "%Y"))
