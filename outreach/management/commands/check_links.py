"""``check_links``: look now at the published addresses that are due, and say what was found."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.models import Province
from outreach import link_walk
from outreach.models.link import LinkState

OFF = (
    "Việc kiểm tra đường dẫn đang tắt; máy chủ có Internet thì đặt LINK_CHECKS=on trong môi trường "
    "rồi chạy lại."
)


class Command(BaseCommand):
    """Asks one page at a time; what it finds is about proof and changes no result."""

    help = "Kiểm tra các đường dẫn đã đăng và đường dẫn minh chứng đến lượt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and whose."""
        parser.add_argument("--limit", type=int, default=100, help="nhiều nhất bao nhiêu đường dẫn")
        parser.add_argument("--province", default="", help="mã tỉnh; bỏ trống là tất cả")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each address, and a sum."""
        if not settings.LINK_CHECKS:
            raise CommandError(OFF)
        province = _province(options["province"])
        walk, found = link_walk.Walk(), Counter[LinkState]()
        for link in link_walk.due(max(options["limit"], 0), province):
            state = walk.check(link)
            found[state] += 1
            why = f" ({link.fault_label})" if link.fault_label else ""
            self.stdout.write(f"{state.label}{why}: {link.url}")
        parts = [f"{state.label.lower()} {number}" for state, number in sorted(found.items())]
        told = f": {', '.join(parts)}" if parts else ""
        self.stdout.write(f"Đã kiểm tra {found.total()} đường dẫn{told}.")


def _province(code: str) -> Province | None:
    if not code:
        return None
    try:
        return Province.objects.get(code=code)
    except Province.DoesNotExist as error:
        raise CommandError(f"Không có tỉnh nào mang mã “{code}”.") from error
