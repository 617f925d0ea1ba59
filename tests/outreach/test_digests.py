"""Reminders counted in the log: who was told what on which day, and who was not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import AuditEntry, CalendarDay, User
from agencies.roles import Role
from cchc.jobs import daily, runner
from cchc.jobs.models import Job
from cchc.lib import clock
from outreach import tasks
from outreach.actions import digests, placements
from outreach.actions.digests import Told, tell
from outreach.models import Digest, Reminder, ReminderSettings
from outreach.models.explanation import Explanation
from outreach.moves import Dispatch
from outreach.reminding import Wishes
from plans.actions import turns
from plans.models import Obligation
from tests import factories as make
from tests.outreach.conftest import House, published
from tests.outreach.test_races import race

pytestmark = [pytest.mark.core, pytest.mark.django_db]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
Q1 = date(2024, 3, 20)


@dataclass
class Cast:
    """The house with all the people that reminders know."""

    house: House
    head: User
    office: User

    @property
    def officer(self) -> User:
        return self.house.officer


@pytest.fixture
def cast(house: House) -> Cast:
    """Only the first quarter's obligation of row 4.1 is owed."""
    Obligation.objects.exclude(pk=house.obligations["Q1"].pk).update(due_on=date(2024, 12, 31))
    house.officer.email = "canbo@soctrang.gov.vn"
    house.officer.save()
    return Cast(
        house,
        make.make_user(Role.UNIT_HEAD, house.agency, house.unit, full_name="Chị Trưởng"),
        make.make_user(Role.AGENCY_OFFICE, house.agency, full_name="Anh Văn phòng"),
    )


