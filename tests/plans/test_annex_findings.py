"""Findings: the same after they were stored, and what they say beside the reading."""

from __future__ import annotations

import json

import pytest

from cchc.lib.cells import Grid, filled
from plans.annex_findings import (
    Asked,
    Converted,
    Findings,
    SheetFound,
    flat,
    from_json,
    gathered,
    proposal_text,
    to_json,
)
from plans.annex_sheet import KnownName, read
from tests.plans.annex_files import sheet_001, sheet_004

pytestmark = pytest.mark.core

HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"]
NAMES = {"VP": "Văn phòng", "CDS": "Phòng Chuyển đổi số", "TTRA": "Thanh tra"}
UNITS = [KnownName(code, (name,)) for code, name in NAMES.items()]


def found(*grids: Grid) -> Findings:
    return gathered(read(grids, year=2024, units=UNITS), grids, NAMES, 2024)


def stored(findings: Findings) -> Findings:
    return from_json(json.loads(json.dumps(to_json(findings))))


@pytest.mark.parametrize("sheet", [sheet_001(), sheet_004()])
def test_what_is_stored_is_what_was_found(
    sheet: tuple[list[list[object]], list[tuple[int, ...]]],
) -> None:
    rows, spans = sheet
    findings = found(filled("Trang 1", rows, spans))  # type: ignore[arg-type]
    assert stored(findings) == findings
    assert findings.count == sum(1 for _ in flat(findings.tasks)) > 9


def test_near_names_and_sheets() -> None:
    task = [1, "Việc", None, "Phòng Chuyển đổi và Văn phòng", "Xyz", "Năm 2024"]
    findings = found(filled("Phụ lục", [HEAD, task], []), filled("Ghi chú", [["Họ tên"]], []))
    assert findings.asked == (
        Asked("Phòng Chuyển đổi", "D", (2,), ("CDS",)),
        Asked("Xyz", "E", (2,), ()),
    )
    assert findings.sheets == (SheetFound("Phụ lục", 2, True), SheetFound("Ghi chú", 1, False))
    assert [sheet.name for sheet in findings.annexes] == ["Phụ lục"]
    assert not findings.is_importable


def test_faults_of_several_sheets_say_where_they_stand() -> None:
    task = [1, "Việc", None, "Văn phòng", None, "trước ngày 31/02/2024"]
    other = [2, "Việc", None, "Văn phòng", None, "cuối năm 2024"]
    findings = found(filled("A", [HEAD, task], []), filled("B", [HEAD, other], []))
    assert [(one.sheet, one.row) for one in findings.faults] == [("A", 2)]
    assert [(one.sheet, one.row) for one in findings.notices] == [("B", 2)]
    assert stored(findings) == findings
    alone = found(filled("A", [HEAD, task], []))
    assert [(one.sheet, one.row) for one in alone.faults] == [("", 2)]


def test_old_fonts_before_and_after() -> None:
    head = ["TT", "NhiÖm vô", "S¶n phÈm", "§¬n vÞ chñ tr×", "§¬n vÞ phèi hîp", "Thêi gian"]
    row = [1, "X©y dùng kÕ ho¹ch tuyªn truyÒn", "KÕ ho¹ch", "V¨n phßng", None, "Quý I/2024"]
    findings = found(filled("", [head, row], []))
    assert findings.encoding == "TCVN3 (ABC)"
    assert findings.converted[0] == Converted(
        "X©y dùng kÕ ho¹ch tuyªn truyÒn", "Xây dựng kế hoạch tuyên truyền"
    )
    assert findings.is_importable


def test_nothing_is_kept_that_a_database_refuses() -> None:
    task = [1, "Vi\x00ệc", None, "Phòng\x00 Lạ", None, "Năm 2024"]
    assert "\\u0000" not in json.dumps(to_json(found(filled("", [HEAD, task], []))))


def test_a_proposal_in_words() -> None:
    title = "Mỗi tháng có từ 1-2 tin, bài đăng trên Cổng TTĐT của Sở; mỗi quý không quá 3 video"
    task = [1, title, None, "Văn phòng", None, "Năm 2024"]
    findings = found(filled("", [HEAD, task], []))
    assert [proposal_text(one.quota) for one in findings.proposals] == [
        "1–2 tin, bài mỗi tháng trên Cổng TTĐT Sở",
        "không quá 3 video mỗi quý",
    ]
