"""Reports made again and again: once each, with the rights of the day, and never silently not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection

from agencies.models import AuditEntry, Membership, User
from cchc.jobs import runner
from cchc.jobs.models import Job, JobState
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach.models import ReminderSettings
from plans.periods import PeriodKind
from reporting.actions import notices, runs, schedules
from reporting.actions.schedules import Terms
from reporting.models import Run, ScheduledRun
from reporting.models.run import FileFormat
from reporting.tasks import expire_runs, order_scheduled, send_notice
from tests.reporting.world import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]
ADDED_ON, FIRST = date(2024, 3, 20), date(2024, 4, 5)


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_DIR = tmp_path
    settings.SITE_URL = "https://cchc.example"
    made = make_world(1)
    for user in made.users.values():
        user.email = f"{user.username}@example.gov.vn"
        user.save()
    return made


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[time_machine.Coordinates]:
    """Five in the morning of the day on which schedules are added."""
    with time_machine.travel(f"{ADDED_ON}T05:00:00+07:00", tick=False) as traveller:
        yield traveller


def at(on_the_day: time_machine.Coordinates, day: date) -> None:
    """Five in the morning of that day."""
    on_the_day.move_to(datetime.fromisoformat(f"{day}T05:00:00+07:00"))


def terms(every: str = "quarter", after: int = 5, recipients: list[User] | None = None) -> Terms:
    return Terms(PeriodKind(every), after, FileFormat.XLSX, recipients or [])


def added(world: World, **of: object) -> ScheduledRun:
    return schedules.add(
        province=world.province,
        terms=terms(**of),
        by=world.users["home"],  # type: ignore[arg-type]
    )


def look(schedule: ScheduledRun, day: date) -> Run | None:
    return schedules.look(schedule=schedule, day=day, by=None)


def ended(run: Run, state: JobState, error: str = "") -> None:
    Job.objects.filter(run=run).update(state=state, error=error)


def test_the_tasks_of_every_day_exist() -> None:
    daily = set(django_settings.JOBS_DAILY)
    assert {order_scheduled.name, expire_runs.name} <= daily
    assert send_notice.name == notices.TASK


def test_a_turn_is_made_once_with_the_figures_of_the_day_before(world: World) -> None:
    schedule = added(world)
    assert schedule.next_on == FIRST
    assert look(schedule, FIRST - timedelta(1)) is None
    run = look(schedule, FIRST)
    assert run is not None
    assert (run.period, run.as_of, run.format) == ("2024-Q1", date(2024, 4, 4), "xlsx")
    assert (run.ordered_by, run.schedule) == (world.users["home"], schedule)
    assert look(schedule, FIRST) is None
    schedule.refresh_from_db()
    assert schedule.next_on == date(2024, 7, 5)
    assert Run.objects.count() == 1
    verbs = [schedules.ADDED.code, runs.ORDERED.code, schedules.MADE.code]
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == verbs


def test_of_missed_turns_the_last_is_made_and_tells_what_it_would_have_told(world: World) -> None:
    schedule = added(world, every="month", after=1)
    run = look(schedule, date(2024, 8, 17))
    assert run is not None
    assert (run.period, run.as_of) == ("2024-M07", date(2024, 7, 31))
    schedule.refresh_from_db()
    assert schedule.next_on == date(2024, 9, 1)
    assert Run.objects.count() == 1


def test_a_week_tells_the_quarter_so_far(world: World) -> None:
    run = look(added(world, every="week", after=1), date(2024, 3, 25))
    assert run is not None
    assert (run.period, run.as_of) == ("2024-Q1", date(2024, 3, 24))


def test_nothing_is_ordered_while_the_last_is_still_being_made(world: World) -> None:
    schedule = added(world, every="week", after=1)
    assert look(schedule, date(2024, 3, 25))
    assert look(schedule, date(2024, 4, 1)) is None
    ended(Run.objects.get(), JobState.DONE)
    assert look(schedule, date(2024, 4, 1))


def test_what_failed_is_made_again_the_next_day_and_three_failures_stop_it(world: World) -> None:
    schedule = added(world)
    for days in range(3):
        run = look(schedule, FIRST + timedelta(days))
        assert run is not None
        assert (run.period, run.as_of) == ("2024-Q1", date(2024, 4, 4))
        ended(run, JobState.FAILED, "Hết dung lượng đĩa.")
    assert look(schedule, FIRST + timedelta(3)) is None
    schedule.refresh_from_db()
    assert schedule.paused_reason == (
        "3 lượt liên tiếp không thành công. Lần cuối: Hết dung lượng đĩa."
    )
    assert AuditEntry.objects.filter(verb=schedules.PAUSED.code).count() == 1
    Job.objects.filter(task=runs.TASK).update(state=JobState.FAILED)
    while runner.run_next():
        pass
    [letter] = mail.outbox
    assert letter.to == ["qt-home@example.gov.vn"]
    assert letter.subject == "Báo cáo tổng hợp mỗi quý (Excel (XLSX)) đã tạm dừng"
    assert "Hết dung lượng đĩa." in letter.body
    assert "https://cchc.example/bao-cao/lich-lap/" in letter.body
    assert look(schedule, date(2024, 7, 5)) is None


def test_a_success_in_between_forgets_the_failures(world: World) -> None:
    schedule = added(world)
    for day, state in ((0, JobState.FAILED), (1, JobState.FAILED), (2, JobState.DONE)):
        run = look(schedule, FIRST + timedelta(day))
        assert run is not None
        ended(run, state, "Lỗi." if state == JobState.FAILED else "")
    assert look(schedule, FIRST + timedelta(3)) is None
    schedule.refresh_from_db()
    assert (schedule.failures, schedule.paused_at) == (0, None)


def test_a_cancelled_run_is_neither_a_failure_nor_made_again(world: World) -> None:
    schedule = added(world)
    run = look(schedule, FIRST)
    assert run is not None
    runs.cancel(run=run, by=world.users["home"])
    assert look(schedule, FIRST + timedelta(1)) is None
    schedule.refresh_from_db()
    assert schedule.failures == 0


def test_going_on_begins_anew_in_the_name_of_whoever_says_so(
    world: World, on_the_day: time_machine.Coordinates
) -> None:
    schedule = added(world)
    schedules.pause(schedule=schedule, by=world.users["home"])
    with pytest.raises(Refused, match="đang tạm dừng"):
        schedules.pause(schedule=schedule, by=world.users["home"])
    at(on_the_day, date(2024, 8, 1))
    colleague = User.objects.create(username="khac", full_name="Người khác", password="!")
    Membership.objects.create(
        user=colleague,
        agency=world.users["home"].memberships.get(role="home_affairs").agency,
        role="home_affairs",
        since=date(2024, 1, 1),
    )
    resumed = schedules.resume(schedule=schedule, by=colleague)
    assert (resumed.owner, resumed.next_on) == (colleague, date(2024, 10, 5))
    assert (resumed.paused_at, resumed.paused_reason, resumed.failures) == (None, "", 0)
    with pytest.raises(Refused, match="đang chạy"):
        schedules.resume(schedule=schedule, by=colleague)


@pytest.mark.parametrize("how", ["left", "locked"])
def test_whose_owner_has_left_stops_with_a_sentence(world: World, how: str) -> None:
    schedule, owner = added(world), world.users["home"]
    if how == "left":
        Membership.objects.filter(user=owner).update(until=date(2024, 3, 1))
    else:
        User.objects.filter(pk=owner.pk).update(is_active=False)
    assert look(schedule, date(2024, 4, 5)) is None
    schedule.refresh_from_db()
    assert (
        schedule.paused_reason
        == {
            "left": f"Người đặt lịch ({owner}) không còn theo dõi toàn tỉnh Quảng Thử QT.",
            "locked": f"Tài khoản của người đặt lịch ({owner}) đã bị khóa.",
        }[how]
    )
    assert not Run.objects.exists()


def test_the_recipients_get_a_letter_when_it_is_made(world: World) -> None:
    leader = world.users["leader"]
    run = look(added(world, recipients=[leader]), FIRST)
    assert run is not None
    while runner.run_next():
        pass
    run.refresh_from_db()
    assert run.file
    assert sorted(letter.to for letter in mail.outbox) == [
        ["qt-home@example.gov.vn"],
        ["qt-leader@example.gov.vn"],
    ]
    assert mail.outbox[0].subject == "Báo cáo tổng hợp toàn tỉnh Quý I/2024 đã lập xong"
    assert f"https://cchc.example/bao-cao/tong-hop/{run.pk}/" in mail.outbox[0].body
    assert run.sha256 in mail.outbox[0].body
    assert AuditEntry.objects.filter(verb=notices.TOLD.code).count() == 2
    assert list(Run.objects.sent_to(leader)) == [run]


def test_nobody_gets_a_letter_who_left_or_wants_none(world: World) -> None:
    leader = world.users["leader"]
    run = look(added(world, recipients=[leader]), FIRST)
    assert run is not None
    Membership.objects.filter(user=leader).update(until=date(2024, 3, 1))
    ReminderSettings.objects.create(user=world.users["home"], by_email=False)
    while runner.run_next():
        pass
    assert mail.outbox == []


def test_a_letter_whose_sending_was_interrupted_is_not_sent_twice(world: World) -> None:
    run = look(added(world), FIRST)
    assert run is not None
    assert run.job is not None
    assert runner.run_named(run.job.pk)
    Job.objects.filter(task=notices.TASK).update(attempts=1)
    assert runner.run_next()
    assert mail.outbox == []
    job = Job.objects.get(task=notices.TASK)
    assert (job.state, job.error) == (JobState.FAILED, notices.ABANDONED)


def test_a_mail_server_that_is_away_is_asked_again(world: World, settings) -> None:
    run = look(added(world), FIRST)
    assert run is not None
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    while runner.run_next():
        pass
    tries = Job.objects.filter(task=notices.TASK)
    assert {job.arguments.get("tries", 0): job.state for job in tries} == {
        0: JobState.FAILED,
        1: JobState.QUEUED,
    }
    waiting = Job.objects.get(task=notices.TASK, state=JobState.QUEUED)
    assert waiting.not_before == clock.now() + notices.PAUSES[0]


def test_only_those_who_oversee_the_province_schedule_and_receive(world: World) -> None:
    for who in ("office", "head", "officer", "editor", "admin", "auditor"):
        with pytest.raises(Refused, match="không theo dõi toàn bộ tỉnh"):
            schedules.add(province=world.province, terms=terms(), by=world.users[who])
        with pytest.raises(Refused, match="nên không nhận báo cáo này được"):
            added(world, recipients=[world.users[who]])
    assert not ScheduledRun.objects.exists()


def test_one_person_has_one_of_a_kind(world: World) -> None:
    added(world)
    with pytest.raises(Refused, match="đã có lịch “Báo cáo tổng hợp mỗi quý"):
        added(world, after=9)
    schedules.add(province=world.province, terms=terms(), by=world.users["leader"])
    monthly = added(world, every="month")
    with pytest.raises(Refused, match="hãy sửa lịch đó"):
        schedules.change(schedule=monthly, terms=terms(), by=world.users["home"])


def test_the_owner_and_home_affairs_keep_a_schedule(world: World) -> None:
    mine = added(world)
    theirs = schedules.add(province=world.province, terms=terms(), by=world.users["leader"])
    with pytest.raises(Refused, match="Chỉ người đặt lịch hoặc Sở Nội vụ"):
        schedules.remove(schedule=mine, by=world.users["leader"])
    other = make_world(1, "KH").users["home"]
    with pytest.raises(Refused, match="Chỉ người đặt lịch hoặc Sở Nội vụ"):
        schedules.change(schedule=mine, terms=terms(), by=other)
    schedules.remove(schedule=theirs, by=world.users["home"])
    assert list(ScheduledRun.objects.all()) == [mine]


def test_other_terms_move_the_next_turn_only_when_the_rhythm_changes(world: World) -> None:
    schedule = added(world)
    same = Terms(PeriodKind.QUARTER, 5, FileFormat.PDF, [world.users["leader"]])
    assert schedules.change(schedule=schedule, terms=same, by=world.users["home"]).next_on == FIRST
    assert list(schedule.recipients.all()) == [world.users["leader"]]
    later = terms(after=9)
    changed = schedules.change(schedule=schedule, terms=later, by=world.users["home"])
    assert changed.next_on == date(2024, 4, 9)


def test_what_a_removed_schedule_made_stays(world: World) -> None:
    schedule = added(world)
    run = look(schedule, FIRST)
    assert run is not None
    schedules.remove(schedule=schedule, by=world.users["home"])
    run.refresh_from_db()
    assert run.schedule is None


def test_the_daily_task_looks_at_every_schedule(
    world: World, on_the_day: time_machine.Coordinates
) -> None:
    added(world)
    added(world, every="month")
    at(on_the_day, date(2024, 4, 6))
    Job.objects.create(task=order_scheduled.name)
    assert runner.run_next()
    assert sorted(Run.objects.values_list("period", flat=True)) == ["2024-M03", "2024-Q1"]
    Job.objects.create(task=order_scheduled.name)
    while runner.run_next():
        pass
    assert Run.objects.count() == 2


def test_of_several_workers_exactly_one_orders_a_turn(world: World) -> None:
    schedule = added(world)
    made: list[Run | None] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait(10)
        try:
            made.append(look(schedule, FIRST))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert len(made) == 4
    assert [run for run in made if run] == list(Run.objects.all())
    assert Run.objects.count() == 1


@pytest.mark.parametrize("every", [kind.value for kind in PeriodKind])
def test_a_report_of_every_kind_of_period_is_made(world: World, every: str) -> None:
    schedule = added(world, every=every, after=1)
    run = look(schedule, schedule.next_on)
    assert run is not None
    assert run.job is not None
    assert runner.run_named(run.job.pk)
    run.refresh_from_db()
    run.job.refresh_from_db()
    assert (run.job.state, run.job.error, bool(run.file)) == (JobState.DONE, "", True)
