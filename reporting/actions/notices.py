"""Telling people by letter what became of the reports that they are to have."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import User
from cchc.jobs import queue
from cchc.jobs.progress import Progress
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach import mailing
from reporting.letters import is_wanted, letter
from reporting.models import Run, ScheduledRun

TASK = "reporting.send_notice"
TOLD = Verb("reporting.notice", "Gửi thư về báo cáo theo lịch")
# After which pauses a letter that the server did not take is tried again; then it has failed.
PAUSES = (timedelta(minutes=10), timedelta(hours=1))
ABANDONED = "Gián đoạn khi đang gửi; không rõ thư đã đi hay chưa nên không gửi lại."
NOT_TAKEN = "Máy chủ thư không nhận thư: {error}"


def send(
    *, about: Run | ScheduledRun, to: User, tries: int, progress: Progress, by: User | None
) -> None:
    """Send one letter to one person, once at most; what the server did not take waits."""
    if progress.job.attempts > 1:
        raise Refused(ABANDONED)
    if not is_wanted(about, to):
        return
    try:
        with mailing.post_office() as connection:
            mailing.reach(connection)
            mailing.hand_over(letter(about, to), connection)
    except (mailing.Closed, mailing.NotNow) as error:
        if tries < len(PAUSES):
            later = {**progress.job.arguments, "tries": tries + 1}
            queue.enqueue_later(TASK, clock.now() + PAUSES[tries], **later)
        raise Refused(NOT_TAKEN.format(error=error)) from error
    except mailing.Never as error:
        raise Refused(NOT_TAKEN.format(error=error)) from error
    with transaction.atomic():
        progress.finish()
        record(TOLD, about, by=by, province=about.province, after={"to": str(to)})
