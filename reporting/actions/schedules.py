"""Having a report made again and again, in somebody's name and with that person's rights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Province, User
from cchc.jobs import queue
from cchc.jobs.models import JobState
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans.periods import Period, PeriodKind
from reporting import policies, recurrence, run_policies
from reporting.actions import notices, runs
from reporting.models import Run, ScheduledRun
from reporting.models.run import FileFormat

ADDED = Verb("reporting.schedule.add", "Đặt lịch lập báo cáo")
CHANGED = Verb("reporting.schedule.change", "Sửa lịch lập báo cáo")
PAUSED = Verb("reporting.schedule.pause", "Tạm dừng lịch lập báo cáo")
RESUMED = Verb("reporting.schedule.resume", "Cho chạy lại lịch lập báo cáo")
REMOVED = Verb("reporting.schedule.remove", "Xóa lịch lập báo cáo")
MADE = Verb("reporting.schedule.order", "Lập báo cáo theo lịch")

SAME = "Người đặt lịch này đã có lịch “{schedule}” của tỉnh {province}; hãy sửa lịch đó."
NOT_A_RECIPIENT = "{user} không theo dõi toàn tỉnh {province} nên không nhận báo cáo này được."
BY_HAND = "{by} tạm dừng."
GONE = "Lịch này đã được xóa."


@dataclass(frozen=True, slots=True)
class Terms:
    """How often, how long after, as which file, for whom."""

    every: PeriodKind
    after_days: int
    file_format: FileFormat
    recipients: Sequence[User]


@transaction.atomic
def add(*, province: Province, terms: Terms, by: User) -> ScheduledRun:
    """Begin with the first turn that is still to come."""
    require(run_policies.may_schedule(by, province))
    schedule = ScheduledRun(province=province, owner=by)
    _set(schedule, terms)
    record(ADDED, schedule, by=by, province=province, after=_facts(schedule, terms))
    return schedule


@transaction.atomic
def change(*, schedule: ScheduledRun, terms: Terms, by: User) -> ScheduledRun:
    """Other terms from the next turn on."""
    schedule = _locked(schedule)
    require(run_policies.may_keep(by, schedule))
    before = {"every": schedule.every, "after_days": schedule.after_days, "format": schedule.format}
    _set(schedule, terms)
    after = _facts(schedule, terms)
    record(CHANGED, schedule, by=by, province=schedule.province, before=before, after=after)
    return schedule


@transaction.atomic
def pause(*, schedule: ScheduledRun, by: User) -> ScheduledRun:
    """Make nothing until somebody lets it go on."""
    schedule = _locked(schedule)
    require(run_policies.may_pause(by, schedule))
    schedule.paused_at, schedule.paused_reason = clock.now(), BY_HAND.format(by=by)
    schedule.failures = 0
    schedule.save(update_fields=["paused_at", "paused_reason", "failures"])
    record(PAUSED, schedule, by=by, province=schedule.province)
    return schedule


@transaction.atomic
def resume(*, schedule: ScheduledRun, by: User) -> ScheduledRun:
    """Go on in the name of whoever says so; the turns in between are not made up for."""
    schedule = _locked(schedule)
    require(run_policies.may_resume(by, schedule))
    schedule.owner = by
    _only_one(schedule)
    schedule.failures, schedule.awaited = 0, None
    schedule.paused_at, schedule.paused_reason = None, ""
    schedule.next_on = _next_on(schedule, clock.today())
    schedule.save()
    after = {"next_on": schedule.next_on.isoformat()}
    record(RESUMED, schedule, by=by, province=schedule.province, after=after)
    return schedule


@transaction.atomic
def remove(*, schedule: ScheduledRun, by: User) -> None:
    """Make no more; what it has made stays."""
    schedule = _locked(schedule)
    require(run_policies.may_keep(by, schedule))
    record(REMOVED, schedule, by=by, province=schedule.province)
    schedule.delete()


@transaction.atomic
def look(*, schedule: ScheduledRun, day: date, by: User | None) -> Run | None:
    """Order what is due by that day, or what failed, once; pause where that cannot be.

    Nothing of a schedule that was removed since it was listed.

    Of several turns that nobody made the last is made. The schedule's row is the turnstile: who
    comes second finds the next turn in the future and the run of this one awaited.
    """
    found = _row(schedule)
    if found is None or found.paused_at or _is_open(found.awaited):
        return None
    schedule = found
    failed = _outcome(schedule)
    decision = run_policies.may_go_on(schedule, failed.job.error if failed and failed.job else "")
    run = None
    if not decision:
        schedule.paused_at, schedule.paused_reason = clock.now(), decision.reason[:300]
        _tell_stopped(schedule)
    elif failed or schedule.next_on <= day:
        run = schedule.awaited = _order(schedule, failed, day)
        schedule.next_on = max(schedule.next_on, _next_on(schedule, day))
    schedule.save()
    if run or not decision:
        verb, after = (MADE, {"run": run.pk}) if run else (PAUSED, {})
        reason = schedule.paused_reason
        record(verb, schedule, by=by, province=schedule.province, reason=reason, after=after)
    return run


def _locked(schedule: ScheduledRun) -> ScheduledRun:
    found = _row(schedule)
    if found is None:
        raise Refused(GONE)
    return found


def _row(schedule: ScheduledRun) -> ScheduledRun | None:
    rows = ScheduledRun.objects.select_for_update(of=("self",)).with_people()
    return rows.filter(pk=schedule.pk).first()


def _set(schedule: ScheduledRun, terms: Terms) -> None:
    rhythm = (schedule.every, schedule.after_days)
    schedule.every, schedule.after_days = terms.every.value, terms.after_days
    schedule.format = terms.file_format.value
    if schedule.pk is None or rhythm != (schedule.every, schedule.after_days):
        schedule.next_on = _next_on(schedule, clock.today())
    for user in terms.recipients:
        if not policies.may_oversee(user, schedule.province):
            province = schedule.province.name
            raise Refused(NOT_A_RECIPIENT.format(user=user, province=province))
    _only_one(schedule)
    schedule.save()
    schedule.recipients.set(terms.recipients)


def _only_one(schedule: ScheduledRun) -> None:
    """One of a kind for each owner; the province's row lets one in at a time."""
    province = Province.objects.select_for_update(no_key=True).get(pk=schedule.province_id)
    same = ScheduledRun.objects.filter(
        province=province, format=schedule.format, every=schedule.every, owner=schedule.owner
    )
    if same.exclude(pk=schedule.pk).exists():
        raise Refused(SAME.format(schedule=schedule, province=province.name))


