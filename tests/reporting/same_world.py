"""A strewn year with all that the pages and papers of a province tell: units, names, reports.

``tests.outreach.year`` strews obligations and placements; here they get units, meetings, weekly and
nine-month quotas, products without a channel, explanations, agencies that come and go, and reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from zoneinfo import ZoneInfo

import time_machine
from django.core.management import call_command

from agencies.models import Agency, AgencyName, Province, Unit, User
from agencies.roles import Role
from outreach.models import Activity, Explanation, Placement
from plans.models import Channel, Obligation, Plan, Task
from reporting import regimes
from reporting.actions import period_reports as reports
from reporting.actions import regimes as regime_actions
from reporting.models import PeriodReport
from tests import factories as make
from tests.outreach import year
from tests.outreach.year import YEAR

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_REASONS = ("staff", "content", "approval")


@dataclass(frozen=True)
class People:
    """The province and who works in it: Home Affairs, and one office of all agencies."""

    province: Province
    home: User
    office: User


def strew(seed: int, agencies: int, items: int) -> People:
    """The province, counted, corrected by people and counted again; no report yet."""
    province = year.scatter(seed, agencies, items)
    rng = Random(seed + 1)
    people = _people(province)
    _channels(province)
    _dates(province)
    for agency in Agency.objects.filter(province=province, obligations__isnull=False).distinct():
        _units(rng, agency)
        _longer(rng, agency)
    _articles(rng, province)
    call_command("recount", stdout=StringIO())
    year.correct(seed, province)
    call_command("recount", stdout=StringIO())
    _explain(rng, province, people.home)
    return people


def _people(province: Province) -> People:
    government = make.make_agency(province, kind="province", name="Ủy ban nhân dân tỉnh", order=0)
    home = make.make_agency(province, f"{province.code}-SNV", name="Sở Nội vụ", order=0)
    make.make_plan(
        government,
        number="30",
        symbol="KH-UBND",
        signed_on=date(YEAR, 1, 31),
        signed_precision="day",
    )
    office = make.make_user()
    for agency in Agency.objects.filter(province=province):
        make.make_membership(office, Role.AGENCY_OFFICE, agency)
    return People(province, make.make_user(Role.HOME_AFFAIRS, home), office)


def _channels(province: Province) -> None:
    first, second, third = Channel.objects.filter(province=province).order_by("order")
    Channel.objects.filter(pk=third.pk).update(kind="traditional", order=first.order - 1)
    Channel.objects.filter(pk=second.pk).update(short_name="Cổng <& thông tin>")


def _dates(province: Province) -> None:
    """One is dissolved in June, one is established in August, one is renamed in July."""
    owing = list(Agency.objects.filter(province=province, obligations__isnull=False).distinct())
    for agency in owing:
        name = f"{agency.name} tỉnh {province.name}"
        Agency.objects.filter(pk=agency.pk).update(name=name)
        AgencyName.objects.create(agency=agency, name=name, short_name=agency.short_name)
    *_, renamed, ended, begun = owing
    # Two communes of one name, of districts that are no more, side by side.
    for agency in owing[:2]:
        name = "Ủy ban nhân dân xã Tân Thạnh"
        Agency.objects.filter(pk=agency.pk).update(name=name, kind="commune")
        AgencyName.objects.filter(agency=agency).update(name=name)
    AgencyName.objects.filter(agency=renamed).update(until=date(YEAR, 6, 30))
    AgencyName.objects.create(
        agency=renamed,
        name="Sở Hợp nhất",
        short_name="Sở HN",
        since=date(YEAR, 7, 1),
    )
    Agency.objects.filter(pk=renamed.pk).update(name="Sở Hợp nhất")
    Agency.objects.filter(pk=ended.pk).update(dissolved_on=date(YEAR, 6, 15))
    Agency.objects.filter(pk=begun.pk).update(established_on=date(YEAR, 8, 10))
    for number, plan in enumerate(Plan.objects.filter(agency__in=owing).order_by("id"), start=4):
        plan.number, plan.signed_on = str(number), date(YEAR, 2, number % 28 + 1)
        plan.signed_precision = "day"
        plan.save()
    Plan.objects.filter(agency=renamed).update(starts_on=date(YEAR, 5, 1), number="")


def _units(rng: Random, agency: Agency) -> None:
    """Two units and what is given to nobody; a third of what was made is joint work."""
    names = ("Văn phòng", "Phòng Nghiệp vụ")
    units: list[Unit | None] = [*(make.make_unit(agency, name) for name in names), None]
    make.make_unit(agency, until=date(YEAR, 3, 31))
    units += [make.make_unit(agency, until=date(YEAR, 6, 30))]
    for obligation in Obligation.objects.filter(agency=agency):
        obligation.unit = rng.choice(units)
        obligation.save(update_fields=["unit"])
    for activity in Activity.objects.filter(agency=agency).order_by("id"):
        activity.unit = rng.choice(units)
        activity.title = f"{activity.title} của {agency.short_name}"
        if rng.random() < 0.2:
            activity.kind = "meeting"
        activity.clean()
        activity.save()
        if activity.unit == units[0] and rng.random() < 0.3:
            activity.joint_units.add(units[1])


def _longer(rng: Random, agency: Agency) -> None:
    """Weekly and nine-month quotas, and the product of a task that stands on no channel."""
    plan = Plan.objects.get(agency=agency)
    channel = Channel.objects.filter(province=agency.province).order_by("id")[0]
    weekly = make.make_quota(_task(plan, 11), channel, per="week")
    nine = make.make_quota(_task(plan, 12), channel, per="nine_months", minimum=4)
    for week in rng.sample(range(3, 45), 10):
        obligation = make.make_obligation(weekly, f"{YEAR}-W{week:02}")
        obligation.due_on = obligation.window_end + timedelta(days=rng.randint(-2, 4))
        obligation.save()
    make.make_obligation(nine, f"{YEAR}-9M", due_on=date(YEAR, 9, 10))
    task = _task(plan, 13)
    for quarter in (1, 3):
        first = date(YEAR, 3 * quarter - 2, 1)
        Obligation.objects.create(
            province=plan.province,
            agency=agency,
            plan=plan,
            task=task,
            counts_when="approved_published",
            period=f"{YEAR}-Q{quarter}",
            window_start=first,
            window_end=date(YEAR, 3 * quarter, 30),
            due_on=date(YEAR, 3 * quarter, 20),
        )


def _task(plan: Plan, order: int) -> Task:
    return make.make_task(plan, order=order, code=f"4.{order}", title=f"Nhiệm vụ {order}")


def _articles(rng: Random, province: Province) -> None:
    """Most of what was published has an address."""
    for placement in Placement.objects.filter(province=province, published_on__isnull=False):
        if rng.random() < 0.8:
            placement.url = f"https://cchc.example.gov.vn/tin/{placement.pk}"
            placement.fingerprint = f"{placement.pk:064d}"
            placement.save(update_fields=["url", "fingerprint"])


def _explain(rng: Random, province: Province, by: User) -> None:
    """Of a sixth of the obligations somebody says why, of some twice; whatever became of them."""
    for obligation in Obligation.objects.filter(province=province).order_by("id"):
        for turn in range(rng.choice((0, 0, 0, 0, 0, 1, 2))):
            Explanation.objects.create(
                obligation=obligation,
                reason=rng.choice(_REASONS),
                text=f"Lý do lần {turn + 1}.",
                given_by=by,
                given_at=datetime(YEAR, 12, 1, tzinfo=UTC),
            )


def at(day: date) -> time_machine.travel:
    """The morning of that day."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HANOI), tick=False)


def set_regimes(people: People) -> None:
    """By the calendar first, then by Nghị định 09; rows of the whole year."""
    with at(date(YEAR + 1, 3, 1)):
        for terms in (regimes.CALENDAR, regimes.ND09):
            regime_actions.set_up(
                province=people.province, agency=None, year=YEAR, terms=terms, by=people.home
            )


def report(people: People, code: str, days: int) -> list[PeriodReport]:
    """Of every regime a half hand in on consecutive days from its cut-off on; some are taken."""
    rows = PeriodReport.objects.filter(agency__province=people.province, period__code=code)
    done = []
    for number, row in enumerate(rows.order_by("period", "agency__order", "agency_id")):
        if number % 4 == 3:
            continue
        handed_in = row.period.window_end + timedelta(1 + number % days)
        with at(handed_in):
            reports.begin(report=row, by=people.office)
            made = reports.submit(report=row, by=people.office)
        with at(handed_in + timedelta(2)):
            if number % 4 < 2:
                reports.accept(report=made, by=people.home)
            elif number % 4 == 2:
                reports.return_(report=made, reason="Bổ sung.", sections={}, by=people.home)
        done.append(PeriodReport.objects.get(pk=row.pk))
    return done
