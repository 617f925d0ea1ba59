"""Digests: what each person was reminded of, once a day at most; and how they want it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Province
from agencies.roles import Role
from outreach.reminding import EVERYTHING, Wishes, label
from plans.models import Obligation

if TYPE_CHECKING:
    from agencies.models import User


class MailState(models.TextChoices):
    """What became of the e-mail of a digest."""

    NOT_WANTED = "not_wanted", "Không gửi thư"
    WAITING = "waiting", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"


class DigestQuerySet(models.QuerySet["Digest"]):
    """Chainable questions about digests."""

    def visible_to(self, user: User) -> DigestQuerySet:
        """One's own."""
        return self.filter(user=user)

    def unread(self) -> DigestQuerySet:
        """What the bell counts."""
        return self.filter(read_on=None)

    def to_mail(self) -> DigestQuerySet:
        """Whose e-mail waits, the oldest first."""
        return self.filter(mail_state=MailState.WAITING).order_by("day", "id")

    def claim_mail(self, pk: int, now: datetime) -> bool:
        """Take a waiting e-mail in hand; of several workers exactly one gets it."""
        waiting = self.filter(pk=pk, mail_state=MailState.WAITING)
        taken = waiting.update(
            mail_state=MailState.SENDING, mail_tries=F("mail_tries") + 1, mail_tried=now
        )
        return taken == 1

    def settle_mail(self, pk: int, state: MailState, error: str = "") -> None:
        """Note what became of an e-mail in hand."""
        held = self.filter(pk=pk, mail_state=MailState.SENDING)
        held.update(mail_state=state, mail_error=error[:300])

    def abandoned(self, before: datetime) -> DigestQuerySet:
        """In the hand of a worker that must have died: nobody knows whether they went out."""
        return self.filter(mail_state=MailState.SENDING, mail_tried__lt=before)


class Digest(models.Model):
    """What one person was told on one day; ``lines`` as they were sent.

    Each line has ``text``, ``step`` (the code of ``outreach.reminding``) and ``obligation``.
    ``province`` is that of the first line; ``email`` the address on that day.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField("ngày")
    lines = models.JSONField("nội dung", default=list)
    email = models.EmailField("thư điện tử", blank=True)
    mail_state = models.CharField("gửi thư", max_length=12, choices=MailState)
    mail_error = models.CharField("lỗi gửi thư", max_length=300, blank=True)
    mail_tries = models.PositiveSmallIntegerField("số lần gửi thư", default=0)
    mail_tried = models.DateTimeField("lần gửi thư gần nhất", null=True, blank=True)
    read_on = models.DateField("ngày đọc", null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo nhắc việc"
        indexes = (
            models.Index(
                fields=("mail_state", "day"),
                condition=Q(mail_state="waiting"),
                name="digest_to_mail",
            ),
        )
        constraints = (models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.day:%d/%m/%Y}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Chainable questions about reminders."""

    def visible_to(self, user: User) -> ReminderQuerySet:
        """The log: of the offices' own agencies; of the province for those who run it."""
        standing = user.standing()
        keepers = (Role.HOME_AFFAIRS, Role.SYSTEM_ADMIN)
        provinces = {post.province_id for post in standing.posts if post.role in keepers}
        return self.filter(
            Q(obligation__agency__in=standing.agencies_as(Role.AGENCY_OFFICE))
            | Q(obligation__province__in=provinces)
        )

    def for_log(self) -> ReminderQuerySet:
        """With everything that its line names, newest first."""
        return self.select_related(
            "user",
            "digest",
            "obligation__agency",
            "obligation__unit",
            "obligation__channel",
            "obligation__task",
        ).order_by("-id")


class Reminder(models.Model):
    """That a person was told of one step of one obligation: nobody is told it twice.

    ``due_on`` is the date it was told of: a date that an amendment moves is told anew.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="reminders")
    step = models.CharField("mốc nhắc", max_length=20)
    due_on = models.DateField("hạn")
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="reminders")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt nhắc việc"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "obligation", "due_on", "step"), name="reminder_told_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.obligation} ({self.step})"

    @property
    def step_label(self) -> str:
        """The step's name on screen."""
        return label(self.step)


class ReminderSettingsQuerySet(models.QuerySet["ReminderSettings"]):
    """Chainable questions about settings."""

    def wishes(self) -> dict[int, Wishes]:
        """By person; whoever is not in it wants everything."""
        return {row.user_id: row.wishes for row in self}

    def of(self, user: User) -> Wishes:
        """One person's."""
        row = self.filter(user=user).first()
        return row.wishes if row else EVERYTHING


class ReminderSettings(models.Model):
    """How a person wants to be reminded; without a row, by e-mail and at every step.

    ``days_before`` are the early steps that are wanted, of those in ``outreach.reminding``.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_settings"
    )
    by_email = models.BooleanField("gửi thư điện tử", default=True)
    days_before = models.JSONField("nhắc trước số ngày", default=list, blank=True)
    after_due = models.BooleanField("nhắc lại khi quá hạn", default=True)

    objects = ReminderSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = "cách nhắc việc"

    def __str__(self) -> str:
        return f"Cách nhắc việc của {self.user}"

    @property
    def wishes(self) -> Wishes:
        """As a plain value."""
        return Wishes(self.by_email, frozenset(self.days_before), self.after_due)


def hash_of(secret: str) -> str:
    """What is kept of the secret in a calendar's address."""
    return hashlib.sha256(secret.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Chainable questions about calendar feeds."""

    def visible_to(self, user: User) -> CalendarFeedQuerySet:
        """One's own."""
        return self.filter(user=user)

    def open(self) -> CalendarFeedQuerySet:
        """Not revoked: at most one of each person."""
        return self.filter(revoked_on=None)


class CalendarFeed(models.Model):
    """A secret address under which a person's calendar program fetches the deadlines.

    Only the SHA-256 of the secret is kept; the address is shown once, when it is made.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds"
    )
    secret = models.CharField("SHA-256 của mã bí mật", max_length=64, unique=True)
    made_on = models.DateField("ngày tạo")
    revoked_on = models.DateField("ngày thu hồi", null=True, blank=True)
    fetched_on = models.DateField("ngày đọc gần nhất", null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "địa chỉ lịch cá nhân"
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(revoked_on=None), name="calendar_feed_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"Lịch của {self.user}"
