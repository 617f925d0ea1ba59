"""Reminders: one digest a day for each person, its e-mail, its reading, and how it is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Province, User
from cchc.jobs import queue
from cchc.lib import clock
from outreach import mailing
from outreach.digesting import Letter, letters
from outreach.models import Digest, Reminder, ReminderSettings
from outreach.models.digest import MailState
from outreach.reminding import EARLY, Wishes

TOLD = Verb("digest.tell", "Nhắc việc")
MAILED = Verb("digest.mail", "Gửi thư nhắc việc")
READ = Verb("digest.read", "Xem thông báo nhắc việc")
WISHED = Verb("digest.settings", "Đổi cách nhắc việc")

MAIL_TASK = "outreach.mail_digests"
# After which pauses a letter that the server did not take is tried again; then it has failed.
PAUSES = (timedelta(minutes=10), timedelta(hours=1))
ABANDONED = "Gián đoạn khi đang gửi; không rõ thư đã đi hay chưa nên không gửi lại."
_LOST_AFTER = timedelta(minutes=15)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Told:
    """How many people were told how many things."""

    digests: int = 0
    lines: int = 0


@transaction.atomic
def tell(*, day: date, by: User | None, province: Province | None = None) -> Told:
    """Tell everybody, of one province or of all, what is due and was not told yet.

    The provinces' rows are the turnstile: who comes second finds everything told.
    """
    rows = Province.objects.select_for_update(no_key=True).order_by("pk")
    provinces = list(rows if province is None else rows.filter(pk=province.pk))
    found = letters(day, provinces)
    digests = Digest.objects.bulk_create((_digest(one, day) for one in found), _BATCH)
    Reminder.objects.bulk_create(_reminders(zip(found, digests, strict=True)), _BATCH)
    if any(one.email for one in found):
        queue.enqueue(MAIL_TASK)
    for place in provinces:
        told = _told(one for one in found if one.province_id == place.pk)
        if told.digests:
            facts = {"day": day.isoformat(), "digests": told.digests, "lines": told.lines}
            record(TOLD, place, by=by, province=place, after=facts)
    return _told(found)


def mail(*, province: Province, by: User | None, step: Callable[[], None]) -> Counter[str]:
    """Send the letters that wait in a province; each is taken in hand first, so never sent twice.

    ``step`` is called before each. What the server did not take waits for another time.
    """
    mine = Digest.objects.filter(province=province)
    now = clock.now()
    lost = mine.abandoned(now - _LOST_AFTER)
    lost.update(mail_state=MailState.FAILED, mail_error=ABANDONED)
    waiting = list(mine.to_mail().values_list("pk", flat=True))
    done: Counter[str] = Counter()
    try:
        with mailing.post_office() as connection:
            for pk in waiting:
                step()
                done[_deliver(pk, connection)] += 1
    except mailing.Closed as reason:
        for pk in waiting:
            done[_put_off(pk, str(reason)) if _claim(pk) else ""] += 1
    del done[""]  # another worker had them
    if done[MailState.WAITING]:
        queue.enqueue_later(MAIL_TASK, now + PAUSES[_tries(province) - 1])
    if done:
        with transaction.atomic():
            record(MAILED, province, by=by, province=province, after=dict(done))
    return done


@transaction.atomic
def read(*, by: User, on: date) -> int:
    """Note that the person has seen what was told; the number of digests that were new."""
    unread = Digest.objects.visible_to(by).unread()
    newest = unread.select_related("province").order_by("-day").first()
    number = unread.update(read_on=on)
    if newest is not None:
        record(READ, newest, by=by, province=newest.province, after={"digests": number})
    return number


@transaction.atomic
def choose(*, wishes: Wishes, by: User) -> ReminderSettings:
    """Say how one wants to be reminded."""
    before = ReminderSettings.objects.of(by)
    row, _ = ReminderSettings.objects.update_or_create(
        user=by,
        defaults={
            "by_email": wishes.by_email,
            "days_before": [days for days in EARLY if days in wishes.days_before],
            "after_due": wishes.after_due,
        },
    )
    post = next(iter(by.standing().posts), None)
    record(
        WISHED,
        row,
        by=by,
        province=Province.objects.get(pk=post.province_id) if post else None,
        before=_as_json(before),
        after=_as_json(row.wishes),
    )
    return row


def _digest(letter: Letter, day: date) -> Digest:
    return Digest(
        user_id=letter.user_id,
        province_id=letter.province_id,
        day=day,
        lines=[line.value for line in letter.lines],
        email=letter.email,
        mail_state=MailState.WAITING if letter.email else MailState.NOT_WANTED,
    )


def _reminders(pairs: Iterable[tuple[Letter, Digest]]) -> Iterable[Reminder]:
    return (
        Reminder(
            user_id=letter.user_id,
            obligation_id=line.obligation_id,
            due_on=line.due_on,
            step=line.step,
            digest=digest,
        )
        for letter, digest in pairs
        for line in letter.lines
    )


def _told(found: Iterable[Letter]) -> Told:
    sizes = [len(letter.lines) for letter in found]
    return Told(len(sizes), sum(sizes))


def _claim(pk: int) -> bool:
    return Digest.objects.claim_mail(pk, clock.now())


def _deliver(pk: int, connection: BaseEmailBackend) -> str:
    """The state in which the letter is left; empty when another worker has it."""
    mailing.reach(connection)
    if not _claim(pk):
        return ""
    digest = Digest.objects.select_related("user").get(pk=pk)
    if not digest.user.is_active:
        return _settle(pk, MailState.NOT_WANTED)
    try:
        mailing.post(digest, connection)
    except mailing.NotNow as reason:
        return _put_off(pk, str(reason))
    except mailing.Never as reason:
        return _settle(pk, MailState.FAILED, str(reason))
    return _settle(pk, MailState.SENT)


def _put_off(pk: int, reason: str) -> str:
    """Wait for another try, or fail after the last one."""
    tries = Digest.objects.values_list("mail_tries", flat=True).get(pk=pk)
    last = tries > len(PAUSES)
    return _settle(pk, MailState.FAILED if last else MailState.WAITING, reason)


def _settle(pk: int, state: MailState, error: str = "") -> str:
    Digest.objects.settle_mail(pk, state, error)
    return state.value


def _tries(province: Province) -> int:
    """How often the most often tried letter that waits was tried."""
    rows = Digest.objects.filter(province=province).to_mail()
    return max(rows.values_list("mail_tries", flat=True))


def _as_json(wishes: Wishes) -> dict[str, object]:
    return {
        "by_email": wishes.by_email,
        "days_before": sorted(wishes.days_before, reverse=True),
        "after_due": wishes.after_due,
    }
