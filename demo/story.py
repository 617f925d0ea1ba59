"""The whole demo, in order."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agencies.models import Agency, User
from agencies.roles import Role
from demo import invented_province, real_plans, soc_trang_2024
from demo.people import Person, require_demo, settle

PEOPLE = [*soc_trang_2024.PEOPLE, *invented_province.PEOPLE]


@transaction.atomic
def tell_all(today: date) -> None:
    """Directories, real plans, the year 2024 of plan 001, and the invented province's year."""
    require_demo()
    real_plans.load(_office)
    soc_trang_2024.play()
    real_plans.install_directory(real_plans.FIXTURES / "demo" / "hoa_giang.yaml")
    invented_province.play(today)


def _office(agency: Agency) -> User:
    known = next(
        (p for p in PEOPLE if p.agency == agency.code and p.role is Role.AGENCY_OFFICE), None
    )
    silent = Person(
        f"vp.{agency.code.lower()}", "Văn phòng", Role.AGENCY_OFFICE, agency.code, printed=False
    )
    return settle(known or silent)
