"""``compliance``: how well one agency met what it owes in a period, as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Agency
from cchc.lib import clock
from outreach.models import Fulfilment
from outreach.tallies import measure, results
from plans.models import Obligation
from plans.periods import Period, PeriodError


class Command(BaseCommand):
    """Prints one object per obligation whose window lies inside the calendar period."""

    help = "In kết quả thực hiện các đầu việc của một cơ quan trong một kỳ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to print and as of which day."""
        parser.add_argument("--agency", required=True, help="mã cơ quan, ví dụ ST-STTTT")
        codes = "mã kỳ: 2024-M03, 2024-Q1, 2024-H1, 2024-9M hoặc 2024"
        parser.add_argument("--period", required=True, help=codes)
        parser.add_argument("--as-of", default="", help="tính đến hết ngày, dạng 2024-03-31")
        parser.add_argument("--format", choices=("json",), default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list."""
        agency = _agency(options["agency"])
        lines = compliance(agency, _period(options["period"]), _day(options["as_of"]))
        self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=2))


def compliance(agency: Agency, period: Period, as_of: date) -> list[dict[str, Any]]:
    """The agency's obligations within the period as JSON values."""
    obligations = list(Obligation.objects.filter(agency=agency).within(period).for_matrix())
    states = measure(obligations, as_of, row=lambda o: o.agency_id, column=lambda o: o.pk).states
    behind = results(obligations, as_of)
    return [
        {
            "obligation": o.pk,
            "task": o.task.code,
            "channel": o.channel.code if o.channel else None,
            "unit": o.unit.name if o.unit else None,
            "period": o.period,
            "window_start": o.window_start.isoformat(),
            "window_end": o.window_end.isoformat(),
            "due_on": o.due_on.isoformat(),
            "required": o.required,
            "counted": len(behind[o.pk]),
            "state": states[o.pk].value,
            "before_issue": o.before_issue,
            "placements": [_result(row) for row in behind[o.pk]],
        }
        for o in obligations
    ]


def _result(row: Fulfilment) -> dict[str, Any]:
    placement = row.placement
    unit = placement.activity.unit
    return {
        "title": placement.activity.title,
        "unit": unit.name if unit else None,
        "sent_on": _iso(placement.sent_on),
        "decided_on": _iso(placement.decided_on),
        "published_on": _iso(placement.published_on),
        "url": placement.url,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _agency(code: str) -> Agency:
    try:
        return Agency.objects.get(code=code)
    except Agency.DoesNotExist as error:
        raise CommandError(f"Không có cơ quan nào mang mã “{code}”.") from error


def _period(code: str) -> Period:
    try:
        return Period.parse(code)
    except PeriodError as error:
        raise CommandError(str(error)) from error


def _day(text: str) -> date:
    if not text:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"Không đọc được ngày “{text}”: hãy ghi dạng năm-tháng-ngày, ví dụ 2024-03-31."
        ) from error
