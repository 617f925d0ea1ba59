"""The first account of an installation; everyone else is added on the accounts page."""

from __future__ import annotations

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from agencies.actions import accounts
from agencies.models import Agency
from agencies.roles import Role
from cchc.lib import clock


class Command(BaseCommand):
    """Makes a system administrator at an agency; asks for the password."""

    help = "Creates a system administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who and where."""
        parser.add_argument("username")
        parser.add_argument("--agency", required=True, help="agency code")

    @transaction.atomic
    def handle(self, *args: Any, username: str, agency: str, **options: Any) -> None:
        """One account, one role."""
        home = Agency.objects.filter(code=agency).first()
        if home is None:
            raise CommandError(f"Không có cơ quan mang mã {agency}.")
        password = getpass.getpass("Mật khẩu: ")
        try:
            validate_password(password)
            person = accounts.create(
                username=username,
                full_name=username,
                position="",
                email="",
                password=password,
                by=None,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        accounts.assign(
            user=person,
            agency=home,
            unit=None,
            role=Role.SYSTEM_ADMIN,
            since=clock.today(),
            by=None,
        )
        self.stdout.write(f"Đã tạo quản trị hệ thống {person.username}.")
