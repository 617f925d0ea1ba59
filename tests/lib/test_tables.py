"""What a value reads as, and how a Table stands on screen and on paper."""

from datetime import date
from decimal import Decimal

import pytest
from django.template import engines

from cchc.lib.grid import is_local, row_header, shares, spans
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display, percent

HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1234, Kind.INTEGER, "1.234"),
        (Decimal("97.5"), Kind.PERCENT, "97,5%"),
        (Decimal("100.0"), Kind.PERCENT, "100%"),
        (Decimal("0.0"), Kind.PERCENT, "0%"),
        (date(2024, 3, 5), Kind.DATE, "05/03/2024"),
        (Ratio(1, 2), Kind.RATIO, "1/2"),
        (Ratio(0, 0), Kind.RATIO, "không áp dụng"),
        (None, Kind.PERCENT, "không áp dụng"),
        (None, Kind.RATIO, "không áp dụng"),
        (None, Kind.TEXT, ""),
        ("Sở Nội vụ", Kind.TEXT, "Sở Nội vụ"),
    ],
)
def test_values_read_the_vietnamese_way(value, kind, text):
    assert display(value, kind) == text


def test_percent_rounds_half_up_and_knows_nothing_of_nothing():
    assert percent(1, 3) == Decimal("33.3")
    assert percent(1, 16) == Decimal("6.3")
    assert percent(0, 0) is None


COLUMNS = (
    Column("stt", "STT", Kind.INTEGER, 5),
    Column("agency", "Cơ quan", Kind.TEXT, 25),
    Column("jan", "Tháng 1", Kind.RATIO, 10, "Quý I"),
    Column("feb", "Tháng 2", Kind.RATIO, 10, "Quý I"),
    Column("rate", "Tỷ lệ", Kind.PERCENT, 10),
)


def table(*rows: Row) -> Table:
    return Table("m", "Bảng theo dõi", "Quý I/2024", COLUMNS, rows)


def body_row(name="Sở Nội vụ", href="/bai/1/"):
    met = Cell(Ratio(1, 1), "met", "Đạt", href)
    return Row((Cell(1), Cell(name), met, Cell(Ratio(0, 0)), Cell(Decimal("97.5"))))


def shown(value: Table, tag: str = "render_table") -> str:
    source = f"{{% load tables %}}{{% {tag} table %}}"
    return engines["django"].from_string(source).render({"table": value})


def test_grid_groups_neighbours_and_finds_the_naming_column():
    assert [(s.group, s.start, len(s.columns)) for s in spans(COLUMNS)] == [
        ("", 0, 1), ("", 1, 1), ("Quý I", 2, 2), ("", 4, 1),
    ]  # fmt: skip
    assert row_header(COLUMNS) == 1
    assert sum(shares(COLUMNS)) == pytest.approx(100, abs=0.1)


def test_screen_table_has_scopes_groups_states_and_links():
    html = shown(table(Row((Cell("Sở, ngành"),), Level.GROUP), body_row()))
    assert '<th scope="colgroup" colspan="2" class="group">Quý I</th>' in html
    assert html.count('rowspan="2"') == 3
    assert '<th scope="rowgroup" colspan="5">' in html
    assert '<th scope="row" class="key">Sở Nội vụ</th>' in html
    assert '<td class="tally tone tone-met"><a href="/bai/1/">1/1 ' in html
    assert '<span class="state-word">Đạt</span>' in html
    assert "không áp dụng" in html
    assert "97,5%" in html
    assert 'role="region" tabindex="0"' in html


def test_text_of_users_is_escaped_everywhere():
    columns = (Column("a", HOSTILE, Kind.TEXT, 10, HOSTILE), Column("b", "B"))
    row = Row((Cell(HOSTILE, HOSTILE, HOSTILE, "/" + HOSTILE, HOSTILE), Cell(HOSTILE)))
    group = Row((Cell(HOSTILE),), Level.GROUP)
    hostile = Table(HOSTILE, HOSTILE, HOSTILE, columns, (group, row), HOSTILE)
    for tag in ("render_table", "print_table"):
        assert "<script" not in shown(hostile, tag)
        assert "<script" not in shown(Table("k", "t", "c", columns, (), HOSTILE), tag)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//evil.example/", "https://x.vn", "/\\x"])
def test_only_addresses_of_this_site_become_links(href):
    assert not is_local(href)
    assert "<a " not in shown(table(body_row(href=href)))


def test_paper_has_no_links_and_fixed_widths():
    html = shown(table(body_row()), "print_table")
    assert "<a " not in html
    assert '<col style="width: 41.67%">' in html
    assert "Đạt" in html


def test_an_empty_table_says_so():
    for tag in ("render_table", "print_table"):
        assert "Không có dữ liệu trong kỳ này." in shown(table(), tag)


def test_total_rows_are_marked():
    total = Row(body_row("Tổng cộng").cells, Level.TOTAL)
    assert '<tr class="total">' in shown(table(body_row(), total))
