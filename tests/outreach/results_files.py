"""Results as offices send them: rows of cells, grids, and real workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl

from agencies.models import Agency, User
from cchc.lib.cells import Grid, filled
from outreach.actions.results_import import import_file
from outreach.import_policies import Authority
from outreach.models import Placement
from outreach.results_check import Checked, check, directory
from outreach.results_sheet.columns import HEADINGS, row
from outreach.results_sheet.reading import read

HEAD = list(HEADINGS)


def line(title: str = "Tin một", channel: str = "Cổng Sở", **cells: Any) -> list[Any]:
    """A row of the usual columns; what is not given is a piece of news of the office."""
    said = {"Đơn vị": "Văn phòng", "Loại": "Tin", "Tiêu đề": title, "Kênh": channel}
    said |= {_NAMES[name]: value for name, value in cells.items()}
    return [said.get(heading) for heading in HEADINGS]


_NAMES = {
    "code": "Mã",
    "unit": "Đơn vị",
    "kind": "Loại",
    "held": "Ngày thực hiện",
    "sent": "Ngày gửi",
    "decided": "Ngày duyệt",
    "published": "Ngày đăng",
    "url": "Đường dẫn",
    "note": "Ghi chú",
}


def grid(*rows: Sequence[Any], head: Sequence[Any] = HEADINGS) -> Grid:
    return filled("Kết quả", [list(head), *map(list, rows)], [])


def xlsx(*rows: Sequence[Any], head: Sequence[Any] = HEADINGS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (head, *rows):
        sheet.append(list(cells))
    told = BytesIO()
    book.save(told)
    return told.getvalue()


def exported(agency: Agency) -> list[list[Any]]:
    """All placements of the agency as the export writes them."""
    placements = Placement.objects.filter(agency=agency).order_by("id")
    return [
        list(row(one)) for one in placements.select_related("activity__unit", "channel", "agency")
    ]


def checked(agency: Agency, by: User, *rows: Sequence[Any], admin: bool = False) -> Checked:
    return check(agency, [grid(*rows)], {}, Authority(by, admin))


def bring(agency: Agency, by: User, *rows: Sequence[Any], admin: bool = False) -> Checked:
    reading = read([grid(*rows)], directory(agency, {}))
    return import_file(
        agency=agency, reading=reading, name="a.xlsx", sha256="0", by=by, as_administrator=admin
    )


def problems(found: Checked) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.problem) for one in found.decided.faults]
