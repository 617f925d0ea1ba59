"""Pasted tables: spans of HTML, lines inside cells, text with tabs, and what is refused."""

from __future__ import annotations

from time import process_time

import pytest

from cchc.lib.cells import Grid, Line, column_letter
from cchc.lib.clipboard import read_pasted
from cchc.lib.uploads import UploadRefused

TOO_FAR = (
    "Bảng trải quá xa; chỉ nhận ít hơn 40.000 dòng và không quá 104 cột: "
    "hãy xóa các dòng, cột trống phía sau bảng rồi thử lại."
)
TOO_MANY = "Có quá nhiều bảng: hãy chép riêng bảng cần nhập rồi dán."


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
        ("<table><tr><td>a</table>" * 1_001, TOO_MANY),
        ("a" * 200_000, "Không tách được các cột: hãy chép lại cả bảng rồi dán."),
    ],
)
def test_what_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UploadRefused) as refusal:
        read_pasted(text)
    assert str(refusal.value) == sentence


def test_quotes_comments_and_styles_hide_their_signs() -> None:
    (grid,) = read_pasted(
        "<!--[if !mso]><!--><style><!-- td > p { } --></style><!--<![endif]-->"
        """<TABLE><TR><TD data-sheets-value='{"2":"giảm < 5 > 3"}' ROWSPAN="2">giảm < 5<TD>b</td>"""
        "<tr><td><o:p></o:p><script>if (a<b) x('<td>')</script>c&lt;&#233;</table>"
    )
    assert [line.values for line in grid.lines] == [("giảm < 5", "b"), ("giảm < 5", "c<é")]


@pytest.mark.parametrize(
    "flood",
    ["<!--", "<![if", "<!", "</", "<?", "<a ", "<a b='", "<style></style>", "</scrip", "&amp"],
)
def test_what_is_never_closed_takes_little_time(flood: str) -> None:
    """The parser of the standard library needs hours for some of these."""
    begun = process_time()
    read_pasted("<table><tr><td>a" + flood * (2_000_000 // len(flood)))
    assert process_time() - begun < 5


def test_cells_that_reach_far_down_take_little_memory() -> None:
    (grid,) = read_pasted("<table><tr>" + "<td rowspan=39999 colspan=10>a" * 10)
    assert len(grid.lines) == 1


def test_letters_over_columns() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 103)] == ["A", "Z", "AA", "CZ"]
