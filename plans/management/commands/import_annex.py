"""``import_annex``: check an annex in XLSX, DOCX or pasted form, and take it into a draft."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import User
from cchc.lib.cells import Grid
from cchc.lib.clipboard import read_pasted
from cchc.lib.decisions import Refused
from cchc.lib.facts import FactsError
from cchc.lib.sheet_reader import read_file
from cchc.lib.text import squeeze
from cchc.lib.uploads import MAX_BYTES, UploadRefused, check_size
from plans.actions.annex import import_tasks
from plans.annex_check import check
from plans.annex_findings import proposal_text
from plans.annex_sheet import Fault, Proposal, Reading
from plans.models import Plan
from plans.plan_file import TaskFacts

_FAULT_COLUMNS = ("Dòng", "Cột", "Giá trị", "Vấn đề", "Nhận được")
_WIDEST = 60


class Command(BaseCommand):
    """Prints every fault of the file at once; without one, and without ``--check``, imports all."""

    help = "Kiểm tra phụ lục (XLSX, DOCX hoặc bảng dán vào) và nhập vào kế hoạch dự thảo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which plan, which file, and whether to write."""
        parser.add_argument("plan", help="số hoặc khóa của kế hoạch")
        parser.add_argument("file", help="tệp .xlsx, .docx; “-” là bảng dán vào từ bàn phím")
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi")
        parser.add_argument("--sheet", default="", help="chỉ đọc trang tính hoặc bảng mang tên này")
        parser.add_argument(
            "--unit",
            action="append",
            default=[],
            metavar="TÊN=MÃ",
            help="tên lạ trong tệp là đơn vị nào; “TÊN=” là một nhóm",
        )
        parser.add_argument("--by", default="", help="tên đăng nhập của người nhập")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, then import unless there is a fault."""
        plan = _plan(options["plan"])
        grids = _chosen(_grids(options["file"]), options["sheet"])
        reading = _checked(plan, grids, options["unit"])
        self._print(reading)
        if reading.faults:
            raise CommandError(f"Có {len(reading.faults)} lỗi; chưa ghi gì.")
        if options["check"]:
            return
        self.stdout.write(_imported(plan, reading, options["by"]))

    def _print(self, reading: Reading) -> None:
        if reading.encoding:
            self.stdout.write(f"Chữ trong tệp ở mã {reading.encoding}, đã đổi sang Unicode.")
            self.stdout.writelines(f"  {title}\n" for title in _titles(reading.drafts[:5]))
        self.stdout.write(f"Đọc được {_size(reading.drafts)} nhiệm vụ.")
        if reading.faults:
            self._print_table("Lỗi:", _FAULT_COLUMNS, map(_fault_cells, reading.faults))
        if reading.notices:
            self._print_table("Cần xem lại:", _FAULT_COLUMNS, map(_fault_cells, reading.notices))
        if reading.proposals:
            columns = ("Dòng", "Số", "Định mức đề xuất, cần xác nhận")
            self._print_table("Định mức:", columns, map(_proposal_cells, reading.proposals))

    def _print_table(
        self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> None:
        lines = [columns, *([_short(text) for text in row] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        self.stdout.write(f"\n{title}")
        for line in lines:
            cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
            self.stdout.write(" | ".join(cells).rstrip())


def _plan(said: str) -> Plan:
    plans = Plan.objects.select_related("agency")
    is_number = said.isascii() and said.isdigit() and len(said) < 19
    plan = (plans.filter(pk=int(said)) if is_number else plans.filter(key=said)).first()
    if plan is None:
        raise CommandError(f"Không có kế hoạch nào mang số hoặc khóa “{said}”.")
    return plan


def _grids(name: str) -> list[Grid]:
    try:
        if name == "-":
            return read_pasted(sys.stdin.read(MAX_BYTES + 1))
        path = Path(name)
        check_size(path.stat().st_size)
        return read_file(path.read_bytes())
    except UploadRefused as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"Không mở được tệp “{name}”.") from error


def _chosen(grids: list[Grid], name: str) -> list[Grid]:
    chosen = [grid for grid in grids if name in ("", grid.name)]
    if not chosen and name:
        names = ", ".join(f"“{grid.name}”" for grid in grids)
        raise CommandError(f"Tệp không có trang nào tên “{name}”; các trang: {names}.")
    return chosen


def _checked(plan: Plan, grids: list[Grid], answers: list[str]) -> Reading:
    parts = [answer.rpartition("=") for answer in answers]
    try:
        return check(plan, grids, {name.strip(): code.strip() for name, _, code in parts})
    except FactsError as error:
        raise CommandError(str(error)) from error


def _imported(plan: Plan, reading: Reading, username: str) -> str:
    by = User.objects.filter(username__iexact=username, is_active=True).first()
    if by is None:
        raise CommandError("Hãy ghi --by và tên đăng nhập của người ở Văn phòng nhập phụ lục.")
    try:
        made = import_tasks(plan=plan, tasks=reading.drafts, by=by)
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal
    return f"Đã nhập {made} nhiệm vụ vào {plan.citation}."


def _size(tasks: Iterable[TaskFacts]) -> int:
    return sum(1 + _size(task.rows) for task in tasks)


def _titles(tasks: Iterable[TaskFacts]) -> list[str]:
    return [_short(f"{task.code}. {task.title}") for task in tasks]


def _fault_cells(fault: Fault) -> tuple[str, ...]:
    row = str(fault.row) if fault.row else ""
    return (row, fault.column, fault.value, fault.problem, fault.accepted)


def _proposal_cells(proposal: Proposal) -> tuple[str, ...]:
    return (str(proposal.row), proposal.code, proposal_text(proposal.quota))


def _short(text: str) -> str:
    plain = squeeze(text)
    return plain if len(plain) <= _WIDEST else f"{plain[: _WIDEST - 1]}…"
