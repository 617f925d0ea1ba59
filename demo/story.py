"""The whole demo, in order."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from agencies.models import Agency, CalendarDay, Province, User
from agencies.roles import Role
from agencies.workdays import on_or_before
from demo import (
    invented_province,
    real_plans,
    reports_of_the_year,
    scores_of_the_year,
    soc_trang_2024,
)
from demo.people import Person, require_demo, settle
from outreach.actions.digests import tell
from outreach.models import Digest

PEOPLE = [*soc_trang_2024.PEOPLE, *invented_province.PEOPLE]


@transaction.atomic
def tell_all(today: date) -> None:
    """Directories, real plans, the year 2024 of plan 001, and the invented province's year."""
    require_demo()
    real_plans.load(_office)
    soc_trang_2024.play()
    real_plans.install_directory(real_plans.FIXTURES / "demo" / "hoa_giang.yaml")
    invented_province.play(today)
    home, office = (
        next(p for p in invented_province.PEOPLE if p.role is role)
        for role in (Role.HOME_AFFAIRS, Role.AGENCY_OFFICE)
    )
    reports_of_the_year.play(invented_province.PROVINCE, settle(home), office, today)
    scores_of_the_year.play(office.agency, today.year, settle(home), settle(office), today)
    by_name = {person.username: person for person in PEOPLE}
    scores_of_the_year.play(
        soc_trang_2024.AGENCY,
        2024,
        settle(by_name["noivu.st"]),
        settle(by_name["vanphong.sotttt"]),
        today,
    )
    _remind(today)


def _remind(today: date) -> None:
    """The bell of the last working day, once: what the clock would have told that morning."""
    if Digest.objects.exists():
        return
    province = Province.objects.get(code="HG")
    changes = CalendarDay.objects.changes(province.pk, today - timedelta(days=30), today)
    tell(day=on_or_before(today, changes), by=None)


def _office(agency: Agency) -> User:
    known = next(
        (p for p in PEOPLE if p.agency == agency.code and p.role is Role.AGENCY_OFFICE), None
    )
    silent = Person(
        f"vp.{agency.code.lower()}", "Văn phòng", Role.AGENCY_OFFICE, agency.code, printed=False
    )
    return settle(known or silent)