def _next_on(schedule: ScheduledRun, day: date) -> date:
    return recurrence.following(schedule.kind, schedule.after_days, day).on


def _tell_stopped(schedule: ScheduledRun) -> None:
    """Its owner, and those who wait for its reports: the owner may be the one who has left."""
    people = {schedule.owner_id, *schedule.recipients.values_list("pk", flat=True)}
    for pk in sorted(people):
        queue.enqueue(notices.TASK, schedule_id=schedule.pk, user_id=pk)


def _is_open(run: Run | None) -> bool:
    return run is not None and run.job is not None and run.job.is_open


def _outcome(schedule: ScheduledRun) -> Run | None:
    """Take note of how the awaited run ended; the run itself where it failed."""
    run, schedule.awaited = schedule.awaited, None
    if run is None or run.job is None:
        return None
    if run.job.state == JobState.FAILED:
        schedule.failures += 1
        return run
    schedule.failures = 0
    return None


def _order(schedule: ScheduledRun, failed: Run | None, day: date) -> Run:
    """What is due, else what failed once more."""
    if failed is None or schedule.next_on <= day:
        turn = recurrence.latest(schedule.kind, schedule.after_days, day)
        period, as_of = turn.period, turn.as_of
    else:
        period, as_of = Period.parse(failed.period), failed.as_of
    return runs.order(
        province=schedule.province,
        period=period,
        file_format=FileFormat(schedule.format),
        as_of=as_of,
        schedule=schedule,
        by=schedule.owner,
    )


def _facts(schedule: ScheduledRun, terms: Terms) -> dict[str, object]:
    return {
        "every": schedule.every,
        "after_days": schedule.after_days,
        "format": schedule.format,
        "next_on": schedule.next_on.isoformat(),
        "recipients": [str(user) for user in terms.recipients],
    }
