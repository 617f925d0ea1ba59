"""Letters about runs: a scheduled report is ready, a schedule has stopped."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from agencies.models import User
from outreach.models import ReminderSettings
from reporting import policies
from reporting.models import Run, ScheduledRun


def is_wanted(about: Run | ScheduledRun, to: User) -> bool:
    """Whether the person reads the province today, has an address and wants letters."""
    by_email = ReminderSettings.objects.of(to).by_email
    able = to.is_active and bool(to.email) and by_email
    return able and bool(policies.may_oversee(to, about.province))


def letter(about: Run | ScheduledRun, to: User) -> EmailMessage:
    """The letter in plain text; the file itself is fetched by those who may."""
    run, schedule = (about, None) if isinstance(about, Run) else (None, about)
    site = settings.SITE_URL
    if run is not None:
        subject = f"{run.get_report_display()} {run.subject} đã lập xong"
        url = site and site + reverse("reporting:run-detail", args=[run.pk])
    else:
        subject = f"{schedule} đã tạm dừng"
        url = site and site + reverse("reporting:schedule-list")
    context = {"to": to, "run": run, "schedule": schedule, "url": url}
    return EmailMessage(
        subject=subject,
        body=render_to_string("reporting/letters/run.txt", context),
        to=[to.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