def days(first: str, last: str) -> Iterable[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return (start + timedelta(days=n) for n in range((end - start).days + 1))


def run(first: str, last: str, *, absent: Iterable[date] = ()) -> None:
    """A clock that rings every day."""
    for day in days(first, last):
        if day not in absent:
            tell(day=day, by=None)


def log(user: User | None = None) -> list[tuple[str, str, str]]:
    rows = Reminder.objects.order_by("id").select_related("digest", "user")
    return [
        (f"{row.digest.day:%d/%m}", str(row.user), row.step)
        for row in (rows.filter(user=user) if user else rows)
    ]


def steps(user: User) -> dict[str, str]:
    return {day: step for day, _, step in log(user)}


def test_the_unit_first_the_head_from_the_first_day_the_office_from_the_seventh(
    cast: Cast,
) -> None:
    run("2024-03-01", "2024-04-10")
    early = {"13/03": "before_7", "15/03": "before_3", "19/03": "before_1", "20/03": "due"}
    late = {
        "21/03": "overdue_1",
        "27/03": "overdue_7",
        "03/04": "overdue_14",
        "10/04": "overdue_21",
    }
    assert steps(cast.officer) == early | late
    assert steps(cast.head) == early | late
    weekly = {day: step for day, step in late.items() if step != "overdue_1"}
    assert steps(cast.office) == weekly
    assert Digest.objects.count() == 8 + 8 + 3


def test_a_run_twice_on_a_day_tells_nothing_twice(cast: Cast) -> None:
    assert tell(day=date(2024, 3, 13), by=None) == Told(2, 2)
    assert tell(day=date(2024, 3, 13), by=None) == Told(0, 0)
    # Nor what came up later that day: one digest a day at most.
    Obligation.objects.filter(pk=cast.house.obligations["M03"].pk).update(due_on=Q1)
    assert tell(day=date(2024, 3, 13), by=None) == Told(0, 0)
    assert tell(day=date(2024, 3, 14), by=None) == Told(2, 2)
    verbs = AuditEntry.objects.filter(verb="digest.tell").order_by("id")
    assert [entry.after for entry in verbs] == [
        {"day": "2024-03-13", "digests": 2, "lines": 2},
        {"day": "2024-03-14", "digests": 2, "lines": 2},
    ]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(cast: Cast) -> None:
    both: list[Told] = []
    ring: Callable[[], object] = lambda: both.append(tell(day=date(2024, 3, 13), by=None))  # noqa: E731
    assert race(ring, ring) == []
    assert sorted(told.lines for told in both) == [0, 2]
    assert (Digest.objects.count(), Reminder.objects.count()) == (2, 2)
    assert AuditEntry.objects.filter(verb="digest.tell").count() == 1


def test_a_week_without_runs_is_caught_up_with_the_latest_step_only(cast: Cast) -> None:
    run("2024-03-01", "2024-03-31", absent=list(days("2024-03-12", "2024-03-18")))
    assert steps(cast.officer) == {
        "19/03": "before_1",
        "20/03": "due",
        "21/03": "overdue_1",
        "27/03": "overdue_7",
    }


def test_nothing_is_told_on_days_off_and_tet_is_warned_of_before(cast: Cast) -> None:
    Obligation.objects.filter(pk=cast.house.obligations["Q1"].pk).update(due_on=date(2024, 2, 10))
    run("2024-01-29", "2024-02-20")
    assert steps(cast.officer) == {
        "02/02": "before_7",
        "07/02": "due",
        "15/02": "overdue_1",
        "19/02": "overdue_7",
    }
    [line] = Digest.objects.get(user=cast.officer, day=date(2024, 2, 7)).lines
    assert line["text"].endswith("hạn 10/02/2024 (ngày nghỉ), còn 3 ngày.")


def test_a_province_has_days_off_of_its_own(cast: Cast) -> None:
    CalendarDay.objects.create(
        province=cast.house.province, day=date(2024, 3, 13), note="Ngày thành lập tỉnh"
    )
    run("2024-03-11", "2024-03-14")
    assert steps(cast.officer) == {"12/03": "before_7"}


@pytest.mark.parametrize("clears", [False, True], ids=["sent", "submitted internally"])
def test_submission_stops_it_and_a_return_starts_it_again(cast: Cast, clears: bool) -> None:
    cast.house.agency.clears_internally = clears
    cast.house.agency.save()
    run("2024-03-11", "2024-03-14")
    with time_machine.travel(datetime(2024, 3, 14, 15, tzinfo=HANOI)):
        [placement] = cast.house.sent(on=date(2024, 3, 14))
        assert placement.state == ("submitted" if clears else "sent")
    run("2024-03-15", "2024-03-20")
    assert steps(cast.officer) == {"13/03": "before_7"}
    with time_machine.travel(datetime(2024, 3, 20, 15, tzinfo=HANOI)):
        if clears:
            placements.hand_back(by=cast.head, placement=placement, reason="Thiếu ảnh.")
        else:
            placements.return_(by=cast.house.editor, placement=placement, reason="Thiếu ảnh.")
    run("2024-03-21", "2024-03-22")
    assert steps(cast.officer) == {"13/03": "before_7", "21/03": "overdue_1"}


def test_what_is_met_waived_or_outside_is_not_told(cast: Cast) -> None:
    run("2024-03-13", "2024-03-13")
    published(cast.house)  # on 18/03
    run("2024-03-18", "2024-04-10")
    assert steps(cast.officer) == {"13/03": "before_7"}
    row = cast.house.obligations["M03"]
    Obligation.objects.filter(pk=row.pk).update(
        due_on=date(2024, 3, 25),
        waived_at=clock.now(),
        waived_by=cast.office,
        waived_reason="Cổng nâng cấp",
    )
    row = cast.house.obligations["Q2"]
    Obligation.objects.filter(pk=row.pk).update(due_on=date(2024, 3, 25), before_issue=True)
    run("2024-04-11", "2024-04-12")
    assert len(log()) == 2


def test_an_explained_miss_is_no_longer_told_once_its_window_closed(cast: Cast) -> None:
    explanation = Explanation.objects.create(
        obligation=cast.house.obligations["Q1"],
        reason="staff",
        text="Cán bộ nghỉ ốm",
        given_by=cast.officer,
    )
    run("2024-03-21", "2024-04-05")
    assert steps(cast.officer) == {"21/03": "overdue_1", "27/03": "overdue_7"}
    explanation.state = "refused"
    explanation.refused_at, explanation.refused_by = clock.now(), cast.office
    explanation.refused_reason = "Chưa rõ"
    explanation.save()
    run("2024-04-08", "2024-04-09")
    assert steps(cast.officer)["08/04"] == "overdue_14"


def test_the_leftovers_of_a_plan_end_twelve_weeks_after_it(cast: Cast) -> None:
    run("2025-03-20", "2025-04-30")
    # The plan ends on 31/12/2024; 25/03/2025 is the last day.
    assert {(day, step) for day, _, step in log(cast.officer)} == {
        ("20/03", "overdue_77"),
        ("20/03", "overdue_364"),
        ("25/03", "overdue_84"),
    }


def test_a_turn_that_changed_hands_is_told_to_its_new_unit(cast: Cast) -> None:
    other = make.make_unit(cast.house.agency, "Phòng Bưu chính")
    newcomer = make.make_user(Role.OFFICER, cast.house.agency, other, full_name="Anh Mới")
    run("2024-03-13", "2024-03-13")
    turns.substitute(
        obligation=cast.house.obligations["Q1"], unit=other, reason="Bận", by=cast.office
    )
    run("2024-03-14", "2024-03-21")
    assert steps(cast.officer) == {"13/03": "before_7"}
    assert steps(newcomer) == {
        "14/03": "before_7",
        "15/03": "before_3",
        "19/03": "before_1",
        "20/03": "due",
        "21/03": "overdue_1",
    }


def test_swapped_turns_are_told_each_to_the_other_unit(cast: Cast) -> None:
    other = make.make_unit(cast.house.agency, "Phòng Bưu chính")
    newcomer = make.make_user(Role.OFFICER, cast.house.agency, other, full_name="Anh Mới")
    first, second = cast.house.obligations["Q1"], cast.house.obligations["Q2"]
    Obligation.objects.filter(pk=second.pk).update(unit=other, due_on=date(2024, 6, 20))
    second.refresh_from_db()
    with time_machine.travel(datetime(2024, 3, 12, 9, tzinfo=HANOI)):
        turns.swap(first=first, second=second, reason="Bận", by=cast.office)
    run("2024-03-13", "2024-03-13")
    run("2024-06-13", "2024-06-13")
    assert [(day, name) for day, name, step in log() if step == "before_7"] == [
        ("13/03", "Anh Mới"),
        ("13/06", "Chị Cán bộ"),
        ("13/06", "Chị Trưởng"),
    ]
    assert steps(newcomer)["13/06"] == "overdue_84"


def test_a_due_date_that_moved_is_told_anew(cast: Cast) -> None:
    run("2024-03-13", "2024-03-15")
    Obligation.objects.filter(pk=cast.house.obligations["Q1"].pk).update(due_on=date(2024, 3, 29))
    run("2024-03-18", "2024-03-26")
    assert log(cast.officer) == [
        ("13/03", "Chị Cán bộ", "before_7"),
        ("15/03", "Chị Cán bộ", "before_3"),
        ("22/03", "Chị Cán bộ", "before_7"),
        ("26/03", "Chị Cán bộ", "before_3"),
    ]


def test_ended_memberships_and_locked_accounts_hear_nothing(cast: Cast) -> None:
    cast.officer.memberships.update(until=date(2024, 3, 14))
    User.objects.filter(pk=cast.head.pk).update(is_active=False)
    run("2024-03-13", "2024-03-15")
    # Nobody is left in the unit: the office is told instead.
    assert log() == [
        ("13/03", "Chị Cán bộ", "before_7"),
        ("15/03", "Anh Văn phòng", "before_3"),
    ]


def test_what_no_unit_owes_is_the_office_s(cast: Cast) -> None:
    Obligation.objects.filter(pk=cast.house.obligations["Q1"].pk).update(unit=None)
    run("2024-03-13", "2024-03-13")
    assert log() == [("13/03", "Anh Văn phòng", "before_7")]


def test_who_has_two_parts_is_told_once(cast: Cast) -> None:
    make.make_membership(cast.officer, Role.UNIT_HEAD, cast.house.agency, cast.house.unit)
    make.make_membership(cast.officer, Role.AGENCY_OFFICE, cast.house.agency)
    digests.choose(wishes=Wishes(after_due=False), by=cast.officer)
    run("2024-03-20", "2024-03-27")
    assert steps(cast.officer) == {"20/03": "due", "21/03": "overdue_1", "27/03": "overdue_7"}
    assert Digest.objects.filter(user=cast.officer).count() == 3


def test_two_provinces_know_nothing_of_each_other(cast: Cast) -> None:
    elsewhere = make.make_agency(make.make_province())
    unit = make.make_unit(elsewhere)
    stranger = make.make_user(Role.OFFICER, elsewhere, unit, full_name="Người tỉnh khác")
    task = make.make_task(make.make_plan(elsewhere), code="9.9")
    owed = make.make_obligation(
        make.make_quota(task, make.make_channel(elsewhere.province)), unit=unit, due_on=Q1
    )
    # Somebody of both still has one digest.
    make.make_membership(cast.head, Role.OFFICER, elsewhere, unit)
    told = tell(day=date(2024, 3, 13), by=None, province=elsewhere.province)
    assert told == Told(2, 2)
    assert {line["obligation"] for line in Digest.objects.get(user=stranger).lines} == {owed.pk}
    assert tell(day=date(2024, 3, 14), by=None) == Told(2, 2)
    assert [line["obligation"] for line in Digest.objects.get(user=cast.officer).lines] == [
        cast.house.obligations["Q1"].pk
    ]
    entries = AuditEntry.objects.filter(verb="digest.tell")
    assert [entry.province_id for entry in entries.order_by("id")] == [
        elsewhere.province_id,
        cast.house.province.pk,
    ]


def test_wishes_are_kept_and_followed(cast: Cast) -> None:
    digests.choose(
        wishes=Wishes(by_email=False, days_before=frozenset({3}), after_due=False), by=cast.officer
    )
    row = ReminderSettings.objects.get()
    assert (row.by_email, row.days_before, row.after_due) == (False, [3], False)
    run("2024-03-11", "2024-03-27")
    assert steps(cast.officer) == {"15/03": "before_3", "20/03": "due"}
    assert set(Digest.objects.values_list("mail_state", flat=True)) == {"not_wanted"}
    entry = AuditEntry.objects.get(verb="digest.settings")
    assert entry.before == {"by_email": True, "days_before": [7, 3, 1], "after_due": True}
    assert entry.after == {"by_email": False, "days_before": [3], "after_due": False}


def test_the_clock_rings_across_midnight(cast: Cast) -> None:
    cast.officer.email = ""
    cast.officer.save()
    assert tasks.send_digests.name in settings.JOBS_DAILY
    with time_machine.travel(datetime(2024, 3, 12, 23, 59, tzinfo=HANOI), tick=False) as now:
        for _ in range(3 * 24 * 60 // 7):
            daily.look()
            while runner.run_next():
                pass
            now.shift(timedelta(minutes=7))
    assert steps(cast.officer) == {"13/03": "before_7", "15/03": "before_3"}
    jobs = Job.objects.filter(task="outreach.send_digests")
    assert list(jobs.values_list("state", flat=True)) == ["done"] * 4


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    def asked(day: date) -> int:
        with CaptureQueriesContext(connection) as queries:
            tell(day=day, by=None)
        return len(queries)

    one = asked(date(2024, 3, 13))
    for number in range(5):
        agency = make.make_agency(cast.house.province)
        unit = make.make_unit(agency)
        for _ in range(3):
            make.make_user(Role.OFFICER, agency, unit, email=f"a{number}@a.vn")
        for _ in range(3):
            quota = make.make_quota(make.make_task(make.make_plan(agency)), cast.house.page)
            make.make_obligation(quota, unit=unit, due_on=Q1)
    assert asked(date(2024, 3, 15)) == one
    assert Reminder.objects.count() == 2 + 2 + 5 * 3 * 3


def test_a_dispatch_to_another_channel_does_not_stop_it(cast: Cast) -> None:
    activity = cast.house.enter()
    placements.send(
        by=cast.officer, activity=activity, to=Dispatch([cast.house.portal], date(2024, 3, 12))
    )
    run("2024-03-13", "2024-03-13")
    assert steps(cast.officer) == {"13/03": "before_7"}
