"""Pasted tables: spans of HTML, lines inside cells, text with tabs, and what is refused."""

from __future__ import annotations

import pytest

from cchc.lib.cells import Grid, Line, column_letter
from cchc.lib.clipboard import read_pasted
from cchc.lib.uploads import UploadRefused

TOO_FAR = (
    "Bảng trải quá xa; chỉ nhận ít hơn 40.000 dòng và không quá 104 cột: "
    "hãy xóa các dòng, cột trống phía sau bảng rồi thử lại."
)


def test_spans_are_filled_and_marked() -> None:
    grids = read_pasted(
        "<html><head><style>td { color: red }</style></head><body><!--StartFragment-->"
        "<table><tr><td rowspan=2>A</td><td colspan='2'>B &amp; C</td></tr>"
        "<tr><td>d</td><td>e</td></tr></table>"
    )
    assert grids == [
        Grid(
            "Bảng 1",
            (
                Line(1, ("A", "B & C", "B & C"), frozenset(), frozenset({2})),
                Line(2, ("A", "d", "e"), frozenset({0}), frozenset()),
            ),
        )
    ]


def test_lines_and_bullets_of_a_cell() -> None:
    (grid,) = read_pasted(
        "<table><tr><th><p>- Kế\n hoạch</p><p>·      Báo   cáo</p></th>"
        "<td>một<br>hai<ul><li>ba</ul></td><td>&nbsp;</td></tr></table>"
    )
    assert grid.lines == (Line(1, ("- Kế hoạch\n- Báo cáo", "một\nhai\n- ba", None)),)


def test_open_tags_and_inner_tables() -> None:
    grids = read_pasted(
        "<table><tr><td>a<table><tr><td>trong</table><td>b<tr><td>c</table><table><tr><td>d"
    )
    assert [[line.values for line in grid.lines] for grid in grids] == [
        [("atrong", "b"), ("c", None)],
        [("d",)],
    ]


def test_text_with_tabs_keeps_lines_inside_quotes() -> None:
    (grid,) = read_pasted('STT\tViệc\n1\t"- một\n- hai"\n')
    assert [line.values for line in grid.lines] == [("STT", "Việc"), ("1", "- một\n- hai")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Tệp trống, không có gì để đọc: hãy chọn tệp Excel (.xlsx) hoặc Word (.docx)."),
        ("<table><tr><td rowspan=99999>a", TOO_FAR),
        ("\t" * 200, TOO_FAR),
        ("a" * 200_000, "Không tách được các cột: hãy chép lại cả bảng rồi dán."),
    ],
)
def test_what_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UploadRefused) as refusal:
        read_pasted(text)
    assert str(refusal.value) == sentence


def test_letters_over_columns() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 103)] == ["A", "Z", "AA", "CZ"]
