"""Loads the demo once; a second run changes nothing. Prints the accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cchc.lib import clock
from cchc.lib.decisions import Refused
from demo import people, story


class Command(BaseCommand):
    """The five real plans in their years, and an invented province in the current one."""

    help = "Loads the demo; refuses unless CCHC_MODE is demo or test."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--accounts`` only prints them."""
        parser.add_argument("--accounts", action="store_true", help="only print the accounts")

    def handle(self, *args: Any, accounts: bool = False, **options: Any) -> None:
        """Tell the story, then say who can log in."""
        try:
            people.require_demo()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not accounts:
            story.tell_all(clock.today())
        self.stdout.write("\n".join(people.listing(story.PEOPLE)))
