"""``send_reminders``: what the clock does every morning, by hand and for any day."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Province
from cchc.lib import clock
from outreach.actions.digests import tell
from outreach.digesting import letters


class Command(BaseCommand):
    """Tells everybody what is due; with ``--dry-run`` only says whom and what."""

    help = "Lập thông báo nhắc việc của một ngày; không ai được nhắc hai lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which day, and whether to write."""
        parser.add_argument("--day", default="", help="ngày nhắc, dạng 20/03/2024; hôm nay")
        parser.add_argument("--dry-run", action="store_true", help="chỉ in, không ghi, không gửi")

    def handle(self, *args: Any, **options: Any) -> None:
        """One run for all provinces."""
        day = _day(options["day"])
        if options["dry_run"]:
            self._show(day)
            return
        told = tell(day=day, by=None)
        self.stdout.write(f"Ngày {day:%d/%m/%Y}: {told.digests} người, {told.lines} việc.")

    def _show(self, day: date) -> None:
        found = letters(day, list(Province.objects.order_by("pk")))
        for letter in found:
            self.stdout.write(f"{letter.name} <{letter.email or 'chỉ nhắc trong phần mềm'}>")
            for line in letter.lines:
                self.stdout.write(f"  - {line.text}")
        lines = sum(len(letter.lines) for letter in found)
        self.stdout.write(f"Ngày {day:%d/%m/%Y}: sẽ nhắc {len(found)} người, {lines} việc.")


def _day(text: str) -> date:
    if not text:
        return clock.today()
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise CommandError(f"Ngày “{text}” không đúng; hãy ghi dạng 20/03/2024.") from error
