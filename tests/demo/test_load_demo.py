"""The demo: a year told through the real actions, once, and never outside the demo."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from agencies.models import Agency, Membership, User
from agencies.roles import Role
from cchc.lib import clock
from demo import story
from demo.people import PASSWORD
from outreach.compliance import Compliance
from outreach.models import Fulfilment, Placement
from outreach.tallies import measure
from plans.models import Obligation, Plan
from plans.periods import Period, PeriodKind

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NEVER_IN_ONE_DAY = {Compliance.WAIVED}


def states(agencies: list[Agency], period: Period, day: date) -> set[Compliance]:
    owed = list(Obligation.objects.filter(agency__in=agencies).within(period).for_matrix())
    found = measure(owed, day, row=lambda o: o.agency_id, column=lambda o: o.period)
    return set(found.states.values())


@time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=HANOI))
def test_it_tells_a_year_and_a_second_load_changes_nothing() -> None:
    first = StringIO()
    call_command("load_demo", stdout=first)
    counts = [m.objects.count() for m in (Agency, User, Plan, Obligation, Placement, Fulfilment)]
    second = StringIO()
    call_command("load_demo", stdout=second)
    assert [
        m.objects.count() for m in (Agency, User, Plan, Obligation, Placement, Fulfilment)
    ] == counts
    assert first.getvalue() == second.getvalue()
    assert Agency.objects.filter(province__code="HG").count() == 30

    today = clock.today()
    invented = list(Agency.objects.filter(province__code="HG"))
    year = Period(PeriodKind.YEAR, today.year)
    assert states(invented, year, today) == set(Compliance) - NEVER_IN_ONE_DAY

    stttt = list(Agency.objects.filter(code="ST-STTTT"))
    assert Obligation.objects.filter(agency__in=stttt).count() == 20
    assert states(stttt, Period.parse("2024"), date(2025, 1, 5)) == {
        Compliance.MET,
        Compliance.MET_LATE,
        Compliance.MISSED,
    }

    holders = Membership.objects.filter(user__username__in=[p.username for p in story.PEOPLE])
    assert set(holders.values_list("role", flat=True)) == {role.value for role in Role}
    printed = {line.split()[0] for line in first.getvalue().splitlines()[1:]}
    assert printed == {person.username for person in story.PEOPLE}
    can_log_in = {u.username for u in User.objects.all() if u.has_usable_password()}
    assert can_log_in == printed
    assert User.objects.get(username="noivu.hg").check_password(PASSWORD) is True


def test_it_refuses_outside_the_demo_and_creates_nobody(settings: object) -> None:
    settings.DEMO_ALLOWED = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError) as refusal:
        call_command("load_demo")
    assert str(refusal.value) == (
        "Tài khoản minh họa chỉ được tạo khi CCHC_MODE là demo hoặc test; "
        "dùng create_admin để tạo tài khoản thật."
    )
    assert User.objects.count() == 0


@time_machine.travel(datetime(2027, 1, 1, 9, tzinfo=HANOI))
def test_on_new_year_s_day_the_year_before_is_told() -> None:
    call_command("load_demo", stdout=StringIO())
    invented = list(Agency.objects.filter(province__code="HG"))
    told = states(invented, Period.parse("2026-Q4"), clock.today())
    assert told == {Compliance.MET, Compliance.MET_LATE, Compliance.MISSED}
    assert states(invented, Period.parse("2027-Q1"), clock.today()) == {
        Compliance.NOT_DUE,
        Compliance.PENDING,
    }
    waiting = Placement.objects.awaiting(User.objects.get(username="bientap.hg"))
    assert waiting.exists() is True
