"""``recount``: compute every result anew from the placements and say what differed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Agency
from outreach import ledger
from outreach.actions.fulfilment import recount


class Command(BaseCommand):
    """Repairs the ledger of results; with ``--check`` only looks, and fails on a difference."""

    help = "Tính lại kết quả của các cơ quan từ các lượt gửi, đăng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose results, and whether to write."""
        parser.add_argument("--agency", default="", help="mã cơ quan; bỏ trống là tất cả")
        parser.add_argument("--check", action="store_true", help="chỉ so sánh, không ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Agency by agency, each in its own transaction."""
        number = 0
        for agency in _agencies(options["agency"]):
            found = (
                ledger.of_agency(agency) if options["check"] else recount(by=None, agency=agency)
            )
            for line in found.lines():
                number += 1
                self.stdout.write(f"{agency.code}: {line}")
        self.stdout.write(f"Khác biệt: {number}.")
        if options["check"] and number:
            raise CommandError("Sổ kết quả chưa khớp với các lượt gửi, đăng.")


def _agencies(code: str) -> list[Agency]:
    agencies = Agency.objects.in_order()
    if not code:
        return list(agencies)
    found = list(agencies.filter(code=code))
    if not found:
        raise CommandError(f"Không có cơ quan nào mang mã “{code}”.")
    return found
