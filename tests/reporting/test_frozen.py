"""Frozen figures: JSON and back, exactly."""

import json
from datetime import date
from decimal import Decimal

import pytest

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table
from reporting.frozen import freeze, thaw

TABLE = Table(
    "t",
    "Bảng “thử”",
    "Kỳ: Quý I/2024",
    (
        Column("name", "Cơ quan", width=30),
        Column("count", "Số", Kind.INTEGER, 8, group="Nhóm"),
        Column("share", "Tỷ lệ", Kind.PERCENT, 8, group="Nhóm"),
        Column("due", "Hạn", Kind.DATE),
        Column("ratio", "Kết quả", Kind.RATIO),
    ),
    (
        Row((Cell("Sở Nội vụ"),), Level.GROUP),
        Row(
            (
                Cell("=1+1", href="/x", note="ghi chú"),
                Cell(1234),
                Cell(Decimal("97.50")),
                Cell(date(2024, 2, 29)),
                Cell(Ratio(0, 1), "missed", "Chưa đạt"),
            )
        ),
        Row((Cell("Tổng"), Cell(0), Cell(None), Cell(), Cell(Ratio(0, 0))), Level.TOTAL),
    ),
    "Trống.",
)


def test_round_trip_through_json_text() -> None:
    text = json.dumps(freeze([TABLE, TABLE]), ensure_ascii=False)
    back = thaw(json.loads(text))
    assert back == (TABLE, TABLE)
    assert str(back[0].rows[1].cells[2].value) == "97.50"
    assert type(back[0].rows[1].cells[3].value) is date


def test_a_stranger_value_is_refused() -> None:
    frozen = freeze([TABLE])
    frozen[0]["rows"][0]["cells"][0]["value"] = {"weird": 1}
    with pytest.raises(ValueError, match="Not a frozen value"):
        thaw(frozen)
