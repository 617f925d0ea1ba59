from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Agency, Membership, User
from agencies.roles import Role
from demo import real_plans
from plans.actions.issue import issue
from plans.actions.record import record
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


@pytest.fixture
def plan_001(office: Callable[[Agency], User]) -> Plan:
    """Plan 001 alone, issued, with its province and the plans that it cites."""
    real_plans.install_directory(real_plans.FIXTURES / "directory" / "soc_trang.yaml")
    wanted = ("st-ubnd-30-2024", "st-stttt-01-2024", "st-stttt-tuyen-truyen-2024")
    for facts in (facts for facts in real_plans.plan_facts() if facts.key in wanted):
        by = office(Agency.objects.get(code=facts.agency))
        plan = issue(plan=record(facts=facts, by=by), by=by)
    return plan
