"""The letter of a digest, and the one door to the mail server."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from outreach.models import Digest

REFUSED_CODES = range(500, 600)


class Closed(Exception):
    """The server cannot be reached: no letter goes out now."""


class NotNow(Exception):
    """The server did not take this letter; it may later."""


class Never(Exception):
    """It will not be taken, or nobody knows whether it was: it is not sent again."""


@contextmanager
def post_office() -> Iterator[BaseEmailBackend]:
    """One connection for many letters."""
    connection: BaseEmailBackend = get_connection()
    try:
        yield connection
    finally:
        connection.close()


def reach(connection: BaseEmailBackend) -> None:
    """Open the connection unless it is open; Closed when that fails."""
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise Closed(f"Không kết nối được máy chủ thư: {error}") from error


def post(digest: Digest, connection: BaseEmailBackend) -> None:
    """Give the letter of a digest to the server; NotNow or Never when it is not taken."""
    hand_over(letter(digest, connection), connection)


def hand_over(mail: EmailMessage, connection: BaseEmailBackend) -> None:
    """Give a letter to the server; NotNow or Never when it is not taken."""
    mail.connection = connection
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _kind(code)(f"{code} {_text(said)}") from error
    except smtplib.SMTPResponseException as error:
        raise _kind(error.smtp_code)(f"{error.smtp_code} {_text(error.smtp_error)}") from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        connection.close()  # the next letter opens another one
        raise Never(f"Không rõ thư đã đi hay chưa, không gửi lại: {error}") from error


def letter(digest: Digest, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Plain text, and the same as simple HTML."""
    site = settings.SITE_URL
    context = {
        "digest": digest,
        "lines": [
            {
                "text": line["text"],
                "url": site and site + obligation_path(line["obligation"]),
            }
            for line in digest.lines
        ],
        "site": site,
        "list_url": site + reverse("outreach:digest-list"),
        "settings_url": site + reverse("outreach:reminder-settings"),
    }
    mail = EmailMultiAlternatives(
        subject=f"Nhắc việc tuyên truyền CCHC ngày {digest.day:%d/%m/%Y}: {len(digest.lines)} việc",
        body=render_to_string("outreach/digests/mail.txt", context),
        to=[digest.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("outreach/digests/mail.html", context), "text/html")
    return mail


def obligation_path(obligation_id: int) -> str:
    """Where the line leads."""
    return reverse("outreach:obligation-detail", args=[obligation_id])


def _kind(code: int) -> type[Exception]:
    return Never if code in REFUSED_CODES else NotNow


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
