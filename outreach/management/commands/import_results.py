"""``import_results``: check a workbook of results, and record all of it or nothing."""

from __future__ import annotations

import hashlib
import sys
from argparse import ArgumentParser
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Agency, Membership, User
from agencies.roles import Role
from cchc.lib import clock
from cchc.lib.cells import Grid
from cchc.lib.clipboard import read_pasted
from cchc.lib.decisions import Refused
from cchc.lib.facts import FactsError
from cchc.lib.sheet_reader import read_file
from cchc.lib.text import squeeze
from cchc.lib.uploads import MAX_BYTES, UploadRefused, check_size
from outreach.actions.results_import import import_file
from outreach.import_policies import Authority
from outreach.results_check import Checked, compared, directory
from outreach.results_sheet.deciding import Outcome
from outreach.results_sheet.facts import Asking, Fault, Reading
from outreach.results_sheet.reading import read

_FAULT_COLUMNS = ("Dòng", "Cột", "Giá trị", "Vấn đề", "Nhận được")
_PRINTED = 500
_WIDEST = 60
_VALUE = _FAULT_COLUMNS.index("Giá trị")
_NOBODY = "Hãy ghi --by và tên đăng nhập của quản trị hệ thống hoặc người ở Văn phòng cơ quan."


class Command(BaseCommand):
    """Prints every fault of the file at once; without one, and without ``--check``, records all."""

    help = "Kiểm tra tệp kết quả tuyên truyền (XLSX hoặc bảng dán vào) và nhập vào chương trình."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which agency, which file, and whether to write."""
        parser.add_argument("agency", help="mã cơ quan")
        parser.add_argument("file", help="tệp .xlsx; “-” là bảng dán vào từ bàn phím")
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi")
        parser.add_argument("--sheet", default="", help="chỉ đọc trang tính mang tên này")
        for asking, what in (("unit", "đơn vị"), ("kind", "loại"), ("channel", "kênh")):
            parser.add_argument(
                f"--{asking}",
                action="append",
                default=[],
                metavar="TÊN=MÃ",
                help=f"tên lạ trong tệp là {what} nào",
            )
        parser.add_argument(
            "--by",
            default="",
            help="tên đăng nhập của người nhập; để trống là quản trị hệ thống của tỉnh",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, then record unless there is a fault."""
        agency = _agency(options["agency"])
        by = _importer(agency, options["by"])
        is_admin = by is not None and by.standing().holds({Role.SYSTEM_ADMIN})
        content = _content(options["file"])
        try:
            names = directory(agency, _answers(options))
            reading = read(_chosen(_grids(content), options["sheet"]), names)
        except (UploadRefused, FactsError) as error:
            raise CommandError(str(error)) from error
        if by is None:
            raise CommandError(_NOBODY)
        faults = self._print(reading, compared(agency, reading, Authority(by, is_admin)))
        if faults:
            raise CommandError(f"Có {faults} lỗi; chưa ghi gì.")
        if options["check"]:
            return
        name = "bảng dán vào" if options["file"] == "-" else Path(options["file"]).name
        try:
            done = import_file(
                agency=agency,
                reading=reading,
                name=name,
                sha256=hashlib.sha256(content).hexdigest(),
                by=by,
                as_administrator=is_admin,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_told(agency, done))

    def _print(self, reading: Reading, checked: Checked) -> int:
        """All that was found; the number of faults."""
        if reading.encoding:
            self.stdout.write(f"Chữ trong tệp ở mã {reading.encoding}, đã đổi sang Unicode.")
        new, changed, same = (checked.decided.count(one) for one in Outcome)
        self.stdout.write(
            f"Đọc được {reading.rows} dòng: {new} mới, {changed} sửa, {same} không đổi, "
            f"{checked.refused} không nhận."
        )
        for title, faults in (
            ("Lỗi:", checked.decided.faults),
            ("Cần xem lại:", checked.decided.notices),
        ):
            if faults:
                self._print_table(title, _FAULT_COLUMNS, map(_fault_cells, faults[:_PRINTED]))
            if len(faults) > _PRINTED:
                self.stdout.write(f"… và {len(faults) - _PRINTED} dòng nữa.")
        return len(checked.decided.faults)

    def _print_table(
        self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> None:
        lines = [columns, *([_short(text, at) for at, text in enumerate(row)] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        self.stdout.write(f"\n{title}")
        for line in lines:
            cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
            self.stdout.write(" | ".join(cells).rstrip())


def _agency(code: str) -> Agency:
    agency = Agency.objects.select_related("province").filter(code=code).first()
    if agency is None:
        raise CommandError(f"Không có cơ quan nào mang mã “{code}”.")
    return agency


def _importer(agency: Agency, username: str) -> User | None:
    """Who is put down for it; the province's only system administrator when nobody is named."""
    if username:
        found = User.objects.filter(username__iexact=username, is_active=True).first()
        if found is None:
            raise CommandError(f"Không có tài khoản nào đang dùng tên “{username}”.")
        return found
    administrators = (
        Membership.objects.current(clock.today())
        .filter(agency__province=agency.province_id, role=Role.SYSTEM_ADMIN, user__is_active=True)
        .values_list("user", flat=True)
        .distinct()
    )
    only = list(administrators[:2])
    return User.objects.get(pk=only[0]) if len(only) == 1 else None


def _answers(options: dict[str, Any]) -> dict[str, str]:
    parts = ((asking, *said.rpartition("=")) for asking in Asking for said in options[asking.value])
    return {f"{asking.value}:{name.strip()}": code.strip() for asking, name, _, code in parts}


def _content(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.read(MAX_BYTES + 1).encode()
        path = Path(name)
        check_size(path.stat().st_size)
        return path.read_bytes()
    except UploadRefused as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"Không mở được tệp “{name}”.") from error


def _grids(content: bytes) -> list[Grid]:
    text = _text(content)
    return read_pasted(text) if "\t" in text.partition("\n")[0] else read_file(content)


def _text(content: bytes) -> str:
    """A table as text, of a spreadsheet program perhaps; empty when it is no text."""
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return "" if "\x00" in text else text


def _chosen(grids: list[Grid], name: str) -> list[Grid]:
    chosen = [grid for grid in grids if name in ("", grid.name)]
    if not chosen and name:
        names = ", ".join(f"“{grid.name}”" for grid in grids)
        raise CommandError(f"Tệp không có trang nào tên “{name}”; các trang: {names}.")
    return chosen


def _told(agency: Agency, done: Checked) -> str:
    new, changed, same = (done.decided.count(one) for one in Outcome)
    if not new + changed:
        return f"Cả {same} dòng đã được ghi nhận từ trước; không có gì thay đổi."
    claims = done.decided.claims
    words = f" {claims} lượt ghi sẵn ngày duyệt, đăng chờ biên tập viên của kênh xem xét."
    waiting = words if claims else ""
    return (
        f"Đã nhập kết quả của {agency.short_name}: {new} mới, {changed} sửa, {same} không đổi."
        f"{waiting}"
    )


def _fault_cells(fault: Fault) -> tuple[str, ...]:
    row = ": ".join(filter(None, (fault.sheet, str(fault.row or ""))))
    return (row, fault.column, fault.value, fault.problem, fault.accepted)


def _short(text: str, at: int) -> str:
    """What a cell of the file says is cut, never what is said of it."""
    plain = squeeze(text)
    return plain if at != _VALUE or len(plain) <= _WIDEST else f"{plain[: _WIDEST - 1]}…"
