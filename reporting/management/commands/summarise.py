"""``summarise``: count the summaries of the provinces now, or hold them against the live count."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Province
from cchc.lib import clock
from reporting import summaries
from reporting.actions.summaries import summarise


class Command(BaseCommand):
    """Counts as of yesterday; with ``--check`` only compares, and fails on a difference."""

    help = "Tổng hợp số liệu các tỉnh đến hết hôm qua, hoặc đối chiếu số đã tổng hợp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose summaries, and whether to write."""
        parser.add_argument("--province", default="", help="mã tỉnh; bỏ trống là tất cả")
        parser.add_argument("--check", action="store_true", help="chỉ đối chiếu, không ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Province by province and year by year, each in its own transaction."""
        provinces = _provinces(options["province"])
        if options["check"]:
            self._check(provinces)
            return
        day = clock.today() - timedelta(days=1)
        number = 0
        for province in provinces:
            for year in summaries.years(province):
                number += summarise(province=province, year=year, as_of=day, by=None)
        self.stdout.write(f"Đã tổng hợp {number} kỳ của {len(provinces)} tỉnh.")

    def _check(self, provinces: list[Province]) -> None:
        number = compared = 0
        for province in provinces:
            for year in summaries.years(province):
                compared += 1
                for line in summaries.differences(province, year):
                    number += 1
                    self.stdout.write(line)
        self.stdout.write(f"Đối chiếu {compared} năm của {len(provinces)} tỉnh; khác: {number}.")
        if number:
            raise CommandError("Số tổng hợp chưa khớp với số đếm trực tiếp.")


def _provinces(code: str) -> list[Province]:
    found = Province.objects.order_by("code")
    if not code:
        return list(found)
    named = list(found.filter(code=code))
    if not named:
        raise CommandError(f"Không có tỉnh nào mang mã “{code}”.")
    return named
