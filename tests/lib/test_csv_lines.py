"""A CSV that no spreadsheet program computes."""

from __future__ import annotations

import csv
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cchc.lib.csv_lines import csv_lines
from cchc.lib.tables import Column, Kind

COLUMNS = (Column("a", "Tiêu đề"), Column("b", "Số", Kind.INTEGER), Column("c", "Ngày", Kind.DATE))


def read(*rows: tuple[str | int | date | None, ...]) -> list[list[str]]:
    text = "".join(csv_lines(COLUMNS, rows))
    assert text.startswith("\ufeff")
    return list(csv.reader(text[1:].splitlines(keepends=True), delimiter=";"))


def test_values_as_excel_shows_them_in_vietnam() -> None:
    assert read(("Tin; bài", 12000, date(2024, 3, 5)), ("", None, None)) == [
        ["Tiêu đề", "Số", "Ngày"],
        ["Tin; bài", "12000", "05/03/2024"],
        ["", "", ""],
    ]


@given(st.text(max_size=30))
def test_no_text_begins_like_a_formula(text: str) -> None:
    _, begun = "".join(csv_lines(COLUMNS, [(text, 1, None)])).split("\r\n", 1)
    cell = next(csv.reader(begun.splitlines(keepends=True), delimiter=";"), [""])[0]
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
