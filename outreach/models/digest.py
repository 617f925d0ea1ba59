"""Digests: what each person was reminded of, once a day at most; and how they want it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models import Obligation

if TYPE_CHECKING:
    from agencies.models import User


class MailState(models.TextChoices):
    """What became of the e-mail of a digest."""

    NOT_WANTED = "not_wanted", "Không gửi thư"
    WAITING = "waiting", "Chờ gửi"
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


class Digest(models.Model):
    """What one person was told on one day; ``lines`` as they were sent.

    Each line has ``text``, ``step`` (the code of ``outreach.reminding``) and ``obligation``.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField("ngày")
    lines = models.JSONField("nội dung", default=list)
    email = models.EmailField("thư điện tử", blank=True)
    mail_state = models.CharField("gửi thư", max_length=12, choices=MailState)
    mail_error = models.CharField("lỗi gửi thư", max_length=300, blank=True)
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


class Reminder(models.Model):
    """That a person was told of one step of one obligation: nobody is told it twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="reminders")
    step = models.CharField("mốc nhắc", max_length=20)
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="reminders")

    class Meta:
        verbose_name = "lượt nhắc việc"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "obligation", "step"), name="reminder_told_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.obligation} ({self.step})"


class ReminderSettings(models.Model):
    """How a person wants to be reminded; without a row, by e-mail and at every step."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_settings"
    )
    by_email = models.BooleanField("gửi thư điện tử", default=True)
    days_before = models.JSONField("nhắc trước số ngày", default=list, blank=True)
    after_due = models.BooleanField("nhắc lại khi quá hạn", default=True)

    class Meta:
        verbose_name = "cách nhắc việc"

    def __str__(self) -> str:
        return f"Cách nhắc việc của {self.user}"


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

    class Meta:
        verbose_name = "địa chỉ lịch cá nhân"

    def __str__(self) -> str:
        return f"Lịch của {self.user}"
