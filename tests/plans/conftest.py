from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Agency, Membership, User
from agencies.roles import Role
from demo import real_plans
from plans.models import Plan


@pytest.fixture
def office(db: None) -> Callable[[Agency], User]:
    """The person of an agency's office, made at the first asking."""

    def of(agency: Agency) -> User:
        user, made = User.objects.get_or_create(
            username=f"vp.{agency.code.lower()}",
            defaults={"full_name": f"Văn phòng {agency.short_name}"},
        )
        if made:
            Membership.objects.create(
                user=user, agency=agency, role=Role.AGENCY_OFFICE.value, since=date(2019, 1, 1)
            )
        return user

    return of


@pytest.fixture
def real(office: Callable[[Agency], User]) -> dict[str, Plan]:
    """Every plan of ``fixtures/``, issued, by its key."""
    return {plan.key: plan for plan in real_plans.load(office)}
