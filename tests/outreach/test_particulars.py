"""The fields that only some kinds have: what may stand in them, and what sending asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from outreach.kinds import FIGURES, KIND_FIELDS, TEXTS, Kind
from outreach.particulars import document_number, faults, kept, lacking

TODAY = date(2024, 3, 20)
EVERYTHING: dict[str, Any] = {
    "author_name": "Chị Lan",
    "reach": 12,
    "held_on": date(2024, 3, 1),
    "venue": "Hội trường",
    "attendance": 40,
    "quantity": 5,
    "document_number": "15/BC-STTTT",
    "document_on": date(2024, 3, 1),
    "task": None,
}
WRITTEN = {"author_name", "reach"}
GATHERED = {"held_on", "venue", "attendance"}
PUT_UP = {"held_on", "venue", "quantity"}


@pytest.mark.parametrize(
    ("kind", "has", "needs"),
    [
        (Kind.NEWS, WRITTEN, set()),
        (Kind.ARTICLE, WRITTEN, set()),
        (Kind.REPORTAGE, WRITTEN, set()),
        (Kind.VIDEO, WRITTEN, set()),
        (Kind.BROADCAST, WRITTEN | {"held_on"}, set()),
        (Kind.MEETING, GATHERED, {"held_on"}),
        (Kind.DIALOGUE, GATHERED, {"held_on"}),
        (Kind.CONTEST, GATHERED, {"held_on"}),
        (Kind.POSTER, PUT_UP, set()),
        (Kind.POSTED_PROCEDURES, PUT_UP, set()),
        (
            Kind.DOCUMENT,
            {"document_number", "document_on", "task"},
            {"document_number", "document_on"},
        ),
    ],
)
def test_every_kind_has_the_fields_it_needs_and_no_others(
    kind: Kind, has: set[str], needs: set[str]
) -> None:
    assert set(kind.fields) == has
    assert set(lacking(kind, {})) == needs
    assert lacking(kind, EVERYTHING) == {}
    written = {name for name, value in kept(kind, EVERYTHING).items() if value not in ("", None)}
    assert written == has - {"task"}


def test_what_is_left_out_is_empty_in_its_own_way() -> None:
    assert set(EVERYTHING) == set(KIND_FIELDS)
    left = kept(Kind.DOCUMENT, EVERYTHING)
    assert {name: left[name] for name in TEXTS} == {
        "author_name": "",
        "venue": "",
        "document_number": "15/BC-STTTT",
    }
    assert [left[name] for name in FIGURES] == [None, None, None]
    assert kept(Kind.MEETING, EVERYTHING | {"attendance": 0})["attendance"] == 0


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("15/BC-STTTT", "15/BC-STTTT"),
        (" 15 / BC – STTTT ", "15/BC-STTTT"),
        ("5/BC-STTTT", "05/BC-STTTT"),
        ("15/bc-stttt", "15/BC-STTTT"),
        ("28-CT/TU", "28-CT/TU"),
        ("30c/NQ-CP", "30c/NQ-CP"),
        ("01/2023/QĐ-UBND", "01/2023/QĐ-UBND"),
        ("581/BNV-CCHC", "581/BNV-CCHC"),
        ("1847/QĐ-TTg", "1847/QĐ-TTg"),
        ("", ""),
        ("15", ""),
        ("/KH-BQL", ""),
        ("……/KH-BQL", ""),
        ("123456/BC-A", ""),
        ("٣/BC-A", ""),
        ("15/BC-STTTT; DROP TABLE", ""),
        ("<script>alert(1)</script>", ""),
        ("15/BC-STTTT và 16/BC-STTTT", ""),
    ],
)
def test_number_and_symbol_are_read_as_those_that_plans_cite(typed: str, number: str) -> None:
    assert document_number(typed) == number


@pytest.mark.parametrize(
    ("kind", "name", "value", "sentence"),
    [
        (Kind.MEETING, "attendance", -1, "Số người tham dự không thể là số âm."),
        (
            Kind.MEETING,
            "attendance",
            2_000_001,
            "Số người tham dự lớn quá; chỉ nhận đến 2.000.000.",
        ),
        (Kind.VIDEO, "reach", 2_000_000_001, "Lượt xem lớn quá; chỉ nhận đến 2.000.000.000."),
        (
            Kind.POSTER,
            "quantity",
            10_000_001,
            "Số lượng (tấm, tờ) lớn quá; chỉ nhận đến 10.000.000.",
        ),
        (
            Kind.MEETING,
            "held_on",
            date(2025, 4, 1),
            "Ngày tổ chức 01/04/2025 xa quá; chỉ nhận trong vòng một năm tới.",
        ),
        (
            Kind.MEETING,
            "held_on",
            date(204, 3, 1),
            "Ngày tổ chức 01/03/204 lâu quá; chỉ nhận từ 01/01/2014 trở đi.",
        ),
        (Kind.DOCUMENT, "document_on", date(2024, 3, 21), "Ngày văn bản 21/03/2024 chưa tới."),
        (
            Kind.DOCUMENT,
            "document_number",
            "mười lăm",
            "Hãy ghi số và ký hiệu như trên văn bản, ví dụ 15/BC-STTTT.",
        ),
    ],
)
def test_what_cannot_be_is_said(kind: Kind, name: str, value: object, sentence: str) -> None:
    assert faults(kind, {name: value}, TODAY) == {name: sentence}
    assert faults(Kind.NEWS, {name: value}, TODAY).get(name) in {None, sentence}


def test_what_is_planned_may_lie_ahead_and_zero_may_have_come() -> None:
    held = {"held_on": date(2024, 4, 5), "attendance": 0}
    assert faults(Kind.MEETING, held, TODAY) == {}
    assert faults(Kind.DOCUMENT, {"document_on": TODAY}, TODAY) == {}
