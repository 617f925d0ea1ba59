"""Make a report's file at once, for administrators and for testing."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from agencies.models import Province
from agencies.models.agency import AgencyKind
from cchc.lib import clock
from cchc.lib.decisions import Refused
from cchc.lib.snapshots import snapshot
from plans.periods import Period, PeriodError
from reporting.frozen import Frozen
from reporting.models.run import PAPERS, FileFormat, ReportKind
from reporting.reports import consolidated, files


class Command(BaseCommand):
    """``make_report consolidated --province ST --period 2024-Q1 --format pdf --output FILE``."""

    help = "Writes a report of a province and a period to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, where, when, how, into which file."""
        parser.add_argument("report", choices=[ReportKind.CONSOLIDATED])
        parser.add_argument("--province", required=True, help="province code, such as ST")
        codes = "2024-M03, 2024-Q1, 2024-H1, 2024-9M or 2024"
        parser.add_argument("--period", required=True, help=codes)
        parser.add_argument("--format", required=True, choices=[paper.value for paper in PAPERS])
        parser.add_argument("--output", required=True, type=Path)
        parser.add_argument("--as-of", help="last day that counts, YYYY-MM-DD; today")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read the facts and write the file."""
        province = _province(options["province"])
        period = _period(options["period"])
        as_of = _day(options["as_of"])
        output: Path = options["output"]
        try:
            with snapshot():
                read_at = clock.now()
                facts = consolidated.gather(province, period, as_of)
            report = files.of_province(facts)
            report = files.stamped(report, Frozen.of(report.tables), read_at)
            output.touch()
            files.write(report, FileFormat(options["format"]), output)
        except (Refused, PeriodError) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {output}: {error.strerror}.") from error
        self.stdout.write(f"{output}")


def _province(code: str) -> Province:
    """By its own code, or by that of its people's committee: ``ST`` or ``ST-UBND``."""
    committee = Q(agencies__code=code, agencies__kind=AgencyKind.PROVINCE)
    province = Province.objects.filter(Q(code=code) | committee).distinct().first()
    if province is None:
        known = ", ".join(Province.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"Không có tỉnh mã “{code}”. Các mã đang có: {known or 'chưa có'}.")
    return province


def _period(code: str) -> Period:
    try:
        return Period.parse(code)
    except PeriodError as error:
        raise CommandError(str(error)) from error


def _day(text: str | None) -> date:
    if text is None:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Không đọc được ngày “{text}”; cần dạng 2024-04-05.") from error
